// Results per question through the dashboard's socket: who may see what, filters, words, versions; moving on (facts 39, 40, 126).
import { start, ok, same, done, sql } from './area.mjs';
import { house, NOON, DAY, HOUR } from './house.mjs';

const h = house(sql);
const area = await start('dashboard', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Other');
const marie = h.user(org, 'Marie', 'organiser'), admin = h.user(org, 'Admin', 'administrator', 'fr'), eve = h.user(org, 'Eve', 'organiser');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), bob = h.user(org, 'Bob', 'volunteer'), out = h.user(other, 'Zed', 'administrator');
const M = area.visitor(marie.cookies), A = area.visitor(admin.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies), Z = area.visitor(out.cookies);
const survey = h.pointage(org), q = survey.q;
const op = h.operation(org, marie, { survey, version: 'specialized', name: 'Pointage Laval' }), twin = h.operation(org, marie, { survey, version: 'specialized', name: 'Pointage Est' });
h.member(op, lea); h.member(op, bob);
const page = `/operations/${op}/results`;
let calls = 0;
/** A saved call: [question, choice or text] pairs. */
const call = (operation, entry, number, user, at, answers) => {
	const id = h.add('attempt', { operation_id: operation, entry_id: entry, number, person_id: entry, user_id: user.id, e164: '', status: 1, survey_version_id: survey.version,
		time_zone: '', started_at: at, saved_at: at, form_key: Buffer.from(String(++calls).padStart(16, '0')) });
	const seen = {};
	for (const [n, what] of answers) {
		seen[n] = (seen[n] ?? -1) + 1;
		h.add('answer', { attempt_id: id, question_id: q[n].id, position: seen[n], choice_id: typeof what === 'number' ? q[n].choices[what - 1] : null, text: typeof what === 'number' ? '' : what });
	}
};
/** "Yes 2 67%" lines of a question's table. */
const table = (body, n) => [...(body.match(new RegExp(`<section class="card result" id="question-${n}".*?</section>`, 's'))?.[0] ?? '')
	.matchAll(/<th scope="row">([^<]*)<span.*?<td class="num">([^<]*)<\/td><td class="num strong">([^<]*)<\/td>/gs)].map((m) => `${m[1]} ${m[2]} ${m[3]}`);
let a;

call(op, 1, 1, lea, NOON - DAY, [[2, 1], [3, 1], [3, 2], [8, 'Première note <b>']]);
call(op, 2, 1, bob, NOON - HOUR, [[2, 1], [3, 2], [8, 'مرحبا "lift" 🚗']]);
call(op, 3, 1, bob, NOON - HOUR, [[2, 2]]);
call(twin, 4, 1, lea, NOON - HOUR, [[2, 3], [8, 'somewhere else']]);
const yes = q[2].en;

a = await M.get(page);
ok('an owner sees every question that asks', a.status === 200 && a.body.includes(yes) && !a.body.includes(`>${q[1].en}<`), a.body);
same('counts and shares of the people', table(a.body, 2).slice(0, 2).map((t) => t.replace(/^\S+ /, '')), ['2 67%', '1 33%']);
ok('a multiple choice is counted per person, and says so', a.body.includes('one person may give several answers') && table(a.body, 3)[1].endsWith(' 2 100%') && table(a.body, 3)[0].endsWith(' 1 50%'), table(a.body, 3).join());
ok('fact 39: the other operation of the same questionnaire counts for itself', !table(a.body, 2)[2].includes(' 1 '), table(a.body, 2).join());
ok('words are a link away', a.body.includes(`results?question=8"`) && !a.body.includes('note &lt;b'), a.body);
a = await M.get(`${page}?agent=${bob.id}`);
same('of one agent', table(a.body, 2).slice(0, 2).map((t) => t.replace(/^\S+ /, '')), ['1 50%', '1 50%']);
a = await M.get(`${page}?day=2026-11-23`);
same('of one day', table(a.body, 2).slice(0, 2).map((t) => t.replace(/^\S+ /, '')), ['1 100%', '0 0%']);
ok('links keep the filter', a.body.includes('results?question=8&amp;day=2026-11-23'), a.body);
ok('a day that does not exist is said beside it', (await M.get(`${page}?day=2026-02-30`)).body.includes('id="day-wrong"'));
same('what is no number is no answer of the server', (await M.get(`${page}?agent=x`)).status, 200);
same('an unknown field is a bad request', (await M.get(`${page}?who=1`)).status, 400);

// --- words ---
a = await M.get(`${page}?question=8`);
ok('an owner reads the words, the newest first, of this operation only', a.status === 200 && a.body.indexOf('مرحبا') > 0 && a.body.indexOf('مرحبا') < a.body.indexOf('Première note') &&
	!a.body.includes('somewhere else'), a.body);
ok('markup is text, and each runs in its own direction', a.body.includes('Première note &lt;b&gt;') && a.body.includes('dir="auto"'), a.body);
same('a question that is not there', (await M.get(`${page}?question=999`)).status, 404);
for (let i = 0; i < 30; i++)
	call(op, 100 + i, 1, lea, NOON, [[8, `mot ${i}`]]);
a = await M.get(`${page}?question=8`);
const older = a.body.match(/href="([^"]*before=\d+[^"]*)"/)?.[1].replaceAll('&amp;', '&');
ok('a page at a time', (a.body.match(/class="said"/g) ?? []).length === 25 && older, a.body);
ok('and the next page goes on', (await M.get(older)).body.includes('Première note') && ((await M.get(older)).body.match(/class="said"/g) ?? []).length === 7);

// --- who may ---
a = await A.get(page);
ok('an administrator sees numbers, in French', a.status === 200 && a.body.includes('67\u00a0%') && !a.body.includes('results?question='), a.body);
same('but no words', (await A.get(`${page}?question=8`)).status, 403);
same('agents, other organisers see nothing', [(await L.get(page)).status, (await E.get(page)).status], [403, 403]);
same('nor does another organisation', (await Z.get(page)).status, 404);

// --- versions ---
a = await M.get(`/operations/${op}`);
ok('the operation says which version it uses, and that it is the newest', a.body.includes('Pointage 2026') && /version<\/?[^>]*> ?1|version 1/.test(a.body) && a.body.includes('(the newest)') && !a.body.includes('Move on'), a.body);
const second = h.add('survey_version', { survey_id: survey.survey, number: 2, created_at: NOON });
const asked = h.add('question', { version_id: second, stable_id: 2, position: 1, kind: 'single_choice', text_en: 'Support, reworded', text_fr: 'Appui' });
const again = h.add('choice', { question_id: asked, stable_id: Number(h.one(`SELECT stable_id FROM choice WHERE id = ${q[2].choices[0]}`)), position: 1, text_en: 'Yes indeed', text_fr: 'Oui' });
h.add('choice', { question_id: asked, stable_id: 9999, position: 2, text_en: 'No way', text_fr: 'Non' });
a = await M.get(`/operations/${op}`);
ok('a newer one is offered to its owner', a.body.includes('Move on to version 2'), a.body);
ok('to nobody else', !(await A.get(`/operations/${op}`)).body.includes('/questions"'));
same('nor can others do it', [(await A.post(`/operations/${op}/questions`, {})).status, (await L.post(`/operations/${op}/questions`, {})).status], [403, 403]);
a = await M.post(`/operations/${op}/questions`, {});
same('its owner moves it on', [a.status, h.one(`SELECT survey_version_id FROM operation WHERE id = ${op}`)], [303, String(second)]);
same('with its trace', h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'operation.survey' AND object_id = ${op}`), '1');
same('once more changes nothing', [(await M.post(`/operations/${op}/questions`, {})).status, h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'operation.survey'`)], [303, '1']);
same('the other operation stays', h.one(`SELECT survey_version_id FROM operation WHERE id = ${twin}`), String(survey.version));
const newer = h.add('attempt', { operation_id: op, entry_id: 50, number: 1, person_id: 50, user_id: bob.id, e164: '', status: 1, time_zone: '', started_at: NOON, saved_at: NOON, form_key: Buffer.from('newer-----------') });
h.add('answer', { attempt_id: newer, question_id: asked, choice_id: again });
a = await M.get(page);
same('fact 40: answers to both versions stand together, in the newest words', table(a.body, 2).slice(0, 2), ['Yes indeed 3 75%', 'No way 0 0%']);
ok('what only the old one asked comes after, and says so', a.body.includes('last asked in version') && a.body.indexOf(q[3].en) > a.body.indexOf('reworded'), a.body);
same('fact 40: each by itself', [table((await M.get(`${page}?version=${second}`)).body, 2)[0], table((await M.get(`${page}?version=${survey.version}`)).body, 2)[0].replace(/^\S+ /, '')], ['Yes indeed 1 100%', '2 67%']);
await done();
