/*
 * dashboard.js - numbers that move: every ten seconds the page is asked for again, with the mark of what is shown, so
 * that the answer is empty while nothing has changed. The part that holds the numbers is put in place unless somebody is
 * using it (an open menu, the focus in it); nothing is asked while nobody looks, and less often while the site is away.
 */
const EVERY_MS = 10000, AT_MOST_MS = 120000;
let mark = null, wait = EVERY_MS, timer = 0, asking = false;

const used = (live) => live.querySelector('details[open]') || live.contains(document.activeElement);

async function renew() {
  const live = document.querySelector('#live');
  if (!live || document.hidden || asking || used(live)) return;
  asking = true;
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store', headers: mark ? { 'If-None-Match': mark } : {} });
    document.dispatchEvent(new CustomEvent('renewed', { detail: answer.headers.get('Date') }));
    wait = answer.ok || answer.status === 304 ? EVERY_MS : Math.min(wait * 2, AT_MOST_MS);
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#live');
    if (!fresh || used(live)) return;
    live.replaceWith(document.adoptNode(fresh));
    mark = answer.headers.get('ETag');
  } catch {
    wait = Math.min(wait * 2, AT_MOST_MS);	// no connection
  } finally {
    asking = false;
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(async () => { await renew(); soon(); }, wait);
}

document.addEventListener('visibilitychange', () => { if (!document.hidden) { renew(); soon(); } });
soon();
