// One person's record through the people area's socket: edit, numbers, the contact an elector is, calls outside
// operations, a copy of everything, erasing, and who looked at whom.
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { start, ok, same, done, sql, build } from './area.mjs';
import { house, hidden, NOON, HOUR, DAY } from './house.mjs';

const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'administrator', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), eve = h.user(other, 'Eve', 'organiser');
const M = area.visitor(marie.cookies), P = area.visitor(paul.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const person = (row, phones = []) => {
	const id = h.add('person', { organisation_id: org, kind: 'contact', created_at: NOON, updated_at: NOON, ...row });
	phones.forEach((e164, i) => h.add('phone', { person_id: id, position: i + 1, kind: i ? 'cell' : 'home', e164 }));
	return id;
};
const column = (id, name) => h.one(`SELECT ${name} FROM person WHERE id = ${id}`);
const audit = (id) => sql(`SELECT verb, detail FROM audit WHERE object = 'person' AND object_id = ${id} AND verb <> 'person.reveal' ORDER BY id`).map((r) => r.join(' '));
let a;

const emilie = person({ last_name: 'Gélinas', first_name: 'Émilie', city: 'Québec', tags: 'bénévole', notes: 'un <b>chien</b>' }, ['+14385550001', '+15145550002']);
const luc = person({ last_name: 'Gélinas', first_name: 'Luc', civic_number: '12', street: 'rue Aubert', city: 'Laval' }, ['+14505550003']);
const elector = person({ kind: 'elector', last_name: 'gelinas', first_name: 'Emilie', polling_subdivision: '12', elector_number: '7' }, ['+14505550003']);

// --- who may come in ---
for (const page of [`/people/${emilie}/edit`, `/people/${emilie}/call`, `/people/${emilie}/copy.json`, `/people/${emilie}/copy.csv`, `/people/${emilie}/erase`]) {
	same(`fact 128: an agent gets 403 on ${page.replace(/\d+/, 'N')}`, (await L.get(page)).status, 403);
	same(`another organisation gets 404 on ${page.replace(/\d+/, 'N')}`, (await E.get(page)).status, 404);
}
await E.get('/contacts');
same("another organisation's POST answers 404", (await E.post(`/people/${emilie}/edit`, { seen: NOON, 'set.last_name': 'X' })).status, 404);
same('its numbers stay too', (await E.post(`/people/${emilie}/phones`, { do: 'add', number: '514 555-7777', number_kind: 'cell' })).status, 404);
same('and it cannot erase', (await E.post(`/people/${emilie}/erase`, { sure: 1 })).status, 404);

// --- edit ---
a = await M.get(`/people/${emilie}/edit`);
ok('the form has what is stored, escaped', a.status === 200 && a.body.includes('value="Gélinas"') && a.body.includes('un &lt;b&gt;chien') && a.body.includes('value="bénévole"'), a.body);
ok('contacts have no elector fields', !a.body.includes('set.elector_number') && a.body.includes('set.organization'), '');
const seen = () => hidden(a.body, 'seen');
let form = { seen: seen(), 'set.first_name': 'Émilie', 'set.last_name': 'Gélinas-Roy', 'set.birth_date': '1969-05-02', 'set.email': 'E@Example.org',
	'set.tags': 'bénévole, membre', 'set.civic_number': '12', 'set.street': 'Rue Aubert', 'set.city': 'laval', 'set.postal_code': 'h2x1y4', 'set.language': 'fr' };
h.clock(NOON + HOUR);
a = await M.post(`/people/${emilie}/edit`, form);
same('saving leads back to the record', [a.status, a.headers.location], [303, `/people/${emilie}?said=saved`]);
same('values are kept as an import would', sql(`SELECT last_name, birth_date, email, tags, postal_code, language, time_zone, city FROM person WHERE id = ${emilie}`)[0],
    ['Gélinas-Roy', '1969-05-02', 'e@example.org', 'bénévole|membre', 'H2X 1Y4', 'fr', 'America/Toronto', 'laval']);
same('notes that the form did not send stay', column(emilie, 'notes'), 'un <b>chien</b>');
ok('who changed what is in the audit, with the old and the new value', audit(emilie).includes('person.edit last_name: Gélinas -> Gélinas-Roy'), audit(emilie));
a = await M.get(`/people/${emilie}`);
ok('and on the record', a.body.includes('Who changed what') && a.body.includes('Last name: Gélinas -&gt; Gélinas-Roy') && a.body.includes('Marie'), a.body);
const mate = person({ last_name: 'Roy', first_name: 'Anne' });
a = await M.get(`/people/${mate}/edit`);
await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': 'Roy', 'set.civic_number': '12', 'set.street': 'RUE AUBERT', 'set.city': 'Laval' });
same('fact 132: an address typed here makes the household', column(mate, 'household_id') === column(emilie, 'household_id') && column(mate, 'household_id') !== 'NULL', true);
a = await M.get(`/people/${mate}/edit`);
same('notes as long as an import takes them can be saved here', [(await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': 'Roy', 'set.notes': 'é\r\n'.repeat(8000) })).status,
    h.one(`SELECT CHAR_LENGTH(notes) FROM person WHERE id = ${mate}`)], [303, '15999']);
a = await M.get(`/people/${mate}/edit`);
const long = await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': 'Roy', 'set.notes': 'x'.repeat(16001) });
ok('one letter more is refused beside the field, and nothing is lost', long.status === 422 && long.body.includes('id="notes-wrong"') && long.body.includes('x'.repeat(16001)) &&
    h.one(`SELECT CHAR_LENGTH(notes) FROM person WHERE id = ${mate}`) === '15999', `${long.status} ${long.body.match(/notes-wrong[^<]*<?[^<]*/)?.[0]}`);
a = await M.get(`/people/${mate}/edit`);
a = await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': 'Perdue', 'set.email': 'pas une adresse' });
ok('a wrong value comes again, beside its field, with all that was typed', a.status === 422 && a.body.includes('value="Perdue"') && a.body.includes('value="pas une adresse"') &&
    /id="email-wrong">[^<]+e-mail/.test(a.body), a.body);
a = await M.post(`/people/${mate}/edit`, { seen: 5, 'set.last_name': 'Perdue' });
ok('somebody else was faster: 409, and what was typed', a.status === 409 && a.body.includes('value="Perdue"') && column(mate, 'last_name') === 'Roy', a.status);
a = await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': 'Perdue' });
same('read and saved again it is meant', [a.status, column(mate, 'last_name')], [303, 'Perdue']);
a = await M.get(`/people/${mate}/edit`);
a = await M.post(`/people/${mate}/edit`, { seen: seen(), 'set.last_name': ' ', 'set.first_name': '' });
same('somebody has a name', a.status, 422);
same('a field that is none answers 400', (await M.post(`/people/${mate}/edit`, { seen: 1, 'set_x': 'y' })).status, 400);
same('fields that the form does not have cannot be forged', [(await M.post(`/people/${mate}/edit`, { seen: 1, 'set.has_voted': '1', 'set.donations_year': '' })).status,
    column(mate, 'has_voted')], [303, '0']);
const numbered = person({ last_name: 'Un', file_number: 'A1' }), second = person({ last_name: 'Deux' });
a = await M.get(`/people/${numbered}/edit`);
await M.post(`/people/${numbered}/edit`, { seen: seen(), 'set.file_number': 'A2' });
a = await M.get(`/people/${second}/edit`);
a = await M.post(`/people/${second}/edit`, { seen: seen(), 'set.file_number': 'a2' });
ok("another person's number is refused", a.status === 422 && column(second, 'file_number') === 'NULL', a.status);

a = await M.get(`/people/${elector}/edit`);
await M.post(`/people/${elector}/edit`, { seen: seen(), 'set.first_name': 'Emilie', 'set.last_name': 'gelinas', 'set.polling_subdivision': '12', 'set.elector_number': '7', 'set.advance_vote': 'oui' });
same('fact 69: who is said to have voted in advance has voted', [column(elector, 'has_voted'), audit(elector).some((line) => line.startsWith('person.voted'))], ['1', true]);

// --- numbers, and the lists they stand on ---
const op = h.operation(org, marie, { name: 'Relance' }), past = h.operation(org, marie, { name: 'Passée' });
const entry = (operation, id, e164) => {
	sql(`UPDATE queue_tally SET ready = ready + 1 WHERE operation_id = ${operation} AND shard = 0`);
	return h.add('entry', { operation_id: operation, person_id: id, due_at: NOON - DAY, e164, loaded_at: NOON - DAY });
};
const first = entry(op, emilie, '+14385550001');
const state = (id) => sql(`SELECT state, e164 FROM entry WHERE id = ${id}`)[0];
const numbers = (id) => sql(`SELECT e164, kind, state FROM phone WHERE person_id = ${id} ORDER BY position, id`).map((r) => r.join(' '));
const phone = (id, e164) => h.one(`SELECT id FROM phone WHERE person_id = ${id} AND e164 = '${e164}'`);
const act = (id, fields) => M.post(`/people/${id}/phones`, fields);
await M.get(`/people/${emilie}/edit`);
same('a number is added as people write it', [(await act(emilie, { do: 'add', number: '(418) 555-0009 poste 22', number_kind: 'work' })).status, numbers(emilie)[2]],
    [303, '+14185550009 work ok']);
a = await act(emilie, { do: 'add', number: '12', number_kind: 'work' });
ok('one that is none is refused and shown again', a.status === 422 && a.body.includes('value="12"') && a.body.includes('id="number-wrong"'), a.body);
same('the same one twice stays one', [(await act(emilie, { do: 'add', number: '418 555-0009', number_kind: 'work' })).status, numbers(emilie).length], [303, 3]);
await act(emilie, { do: 'first', number_id: phone(emilie, '+14185550009') });
same('the order', numbers(emilie).map((n) => n.slice(0, 12)), ['+14185550009', '+14385550001', '+15145550002']);
same('who waits for a number that is still fine keeps it', state(first), ['ready', '+14385550001']);
await act(emilie, { do: 'save', number_id: phone(emilie, '+14385550001'), number_kind: 'cell', number_state: 'wrong' });
same('a wrong number on one does not lose the others', [state(first), numbers(emilie)[1]], [['ready', '+14185550009'], '+14385550001 cell wrong']);
await act(emilie, { do: 'save', number_id: phone(emilie, '+14185550009'), number_kind: 'work', number_state: 'forbidden' });
same('a number that must not be called is not, the next one is', state(first), ['ready', '+15145550002']);
await act(emilie, { do: 'remove', number_id: phone(emilie, '+15145550002') });
same('nobody is left waiting without a number', state(first), ['removed', '+15145550002']);
same('promise 1: the counters follow', h.one(`SELECT SUM(ready) = 0 AND SUM(removed) = 1 FROM queue_tally WHERE operation_id = ${op}`), '1');
same('a number of somebody else is none of this record', (await act(emilie, { do: 'remove', number_id: phone(luc, '+14505550003') })).status, 404);
ok('each change is in the audit', ['phone.add', 'phone.first', 'phone.edit', 'phone.remove'].every((verb) => audit(emilie).some((line) => line.startsWith(verb))), audit(emilie));
await act(emilie, { do: 'save', number_id: phone(emilie, '+14185550009'), number_kind: 'work', number_state: 'ok' });

// --- an elector who is a contact ---
a = await M.get(`/people/${elector}/edit`);
ok('contacts of the same name or number are offered', a.body.includes(`/people/${luc}"`) && a.body.includes('same number') && !a.body.includes(`/people/${mate}"`), a.body);
same('linking', (await M.post(`/people/${elector}/link`, { contact: luc })).status, 303);
ok('both records show it', (await M.get(`/people/${elector}`)).body.includes('among the contacts') && (await M.get(`/people/${luc}`)).body.includes('among the electors'));
same('a contact has no contact', (await M.post(`/people/${luc}/link`, { contact: emilie })).status, 404);
same('nobody of another organisation', (await M.post(`/people/${elector}/link`, { contact: h.add('person', { organisation_id: other, kind: 'contact', created_at: 1, updated_at: 1 }) })).status, 404);
same('and apart again', [(await M.post(`/people/${elector}/link`, { contact: 0 })).status, column(elector, 'contact_id')], [303, 'NULL']);
await M.post(`/people/${elector}/link`, { contact: luc });

// --- calls outside operations ---
const number = phone(luc, '+14505550003');
a = await M.get(`/people/${luc}`);
ok('fact 124: the numbers of a record can be clicked', a.body.includes(`href="/people/${luc}/call?call=${number}"`), a.body);
a = await M.get(`/people/${luc}/call?from=list`);
ok('fact 122: cancel, this time only, don\'t ask again', a.status === 200 && a.body.includes('450 555-0003') && a.body.includes('href="/contacts">Cancel') &&
    a.body.includes('This time only') && a.body.includes('Don&#39;t ask again') | a.body.includes("Don't ask again"), a.body);
ok('fact 129: the same in French', (await P.get(`/people/${luc}/call`)).body.includes('Cette fois-ci seulement'));
a = await M.post(`/people/${luc}/call`, { call: number, choice: 'once' });
same('this time only opens the record with the call', [a.status, a.headers.location], [303, `/people/${luc}?call=${number}`]);
a = await M.get(`/people/${luc}?call=${number}`);
ok('fact 124: the number to dial, notes and how it went on the record', a.body.includes('href="tel:+14505550003"') && a.body.includes('name="note"') && a.body.includes('value="no_answer"'), a.body);
ok('what only means a list is not offered', !a.body.includes('value="remove"'), '');
let call = { call: number, form_key: hidden(a.body, 'form_key'), begun: hidden(a.body, 'begun') };
a = await M.post(`/people/${luc}/calls`, { ...call, note: 'sera <là>', status: 'nonsense' });
ok('a status that is none comes again with the note', a.status === 422 && a.body.includes('sera &lt;là&gt;') && a.body.includes(call.form_key), a.status);
same('a forged key is refused', (await M.post(`/people/${luc}/calls`, { ...call, form_key: '0'.repeat(32), status: 'completed' })).status, 403);
same("another user's key is refused", (await P.get(`/people/${luc}`), await P.post(`/people/${luc}/calls`, { ...call, status: 'completed' })).status, 403);
h.clock(NOON + 2 * HOUR);
for (let i = 0; i < 2; i++)
	same('saving the call', (await M.post(`/people/${luc}/calls`, { ...call, note: 'sera <là>', status: 'completed' })).headers.location, `/people/${luc}?said=called`);
same('fact 125: one attempt without an operation, sent twice or not', sql(`SELECT operation_id, entry_id, user_id, e164, status, note, time_zone, saved_at - started_at > 0 FROM attempt WHERE person_id = ${luc}`),
    [['NULL', 'NULL', String(marie.id), '+14505550003', '16', 'sera <là>', 'America/Toronto', '1']]);
a = await M.get(`/people/${luc}`);
ok('fact 125: in the history, outside operations', a.body.includes('sera &lt;là&gt;') && a.body.includes('outside operations'), a.body);
await M.post(`/people/${luc}/call`, { call: number, choice: 'always' });
a = await M.get(`/people/${luc}/call?call=${number}`);
same("fact 122: don't ask again does not ask again", [a.status, a.headers.location], [303, `/people/${luc}?call=${number}`]);
same('it is a choice of each user', (await P.get(`/people/${luc}/call?call=${number}`)).status, 200);
ok('and can be taken back', (await M.get(`/people/${luc}?call=${number}`)).body.includes('Ask me again'));
await M.post(`/people/${luc}/call`, { call: number, choice: 'ask' });
same('asked again', (await M.get(`/people/${luc}/call?call=${number}`)).status, 200);
const waiting = entry(op, luc, '+14505550003');
h.add('phone', { person_id: luc, position: 2, kind: 'cell', e164: '+14505550004' });
const manual = async (status) => {
	const page = await M.get(`/people/${luc}?call=${number}`);
	return M.post(`/people/${luc}/calls`, { call: number, form_key: hidden(page.body, 'form_key'), begun: hidden(page.body, 'begun'), status });
};
await manual('wrong_number');
same('a wrong number found by hand counts on the lists', [state(waiting), numbers(luc)[0]], [['ready', '+14505550004'], '+14505550003 home wrong']);
h.clock(NOON + 2 * HOUR + 1e6);
await manual('dnc');
same('fact 134: do not call again, from a record, at once', [column(luc, 'calls_forbidden'), h.one("SELECT COUNT(*) FROM suppression WHERE e164 = '+14505550003'")], ['1', '1']);
a = await M.get(`/people/${luc}`);
ok('then nothing can be clicked', !a.body.includes('/call?call='), a.body);
ok('the question says why', (await M.get(`/people/${luc}/call?call=${number}`)).body.includes('must not be called'));
same('and the server refuses', (await M.post(`/people/${luc}/call`, { call: number, choice: 'once' })).status, 409);

a = await M.get(`/people/${luc}/edit`);
a = await M.post(`/people/${luc}/edit`, { seen: seen(), 'set.last_name': 'Gélinas' });
same('fact 134: what somebody asked for is not taken back by a box', [a.status, column(luc, 'calls_forbidden')], [409, '1']);

// --- fields of the organisation's own ---
same('fact 128: an agent gets 403 on the fields', (await L.get('/people/fields')).status, 403);
await M.get('/people/fields');
for (const [name, field_form] of [['Véhicule', 'text'], ['Enfants', 'number'], ['Rencontré', 'date'], ['Affiche', 'yes']])
	same(`a field that holds a ${field_form}`, (await M.post('/people/fields', { own_do: 'define', kind: 'contact', own_name: name, own_form: field_form })).status, 303);
a = await M.post('/people/fields', { own_do: 'define', kind: 'contact', own_name: 'vehicule', own_form: 'text' });
ok('one name is one field, whatever the accents', a.status === 422 && a.body.includes('value="vehicule"') && a.body.includes('There is a field of this name'), a.body);
same('a field needs a name', (await M.post('/people/fields', { own_do: 'define', kind: 'contact', own_name: ' ', own_form: 'text' })).status, 422);
const own = Object.fromEntries(sql('SELECT name, id FROM custom_field'));
a = await M.get(`/people/${luc}/edit`);
ok('they stand on the form of contacts', a.body.includes('Véhicule') && a.body.includes(`custom.${own.Enfants}`), a.body);
ok('not on that of electors', !(await M.get(`/people/${elector}/edit`)).body.includes('Véhicule'));
a = await M.post(`/people/${luc}/custom`, { [`custom.${own['Véhicule']}`]: '<camion>', [`custom.${own.Enfants}`]: 'deux', [`custom.${own['Rencontré']}`]: '2026-02-30' });
ok('values have the form of their field', a.status === 422 && a.body.includes('value="deux"') && a.body.includes('&lt;camion&gt;') && a.body.includes('value="2026-02-30"'), a.body);
same('nothing was stored', h.one('SELECT COUNT(*) FROM custom_value'), '0');
same('good ones are kept', (await M.post(`/people/${luc}/custom`, { [`custom.${own['Véhicule']}`]: '<camion>', [`custom.${own.Enfants}`]: '2', [`custom.${own['Rencontré']}`]: '2026-02-28', [`custom.${own.Affiche}`]: '1' })).status, 303);
a = await M.get(`/people/${luc}`);
ok('and shown on the record, with who filled them in', a.body.includes('&lt;camion&gt;') && a.body.includes('2026-02-28') && a.body.includes('Enfants:  -&gt; 2'), a.body);
await M.post(`/people/${luc}/custom`, { [`custom.${own.Enfants}`]: '' });
same('emptied', h.one('SELECT COUNT(*) FROM custom_value'), '3');
same("another organisation's field is not to be put away", (await E.get('/people/fields'), await E.post('/people/fields', { own_do: 'away', own_field: own.Affiche })).status, 404);
await M.post('/people/fields', { own_do: 'away', own_field: own.Affiche });
ok('a field put away leaves the forms', !(await M.get(`/people/${luc}/edit`)).body.includes('Affiche') && h.one(`SELECT COUNT(*) FROM custom_value WHERE field_id = ${own.Affiche}`) === '1');
await M.post('/people/fields', { own_do: 'back', own_field: own.Affiche });
ok('and comes back with what was filled in', (await M.get(`/people/${luc}/edit`)).body.includes('<option value="1" selected>'));

// --- everything known ---
const survey = h.survey(org), attempt = h.add('attempt', { operation_id: past, person_id: luc, user_id: lea.id, e164: '+14505550003', status: 16,
    time_zone: 'America/Toronto', started_at: NOON, saved_at: NOON, form_key: Buffer.alloc(16, 9), note: '=1+1', next_e164: '' });
sql(`INSERT INTO answer (attempt_id, question_id, choice_id, text) VALUES (${attempt}, ${survey.question}, ${survey.choices[2]}, 'mot à mot')`);
ok('domain 5.6: the record shows what was answered', (await M.get(`/people/${luc}`)).body.includes('Indécis'));
a = await M.get(`/people/${luc}/copy.json`);
ok('a copy as JSON, as a file', a.headers['content-disposition'].includes('attachment') && a.json.fields.last_name === 'Gélinas' && a.json.phones.length === 2 &&
    a.json.calls.length === 4 && a.json.answers[0].answer === 'Indécis' && a.json.changes.length > 0 && a.json.linked_to === 'Emilie gelinas' && a.json.own_fields['Véhicule'] === '<camion>', a.body);
a = await P.get(`/people/${luc}/copy.csv`);
ok('fact 127: a copy for Excel, neutralised', a.raw.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) && a.body.includes('Gélinas') && a.body.includes('Indécis') && a.body.includes('<camion>') && !/(^|;)"?[=+@]/m.test(a.body), a.body);

// --- who looked at whom ---
same('the log is not for organisers', (await M.get('/people/log')).status, 403);
a = await P.get('/people/log');
ok('each look and each copy is in the log of the owner', a.status === 200 && a.body.includes('Marie') && a.body.includes('copie complète') && a.body.includes('Luc Gélinas'), a.body);
const looks = () => Number(h.one("SELECT COUNT(*) FROM audit WHERE verb = 'person.reveal'"));
let before = looks();
await M.get(`/people/${emilie}`);
same('one row for a look', looks(), before + 1);
await M.get('/people/99999');
await L.get(`/people/${emilie}`);
await E.get(`/people/${emilie}`);
same('none for what was not shown', looks(), before + 1);

// --- erase ---
sql(`UPDATE entry SET state = 'held', band = 8 WHERE id = ${waiting}`);
sql(`INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at) VALUES (${lea.id}, ${op}, ${waiting}, ${luc}, '+14505550004', 1, 2, 'ready', 3, 1)`);
sql(`UPDATE queue_tally SET ready = ready - 1, held = held + 1 WHERE operation_id = ${op} AND shard = 0`);
a = await M.get(`/people/${luc}/erase`);
ok('erasing says what goes and what stays', a.status === 200 && a.body.includes('cannot be undone') && a.body.includes('do-not-call'), a.body);
same('not without the tick', (await M.post(`/people/${luc}/erase`, {})).status, 422);
same('not while an agent is with them', [(await M.post(`/people/${luc}/erase`, { sure: 1 })).status, column(luc, 'last_name')], [409, 'Gélinas']);
sql(`DELETE FROM hold; UPDATE entry SET state = 'ready', band = 3 WHERE id = ${waiting}; UPDATE queue_tally SET ready = ready + 1, held = held - 1 WHERE operation_id = ${op} AND shard = 0`);
a = await M.post(`/people/${luc}/erase`, { sure: 1 });
same('erasing leads to the list', [a.status, a.headers.location], [303, '/contacts']);
same('the record is gone', (await M.get(`/people/${luc}`)).status, 404);
same('no name, number, note or word of theirs is left', [h.one(`SELECT COUNT(*) FROM person WHERE id = ${luc} AND last_name <> ''`), h.one(`SELECT COUNT(*) FROM phone WHERE person_id = ${luc}`),
    h.one(`SELECT COUNT(*) FROM attempt WHERE person_id = ${luc} AND (e164 <> '' OR note <> '')`), h.one(`SELECT COUNT(*) FROM answer WHERE attempt_id = ${attempt} AND text <> ''`),
    h.one(`SELECT COUNT(*) FROM audit WHERE object_id = ${luc} AND object = 'person' AND verb <> 'person.reveal' AND detail <> ''`), h.one(`SELECT COUNT(*) FROM entry WHERE person_id = ${luc} AND e164 <> ''`)],
    ['0', '0', '0', '0', '0', '0']);
same('nor a value of the own fields', h.one(`SELECT COUNT(*) FROM custom_value WHERE person_id = ${luc}`), '0');
same('calls stay as numbers without a person', h.one(`SELECT COUNT(*) FROM attempt WHERE person_id = ${luc}`), '4');
same('the suppression stays, for every number of somebody who must not be called', h.one("SELECT COUNT(*) FROM suppression WHERE e164 IN ('+14505550003', '+14505550004') AND person_id IS NULL"), '2');
same('off the lists, counted', [h.one(`SELECT state FROM entry WHERE id = ${waiting}`), h.one(`SELECT SUM(ready) = 0 AND SUM(removed) = 2 FROM queue_tally WHERE operation_id = ${op}`)], ['removed', '1']);
same('the elector is still there, linked to nobody', column(elector, 'contact_id'), 'NULL');
ok('the log keeps who looked', (await P.get('/people/log')).body.includes('effacée'));
same('twice is not found', (await M.post(`/people/${luc}/erase`, { sure: 1 })).status, 404);

// --- permission given back: the audit of the lists still holds ---
a = await M.get(`/people/${emilie}/edit`);
const gone = entry(past, emilie, '+14185550009');
await M.post(`/people/${emilie}/edit`, { seen: seen(), calls_forbidden: 1 });
sql(`UPDATE entry SET state = 'removed', band = 9, reason = 20 WHERE id = ${gone}; UPDATE queue_tally SET ready = ready - 1, removed = removed + 1 WHERE operation_id = ${past} AND shard = 0`);
a = await M.get(`/people/${emilie}/edit`);
ok('the box is ticked', /name="calls_forbidden" value="1" checked/.test(a.body), '');
await M.post(`/people/${emilie}/edit`, { seen: seen() });
same('given back', column(emilie, 'calls_forbidden'), '0');
sql('DELETE FROM attempt WHERE operation_id IS NOT NULL; DELETE FROM answer_tally; DELETE FROM call_tally');	/* this test's own, which no other tally knows */
const run = spawnSync(path.join(build, 'bin', 'tocsin'), ['audit'], { encoding: 'utf8' });
ok('promises 1 to 3: tocsin audit finds no difference', run.status === 0, run.stdout + run.stderr);
ok('no number and no name is in the log', !/555000\d|Gélinas/.test(area.log()), '');
await done();
