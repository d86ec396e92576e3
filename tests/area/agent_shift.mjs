// A volunteer's shift through the socket, in both versions: several questions in one window, one call for a couple,
// appointments that are kept, corrections of numbers, undo, breaks, two windows, hostile texts; and after every answer of
// the server a search for what must not leave it.
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, undoForm, hidden, NOON, HOUR, MINUTE } from './house.mjs';

const h = house(sql);
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation();
const owner = h.user(org, 'Marie', 'organiser');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer', 'en');
const survey = h.survey(org);
const more = [['yes_no', 'Un transport?'], ['multiple_choice', 'Quels enjeux?'], ['text_short', 'Une remarque?'], ['number', 'Combien?']]
	.map(([kind, text_fr], i) => h.add('question', { version_id: survey.version, stable_id: 50 + i, position: 2 + i, kind, text_fr }));
const [ride, issues, remark, many] = more;
const choices = (q, ...texts) => texts.map((text_fr, i) => h.add('choice', { question_id: q, stable_id: 1000 * q + i, position: i + 1, text_fr }));
const rides = choices(ride, 'Oui', 'Non'), issue = choices(issues, 'Santé', 'Écoles', 'Logement');
const op = h.operation(org, owner, { survey });
h.member(op, lea); h.member(op, bob);
const page = `/agent/${op}`;
const L = agent.visitor(lea.cookies), B = agent.visitor(bob.cookies);

// --- what must not leave the server: a value of each hidden field, in every answer of this file ---
const SECRET = ['Secretland', 'secret@example.org', '1950-01-31', '31 janvier 1950', '31 January 1950', 'SECRETNOTE', 'SECRETTAG', 'SecretOrg', 'F-SECRET',
	'+14505559', '450 555-9', '777.25', '777,25', 'SECRETOWN', 'Cote'];
const leaks = [];
for (const v of [L, B])
	for (const verb of ['get', 'post']) {
		const plain = v[verb].bind(v);
		v[verb] = async (...args) => {
			const a = await plain(...args);
			for (const s of SECRET)
				if (a.raw.includes(s) || JSON.stringify(a.headers).includes(s)) leaks.push(`${verb} ${args[0]}: ${s}`);
			return a;
		};
	}
const people = h.people(org, op, 24, (k) => ({ nationality: `Secretland${k}`, email: 'secret@example.org', birth_date: '1950-01-31', notes: 'SECRETNOTE',
	tags: 'SECRETTAG', organization: 'SecretOrg', file_number: `F-SECRET${k}`, donations_year: 777.25, civic_number: '1' }));
for (const p of people)
	h.add('phone', { person_id: p.person, position: 2, kind: 'work', e164: `+14505559${String(p.person).padStart(3, '0')}` });
/* The organisation's own fields: one shown and highlighted, one hidden. */
const own = (name, form, value) => { const id = h.add('custom_field', { organisation_id: org, kind: 'contact', form, name, created_at: NOON });
	for (const p of people) h.add_value(p.person, id, value);
	return id; };
const shown = own('Pancarte', 'yes', '1'), seen = own('Rencontré le', 'date', '2026-03-01'), hidden_own = own('Cote', 'text', 'SECRETOWN');
const hide = (id) => sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) SELECT ${id}, f, 10, 'hidden', 0 FROM (SELECT 'nationality' f
	UNION SELECT 'email' UNION SELECT 'birth_date' UNION SELECT 'notes' UNION SELECT 'tags' UNION SELECT 'organization' UNION SELECT 'file_number'
	UNION SELECT 'donations_year' UNION SELECT 'phone_work') x`.replaceAll('\n', ' '));
hide(op);
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'phone_home', 1, 'editable', 0), (${op}, 'phone_cell', 2, 'editable', 1)`);
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'own-${shown}', 30, 'visible', 1), (${op}, 'own-${seen}', 31, 'visible', 0),
	(${op}, 'own-${hidden_own}', 32, 'hidden', 0)`.replace('\n', ' '));
sql(`INSERT INTO operation_question VALUES (${op}, 50), (${op}, 51), (${op}, 52), (${op}, 53)`);
const at_home = (entries, id) => sql(`UPDATE person p JOIN entry e ON e.person_id = p.id SET p.household_id = ${id}, e.household_id = ${id} WHERE e.id IN (${entries})`);
const attempts = (where = '1') => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND ${where}`));
const save = (v, f, fields) => v.post(`${page}/save`, { ...f, ...fields });
const whose = (f) => people.find((p) => String(p.entry) === f.entry);
const state = (entry) => h.one(`SELECT state FROM entry WHERE id = ${entry}`);
let a, f, r;

// --- several questions in the one window ---
await L.get(page);
await L.post(`${page}/next`);
a = await L.get(page);
f = callForm(a.body);
ok('fact 108: all chosen questions are in the one window, in their order', ['Peut-on compter', 'Un transport?', 'Quels enjeux?', 'Une remarque?', 'Combien?']
    .every((text, i, all) => a.body.includes(text) && (i === 0 || a.body.indexOf(all[i - 1]) < a.body.indexOf(text))), a.body);
ok('facts 72, 73: the organisation\'s own fields: shown, highlighted, in order', /<dt>Pancarte<\/dt><dd class="lit">Oui<.*<dt>Rencontré le<\/dt><dd>1er mars 2026</s.test(a.body), a.body);
ok('the page stays under 30 kB', a.raw.length < 30000, a.raw.length);
r = await save(L, f, { status: 'completed', answer: survey.choices[0], [`answers.${ride}`]: rides[0], [`answers.${issues}`]: [issue[0], issue[2]],
    [`texts.${many}`]: 'beaucoup' });
ok('an answer that does not fit comes back beside its question, all others kept', r.status === 422 && r.body.includes(`id="question-${many}-wrong"`) &&
    r.body.includes('value="beaucoup"') && r.body.includes(`value="${issue[2]}" checked`), r.body);
r = await save(L, f, { status: 'completed', answer: survey.choices[0], [`answers.${ride}`]: rides, [`texts.${many}`]: '2' });
ok('two answers to yes or no are refused', r.status === 422 && r.body.includes(`id="question-${ride}-wrong"`), r.status);
r = await save(L, f, { status: 'completed', answer: survey.choices[0], [`answers.${ride}`]: survey.choices[1] });
ok('an answer of another question is refused', r.status === 422 && attempts() === 0, r.status);
r = await save(L, f, { status: 'completed', answer: survey.choices[0], [`answers.${ride}`]: rides[0], [`answers.${issues}`]: [issue[0], issue[2]],
    [`texts.${remark}`]: '<script>alert(1)</script> "«é»" שלום 🙂', [`texts.${many}`]: '2,5' });
same('every answer is stored with its question', sql(`SELECT a.question_id, IFNULL(a.choice_id, 0), a.text FROM answer a JOIN attempt t ON t.id = a.attempt_id
	WHERE t.entry_id = ${f.entry} ORDER BY a.question_id, a.position`.replace('\n', ' ')).map((row) => row.join('|')),
    [`${survey.question}|${survey.choices[0]}|`, `${ride}|${rides[0]}|`, `${issues}|${issue[0]}|`, `${issues}|${issue[2]}|`,
	`${remark}|0|<script>alert(1)</script> "«é»" שלום 🙂`, `${many}|0|2,5`]);

// --- undo ---
ok('the page after a save offers to take it back for a minute', undoForm(r.body).undo?.startsWith(`${f.entry}-`) && r.body.includes('Enregistré'), r.body);
const saved = undoForm(r.body), afterwards = callForm(r.body);
const hostile = await B.post(`${page}/undo`, saved);
ok('another agent cannot', hostile.status >= 400 && hostile.status < 500 && attempts() === 1, hostile.status);
r = await L.post(`${page}/undo`, saved);
ok('undo: the same person again, with all that was answered', r.status === 200 && callForm(r.body).entry === f.entry &&
    r.body.includes(`value="${issue[2]}" checked`) && r.body.includes('value="2,5"') && r.body.includes('&lt;script&gt;alert(1)') && !r.body.includes('<script>alert'), r.body);
same('undo: nothing is rewritten, who came next is back on the list', [attempts(`entry_id = ${f.entry}`), state(afterwards.entry), state(f.entry)], [2, 'ready', 'held']);
r = await L.post(`${page}/undo`, saved);
same('undo sent twice: once', [r.status, attempts(`entry_id = ${f.entry}`), callForm(r.body).entry], [200, 2, f.entry]);
f = callForm(r.body);
r = await save(L, f, { status: 'refused', note: 'x'.repeat(10000) });
ok('a note of 10,000 characters is refused beside it, and every character kept', r.status === 422 && r.body.includes('note-wrong') && r.body.includes('x'.repeat(10000)), r.status);
const long = '"<b>é</b>" שלום 🙂 '.repeat(100).slice(0, 1900);
r = await save(L, f, { status: 'refused', note: long });
same('what fits is kept whole', h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${f.entry} AND CHAR_LENGTH(note) = ${[...long.trim()].length}`), '1');
h.clock(h.now + 61e6);
const late = await L.post(`${page}/undo`, undoForm(r.body));
ok('after the minute it stays, and so does the person of now', late.status === 409 && late.body.includes('minute') && callForm(late.body).entry === callForm(r.body).entry, late.body);
r = await save(L, callForm(late.body), { status: 'dnc' });
ok('“do not call again” is no slip: no way back is offered', undoForm(r.body).undo === null && r.status === 200, r.body);

// --- one call for a couple on one landline ---
f = callForm(r.body);
const mate = people.find((p) => state(p.entry) === 'ready');
h.add('household', { organisation_id: org, kind: 'contact', address_key: Buffer.alloc(16, 7) });
at_home(`${f.entry}, ${mate.entry}`, 1);
sql(`UPDATE entry SET e164 = '${whose(f).phone}' WHERE id = ${mate.entry}; UPDATE hold SET household_id = 1 WHERE entry_id = ${f.entry}`);
h.add('phone', { person_id: mate.person, position: 0, kind: 'home', e164: whose(f).phone });
a = await L.get(page);
ok('fact 119: who shares the number is offered for the same call', a.body.includes(`name="mate" value="${mate.entry}"`) && a.body.includes('Cet appel vaut aussi pour'), a.body);
r = await save(L, f, { status: 'nonsense', mate: mate.entry });
ok('a refused form keeps the tick', r.body.includes(`value="${mate.entry}" checked`), r.status);
const twice = await Promise.all([save(L, f, { status: 'no_answer', mate: mate.entry }), save(L, f, { status: 'no_answer', mate: mate.entry })]);
same('fact 117: both are called once, by two clicks', [attempts(`entry_id = ${f.entry}`), attempts(`entry_id = ${mate.entry}`), state(f.entry), state(mate.entry)],
    [1, 1, 'waiting', 'waiting']);
const pair = undoForm(twice[0].body);
same('undo knows both', pair.mate, [String(mate.entry)]);
r = await L.post(`${page}/undo`, pair);
same('and takes both back', [attempts(`entry_id = ${mate.entry}`), state(mate.entry)], [2, 'ready']);
f = callForm(r.body);
r = await save(L, f, { status: 'completed', answer: survey.choices[1], mate: mate.entry });
same('after a conversation the other one comes next', callForm(r.body).entry, String(mate.entry));
ok('with a word why', r.body.includes('Sur la même ligne'), r.body);
r = await save(L, callForm(r.body), { status: 'refused', mate: f.entry });
r = await L.post(`${page}/undo`, { undo: 'nonsense' });
same('a broken way back is refused', r.status, 400);
r = await L.get(page);
same('who has been called is not called again', attempts(`entry_id = ${f.entry}`), 3);	// no answer, taken back, completed

// --- numbers: another one, a wrong one, corrected ones (facts 75, 81, 82) ---
f = callForm(r.body);
const p = whose(f);
h.add('phone', { person_id: p.person, position: 3, kind: 'home', e164: '+15145550777' });
a = await L.get(page);
ok('the other number is there, with its button', a.body.includes('514 555-0777') && a.body.includes('value="+15145550777"'), a.body);
r = await L.post(`${page}/number`, { ...f, number: '+15145550777' });
a = await L.get(page);
ok('the agent chooses which is dialled', r.status === 303 && a.body.includes('href="tel:+15145550777"'), a.body);
same('not a number that is hidden or of somebody else', (await L.post(`${page}/number`, { ...f, number: '+15145551001' })).status, 404);
r = await save(L, f, { status: 'wrong_number' });
ok('second number after a wrong one: the same person at once, with a word', callForm(r.body).entry === f.entry && r.body.includes('noté comme mauvais') &&
    r.body.includes(`href="tel:${p.phone}"`), r.body);
f = callForm(r.body);
for (const [typed, why] of [['514 555', 'trop court'], ['514-CALL-NOW', 'lettres'], ['911', 'urgence']]) {
	r = await save(L, f, { status: 'no_answer', edit_phone_home: typed });
	ok(`fact 82: “${typed}” is refused beside its field, and kept`, r.status === 422 && r.body.includes('edit_phone_home-wrong') && r.body.includes(`value="${typed}"`) &&
	    attempts(`entry_id = ${f.entry}`) === 1, r.body.match(/edit_phone_home-wrong.*/)?.[0]);
}
same('fact 77: a number that is not editable is refused', (await save(L, f, { status: 'no_answer', edit_phone_work: '514 555 0001' })).status, 403);
r = await save(L, f, { status: 'no_answer', edit_phone_home: '(438) 555-0188 poste 7', edit_phone_cell: p.phone });
same('facts 75, 82: stored as +1 and ten digits, beside what was there', sql(`SELECT kind, e164, extension, state FROM phone WHERE person_id = ${p.person} AND kind <> 'work' ORDER BY position`),
    [['cell', p.phone, '', 'ok'], ['home', '+15145550777', '', 'wrong'], ['home', '+14385550188', '7', 'ok']]);
same('fact 81: with old and new value in the log', h.one(`SELECT detail FROM audit WHERE object_id = ${p.person} AND detail LIKE 'phone_home%'`), 'phone_home:  -> +14385550188 7');
same('what was not changed is not in the log', h.one(`SELECT COUNT(*) FROM audit WHERE object_id = ${p.person} AND detail LIKE 'phone_cell%'`), '0');

/* two cell phones, the second one dialled: what is offered for correction is the first, and unchanged it stays */
f = callForm(r.body);
h.add('phone', { person_id: whose(f).person, position: 4, kind: 'cell', e164: '+14385550199' });
await L.post(`${page}/number`, { ...f, number: '+14385550199' });
a = await L.get(page);
ok('the number offered for correction is the one that a correction changes', new RegExp(`name="edit_phone_cell"[^>]*value="514 555-${whose(f).phone.slice(-4)}"`).test(a.body), a.body);
r = await save(L, f, { status: 'no_answer', edit_phone_cell: whose(f).phone, edit_phone_home: '' });
same('sent as it was, nothing changes', [h.one(`SELECT COUNT(*) FROM audit WHERE object_id = ${whose(f).person} AND verb = 'person.edit'`),
    h.one(`SELECT COUNT(*) FROM phone WHERE person_id = ${whose(f).person} AND kind = 'cell'`)], ['0', '2']);

// --- an appointment that is kept ---
f = callForm(r.body);
r = await save(L, f, { status: 'call_back', keep: '1' });
ok('what is kept has a day and a time', r.status === 422 && r.body.includes('callback-wrong') && r.body.includes('name="keep" value="1" checked'), r.body);
r = await save(L, f, { status: 'call_back', callback_date: '2026-11-24', callback_time: '15:00', keep: '1' });
same('fact 116: the appointment, and for how long it is the agent\'s', sql(`SELECT callback_at, kept_minutes FROM attempt WHERE entry_id = ${f.entry}`)[0],
    [String(NOON + 2 * HOUR), '15']);
await save(L, callForm(r.body), { status: 'refused' });
h.clock(NOON + 2 * HOUR + MINUTE);
await B.get(page);
await B.post(`${page}/next`);
a = await B.get(page);
ok('it is not given to another agent', callForm(a.body).entry !== f.entry && callForm(a.body).entry !== null);
r = await L.post(`${page}/next`);
a = await L.get(page);
same('its agent gets it first', callForm(a.body).entry, f.entry);
f = callForm(a.body);

// --- break, two windows ---
r = await L.post(`${page}/break`);
a = await L.get(page);
ok('a break: nobody is held, and the page says so', r.status === 303 && a.body.includes('Vous êtes en pause') && state(f.entry) !== 'held', a.body);
same('it is recorded', sql(`SELECT started_at, ended_at FROM agent_break WHERE user_id = ${lea.id}`)[0], [String(h.now), 'NULL']);
await L.post(`${page}/break`);
same('twice is once', h.one(`SELECT COUNT(*) FROM agent_break WHERE user_id = ${lea.id}`), '1');
r = await save(L, f, { status: 'refused', note: 'fini de parler' });
ok('a call that was going on in another window is saved, and nobody else is given', attempts(`entry_id = ${f.entry} AND note = 'fini de parler'`) === 1 &&
    r.body.includes('Vous êtes en pause') && h.one(`SELECT COUNT(*) FROM hold WHERE user_id = ${lea.id}`) === '0', r.body);
h.clock(h.now + 5 * MINUTE);
await L.post(`${page}/next`);
same('it ends with the next call', h.one(`SELECT ended_at - started_at FROM agent_break WHERE user_id = ${lea.id}`), String(5 * MINUTE));
a = await L.get(page);
f = callForm(a.body);
const earlier = attempts(`entry_id = ${f.entry}`);
const [w1, w2] = await Promise.all([save(L, f, { status: 'no_answer' }), save(L, f, { status: 'hung_up' })]);
same('two windows on one person: the first save counts', [attempts(`entry_id = ${f.entry}`), w1.status, w2.status], [earlier + 1, 200, 200]);

// --- the hold expired while talking: saved, and the person is not called again ---
f = callForm((await L.get(page)).body);
h.clock(h.now + 30 * MINUTE);
await B.post(`${page}/next`);
r = await save(L, f, { status: 'refused', note: 'long' });
const counted = attempts(`entry_id = ${f.entry}`);
same('the save of an expired hold counts', [r.status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${f.entry} AND note = 'long'`)], [200, '1']);
for (let k = 0; k < 40; k++) {
	a = await L.get(page);
	if (callForm(a.body).entry === null) break;
	r = await save(L, callForm(a.body), { status: 'refused' });
}
same('and the person is not called again', attempts(`entry_id = ${f.entry}`), counted);

// --- the specialized version ---
const talk = h.pointage(org), q = talk.q;
const op2 = h.operation(org, owner, { survey: talk, version: 'specialized', name: 'Pointage 2026' });
h.member(op2, lea);
hide(op2);
const two = h.people(org, op2, 4, (k) => ({ nationality: `Secretland${k}`, email: 'secret@example.org', notes: 'SECRETNOTE', tags: 'SECRETTAG' }));
at_home(two.slice(0, 2).map((one) => one.entry), 1);
sql(`UPDATE entry SET e164 = '${two[0].phone}' WHERE id = ${two[1].entry}`);
h.clock(h.now + 60 * MINUTE);
const page2 = `/agent/${op2}`;
await L.post(`${page2}/next`);
a = await L.get(page2);
f = callForm(a.body);
ok('specialized: the card offers the couple', a.body.includes(`name="mate" value="${two[1].entry}"`), a.body);
await L.post(`${page2}/answer`, { ...f, go: 'start' });
a = await L.post(`${page2}/answer`, { ...f, question: q[1].id, go: 'next' });
ok('specialized: during the conversation nothing else is asked', !a.body.includes('name="mate"') && !a.body.includes('name="number"'));
await L.post(`${page2}/answer`, { ...f, question: q[2].id, go: 'next', answer: q[2].choices[2] });
a = await L.get(page2);
same('specialized: opened again it is where it was', hidden(a.body, 'question'), String(q.find((one) => one && a.body.includes(`value="${one.id}"`) && hidden(a.body, 'question') === String(one.id))?.id));
await L.post(`${page2}/answer`, { ...f, question: hidden(a.body, 'question'), go: 'end' });
r = await L.post(`${page2}/save`, { ...f, end: 1, status: 'hung_up', note: 'coupé' });
const stored = h.one(`SELECT COUNT(*) FROM answer a JOIN attempt t ON t.id = a.attempt_id WHERE t.entry_id = ${f.entry}`);
ok('specialized: saved, with the way back', undoForm(r.body).undo?.startsWith(`${f.entry}-`) && stored === '1', r.body);
r = await L.post(`${page2}/undo`, undoForm(r.body));
ok('specialized: taken back, what was answered is still there', callForm(r.body).entry === f.entry && r.body.includes('toujours là') && r.body.includes('coupé'), r.body);
f = callForm(r.body);
a = await L.post(`${page2}/answer`, { ...f, go: 'start' });
a = await L.post(`${page2}/answer`, { ...f, question: hidden(a.body, 'question'), go: 'end' });
r = await L.post(`${page2}/save`, { ...f, end: 1, status: 'no_answer', mate: two[1].entry });
same('specialized: one call for two', sql(`SELECT COUNT(*), COUNT(DISTINCT entry_id) FROM attempt WHERE operation_id = ${op2} AND status = 8`)[0], ['2', '2']);

/* the browser is killed after each question: opened again, it is at the next one */
await L.post(`${page2}/next`);
a = await L.get(page2);
f = callForm(a.body);
a = await L.post(`${page2}/answer`, { ...f, go: 'start' });
const survived = [];
for (let steps = 0; steps < 20 && hidden(a.body, 'question') !== null; steps++) {
	const one = q.find((n) => n && String(n.id) === hidden(a.body, 'question'));
	a = await L.post(`${page2}/answer`, { ...f, question: one.id, go: 'next', ...(one.choices.length > 0 ? { answer: one.choices[0] } : {}), note: `après ${steps}` });
	const reopened = await agent.visitor(lea.cookies).get(page2);
	survived.push(hidden(reopened.body, 'question') === hidden(a.body, 'question') && reopened.body.includes(`>après ${steps}</textarea>`));
}
ok('a browser killed after each question: it is where it was, note and all', survived.length > 3 && survived.every(Boolean), survived);
r = await L.post(`${page2}/save`, { ...f, end: 1, status: 'completed' });
same('and the whole path is saved', h.one(`SELECT COUNT(DISTINCT question_id) > 3 FROM answer a JOIN attempt t ON t.id = a.attempt_id WHERE t.entry_id = ${f.entry}`), '1');

same('fact 78: no hidden value was in any byte of any answer', leaks, []);
for (const id of [op, op2])
	same('the promises hold: tallies equal a recount', sql(`SELECT (SELECT COUNT(*) FROM entry WHERE operation_id = ${id}),
	(SELECT SUM(ready + held + waiting + done + removed) FROM queue_tally WHERE operation_id = ${id}), (SELECT SUM(calls) FROM agent_tally WHERE operation_id = ${id})
	- (SELECT COUNT(*) FROM attempt WHERE operation_id = ${id} AND corrects IS NULL)`.replaceAll('\n', ' '))[0], [id === op ? '24' : '4', id === op ? '24' : '4', '0']);
await done();
