/*
 * line.js - calling from the software: asks each second how my line and the call are, and puts the card in its place;
 * clicks on its buttons write a wish and change nothing else of the page, so that what was typed stays.
 */
const LOOK_MS = 1000;
const SLOW_MS = 5000;			/* after an answer that is none */
let timer, asking = false;

const card = () => document.querySelector('#line-card');
const form = () => document.querySelector('#call');
const here = () => location.pathname.match(/^\/agent\/(\d+)/)?.[1];

function place(text) {
  const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('#line-card');
  const old = card();
  if (!fresh || !old) return;
  /* another person is in hand by now: the whole page is theirs; and nobody waits who did */
  const mine = form() ? form().dataset.key : old.dataset.held;
  if (fresh.dataset.held !== mine || (old.dataset.waits && !fresh.dataset.waits)) { location.assign(`/agent/${here()}`); return; }
  if (fresh.dataset.mark === old.dataset.mark && !fresh.querySelector('.wrong')) return;
  const typed = old.querySelector('#line_number')?.value;
  const had = old.contains(document.activeElement) ? document.activeElement.getAttribute('formaction') ?? document.activeElement.id : null;
  old.replaceWith(document.adoptNode(fresh));
  const number = fresh.querySelector('#line_number');
  if (number && typed) number.value = typed;
  if (had !== null)
    (fresh.querySelector(`[formaction="${had}"]`) ?? fresh.querySelector('button, input'))?.focus({ preventScroll: true });
}

async function look() {
  clearTimeout(timer);
  let wait = LOOK_MS;
  if (card() && here() && !asking && document.visibilityState === 'visible') {
    try {
      const answer = await fetch(`/agent/${here()}/line`, { credentials: 'same-origin', headers: { 'If-None-Match': card().dataset.mark }, cache: 'no-store' });
      if (answer.status === 200 && !asking) place(await answer.text());
      else if (answer.status !== 304) wait = SLOW_MS;
    } catch { wait = SLOW_MS; }
  }
  timer = setTimeout(look, wait);
}

async function wish(button) {
  asking = true;
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(button.getAttribute('formaction'), { method: 'POST', credentials: 'same-origin',
      body: new URLSearchParams(new FormData(form())), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    place(await answer.text());
  } catch { /* no connection: the button is there again */ }
  asking = false;
  button.disabled = false;
  button.removeAttribute('aria-busy');
  look();
}

/* Before agent.js, which saves a call whatever its button. */
addEventListener('submit', (event) => {
  if (!event.submitter?.matches('[data-line]') || event.target !== form()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  wish(event.submitter);
}, true);
/* My line in the browser has a small window of its own; without a script, or when that is not allowed, a tab. */
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[target="tocsin-line"]');
  if (link && window.open(link.href, link.target, 'popup,width=460,height=620')) event.preventDefault();
});
document.addEventListener('visibilitychange', look);
look();
