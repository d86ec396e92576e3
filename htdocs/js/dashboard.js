/*
 * dashboard.js - numbers that move: every half minute the part of the page that holds them is fetched again
 * and put in place, unless somebody is using it (an open menu, the focus in it) or nobody looks.
 */
const EVERY_MS = 30000;

async function renew() {
  const live = document.querySelector('#live');
  if (!live || document.hidden || live.querySelector('details[open]') || live.contains(document.activeElement))
    return;
  try {
    const answer = await fetch(location.href, { credentials: 'same-origin' });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#live');
    if (fresh && !live.contains(document.activeElement) && !live.querySelector('details[open]'))
      live.replaceWith(document.adoptNode(fresh));
  } catch { /* no connection: the next time */ }
}

setInterval(renew, EVERY_MS);
document.addEventListener('visibilitychange', renew);
