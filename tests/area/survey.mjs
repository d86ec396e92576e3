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
const plain = { name: 'Pointage', description: 'Test', script_fr: 'Bonjour {first_name},\n\nici {agent}.', script_en: '', questions: '1', 'stable.0': '0',
	'kind.0': 'single_choice', 'text_fr.0': 'Votre 1er choix?', 'text_en.0': 'Your 1st choice?', 'choices_fr.0': 'Nous\nEux', 'choices_en.0': 'We\nThey', go: 'save' };
let a, b;

same('a volunteer has no questionnaires', (await L.get('/surveys')).status, 403);
a = await M.get('/surveys');
ok('an empty list says what to do', a.status === 200 && a.body.includes('Create From Blank') && a.body.includes('No questionnaire yet'));
a = await M.get('/surveys/new');
ok('a blank one has one question', a.body.includes('id="question-0"') && !a.body.includes('id="question-1"'));
ok('only kinds that work are offered', (a.body.match(/name="kind\.0"/g) ?? []).length === 2 && a.body.includes('value="single_choice"') && a.body.includes('value="yes_no"'));

// --- mistakes ---
for (const [what, change, where] of [
	['no name', { name: ' ' }, 'name-wrong'],
	['an unknown merge field', { script_fr: 'Bonjour {prenom}' }, 'script-fr-wrong'],
	['an unknown merge field in a question', { 'text_en.0': 'Hi {x}' }, 'text-en-0-wrong'],
	['no question text', { 'text_fr.0': '', 'text_en.0': ' ' }, 'text-en-0-wrong'],
	['one answer', { 'choices_fr.0': 'Nous', 'choices_en.0': 'We' }, 'choices-0-wrong'],
	['answers that one language lacks', { 'choices_en.0': 'We' }, 'choices-0-wrong'],
	['too many answers', { 'choices_fr.0': Array(21).fill('x').join('\n'), 'choices_en.0': '' }, 'choices-0-wrong'],
]) {
	a = await M.post('/surveys/new', { ...plain, ...change });
	ok(`${what} is refused beside its field`, a.status === 422 && a.body.includes(`id="${where}"`), a.body);
	ok(`${what}: what was typed stays`, 'script_fr' in change ? area(a.body, 'script-fr') === change.script_fr
		: area(a.body, 'script-fr') === plain.script_fr, area(a.body, 'script-fr'));
}
a = await M.post('/surveys/new', { ...plain, script_fr: 'Bonjour {prenom}' });
ok('the unknown merge field is named', a.body.includes('{prenom}') && a.body.includes('This merge field does not exist.'));
ok('no question is refused', (await M.post('/surveys/new', { ...plain, questions: '0' })).status === 422);
same('an unknown kind is not stored', (await M.post('/surveys/new', { ...plain, 'kind.0': 'scale' })).status, 422);
same('an unknown field is a bad request', (await M.post('/surveys/new', { ...plain, more: '1' })).status, 400);
same('nothing of it was stored', versions(), 0);

// --- buttons ---
a = await M.post('/surveys/new', { ...plain, go: 'add' });
ok('“Add a question” adds one and keeps the rest', a.status === 200 && a.body.includes('id="question-1"') && area(a.body, 'choices-fr-0') === 'Nous\nEux', a.body);
const two = { ...plain, questions: '2', 'stable.1': '0', 'kind.1': 'yes_no', 'text_fr.1': 'Un transport?', 'text_en.1': '', 'choices_fr.1': '', 'choices_en.1': '' };
a = await M.post('/surveys/new', { ...two, go: 'down.0' });
ok('an arrow moves a question', area(a.body, 'text-fr-0') === 'Un transport?' && area(a.body, 'text-fr-1') === 'Votre 1er choix?', a.body);
a = await M.post('/surveys/new', { ...two, go: 'remove.0' });
ok('“Remove” takes one away', area(a.body, 'text-fr-0') === 'Un transport?' && !a.body.includes('id="question-1"'), a.body);
for (const go of ['up.0', 'down.1', 'up.19', 'remove.19'])
	same(`${go} at the edge changes nothing`, area((await M.post('/surveys/new', { ...two, go })).body, 'text-fr-1'), 'Un transport?');
same('buttons store nothing', versions(), 0);

// --- saving, editing ---
a = await M.post('/surveys/new', two);
same('saved, back to the list', [a.status, a.headers.location], [303, '/surveys']);
const id = h.one('SELECT id FROM survey'), page = `/surveys/${id}`;
same('with both questions; yes/no has its two answers', h.one(`SELECT GROUP_CONCAT(n.kind, ':', (SELECT GROUP_CONCAT(c.text_fr ORDER BY c.position SEPARATOR '/')
	FROM choice c WHERE c.question_id = n.id) ORDER BY n.position) FROM question n`.replace('\n', ' ')), 'single_choice:Nous/Eux,yes_no:Oui/Non');
ok('the list shows it', (await M.get('/surveys')).body.includes('Pointage'));
a = await M.get(page);
same('the editor shows what was stored, line by line', [name(a.body), area(a.body, 'script-fr'), area(a.body, 'choices-en-0')],
	['Pointage', plain.script_fr, 'We\nThey']);
const stable = [...a.body.matchAll(/name="stable\.\d" value="(\d+)"/g)].map((m) => m[1]);
const edit = { ...two, 'stable.0': stable[0], 'stable.1': stable[1] };
const choices = () => sql(`SELECT c.text_en, c.stable_id FROM choice c JOIN question n ON n.id = c.question_id WHERE n.version_id = (SELECT MAX(id) FROM survey_version)
	AND n.position = 1 ORDER BY c.position`.replace('\n', ' '));
const before = Object.fromEntries(choices());
await M.post(page, edit);
same('the same again is no new version', versions(), 1);
await M.post(page, { ...edit, 'choices_en.0': 'They\nNobody\nWe', 'choices_fr.0': 'Eux\nPersonne\nNous' });
const after = Object.fromEntries(choices());
same('fact 40: an edit is a new version', versions(), 2);
ok('answers that only moved are the same answers; a new one is new', after.We === before.We && after.They === before.They &&
	!Object.values(before).includes(after.Nobody), JSON.stringify([before, after]));
await M.post(page, { ...edit, 'choices_en.0': 'They\nNobody at all\nWe', 'choices_fr.0': 'Eux\nAucun\nNous' });
same('a corrected spelling in its place is the same answer', Object.fromEntries(choices())['Nobody at all'], after.Nobody);
same('questions stay comparable', h.one('SELECT COUNT(DISTINCT stable_id) FROM question'), '2');
same('somebody else’s stable id is not taken over', (await M.post('/surveys/new', { ...edit, name: 'Copy' })).status, 303);
same('a copy has questions of its own', h.one('SELECT COUNT(DISTINCT stable_id) FROM question'), '4');

// --- preview ---
a = await M.get(`${page}/preview`);
ok('fact 35: the preview reads as an agent would', a.body.includes('Bonjour Camille,') && a.body.includes('ici Marie.') && a.body.includes('Un transport?') &&
	a.body.includes('Nobody at all'), a.body);
same('fact 35: without saving anything', [versions(), h.one('SELECT COUNT(*) FROM answer')], [4, '0']);

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
