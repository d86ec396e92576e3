/*
 * trouble - a provider that is slow, silent, broken, full, lying: after each the adapter knows whether a call may have been
 * placed. ACCEPTED, REFUSED, UNKNOWN or NOT_SENT decides whether somebody is called twice.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTls } from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { CA, atEnd, client, done, json, ok, same, serve, sleep } from './client.mjs';

const dials = (url, env = {}) => client('dial-contact', { BASE: url, ...env });
const placed = { call_sid: CA, status: 'queued', queue_time: '1500' };

/** One dial against a provider that answers so. */
async function answering(answer, env) {
	const it = await serve(answer);
	const said = await dials(it.url, env);
	return { ...said, requests: it.seen.length, seen: it.seen };
}
const fields = ({ dialed, class: about, trouble }) => [dialed, about, trouble];

// --- answers that come at once ---------------------------------------------------------------------

let it = await answering((rq, rs) => json(rs, 201, placed));
same('201 with an id: accepted', [it.dialed, it.call, it.queue_ms], ['accepted', CA, '1500']);
ok('it signs in with account and token', it.seen[0].headers.authorization.startsWith('Basic '), it.seen[0].headers.authorization);
same('no question before the body, no body from elsewhere', [it.seen[0].headers.expect, it.seen[0].headers['content-type']],
    [undefined, 'application/x-www-form-urlencoded']);

for (const [name, status, body, headers, want] of [
	['400 with a code about the number', 400, { code: 21211, message: 'no' }, {}, ['refused', 'invalid_number', 'refused']],
	['400 with a code about us', 400, { code: 21210 }, {}, ['refused', 'account', 'caller_id']],
	['400 with a code that we do not know', 400, { code: 54321 }, {}, ['refused', 'network', 'refused']],
	['case 96: 401', 401, { code: 20003 }, {}, ['refused', 'account', 'credentials']],
	['case 96: 401 from a front, without a code', 401, 'nope', {}, ['refused', 'account', 'credentials']],
	['402', 402, {}, {}, ['refused', 'account', 'funds']],
	['400 without a code may have been placed', 400, {}, {}, ['unknown', 'network', 'refused']],
	['409 may have been placed', 409, { code: 1 }, {}, ['unknown', 'network', 'refused']],
	['500 may have been placed', 500, {}, {}, ['unknown', 'network', 'failing']],
	['503 with Retry-After may have been placed', 503, {}, { 'retry-after': '3' }, ['unknown', 'network', 'failing']],
	['201 without an id may have been placed', 201, {}, {}, ['unknown', '', 'answer']],
	['201 with an id that is none', 201, { call_sid: 'x' }, {}, ['unknown', '', 'answer']],
	['a redirect is not followed, and nothing was placed', 302, {}, { location: 'http://127.0.0.1:1/' }, ['refused', 'account', 'answer']],
]) {
	it = await answering((rq, rs) => json(rs, status, body, headers));
	same(name, fields(it), want);
	ok(`${name}: asked once`, it.requests === 1, it.requests);
}
it = await answering((rq, rs) => json(rs, 429, { code: 20429 }, { 'retry-after': '7' }));
same('case 95: 429 with Retry-After 7: nothing was placed, not before 7 s', [...fields(it), it.retry_after],
    ['refused', 'rate', 'rate', '7']);

for (const [name, answer, want] of [
	['HTML', (rq, rs) => rs.writeHead(200, { 'content-type': 'text/html' }).end('<html>parked'), ['unknown', '', 'answer']],
	['half a JSON', (rq, rs) => rs.writeHead(201).end('{"call_sid":"CA'), ['unknown', '', 'answer']],
	['binary garbage', (rq, rs) => rs.writeHead(201).end(Buffer.from([0, 255, 1, 254, 0])), ['unknown', '', 'answer']],
	['an empty body', (rq, rs) => rs.writeHead(201).end(), ['unknown', '', 'answer']],
	['five megabytes', (rq, rs) => rs.writeHead(201).end(Buffer.alloc(5 << 20, 'x')), ['unknown', '', 'answer']],
	['closed after the request', (rq) => rq.socket.destroy(), ['unknown', '', 'answer']],
	['closed in the middle of the answer', (rq, rs) => {
		rs.writeHead(201, { 'content-length': 1000 });
		rs.write('{"call_sid":');
		setTimeout(() => rq.socket.destroy(), 50);
	}, ['unknown', '', 'answer']],
])
	same(`garbage: ${name}`, fields(await answering(answer)), want);

const raw = net.createServer((s) => s.on('data', () => s.end('SSH-2.0-whatever\r\n')).on('error', () => {})).listen(0, '127.0.0.1');
await new Promise((resolve) => raw.on('listening', resolve));
atEnd(() => raw.close());
same('something that is no HTTP', fields(await dials(`http://127.0.0.1:${raw.address().port}`)), ['unknown', '', 'answer']);

// --- nothing left this machine -----------------------------------------------------------------------

const closed = net.createServer().listen(0, '127.0.0.1');
await new Promise((resolve) => closed.on('listening', resolve));
const nobody = closed.address().port;
await new Promise((resolve) => closed.close(resolve));
same('nobody listens', fields(await dials(`http://127.0.0.1:${nobody}`)), ['not_sent', '', 'unreached']);
same('no such name', fields(await dials('https://provider.invalid')), ['not_sent', '', 'unreached']);
it = await dials(`https://127.0.0.1:${raw.address().port}`);
same('TLS spoken to somebody who speaks none', fields(it), ['not_sent', '', it.ms < 3000 ? 'tls' : 'unreached']);

const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-tls-'));
atEnd(() => rmSync(folder, { recursive: true, force: true }));
execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', `${folder}/key`, '-out', `${folder}/cert`], { stdio: 'pipe' });
const tls = await serve((rq, rs) => json(rs, 201, placed), (answer) =>
	createTls({ key: readFileSync(`${folder}/key`), cert: readFileSync(`${folder}/cert`) }, answer));
const https = tls.url.replace('http:', 'https:');
same('a certificate that nobody vouches for', fields(await dials(https)), ['not_sent', '', 'tls']);
same('... and nothing arrived there', tls.seen.length, 0);
same('one that somebody vouches for', fields(await dials(https, { SSL_CERT_FILE: `${folder}/cert` })), ['accepted', '', 'none']);
same('... but not for this name', fields(await dials(https.replace('127.0.0.1', 'localhost'), { SSL_CERT_FILE: `${folder}/cert` })),
    ['not_sent', '', 'tls']);

// --- time, side by side: each takes its eight seconds --------------------------------------------------

const late = await serve((rq, rs) => setTimeout(() => json(rs, 201, placed), 9000));
const silent = await serve(() => {});
const trickle = await serve((rq, rs) => {
	rs.writeHead(201);
	const drip = setInterval(() => rs.write(' '), 200);
	rs.on('close', () => clearInterval(drip));
});
const slow = await serve((rq, rs) => setTimeout(() => json(rs, 201, placed), 5000));
const mute = net.createServer((s) => s.on('error', () => {})).listen(0, '127.0.0.1');	/* takes the connection, never says TLS */
await new Promise((resolve) => mute.on('listening', resolve));
atEnd(() => mute.close());
const [l, s, t, w, m] = await Promise.all([late, silent, trickle, slow].map((x) => dials(x.url))
    .concat(dials(`https://127.0.0.1:${mute.address().port}`)));
same('silent: it may have been placed', fields(s), ['unknown', '', 'silent']);
same('answered after our time was up: it may have been placed', fields(l), ['unknown', '', 'silent']);
same('drop by drop', fields(t), ['unknown', '', 'silent']);
same('slow, but in time', fields(w), ['accepted', '', 'none']);
same('a connection without a greeting: nothing was sent', fields(m), ['not_sent', '', 'unreached']);
ok('nobody waited for longer than eight seconds and a little', [l, s, t].every((x) => x.ms >= 7900 && x.ms < 10000), [l.ms, s.ms, t.ms]);
ok('to connect, not longer than three', m.ms >= 2900 && m.ms < 5000, m.ms);
await sleep(1500);
same('and nobody asked twice', [late, silent, trickle].map((x) => x.seen.length), [1, 1, 1]);

// --- polls and hang-ups ---------------------------------------------------------------------------------

const states = async (verb, answer, env = {}) => {
	const server = await serve(answer);
	return { ...await client(verb, { BASE: server.url, ...env }), seen: server.seen };
};
same('case 87: a poll of a call that is gone', (await states('fetch', (rq, rs) => json(rs, 404, { code: 20404 }))).asked, 'gone');
same('a poll that fails is asked later', (await states('fetch', (rq, rs) => json(rs, 503, {}))).asked, 'later');
same('a poll that answers with nonsense is asked later', (await states('fetch', (rq, rs) => rs.end('<html>'))).asked, 'later');
it = await states('fetch', (rq, rs) => json(rs, 200, { sid: CA, status: 'completed', duration: '35', price: '-0.03000',
	price_unit: 'USD', answered_by: 'human', end_time: 'Mon, 23 Nov 2026 14:00:35 +0000' }));
same('case 92: end, verdict and cost of one poll', it.all.fact.map((f) => f.replace(/ attempt.*/, '')), [
	'ended class=answered amd= word=completed seconds=35 cost=0 proves=1',
	'amd class= amd=human word=human seconds=-1 cost=0 proves=0',
	'cost class= amd= word=-0.03000 seconds=-1 cost=30000USD proves=0',
]);
it = await states('fetch', (rq, rs) => json(rs, 200, { sid: 'b08dacad-9e1c-4f25', status: 'completed', duration: 20, price: -0.005,
	price_unit: 'USD' }), { PROVIDER: 'signalwire', CALL: 'b08dacad-9e1c-4f25' });
same('case 79: SignalWire’s numbers', it.all.fact.map((f) => f.match(/seconds=\S+ cost=\S+/)[0]), ['seconds=20 cost=0', 'seconds=-1 cost=5000USD']);
it = await states('fetch', (rq, rs) => json(rs, 200, { sid: CA, status: 'completed', price: null, price_unit: 'USD' }));
same('case 92: a price that is not stated yet is no cost', it.all.fact.length, 1);
it = await states('fetch', (rq, rs) => json(rs, 200, { sid: CA, status: 'dancing' }));
ok('case 56: a state that we do not know ends nothing', it.all.fact.length === 1 && it.fact.startsWith('ignored'), it.text);

const call = (id, more) => ({ sid: `CA${String(id).padStart(32, '0')}`, to: '+15145550123', from: '+15145550100', status: 'queued',
	date_created: 'Mon, 23 Nov 2026 14:00:05 +0000', ...more });
it = await states('list', (rq, rs) => json(rs, 200, { calls: rq.url.includes('Status=queued') ? [call(1), call(2)] : [
	call(2, { status: 'ringing' }), call(3, { from: '+15145550199' }), call(4, { date_created: 'Sun, 22 Nov 2026 14:00:05 +0000' }),
	call(5, { to: '+15145550124' }), { sid: 'nonsense' }], next_page_uri: null }));
same('case 89: of a list only what is ours, once, queued ones too', it.all.listed.map((x) => x.split(' ')[0].slice(-1)).sort(), ['1', '2']);
it = await states('list', (rq, rs) => rq.url.includes('queued') ? json(rs, 500, {}) : json(rs, 200, { calls: [] }));
same('case 90: half a list is no list', it.asked, 'later');

same('a call that is over is ended', (await states('hang-up', (rq, rs) => json(rs, 400, { code: 21220 }))).asked, 'ok');
it = await states('hang-up', (rq, rs, body) => json(rs, 200, { status: body.includes('canceled') ? 'canceled' : 'completed' }));
same('a ringing call is canceled, not completed', it.seen.map((x) => x.body), ['Status=canceled']);
same('a call nobody knows', (await states('hang-up', (rq, rs) => json(rs, 404, { code: 20404 }))).asked, 'gone');

// --- what the administrator is told ---------------------------------------------------------------------

const account = (more) => (rq, rs) => json(rs, 200, rq.url.includes('Balance') ? { balance: '12.5' } :
	rq.url.includes('PhoneNumbers') ? { incoming_phone_numbers: [] } : rq.url.includes('CallerIds') ? { outgoing_caller_ids: [] } :
	{ status: 'active', ...more });
const told = async (answer, env) => (await states('check', answer, env)).check;
same('check: all well', await told(account()), 'none');
same('check: suspended', await told(account({ status: 'suspended' })), 'suspended');
same('check: a number that is not ours', await told(account(), { FROM: '+15145550100' }), 'caller_id');
same('check: no money', await told((rq, rs) => json(rs, 200, rq.url.includes('Balance') ? { balance: '-0.2' } : { status: 'active' })), 'funds');
same('check: wrong secret', await told((rq, rs) => json(rs, 401, { code: 20003 })), 'credentials');
same('check: another site', await told((rq, rs) => rs.end('<html>')), 'answer');
same('check: nobody there', (await client('check', { BASE: `http://127.0.0.1:${nobody}` })).check, 'unreached');

// --- Telnyx: idempotent ---------------------------------------------------------------------------------

const telnyx = { PROVIDER: 'telnyx', ACCOUNT: '1494404757140276705', SECRET: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', API_SECRET: 'KEY' };
const yes = { data: { call_control_id: 'v3:abc' } };
it = await answering((rq, rs) => json(rs, 200, yes), telnyx);
same('Telnyx accepts', [it.dialed, it.call, it.seen[0].headers.authorization], ['accepted', 'v3:abc', 'Bearer KEY']);
const body = JSON.parse(it.seen[0].body);
same('its request', [body.webhook_url, body.to, body.timeout_secs, body.answering_machine_detection],
    ['https://calls.example.org/hooks/3/42/contact', '+15145550123', 25, 'detect']);
let tries = 0;
it = await answering((rq, rs) => (tries++ ? json(rs, 200, yes) : rq.socket.destroy()), telnyx);
same('Telnyx: lost once, repeated with the same command', [it.dialed, it.requests, new Set(it.seen.map((x) => JSON.parse(x.body).command_id)).size],
    ['accepted', 2, 1]);
tries = 0;
it = await answering((rq, rs) => (tries++ ? json(rs, 422, { errors: [{ code: '1' }] }) : json(rs, 500, {})), telnyx);
same('Telnyx: a no after a loss proves nothing', [it.dialed, it.requests], ['unknown', 2]);
it = await answering((rq, rs) => json(rs, 422, { errors: [{ code: '10016', source: { pointer: '/to' } }] }), telnyx);
same('Telnyx: the number is refused', [...fields(it), it.code], ['refused', 'invalid_number', 'refused', '10016']);
it = await answering((rq, rs) => json(rs, 403, { errors: [{ code: '10010' }] }), telnyx);
same('Telnyx: not allowed', fields(it), ['refused', 'account', 'permission']);
it = await states('fetch', (rq, rs) => json(rs, 200, { data: { is_alive: false, call_duration: 0 } }), { ...telnyx, CALL: 'v3:abc' });
ok('case 81: over, no second', it.fact.startsWith('ended class= ') && it.fact.includes('seconds=0') && it.fact.includes('proves=0'), it.text);
it = await states('fetch', (rq, rs) => json(rs, 200, { data: { is_alive: true } }), { ...telnyx, CALL: 'v3:abc' });
same('alive is no news', [it.asked, it.all.fact], ['ok', undefined]);
it = await states('bridge', (rq, rs) => json(rs, 200, { data: {} }), telnyx);
same('Telnyx: bridge', [it.asked, it.seen[0].url, JSON.parse(it.seen[0].body).call_control_id],
    ['ok', '/v2/calls/v3%3Aagent/actions/bridge', 'v3:contact']);
it = await states('ask-key', (rq, rs) => json(rs, 200, { data: {} }), telnyx);
same('Telnyx: ask for a key', [it.asked, it.seen[0].url], ['ok', '/v2/calls/v3%3Aagent/actions/gather_using_speak']);
it = await states('hang-up', (rq, rs) => json(rs, 422, { errors: [{ code: '90018' }] }), { ...telnyx, CALL: 'v3:abc' });
same('Telnyx: hang up what is over', it.asked, 'ok');
await done();
