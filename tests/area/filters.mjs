// Filters of the people pages through their socket: conditions built without JavaScript, saved filters, sorting, loading.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { start, ok, same, done, sql, build } from './area.mjs';
import { house, NOON } from './house.mjs';

const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), eve = h.user(other, 'Eve', 'organiser');
const M = area.visitor(marie.cookies), P = area.visitor(paul.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const survey = h.survey(org, { question: 'Premier choix?' });
const op = h.operation(org, marie, { name: 'Relance', survey });
h.operation(other, eve, { name: 'Secret' });
const person = (row, phone) => {
	const id = h.add('person', { organisation_id: org, kind: 'contact', created_at: NOON, updated_at: NOON, ...row });
	if (phone) h.add('phone', { person_id: id, position: 1, kind: 'home', e164: phone });
	return id;
};
const ann = person({ last_name: 'Zed', first_name: 'Ann', city: 'Laval', tags: 'bénévole|membre', donations_year: 20 }, '+14385550001');
const bob = person({ last_name: 'Roy', first_name: 'Bob', city: 'Laval', donations_year: 5 }, '+14385550002');
const cid = person({ last_name: 'Côté', first_name: 'Cid', city: 'Gatineau', tags: 'membre' }, '+14385550003');
const fay = person({ kind: 'elector', last_name: 'Roy', first_name: 'Fay', polling_subdivision: '12', elector_number: '3' });
const gus = person({ kind: 'elector', last_name: 'Roy', first_name: 'Gus', polling_subdivision: '2', elector_number: '10' });
const attempt = h.add('attempt', { operation_id: op, person_id: cid, user_id: lea.id, e164: '', status: 16, time_zone: 'America/Toronto',
    started_at: NOON, saved_at: NOON, form_key: Buffer.alloc(16, 1) });
sql(`INSERT INTO answer (attempt_id, question_id, choice_id) VALUES (${attempt}, ${survey.question}, ${survey.choices[0]})`);
const names = (body) => [...body.matchAll(/href="\/people\/(\d+)"/g)].map((m) => Number(m[1]));
const find = async (query, path = '/contacts') => names((await M.get(`${path}?${query}`)).body);
const cond = (i, field, op_, ...values) => [`f.${i}=${field}`, `o.${i}=${op_}`, ...values.map((v) => `v.${i}=${encodeURIComponent(v)}`)].join('&');
let a;

// --- building one, as a browser without JavaScript does ---
a = await M.get('/contacts');
ok('the fields of contacts can be chosen, with the questions', a.body.includes('<option value="donations">Donations made this year') &&
    a.body.includes('value="answer-1">Premier choix?') && !a.body.includes('value="polling_place"'), a.body);
ok("fact 80: electors have the electors' fields", (await M.get('/electors')).body.includes('value="polling_place"') &&
    !(await M.get('/electors')).body.includes('value="donations"'));
a = await M.get('/contacts?q=&city=&new.1=donations&add=1');
ok('Add brings an empty condition, and everybody is still shown', a.status === 200 && a.body.includes('name="f.1" value="donations"') &&
    names(a.body).length === 3 && !a.body.includes('Please fill this in'), a.body);
ok('its operators are those of amounts', a.body.includes('value="between"') && !a.body.includes('value="starts"'), '');
a = await M.get(`/contacts?${cond(1, 'donations', 'ge', '', '')}`);
ok('without its value the form says so beside it', a.status === 422 && /id="w-1">Please fill this in/.test(a.body) && a.body.includes('aria-describedby="w-1"'), a.status);
same('and shows nobody rather than everybody', names(a.body), []);
a = await M.get(`/contacts?${cond(1, 'donations', 'ge', 'beaucoup', '')}`);
ok('what was typed is kept', a.status === 422 && a.body.includes('value="beaucoup"') && a.body.includes('whole number'), a.status);
same('domain 5.12: donations of at least 10', await find(cond(1, 'donations', 'ge', '10', '')), [ann]);
same('tags with commas', await find(cond(1, 'tags', 'all', 'benevole, membre')), [ann]);
same('domain 5.6: who was called, by status', await find(cond(1, 'last_status', 'any', 'completed')), [cid]);
same('an answer', await find(cond(1, 'answer-1', 'any', 1)), [cid]);
same('two conditions', await find(`${cond(1, 'city', 'is', 'laval')}&${cond(2, 'tags', 'empty')}`), [bob]);
same('any of two', await find(`${cond(1, 'city', 'is', 'gatineau')}&${cond(2, 'donations', 'lt', '10')}&join.1=any`), [cid, bob]);
same('fact 123: search, filters and conditions together', await find(`q=ro&city=laval&${cond(1, 'donations', 'not_empty')}`), [bob]);
a = await M.get(`/contacts?${cond(1, 'city', 'is', 'laval')}&${cond(2, 'tags', 'empty')}&g.2=2&groups=any`);
ok('two groups', /<legend>Group 1<\/legend>[^]*<legend>Group 2<\/legend>/.test(a.body) && /selected>at least one group below fits/.test(a.body), a.body);
same('either of them', names(a.body), [bob, ann]);
a = await M.get(`/contacts?${cond(1, 'city', 'is', 'laval')}&${cond(2, 'tags', 'empty')}&drop=1`);
ok('Remove takes one away', names(a.body).join() === String(bob) && a.body.includes('name="f.1" value="tags"') && !a.body.includes('name="f.2"'), a.body);
a = await M.get(`/contacts?${cond(1, 'answer-1', 'any', 1)}`);
ok('the answers can be ticked, and where they were given', a.body.includes('name="v.1" value="1" checked') && a.body.includes('in any operation') &&
    a.body.includes(`<option value="${op}">Relance`) && !a.body.includes('Secret'), a.body);
ok('everything is text', (await M.get(`/contacts?${cond(1, 'city', 'is', '"><script>alert(1)</script>')}`)).body.includes('&gt;&lt;script&gt;') &&
    !(await M.get(`/contacts?${cond(1, 'city', 'is', '<script>alert(1)</script>')}`)).body.includes('<script>alert'), '');
same('a field that does not exist answers 400', (await M.get('/contacts?f.1=password_hash&o.1=is&v.1=x')).status, 400);
same('a field of the others answers 422', (await M.get('/electors?f.1=donations&o.1=not_empty')).status, 422);
same('fact 128: an agent gets no filter', (await L.get(`/contacts?${cond(1, 'city', 'is', 'laval')}`)).status, 403);
const fifty = Array.from({ length: 50 }, (_, i) => cond(i + 1, 'city', 'is_not', `Ville ${i}`)).join('&');
same('50 conditions', (await find(fifty)).length, 3);
same('51 are refused, not cut', (await M.get(`/contacts?${fifty}&${cond(51, 'city', 'is', 'x')}`)).status, 400);
a = await P.get(`/contacts?${cond(1, 'birth_date', 'lt', '2000-01-01')}`);
ok('fact 129: in French', a.body.includes('Date de naissance') && a.body.includes('avant le') && a.body.includes('Vrai d’une autre personne') &&
    a.body.includes('Ajouter une condition'), a.body);

// --- sorting ---
same('by name', await find(''), [cid, bob, ann]);
same('downwards', await find('down=1'), [ann, bob, cid]);
same('by first name', await find('sort=first'), [ann, bob, cid]);
same('by city', await find('sort=city'), [cid, bob, ann]);
same('newest first', await find('sort=newest'), [cid, bob, ann]);
same('sections as numbers', await find('sort=place', '/electors'), [gus, fay]);
a = await M.get('/contacts?sort=city&city=laval');
ok('the column says how it is sorted, and its link turns it round', /aria-sort="ascending"><a class="people-sort" href="\/contacts\?city=laval&amp;sort=city&amp;down=1"/.test(a.body), a.body);

// --- saved filters ---
const filter = { 'f.1': 'city', 'o.1': 'is', 'v.1': 'laval' };
a = await M.get(`/contacts?${cond(1, 'city', 'is', 'laval')}`);
ok('a filter can be saved', a.body.includes('name="filter_name"') && !(await M.get('/contacts')).body.includes('name="filter_name"'), a.body);
a = await M.post('/people/filters', { kind: 'contact', ...filter, filter_name: ' ' });
ok('a name is needed', a.status === 422 && a.body.includes('filter_name-wrong') && names(a.body).length === 2, a.status);
a = await M.post('/people/filters', { kind: 'contact', ...filter, filter_name: 'Lavallois <b>' });
same('saving leads back to it', [a.status, a.headers.location], [303, '/contacts?f.1=city&o.1=is&v.1=laval']);
a = await P.get('/contacts');
const kept = a.body.match(/href="(\/contacts\?[^"]+)"[^>]*>Lavallois &lt;b&gt;</)?.[1].replaceAll('&amp;', '&');
same('a colleague finds it and applies it', kept && names((await P.get(kept)).body).length, 2);
ok('another organisation does not', !(await E.get('/contacts')).body.includes('Lavallois'));
ok('it is not among those of electors', !(await M.get('/electors')).body.includes('Lavallois'));
const id = h.one('SELECT id FROM saved_filter');
await E.post('/people/filters/forget', { kind: 'contact', filter: id });
same('another organisation cannot forget it', h.one('SELECT COUNT(*) FROM saved_filter'), '1');
same('an agent can neither save nor forget', [(await L.post('/people/filters', { kind: 'contact', ...filter, filter_name: 'x' })).status,
    (await L.post('/people/filters/forget', { kind: 'contact', filter: id })).status], [403, 403]);
a = await P.post('/people/filters/forget', { kind: 'contact', filter: id });
same('forgotten', [a.status, h.one('SELECT COUNT(*) FROM saved_filter')], [303, '0']);
same('who saved and forgot is in the audit', h.one("SELECT GROUP_CONCAT(verb ORDER BY id) FROM audit WHERE object = 'filter'"), 'filter.save,filter.forget');

// --- into an operation ---
a = await M.get(`/contacts?operation=${op}&${cond(1, 'city', 'is', 'laval')}`);
ok('domain 5.3: the banner loads exactly this filter', a.body.includes('2 contacts') && /<form method="post" action="\/people\/load">[^]*name="f.1" value="city"[^]*<\/form>/.test(a.body), a.body);
a = await M.post('/people/load', { kind: 'contact', operation: op, ...filter });
same('fact 100: it is loaded', a.status, 303);
spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { timeout: 120000 });
same('those two', sql(`SELECT person_id FROM entry WHERE operation_id = ${op} ORDER BY person_id`).flat().map(Number), [ann, bob]);
a = await M.post('/people/load', { kind: 'contact', operation: op, 'f.1': 'city', 'o.1': 'is', 'v.1': '' });
same('half a condition loads nobody', [a.status, h.one('SELECT COUNT(*) FROM list_load')], [400, '1']);
person({ last_name: 'Tard', first_name: 'Venu', city: 'Laval' }, '+14385550009');
same('fact 105: who fits later is not on the list by itself', h.one(`SELECT COUNT(*) FROM entry WHERE operation_id = ${op}`), '2');
same('who is not on the list yet', (await find(`${cond(1, 'on_list', 'none', op)}&${cond(2, 'city', 'is', 'laval')}`)).length, 1);
await done();
