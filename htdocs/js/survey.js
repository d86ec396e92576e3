// survey.js - comforts of the questionnaire editor, which works without them: the picture follows what is written, questions
// can be dragged, words that are replaced are put in by a tap and checked while they are typed.

const form = document.getElementById("editor");

// --- the picture: the server draws it, as for a button that stores nothing ---

let asked = 0, timer = 0;
async function draw() {
  const mine = ++asked, body = new URLSearchParams(new FormData(form));
  body.set("go", "check");
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
  if (!answer || mine !== asked || ![200, 422].includes(answer.status)) return;
  const flow = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("flow");
  const here = document.getElementById("flow");
  if (!flow || !here || mine !== asked) return;
  const open = here.querySelector("details")?.open, top = here.scrollTop;
  here.replaceChildren(...flow.childNodes);
  if (open) here.querySelector("details").open = true;
  here.scrollTop = top;
}

// --- a scale shows the numbers it has ---

function fitScale(question) {
  const from = Number(question.querySelector('[name^="scale_from."]').value), to = Number(question.querySelector('[name^="scale_to."]').value);
  for (const row of question.querySelectorAll("[data-number]"))
    row.hidden = Number(row.dataset.number) < from || Number(row.dataset.number) > to;
}

// --- words that are replaced ---

function unknownIn(text, known) {
  return [...text.matchAll(/\{[^{}\n]{1,58}\}/g)].map((m) => m[0]).find((word) => !known.has(word));
}

function checkWords(area, known) {
  const id = `${area.id}-word`, word = unknownIn(area.value, known);
  let say = document.getElementById(id);
  if (!word) { say?.remove(); return; }
  if (!say) {
    say = document.createElement("p");
    say.id = id;
    say.className = "wrong";
    say.setAttribute("role", "status");
    area.after(say);
  }
  const sentence = `${form.dataset.unknown} ${word}`;
  if (say.textContent !== sentence) say.textContent = sentence;
}

function mergeFields() {
  const codes = [...document.querySelectorAll("code[data-merge]")], known = new Set(codes.map((code) => code.textContent));
  let last = document.getElementById("script-fr");
  form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) last = event.target; });
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) checkWords(event.target, known); });
  for (const code of codes) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = code.textContent;
    button.addEventListener("click", () => {
      last.setRangeText(button.textContent, last.selectionStart, last.selectionEnd, "end");
      last.focus();
      last.dispatchEvent(new Event("input", { bubbles: true }));
    });
    code.replaceWith(button);
  }
}

// --- dragging: where a question is let go, the server puts it, and branches follow ---

function press(go, at) {
  const button = document.createElement("button");
  button.name = "go";
  button.value = go;
  button.hidden = true;
  button.setAttribute("formaction", `${form.getAttribute("action")}#question-${at}`);
  form.append(button);
  form.requestSubmit(button);
}

function dragging() {
  const questions = [...form.querySelectorAll(".question[data-at]")];
  let from = null;
  const clear = () => questions.forEach((q) => q.classList.remove("is-dragged", "is-over-before", "is-over-after"));
  for (const question of questions) {
    const handle = question.querySelector(".drag"), at = Number(question.dataset.at);
    handle.hidden = false;
    handle.addEventListener("dragstart", (event) => {
      from = at;
      question.classList.add("is-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", String(at));
      event.dataTransfer.setDragImage(question, 20, 20);
    });
    handle.addEventListener("dragend", () => { from = null; clear(); });
    question.addEventListener("dragover", (event) => {
      if (from === null) return;
      event.preventDefault();
      clear();
      if (from !== at) question.classList.add(from < at ? "is-over-after" : "is-over-before");
    });
    question.addEventListener("drop", (event) => {
      if (from === null) return;
      event.preventDefault();
      if (from !== at) press(`move.${from}-${at}`, at);
    });
  }
}

if (form) {
  mergeFields();
  dragging();
  for (const question of form.querySelectorAll(".question[data-at]")) fitScale(question);
  // a question that becomes a scale gets its numbers from the server
  form.addEventListener("change", (event) => {
    const question = event.target.closest(".question[data-at]");
    if (event.target.matches(".kind") && event.target.value === "scale" && !question.querySelector("[data-number]"))
      press("check", question.dataset.at);
  });
  form.addEventListener("input", (event) => {
    const question = event.target.closest(".question[data-at]");
    if (question) fitScale(question);
    clearTimeout(timer);
    timer = setTimeout(draw, 600);
  });
}
