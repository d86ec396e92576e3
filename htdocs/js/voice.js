/*
 * voice.js - the agent's line in the browser. On a click: the microphone, then the provider's own script, then a token that
 * this site gives for this line alone; the script calls in and the agent is in the room. Whatever goes wrong is said in words,
 * and a phone can be used instead.
 *
 * States of the page: closed, opening, open, trouble. The sentences stand in the page, in its language.
 */
const REFRESH_MS = 60000;		/* before a token ends */
const MEND_MS = 30000;			/* a way to the company that breaks is mended for so long; the line stays meanwhile */
const CLOSING_MS = 1500, CLOSING_TRIES = 20;
const SCRIPT_MS = 20000, CONNECT_MS = 25000;

const box = document.querySelector('#voice');
const $ = (id) => document.querySelector(`#voice-${id}`);
const words = (name) => document.querySelector(`#voice-words [data-word="${name}"]`).textContent;
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
let device = null, call = null, lost = null;
let current = 0;			/* the number of the line that this window has asked for */
let turn = 0;				/* of opening: what was begun before a close or a further click counts no more */

function say(name) { $('say').textContent = name === '' ? '' : words(name); }
function warn(name) {
  $('wrong').hidden = name === '';
  $('wrong').textContent = name === '' ? '' : words(name);
}
function state(name) {
  box.dataset.state = name;
  for (const part of document.querySelectorAll('[data-for]')) part.hidden = !part.dataset.for.split(' ').includes(name);
}

/* A trouble has a name among the sentences, or brings its own sentence. */
class Trouble extends Error {
  constructor(name, sentence) { super(name); this.sentence = sentence ?? words(name); }
}

/* --- what is asked of this site --- */

async function ask(url, body) {
  let answer;
  try {
    answer = await fetch(url, { method: body === undefined ? 'GET' : 'POST', credentials: 'same-origin', cache: 'no-store',
      headers: body === undefined ? {} : form, body, redirect: 'error' });
  } catch { throw new Trouble('no-site'); }
  if (!answer.headers.get('Content-Type')?.startsWith('application/json')) throw new Trouble('no-site');
  return { ok: answer.ok, ...await answer.json() };
}

const body = (more = {}) => new URLSearchParams({ csrf: box.dataset.csrf, ...more }).toString();

/* A line of this agent's and its token. An old window's line is ended first, which takes a moment. */
async function line() {
  for (let tries = 0; ; tries++) {
    const got = await ask(box.dataset.post, body());
    if (got.ok) { current = got.line; return got; }
    if (!got.again || tries >= CLOSING_TRIES) throw new Trouble('no-site', got.say);
    say('waiting');
    await new Promise((go) => setTimeout(go, CLOSING_MS));
  }
}

/* The line of this window; another window may have taken its place, and keeps its own. */
function endLine(keepalive = false) {
  const mine = current;
  current = 0;
  if (mine !== 0)
    fetch(box.dataset.end, { method: 'POST', credentials: 'same-origin', headers: form, body: body({ line: mine }), keepalive, redirect: 'manual' }).catch(() => {});
}

/* --- the microphone and the script --- */

async function microphone() {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new Trouble('no-secure');
  try {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of sound.getTracks()) track.stop();	/* it was only asked for; the script takes it again */
  } catch (e) {
    throw new Trouble(e.name === 'NotAllowedError' || e.name === 'SecurityError' ? 'mic-blocked'
      : e.name === 'NotFoundError' || e.name === 'OverconstrainedError' ? 'no-mic' : 'mic-busy');
  }
}

function script() {
  if (window.Twilio?.Device) return Promise.resolve();
  return new Promise((ready, fail) => {
    const one = document.createElement('script');
    const timer = setTimeout(() => fail(new Trouble('no-script')), SCRIPT_MS);
    one.src = box.dataset.script;
    one.onload = () => { clearTimeout(timer); window.Twilio?.Device ? ready() : fail(new Trouble('no-script')); };
    one.onerror = () => { clearTimeout(timer); one.remove(); fail(new Trouble('no-script')); };
    document.head.append(one);
  });
}

/* What the script's errors mean. The numbers are the provider's own. */
function meaning(error) {
  const code = Number(error?.code);
  if (code >= 20100 && code < 20200 || code >= 31201 && code <= 31208) return 'refused';
  if (code === 31401) return 'mic-blocked';
  if (code === 31402) return 'mic-busy';
  if (code === 31000 || code === 31003 || code === 31005 || code === 31009 || code >= 53000 && code < 53500) return 'unreached';
  return 'broken';
}

/* --- the line --- */

function stop() {
  box.removeAttribute('data-muted');
  const d = device;
  device = null;
  call = null;
  try { d?.destroy(); } catch { /* it is gone */ }
}

async function refresh() {
  try {
    const got = await ask(box.dataset.token);
    if (got.ok) device?.updateToken(got.token);
  } catch { /* the line lasts; the next call for a token may come through */ }
}

function watch(one) {
  one.on('mute', (muted) => { mute(muted); });
  one.on('reconnecting', () => warn('again'));
  one.on('reconnected', () => warn(''));
  one.on('warning', (name) => { if (name === 'constant-audio-input-level') warn('silent'); });
  one.on('warning-cleared', (name) => { if (name === 'constant-audio-input-level') warn(''); });
}

/* From the click to the open line; answers when the provider has let us in. */
async function connect(token) {
  device = new window.Twilio.Device(token, { closeProtection: true, tokenRefreshMs: REFRESH_MS, maxCallSignalingTimeoutMs: MEND_MS, codecPreferences: ['opus', 'pcmu'], logLevel: 'silent' });
  device.on('tokenWillExpire', refresh);
  let failed;
  const trouble = new Promise((_, fail) => { failed = (e) => fail(e instanceof Trouble ? e : new Trouble(meaning(e))); });
  trouble.catch(() => {});
  device.on('error', (e) => failed(e));
  device.audio?.on('deviceChange', (gone) => { if (gone?.length > 0 && call) warn('unplugged'); });
  const timer = setTimeout(() => failed(new Trouble('unreached')), CONNECT_MS);
  const mine = device;
  try {
    const one = await Promise.race([mine.connect({ rtcConstraints: { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } } }), trouble]);
    watch(one);
    await Promise.race([trouble, new Promise((ready, fail) => {
      one.on('accept', ready);
      one.on('error', (e) => fail(new Trouble(meaning(e))));
      one.on('disconnect', () => fail(new Trouble('broken')));
      one.on('cancel', () => fail(new Trouble('broken')));
      one.on('reject', () => fail(new Trouble('broken')));
    })]);
    call = one;
    lost = null;
    one.on('error', (e) => { lost = meaning(e); });
    one.on('disconnect', over);
  } finally { clearTimeout(timer); }
}

/* The leg is over: the site may not know yet. */
function over() {
  if (call === null) return;
  const why = lost;
  stop();
  endLine();
  state(why ? 'trouble' : 'closed');
  say(why ? 'closed' : 'ended');
  warn(why ?? '');
  $('open').focus();
}

async function open() {
  const mine = ++turn;
  /* Steps, each with what is said meanwhile; after each, was it closed? */
  const step = async (word, work) => {
    if (turn !== mine) throw new Trouble('closed');
    if (word) say(word);
    return work();
  };
  warn('');
  state('opening');
  try {
    await step('asking', microphone);
    await step('loading', script);
    if (window.Twilio.Device.isSupported === false) throw new Trouble('no-rtc');
    const got = await step('', line);
    await step('connecting', () => connect(got.token));
    await step('', () => { state('open'); mute(false); });
  } catch (e) {
    if (turn !== mine) {		/* closed meanwhile, and nothing else begun: no line may stay behind */
      if (box.dataset.state === 'closed') { stop(); endLine(); }
      return;
    }
    stop();
    endLine();
    state('trouble');
    say('closed');
    $('wrong').textContent = e instanceof Trouble ? e.sentence : words(meaning(e));
    $('wrong').hidden = false;
    $('open').focus();
  }
}

function close() {
  turn++;
  state('closed');
  say('closed');
  warn('');
  stop();
  endLine();
}

function mute(on) {
  const button = $('mute');
  button.setAttribute('aria-pressed', on ? 'true' : 'false');
  button.textContent = on ? button.dataset.on : button.dataset.off;
  box.toggleAttribute('data-muted', on);
  say(on ? 'muted' : 'open');
}

$('open').addEventListener('click', open);
$('close').addEventListener('click', close);
$('mute').addEventListener('click', () => call?.mute(!call.isMuted()));
/* The window goes, and the line with it: the site need not wait for the provider to notice. */
addEventListener('pagehide', () => { if (box.dataset.state === 'open' || box.dataset.state === 'opening') { endLine(true); stop(); } });
state('closed');
say('closed');
