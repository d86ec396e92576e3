// import.js - the bar of an import or of a list being loaded follows by itself; an empty column is set back visually.

const card = document.querySelector("[data-progress]");
if (card) {
  const bar = card.querySelector("progress"), said = card.querySelector("[data-said]");
  let last = -1;
  const look = async () => {
    const answer = await fetch(card.dataset.progress, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      if (["done", "failed", "undone"].includes(now.state)) { location.reload(); return; }
      for (const part of card.querySelectorAll("[data-of]")) part.textContent = now[part.dataset.of];
      if (bar) bar.value = now.percent;
      // a screen reader hears every quarter, not every second
      if (said && Math.floor(now.percent / 25) !== last) {
        last = Math.floor(now.percent / 25);
        said.textContent = `${now.percent} %`;
      }
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}

for (const select of document.querySelectorAll(".import-columns select")) {
  const mark = () => select.classList.toggle("import-taken", select.value !== "");
  select.addEventListener("change", mark);
}
