// The editor's comforts through its socket: scales, days, corrections of the record, copies, questions put in between and
// moved, the picture, the check; versions; two owners at once; the largest form; texts of every kind.
import { start, ok, same, done, sql } from './area.mjs';
import { house } from './house.mjs';

const h = house(sql);
const survey = await start('survey', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Other');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'en'), eve = h.user(other, 'Eve', 'organiser', 'en');
const M = survey.visitor(marie.cookies), P = survey.visitor(paul.cookies), E = survey.visitor(eve.cookies);
const area = (body, id) => body.match(new RegExp(`<textarea[^>]*id="${id}"[^>]*>([^<]*)</textarea>`))?.[1];
const input = (body, id) => body.match(new RegExp(`id="${id}"[^>]*value="([^"]*)"`))?.[1];
const chosen = (body, id) => body.match(new RegExp(`<select[^>]*id="${id}".*?</select>`, 's'))?.[0].match(/value="([^"]*)" selected/)?.[1];
const texts = (body) => [...body.matchAll(/<textarea[^>]*id="text-en-\d+"[^>]*>([^<]*)</g)].map((m) => m[1]);
const flow = (body) => body.match(/<aside class="card flow".*?<\/aside>/s)?.[0] ?? '';
const versions = () => Number(h.one('SELECT COUNT(*) FROM survey_version'));
/** A question: { kind, en, stable, required, field, from, to, low, high, nexts: { 7: 'end' }, yes, no, answers: [[en, next]] }; French is the same. */
const form = (questions, more = {}) => {
	const out = { name: 'Essai', description: '', script_fr: 'Bonjour', script_en: 'Hello', questions: String(questions.length), go: 'save', ...more };
	questions.forEach((q, i) => {
		Object.assign(out, { [`stable.${i}`]: q.stable ?? '0', [`kind.${i}`]: q.kind ?? 'text_short', [`text_fr.${i}`]: q.en, [`text_en.${i}`]: q.en,
			[`field.${i}`]: q.field ?? '', [`scale_from.${i}`]: q.from ?? '0', [`scale_to.${i}`]: q.to ?? '10', [`low_en.${i}`]: q.low ?? '', [`low_fr.${i}`]: q.low ?? '',
			[`high_en.${i}`]: q.high ?? '', [`high_fr.${i}`]: q.high ?? '', [`yes_next.${i}`]: q.yes ?? 'next', [`no_next.${i}`]: q.no ?? 'next',
			[`answers.${i}`]: String(q.answers?.length ?? 0) });
		for (let v = 0; v <= 10; v++)
			out[`scale_next.${i}-${v}`] = q.nexts?.[v] ?? 'next';
		if (q.required)
			out[`required.${i}`] = '1';
		(q.answers ?? []).forEach(([en, next], c) => Object.assign(out, { [`choice_fr.${i}-${c}`]: en, [`choice_en.${i}-${c}`]: en, [`next.${i}-${c}`]: next ?? 'next',
			[`answer.${i}-${c}`]: '0' }));
	});
	return out;
};
const A = { en: 'Alpha' }, B = { en: 'Beta' }, C = { en: 'Gamma' };
let a, b;
for (const v of [M, P, E])
	await v.get('/surveys/new');

// --- scale, date, field ---
const scale = { kind: 'scale', en: 'How likely?', from: '0', to: '10', low: 'Not at all', high: 'Very', required: true, nexts: { 0: '3', 1: '3', 10: 'end' } };
const all = form([scale, { kind: 'date', en: 'Which day?', required: true }, { kind: 'field_update', en: 'Your address?', field: 'email', required: true }]);
for (const [what, change, where] of [
	['a scale that goes nowhere', { 'scale_to.0': '0' }, 'choices-0-wrong'],
	['a scale downwards', { 'scale_from.0': '9', 'scale_to.0': '2' }, 'choices-0-wrong'],
	['a scale beyond 10', { 'scale_to.0': '11' }, 'choices-0-wrong'],
	['a scale of words', { 'scale_to.0': 'ten' }, 'choices-0-wrong'],
	['fact 41: a number that leads to a question that is not there', { 'scale_next.0-4': '9' }, 'scale-next-0-4-wrong'],
	['fact 41: a number that leads back', { 'scale_next.0-4': '1' }, 'scale-next-0-4-wrong'],
	['a correction of no field', { 'field.2': '' }, 'field-2-wrong'],
	['a field that agents never edit', { 'field.2': 'birth_date' }, 'field-2-wrong'],
]) {
	a = await M.post('/surveys/new', { ...all, ...change });
	ok(`${what} is refused beside it`, a.status === 422 && a.body.includes(`id="${where}"`) && versions() === 0, a.body);
}
a = await M.post('/surveys/new', { ...all, 'scale_from.0': '7', 'scale_next.0-8': '1' });
ok('in a scale that begins at 7, the number is named', a.body.includes('Question 1, number 8') && a.body.includes('href="#scale-next-0-8"'), a.body);
a = await M.post('/surveys/new', all);
same('all three are saved', [a.status, versions()], [303, 1]);
const id = h.one('SELECT MAX(id) FROM survey'), page = `/surveys/${id}`;
same('a scale has its numbers as answers, the words at its ends', h.one("SELECT GROUP_CONCAT(c.text_en ORDER BY c.position SEPARATOR '|') FROM choice c"),
	'0 – Not at all|1|2|3|4|5|6|7|8|9|10 – Very');
same('each leads where it should', h.one('SELECT GROUP_CONCAT(c.next ORDER BY c.position) FROM choice c'), '3,3,0,0,0,0,0,0,0,0,-1');
same('a correction is never required; its field is kept', sql("SELECT required, field FROM question WHERE kind = 'field_update'"), [['0', 'email']]);
a = await M.get(page);
same('the editor shows them again', [input(a.body, 'scale-from-0'), input(a.body, 'scale-to-0'), input(a.body, 'low-en-0'), input(a.body, 'high-fr-0'),
	chosen(a.body, 'scale-next-0-1'), chosen(a.body, 'scale-next-0-10'), chosen(a.body, 'field-2')], ['0', '10', 'Not at all', 'Very', '3', 'end', 'email']);
ok('the picture gathers the numbers', flow(a.body).includes('>0–1<') && flow(a.body).includes('>2–9 ↓<') && flow(a.body).includes('>10<'), flow(a.body));
const stables = () => Object.fromEntries(sql(`SELECT CONVERT(c.text_en, UNSIGNED), c.stable_id FROM choice c JOIN question n ON n.id = c.question_id
	WHERE n.version_id = (SELECT MAX(id) FROM survey_version)`.replace('\n', ' ')));
const before = stables(), own = [...a.body.matchAll(/name="stable\.\d" value="(\d+)"/g)].map((m) => m[1]), base = input(a.body.replace('name="base"', 'id="base"'), 'base');
same('the form knows which version it began from', base, h.one('SELECT MAX(id) FROM survey_version'));
await M.post(page, { ...form([{ ...scale, stable: own[0], from: '1', nexts: {} }, { kind: 'date', en: 'Which day?', stable: own[1] }]), base });
same('a shorter scale: its numbers are the same answers', [Object.keys(stables()).length, stables()[5], stables()[10]], [10, before[5], before[10]]);
a = await M.get(`${page}/preview`);
ok('the preview reads it', a.body.includes('1 – Not at all') && a.body.includes('10 – Very') && a.body.includes('Scale'), a.body);

// --- in between, twice, elsewhere ---
const tree = [{ kind: 'yes_no', en: 'Alpha', yes: '3', no: 'end' }, B, C];
a = await M.post('/surveys/new', form(tree, { go: 'insert.1' }));
same('a question put in between: branches stay at theirs', [texts(a.body), chosen(a.body, 'yes-next-0')], [['Alpha', '', 'Beta', 'Gamma'], '4']);
a = await M.post('/surveys/new', form(tree, { go: 'copy.0' }));
same('a duplicate stands behind it and leads where it leads', [texts(a.body), chosen(a.body, 'yes-next-0'), chosen(a.body, 'yes-next-1'), input(a.body.replace('name="stable.1"', 'id="s1"'), 's1')],
	[['Alpha', 'Alpha', 'Beta', 'Gamma'], '4', '4', '0']);
a = await M.post('/surveys/new', form(tree, { go: 'move.2-0' }));
same('dragged to the top: what leads to it says so', [texts(a.body), chosen(a.body, 'yes-next-1')], [['Gamma', 'Alpha', 'Beta'], '1']);
ok('and the picture shows the way back as wrong', flow(a.body).includes('flow-back') && flow(a.body).includes('flow-out-wrong'), flow(a.body));
a = await M.post('/surveys/new', form(tree, { go: 'move.0-2' }));
same('dragged to the end', texts(a.body), ['Beta', 'Gamma', 'Alpha']);
for (const go of ['move.0-19', 'move.19-0', 'copy.19', 'insert.19', 'move.1-1'])
	same(`${go} at the edge changes nothing`, texts((await M.post('/surveys/new', form(tree, { go }))).body), ['Alpha', 'Beta', 'Gamma']);
a = await M.post('/surveys/new', form(tree, { go: 'check' }));
ok('“Check” says what is to know and stores nothing', a.status === 200 && !a.body.includes('Not saved yet') && versions() === 2, a.body);
a = await M.post('/surveys/new', form([{ ...tree[0], required: true }, B, C], { go: 'check' }));
ok('a question that nothing leads to is named, and stands out in the picture', a.body.includes('Question 2: No answer leads to this question') && flow(a.body).includes('flow-lost'), a.body);
ok('the picture says the same in words', flow(a.body).includes('Yes → Question 3: Gamma') && flow(a.body).includes('No → End of the questionnaire'), flow(a.body));

// --- a copy of the whole ---
a = await M.post(`${page}/copy`, {});
b = a.headers.location;
same('a duplicate opens in the editor', [a.status, /^\/surveys\/\d+$/.test(b)], [303, true]);
same('the same sent twice is one', (await M.post(`${page}/copy`, {})).headers.location, b);
same('it has the words and none of the answers’ ids', [(await M.get(b)).body.includes('value="Essai (copy)"'), h.one(`SELECT COUNT(*) FROM question x JOIN question y ON y.stable_id = x.stable_id
	JOIN survey_version v ON v.id = x.version_id JOIN survey_version w ON w.id = y.version_id WHERE v.survey_id = ${id} AND w.survey_id <> ${id}`.replace('\n', ' '))], [true, '0']);
await E.get('/surveys');
same('another organisation cannot', (await E.post(`${page}/copy`, {})).status, 404);
const n = versions();
await M.post('/surveys/new', form([A], { name: 'Deux fois' }));
await M.post('/surveys/new', form([A], { name: 'Deux fois' }));
same('a new one sent twice is one', versions(), n + 1);

// --- two owners at once ---
const open = await M.get(b), theirs = await P.get(b);
const made = (body) => ({ base: body.match(/name="base" value="(\d+)"/)[1] });
same('Paul saves', (await P.post(b, { ...form([A, B]), name: 'Essai (copy)', ...made(theirs.body) })).status, 303);
const count = versions(), mine = form([C], { name: 'Essai (copy)' });
a = await M.post(b, { ...mine, ...made(open.body) });
ok('Marie is told by whom, and nothing is saved', a.status === 409 && a.body.includes('Somebody else saved this questionnaire meanwhile') && a.body.includes('by Paul') && versions() === count, a.body);
ok('what she wrote stays, and the other version is a link away', texts(a.body)[0] === 'Gamma' && a.body.includes(`${b}/versions`) && a.body.includes(`${b}/preview`), a.body);
same('saving again is meant', (await M.post(b, { ...mine, ...made(a.body) })).status, 303);
same('and is the newest; Paul’s is kept before it', [versions(), h.one('SELECT text_en FROM question ORDER BY id DESC LIMIT 1')], [count + 1, 'Gamma']);
const last = await M.get(b);
const again = { ...form([C], { name: 'Essai (copy)' }), ...made(open.body), 'stable.0': last.body.match(/name="stable\.0" value="(\d+)"/)[1] };
const named = await P.get(b), stale = await M.get(b);
const both = (body) => ({ ...made(body), base_name: body.match(/name="base_name" value="(\d+)"/)[1], 'stable.0': body.match(/name="stable\.0" value="(\d+)"/)[1] });
await P.post(b, { ...form([C], { name: 'Nom de Paul' }), ...both(named.body) });
a = await M.post(b, { ...form([C], { name: 'Nom de Marie' }), ...both(stale.body) });
ok('two names at once: the slower one is told too', a.status === 409 && a.body.includes('value="Nom de Marie"') && h.one(`SELECT name FROM survey WHERE id = ${b.match(/\d+/)[0]}`) === 'Nom de Paul', a.body);
await M.post(b, { ...form([C], { name: 'Essai (copy)' }), ...both(a.body) });
same('the same content from an older page is no quarrel', [(await M.post(b, again)).status, versions()], [303, count + 1]);

// --- versions ---
a = await M.get(`${b}/versions`);
ok('fact 40: each version with who and what changed', a.body.includes('Version 3') && a.body.includes('by Marie') && a.body.includes('by Paul') && a.body.includes('is new: Gamma') &&
	a.body.includes('was removed: Alpha') && a.body.includes('The first version.'), a.body);
const op = h.operation(org, marie, { survey: { version: h.one(`SELECT id FROM survey_version WHERE survey_id = ${b.match(/\d+/)[0]} AND number = 2`) }, version: 'specialized', name: 'Laval' });
a = await M.get(`${b}/versions`);
ok('fact 39: which operations use it', /id="version-2".*Used by:.*?href="\/operations\/\d+">Laval</s.test(a.body) && a.body.includes('No operation uses it now.'), a.body);
const old = h.one(`SELECT survey_version_id FROM operation WHERE id = ${op}`);
ok('an old version can be looked at', (await M.get(`${b}/preview?version=${old}`)).body.includes('Beta'));
same('not as another questionnaire’s', (await M.get(`${page}/preview?version=${old}`)).status, 404);
same('nor by strangers', [(await E.get(`${b}/versions`)).status, (await E.get(`${b}/preview?version=${old}`)).status], [404, 404]);

// --- the largest form; texts of every kind ---
const big = Array.from({ length: 20 }, (_, i) => ({ kind: 'single_choice', en: `Question ${i + 1} `.padEnd(900, 'x'), answers: Array.from({ length: 20 }, (_, c) => [`Answer ${c} `.padEnd(200, 'y'), 'next']) }));
a = await M.post('/surveys/new', form(big, { name: 'Big' }));
same('20 questions with 20 answers each are saved', [a.status, h.one('SELECT COUNT(*) FROM choice c JOIN question n ON n.id = c.question_id JOIN survey_version v ON v.id = n.version_id JOIN survey s ON s.id = v.survey_id WHERE s.name = "Big"')], [303, '400']);
const bigPage = `/surveys/${h.one('SELECT MAX(id) FROM survey')}`;
a = await M.get(bigPage);
ok('shown again, with a picture of all of them', a.status === 200 && input(a.body, 'choice-en-19-19')?.startsWith('Answer 19') && (flow(a.body).match(/class="flow-box/g) ?? []).length === 20, a.status);
same('one more of each is refused by its button', [texts((await M.post('/surveys/new', form(big, { go: 'add' }))).body).length, texts((await M.post('/surveys/new', form(big, { go: 'copy.3' }))).body).length], [20, 20]);
for (const [what, text] of [['markup', '</textarea><script>alert(1)</script>'], ['quotes', `"'\`&amp;"`], ['right-to-left letters', 'שלום مرحبا'], ['emoji', '👩🏽‍🚒🏳️‍🌈'], ['a template’s marks', '[[Save]] %s %n']]) {
	a = await M.post('/surveys/new', form([{ kind: 'scale', en: text, low: text, high: text }], { name: text }));
	b = `/surveys/${h.one('SELECT MAX(id) FROM survey')}`;
	same(`${what} is stored as it was`, [a.status, h.one('SELECT text_en FROM question ORDER BY id DESC LIMIT 1')], [303, text]);
	for (const where of [b, `${b}/preview`, `${b}/versions`, '/surveys']) {
		a = await M.get(where);
		ok(`${what} is text at ${where.replace(/\d+/, ':id')}`, a.status === 200 && !a.body.includes('<script>alert') && !/[^&]<b>/.test(a.body), a.body);
	}
}
same('10,000 characters are too many for a question, and said so', (await M.post('/surveys/new', form([{ en: 'x'.repeat(10000) }]))).status, 422);
await done();
