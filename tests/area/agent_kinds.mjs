// Every kind of question on the agent's page: scale, day, corrections of the record; the questionnaire moved on meanwhile;
// texts of every kind, 10,000 characters (facts 77, 79, 81, 110).
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, hidden, NOON, MINUTE } from './house.mjs';

const h = house(sql);
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), owner = h.user(org, 'Marie', 'organiser'), lea = h.user(org, 'Léa', 'volunteer', 'fr');
const version = h.add('survey_version', { survey_id: h.add('survey', { organisation_id: org, name: 'S', created_at: NOON }), number: 1, created_at: NOON });
const ask = (position, kind, en, more = {}) => h.add('question', { version_id: version, stable_id: position, position, kind, text_en: en, text_fr: en, ...more });
const choice = (question, position, text, next = 0) => h.add('choice', { question_id: question, stable_id: question * 100 + position, position, text_en: text, text_fr: text, next });
const scale = ask(1, 'scale', 'How likely?', { required: 1 });
const numbers = Array.from({ length: 11 }, (_, v) => choice(scale, v + 1, v === 0 ? '0 – Not at all' : v === 10 ? '10 – Very' : String(v), v < 7 ? 6 : 0));
const day = ask(2, 'date', 'Which day?', { required: 1 }), mail = ask(3, 'field_update', 'Your address?', { field: 'email' });
const tongue = ask(4, 'field_update', 'Your language?', { field: 'language' }), closed = ask(5, 'field_update', 'Your nationality?', { field: 'nationality' });
const notes = ask(6, 'text_long', 'Notes?');
const op = h.operation(org, owner, { survey: { version }, version: 'specialized' }), page = `/agent/${op}`;
h.member(op, lea);
const people = h.people(org, op, 6, (k) => ({ email: `p${k}@example.org`, nationality: 'Secretland', language: 'fr' }));
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'email', 1, 'editable', 0), (${op}, 'language', 2, 'editable', 0),
    (${op}, 'nationality', 3, 'hidden', 0)`.replace('\n', ' '));
const L = agent.visitor(lea.cookies);
const at = (body) => Number(hidden(body, 'question'));
const answer = (f, question, fields) => L.post(`${page}/answer`, { ...f, question, go: 'next', ...fields });
const person = (entry, column) => h.one(`SELECT p.${column} FROM person p JOIN entry e ON e.person_id = p.id WHERE e.id = ${entry}`);
const said = (entry) => sql(`SELECT n.position, IFNULL(c.text_en, a.text) FROM attempt t JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id
    LEFT JOIN choice c ON c.id = a.choice_id WHERE t.entry_id = ${entry} ORDER BY 1`.replace('\n', ' ')).map((r) => r.join(':'));
let a, f;
const begin = async () => {
	a = await L.get(page);
	if (!callForm(a.body).entry) {
		await L.post(`${page}/next`);
		a = await L.get(page);
	}
	f = callForm(a.body);
	a = await L.post(`${page}/answer`, { ...f, go: 'start' });
	return f;
};

// --- a whole conversation ---
await L.get(page);
await begin();
ok('a scale shows its numbers, the ends in words; a digit is its own number', a.body.includes('choices-scale') && a.body.includes('0 – Not at all') && a.body.includes('10 – Very') &&
	a.body.includes(`data-key="0" value="${numbers[0]}"`) && a.body.includes(`data-key="9" value="${numbers[9]}"`) && !a.body.includes('data-key="10"'), a.body);
same('it must be answered', (await answer(f, scale, {})).status, 422);
a = await answer(f, scale, { answer: numbers[8] });
same('fact 110: 8 goes on', at(a.body), day);
for (const wrong of ['2026-02-30', 'tomorrow', ''])
	same(`${wrong || 'nothing'} is no day`, (await answer(f, day, { said: wrong })).status, 422);
a = await answer(f, day, { said: '2026-12-02' });
ok('a correction shows what the record says', at(a.body) === mail && /name="said"[^>]*value="p\d@example\.org"/.test(a.body), a.body);
a = await answer(f, mail, { said: 'no address' });
ok('it is checked as the record would, beside the field, and stays', a.status === 422 && a.body.includes('question-wrong') && a.body.includes('value="no address"'), a.body);
a = await answer(f, mail, { said: 'New@Example.ORG' });
same('then the next', at(a.body), tongue);
ok('a language is picked', a.body.includes('name="said" value="fr" checked') && a.body.includes('name="said" value="en"'), a.body);
same('a language that is none', (await answer(f, tongue, { said: 'tlh' })).status, 422);
same('nothing is in the record before the call is saved', [person(f.entry, 'email').startsWith('p'), person(f.entry, 'language')], [true, 'fr']);
a = await answer(f, tongue, { said: 'en' });
ok('fact 77: a field that the operation does not open is only read out', at(a.body) === closed && !a.body.includes('name="said"') && !a.body.includes('Secretland'), a.body);
a = await answer(f, closed, { said: 'Forged' });
a = await answer(f, notes, { said: '<b>"שלום" 👩🏽‍🚒 é</b>' });
ok('at the end', a.body.includes('name="end" value="1"'), a.body);
a = await L.post(`${page}/save`, { ...f, end: '1', status: 'completed' });
same('saved', a.status, 200);
same('fact 79: with the call, the record is corrected, as the record writes it', [person(f.entry, 'email'), person(f.entry, 'language')], ['new@example.org', 'en']);
same('fact 77: what is not open is not', person(f.entry, 'nationality'), 'Secretland');
same('fact 81: with a row each in the audit', sql(`SELECT detail FROM audit WHERE verb = 'person.edit' ORDER BY id`).map(([d]) => d.replace(/p\d/, 'p')),
	['email: p@example.org -> new@example.org', 'language: fr -> en']);
same('the answers are those of the path', said(f.entry).filter((t) => !t.startsWith('5:')), ['1:8', '2:2026-12-02', '3:New@Example.ORG', '4:en', '6:<b>"שלום" 👩🏽‍🚒 é</b>']);
a = await L.post(`${page}/save`, { ...f, end: '1', status: 'completed' });
same('the same form again changes nothing', h.one("SELECT COUNT(*) FROM audit WHERE verb = 'person.edit'"), '2');

// --- the short branch: a correction that the path left is none ---
await begin();
const short = f;
await answer(f, scale, { answer: numbers[9] });
await answer(f, day, { said: '2026-12-03' });
await answer(f, mail, { said: 'left@example.org' });
await L.post(`${page}/back`, { ...f, question: tongue });
await L.post(`${page}/back`, { ...f, question: mail });
await L.post(`${page}/back`, { ...f, question: day });
a = await answer(f, scale, { answer: numbers[3] });
same('fact 110: 3 leads to the notes', at(a.body), notes);
for (const [what, text, status] of [['10,000 characters are too many', 'x'.repeat(10000), 422], ['4,000 fit', 'é'.repeat(4000), 200]])
	same(what, (await answer(f, notes, { said: text })).status, status);
await L.post(`${page}/save`, { ...f, end: '1', status: 'completed' });
ok('fact 111: what was said on the way that was left corrects nothing', person(short.entry, 'email') !== 'left@example.org' && said(short.entry).length === 2, said(short.entry).join());

// --- the operation moves on while they talk ---
await begin();
const old = f;
await answer(f, scale, { answer: numbers[2] });
const second = h.add('survey_version', { survey_id: h.one('SELECT id FROM survey LIMIT 1'), number: 2, created_at: NOON });
h.add('question', { version_id: second, stable_id: 6, position: 1, kind: 'text_long', text_en: 'Only notes now', text_fr: 'Only notes now' });
sql(`UPDATE operation SET survey_version_id = ${second}, revision = revision + 1 WHERE id = ${op}`);
a = await L.get(page);
same('fact 40: who talks goes on with the version they began with', at(a.body), notes);
a = await answer(f, notes, { said: 'finished on the old one' });
await L.post(`${page}/save`, { ...f, end: '1', status: 'completed' });
same('and saves it as such', [said(old.entry), h.one(`SELECT survey_version_id FROM attempt WHERE entry_id = ${old.entry}`)], [['1:2', '6:finished on the old one'], String(version)]);
await begin();
ok('the next conversation is the new version', a.body.includes('Only notes now'), a.body);
await done();
