/*
 * agent.js - comforts of the caller's screen, which works without it:
 *   - a call is saved without leaving the page: when the connection is lost, what was typed stays,
 *     is kept on this device under its form's key, and is sent again by itself; the server counts it once;
 *   - a second click while saving does nothing; number keys choose an answer, Enter goes on to the next question;
 *   - what is typed and not sent yet is kept too, under the same key, and is there again after a reload;
 *   - back from a call on this phone, the time away suggests an outcome; it is saved by a touch only, never by itself;
 *   - the way back from a slip of the thumb goes when its minute is over;
 *   - numbers disappear at the minute at which calls close; the clock of the server decides, not this one's.
 */
const KEPT = 'tocsin.call.';
const TYPED = 'tocsin.typed.';
const DIALLED = 'tocsin.dialled';
const AGAIN_MS = 4000;
const GIVE_UP_MS = 20000;		/* of one try */
const LOOK_MS = 60000;
const KEEP_MS = 7 * 86400000;
let sending = false;
const TALK_S = 40;			/* nobody lets a phone ring for longer */
let closing, looking, line, undoing, typing;
let dirty = false;		/* something was typed on this page */
let details = true;		/* beside the question, where there is room; as the agent left it at the last one */

const $ = (selector) => document.querySelector(selector);
const form = () => $('#call');

/* --- what is kept on the device --- */

function keep(key, url, body) {
  try { localStorage.setItem(KEPT + key, JSON.stringify({ url, body, at: Date.now() })); } catch { /* private mode: not kept */ }
}
function drop(key) {
  try { localStorage.removeItem(KEPT + key); } catch { /* nothing was kept */ }
}
function kept() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(KEPT))
      .map((name) => ({ key: name.slice(KEPT.length), ...JSON.parse(localStorage.getItem(name)) }));
  } catch { return []; }
}

/* --- what is typed and not sent yet --- */

const UNTYPED = new Set(['csrf', 'form_key', 'entry', 'claimed', 'end', 'question']);
const asked = () => $('#call input[name="question"]')?.value ?? '';

function keepTyped() {
  const f = form();
  if (!f || sending || !dirty) return;
  const fields = [...new FormData(f)].filter(([name, value]) => !UNTYPED.has(name) && typeof value === 'string');
  try { localStorage.setItem(TYPED + f.dataset.key, JSON.stringify({ at: Date.now(), asked: asked(), fields })); } catch { /* not kept */ }
}
function dropTyped(key) {
  try { localStorage.removeItem(TYPED + key); } catch { /* nothing was kept */ }
}
/* Puts back what was typed at this question; old things go. */
function putTyped() {
  const f = form();
  let typed = null;
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(TYPED))) {
      const it = JSON.parse(localStorage.getItem(name));
      if (f && name === TYPED + f.dataset.key) typed = it;
      else if (Date.now() - it.at > KEEP_MS) localStorage.removeItem(name);
    }
  } catch { return; }
  if (!typed || typed.asked !== asked()) return;
  const given = new Map();
  for (const [name, value] of typed.fields) given.set(name, [...(given.get(name) ?? []), value]);
  for (const input of f.elements) {
    if (!input.name || UNTYPED.has(input.name) || input.type === 'submit' || input.type === 'button') continue;
    const values = given.get(input.name) ?? [];
    if (input.type === 'checkbox' || input.type === 'radio') input.checked = values.includes(input.value);
    else if (values.length > 0) input.value = values[0];
    if (values.length > 0 && input.value && (input.type === 'date' || input.type === 'time')) {
      const box = input.closest('details');
      if (box) box.open = true;
    }
  }
}

/* --- sending --- */

async function post(url, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), GIVE_UP_MS);
  try {
    const answer = await fetch(url, { method: 'POST', body, credentials: 'same-origin', signal: stop.signal,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    return { status: answer.status, address: answer.redirected ? answer.url : '', text: await answer.text() };
  } catch {
    return { status: 0, address: '', text: '' };		/* no connection, or none in time */
  } finally {
    clearTimeout(timer);
  }
}

/* Puts the answer in this page's place; false when it is no page of the caller's screen. */
function show(answer) {
  const page = new DOMParser().parseFromString(answer.text, 'text/html');
  const main = page.querySelector('main');
  if (!main || !main.querySelector('#agent'))
    return false;
  document.title = page.title;
  $('main').replaceWith(document.adoptNode(main));
  const id = location.pathname.match(/^\/agent\/(\d+)/);
  if (id)
    history.replaceState(null, '', `/agent/${id[1]}`);
  begin();
  const wrong = $('[aria-invalid="true"], .wrong[role="alert"]');
  if (wrong) {
    wrong.scrollIntoView({ block: 'center' });
    if (wrong.matches('input, textarea')) wrong.focus();
  } else {
    window.scrollTo(0, 0);
    ($('#asked') || $('#who') || $('#pause'))?.focus({ preventScroll: true });
  }
  return true;
}

function busy(on) {
  sending = on;
  form()?.classList.toggle('is-sending', on);
  form()?.setAttribute('aria-busy', on ? 'true' : 'false');
}

async function save(button) {
  const f = form();
  const data = new URLSearchParams(new FormData(f));
  if (button?.name) data.append(button.name, button.value);
  /* A step of a conversation and the save of its call have an address each, and the form's key in common. */
  const url = new URL(button?.getAttribute('formaction') ?? f.getAttribute('action'), location.href).href;
  const key = f.dataset.key, body = data.toString();

  busy(true);
  for (let tries = 0; ; tries++) {
    const answer = await post(url, body);
    if (answer.status !== 0 && answer.status < 500) {
      busy(false);
      $('#unsent')?.setAttribute('hidden', '');
      dropTyped(key);
      if (show(answer))
        drop(key);
      else {		/* signed out, or the page was open too long: it is sent again from a fresh page */
        keep(key, url, body);
        location.assign(url.replace(/\/\w+$/, ''));
      }
      return;
    }
    keep(key, url, body);
    $('#unsent')?.removeAttribute('hidden');
    await new Promise((go) => {
      const timer = setTimeout(go, AGAIN_MS);
      addEventListener('online', () => { clearTimeout(timer); go(); }, { once: true });
    });
  }
}

/* Calls that never arrived: each is sent again, with this page's key against forgery. */
async function sendKept() {
  const csrf = $('input[name="csrf"]')?.value;
  for (const call of kept()) {
    if (Date.now() - call.at > KEEP_MS) { drop(call.key); continue; }
    if (!csrf || new URL(call.url).origin !== location.origin) continue;
    const mine = form()?.dataset.key === call.key;
    const body = new URLSearchParams(call.body);
    body.set('csrf', csrf);
    if (mine) busy(true);
    const answer = await post(call.url, body.toString());
    if (mine) busy(false);
    if (answer.status === 0 || answer.status >= 500 || answer.address !== '') continue;	/* signed out: next time */
    drop(call.key);
    dropTyped(call.key);
    const here = location.pathname.match(/^\/agent\/\d+/);
    if (here && (mine || !form()) && new URL(call.url).pathname.startsWith(`${here[0]}/`))
      show(answer);
  }
}

/* --- closing time --- */

function close() {
  $('#dial')?.remove();
  $('#talk-number')?.remove();
  $('#closed')?.removeAttribute('hidden');
  const state = $('#window');
  if (state) state.className = 'state state-outside';
}

function watchClosing() {
  clearTimeout(closing);
  const f = form(), at = Number(f?.dataset.closes), now = Number(f?.dataset.now);
  if (!at || !now) return;
  const end = performance.now() + (at - now);
  const look = () => {
    const left = end - performance.now();
    if (left <= 0) close();
    else closing = setTimeout(look, Math.min(left, 30000));
  };
  look();
}

/* --- a conversation: how long it lasts; the person's details beside it where there is room --- */

function watchLine() {
  clearInterval(line);
  const at = $('#line');
  if (!at) return;
  const since = performance.now() - Number(at.dataset.ms);
  const tell = () => {
    const s = Math.floor((performance.now() - since) / 1000);
    at.textContent = at.dataset.words.replace('%s', `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`);
  };
  at.hidden = false;
  tell();
  line = setInterval(tell, 1000);
}

function openDetails() {
  const box = $('#details');
  if (!box || !matchMedia('(min-width: 992px)').matches) return;
  box.open = details;
  box.querySelector('summary').addEventListener('click', () => { details = !box.open; });
}

/* --- a call on this phone --- */

function dialled() {
  try { return JSON.parse(sessionStorage.getItem(DIALLED)); } catch { return null; }
}
function forgetDialled() {
  try { sessionStorage.removeItem(DIALLED); } catch { /* not kept */ }
}
function back() {
  const call = dialled(), box = $('#away');
  if (!call || !box || document.hidden || call.key !== form()?.dataset.key || !call.left) return;
  const s = Math.round((Date.now() - call.at) / 1000);
  forgetDialled();
  if (s < 4 || s > 7200) return;
  const time = s < 100 ? box.dataset.seconds.replace('%s', s) : box.dataset.minutes.replace('%s', Math.round(s / 60));
  $('#away-words').textContent = (s < TALK_S ? box.dataset.short : box.dataset.long).replace('%s', time);
  $('#away-save').hidden = s >= TALK_S;
  $('#away-talk').hidden = s < TALK_S;
  box.hidden = false;
  box.scrollIntoView({ block: 'nearest' });
}
function left() {
  const call = dialled();
  if (!call || call.left) return;
  try { sessionStorage.setItem(DIALLED, JSON.stringify({ ...call, left: true })); } catch { /* no suggestion then */ }
}
addEventListener('pageshow', back);
document.addEventListener('visibilitychange', () => { if (document.hidden) left(); else back(); });

/* The question that a number key answers: where the focus is, else the first without an answer. */
function questionNow() {
  const all = [...document.querySelectorAll('fieldset.question:has(.choices)')];
  return document.activeElement?.closest('fieldset.question') ?? all.find((one) => !one.querySelector('input:checked')) ?? all[0];
}

function begin() {
  document.body.classList.add('has-script');
  /* The address of a form that the browser sent itself: a reload is to show the page, not to send it again. */
  const sent = location.pathname.match(/^(\/agent\/\d+)\/\w+$/);
  if (sent) history.replaceState(null, '', sent[1]);
  dirty = false;
  clearTimeout(undoing);
  const undo = $('#undo');
  if (undo) undoing = setTimeout(() => undo.remove(), Number(undo.dataset.ms));
  putTyped();
  back();
  watchLine();
  openDetails();
  const saved = $('#agent')?.dataset.saved;
  if (saved) { drop(saved); dropTyped(saved); }
  watchClosing();
  /* The Refresh header did not come with a page that was put in place here. */
  clearTimeout(looking);
  if ($('#looks')) looking = setTimeout(() => location.reload(), LOOK_MS);
}

/* --- events --- */

document.addEventListener('submit', (event) => {
  if (sending) { event.preventDefault(); return; }
  if (event.target !== form()) {		/* skip, break, start: the browser does it */
    if (event.target.id === 'other') keepTyped();
    else if (form()) dropTyped(form().dataset.key);
    sending = true;
    return;
  }
  event.preventDefault();
  save(event.submitter);
});
/* A page that comes back from the browser's own memory is not sending any more. */
addEventListener('pageshow', () => { sending = false; });

document.addEventListener('keydown', (event) => {
  if (event.target.id?.startsWith('callback_') && event.key === 'Enter' && $('#callback-save')) {
    event.preventDefault();
    $('#callback-save').click();
  }
  if (event.key === 'Enter' && $('#asked') && !event.target.closest('textarea, input, select, button, a, summary')) {
    event.preventDefault();
    $('.talk-bar-buttons .btn-primary').click();
  }
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
  if (event.target.closest('textarea, select, input:not([type="radio"], [type="checkbox"])')) return;
  const all = [...(questionNow()?.querySelectorAll('.choices input') ?? [])];
  const choice = all.find((input) => input.dataset.key === event.key) ?? (all[0]?.dataset.key ? undefined : all[Number(event.key) - 1]);
  if (!choice) return;
  event.preventDefault();
  choice.checked = choice.type === 'checkbox' ? !choice.checked : true;
  choice.focus();
});

document.addEventListener('input', (event) => {
  if (!form()?.contains(event.target)) return;
  dirty = true;
  clearTimeout(typing);
  typing = setTimeout(keepTyped, 200);
});
addEventListener('pagehide', keepTyped);

document.addEventListener('click', (event) => {
  if (event.target.closest('a.btn-call') && form())
    try { sessionStorage.setItem(DIALLED, JSON.stringify({ key: form().dataset.key, at: Date.now() })); } catch { /* no suggestion then */ }
  if (event.target.closest('#away-save')) $('#no-talk button[value="no_answer"]').click();
  if (event.target.closest('#away-no')) $('#away').hidden = true;
  if (event.target.closest('#away-talk')) {
    event.preventDefault();
    $('#away').hidden = true;
    const next = $('fieldset.question input, fieldset.question textarea') ?? $('.savebar .btn-primary');
    next?.scrollIntoView({ block: 'center' });
    next?.focus({ preventScroll: true });
  }
  if (!event.target.closest('.savebar-jump')) return;
  event.preventDefault();
  $('#no-talk').scrollIntoView();
  $('#no-talk').focus({ preventScroll: true });
});

begin();
sendKept();
