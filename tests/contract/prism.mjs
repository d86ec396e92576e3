/*
 * prism - every request that the Twilio adapter makes, judged by Prism against Twilio's own OpenAPI file: well-formed or
 * refused. It knows no state and no meaning; those are in trouble.mjs and in the unit tests.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CA, atEnd, client, done, ok, same, serve, tests, until } from './client.mjs';
import { openapi } from './openapi.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-prism-'));
atEnd(() => rmSync(folder, { recursive: true, force: true }));
const { file, arrays, known } = openapi(folder);
ok('the file describes repeated parameters', arrays >= 5, arrays);

const port = await new Promise((resolve) => {
	const s = net.createServer().listen(0, '127.0.0.1', () => {
		const { port } = s.address();
		s.close(() => resolve(port));
	});
});
const prism = spawn(process.execPath, [path.join(tests, 'node_modules/@stoplight/prism-cli/dist/index.js'), 'mock', '-h', '127.0.0.1',
    '-p', port, file], { stdio: ['ignore', 'pipe', 'pipe'] });
atEnd(() => prism.kill());
let log = '';
for (const stream of [prism.stdout, prism.stderr])
	stream.on('data', (d) => { log += d; });
if (!ok('Prism listens', await until(() => log.includes('Prism is listening'), 60000), log.slice(-500)))
	await done();

// Between our client and Prism: what was asked, what Prism said. `as` changes the answer on its way back.
let asked = [], as = (body) => body;
const relay = await serve(async (rq, rs, body) => {
	const { host, ...headers } = rq.headers;
	const got = await fetch(`http://127.0.0.1:${port}${rq.url}`, { method: rq.method, headers, body: body || undefined });
	const text = await got.text();
	const [where, query] = rq.url.split('?'), may = known(rq.method, where);
	const strange = [...new URLSearchParams(body || query)].map(([name]) => name).filter((name) => !may.includes(name));
	asked.push({ strange, what: `${rq.method} ${rq.url.replace(/^.*Accounts\/AC\w+/, '').replace(/\?.*/, '')}`, status: got.status, body, text });
	rs.writeHead(got.status, { 'content-type': got.headers.get('content-type') ?? 'text/plain' }).end(as(text, body));
});
async function ask(verb, env = {}) {
	asked = [];
	return client(verb, { BASE: relay.url, ...env });
}
/** These requests were made, in this order, and Prism found each well-formed. */
function judged(name, ...whats) {
	const trouble = asked.filter((it) => it.status > 299).map((it) => `${it.what}: ${it.status} ${it.text.slice(0, 300)}`);
	trouble.push(...asked.flatMap((it) => it.strange.map((n) => `${it.what}: there is no parameter ${n}`)));
	same(name, trouble.length ? trouble : asked.map((it) => it.what), whats);
}

let it = await ask('broken');
same('a request that is broken on purpose is refused: Prism is awake', it.status, '422');

same('a parameter that is not in the file would be seen', known('POST', '/2010-04-01/Accounts/AC1/Calls.json').includes('Timeout') &&
    !known('POST', '/2010-04-01/Accounts/AC1/Calls.json').includes('Bogus'), true);

const sid = /^CA[0-9a-f]{32}$/;
it = await ask('dial-agent');
judged('the agent’s call', 'POST /Calls.json');
ok('is accepted', it.dialed === 'accepted' && sid.test(it.call), it.text);
same('each event is a parameter of its own', asked[0].body.match(/StatusCallbackEvent=/g)?.length, 4);

it = await ask('dial-contact');
judged('the contact as a participant', 'POST /Conferences/7_x9/Participants.json');
ok('is accepted', it.dialed === 'accepted' && sid.test(it.call), it.text);

it = await ask('dial-alone');
judged('a contact for no agent in particular', 'POST /Calls.json');
ok('is accepted', it.dialed === 'accepted' && sid.test(it.call), it.text);
same('who answers is asked for, and machines are told of afterwards', ['Url=', 'AsyncAmd=true', 'AsyncAmdStatusCallback='].filter((p) => !asked[0].body.includes(p)), []);

it = await ask('dial-contact', { PROVIDER: 'somleng' });
judged('the contact from the agent’s call (Somleng)', 'POST /Calls.json');
ok('is accepted', it.dialed === 'accepted', it.text);

as = (text) => JSON.stringify({ ...JSON.parse(text), status: 'canceled' });
it = await ask('hang-up');
judged('a call that rings is canceled', `POST /Calls/${CA}.json`);
ok('by one request', it.asked === 'ok' && asked[0].body === 'Status=canceled', it.text);
as = (text) => JSON.stringify({ ...JSON.parse(text), status: 'in-progress' });
it = await ask('hang-up');
judged('a call that was answered is ended', `POST /Calls/${CA}.json`, `POST /Calls/${CA}.json`);
ok('by a second one', it.asked === 'ok' && asked[1].body === 'Status=completed', it.text);
as = (text) => text;

it = await ask('fetch');
judged('one call', `GET /Calls/${CA}.json`);
ok('its example is read', it.asked === 'ok' && it.all.fact?.length > 0, it.text);
it = await ask('list');
judged('the calls to a number: by day, and queued', 'GET /Calls.json', 'GET /Calls.json');
ok('are read', it.asked === 'ok', it.text);
const CF = `CF${'0'.repeat(31)}1`;
as = (text) => text.replace(/"conferences":\[.*?\]/s, `"conferences":[{"sid":"${CF}"}]`)
    .replace(/"participants":\[.*?\]/s, `"participants":[{"call_sid":"${CA}","label":"contact-42"},{"call_sid":"nonsense"}]`);
it = await ask('participants');
judged('a room by its name', 'GET /Conferences.json', `GET /Conferences/${CF}/Participants.json`);
same('who is in it is read', it.all.participant, [`${CA} contact-42`]);
as = (text) => text.replace(/"incoming_phone_numbers":\[.*\],/s, '"incoming_phone_numbers":[],')
    .replace(/"balance":"[^"]*"/, '"balance":"5"').replace(/"status":"[^"]*"/, '"status":"active"');
it = await ask('check', { FROM: '+15145550100' });
judged('account, balance, our numbers, our caller ids', 'GET .json', 'GET /Balance.json', 'GET /IncomingPhoneNumbers.json',
    'GET /OutgoingCallerIds.json');
same('are read', it.check, 'none');
const key = { BROWSER_KEY: `SK${'1'.repeat(32)}`, BROWSER_SECRET: 'of-the-key', BROWSER_APP: `AP${'2'.repeat(32)}`, BROWSER_SCRIPT: `${relay.url}/twilio.min.js` };
const application = (more = {}) => (text) => text[0] !== '{' ? text : JSON.stringify({ ...JSON.parse(text), sid: key.BROWSER_APP, voice_method: 'POST', status_callback_method: 'POST',
	voice_url: 'https://calls.example.org/hooks/3/0/agent/browser', status_callback: 'https://calls.example.org/hooks/3/0/agent', ...more });
as = application({ voice_method: 'GET' });
it = await ask('check-browser', key);
judged('the application for calls in the browser', `GET /Applications/${key.BROWSER_APP}.json`);
same('is read, and one that would call us by GET is not right', it.check, 'browser_hook');
as = application();
it = await ask('check-browser', key);
same('one that is right, while the script is not at its address', it.check, 'script');
as = (text) => text;
it = await ask('fetch', { PROVIDER: 'sim' });
judged('the simulated provider is asked the same way', `GET /Calls/${CA}.json`);
await done();
