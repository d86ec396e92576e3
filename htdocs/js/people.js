// people.js - the list follows what is typed or chosen; values that a comparison does not need are hidden.

const form = document.querySelector("form[data-people]");
let asked = 0, timer = 0;

function fit() {
  for (const row of form.querySelectorAll(".people-condition")) {
    const needs = Number(row.querySelector("select option:checked")?.dataset.needs ?? 1);
    for (const part of row.querySelectorAll("[data-nth]"))
      part.hidden = needs === 0 || (needs !== 2 && part.dataset.nth === "2");
  }
}

async function show() {
  const filled = [...new FormData(form)].filter(([name, value]) => value !== "" && !name.startsWith("new."));
  const query = new URLSearchParams(filled);
  const address = `${form.getAttribute("action")}?${query}`, mine = ++asked;
  query.set("live", "1");
  const answer = await fetch(`${form.getAttribute("action")}?${query}`).catch(() => null);
  if (!answer || !answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("found");
  if (!found || mine !== asked) return;
  const words = found.querySelector("#count")?.textContent ?? "";
  const here = document.getElementById("found"), count = here.querySelector("#count");
  // the count keeps its element, so that a screen reader hears it change
  const kept = count ?? found.querySelector("#count");
  found.querySelector("#count")?.replaceWith(kept);
  here.replaceChildren(...found.childNodes);
  if (kept) kept.textContent = words;
  history.replaceState(null, "", address);
}

if (form) {
  fit();
  form.addEventListener("input", () => { fit(); clearTimeout(timer); timer = setTimeout(show, 250); });
}
