// Webhooks out: the pages, the messages as another system's library reads them, what is tried again and when, what is never sent.
// The other system is a server of this test; the worker is the real one.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Webhook } from 'standardwebhooks';
import { start, ok, same, done, sql, build, tree } from './area.mjs';
import { house, hidden, HOUR, NOON } from './house.mjs';

// --- the other system: keeps what came, answers what `answers` says for its path ---
const came = [], answers = {};
const server = http.createServer((rq, rs) => {
	let body = '';
	rq.on('data', (piece) => { body += piece; });
	rq.on('end', () => {
		const it = { path: rq.url, headers: rq.headers, body, method: rq.method };
		came.push(it);
		const answer = answers[rq.url] ?? 200;
		if (typeof answer === 'function')
			return answer(rs, it);
		rs.writeHead(answer, answer === 302 ? { Location: '/elsewhere' } : answer === 429 ? { 'Retry-After': '1800' } : {});
		rs.end('thanks');
	});
});
await new Promise((r) => server.listen(0, '127.0.0.1', r));
const there = `http://127.0.0.1:${server.address().port}`;

const h = house(sql);
const env = { TOCSIN_CLOCK: h.clockFile };
let now = NOON;
const clock = (at) => { now = at; h.clock(at); };
clock(now);
const account = await start('account', { env, conf: { webhook_private: 1 } }), strict = await start('account', { env });
const conf = (name, line) => {
	const file = path.join(process.env.TOCSIN_TEST_DIR, name);
	writeFileSync(file, `${readFileSync(process.env.TOCSIN_CONF, 'utf8')}\n${line}\n`, { mode: 0o600 });
	return file;
};
const open = conf('open.conf', 'webhook_private = 1');
const work = (c = open) => new Promise((resolve) => spawn(path.join(build, 'bin', 'worker'), ['--once'], { env: { ...process.env, ...env, TOCSIN_CONF: c },
    stdio: 'ignore' }).on('exit', resolve));
const doc = JSON.parse(readFileSync(path.join(tree, 'htdocs/api/v1/openapi.json'), 'utf8'));
const says = addFormats(new Ajv2020({ strict: false, allErrors: true })).addSchema({ $id: 'doc', components: doc.components }).compile({ $ref: `doc${doc.webhooks.call.post.requestBody.content['application/json'].schema.$ref}` });
/** The worker's turn; answers what came meanwhile. */
const sent = async (c) => {
	came.length = 0;
	await work(c);
	for (const m of came)
		if (!says(JSON.parse(m.body)) || !/^v1,/.test(m.headers['webhook-signature']))
			ok('a message is what the description of the API says', false, `${JSON.stringify(says.errors)} ${m.body}`);
	return came.map((m) => ({ ...m, json: JSON.parse(m.body) })).sort((x, y) => y.path.localeCompare(x.path));	/* addresses have their turns in any order */
};

const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), ada = h.user(org, 'Ada', 'administrator', 'en'), vic = h.user(org, 'Vic'), eve = h.user(other, 'Eve', 'administrator');
const survey = h.survey(org), mine = h.operation(org, marie, { survey }), theirs = h.operation(org, ada, { survey, name: 'Their <list>' }), foreign = h.operation(other, eve);
h.people(org, mine, 3);
const visitor = Object.fromEntries([marie, ada, vic, eve].map((u) => [u.name, account.visitor(u.cookies)]));
let calls = 0;
const call = (operation, more = {}) => h.add('attempt', { operation_id: operation, entry_id: 1, number: ++calls, person_id: 1, user_id: vic.id, e164: '+15145550001', status: 16,
    survey_version_id: survey.version, time_zone: 'America/Toronto', started_at: now - 60e6, saved_at: now, form_key: `k${calls}`, note: 'a secret note', ...more });
let a;

// --- the pages ---
same('volunteers have no webhooks', (await visitor.Vic.get('/webhooks')).status, 403);
a = await visitor.Marie.get('/webhooks/new');
same('an organiser chooses among the operations she owns', [a.body.includes(`value="${mine}"`), a.body.includes(`value="${theirs}"`), a.body.includes('All operations')], [true, false, false]);
const add = async (v, fields) => {
	const page = await v.get('/webhooks/new');
	return v.post('/webhooks/new', { token_key: hidden(page.body, 'token_key'), ...fields });
};
for (const url of ['', 'nonsense', 'ftp://example.org/', 'https://user:word@example.org/', 'http://example.org/', 'https://example.org/#part', `https://example.org/${'x'.repeat(500)}`])
	same(`refused beside the field: ${url.slice(0, 40)}`, (a = await add(visitor.Marie, { url, operation: mine }), [a.status, a.body.includes('id="url-wrong"')]), [422, true]);
same('what was typed is kept', (a = await add(visitor.Marie, { url: 'http://"><b>', operation: mine }), [a.body.includes('&quot;&gt;&lt;b&gt;'), a.body.includes(' selected>Pointage')]), [true, true]);
same('an operation of somebody else', (await add(visitor.Marie, { url: `${there}/x`, operation: theirs })).status, 403);
same('or of another organisation', (await add(visitor.Ada, { url: `${there}/x`, operation: foreign })).status, 403);
same('all operations are the administrator\'s', (await add(visitor.Marie, { url: `${there}/x` })).status, 422);
const careful = strict.visitor(ada.cookies);
for (const url of [`${there}/x`, 'https://127.0.0.1/', 'https://localhost/x', 'https://10.1.2.3/', 'https://192.168.0.1:8443/x', 'https://[::1]/', 'https://169.254.169.254/latest/meta-data'])
	same(`without the setting no private address: ${url.replace(there, 'http://127.0.0.1')}`, (await add(careful, { url })).status, 422);
same('nothing was stored', h.one('SELECT COUNT(*) FROM outbox'), '0');

call(mine);
await work();
a = await visitor.Marie.get('/webhooks/new');
const key = hidden(a.body, 'token_key'), form = { token_key: key, url: `${there}/mine`, operation: mine };
a = await visitor.Marie.post('/webhooks/new', form);
const secret = a.body.match(/whsec_[A-Za-z0-9+/=]{44}/)?.[0], id = h.one('SELECT MAX(id) FROM outbox');
ok('the secret is shown once', a.status === 200 && secret && !(await visitor.Marie.get(`/webhooks/${id}`)).body.includes(secret), a.status);
same('and stored sealed', h.one(`SELECT INSTR(secret, '${secret}') + INSTR(secret, FROM_BASE64('${secret.slice(6)}')) FROM outbox`), '0');
same('the same form twice is one', [(await visitor.Marie.post('/webhooks/new', form)).status, h.one('SELECT COUNT(*) FROM outbox')], [303, '1']);
same('nobody else sees it', [(await visitor.Eve.get(`/webhooks/${id}`)).status, (await visitor.Eve.post(`/webhooks/${id}`, { hook_do: 'remove' })).status], [404, 404]);
same('an administrator does', (await visitor.Ada.get(`/webhooks/${id}`)).status, 200);

// --- the messages ---
same('calls of before are not told', await sent(), []);
const one = call(mine, { status: 10, callback_at: NOON + 86400e6 });
sql(`INSERT INTO answer VALUES (${one}, ${survey.question}, 0, ${survey.choices[0]}, 'words')`);
a = await sent();
same('a call is told', [a.length, a[0]?.method, a[0]?.path, a[0]?.headers['content-type']], [1, 'POST', '/mine', 'application/json']);
same('with ids, status and times, and nothing else', a[0]?.json, { type: 'call.saved', timestamp: new Date(now / 1000).toISOString().replace(/\.\d+/, ''), data: { id: one, operation: mine, entry: 1, person: 1, agent: vic.id,
    number: 2, status: 'call_back', reached: a[0]?.json.data.reached, corrects: null, began_at: new Date(now / 1000 - 60e3).toISOString().replace(/\.\d+/, ''),
    saved_at: new Date(now / 1000).toISOString().replace(/\.\d+/, ''), call_back_at: '2026-11-25T18:00:00Z' } });
const hook = new Webhook(secret);
/** The library looks at the second that a message carries: its clock is the worker's. */
const good = (m, w = hook) => {
	const real = Date.now;
	Date.now = () => now / 1000;
	try { w.verify(m.body, m.headers); return true; } catch { return false; } finally { Date.now = real; }
};
same('the library of the specification takes its signature', good(a[0]), true);
same('and no other: another body, id, time, secret', [good({ ...a[0], body: a[0].body.replace('call_back', 'answered') }), good({ ...a[0], headers: { ...a[0].headers, 'webhook-id': 'x' } }),
    good({ ...a[0], headers: { ...a[0].headers, 'webhook-timestamp': String(Math.floor(now / 1e6) + 1) } }), good(a[0], new Webhook('whsec_' + 'A'.repeat(43) + '='))], [false, false, false, false]);
same('once', await sent(), []);
call(mine, { corrects: 2 });
same('a correction is told as one', (await sent()).map((m) => [m.json.type, m.json.data.corrects]), [['call.corrected', 2]]);
call(theirs), call(foreign), call(null);
same('other operations are not told here', await sent(), []);

a = await add(visitor.Ada, { url: `${there}/all`, answers: '1' });
const all = h.one('SELECT MAX(id) FROM outbox');
const c1 = call(mine), c2 = call(theirs);
call(foreign);
sql(`INSERT INTO answer VALUES (${c1}, ${survey.question}, 0, ${survey.choices[1]}, 'words')`);
a = await sent();
same('all of the organisation, in order', a.filter((m) => m.path === '/all').map((m) => m.json.data.id), [c1, c2]);
same('choices only where they were asked for', a.map((m) => [m.path, m.json.data.id, m.json.data.answers]), [['/mine', c1, undefined], ['/all', c1, [{ question: 1, choice: 2 }]], ['/all', c2, []]]);
ok('each address signs with its own secret', good(a[0]) && !good(a[1]));

// --- trouble ---
answers['/mine'] = 500;
const late = call(mine), later = call(mine);
a = await sent();
same('one that is not taken stops those behind it, not the other address', a.map((m) => [m.path, m.json.data.id]), [['/mine', late], ['/all', late], ['/all', later]]);
const first = a[0].headers['webhook-id'];
same('not at once again', (await sent()).length, 0);
clock(now + 6e6);
a = await sent();
same('after five seconds the same, with the same id', a.map((m) => [m.headers['webhook-id'], m.json.data.id]), [[first, late]]);
clock(now + 29e6);
same('then after thirty', (await sent()).length, 0);
a = (await visitor.Marie.get(`/webhooks/${id}`)).body;
ok('the page says since when, and when next', a.includes('Nothing has been taken since') && a.includes('Refused (500)'), a.match(/<section[^]*?<\/section>/)?.[0]);
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'resume' });
answers['/mine'] = 200;
same('by hand at once; then all of them, in order', (await sent()).map((m) => m.json.data.id), [late, later]);

answers['/mine'] = 302;
const moved = call(mine);
a = await sent();
same('a redirect is not followed', [a.filter((m) => m.path === '/elsewhere').length, a.filter((m) => m.path === '/mine').length], [0, 1]);
answers['/mine'] = 429;
clock(now + 6e6);
await sent();
clock(now + 120e6);
same('"retry after" is respected', (await sent()).length, 0);
answers['/mine'] = 200;
clock(now + HOUR / 2);
same('then it is taken', (await sent()).map((m) => m.json.data.id), [moved]);

sql(`UPDATE outbox SET failures = 30, failing_since = ${now - 37 * HOUR} WHERE id = ${id}`);
answers['/mine'] = 503;
const lost = call(mine);
await sent();
same('after a day and a half it pauses', [h.one(`SELECT paused FROM outbox WHERE id = ${id}`), (await visitor.Marie.get(`/webhooks/${id}`)).body.includes('It has taken nothing for a day and a half.'),
    h.one("SELECT COUNT(*) FROM audit WHERE verb = 'webhook.stop' AND user_id IS NULL")], ['failing', true, '1']);
clock(now + 2 * HOUR);
same('and is not tried', (await sent()).filter((m) => m.path === '/mine').length, 0);
answers['/mine'] = 200;
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'test' });
a = await sent();
same('a test goes out all the same', a.map((m) => [m.json.type, Object.keys(m.json.data)]), [['test', ['says']]]);
ok('it is signed too', good(a[0]));
same('the page shows it', (await visitor.Marie.get(`/webhooks/${id}`)).body.includes('>Test<'), true);
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'resume' });
same('resumed, nothing is lost', (await sent()).map((m) => m.json.data.id), [lost]);
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'pause' });
const silent = call(mine);
same('paused by hand', (await sent()).map((m) => m.path), ['/all']);
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'resume' });
answers['/mine'] = 410;
await sent();
same('410 pauses it at once', h.one(`SELECT paused FROM outbox WHERE id = ${id}`), 'gone');
answers['/mine'] = 200;
await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'resume' });
same('resumed again', (await sent()).map((m) => m.json.data.id), [silent]);

// --- another secret: both sign for a day ---
const rotation = async (v = visitor.Marie) => {
	const page = (await v.get(`/webhooks/${id}`)).body;
	return { hook_do: 'rotate', token_key: page.match(/name="token_key" value="(\w+)"/)[1], seen: page.match(/name="seen" value="(\d+)"/)[1] };
};
const shownIn = (page) => page.body.match(/whsec_[A-Za-z0-9+/=]{44}/)?.[0];
const stale = await rotation(visitor.Ada), turn = await rotation();
a = await visitor.Marie.post(`/webhooks/${id}`, turn);
const second = shownIn(a), hook2 = new Webhook(second);
ok('another secret is shown once, with until when the one before counts', a.status === 200 && second !== secret && a.body.includes('signed by the one before as well') &&
    !shownIn(await visitor.Marie.get(`/webhooks/${id}`)), a.body.match(/<main.*<.main>/s)?.[0].slice(0, 900));
same('the same form twice makes and shows one', [shownIn(await visitor.Marie.post(`/webhooks/${id}`, turn)), h.one("SELECT COUNT(*) FROM audit WHERE verb = 'webhook.rotate'")], [second, '1']);
a = await visitor.Ada.post(`/webhooks/${id}`, stale);
ok('a form from before the change changes nothing, and says so', !shownIn(a) && a.body.includes('Somebody made another secret meanwhile') && h.one("SELECT COUNT(*) FROM audit WHERE verb = 'webhook.rotate'") === '1', a.status);
same('stored sealed, both', h.one(`SELECT INSTR(secret, '${second}') + INSTR(old_secret, '${secret}') + INSTR(secret, FROM_BASE64('${second.slice(6)}')) + (secret = old_secret) FROM outbox WHERE id = ${id}`), '0');
same('somebody else cannot', (await visitor.Eve.post(`/webhooks/${id}`, turn)).status, 404);
same('a form without its key is none', [(await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'rotate', seen: 0 })).status, (await visitor.Marie.post(`/webhooks/${id}`, { ...turn, token_key: 'z'.repeat(32) })).status], [400, 400]);
call(mine);
a = (await sent()).filter((m) => m.path === '/mine');
same('for a day a message carries both signatures, and the library takes it with either', [a[0].headers['webhook-signature'].split(' ').length, good(a[0]), good(a[0], hook2)], [2, true, true]);
same('nobody else\'s', good(a[0], new Webhook('whsec_' + 'A'.repeat(43) + '=')), false);
clock(now + 24 * HOUR + 1e6);
call(mine);
a = (await sent()).filter((m) => m.path === '/mine');
same('then the new one only', [a[0].headers['webhook-signature'].includes(' '), good(a[0]), good(a[0], hook2)], [false, false, true]);
same('and the old one is kept no longer', h.one(`SELECT old_secret IS NULL AND old_until IS NULL FROM outbox WHERE id = ${id}`), '1');
const third = shownIn(await visitor.Marie.post(`/webhooks/${id}`, await rotation()));
same('the old one ended by hand', [(await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'end_old' })).status, h.one("SELECT COUNT(*) FROM audit WHERE verb = 'webhook.end_old'")], [303, '1']);
call(mine);
a = (await sent()).filter((m) => m.path === '/mine');
same('counts no more, at once', [good(a[0], hook2), good(a[0], new Webhook(third))], [false, true]);
same('ended twice is ended once', [(await visitor.Marie.post(`/webhooks/${id}`, { hook_do: 'end_old' })).status, h.one("SELECT COUNT(*) FROM audit WHERE verb = 'webhook.end_old'")], [303, '1']);

// --- bad luck: the worker is killed when the other system has it and nothing is marked yet ---
const unlucky = call(mine);
await work(process.env.TOCSIN_CONF);	/* the horizon */
sql(`UPDATE outbox SET next_at = 0, failures = 0, failing_since = NULL`);
let dead;
answers['/mine'] = (rs) => { dead?.kill('SIGKILL'); rs.destroy(); };
came.length = 0;
dead = spawn(path.join(build, 'bin', 'worker'), ['--out'], { env: { ...process.env, ...env, TOCSIN_CONF: open }, stdio: 'ignore' });
await new Promise((r) => dead.on('exit', r));
const before = came.find((m) => m.path === '/mine');
answers['/mine'] = 200;
clock(now + 61e6);
const after = (await sent()).find((m) => m.path === '/mine');
same('killed in between, it is sent again with the same id and body', [JSON.parse(before.body).data.id, after?.headers['webhook-id'], after?.body], [unlucky, before.headers['webhook-id'], before.body]);

// --- a name that leads to a private address is refused when it is called ---
const port = server.address().port;
sql(`UPDATE outbox SET url = 'https://2130706433:${port}/number', failures = 0, next_at = 0 WHERE id = ${id}; UPDATE outbox SET url = 'https://127.1:${port}/short', failures = 0, next_at = 0 WHERE id = ${all}`);
let touched = 0;
server.on('connection', () => touched++);
call(mine);
clock(now + 1e6);
await work(process.env.TOCSIN_CONF);
same('not even a connection is made', [touched, h.one(`SELECT GROUP_CONCAT(why ORDER BY outbox_id) FROM outbox_try WHERE at >= ${now} AND status = 0`)], [0, '1,1']);
same('the page says why', (await visitor.Ada.get(`/webhooks/${all}`)).body.includes('the address is not on the public network'), true);
sql(`UPDATE outbox SET url = '${there}/mine', failures = 0, next_at = 0 WHERE id = ${id}`);
clock(now + 61e6);
await work(process.env.TOCSIN_CONF);
same('nor by http when the setting was taken away', touched, 0);

// --- its end ---
answers['/mine'] = 200;
await visitor.Ada.get('/webhooks');
same('an administrator removes any', (await visitor.Ada.post(`/webhooks/${id}`, { hook_do: 'remove' })).headers.location, '/webhooks');
clock(now + HOUR);
call(mine);
same('then nothing is sent', (await sent()).filter((m) => m.path === '/mine').length, 0);
same('and its secrets are gone', h.one(`SELECT secret IS NULL AND old_secret IS NULL FROM outbox WHERE id = ${id}`), '1');
same('no secret is in the audit', h.one("SELECT COUNT(*) FROM audit WHERE detail LIKE '%whsec%'"), '0');
for (let i = 0; i < 130; i++)
	sql(`INSERT INTO outbox_try (outbox_id, at, took_ms, status, why) VALUES (${all}, ${now}, 1, 200, 0)`);
sql(`UPDATE outbox SET test_at = ${now} WHERE id = ${all}`);
await work();
same('old tries are forgotten', h.one(`SELECT COUNT(*) FROM outbox_try WHERE outbox_id = ${all}`), '100');
server.closeAllConnections();
server.close();
await done();
