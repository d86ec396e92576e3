// The caller's screen through its socket: who comes, what is saved, what is refused, what the page never says.
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, hidden, NOON, HOUR, MINUTE, DAY } from './house.mjs';

const h = house(sql);
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation();
const owner = h.user(org, 'Marie', 'organiser');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer', 'en'), eve = h.user(org, 'Eve');
const survey = h.survey(org);
const op = h.operation(org, owner, { survey });
h.member(op, lea); h.member(op, bob);
const people = h.people(org, op, 12, (k) => ({ email: `p${k}@example.org`, nationality: `Secretland${k}`, birth_date: '1969-05-02',
    notes: '<b>gros chien</b>' }));
const attempts = (where = '1') => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND ${where}`));
const page = `/agent/${op}`;
const L = agent.visitor(lea.cookies), B = agent.visitor(bob.cookies), E = agent.visitor(eve.cookies);
let a, b;

// --- who may come in ---
same('fact 7: an operation without a role answers 403', (await E.get(page)).status, 403);
await E.get('/agent');
for (const verb of ['next', 'save', 'skip', 'stop'])
	same(`fact 7: POST ${verb} without a role answers 403`, (await E.post(`${page}/${verb}`, { entry: 1 })).status, 403);
a = await agent.get(page);
ok('a visitor is sent to sign in', a.status === 303 && a.headers.location.startsWith('/sign-in'), JSON.stringify(a.headers));
a = await L.get('/agent');
ok('the list shows my operation in my language', a.body.includes('Pointage Laval') && a.body.includes('Faire des appels'), a.body);
ok('the list shows no operation to somebody without a role', !(await E.get('/agent')).body.includes('Pointage'));
same('a POST without the session\'s key is refused', (await agent.post(`${page}/next`, {}, { HTTP_COOKIE: `tocsin=${lea.token}` })).status, 403);

// --- start ---
a = await L.get(page);
ok('a page opened without a hold offers to start', a.status === 200 && a.body.includes('Commencer les appels'), a.body);
await B.get(page);
same('a GET takes nobody', h.one('SELECT COUNT(*) FROM hold'), '0');
[a, b] = await Promise.all([L.post(`${page}/next`), B.post(`${page}/next`)]);
same('the first person comes by a redirect to the operation\'s address', [a.status, a.headers.location], [303, page]);
[a, b] = [await L.get(page), await B.get(page)];
ok('fact 112: two agents get different people', callForm(a.body).entry !== callForm(b.body).entry && callForm(a.body).entry !== null &&
    callForm(b.body).entry !== null, `${callForm(a.body).entry} ${callForm(b.body).entry}`);
same('a reload shows the same person', callForm((await L.get(page)).body), callForm(a.body));

// --- what the page says ---
const mine = people.find((p) => String(p.entry) === callForm(a.body).entry);
const digits = mine.phone.slice(1);
ok('fact 108: three columns hold person, script and answers', ['agent-who', 'agent-say', 'agent-record'].every((c) => a.body.includes(c)));
ok('fact 29: a touch dials the number', a.body.includes(`href="tel:+${digits}"`));
ok('fact 30: the number is there to dial by hand', a.body.includes(`514 555-${digits.slice(-4)}`), a.body);
ok('the script is merged with the person, the agent and the operation', /Bonjour Prénom\d+, ici Léa\./.test(a.body) &&
    a.body.includes('Un mot de Pointage Laval à Laval.'), a.body);
ok('fact 129: the same page in English for Bob, the script in the person\'s language', b.body.includes('Save and next') &&
    b.body.includes('No answer') && b.body.includes('Bonjour') && b.body.includes('What to say, in French'), b.body);
ok('fact 78: a hidden field is in no byte of the page', !a.body.includes('Secretland') && !b.body.includes('Secretland'));
ok('strangers\' text is escaped', a.body.includes('&lt;b&gt;gros chien') && !a.body.includes('<b>gros'));
ok('fact 53: no status that only a provider detects is offered', !/value="(error|invalid_number|no_answer_auto|canceled|busy_auto|voicemail_auto|removed_voted)"/.test(a.body));
ok('the page stays under 30 kB', a.raw.length < 30000, `${a.raw.length} bytes`);
ok('no inline style or script', !/<script(?![^>]*src=)|style="|onclick=/.test(a.body));
ok('until when calls are open, and today\'s calls', a.body.includes('Appels ouverts jusqu’à 21\u00a0h') && a.body.includes('0 appel'), a.body);

// --- saving ---
const first = { ...callForm(a.body), status: 'completed', answer: survey.choices[0], note: 'Aimable' };
let r = await L.post(`${page}/save`, { ...first, answer: undefined });
ok('a conversation without an answer comes back with its message', r.status === 422 && r.body.includes('Choisissez une réponse'), r.body);
ok('what was typed is kept', r.body.includes('>Aimable</textarea>'), r.body);
same('and nothing was stored', attempts(), 0);
r = await L.post(`${page}/save`, first);
ok('fact 115: a saved call answers with the next person at once', r.status === 200 && callForm(r.body).entry !== first.entry &&
    callForm(r.body).entry !== null, r.body);
ok('the page names the form that was saved', r.body.includes(`data-saved="${first.form_key}"`));
same('fact 115: the attempt holds agent, person, number, status', sql(`SELECT user_id, person_id, e164, status, note FROM attempt WHERE entry_id = ${first.entry}`)[0],
    [String(lea.id), String(mine.person), mine.phone, '16', 'Aimable']);
same('the answer is stored with its question', h.one(`SELECT choice_id FROM answer a JOIN attempt t ON t.id = a.attempt_id WHERE t.entry_id = ${first.entry}`), String(survey.choices[0]));
ok('today\'s calls grow', r.body.includes('1 appel') && r.body.includes('1 personne jointe'), r.body);
const second = callForm(r.body);
r = await L.post(`${page}/save`, first);
same('fact 117: the same form again stores nothing and shows the same next person', [attempts(), callForm(r.body).entry], [1, second.entry]);
const both = { ...second, status: 'no_answer' };
const twins = await Promise.all([1, 2, 3].map(() => agent.post(`${page}/save`, { csrf: L.csrf, ...both }, { HTTP_COOKIE: `tocsin=${lea.token}` })));
same('fact 117: three clicks at the same instant store one attempt', [attempts(`entry_id = ${second.entry}`), ...twins.map((t) => t.status)], [1, 200, 200, 200]);
same('and all three show the same next person', new Set(twins.map((t) => callForm(t.body).entry)).size, 1);

// --- forgeries ---
a = await L.get(page);
const third = callForm(a.body);
for (const code of ['no_answer_auto', 'voicemail_auto', 'error', 'removed_voted', 'nonsense', '']) {
	r = await L.post(`${page}/save`, { ...third, status: code, note: 'gardé' });
	ok(`fact 53: a forged status "${code}" is refused and what was typed is kept`, r.status === 422 && r.body.includes('gardé') &&
	    attempts(`entry_id = ${third.entry}`) === 0, `${r.status} ${r.body}`);
}
r = await L.post(`${page}/save`, { ...third, form_key: '0'.repeat(32), status: 'no_answer' });
ok('a forged form key is refused', r.status >= 400 && r.status < 500 && attempts(`entry_id = ${third.entry}`) === 0, r.status);
r = await L.post(`${page}/save`, { ...callForm(b.body), status: 'no_answer' });
ok('another agent\'s form is refused', r.status >= 400 && r.status < 500 && attempts(`entry_id = ${callForm(b.body).entry}`) === 0, r.status);
r = await L.post(`${page}/save`, { ...third, status: 'completed', answer: 999999 });
ok('an answer of another question is refused', r.status === 422 && attempts(`entry_id = ${third.entry}`) === 0, r.status);
r = await L.post(`${page}/save`, { ...third, status: 'completed', answer: survey.choices.slice(0, 2) });
ok('two answers to a single choice are refused', r.status === 422, r.status);
r = await L.post(`${page}/save`, { ...third, status: 'no_answer', birth_date: '2000-01-01' });
same('fact 77: a field that no page offers is refused', r.status, 400);
r = await L.post(`${page}/save`, { ...third, status: 'no_answer', edit_email: 'x@example.org' });
ok('fact 77: an edit of a field that is not editable is refused', r.status === 403 && attempts(`entry_id = ${third.entry}`) === 0, r.status);

// --- call back ---
r = await L.post(`${page}/save`, { ...third, status: 'call_back', callback_date: '2026-11-24', callback_time: '08:00' });
ok('fact 116: a moment already over is refused beside the field', r.status === 422 && r.body.includes('callback-wrong'), r.body);
ok('and the day and the time stay typed', r.body.includes('value="2026-11-24"') && r.body.includes('value="08:00"'), r.body);
r = await L.post(`${page}/save`, { ...third, status: 'call_back', callback_date: '2026-11-25', callback_time: '22:00' });
ok('fact 116: a moment outside the hours is refused', r.status === 422 && r.body.includes('callback-wrong'), r.body);
r = await L.post(`${page}/save`, { ...third, status: 'call_back', callback_date: '2026-12-24', callback_time: '10:00' });
ok('fact 116: a moment after the end is refused', r.status === 422 && r.body.includes('callback-wrong'), r.body);
r = await L.post(`${page}/save`, { ...third, status: 'call_back', callback_date: '2026-11-25' });
ok('a day without a time asks for the time', r.status === 422 && r.body.includes('callback-wrong'), r.body);
r = await L.post(`${page}/save`, { ...third, status: 'call_back', callback_date: '2026-11-25', callback_time: '18:30' });
same('fact 116: a moment inside the hours is stored', [r.status, h.one(`SELECT callback_at FROM attempt WHERE entry_id = ${third.entry}`)],
    [200, String(Date.UTC(2026, 10, 25, 23, 30) * 1000)]);
const fourth = callForm(r.body);
r = await L.post(`${page}/save`, { ...fourth, status: 'no_answer', callback_date: '2026-11-25', callback_time: '22:00' });
ok('a moment left in a closed "call back" does not disturb another outcome', r.status === 200 && attempts(`entry_id = ${fourth.entry}`) === 1, r.status);

// --- skip and stop ---
const fifth = callForm(r.body), before = attempts();
r = await L.post(`${page}/skip`, { entry: fifth.entry });
same('fact 114: skipping leads to the next person', [r.status, r.headers.location], [303, page]);
a = await L.get(page);
ok('fact 114: another person, no attempt', callForm(a.body).entry !== fifth.entry && attempts() === before);
r = await L.post(`${page}/skip`, { entry: fifth.entry });
same('a second click on skip skips nobody else', callForm((await L.get(page)).body).entry, callForm(a.body).entry);
r = await L.post(`${page}/stop`);
same('a break releases the person without an attempt and leaves', [r.status, r.headers.location, attempts(),
    h.one(`SELECT COUNT(*) FROM hold WHERE user_id = ${lea.id}`)], [303, '/agent', before, '0']);

// --- fields: rules, order, highlight, edits ---
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'birth_date', 1, 'visible', 1),
    (${op}, 'language', 2, 'editable', 0), (${op}, 'email', 3, 'editable', 0), (${op}, 'notes', 4, 'hidden', 0),
    (${op}, 'address', 5, 'hidden', 0), (${op}, 'nationality', 6, 'hidden', 0);
    UPDATE operation SET revision = revision + 1 WHERE id = ${op}`);
await L.post(`${page}/next`);
a = await L.get(page);
ok('fact 73: a highlighted field stands out', /<dt>Date de naissance<\/dt><dd class="lit">2 mai 1969 \(57 ans\)/.test(a.body), a.body);
ok('fact 74: fields come in the operation\'s order', a.body.indexOf('Date de naissance') < a.body.indexOf('<dt>Langue') &&
    a.body.indexOf('<dt>Langue') < a.body.indexOf('<dt>Courriel'), a.body);
ok('fact 78: what a rule hides is gone, merge fields included', !a.body.includes('gros chien') && !a.body.includes('Érables') && !a.body.includes('à Laval'), a.body);
const edit = callForm(a.body), entry = people.find((p) => String(p.entry) === edit.entry);
r = await L.post(`${page}/save`, { ...edit, status: 'completed', answer: survey.choices[1], edit_email: 'pas un courriel', edit_language: 'en' });
ok('a wrong e-mail address comes back beside its field', r.status === 422 && r.body.includes('edit_email-wrong') && r.body.includes('pas un courriel'), r.body);
r = await L.post(`${page}/save`, { ...edit, status: 'completed', answer: survey.choices[1], edit_email: 'Neuf@Example.org', edit_language: 'en' });
same('fact 79: an edit reaches the person\'s record', sql(`SELECT email, language FROM person WHERE id = ${entry.person}`)[0], ['neuf@example.org', 'en']);
ok('fact 81: with the old and the new value in the log', h.one(`SELECT detail FROM audit WHERE verb = 'person.edit' AND object_id = ${entry.person} AND detail LIKE 'email%'`)
    === `email: p${entry.person}@example.org -> neuf@example.org`, JSON.stringify(sql('SELECT verb, detail FROM audit')));

// --- closing time ---
const late = callForm(r.body);
h.clock(Date.UTC(2026, 10, 25, 1, 59, 59) * 1000);
same('one second before closing the number is there', (await L.get(page)).body.includes('href="tel:'), false || h.one(`SELECT held_until > ${h.now} FROM hold WHERE user_id = ${lea.id}`) === '1');
sql(`UPDATE hold SET claimed_at = claimed_at, held_until = ${Date.UTC(2026, 10, 25, 3) * 1000} WHERE user_id = ${lea.id}`);
a = await L.get(page);
ok('fact 25: at 20:59:59 the page still dials', a.body.includes('href="tel:'), a.body);
h.clock(Date.UTC(2026, 10, 25, 2, 0, 0) * 1000);
a = await L.get(page);
ok('fact 25: at 21:00:00 no number leaves the server', a.status === 200 && !a.body.includes('href="tel:') && !a.body.includes('555-'), a.body);
ok('and the page says why', /Prochaine ouverture\u00a0: demain à 9\u00a0h/.test(a.body), a.body.slice(3000));
r = await L.post(`${page}/save`, { ...late, status: 'not_home' });
ok('fact 26: the call begun before is saved after closing', r.status === 200 && attempts(`entry_id = ${late.entry}`) === 1, r.body);
ok('fact 118: and then calls are closed until 9:00', r.body.includes('Les appels sont fermés') && r.body.includes('demain à 9\u00a0h'), r.body);
ok('fact 24: nobody is given outside the hours', (await L.post(`${page}/next`)).body.includes('demain à 9\u00a0h') &&
    h.one(`SELECT COUNT(*) FROM hold WHERE user_id = ${lea.id}`) === '0');
a = await L.get(page);
ok('fact 118: the page looks again by itself', /^60;url=/.test(a.headers.refresh ?? ''), JSON.stringify(a.headers));
h.clock(Date.UTC(2026, 11, 21, 1, 1, 0) * 1000);
ok('fact 22: after the end nobody is given', (await L.post(`${page}/next`)).body.includes('terminée'));
h.clock(NOON + 5 * MINUTE);
sql(`UPDATE operation SET starts_on = '2026-12-01', revision = revision + 1 WHERE id = ${op}`);
r = await L.post(`${page}/next`);
ok('fact 23: before the start nobody is given', r.body.includes('ne sont pas commencés'), r.body.match(/<h1.*<\/section>/s)?.[0]);
sql(`UPDATE operation SET starts_on = '2026-11-01', state = 'paused', revision = revision + 1 WHERE id = ${op}`);
ok('fact 118: a paused operation says so', (await L.post(`${page}/next`)).body.includes('en pause'));
sql(`UPDATE operation SET state = 'active', revision = revision + 1 WHERE id = ${op}`);

// --- the household, and the end of the list ---
const small = h.operation(org, owner, { survey, name: 'Petite' });
h.member(small, lea); h.member(small, bob);
const home = h.add('household', { organisation_id: org, kind: 'contact', address_key: Buffer.alloc(16, 7) });
h.people(org, small, 2, () => ({ household_id: home }));
await L.post(`/agent/${small}/next`);
a = await L.get(`/agent/${small}`);
ok('fact 119: the household on the list is shown', a.body.includes('Même foyer') && (a.body.match(/Nom\d+/g) ?? []).length >= 2, a.body);
r = await B.post(`/agent/${small}/next`);
ok('fact 119: and nobody of it is given to another agent meanwhile', r.status === 200 && r.body.includes('with other agents'), r.body);
r = await L.post(`/agent/${small}/save`, { ...callForm(a.body), status: 'refused' });
r = await L.post(`/agent/${small}/save`, { ...callForm(r.body), status: 'no_answer' });
ok('fact 118: the next retry is told by its time', r.body.includes('Personne à appeler en ce moment') && r.body.includes('14\u00a0h\u00a035'), r.body);
ok('the same words without a hold, by GET', (await L.get(`/agent/${small}`)).body.includes('14\u00a0h\u00a035'));
h.clock(NOON + 100 * MINUTE);
ok('when the retry is due the page offers to call', (await L.get(`/agent/${small}`)).body.includes('Commencer les appels'));
await L.post(`/agent/${small}/next`);
a = await L.get(`/agent/${small}`);
ok('earlier calls are told: when, what, by whom', /Avant<\/h2>.*Aucune réponse \(Léa\)/s.test(a.body), a.body);
r = await L.post(`/agent/${small}/save`, { ...callForm(a.body), status: 'moved' });
ok('fact 118: at the end the page says that the list is finished', r.body.includes('Tout le monde a été appelé'), r.body);

// --- an expired hold ---
h.clock(NOON + 2 * HOUR);
await L.post(`${page}/next`);
a = await L.get(page);
const old = callForm(a.body);
h.clock(NOON + 3 * HOUR);
r = await L.post(`${page}/save`, { ...old, status: 'nonsense', note: 'longue conversation' });
ok('fact 113: a refused form whose hold is over keeps what was typed and shows no number', r.status === 422 &&
    r.body.includes('longue conversation') && !r.body.includes('href="tel:'), r.body);
r = await L.post(`${page}/save`, { ...old, status: 'hung_up', note: 'longue conversation' });
ok('fact 113: and the call itself can still be saved', r.status === 200 && attempts(`entry_id = ${old.entry}`) >= 1, r.body);
same('the promises hold: one state each, tallies equal a recount', sql(`SELECT (SELECT COUNT(*) FROM entry WHERE operation_id = ${op}),
    (SELECT SUM(ready + held + waiting + done + removed) FROM queue_tally WHERE operation_id = ${op})`)[0], ['12', '12']);
await done();
