// The people area on a polling day: who has voted, do not call, and an operation's list in its owner's hands.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { start, ok, same, done, sql, multipart, tree } from './area.mjs';
import { house, NOON } from './house.mjs';

const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), eve = h.user(other, 'Eve', 'organiser', 'en');
const M = area.visitor(marie.cookies), P = area.visitor(paul.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const op = h.operation(org, marie, { name: 'Sortie de vote', source: 'elector' });
h.member(op, lea);
sql(`INSERT INTO exclusion_rule (operation_id, position, criterion, status, household) VALUES (${op}, 1, 'voted', 21, 0)`);
const people = h.people(org, op, 12, (k) => ({ kind: 'elector', polling_subdivision: '12', elector_number: String(k), electoral_division: 'Laval' }));
const state = (i) => h.one(`SELECT state FROM entry WHERE id = ${people[i].entry}`);
const upload = async (v, url, fields) => {
	const m = multipart({ csrf: v.csrf, ...fields });
	return v.send((cookie) => area.request('POST', url, { CONTENT_TYPE: m.type, HTTP_COOKIE: cookie }, m.bytes));
};
let a;

// --- who may come in ---
for (const url of ['/people/voted', '/people/do-not-call', `/people/list/${op}`, `/people/list/${op}/person?entry=${people[0].entry}`])
	same(`fact 128: an agent gets 403 on ${url.replace(/\d+/g, 'N')}`, (await L.get(url)).status, 403);
same("fact 7: the list of somebody else's operation answers 403", (await P.get(`/people/list/${op}`)).status, 403);
same("another organisation's too", (await E.get(`/people/list/${op}`)).status, 403);

// --- the sheet ---
a = await M.get('/people/voted');
ok('the page waits for a section at the keyboard', a.status === 200 && /name="section"[^>]* autofocus/.test(a.body), a.body);
a = await M.post('/people/voted', { section: '12', division: '', numbers: '1 2-3, 99' });
same('a sheet is marked', a.status, 303);
const sheet = a.headers.location;
a = await M.get(sheet);
ok('what came of it, by name; and what to look up', a.body.includes('Prénom2 Nom2') && a.body.includes('<dd>3</dd>') && a.body.includes('nobody has it'), a.body);
ok('the section stays, the numbers are next', a.body.includes('name="section" value="12"') && /name="numbers" value=""[^>]* autofocus/.test(a.body), '');
same('fact 69: whoever is marked is off the list', [0, 1, 2, 3].map(state), ['removed', 'removed', 'removed', 'ready']);
a = await M.post('/people/voted', { section: '12', division: '', numbers: '9-7' });
ok('a range that is none: the page again, what was typed is kept', a.status === 422 && a.body.includes('value="9-7"') && a.body.includes('numbers-wrong'), a.status);
same('no numbers', (await M.post('/people/voted', { section: '', division: '', numbers: '' })).status, 422);
a = await P.get('/people/voted');
ok('fact 129: in French', a.body.includes('Qui a voté') && a.body.includes('Numéros d’électeur'), a.body);
const batch = sheet.match(/batch=(\d+)/)[1];
same('another organisation cannot see it', (await E.get(`/people/voted?batch=${batch}`)).status, 404);
a = await M.post('/people/voted/undo', { batch });
same('a sheet is taken back', [a.status, ...[0, 1, 2].map(state)], [303, 'ready', 'ready', 'ready']);
same('without the form key nothing is marked', (await area.post('/people/voted', { section: '12', numbers: '4' }, { HTTP_COOKIE: `tocsin=${marie.token}` })).status, 403);

// --- many ---
a = await upload(M, '/people/voted/file', { pasted: '', file: { name: 'votes.csv', bytes: 'No électeur;Section de vote\r\n4;12\r\n5;12\r\n77;12\r\n' } });
same('a file with columns in another order', [a.status, state(3), state(4)], [303, 'removed', 'removed']);
ok('it is named after the file', (await M.get(a.headers.location)).body.includes('votes.csv'));
a = await upload(M, '/people/voted/file', { pasted: '12\t6\n12 7\n12;8' });
same('lines that were pasted, with tabs, spaces or semicolons', [a.status, state(5), state(6), state(7)], [303, 'removed', 'removed', 'removed']);
a = await upload(M, '/people/voted/file', { pasted: 'bonjour' });
ok('a line without two cells says what is missing', a.status === 422 && a.body.includes('file-wrong') && a.body.includes('bonjour'), a.status);
same('nothing at all', (await upload(M, '/people/voted/file', { pasted: '' })).status, 422);
await M.get('/people/voted');
a = await M.post(`/people/${people[8].person}/voted`, { voted: 'yes' });
same('one person, on the record', [a.status, state(8)], [303, 'removed']);
await M.post(`/people/${people[8].person}/voted`, { voted: 'no' });
same('and back', state(8), 'ready');
same("nobody of another organisation's", (await E.get('/people/voted'), await E.post(`/people/${people[8].person}/voted`, { voted: 'yes' })).status, 404);

// --- do not call ---
a = await M.get('/people/do-not-call');
ok('an empty list says how it fills', a.status === 200 && a.body.includes('do not call again'), a.body);
a = await M.post('/people/do-not-call', { tel: '(514) 555-1009', reason: 'a <b>écrit</b>' });
ok('fact 134: a number, with its reason, who has it, and until when', a.status === 200 && a.body.includes('514 555-1009') && a.body.includes('Nom9') &&
    a.body.includes('a &lt;b&gt;écrit') && a.body.includes('24 November 2026') && a.body.includes('8 December 2029'), a.body);
same('fact 134: off the list at once', state(8), 'removed');
a = await M.post('/people/do-not-call', { tel: 'aucun', reason: '' });
ok('words are refused beside the field', a.status === 422 && a.body.includes('tel-wrong') && a.body.includes('value="aucun"'), a.status);
ok('twice is told', (await M.post('/people/do-not-call', { tel: '+1 514 555 1009', reason: '' })).body.includes('on the list already'));
a = await upload(M, '/people/do-not-call/file', { pasted: '', file: { name: 'do-not-call.csv', bytes: readFileSync(path.join(tree, 'tests/data/do-not-call.csv')) } });
ok('a list in all writings: each number once', a.status === 200 && a.body.includes('<dd>40</dd>'), a.body);
same('with its dates and reasons', h.one("SELECT COUNT(*) FROM suppression WHERE reason = 'demande' AND created_at < 1790900000000000"), '40');
await upload(M, '/people/do-not-call/file', { pasted: '514 555-1044;Jean;2026-01-05;a demandé par lettre\n514 555-1045;Zoé;2026-01-06;par courriel\n' });
a = await M.get('/people/do-not-call?q=(514)+555+1044');
ok('a pasted list without a header keeps its reasons and its days', a.body.includes('a demandé par lettre') && /5 January 2026/.test(a.body), a.body);
a = await upload(M, '/people/do-not-call/file', { pasted: '514 555-1010\nrien\n' });
ok('pasted numbers; what is none is shown', a.body.includes('<li>rien</li>') && state(9) === 'removed', a.body);
a = await M.get('/people/do-not-call?q=(514)+555+1010');
ok('a number is found in any writing', a.body.includes('514 555-1010') && !a.body.includes('514 555-1009'), '');
ok('and by name', (await M.get('/people/do-not-call?q=nom9')).body.includes('514 555-1009'));
ok('another organisation has its own', !(await E.get('/people/do-not-call')).body.includes('555-1009'));
await M.get('/people/do-not-call');
a = await M.post(`/people/${people[10].person}/do-not-call`, { reason: 'par courriel', with_numbers: '1' });
same('a person, with their numbers', [a.status, state(10), h.one(`SELECT COUNT(*) FROM suppression WHERE e164 = '${people[10].phone}'`)], [303, 'removed', '1']);
await M.get(`/people/${people[10].person}/edit`);
same('fact 134: the record cannot allow calls again', [(await M.post(`/people/${people[10].person}/edit`, { seen: h.one(`SELECT updated_at FROM person WHERE id = ${people[10].person}`),
    'set.last_name': 'Nom11', 'set.first_name': 'Prénom11' })).status, h.one(`SELECT calls_forbidden FROM person WHERE id = ${people[10].person}`)], [409, '1']);
a = await M.get(`/people/${people[8].person}`);
ok('the record has the buttons', a.body.includes(`/people/${people[8].person}/voted`) && a.body.includes(`/people/${people[8].person}/do-not-call`), a.body);
ok('people have a page of their own', (await M.get('/people/do-not-call?show=people')).body.includes('par courriel'));
ok('in French', (await P.get('/people/do-not-call')).body.includes('Conservé au moins jusqu’au'));

// --- the list ---
a = await M.get(`/people/list/${op}`);
ok('fact 67: everybody of the list with state and reason', a.status === 200 && a.body.includes('Removed - Already Voted') && a.body.includes('Do not call again') &&
    a.body.includes('Prénom12 Nom12'), a.body);
ok('fact 106: more can be loaded from here', a.body.includes(`href="/electors?operation=${op}"`), '');
a = await M.get(`/people/list/${op}?state=ready`);
ok('by state', a.body.includes('Nom12') && !a.body.includes('Nom4<'), '');
ok('search', (await M.get(`/people/list/${op}?q=nom12`)).body.includes('Prénom12') && (await M.get(`/people/list/${op}?q=zzz`)).body.includes('Nobody matches'));
ok('in French', (await (h.member(op, paul, 'owner'), P.get(`/people/list/${op}`))).body.includes('Retiré - A déjà voté'));
const one = (i) => `/people/list/${op}/person?entry=${people[i].entry}`, act = (i, fields) => M.post(`/people/list/${op}/person`, { entry: people[i].entry, ...fields });
a = await M.get(one(11));
ok('one person: take off, and nothing to correct yet', a.body.includes('value="remove"') && !a.body.includes('value="correct"') && !a.body.includes('value="reopen"'), a.body);
same('taken off', [(await act(11, { act: 'remove' })).status, state(11)], [303, 'removed']);
ok('then put back is offered', (await M.get(one(11))).body.includes('value="reopen"'));
same('put back', [(await act(11, { act: 'reopen' })).status, state(11)], [303, 'ready']);
a = await act(3, { act: 'reopen' });
ok('who has voted is not, and it says why', a.status === 409 && a.body.includes('exclusion rule'), a.status);
same('nor who must not be called', (await act(10, { act: 'reopen' })).status, 409);
sql(`INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key, note)
    VALUES (${op}, ${people[0].entry}, 1, ${people[0].person}, ${lea.id}, '${people[0].phone}', 17, 'America/Toronto', ${NOON}, ${NOON}, x'aa', 'poli');
    UPDATE entry SET state = 'done', band = 9, reason = 17, attempts = 1 WHERE id = ${people[0].entry};
    UPDATE queue_tally SET ready = ready - 1, done = done + 1 WHERE operation_id = ${op} AND shard = 0;
    INSERT INTO status_tally VALUES (${op}, 0, 17, 1)`);
a = await M.get(one(0));
ok('a call with its status, agent and note; it can be corrected', a.body.includes('Refused') && a.body.includes('Léa') && a.body.includes('poli') && a.body.includes('value="correct"') &&
    !a.body.includes('value="dnc"'), a.body);
same('no status chosen', (await act(0, { act: 'correct', attempt: '1', right: '', reason: '' })).status, 422);
same('a forged status', (await act(0, { act: 'correct', attempt: '1', right: 'removed_voted', reason: '' })).status, 422);
a = await act(0, { act: 'correct', attempt: '1', right: 'no_answer', reason: 'mauvais bouton' });
same('corrected by a further attempt: waits for a retry', [a.status, state(0), h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${people[0].entry}`)], [303, 'waiting', '2']);
ok('the history tells both', ((b) => b.includes('corrects attempt') && b.includes('mauvais bouton') && b.includes('Refused'))((await M.get(one(0))).body));
same('sent twice it is one', [(await act(0, { act: 'correct', attempt: '1', right: 'no_answer', reason: '' })).status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${people[0].entry}`)], [303, '2']);
same('somebody of another list', (await M.get(`/people/list/${op}/person?entry=99999`)).status, 404);
sql(`UPDATE operation SET state = 'archived' WHERE id = ${op}`);
ok('an archived list is shown, not changed', !(await M.get(one(11))).body.includes('name="act"') && (await act(11, { act: 'remove' })).status === 409);
ok('no phone number is in the log', !/5551\d\d\d/.test(area.log()), '');
await done();
