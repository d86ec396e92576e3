// The people area through its socket: lists, search, records, and loading what is found into an operation.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { start, ok, same, done, sql, build, until } from './area.mjs';
import { house, NOON, HOUR } from './house.mjs';

const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), eve = h.user(other, 'Eve', 'organiser');
const M = area.visitor(marie.cookies), P = area.visitor(paul.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const op = h.operation(org, marie, { name: 'Relance' }), electors = h.operation(org, marie, { name: 'Électeurs', source: 'elector' });
h.member(op, lea);
const work = () => spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { encoding: 'utf8', timeout: 120000 });
const person = (row, phones = []) => {
	const id = h.add('person', { organisation_id: org, kind: 'contact', created_at: NOON, updated_at: NOON, ...row });
	phones.forEach((e164, i) => h.add('phone', { person_id: id, position: i + 1, kind: i ? 'cell' : 'home', e164 }));
	return id;
};
let a;

// --- who may come in ---
same('a stranger is led to the sign-in', (await area.get('/contacts')).status, 303);
for (const page of ['/contacts', '/electors', '/people/1', '/people/load?operation=1&load=1'])
	same(`fact 128: an agent gets 403 on ${page}`, (await L.get(page)).status, 403);
a = await M.get('/contacts');
ok('an empty list says what to do next', a.status === 200 && a.body.includes('href="/imports"') && a.body.includes('Nobody here yet'), a.body);

// --- people ---
const gelinas = person({ last_name: 'Gélinas', first_name: 'Émilie', city: 'Québec', language: 'fr', tags: 'bénévole|membre',
    civic_number: '12', street: 'rue de l’Église', household_id: 77, email: 'e@example.org', notes: '<b>gros chien</b>' }, ['+14385550001', '+15145550002']);
const mate = person({ last_name: 'Gélinas', first_name: 'Luc', household_id: 77, language: 'en' });
const le = person({ last_name: 'Le Gall', first_name: 'Anne-Sophie', city: 'Laval' }, ['+33123456789']);
const forbidden = person({ last_name: 'Zed', first_name: 'Non', calls_forbidden: 1, city: '100%' }, ['+15145550009']);
h.add('person', { organisation_id: other, kind: 'contact', last_name: 'Gélinas', first_name: 'Autre', created_at: NOON, updated_at: NOON });
person({ kind: 'elector', last_name: 'Roy', first_name: 'Vote', polling_subdivision: '12', elector_number: '7', has_voted: 1 });
person({ kind: 'elector', last_name: 'Roy', first_name: 'Encore', polling_subdivision: '13', elector_number: '8' });
const names = (body) => [...body.matchAll(/href="\/people\/(\d+)"/g)].map((m) => Number(m[1]));
const find = async (query, path = '/contacts') => names((await M.get(`${path}?${query}`)).body);
same('contacts in the order of their names', await find(''), [gelinas, mate, le, forbidden]);
same('fact 130: Gelinas finds Gélinas', await find('q=gelinas'), [gelinas, mate]);
same('fact 123: first and last name, in any order', await find('q=emilie+g%C3%A9l'), [gelinas]);
same('fact 123: the part of a name after a space or a hyphen', [await find('q=gall'), await find('q=soph')], [[le], [le]]);
same('what people type is no pattern', [await find('q=%25'), await find('q=_e')], [[], []]);
for (const q of ['438+555-0001', '(438)+5550001', '%2B1+438+555+0001', '4385550001', '438-555', '1-438-555-0001'])
	same(`a number written ${decodeURIComponent(q)}`, await find(`q=${q}`), [gelinas]);
same('a number abroad', await find('q=%2B33+1+23+45+67+89'), [le]);
same('filters: city without accents', await find('city=quebec'), [gelinas]);
same('filters: a city with a percent sign', await find('city=100%25'), [forbidden]);
same('filters: tag, whole and without accents', [await find('tag=benevole'), await find('tag=bene')], [[gelinas], []]);
same('filters: language', await find('language=en'), [mate]);
same('filters: with a number', await find('phone=1'), [gelinas, le, forbidden]);
same('filters: not voted, section', [(await find('not_voted=1', '/electors')).length, (await find('section=12', '/electors')).length], [1, 1]);
same('nobody found says so', (await M.get('/contacts?q=xyz')).body.includes('Nobody matches'), true);
same('an unknown field answers 400', (await M.get('/contacts?x=1')).status, 400);
ok('another organisation sees its own', !(await E.get('/contacts')).body.includes('Émilie'));
a = await M.get('/contacts?q=gelinas');
ok('fact 121: numbers can be clicked', a.body.includes(`href="/people/${gelinas}/call?from=list">438 555-0001`), a.body);
ok('how many there are', a.body.includes('2 contacts'), '');
a = await P.get('/electors');
ok('fact 129: in French', a.body.includes('Électeurs') && a.body.includes('2 électeurs') && a.body.includes('a voté'), a.body);

// --- pages by keyset ---
sql(`INSERT INTO person (organisation_id, kind, last_name, first_name, created_at, updated_at) SELECT ${org}, 'contact',
    CONCAT('Page', LPAD(seq DIV 2, 3, '0')), 'Même', ${NOON}, ${NOON} FROM seq_1_to_130`);
let url = '/contacts?q=page', seen = [], pages = 0;
while (url && pages < 9) {
	a = await M.get(url);
	seen.push(...names(a.body));
	pages++;
	url = a.body.match(/href="([^"]+)" rel="next"/)?.[1].replaceAll('&amp;', '&');
}
same('130 people on three pages, everybody once, also with equal names', [pages, seen.length, new Set(seen).size], [3, 130, 130]);
sql("DELETE FROM person WHERE last_name LIKE 'Page%'");

// --- the record ---
h.add('attempt', { operation_id: op, person_id: gelinas, user_id: lea.id, e164: '+14385550001', status: 8, time_zone: 'America/Toronto',
    started_at: NOON - HOUR, saved_at: NOON - HOUR, form_key: Buffer.alloc(16, 1), note: 'rappeler <i>demain</i>' });
a = await M.get(`/people/${gelinas}`);
ok('a record has its numbers as links, the address and the household', /\/call\?call=\d+">514 555-0002/.test(a.body) && a.body.includes('rue de l’Église') &&
    a.body.includes(`/people/${mate}"`), a.body);
ok('its calls, with status, agent and operation', a.body.includes('No answer') && a.body.includes('Léa') && a.body.includes('Relance') &&
    a.body.includes('24 November 2026, 12:00'), '');
ok('everything is text', a.body.includes('&lt;b&gt;gros chien') && a.body.includes('&lt;i&gt;demain') && !a.body.includes('<b>gros'), '');
ok('fact 71: who has no household lives with nobody', (await M.get(`/people/${le}`)).body.includes('Nobody else'));
same('another organisation gets 404', (await E.get(`/people/${gelinas}`)).status, 404);
same('somebody who does not exist: 404', (await M.get('/people/99999')).status, 404);

// --- into an operation ---
same("fact 7: somebody else's operation answers 403", (await P.get(`/contacts?operation=${op}`)).status, 403);
same("another organisation's answers 404", (await E.get(`/contacts?operation=${op}`)).status, 404);
same('fact 12: electors are not for an operation on contacts', (await M.get(`/electors?operation=${op}`)).status, 409);
a = await M.get(`/contacts?operation=${op}&phone=1`);
ok('fact 100: the banner says how many go where', a.body.includes('action="/people/load"') && a.body.includes('3 contacts') && a.body.includes('Relance'), a.body);
const load = (v, fields) => v.post('/people/load', { kind: 'contact', q: '', city: '', tag: '', section: '', operation: op, ...fields });
await P.get('/contacts');
same('a POST for an operation one does not own answers 403', (await load(P, {})).status, 403);
same('fact 12: a forged kind is refused', (await load(M, { kind: 'elector' })).status, 409);
same('fact 12: contacts are not loaded into an operation on electors', (await load(M, { operation: electors })).status, 409);
same('nothing was queued', h.one('SELECT COUNT(*) FROM job'), '0');
await M.get(`/contacts?operation=${op}`);
a = await load(M, {});
ok('fact 100: loading leads to its progress', a.status === 303 && /\/people\/load\?operation=\d+&load=\d+$/.test(a.headers.location), a.status);
const bar = a.headers.location;
a = await M.get(bar);
ok('a bar, with and without JavaScript, and that the tab may be closed', a.body.includes('<progress') && a.body.includes('http-equiv="refresh"') &&
    a.body.includes('You may close this tab'), a.body);
same('its numbers for the bar', (await M.get(bar.replace('load?', 'progress?'))).json.state, 'queued');
let run = work();
ok('the worker loads', run.status === 0, run.stderr);
a = await M.get(bar);
const numbers = [...a.body.matchAll(/<dd(?: data-of="[a-z_]+")?>([\d,]+)<\/dd>/g)].map((m) => m[1]);
same('facts 104, 107: found 4, loaded 2, already 0, without number 1, forbidden 1', numbers, ['4', '2', '0', '1', '1', '0']);
same('the list has those two', sql(`SELECT person_id FROM entry WHERE operation_id = ${op} ORDER BY person_id`).flat().map(Number), [gelinas, le]);
const again = await load(M, {});
work();
same('fact 103: loading twice puts nobody there twice', sql(`SELECT loaded, already, no_number, forbidden FROM list_load ORDER BY id DESC LIMIT 1`)[0], ['0', '2', '1', '1']);
person({ last_name: 'Tard', first_name: 'Venu' }, ['+15145550077']);
same('fact 105: somebody who fits later is not on the list by itself', h.one(`SELECT COUNT(*) FROM entry WHERE operation_id = ${op}`), '2');
await load(M, { q: 'tard' });
work();
same('fact 106: more people come into a running operation', h.one(`SELECT COUNT(*) FROM entry WHERE operation_id = ${op}`), '3');
h.add('suppression', { organisation_id: org, e164: '+15145550088', created_at: NOON });
person({ last_name: 'Supprimé', first_name: 'Numéro' }, ['+15145550088']);
await load(M, { q: 'supprime' });
work();
same('fact 134: a number nobody may call is left out and counted', sql('SELECT loaded, forbidden + no_number FROM list_load ORDER BY id DESC LIMIT 1')[0], ['0', '1']);

// --- killed in the middle of a long load ---
sql(`INSERT INTO person (organisation_id, kind, last_name, first_name, created_at, updated_at) SELECT ${org}, 'contact', 'Long', seq, ${NOON}, ${NOON} FROM seq_1_to_6000`);
sql(`INSERT INTO phone (person_id, position, kind, e164) SELECT id, 1, 'home', CONCAT('+1581', LPAD(id, 7, '0')) FROM person WHERE last_name = 'Long'`);
await load(M, { q: 'long' });
/* Somebody else is just adding one of these people, and does not finish: the load stands still before them. */
const held = sql(`SELECT id FROM person WHERE last_name = 'Long' ORDER BY id LIMIT 1 OFFSET 3500`)[0][0];
const other_session = spawn('mariadb', ['--no-defaults', `--socket=${process.env.TOCSIN_DB_SOCKET}`, '-utests', '-ptests', '-N', '-B',
    '--unbuffered', process.env.TOCSIN_DB]);
let said = '';
other_session.stdout.on('data', (text) => { said += text; });
other_session.stdin.write(`START TRANSACTION; INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at)
    VALUES (${op}, ${held}, 1, '+15810000000', ${NOON}); SELECT 'held';\n`);
await until(() => said.includes('held'));
let kills = 0;
for (let i = 0; i < 3; i++) {
	const child = spawn(path.join(build, 'bin', 'worker'), ['--once'], { stdio: 'ignore' });
	const gone = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal)));
	await until(() => Number(h.one('SELECT loaded FROM list_load ORDER BY id DESC LIMIT 1')) >= 1000 &&
	    h.one('SELECT leased_until > 0 FROM job ORDER BY id DESC LIMIT 1') === '1');
	await new Promise((resolve) => setTimeout(resolve, 50 * i));
	child.kill('SIGKILL');
	kills += (await gone) === 'SIGKILL';
	sql('UPDATE job SET leased_until = 0');		/* a minute later */
}
other_session.stdin.end('ROLLBACK;\n');
await new Promise((resolve) => other_session.on('exit', resolve));
work();
same('a load killed with -9 and gone on counts everybody once', sql('SELECT total, loaded, already, no_number, forbidden, excluded FROM list_load ORDER BY id DESC LIMIT 1')[0],
    ['6000', '6000', '0', '0', '0', '0']);
same('it was killed in the middle, each time', kills, 3);
same('promise 1: the counters equal a recount', h.one(`SELECT SUM(ready) = (SELECT COUNT(*) FROM entry WHERE operation_id = ${op} AND state = 'ready') FROM queue_tally WHERE operation_id = ${op}`), '1');
ok('loads are in the audit', Number(h.one("SELECT COUNT(*) FROM audit WHERE verb = 'list.load'")) >= 4);
ok('no phone number is in the log', !/555000\d/.test(area.log()), '');
await done();
