// wizard.js - the wizard's small helps: minutes in words, questions of one questionnaire, the rehearsal, fields that move in
// place, a list that is noticed.

const english = document.documentElement.lang === "en";

// "90" beside "1 h 30 between calls", while it is typed; the server writes the same words.
function words(minutes) {
  if (!/^[0-9]{1,5}$/.test(minutes) || +minutes === 0 || +minutes > 43200) return "";
  const m = +minutes, d = Math.floor(m / 1440), h = Math.floor(m % 1440 / 60), day = english ? "d" : "j";
  const rest = String(m % 60).padStart(2, "0");
  const span = d > 0 ? `${d} ${day}` + (h > 0 ? ` ${h} h` : "") : h > 0 ? `${h} h` + (m % 60 > 0 ? ` ${rest}` : "") : `${m} min`;
  return english ? `${span} between calls` : `${span} entre les appels`;
}
for (const input of document.querySelectorAll("[data-words]")) {
  const out = document.getElementById(input.dataset.words);
  input.addEventListener("input", () => { out.textContent = words(input.value.trim()); });
}

// Page 5's rehearsal follows what is typed; the button beside it does the same without this.
const rehearsal = document.querySelector("form[data-rehearsal]");
if (rehearsal && rehearsal.querySelector("[data-rehearsed]")) {
  let timer = 0, asked = 0;
  const ask = async () => {
    const wanted = new URLSearchParams(), mine = ++asked;
    for (const [name, value] of new FormData(rehearsal))
      if (/^(tick|max|minutes)\.|^(more_calls|day_calls|other_part|agents|people)$/.test(name)) wanted.append(name, value);
    const answer = await fetch(`${rehearsal.dataset.rehearsal}?${wanted}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok || mine !== asked) return;
    const said = await answer.json();
    for (const out of rehearsal.querySelectorAll("[data-rehearsed]")) out.textContent = said[out.dataset.rehearsed];
  };
  rehearsal.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 300); });
}

// The arrows of the record page: the row moves at once, the focus stays on its button, the form carries the order.
for (const button of document.querySelectorAll("[data-order] [data-move]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const row = button.closest("li");
    if (button.dataset.move === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    if (button.dataset.move === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
    button.focus();
  });
}

// Page 3: further questions come from the questionnaire of the chosen one; the chosen one is ticked by itself.
const question = document.querySelector("select#question"), also = document.querySelector("#also");
if (question && also) {
  const follow = () => {
    const version = question.selectedOptions[0]?.dataset.version;
    also.hidden = !version;
    for (const group of also.querySelectorAll("details")) {
      const mine = group.dataset.version === version;
      group.hidden = !mine;
      group.open = mine;
      for (const tick of group.querySelectorAll("input")) {
        const chosen = tick.value === question.value;
        tick.disabled = !mine || chosen;
        if (chosen) tick.checked = true;
      }
    }
  };
  question.addEventListener("change", () => {
    for (const tick of also.querySelectorAll("input:disabled")) tick.checked = false;
    follow();
  });
  follow();
}

// Page 9: coming back to this tab, or while people are being loaded, asks what is on the list now.
const card = document.querySelector("[data-loaded]");
if (card) {
  let shown = card.querySelector("[data-number]") !== null, running = card.querySelector("[role=status]") !== null;
  const look = async () => {
    const answer = await fetch(card.dataset.loaded, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const list = await answer.json();
    if (list.something && !shown || running && !list.running) { location.reload(); return; }
    running = list.running;
    for (const dd of card.querySelectorAll("[data-number]")) dd.textContent = list[dd.dataset.number];
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(() => { if (!document.hidden) look(); }, 3000);
}
