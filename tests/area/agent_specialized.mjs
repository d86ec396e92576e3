// The specialized version through its socket: one question at a time, branches, back, two windows, a browser that died;
// the save stores exactly the path (facts 109 to 111).
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, hidden, NOON, HOUR, MINUTE } from './house.mjs';

const h = house(sql);
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation();
const owner = h.user(org, 'Marie', 'organiser');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer', 'en');
const survey = h.pointage(org), q = survey.q, other = h.survey(org);
const op = h.operation(org, owner, { survey, version: 'specialized', name: 'Pointage 2026' });
h.member(op, lea); h.member(op, bob);
h.people(org, op, 30, (k) => ({ nationality: `Secretland${k}`, email: `p${k}@example.org`, language: k % 2 ? 'fr' : 'en' }));
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'email', 1, 'editable', 0),
    (${op}, 'nationality', 2, 'hidden', 0)`);
const page = `/agent/${op}`;
const L = agent.visitor(lea.cookies), B = agent.visitor(bob.cookies);
const asked = (body) => { const id = Number(hidden(body, 'question')); return q.findIndex((one) => one?.id === id); };
const at_end = (body) => body.includes('name="end" value="1"');
const answer = (v, f, n, fields = {}) => v.post(`${page}/answer`, { ...f, question: q[n].id, go: 'next', ...fields });
const pick = (n, ...which) => ({ answer: which.map((i) => q[n].choices[i - 1]) });
const back = (v, f, n) => v.post(`${page}/back`, { ...f, ...(n ? { question: q[n].id } : {}) });
const stored = (entry) => sql(`SELECT n.position, IFNULL(c.position, ''), a.text FROM attempt t JOIN answer a ON a.attempt_id = t.id
    JOIN question n ON n.id = a.question_id LEFT JOIN choice c ON c.id = a.choice_id WHERE t.entry_id = ${entry} ORDER BY 1, 2`)
	.map(([n, c, text]) => `${n}:${c}${text}`).join(' ');
const drafts = (entry) => sql(`SELECT n.position FROM call_answer_draft d JOIN question n ON n.id = d.question_id
    WHERE d.entry_id = ${entry} ORDER BY 1`).map(([n]) => n).join(' ');
const attempts = (where = '1') => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND ${where}`));
let a, f;
const texts = (body) => q.slice(1).filter((one) => body.includes(`>${one.fr}<`) || body.includes(`>${one.en}<`) || asked(body) === q.indexOf(one)).length;

// --- before the conversation ---
await L.get(page);
await L.post(`${page}/next`);
a = await L.get(page);
f = callForm(a.body);
ok('the person\'s card comes first: number, call button, start, not reached', a.status === 200 && a.body.includes('href="tel:+1514555') &&
    a.body.includes('Commencer la conversation') && a.body.includes('value="no_answer"') && asked(a.body) === -1, a.body);
ok('"completed" is not offered before the conversation', !a.body.includes('value="completed"'));
same('a GET keeps nothing', h.one('SELECT COUNT(*) FROM call_draft'), '0');
a = await L.post(`${page}/save`, { ...f, status: 'completed' });
ok('and a forged one is refused', a.status === 422 && attempts() === 0, a.status);
const missed = f;
a = await L.post(`${page}/save`, { ...f, status: 'no_answer', note: 'sonne dans le vide' });
ok('not reached: saved without an answer, and the next person\'s card comes', a.status === 200 && attempts(`entry_id = ${missed.entry}`) === 1 &&
    stored(missed.entry) === '' && callForm(a.body).entry !== missed.entry && a.body.includes('Commencer'), a.body);

// --- one question at a time, by the answer ---
f = callForm(a.body);
a = await L.post(`${page}/answer`, { ...f, go: 'start', note: 'voix fatiguée' });
ok('fact 109: the conversation starts with the first question alone', a.status === 200 && asked(a.body) === 1 && texts(a.body) === 1, a.body);
ok('the note of the card came along', a.body.includes('>voix fatiguée</textarea>'));
ok('the person stays at hand, what is hidden stays hidden', a.body.includes('<details') && a.body.includes('p2@example.org') && !a.body.includes('Secretland'), a.body);
ok('merge fields are replaced', a.body.includes('Prénom2') && a.body.includes('Léa') && !a.body.includes('{first_name}'), a.body);
ok('read out in the person\'s language, with a word that it is so', a.body.includes('Hello') && a.body.includes('en anglais'), a.body);
ok('progress', a.body.includes('Question 1 sur environ 7'), a.body);
ok('no inline style or script', !/<script(?![^>]*src=)|style="|onclick=/.test(a.body));
ok('the page stays under 30 kB', a.raw.length < 30000, a.raw.length);
a = await answer(L, f, 1);
ok('fact 109: then the second, alone', asked(a.body) === 2 && texts(a.body) === 1 && (a.body.match(/name="answer"/g) ?? []).length === 4, a.body);
same('a required question cannot be passed over: no button', /value="skip"/.test(a.body), false);
a = await answer(L, f, 2);
ok('and without an answer it comes back with a word beside it', a.status === 422 && asked(a.body) === 2 && a.body.includes('question-wrong'), a.body);
a = await answer(L, f, 2, { go: 'skip' });
ok('also when the passing over is forged', a.status === 422 && asked(a.body) === 2, a.status);
a = await answer(L, f, 2, pick(2, 2));
ok('fact 110: undecided leads to the issues', asked(a.body) === 3 && a.body.includes('type="checkbox"'), a.body);
a = await answer(L, f, 3);
ok('an optional question wants an answer or "pass"', a.status === 422 && a.body.includes('value="skip"'), a.body);
a = await answer(L, f, 3, pick(3, 4, 1));
ok('fact 110: and then to the 1st choice', asked(a.body) === 4, a.body);

// --- nothing is lost; resuming ---
const killed = agent.visitor(lea.cookies);
a = await killed.get(page);
ok('a browser that died: opened again, the conversation is where it was', asked(a.body) === 4 && callForm(a.body).form_key === f.form_key, a.body);
same('each answer was kept at once', [drafts(f.entry), attempts(`entry_id = ${f.entry}`)], ['1 2 3', 0]);
a = await answer(killed, f, 4, pick(4, 1));
ok('and goes on', asked(a.body) === 5, a.body);

// --- back, and a change of answer ---
a = await back(L, f, 5);
ok('back shows the question before with its answer', asked(a.body) === 4 && new RegExp(`value="${q[4].choices[0]}" checked`).test(a.body), a.body);
a = await back(L, f, 5);
ok('back sent twice goes back once', asked(a.body) === 4, a.body);
a = await back(L, f, 4);
a = await back(L, f, 3);
ok('twice more', asked(a.body) === 2 && drafts(f.entry) === '1 2 3 4', drafts(f.entry));
a = await L.get(page);
ok('also after a reload', asked(a.body) === 2, a.body);
a = await answer(L, f, 2, pick(2, 3));
ok('fact 111: another answer follows the new branch', asked(a.body) === 7, a.body);
same('fact 111: and the old branch\'s answers are dropped', drafts(f.entry), '1 2');
a = await answer(L, f, 4, pick(4, 1));
ok('a question of the branch left, from another window: nothing is kept, the page says where the conversation is', a.status === 409 && asked(a.body) === 7 &&
    drafts(f.entry) === '1 2', `${a.status} ${drafts(f.entry)}`);

// --- the same step twice, forgeries ---
const twins = await Promise.all([1, 2, 3].map(() => agent.post(`${page}/answer`, { csrf: L.csrf, ...f, question: q[7].id, go: 'next', answer: q[7].choices[2] },
    { HTTP_COOKIE: `tocsin=${lea.token}` })));
same('three clicks at the same instant are one step', [twins.map((t) => asked(t.body)), drafts(f.entry)], [[8, 8, 8], '1 2 7']);
a = await answer(L, f, 2, pick(2, 3));
ok('a late repetition of an old step leads nowhere', asked(a.body) === 8 && drafts(f.entry) === '1 2 7', a.body);
for (const [name, fields, status] of [
	['a question of another questionnaire', { question: other.question, answer: other.choices[0] }, 400],
	['a question that does not exist', { question: 999999 }, 400],
	['a choice of another question', { question: q[7].id, answer: q[2].choices[0] }, 422],
	['a choice of another questionnaire', { question: q[7].id, answer: other.choices[0] }, 422],
	['two choices for a single choice', { question: q[7].id, answer: q[7].choices.slice(0, 2) }, 422],
	['a question not reached', { question: q[6].id, answer: q[6].choices[0] }, 409],
	['a forged form key', { question: q[8].id, form_key: '0'.repeat(32) }, 403],
	['another claim', { question: q[8].id, claimed: Number(f.claimed) + 1 }, 403],
	['an unknown field', { question: q[8].id, next: 4 }, 400],
	['an edit of a field that is not offered', { question: q[8].id, edit_nationality: 'x' }, 403],
]) {
	a = await L.post(`${page}/answer`, { ...f, go: 'next', ...fields });
	ok(`forged: ${name} is refused`, a.status === status && drafts(f.entry) === '1 2 7', `${a.status} ${drafts(f.entry)}`);
}
same('another agent\'s form is refused', (await B.get(page), (await answer(B, f, 8)).status), 403);
same('without the session\'s key too', (await agent.post(`${page}/answer`, { ...f, question: q[8].id }, { HTTP_COOKIE: `tocsin=${lea.token}` })).status, 403);

// --- texts, the end, the save ---
const long = 'é'.repeat(3990) + ' "<b>☎';
a = await answer(L, f, 8, { said: long, edit_email: 'neuf@example.org', note: 'à rappeler en mai' });
ok('the end: note and status, "completed" chosen', a.status === 200 && at_end(a.body) && /value="completed" checked/.test(a.body) &&
    a.body.includes('à rappeler en mai'), a.body);
same('a correction of the record is kept with the step', h.one(`SELECT email FROM person p JOIN entry e ON e.person_id = p.id WHERE e.id = ${f.entry}`), 'neuf@example.org');
ok('resumed there too', at_end((await killed.get(page)).body));
a = await back(L, f);
ok('back from the end shows the last answer, escaped', asked(a.body) === 8 && a.body.includes('&lt;b&gt;☎') && !a.body.includes('<b>☎'), a.body);
a = await answer(L, f, 8, { said: long });
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'nonsense', note: 'gardé' });
ok('a wrong status comes back to the end with what was typed', a.status === 422 && at_end(a.body) && a.body.includes('gardé'), a.body);
const first = f;
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'completed', note: 'merci' });
ok('saved, and the next person\'s card comes', a.status === 200 && callForm(a.body).entry !== first.entry && a.body.includes('Commencer'), a.body);
same('fact 111: exactly the answers of the path are stored', stored(first.entry), `2:3 7:3 8:${long}`);
same('with note, status and version', sql(`SELECT status, note, survey_version_id FROM attempt WHERE entry_id = ${first.entry}`)[0], ['16', 'merci', String(survey.version)]);
same('and nothing is left behind', [drafts(first.entry), h.one('SELECT COUNT(*) FROM call_draft')], ['', '0']);
const r = await L.post(`${page}/save`, { ...first, end: 1, status: 'completed', note: 'merci' });
same('fact 117: the same form again counts once and shows the same next person', [r.status, attempts(`entry_id = ${first.entry}`), callForm(r.body).entry],
    [200, 1, callForm(a.body).entry]);
same('a late step of the saved call leads to where the agent is', (await answer(L, first, 2, pick(2, 1))).status, 303);
same('and is not kept', drafts(first.entry), '');

// --- not finished is not completed; ended early; two windows ---
f = callForm(a.body);
await L.post(`${page}/answer`, { ...f, go: 'start' });
await answer(L, f, 1);
a = await answer(L, f, 2, pick(2, 1));
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'completed' });
ok('a conversation that is not at its end is not completed', a.status === 422 && attempts(`entry_id = ${f.entry}`) === 0 && !a.body.includes('value="completed"'), a.body);
a = await answer(L, f, 4, { go: 'end', ...pick(4, 2) });
ok('ended early: the answer just picked is kept, and how it ended is asked', at_end(a.body) && drafts(f.entry) === '1 2 4' && a.body.includes('value="hung_up"') &&
    !a.body.includes('value="completed"'), a.body);
a = await back(L, f);
ok('one may go back to the question', asked(a.body) === 4, a.body);
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'call_back', callback_date: '2026-11-25', callback_time: '22:00' });
ok('a wrong moment to call back comes back to the end', a.status === 422 && at_end(a.body) && a.body.includes('callback-wrong'), a.body);
const early = f;
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'hung_up' });
same('what was answered so far is saved with it', [stored(early.entry), a.status], ['2:1 4:2', 200]);

f = callForm(a.body);
await L.post(`${page}/answer`, { ...f, go: 'start' });
a = await back(L, f, 1);
ok('back from the first question leads to the card', a.body.includes('value="no_answer"') && asked(a.body) === -1, a.body);
await L.post(`${page}/answer`, { ...f, go: 'start' });
for (const [n, fields] of [[1, {}], [2, pick(2, 4)], [6, pick(6, 2)], [8, {}]])
	a = await answer(L, f, n, fields);
ok('an empty text may be left', at_end(a.body), a.body);
await answer(killed, f, 2, pick(2, 1));		/* the second window changes its mind */
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'completed' });
ok('two windows: the save of the one sees what the other changed', a.status === 422 && attempts(`entry_id = ${f.entry}`) === 0, a.status);
for (const [n, fields] of [[4, pick(4, 5)], [6, pick(6, 1)], [8, { go: 'skip' }]])
	a = await answer(killed, f, n, fields);
const two = f;
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'completed' });
same('and stores the path there is', [a.status, stored(two.entry)], [200, '2:1 4:5 6:1']);

// --- skip, break, an expired hold, an edited questionnaire ---
f = callForm(a.body);
await L.post(`${page}/answer`, { ...f, go: 'start' });
await answer(L, f, 1);
await L.post(`${page}/skip`, { entry: f.entry });
same('skipping leaves nothing of the conversation', [drafts(f.entry), attempts(`entry_id = ${f.entry}`)], ['', 0]);
f = callForm((await L.get(page)).body);
await L.post(`${page}/answer`, { ...f, go: 'start' });
await answer(L, f, 1);
h.clock(NOON + 15 * MINUTE);
await answer(L, f, 2, pick(2, 4));
h.clock(NOON + 30 * MINUTE);
ok('who is talking keeps the person', asked((await L.get(page)).body) === 6);
h.clock(NOON + 2 * HOUR);
a = await answer(L, f, 6, pick(6, 2));
ok('fact 113: when the hold is over the conversation goes on, without the number', asked(a.body) === 8 && !a.body.includes('tel:+') && !a.body.includes('555-'), a.body);
const edited = h.add('survey_version', { survey_id: survey.survey, number: 2, created_at: NOON });
h.add('question', { version_id: edited, stable_id: 1, position: 1, kind: 'info', text_fr: 'Nouvelle version' });
sql(`UPDATE operation SET survey_version_id = ${edited}, revision = revision + 1 WHERE id = ${op}`);
a = await answer(L, f, 8, { said: 'tard' });
ok('an edited questionnaire does not disturb who is talking', at_end(a.body), a.body);
const late = f;
a = await L.post(`${page}/save`, { ...f, end: 1, status: 'completed' });
same('and the call is saved with the version it was made with', [a.status, stored(late.entry), h.one(`SELECT survey_version_id FROM attempt WHERE entry_id = ${late.entry}`)],
    [200, '2:4 6:2 8:tard', String(survey.version)]);
f = callForm(a.body);
a = await L.post(`${page}/answer`, { ...f, go: 'start' });
ok('the next conversation has the new one', a.body.includes('Nouvelle version'), a.body);
sql(`UPDATE operation SET survey_version_id = ${survey.version}, revision = revision + 1 WHERE id = ${op}`);
await L.post(`${page}/stop`);
same('a break leaves nothing of the conversation', h.one(`SELECT COUNT(*) FROM call_draft WHERE entry_id = ${f.entry}`), '0');

// --- at random, through every branch ---
let seed = 11, steps = 0, visited = new Set();
const dice = (n) => Math.floor((seed = (seed * 48271) % 2147483647) / 2147483647 * n);
await B.post(`${page}/next`);
for (let call = 0; call < 8; call++) {
	a = await B.get(page);
	f = callForm(a.body);
	a = await B.post(`${page}/answer`, { ...f, go: 'start' });
	const model = [];		/* the path: [question, choices or text] */
	let where = 0;
	for (let i = 0; i < 60 && !(at_end(a.body) && i > 25); i++, steps++) {
		if (at_end(a.body)) { a = await back(B, f); continue; }
		const n = asked(a.body);
		if (n === -1) { a = await B.post(`${page}/answer`, { ...f, go: 'start' }); continue; }
		visited.add(n);
		where = model.findIndex(([m]) => m === n);
		if (i < 40 && dice(4) === 0) { a = await back(B, f, n); continue; }
		const kind = q[n].choices.length === 0 ? (n === 8 ? 'text' : 'info') : n === 3 || n === 5 ? 'several' : 'one';
		const given = kind === 'info' ? [] : kind === 'text' ? [`t${i}`] : kind === 'one' ? [1 + dice(q[n].choices.length)]
			: [...new Set([1 + dice(4), 1 + dice(4)])].sort();
		a = await answer(B, f, n, kind === 'text' ? { said: given[0] } : kind === 'info' ? {} : pick(n, ...given));
		if (where === -1)
			model.push([n, given]);
		else if (JSON.stringify(model[where][1]) !== JSON.stringify(given)) {
			/* what follows stays as long as the new answer leads to the same question */
			const leads = sql(`SELECT IFNULL(MAX(next), 0) FROM choice WHERE id IN (${kind === 'one' ? pick(n, ...given).answer : 0})`)[0][0];
			const next = Number(leads) > 0 ? Number(leads) : n + 1;
			model[where][1] = given;
			if (model[where + 1]?.[0] !== next) model.splice(where + 1);
		}
	}
	const entry = f.entry;
	a = await B.post(`${page}/save`, { ...f, end: 1, status: at_end(a.body) ? 'completed' : 'hung_up' });
	same(`fact 111: walk ${call + 1}: the answers saved are exactly those of the path`, stored(entry),
	    model.flatMap(([n, given]) => given.map((g) => n === 8 ? `8:${g}` : `${n}:${g}`)).join(' '));
}
ok('the walks saw every question', visited.size === 8, [...visited].join(' '));

// --- the original version is as it was ---
const plain = h.operation(org, owner, { survey: other, name: 'Originale' });
h.member(plain, lea);
h.people(org, plain, 2);
await L.post(`/agent/${plain}/next`);
a = await L.get(`/agent/${plain}`);
ok('the original version shows script, question and statuses on one page', a.body.includes('agent-say') && a.body.includes('value="completed"') && a.body.includes('name="answer"'), a.body);
same('and knows no steps', (await L.post(`/agent/${plain}/answer`, { ...callForm(a.body), go: 'start' })).status, 404);
f = callForm(a.body);
a = await L.post(`/agent/${plain}/save`, { ...f, status: 'completed', answer: other.choices[0] });
same('it saves as before', [a.status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${f.entry}`)], [200, '1']);
await done();
