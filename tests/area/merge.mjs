// Merging two records through the people area's socket: who may, what is offered, side by side, once, and where the old
// address leads.
import { start, ok, same, done, sql } from './area.mjs';
import { house, hidden, NOON, HOUR } from './house.mjs';

const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'administrator', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), eve = h.user(other, 'Eve', 'organiser');
const M = area.visitor(marie.cookies), P = area.visitor(paul.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const person = (row, phones = [], of = org) => {
	const id = h.add('person', { organisation_id: of, kind: 'contact', created_at: NOON, updated_at: NOON, ...row });
	phones.forEach((e164, i) => h.add('phone', { person_id: id, position: i + 1, kind: i ? 'cell' : 'home', e164 }));
	return id;
};
const column = (id, name) => h.one(`SELECT ${name} FROM person WHERE id = ${id}`);
let a;

const one = person({ last_name: 'Gélinas', first_name: 'Émilie', email: 'e@example.org', notes: 'première ligne\ndeuxième <b>', street: 'rue Aubert', civic_number: '12', city: 'Laval' }, ['+14385550001']);
const two = person({ last_name: 'Gelinas', first_name: 'Emilie', email: 'emilie@example.org', sex: 'F', updated_at: NOON + HOUR, street: 'rue Neuve', civic_number: '3', city: 'Québec' }, ['+14385550001', '+14505550003']);
const namesake = person({ last_name: 'Gélinas', first_name: 'Émilie' }), stranger = person({ last_name: 'Roy', first_name: 'Luc' });
const elector = person({ kind: 'elector', last_name: 'Gélinas', first_name: 'Émilie' }), foreign = person({ last_name: 'Gélinas', first_name: 'Émilie' }, [], other);
const page = `/people/${one}/merge`, both = `${page}?with=${two}`;

// --- who may, and whom with ---
same('fact 128: an agent does not merge', [(await L.get(page)).status, (await L.get(both)).status], [403, 403]);
same('another organisation has nothing here', [(await E.get(page)).status, (await E.get(both)).status], [404, 404]);
await E.get('/contacts');
same('nor by a form', (await E.post(page, { with: two, sure: 1 })).status, 404);
a = await M.get(page);
ok('the likeliest are offered, with the reason', a.status === 200 && a.body.includes(`${page}?with=${two}"`) && a.body.includes('same phone number') &&
    a.body.indexOf(`with=${two}"`) < a.body.indexOf(`with=${namesake}"`) && !a.body.includes(`with=${elector}"`) && !a.body.includes(`with=${foreign}"`), a.body);
a = await M.get(`${page}?q=roy`);
ok('anybody else is searched', a.body.includes(`with=${stranger}"`) && !a.body.includes(`with=${one}"`), a.body);
ok('fact 130: in any writing', (await M.get(`/people/${stranger}/merge?q=gelinas`)).body.includes(`with=${one}"`));
same('an elector is no contact, nobody is two', [(await M.get(`${page}?with=${elector}`)).status, (await M.get(`${page}?with=${one}`)).status, (await M.get(`${page}?with=${foreign}`)).status], [404, 404, 404]);

// --- side by side ---
a = await M.get(both);
const checked = (code, which) => new RegExp(`name="pick.${code}" value="${which}" checked`).test(a.body);
ok('what differs is chosen, the record changed last is proposed', checked('email', 'theirs') && checked('address', 'theirs') && !a.body.includes('pick.sex"'), a.body);
ok('an address is one choice', a.body.includes('12 rue Aubert, Laval') && a.body.includes('3 rue Neuve, Québec') && !a.body.includes('pick.city"'), a.body);
ok('the page says that it cannot be undone', a.body.includes('This cannot be undone.'));
ok('fact 129: the same in French', (await P.get(both)).body.includes('C’est irréversible.'));
ok('looking at both is noted of both', Number(h.one(`SELECT COUNT(DISTINCT object_id) FROM audit WHERE verb = 'person.reveal' AND user_id = ${marie.id} AND object_id IN (${one}, ${two})`)) === 2);
const form = { with: two, seen: hidden(a.body, 'seen'), seen_other: hidden(a.body, 'seen_other'), 'pick.email': 'mine', 'pick.address': 'theirs', 'pick.last_name': 'mine', 'pick.first_name': 'mine' };
a = await M.post(page, form);
ok('without the tick nothing happens, and what was chosen stays', a.status === 422 && checked('email', 'mine') && a.body.includes('id="sure-wrong"') && column(two, 'organisation_id') === String(org), a.body);
same('a choice that is none', (await M.post(page, { ...form, sure: 1, 'pick.email': 'both' })).status, 400);
a = await M.post(page, { ...form, sure: 1, seen: 5 });
ok('changed meanwhile: shown again', a.status === 409 && a.body.includes('Something has changed meanwhile'), a.status);

// --- in an operation while an agent is with one of them ---
const op = h.operation(org, marie, { name: 'Relance' });
const listed = h.add('entry', { operation_id: op, person_id: two, due_at: NOON, e164: '+14385550001', loaded_at: NOON, state: 'held', band: 8 });
a = await M.post(page, { ...form, sure: 1 });
ok('an agent is with one of them: a clear message', a.status === 409 && a.body.includes('An agent is with this person at the moment'), a.status);
sql(`UPDATE entry SET state = 'ready', band = 3 WHERE id = ${listed}; UPDATE queue_tally SET ready = ready + 1 WHERE operation_id = ${op} AND shard = 0`);

// --- one of two, once ---
for (let i = 0; i < 2; i++)
	same('the same form, sent once or twice', (await M.post(page, { ...form, sure: 1 })).headers.location, `/people/${one}?said=merged`);
same('what was chosen, what was blank', [column(one, 'email'), column(one, 'street'), column(one, 'sex'), column(one, 'last_name')], ['e@example.org', 'rue Neuve', 'F', 'Gélinas']);
same('numbers together, each once', sql(`SELECT GROUP_CONCAT(e164 ORDER BY position) FROM phone WHERE person_id = ${one}`)[0][0], '+14385550001,+14505550003');
same('and on the list once', sql(`SELECT person_id FROM entry WHERE operation_id = ${op}`), [[String(one)]]);
for (const address of [`/people/${two}`, `/people/${two}/merge`, `/people/${two}/edit`]) {
	a = await M.get(address);
	same('the old address leads on', [a.status, a.headers.location], [303, `/people/${one}?said=led`]);
}
same('not for another organisation', (await E.get(`/people/${two}`)).status, 404);
a = await M.get(`/people/${one}`);
ok('the record says what happened, and what was lost', a.body.includes('Another record was merged into this one') && a.body.includes('E-mail: emilie@example.org'), a.body);
ok('notes keep their lines', a.body.includes('première ligne\ndeuxième &lt;b&gt;'), a.body);
ok('domain.md 5.6: days in words', /\d+ [A-Z][a-z]+ 2026, \d+:\d\d/.test(a.body) && !/\d{4}-\d\d-\d\d \d\d:\d\d/.test(a.body), a.body);
await done();
