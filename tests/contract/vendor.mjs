/*
 * vendor - what we read and write, compared with the vendors' own libraries: webhooks signed by theirs and verified by
 * ours, our TwiML and our token beside theirs. Their verifiers judge the same requests.
 */
import { createHmac, createPrivateKey, randomInt, sign } from 'node:crypto';
import Telnyx from 'telnyx';
import twilio from 'twilio';
import webhooks from 'twilio/lib/webhooks/webhooks.js';

import { AC, CA, TOKEN, client, done, ok, same } from './client.mjs';

const base = 'https://calls.example.org';
const { getExpectedTwilioSignature: signatureOf, validateRequest } = webhooks;

// --- Twilio's webhooks ------------------------------------------------------------------------------

/** A request as Twilio sends it; `change` tampers with what is sent after it was signed. */
async function hook(form, { uri = '/hooks/3/42/contact', signed = base + uri, token = TOKEN, change = (b) => b, type, env = {} } = {}) {
	const body = new URLSearchParams();
	for (const [name, value] of Object.entries(form))
		for (const v of [value].flat())
			body.append(name, v);
	const signature = signatureOf(token, signed, form);
	const sent = change(body.toString());
	const said = await client('hook', { URI: uri, TYPE: type ?? 'application/x-www-form-urlencoded; charset=utf-8', SIGNATURE: signature, ...env }, sent);
	const received = {};
	for (const [name, value] of new URLSearchParams(sent))
		received[name] = name in received ? [received[name], value].flat() : value;
	return { ...said, theirs: validateRequest(TOKEN, signature, base + uri, received) };
}
const status = (more) => ({ CallSid: CA, AccountSid: AC, From: '+15145550100', To: '+15145550123', ApiVersion: '2010-04-01',
	Direction: 'outbound-api', Timestamp: 'Mon, 23 Nov 2026 14:00:00 +0000', CallbackSource: 'call-progress-events', SequenceNumber: '3',
	...more });

let it = await hook(status({ CallStatus: 'no-answer', CallDuration: '0', SipResponseCode: '480' }));
ok('case 48: a status signed by Twilio’s library is verified and read', it.verdict === 'ok' && it.theirs &&
    it.fact.startsWith('ended class=no_answer'), it.text);
it = await hook(status({ CallStatus: 'busy' }), { change: (b) => b.replace('busy', 'completed') });
same('case 5: changed after signing: both refuse', [it.verdict, it.theirs], ['bad', false]);
it = await hook(status({ CallStatus: 'busy' }), { change: (b) => `${b}&Added=1` });
same('case 6: something added: both refuse', [it.verdict, it.theirs], ['bad', false]);
it = await hook(status({ CallStatus: 'busy' }), { signed: 'http://calls.example.org/hooks/3/42/contact' });
same('case 10: signed for http: both refuse', [it.verdict, it.theirs], ['bad', false]);
it = await hook(status({ CallStatus: 'busy' }), { signed: 'https://calls.example.org:443/hooks/3/42/contact' });
same('case 9: signed with :443: both accept', [it.verdict, it.theirs], ['ok', true]);
it = await hook(status({ CallStatus: 'busy' }), { uri: "/hooks/3/42/contact?Body=It's+amazing", signed: `${base}/hooks/3/42/contact?Body=It%27s+amazing` });
same('V7: signed escaped, called raw: both accept', [it.verdict, it.theirs], ['ok', true]);
it = await hook(status({ CallStatus: 'busy' }), { token: 'another' });
same('case 19: another token: both refuse', [it.verdict, it.theirs], ['bad', false]);

// Forms that nobody thought of: any letters, repeated names, changed or not. Ours and theirs agree each time.
const letters = ['a', 'Z', '7', ' ', '+', '&', '=', '%', "'", '"', '<', 'é', 'Ü', '’', '日', '😀', '\n', '~', '*', '-', '_'];
const word = (n) => Array.from({ length: randomInt(n) }, () => letters[randomInt(letters.length)]).join('');
let agreed = 0, accepted = 0;
const random = [];
for (let i = 0; i < 300; i++) {
	const form = { CallSid: CA };
	for (let k = randomInt(12); k > 0; k--)
		form[`k${word(4)}`] = randomInt(5) ? word(20) : Array.from({ length: 1 + randomInt(3) }, () => word(3));
	// a value and its changed form must differ once they are read
	const change = randomInt(3) ? (b) => b : (b) => b.replace(CA, CA.replace('CA0', 'CA1'));
	random.push(hook(form, { change }).then((r) => {
		agreed += (r.verdict === 'ok') === r.theirs;
		accepted += r.theirs;
	}));
	if (i % 20 === 19)
		await Promise.all(random);
}
await Promise.all(random);
same('300 random forms, a third of them changed: one opinion', agreed, 300);
ok('most were accepted, some were not', accepted > 150 && accepted < 260, accepted);

// --- our documents and token --------------------------------------------------------------------------

const plain = (xml) => xml.replaceAll('&quot;', '"').replaceAll('&apos;', "'");
const ours = await client('twiml');

let v = new twilio.twiml.VoiceResponse();
v.gather({ input: 'dtmf', numDigits: 1, finishOnKey: '', timeout: 10, actionOnEmptyResult: true, method: 'POST',
	action: `${base}/hooks/3/7/agent/key?room=7_x9` }).say({ language: 'fr-CA' }, 'Appuyez sur 1 pour commencer l’appel & "merci" <3');
same('the question for a key, as Twilio’s library writes it', plain(ours.ask), plain(v.toString()));
v = new twilio.twiml.VoiceResponse();
v.dial().conference({ startConferenceOnEnter: true, endConferenceOnExit: true, beep: 'false', waitUrl: '', participantLabel: 'agent-7',
	statusCallback: `${base}/hooks/3/7/agent/room`, statusCallbackMethod: 'POST', statusCallbackEvent: 'start end join leave' }, '7_x9');
same('the room', plain(ours.room), plain(v.toString()));
v = new twilio.twiml.VoiceResponse();
v.dial({ answerOnBridge: true, callerId: '+15145550100', timeout: 25, timeLimit: 3600, method: 'POST',
	action: `${base}/hooks/3/42/contact/dial` }).number({ statusCallback: `${base}/hooks/3/42/contact`,
	statusCallbackEvent: 'initiated ringing answered completed' }, '+15145550123');
same('the contact from the agent’s call', plain(ours.through), plain(v.toString()));
v = new twilio.twiml.VoiceResponse();
v.hangup();
same('the end', plain(ours.end), plain(v.toString()));

v = new twilio.twiml.VoiceResponse();
v.dial().conference({ startConferenceOnEnter: false, endConferenceOnExit: false, beep: 'false', waitUrl: '', participantLabel: 'contact-42' }, '7_x9');
same('somebody who was rung for nobody enters the room of an agent', plain(ours.enter), plain(v.toString()));
v = new twilio.twiml.VoiceResponse();
v.say({ language: 'fr-CA' }, 'Bonjour, ici « Les Amis » & <nous>. Au revoir.');
v.hangup();
same('... or hears that nobody is free', plain(ours.sorry), plain(v.toString()));

const key = { BROWSER_KEY: `SK${'1'.repeat(32)}`, BROWSER_SECRET: 'a secret of the key'.replaceAll(' ', '-'), BROWSER_APP: `AP${'2'.repeat(32)}` };
const token = (await client('token', key)).text.trim();
const part = (t, i) => JSON.parse(Buffer.from(t.split('.')[i], 'base64url'));
const { AccessToken } = twilio.jwt;
const model = new AccessToken(AC, key.BROWSER_KEY, key.BROWSER_SECRET, { identity: '7_x9', ttl: 3600 });
model.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: key.BROWSER_APP }));
const want = part(model.toJwt(), 1), iat = 1795442400;
same('the token’s header', part(token, 0), { typ: 'JWT', alg: 'HS256', cty: 'twilio-fpa;v=1' });
ok('... is theirs', Object.entries(part(model.toJwt(), 0)).every(([k, x]) => part(token, 0)[k] === x));
for (const claim of ['grants', 'iss', 'sub'])
	same(`the token’s ${claim}`, part(token, 1)[claim], want[claim]);
same('its times and its number', [part(token, 1).iat, part(token, 1).exp - iat, part(token, 1).jti], [iat, want.exp - want.iat, `${key.BROWSER_KEY}-${iat}`]);
same('no claim more or less', Object.keys(part(token, 1)).sort(), Object.keys(want).sort());
same('its signature', token.split('.')[2], createHmac('sha256', key.BROWSER_SECRET).update(token.split('.').slice(0, 2).join('.')).digest('base64url'));

// --- Telnyx's webhooks -----------------------------------------------------------------------------------

/* RFC 8032, test 1 */
const PUBLIC = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const secret = createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')]) });
const telnyx = { PROVIDER: 'telnyx', ACCOUNT: '1494404757140276705', SECRET: PUBLIC, API_SECRET: 'KEY' };
const theirs = new Telnyx({ apiKey: 'KEY', publicKey: PUBLIC });

async function event(body, { age = 0, change = (b) => b, stamp } = {}) {
	const now = Math.floor(Date.now() / 1000), at = stamp ?? String(now - age);
	const signature = sign(null, Buffer.from(`${at}|${body}`), secret).toString('base64');
	const sent = change(body);
	const said = await client('hook', { ...telnyx, URI: '/hooks/3/42/contact', TYPE: 'application/json', SIGNATURE: signature, STAMP: at, NOW: String(now) }, sent);
	const verdict = await theirs.webhooks.unwrap(sent, { headers: { 'telnyx-signature-ed25519': signature, 'telnyx-timestamp': at }, key: PUBLIC })
	    .then(() => true, () => false);
	return { ...said, theirs: verdict };
}
const hangup = JSON.stringify({ data: { event_type: 'call.hangup', id: '0ccc7b54', occurred_at: '2026-11-23T14:00:00.000000Z',
	payload: { call_control_id: 'v3:abc', hangup_cause: 'user_busy', sip_hangup_cause: '486' } } });
for (const [name, options, want] of [
	['a signed event', {}, ['ok', true]],
	['case 23: 295 s old', { age: 295 }, ['ok', true]],
	['case 23: 305 s old', { age: 305 }, ['stale', false]],
	['case 23: a time that is none', { stamp: '12x' }, ['bad', false]],
	['case 24: one blank more', { change: (b) => b.replace('{', '{ ') }, ['bad', false]],
]) {
	const said = await event(hangup, options);
	same(`Telnyx: ${name}: ours and theirs`, [said.verdict, said.theirs], want);
}
ok('Telnyx: and it is read', (await event(hangup)).fact.startsWith('ended class=busy'));
await done();
