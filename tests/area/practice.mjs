// Practice through the sockets: a volunteer rehearses every outcome on invented people while every page, file and answer that
// shows numbers or people of the organisation is the same, byte for byte; the link opens nothing of the operation; hours do not count.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { start, ok, same, done, sql, build } from './area.mjs';
import { callForm, hidden, house, HOUR, MINUTE, NOON } from './house.mjs';

const h = house(sql), env = { TOCSIN_CLOCK: h.clockFile };
const names = ['agent', 'share', 'dashboard', 'people', 'export', 'account', 'survey', 'connection', 'wizard', 'api'];
const areas = Object.fromEntries(await Promise.all(names.map(async (n) => [n, await start(n, { env })])));
const tool = (bin, ...args) => { const r = spawnSync(path.join(build, 'bin', bin), args, { encoding: 'utf8', timeout: 120000, env: { ...process.env, ...env } }); return r.stdout + r.stderr.replace(/^.*\n/gm, (l) => /ERROR|WARN/.test(l) ? l : ''); };

const org = h.organisation('Comité Laval');
const owner = h.user(org, 'Marie', 'organiser', 'fr'), admin = h.user(org, 'Ada', 'administrator', 'en');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer', 'en');
const survey = h.survey(org), talk = h.pointage(org);
const op = h.operation(org, owner, { survey, name: 'Pointage', day_calls: 2 });
const special = h.operation(org, owner, { survey: talk, version: 'specialized', name: 'Grand pointage' });
h.member(op, lea); h.member(op, bob); h.member(special, lea);
h.people(org, op, 6); h.people(org, special, 3);
sql(`UPDATE person SET file_number = 'F1' WHERE id = (SELECT MIN(id) FROM person)`);
const own = h.add('custom_field', { organisation_id: org, kind: 'contact', form: 'text', name: 'Pancarte', created_at: NOON });
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'own-${own}', 30, 'visible', 1), (${op}, 'email', 2, 'editable', 0), (${op}, 'birth_date', 3, 'hidden', 0);
    INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (${op}, 1, 'voted', 20, 0);
    INSERT INTO trunk (id, organisation_id, name, provider, created_at, form_key, budget_micro) VALUES (5, ${org}, 'Real', 'twilio', 1, REPEAT('x', 16), 5000000)`);
const V = (area, user) => areas[area].visitor(user.cookies);
const L = V('agent', lea), B = V('agent', bob);
const save = (v, at, f, fields) => v.post(`${at}/save`, { ...f, ...fields });
let a, f;

// --- a real shift first, so that there is something to change ---
await L.get(`/agent/${op}`);
await L.post(`/agent/${op}/next`);
for (const fields of [{ status: 'completed', answer: survey.choices[0], note: 'vrai' }, { status: 'no_answer' }]) {
	a = await L.get(`/agent/${op}`);
	await save(L, `/agent/${op}`, callForm(a.body), fields);
}
await L.post(`/agent/${op}/stop`);

// --- everything that shows it ---
const tokens = V('account', admin);
a = await tokens.get('/profile/tokens');
a = await tokens.post('/profile/tokens', { token_do: 'make', token_name: 'x', token_key: hidden(a.body, 'token_key'), scope: ['numbers', 'attempts:read', 'people:read'] });
const bearer = { HTTP_AUTHORIZATION: `Bearer ${a.body.match(/tocsin_[\w-]{43}/)[0]}` };
const person = h.one(`SELECT MIN(id) FROM person WHERE organisation_id = ${org}`);
const pages = {
	dashboard: ['/operations', `/operations/${op}`, `/operations/${op}/report`, `/operations/${op}/results`, `/operations/${special}`],
	people: ['/contacts', '/electors', '/contacts?q=Exemple', '/contacts?q=290', '/people/do-not-call', '/people/fields', `/people/list/${op}`, '/people/voted',
	    '/contacts?f.1=last_name&o.1=has&v.1=e'],
	survey: ['/surveys', '/surveys/1/versions'], share: [`/share/${op}`], agent: ['/agent', `/agent/${op}`],
	account: ['/users', '/users?who=volunteers', `/users/${lea.id}`, '/audit', '/profile'], connection: ['/connections', '/connections/5'],
	wizard: [`/wizard/${op}/rehearsal`, `/wizard/${op}/recycling`, `/wizard/${op}/exclusions`],
	export: ['/exports'],
};
const last = h.one('SELECT MAX(id) FROM audit');
async function everything() {
	const out = {}, seen = sql(`SELECT id, seen_at FROM user`);
	tool('worker', '--once');	// calls are whole up to here: the API shows them
	for (const [area, list] of Object.entries(pages))
		for (const who of [owner, admin, lea])
			for (const at of list) {
				a = await V(area, who).get(at);
				out[`${who.name} ${at}`] = a.status !== 200 ? `${a.status}` : `200 ${a.body.replace(/ name="(key|token_key|form_key|call_key)" value="[^"]*"/g, '')}`;
			}
	for (const at of ['/api/v1/operations', `/api/v1/operations/${op}`, `/api/v1/operations/${op}/entries`, `/api/v1/operations/${op}/attempts`, '/api/v1/people?file_number=F1', `/api/v1/people/${person}`])
		out[`API ${at}`] = (await areas.api.get(at, bearer)).body;
	for (const fields of [{ what: 'contacts' }, { what: 'calls', operation: op }, { what: 'calls', operation: '' }, { what: 'answers', operation: op }, { what: 'audit' }]) {
		const v = V('export', 'operation' in fields && fields.operation !== '' ? owner : admin);
		const key = hidden((await v.get('/exports')).body, 'key');
		a = await v.post('/exports', { key, format: 'comma', ...fields });
		tool('worker', '--once');
		out[`export ${JSON.stringify(fields)}`] = a.status === 303 ? (await v.post(`${a.headers.location}/file`)).body.split('\r\n')
		    .filter((line) => fields.what !== 'audit' || !(Number(line.split(',')[0]) > last)).join('\n') : `${a.status} ${a.body.match(/class="wrong"[^>]*>([^<]*)/)?.[1]}`;
	}
	out['tocsin audit'] = tool('tocsin', 'audit');
	out['tocsin audit --proof'] = tool('tocsin', 'audit', '--proof', String(op));
	out['tocsin user list'] = tool('tocsin', 'user', 'list');
	// every total that is kept, of what is the organisation's
	for (const t of ['queue_tally', 'status_tally', 'agent_tally', 'answer_tally', 'entry_tally', 'cost_tally'])
		out[t] = JSON.stringify(sql(`SELECT * FROM ${t} WHERE operation_id IN (${op}, ${special}) ORDER BY 1, 2, 3, 4`));
	for (const [t, where] of [['person', ''], ['suppression', ''], ['suppression_person', ''], ['household', ''], ['saved_filter', ''], ['survey', ''], ['custom_field', ''], ['trunk', ''], ['user', '']])
		out[t] = JSON.stringify(sql(`SELECT * FROM ${t} WHERE organisation_id = ${org} ${where} ORDER BY 1, 2`));
	sql(`DELETE FROM audit WHERE id > ${last} AND organisation_id = ${org}; DELETE FROM export`);	// what looking left
	for (const [id, at] of seen)
		sql(`UPDATE user SET seen_at = ${at} WHERE id = ${id}`);
	return out;
}
h.clock(NOON + 5 * MINUTE);	// settled
const before = await everything();
same('the real call is in the numbers, the exports, the API and the proof', [before[`Marie /operations/${op}`].startsWith('200'), before[`export {"what":"calls","operation":${op}}`].includes('Nom1'),
    before[`export {"what":"answers","operation":${op}}`].includes('Oui'), before['export {"what":"contacts"}'].includes('Nom6'), before[`API /api/v1/operations/${op}/attempts`].includes('"completed"'),
    before['API /api/v1/people?file_number=F1'].includes('"id":'), before['tocsin audit --proof'].includes('Nom1')], Array(7).fill(true));

// --- practise first: also when calls are closed ---
h.clock(NOON + 12 * HOUR);
a = await L.get(`/agent/${op}`);
ok('fact 24: calls are closed, and practice is offered', a.body.includes('Les appels sont fermés') || /action="\/agent\/\d+\/practice"/.test(a.body), a.body);
ok('on the first screen', a.body.includes(`action="/agent/${op}/practice"`) && a.body.includes('S’exercer d’abord'), a.body);
a = await L.post(`/agent/${op}/practice`);
const at = a.headers.location;
ok('a practice of their own', a.status === 303 && /^\/agent\/\d+$/.test(at) && at !== `/agent/${op}`, `${a.status} ${at}`);
same('the button twice is one', (await L.post(`/agent/${op}/practice`)).headers.location, at);
same('from within it leads back', (await L.post(`${at}/practice`)).headers.location, at);
a = await L.get(at);
ok('the band says so, in French', a.status === 200 && a.body.includes('class="practice"') && a.body.includes('personne n’est appelé, rien ne compte.') && a.body.includes('Commencer les appels'), a.body);
same('nobody else gets in, an owner neither', [(await B.get(at)).status, (await V('agent', owner).get(at)).status, (await V('agent', admin).get(at)).status], [403, 403, 403]);
const id = at.match(/\d+$/)[0];
same('nor is it an operation to any other area', [(await V('dashboard', admin).get(`/operations/${id}`)).status, (await V('dashboard', lea).get(`/operations/${id}`)).status,
    (await V('share', lea).get(`/share/${id}`)).status, (await V('wizard', lea).get(`/wizard/${id}/details`)).status, (await V('people', admin).get(`/people/list/${id}`)).status], [404, 403, 403, 403, 403]);

// --- fourteen people, each with a story; every one a way to end a call ---
const OUTCOME = [['d’humeur aimable', { status: 'completed' }], ['voix enregistrée vous demande', { status: 'voicemail' }],
	['rappeler demain', { status: 'call_back', callback_date: '2026-11-26', callback_time: '18:30' }], ['sonne longtemps', { status: 'no_answer' }],
	['pas le bon numéro', { status: 'wrong_number' }], ['signal occupé', { status: 'busy' }], ['ne réponds pas aux questions', { status: 'refused' }],
	['est sortie', { status: 'not_home' }], ['plus jamais', { status: 'dnc' }], ['pas en service', { status: 'wrong_number' }], ['ne parlez pas', { status: 'language_barrier' }],
	['raccroche', { status: 'hung_up' }], ['déménagé', { status: 'moved' }]];
a = await L.post(`${at}/next`);
same('somebody invented', [a.status, a.headers.location], [303, at]);
const met = new Set(), numbers = new Set(), leaks = [];
let saved = 0, page = await L.get(at);
for (; saved < 40 && page.body.includes('id="call"'); saved++) {
	const number = page.body.match(/class="who-number">([^<]*)/)[1].trim(), story = OUTCOME.find(([words]) => page.body.includes(words));
	numbers.add(number);
	if (/href="tel:/.test(page.body)) leaks.push(number);
	if (!/^\d9\d 555-01\d\d$/.test(number)) leaks.push(number);
	if (!page.body.includes('class="practice"')) leaks.push('no band');
	if (!story) { ok('every invented person has a story', false, page.body); break; }
	met.add(story[0]);
	f = callForm(page.body);
	const choice = page.body.match(/name="answer" value="(\d+)"/)?.[1];
	page = await save(L, at, f, { ...story[1], note: 'essai', edit_email: 'essai@example.org', ...(story[1].status === 'completed' ? { answer: choice } : {}) });
	if (page.status !== 200) { ok(`${story[0]} is saved`, false, `${page.status} ${page.body}`); break; }
	if (saved === 0)	// the same form twice: counted once there too
		same('the form twice is one call', [(await save(L, at, f, { status: 'refused' })).status, h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${id}`)], [200, '1']);
}
same('fourteen people', saved, 14);
same('every story', met.size, OUTCOME.length);
same('numbers that nobody has, nothing to dial, and always the band', leaks, []);
ok('the household is there too: two with one number', numbers.size === 13, [...numbers].join());
ok('then it says so, and offers others', page.body.includes('Vous avez tout vu') && page.body.includes('S’exercer avec d’autres personnes'), page.body);
a = await L.post(`${at}/next`);
a = await L.get(at);
ok('who are others', a.body.includes('id="call"') && !numbers.has(a.body.match(/class="who-number">([^<]*)/)[1].trim()), a.body);
ok('the real questions are asked', a.body.includes('Peut-on compter sur votre vote?') && a.body.includes('ici Léa') && a.body.includes('Pancarte'), a.body);
ok('and what the operation hides is hidden', !a.body.includes('19' + '45') && !/naissance/i.test(a.body), a.body);
f = callForm(a.body);
same('a call in a practice cannot be saved in the operation', (await save(L, `/agent/${op}`, f, { status: 'refused' })).status >= 400, true);
await L.post(`${at}/break`);
await L.post(`${at}/next`);

// --- the specialized version, one question at a time ---
a = await L.post(`/agent/${special}/practice`);
const at2 = a.headers.location;
await L.post(`${at2}/next`);
a = await L.get(at2);
ok('fact 109: before the talk: the band, a pretend call', a.body.includes('class="practice"') && a.body.includes('class="pretend"') && !a.body.includes('href="tel:'), a.body);
a = await L.post(`${at2}/answer`, { ...callForm(a.body), go: 'start' });
ok('in the talk: the band, what to do, the question', a.body.includes('class="practice"') && a.body.includes('Lisez la question à voix haute') && a.body.includes('id="asked"'), a.body);
a = await L.post(`${at2}/answer`, { ...callForm(a.body), question: hidden(a.body, 'question'), go: 'end' });
ok('at its end too', a.body.includes('class="practice"') && a.body.includes('name="end"'), a.body);
a = await save(L, at2, callForm(a.body), { status: 'refused', end: '1' });
ok('and on to the next', a.status === 200 && a.body.includes('class="practice"'), a.status);

// --- nothing of it anywhere ---
h.clock(NOON + 5 * MINUTE);
const during = await everything();
const differ = Object.keys(before).filter((k) => before[k] !== during[k]);
for (const k of differ)
	console.log(`# ${k}:\n${before[k].slice(0, 300)}\n${during[k].slice(0, 300)}\n#   ${[...before[k]].findIndex((c, i) => c !== [...during[k]][i])} ${before[k].length} ${during[k].length}`);
same(`fifteen practised calls later ${Object.keys(before).length} pages, files and totals are the same byte for byte`, differ, []);
ok('although they were saved', Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id IN (${id}, ${at2.match(/\d+$/)[0]})`)) === 15, '');

// --- an edit is followed ---
sql(`UPDATE survey_version SET script_fr = 'Bonsoir {first_name}' WHERE id = ${survey.version}; UPDATE operation SET revision = revision + 1 WHERE id = ${op}`);
a = await L.post(`/agent/${op}/practice`);
ok('made anew after an edit', a.headers.location !== at, a.headers.location);
const again = a.headers.location;
await L.get(again);
await L.post(`${again}/next`);
ok('with the words of now', (await L.get(again)).body.includes('Bonsoir'), '');
same('the one before is closed', (await L.get(at)).status, 403);
await L.get(again);
a = await L.post(`${again}/stop`);
same('on to the real calls', [a.status, a.headers.location], [303, `/agent/${op}`]);
same('which the button twice leads to as well', (await L.post(`${again}/stop`)).headers.location, `/agent/${op}`);
ok('the operation itself has no band', !(await L.get(`/agent/${op}`)).body.includes('class="practice"'), '');
await L.post(`/agent/${op}/next`);
ok('and real people', /Nom\d/.test((await L.get(`/agent/${op}`)).body), '');

// --- the link ---
const O = V('share', owner);
a = await O.get(`/share/${op}`);
ok('an owner is offered a practice link', a.body.includes('value="practice_on"'), a.body);
a = await O.post(`/share/${op}`, { do: 'practice_on' });
a = await O.get(`/share/${op}?said=practice_on`);
const link = a.body.match(/data-copy="([^"]*\/practice\/[^"]*)"/)?.[1].replace(/^.*(\/practice\/)/, '$1');
ok('which is ready', /^\/practice\/[\w-]{24}$/.test(link) && a.body.includes('value="practice_off"'), a.body);
same('that is in the audit', h.one(`SELECT detail FROM audit WHERE verb = 'practice.link'`), 'on');
const users = h.one(`SELECT COUNT(*) FROM user WHERE organisation_id = ${org}`);
const W = areas.share.visitor();
a = await W.get(link);
ok('anybody can open it', a.status === 200 && a.body.includes('Pointage') && a.body.includes('name="name"'), a.body);
ok('it says nothing but the name', !a.body.includes('Nom1') && !/\/j\//.test(a.body), a.body);
const key = hidden(a.body, 'key');
same('without a name it says so', [(a = await W.post(link, { key, name: '' })).status, a.body.includes('id="name-wrong"')], [422, true]);
a = await W.post(link, { key, name: 'Passante' });
const there = a.headers.location;
ok('with one it begins', a.status === 303 && /^\/agent\/\d+$/.test(there), a.status);
const P = areas.agent.visitor(W.cookies);
a = await P.get(there);
ok('there they practise', a.status === 200 && a.body.includes('class="practice"'), a.status);
await P.post(`${there}/next`);
ok('as whom they said', (await P.get(there)).body.includes('ici Passante') || (await P.get(there)).body.includes('Bonsoir'), '');
const closed = {};
for (const [area, where] of [['agent', `/agent/${op}`], ['agent', at], ['dashboard', `/operations/${op}`], ['share', `/share/${op}`], ['people', '/contacts'], ['people', `/people/${person}`],
    ['wizard', `/wizard/${op}/details`], ['survey', '/surveys'], ['export', '/exports'], ['account', '/users']])
	closed[where] = (await areas[area].visitor(W.cookies).get(where)).status;
ok('and nothing of the organisation is open to them', Object.values(closed).every((s) => s === 403 || s === 404), JSON.stringify(closed));
ok('their list of operations is the practice', !(await P.get('/agent')).body.includes(`/agent/${op}"`), '');
same('the link again leads back', [(a = await W.get(link)).status, a.headers.location], [303, there]);
same('nobody is in the users of the organisation', h.one(`SELECT COUNT(*) FROM user WHERE organisation_id = ${org}`), users);
same('somebody known practises as themselves', [(a = await V('share', bob).get(link)).status, /name="name"/.test(a.body)], [200, false]);
const K = V('share', bob);
await K.get(link);
a = await K.post(link, { key: hidden((await K.get(link)).body, 'key') });
ok('with a practice of their own', a.status === 303 && (await B.get(a.headers.location)).body.includes('class="practice"'), a.status);
await P.get(there);
a = await P.post(`${there}/stop`);
same('a visitor who stops is thanked', [a.headers.location, (await W.get('/practice/over')).status], ['/practice/over', 200]);

// --- and then for real: who practised joins like anybody ---
await O.get(`/share/${op}`);
await O.post(`/share/${op}`, { do: 'make' });
a = await O.get(`/share/${op}`);
const real = a.body.match(/data-copy="([^"]*\/j\/[^"]*)"/)[1].replace(/^.*(\/j\/)/, '$1');
a = await W.get(real);
ok('fact 94: the operation\'s own link takes them for somebody new, by the name they gave', a.status === 200 && a.body.includes('name="name" value="Passante"'), a.body);
a = await W.post(real, { key: hidden(a.body, 'key'), name: 'Passante' });
same('fact 88: and makes them an agent', [a.headers.location, h.one(`SELECT COUNT(*) FROM member m JOIN user u ON u.id = m.user_id WHERE m.operation_id = ${op} AND u.name = 'Passante' AND u.organisation_id = ${org}`)], [`/agent/${op}`, '1']);
ok('of the real operation', (await areas.agent.visitor(W.cookies).get(`/agent/${op}`)).status === 200, '');

await O.get(`/share/${op}`);
same('turned off', (await O.post(`/share/${op}`, { do: 'practice_off' })).headers.location, `/share/${op}?said=practice_off`);
same('it opens nothing', [(await areas.share.visitor().get(link)).status, h.one('SELECT COUNT(*) FROM practice_link')], [404, '0']);

// --- the worker forgets it all ---
h.clock(NOON + 37 * HOUR);
tool('worker', '--once');
h.clock(NOON + 38 * HOUR);
tool('worker', '--once');
same('a day later nothing of any practice is left', ['practice', 'organisation WHERE practice', `person WHERE organisation_id <> ${org}`, `operation WHERE organisation_id <> ${org}`, `user WHERE organisation_id <> ${org}`,
    `attempt WHERE operation_id NOT IN (${op}, ${special})`, `audit WHERE organisation_id <> ${org}`, `survey WHERE organisation_id <> ${org}`].map((t) => h.one(`SELECT COUNT(*) FROM ${t}`)), Array(8).fill('0'));
same('and the real call is', h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND note = 'vrai'`), '1');
await done();
