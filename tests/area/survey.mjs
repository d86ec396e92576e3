// Questionnaires through their socket: the plain editor, its buttons, versions, the way back to the wizard.
import { start, ok, same, done, sql } from './area.mjs';
import { house } from './house.mjs';

const h = house(sql);
const survey = await start('survey', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Other');
const marie = h.user(org, 'Marie', 'organiser', 'en'), lea = h.user(org, 'Léa'), eve = h.user(other, 'Eve', 'organiser', 'en');
const M = survey.visitor(marie.cookies), E = survey.visitor(eve.cookies), L = survey.visitor(lea.cookies);
const name = (body) => body.match(/id="name"[^>]*value="([^"]*)"/)?.[1];
const area = (body, id) => body.match(new RegExp(`<textarea[^>]*id="${id}"[^>]*>([^<]*)</textarea>`))?.[1];
const versions = () => Number(h.one('SELECT COUNT(*) FROM survey_version'));
/** The fields of a form; a question is { kind, fr, en, required, yes, no, answers: [[fr, en, next, stable]], stable }. */
const form = (questions, more = {}) => {
	const out = { name: 'Pointage', description: 'Test', script_fr: 'Bonjour {first_name},\n\nici {agent}.', script_en: 'Hello {first_name}, this is {agent}.',
		questions: String(questions.length), go: 'save', ...more };
	questions.forEach((q, i) => {
		Object.assign(out, { [`stable.${i}`]: q.stable ?? '0', [`kind.${i}`]: q.kind ?? 'single_choice', [`text_fr.${i}`]: q.fr, [`text_en.${i}`]: q.en,
			[`yes_next.${i}`]: q.yes ?? 'next', [`no_next.${i}`]: q.no ?? 'next', [`answers.${i}`]: String(q.answers?.length ?? 0) });
		if (q.required)
			out[`required.${i}`] = '1';
		(q.answers ?? []).forEach(([fr, en, next, stable], c) => Object.assign(out, { [`choice_fr.${i}-${c}`]: fr, [`choice_en.${i}-${c}`]: en,
			[`next.${i}-${c}`]: next ?? 'next', [`answer.${i}-${c}`]: stable ?? '0' }));
	});
	return out;
};
const first = { fr: 'Votre 1er choix?', en: 'Your 1st choice?', answers: [['Nous', 'We'], ['Eux', 'They']] };
const lift = { kind: 'yes_no', fr: 'Un transport?', en: 'A lift?' };
const notes = { kind: 'text_long', fr: 'Des notes?', en: 'Any notes?' };
const plain = form([first]);
/** The question that an answer leads to in an editor's page: the selected option's value. */
const chosen = (body, id) => body.match(new RegExp(`<select[^>]*id="${id}".*?</select>`, 's'))?.[0].match(/value="([^"]*)" selected/)?.[1];
const input = (body, id) => body.match(new RegExp(`id="${id}"[^>]*value="([^"]*)"`))?.[1];
let a, b;

same('a volunteer has no questionnaires', (await L.get('/surveys')).status, 403);
a = await M.get('/surveys');
ok('an empty list says what to do', a.status === 200 && a.body.includes('Create From Blank') && a.body.includes('No questionnaire yet'));
a = await M.get('/surveys/new');
ok('a blank one has one question', a.body.includes('id="question-0"') && !a.body.includes('id="question-1"'));
same('the kinds that agents can ask are offered', [...a.body.match(/<select[^>]*id="kind-0".*?<\/select>/s)[0].matchAll(/value="([a-z_]+)"/g)].map((m) => m[1]),
	['single_choice', 'yes_no', 'multiple_choice', 'scale', 'text_short', 'text_long', 'number', 'date', 'field_update', 'info']);

// --- mistakes ---
for (const [what, change, where] of [
	['no name', { name: ' ' }, 'name-wrong'],
	['an unknown merge field', { script_fr: 'Bonjour {prenom}' }, 'script-fr-wrong'],
	['an unknown merge field in a question', { 'text_en.0': 'Hi {x}' }, 'text-en-0-wrong'],
	['no question text', { 'text_fr.0': '', 'text_en.0': ' ' }, 'text-en-0-wrong'],
	['one answer', { 'answers.0': '1' }, 'choices-0-wrong'],
	['an answer that one language lacks', { 'choice_en.0-1': ' ' }, 'choice-0-1-wrong'],
	['an answer without text that leads somewhere', { 'choice_fr.0-1': '', 'choice_en.0-1': '', 'next.0-1': 'end' }, 'choice-0-1-wrong'],
	['a stored answer that was emptied', { 'choice_fr.0-1': '', 'choice_en.0-1': '', 'answer.0-1': '7' }, 'choice-0-1-wrong'],
	['too long an answer', { 'choice_fr.0-0': 'x'.repeat(301) }, 'choice-0-0-wrong'],
	['fact 41: a branch to a question that is not there', { 'next.0-1': '2' }, 'next-0-1-wrong'],
	['fact 41: a branch to a deleted question', { 'next.0-1': 'gone' }, 'next-0-1-wrong'],
	['fact 41: a branch to the question itself', { 'next.0-1': '1' }, 'next-0-1-wrong'],
	['a branch that no button sends', { 'next.0-1': '-7' }, 'next-0-1-wrong'],
]) {
	a = await M.post('/surveys/new', { ...plain, ...change });
	ok(`${what} is refused beside its field`, a.status === 422 && a.body.includes(`id="${where}"`), a.body);
	ok(`${what}: what was typed stays`, 'script_fr' in change ? area(a.body, 'script-fr') === change.script_fr
		: area(a.body, 'script-fr') === plain.script_fr, area(a.body, 'script-fr'));
}
a = await M.post('/surveys/new', { ...plain, script_fr: 'Bonjour {prenom}' });
ok('the unknown merge field is named', a.body.includes('{prenom}') && a.body.includes('This merge field does not exist.'));
ok('no question is refused', (await M.post('/surveys/new', { ...plain, questions: '0' })).status === 422);
same('an unknown kind is not stored', (await M.post('/surveys/new', { ...plain, 'kind.0': 'riddle' })).status, 422);
same('an unknown field is a bad request', (await M.post('/surveys/new', { ...plain, more: '1' })).status, 400);
same('nothing of it was stored', versions(), 0);

// --- buttons ---
a = await M.post('/surveys/new', { ...plain, go: 'add' });
ok('“Add a question” adds one and keeps the rest', a.status === 200 && a.body.includes('id="question-1"') && input(a.body, 'choice-fr-0-1') === 'Eux', a.body);
a = await M.post('/surveys/new', { ...plain, go: 'answer.0' });
ok('“Add an answer” adds a row', input(a.body, 'choice-fr-0-2') === '' && a.body.includes('name="answers.0" value="3"'), a.body);
a = await M.post('/surveys/new', { ...plain, go: 'raise.0-1' });
same('an arrow moves an answer', [input(a.body, 'choice-en-0-0'), input(a.body, 'choice-en-0-1')], ['They', 'We']);
a = await M.post('/surveys/new', { ...form([{ ...first, answers: [...first.answers, ['Autre', 'Other']] }]), go: 'drop.0-0' });
same('“×” takes an answer away', [input(a.body, 'choice-en-0-0'), input(a.body, 'choice-en-0-1'), a.body.includes('choice-en-0-2')], ['They', 'Other', false]);
const two = form([first, lift]);
a = await M.post('/surveys/new', { ...two, go: 'down.0' });
ok('an arrow moves a question', area(a.body, 'text-fr-0') === 'Un transport?' && area(a.body, 'text-fr-1') === 'Votre 1er choix?', a.body);
a = await M.post('/surveys/new', { ...two, go: 'remove.0' });
ok('“Remove” takes one away', area(a.body, 'text-fr-0') === 'Un transport?' && !a.body.includes('id="question-1"'), a.body);
for (const go of ['up.0', 'down.1', 'up.19', 'remove.19', 'answer.19', 'raise.0-0', 'raise.19-19', 'drop.0-19', 'drop.19-0'])
	same(`${go} at the edge changes nothing`, area((await M.post('/surveys/new', { ...two, go })).body, 'text-fr-1'), 'Un transport?');
same('buttons store nothing', versions(), 0);

// --- branches stay at their question while questions move and go ---
const tree = [{ ...first, required: true, answers: [['Nous', 'We', '3'], ['Eux', 'They', 'end']] }, { ...lift, yes: '4', no: 'next' }, { ...notes, fr: 'Cible', en: 'Target' }, notes];
a = await M.post('/surveys/new', { ...form(tree), go: 'down.2' });
same('moved down, it is still where the answer leads', [chosen(a.body, 'next-0-0'), chosen(a.body, 'yes-next-1'), chosen(a.body, 'next-0-1')], ['4', '3', 'end']);
a = await M.post('/surveys/new', { ...form(tree), go: 'remove.1' });
same('a question before it removed: still the same', [chosen(a.body, 'next-0-0'), area(a.body, 'text-en-1')], ['2', 'Target']);
a = await M.post('/surveys/new', { ...form(tree), go: 'remove.2' });
same('fact 41: itself removed: the branch says so', [chosen(a.body, 'next-0-0'), chosen(a.body, 'yes-next-1')], ['gone', '3']);
a = await M.post('/surveys/new', { ...form(tree), go: 'up.2' });
same('moved before another that leads to it: still the same', [chosen(a.body, 'next-0-0'), area(a.body, 'text-en-1')], ['2', 'Target']);
const back = form([{ ...first, answers: [['Nous', 'We', '2'], ['Eux', 'They', '2']] }, lift]);
a = await M.post('/surveys/new', { ...back, go: 'up.1' });
same('moved before the answer that leads to it: shown as it is', chosen(a.body, 'next-1-0'), '1');
a = await M.post('/surveys/new', form([lift, { ...first, answers: [['Nous', 'We', '1'], ['Eux', 'They', 'end']] }]));
ok('fact 41: and refused, named beside it and on top', a.status === 422 && a.body.includes('id="next-1-0-wrong"') && a.body.includes('href="#next-1-0"') &&
	a.body.includes('Question 2, answer 1'), a.body);
a = await M.post('/surveys/new', form([notes, { ...lift, no: '1' }]));
ok('fact 41: also of a yes/no question', a.status === 422 && a.body.includes('id="no-next-1-wrong"') && a.body.includes('href="#no-next-1"'), a.body);
same('of a kind without branches the leftover is not looked at', (await M.post('/surveys/new', { ...form([{ ...notes, yes: '1', answers: [['', '', '1']] }, notes]), go: 'up.1' })).status, 200);
same('nothing of it was stored', versions(), 0);

// --- warnings: said before saving, and no obstacle ---
const lonely = form([{ ...first, required: true, answers: [['Nous', 'We', '3'], ['Eux', 'They', 'end']] }, lift, notes]);
a = await M.post('/surveys/new', lonely);
ok('a question that no answer leads to is named', a.status === 422 && a.body.includes('Not saved yet.') && a.body.includes('href="#question-1"') &&
	a.body.includes('Question 2: No answer leads to this question'), a.body);
a = await M.post('/surveys/new', form([{ ...first, answers: [['Nous', 'We', '3'], ['Eux', 'They', 'end']] }, { ...lift, en: ' ' }, notes]));
ok('a question that may be passed over leads to the next one; a text that one language lacks is named beside it', a.status === 422 &&
	!a.body.includes('No answer leads') && a.body.includes('id="text-en-1-advice"') && a.body.includes('Question 2 in English'), a.body);
same('nothing of it was stored', versions(), 0);
same('“Save as it is” saves', (await M.post('/surveys/new', { ...lonely, name: 'Lonely', go: 'anyway' })).status, 303);
same('but not what is wrong', (await M.post('/surveys/new', { ...lonely, 'next.0-0': 'gone', go: 'anyway' })).status, 422);
b = h.one('SELECT MAX(id) FROM survey');
ok('its pages go on saying it', (await M.get(`/surveys/${b}`)).body.includes('No answer leads') && (await M.get(`/surveys/${b}/preview`)).body.includes('No answer leads'));
sql('DELETE FROM choice');
sql('DELETE FROM question');
sql('DELETE FROM survey_version');
sql('DELETE FROM survey');

// --- saving, editing ---
a = await M.post('/surveys/new', two);
same('saved, back to the list', [a.status, a.headers.location], [303, '/surveys']);
const id = h.one('SELECT id FROM survey'), page = `/surveys/${id}`;
same('with both questions; yes/no has its two answers', h.one(`SELECT GROUP_CONCAT(n.kind, ':', (SELECT GROUP_CONCAT(c.text_fr ORDER BY c.position SEPARATOR '/')
	FROM choice c WHERE c.question_id = n.id) ORDER BY n.position) FROM question n`.replace('\n', ' ')), 'single_choice:Nous/Eux,yes_no:Oui/Non');
ok('the list shows it', (await M.get('/surveys')).body.includes('Pointage'));
a = await M.get(page);
same('the editor shows what was stored', [name(a.body), area(a.body, 'script-fr'), input(a.body, 'choice-en-0-0'), input(a.body, 'choice-en-0-1')],
	['Pointage', plain.script_fr, 'We', 'They']);
const stable = [...a.body.matchAll(/name="stable\.\d" value="(\d+)"/g)].map((m) => m[1]);
const choices = () => sql(`SELECT c.text_en, c.stable_id FROM choice c JOIN question n ON n.id = c.question_id WHERE n.version_id = (SELECT MAX(id) FROM survey_version)
	AND n.position = 1 ORDER BY c.position`.replace('\n', ' '));
const before = Object.fromEntries(choices());
const one = { ...first, stable: stable[0], answers: [['Nous', 'We', 'next', before.We], ['Eux', 'They', 'next', before.They]] }, other2 = { ...lift, stable: stable[1] };
const edit = form([one, other2]);
await M.post(page, edit);
same('the same again is no new version', versions(), 1);
const [we, they] = one.answers;
await M.post(page, form([{ ...one, answers: [they, ['Personne', 'Nobody'], we, ['', '']] }, other2]));
const after = Object.fromEntries(choices());
same('fact 40: an edit is a new version; a row that nobody used is none', [versions(), Object.keys(after).length], [2, 3]);
ok('answers that only moved are the same answers; a new one is new', after.We === before.We && after.They === before.They &&
	!Object.values(before).includes(after.Nobody), JSON.stringify([before, after]));
await M.post(page, form([{ ...one, answers: [they, ['Aucun', 'Nobody at all', 'end', after.Nobody], we] }, other2]));
same('a corrected spelling is the same answer', Object.fromEntries(choices())['Nobody at all'], after.Nobody);
const nexts = (version) => h.one(`SELECT GROUP_CONCAT(c.next ORDER BY n.position, c.position) FROM choice c JOIN question n ON n.id = c.question_id
	JOIN survey_version v ON v.id = n.version_id WHERE v.survey_id = ${id} AND v.number = ${version}`.replace('\n', ' '));
same('fact 40: each version keeps its branches', [nexts(2), nexts(3)], ['0,0,0,0,0', '0,-1,0,0,0']);
await M.post(page, form([{ ...one, answers: [they, ['Aucun', 'Nobody at all', 'end', after.Nobody], we] }, { ...other2, required: true }]));
same('required is part of a version', [versions(), h.one('SELECT required FROM question ORDER BY id DESC LIMIT 1')], [4, '1']);
same('questions stay comparable', h.one('SELECT COUNT(DISTINCT stable_id) FROM question'), '2');
same('an answer’s id given twice is taken once', [(await M.post(page, form([{ ...one, answers: [we, ['Autre', 'Other', 'next', before.We]] }, other2]))).status,
	new Set(choices().map((c) => c[1])).size], [303, 2]);
same('somebody else’s stable id is not taken over', (await M.post('/surveys/new', { ...edit, name: 'Copy' })).status, 303);
same('a copy has questions of its own', h.one('SELECT COUNT(DISTINCT stable_id) FROM question'), '4');

// --- preview ---
a = await M.get(`${page}/preview`);
ok('fact 35: the preview reads as an agent would', a.body.includes('Hello Camille, this is Marie.') && a.body.includes('A lift?'), a.body);
same('fact 35: without saving anything', [versions(), h.one('SELECT COUNT(*) FROM answer')], [6, '0']);
await M.post('/surveys/new', form(tree, { name: 'Tree', go: 'anyway' }));
a = await M.get(`/surveys/${h.one('SELECT MAX(id) FROM survey')}/preview`);
ok('fact 35: it says in words where answers lead', /We[^<]*<span class="then">→.*?Question 3: Target/s.test(a.body) &&
	/They[^<]*<span class="then">→.*?End of the questionnaire/s.test(a.body) && /Yes[^<]*<span.*?Question 4: Any notes\?/s.test(a.body) && a.body.includes('required'), a.body);

// --- from the wizard ---
const running = h.operation(org, marie, { survey: { version: h.one('SELECT MIN(id) FROM survey_version'), question: h.one('SELECT MIN(id) FROM question') } });
a = await M.get(`${page}?operation=${running}`);
ok('fact 37: the pages know the operation they came from', a.body.includes(`href="/wizard/${running}/questions"`) && a.body.includes(`name="operation" value="${running}"`));
a = await M.post(page, { ...edit, script_fr: 'Allo', operation: running });
same('fact 37: and lead back to its page 4', a.headers.location, `/wizard/${running}/questions`);
same('its operation takes the new version', h.one(`SELECT survey_version_id FROM operation WHERE id = ${running}`), h.one('SELECT MAX(id) FROM survey_version'));
const foreign = h.operation(other, eve, { survey: { version: h.one('SELECT MIN(id) FROM survey_version') } });
await M.post(page, { ...edit, script_fr: 'Encore', operation: foreign });
same('somebody else’s operation does not', h.one(`SELECT survey_version_id FROM operation WHERE id = ${foreign}`), h.one('SELECT MIN(id) FROM survey_version'));

// --- other organisations, strangers' text ---
for (const where of [page, `${page}/preview`])
	same(`another organisation gets 404 at ${where.replace(/\d+/, ':id')}`, (await E.get(where)).status, 404);
await E.get('/surveys/new');
same('and cannot save there', (await E.post(page, edit)).status, 404);
await M.post('/surveys/new', { ...plain, name: '<b>x</b>', 'text_fr.0': '</textarea><script>alert(1)</script>' });
b = h.one('SELECT MAX(id) FROM survey');
a = await M.get(`/surveys/${b}`);
ok('markup is text', !a.body.includes('<b>x') && !a.body.includes('<script>alert'));
ok('also in the preview', !(await M.get(`/surveys/${b}/preview`)).body.includes('<script>alert'));
await done();
