// The agent's line in the browser through the agent area's socket: which page may load what, whose token, what is said.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build, start, ok, same, done, sql } from './area.mjs';
import { house, NOON } from './house.mjs';

const h = house(sql);
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), owner = h.user(org, 'Marie', 'organiser');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer', 'en');
const op = h.operation(org, owner, { survey: h.survey(org) }), other = h.operation(org, owner, { survey: h.survey(org), name: 'Autre' });
for (const o of [op, other])
	for (const u of [lea, bob])
		h.member(o, u);
h.people(org, op, 3);
const KEY = `SK${'1'.repeat(32)}`, APP = `AP${'2'.repeat(32)}`, AC = `AC${'3'.repeat(32)}`;
const trunk = (...args) => Number(spawnSync(path.join(build, 'tests/area/trunk/main'), args.map(String), { encoding: 'utf8' }).stdout.split(' ')[0]);
const t = trunk('add', 'twilio', AC, '', 'auth-token', '', 5);
sql(`INSERT INTO caller_id VALUES (${t}, '+15145550100', 1)`);
const L = agent.visitor(lea.cookies), B = agent.visitor(bob.cookies), page = `/agent/${op}/voice`;
const part = (token, i) => JSON.parse(Buffer.from(token.split('.')[i], 'base64url'));
let a;

same('an operation by phone has no such page', (await L.get(page)).status, 404);
await L.get('/agent');
same('nor such a line', (await L.post(page)).status, 404);
for (const o of [op, other])
	sql(`UPDATE operation SET method = 'software', revision = revision + 1 WHERE id = ${o}; INSERT INTO dialing (operation_id, trunk_id, caller_e164, voice) VALUES (${o}, ${t}, '+15145550100', 'browser')`);
a = await L.get(page);
ok('chosen, but the connection is not set up: said in words', a.status === 422 && a.body.includes('pas réglée pour les appels dans le navigateur'), a.body);
same('the operation’s agents then call by phone', (await L.get(`/agent/${op}`)).body.includes('microphone'), false);
trunk('browser', t, KEY, 'secret-of-the-key', APP);
a = await L.get(page);
ok('the page', a.status === 200 && a.body.includes('data-script="/vendor/voice/twilio.min.js"') && a.body.includes('Ma ligne'), a.body);
ok('allows the company’s hosts, and no script but this site’s', a.headers['content-security-policy'].includes("script-src 'self';") &&
    a.headers['content-security-policy'].includes("connect-src 'self' wss://*.twilio.com") && a.headers['content-security-policy'].includes("media-src 'self' mediastream:"), a.headers);
ok('and holds no secret', !a.body.includes('secret') && !a.body.includes(KEY) && !a.body.includes('eyJ'));
for (const at of [`/agent/${op}`, '/agent', `/agent/${op}/line`])
	ok(`${at} allows none of it`, !(await L.get(at)).headers['content-security-policy'].includes('twilio'));
same('no line, no token', (await L.get(`${page}/token`)).status, 409);
same('a line needs the session’s key', (await agent.post(page, {}, { HTTP_COOKIE: `tocsin=${lea.token}` })).status, 403);
a = await L.post(page);
const got = JSON.parse(a.body);
same('asked for: what it signs in with, kept by nobody', [a.status, a.headers['cache-control'], got.seconds], [200, 'no-store', 600]);
const [id, room] = sql(`SELECT id, room FROM agent_line WHERE user_id = ${lea.id} AND live = 1`)[0];
same('for this line alone, ten minutes, outgoing only', [part(got.token, 1).grants, part(got.token, 1).iss, part(got.token, 1).exp - part(got.token, 1).iat, String(got.line)],
    [{ identity: `${id}_${room}`, voice: { outgoing: { application_sid: APP } } }, KEY, 600, id]);
same('the same again is the same line', JSON.parse((await L.post(page)).body).line, got.line);
same('a further token of it', part(JSON.parse((await L.get(`${page}/token`)).body).token, 1).grants.identity, `${id}_${room}`);
same('nobody else has one', (await B.get(`${page}/token`)).status, 409);
same('nor the same agent in another operation', (await L.get(`/agent/${other}/voice/token`)).status, 409);
a = await L.post(`/agent/${other}/voice`);
ok('one line at a time, in words', a.status === 409 && JSON.parse(a.body).say.includes('déjà une ligne') && JSON.parse(a.body).again === false, a.body);
same('another agent ends nothing', [(await B.get('/agent')).status, (await B.post(`/agent/${op}/line/end`, { line: id })).status,
    sql(`SELECT end_asked_at IS NULL FROM agent_line WHERE id = ${id}`)[0][0]], [200, 303, '1']);
await L.post(`/agent/${op}/line/end`, { line: Number(id) + 1 });
same('nor a window of another line', sql(`SELECT end_asked_at IS NULL FROM agent_line WHERE id = ${id}`)[0][0], '1');
await L.post(`/agent/${op}/line/end`, { line: id });
same('its own does', sql(`SELECT end_asked_at IS NULL FROM agent_line WHERE id = ${id}`)[0][0], '0');
same('no token of a line that is being ended', (await L.get(`${page}/token`)).status, 409);
a = await L.post(page);
ok('and the page is told to wait a moment', a.status === 409 && JSON.parse(a.body).again === true, a.body);
sql(`UPDATE dialing SET paused = 'funds', paused_at = ${NOON}`);
a = await B.post(page);
ok('no line while calls are paused, in words', a.status === 409 && JSON.parse(a.body).say.includes('paused'), a.body);
sql("UPDATE dialing SET paused = '', paused_at = NULL");
sql(`UPDATE member SET role = 'agent'; DELETE FROM member WHERE user_id = ${bob.id}`);
same('who is no agent any more gets nothing', [(await B.get(page)).status, (await B.get(`${page}/token`)).status, (await B.post(page)).status], [403, 403, 403]);
await done();
