// The wizard's pages through their socket: what each stores, refuses and keeps; what it never offers.
import { start, ok, same, done, sql } from './area.mjs';
import { house, NOON } from './house.mjs';

const h = house(sql);
const wizard = await start('wizard', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation();
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'fr'), lea = h.user(org, 'Léa');
const survey = h.survey(org), stable = h.one(`SELECT stable_id FROM question WHERE id = ${survey.question}`);
const M = wizard.visitor(marie.cookies), P = wizard.visitor(paul.cookies), L = wizard.visitor(lea.cookies);
h.people(org, null, 3);
let a;

const pageOf = (answer) => answer.headers.location?.replace(/^\/wizard\/\d+\//, '') ?? answer.headers.location;
const row = (what) => h.one(`SELECT ${what} FROM operation WHERE id = ${id}`);
const value = (body, name) => body.match(new RegExp(`name="${name.replace('.', '\\.')}"[^>]*value="([^"]*)"`))?.[1];
const details = { name: 'Pointage Laval', description: '', question: survey.question, start: '2026-11-24', end: '2026-12-24',
	end_time: '20:00', opens: '09:00', closes: '21:00', method: 'phone', go: 'next' };

// --- a draft ---
await L.get('/wizard/1');
same('a volunteer starts no operation', (await L.post('/wizard')).status, 403);
const csrf = h.one(`SELECT csrf FROM session WHERE user_id = ${marie.id}`);
M.csrf = csrf;
P.csrf = h.one(`SELECT csrf FROM session WHERE user_id = ${paul.id}`);
same('a POST without the key is refused', (await wizard.post('/wizard', {}, { HTTP_COOKIE: `tocsin=${marie.token}` })).status, 403);
const made = await Promise.all([M.post('/wizard'), M.post('/wizard')]);
const id = Number(made[0].headers.location.match(/\/wizard\/(\d+)\/version/)[1]);
same('fact 2: the wizard starts at the version page; fact 8: a double click makes one draft',
	made.map((m) => m.headers.location), [`/wizard/${id}/version`, `/wizard/${id}/version`]);
const at = (page) => `/wizard/${id}/${page}`;
for (const page of ['version', 'source', 'details', 'questions', 'recycling', 'exclusions', 'record', 'sharing', 'list'])
	same(`fact 7: ${page} answers 403 to somebody without a role`, (await P.get(at(page))).status, 403);
same('a GET writes nothing', [row('revision'), row('wizard_page')], ['1', '1']);
same('a page that is not open yet leads back to the first that is', pageOf(await M.get(at('recycling'))), 'version');
same('an unknown field is a bad request', (await M.post(at('version'), { version: 'original', nonsense: '1' })).status, 400);

// --- version, source ---
a = await M.get(at('version'));
const explained = [...a.body.matchAll(/name="version" value="([a-z]+)".*?<span class="choice-about">([^<]+)</gs)].map((m) => [m[1], m[2]]);
same('fact 9: exactly two versions', [explained.map((e) => e[0]), (a.body.match(/type="radio"/g) ?? []).length], [['original', 'specialized'], 2]);
ok('fact 9: each explained in one sentence', explained.every((e) => /^[^.]{40,}\.$/.test(e[1])), JSON.stringify(explained));
ok('neither is chosen for the owner', !a.body.includes(' checked'));
a = await M.post(at('version'), { go: 'next' });
ok('fact 10: going on without a version is refused with a message', a.status === 422 && a.body.includes('Please choose one'), a.body);
same('fact 9: a third version is refused', (await M.post(at('version'), { version: 'deluxe', go: 'next' })).status, 422);
same('the version is stored and the next page comes', pageOf(await M.post(at('version'), { version: 'original', go: 'next' })), 'source');
a = await M.get(at('source'));
ok('fact 11: exactly contacts and electors', (a.body.match(/name="source"/g) ?? []).length === 2 && a.body.includes('3 people.') &&
	a.body.includes('Nobody is there yet.'), a.body);
a = await M.post(at('source'), { go: 'next' });
ok('fact 10: going on without a source is refused with a message', a.status === 422 && a.body.includes('Please choose one'));
same('back from it is not', pageOf(await M.post(at('source'), { go: 'back' })), 'version');
same('the source is stored', [pageOf(await M.post(at('source'), { source: 'contact', go: 'next' })), row('source')], ['details', 'contact']);

// --- details ---
a = await M.get(at('details'));
same('facts 16, 17, 20: today, a month later with a time, and daily hours are proposed',
	['start', 'end', 'end_time', 'opens', 'closes'].map((n) => value(a.body, n)), ['2026-11-24', '2026-12-24', '21:00', '09:00', '21:00']);
ok('fact 27, 28, 31: both methods, what they cost, and why one cannot be chosen', a.body.includes('Call via physical phone') &&
	a.body.includes('From the software') && a.body.includes('free') && a.body.includes('costs the organization money') &&
	a.body.includes('No telephony provider is set up') && /value="software" disabled/.test(a.body), a.body);
ok('fact 32: surveys with their questions', a.body.includes('<optgroup label="Pointage">') && a.body.includes(`<option value="${survey.question}"`));
const wrong = [
	['fact 14: an empty name', { name: ' ' }, 'name-wrong', 'Please fill this in.'],
	['a date that does not exist', { start: '2026-02-30' }, 'start-wrong', 'Please enter a date'],
	['fact 19: an end before the start', { end: '2026-11-23' }, 'end-wrong', 'The end must be after the start.'],
	['fact 21: hours that end before they start', { closes: '08:00' }, 'closes-wrong', 'hours cannot pass midnight'],
	['fact 21: hours that end when they start', { closes: '09:00' }, 'closes-wrong', 'hours cannot pass midnight'],
	['a time that is none', { opens: '25:00' }, 'opens-wrong', 'Please enter a time'],
	['fact 31: calls from the software', { method: 'software' }, 'method-wrong', 'No telephony provider'],
	['no method', { method: undefined }, 'method-wrong', 'Please choose one'],
	['somebody else’s question', { question: '999999' }, 'question-wrong', 'Choose the question'],
];
for (const [name, change, where, text] of wrong) {
	a = await M.post(at('details'), { ...details, description: 'Ligne 1\nLigne 2', ...change });
	const beside = a.body.split(`id="${where}"`)[1]?.slice(0, 200) ?? '';
	ok(`${name} is refused beside its field`, a.status === 422 && beside.includes(text), `${a.status} ${beside}`);
	ok(`${name}: what was typed stays`, a.body.includes('>Ligne 1\nLigne 2</textarea>') && value(a.body, 'end_time') === '20:00', a.body);
}
a = await M.post(at('details'), { ...details, name: '', closes: '08:00' });
ok('mistakes of both kinds are told in one round', ['name-wrong', 'closes-wrong'].every((x) => a.body.includes(`id="${x}"`)), a.body.match(/class="wrong"[^<]*/g)?.join());
same('nothing of it was stored', row('LENGTH(name)'), '0');
await M.post(at('details'), { ...details, name: 'Halfway', closes: '08:00', go: 'back' });
same('"Back" with a mistake stores nothing wrong', row('IFNULL(closes_at, 0)'), '0');
same('fact 15: an empty description is accepted', pageOf(await M.post(at('details'), details)), 'questions');
same('details are stored', h.one(`SELECT CONCAT_WS('|', name, method, starts_on, ends_at, opens_at, closes_at, question_id) FROM operation WHERE id = ${id}`),
	`Pointage Laval|phone|2026-11-24|2026-12-24 20:00:00|09:00:00|21:00:00|${survey.question}`);
await M.post(at('details'), { ...details, name: 'Renamed', opens: 'x', go: 'back' });
same('"Back" stores what is valid', h.one(`SELECT CONCAT_WS('|', name, opens_at) FROM operation WHERE id = ${id}`), 'Renamed|09:00:00');
await M.post(at('details'), details);

// --- questions ---
a = await M.get(at('questions'));
ok('fact 33, 34: the set, its actions, “Create From Blank”', a.body.includes(`href="/surveys/new?operation=${id}"`) &&
	a.body.includes('Preview template') && a.body.includes('Edit template') && a.body.includes('This operation uses'), a.body);
const other = h.survey(org, { question: 'Autre?' });
sql(`UPDATE survey SET name = 'Autre' ORDER BY id DESC LIMIT 1`);
a = await M.get(at('questions'));
ok('fact 33: every set is a card with “Use template”', a.body.includes(`name="survey" value="${other.version}"`), a.body);
same('fact 36: “Use template” takes the set and goes on', pageOf(await M.post(at('questions'), { survey: other.version })), 'recycling');
same('fact 36: with its question', [row('survey_version_id'), row('question_id')], [String(other.version), String(other.question)]);
same('a set that is not there is refused', (await M.post(at('questions'), { survey: 99999 })).status, 422);
await M.post(at('questions'), { survey: survey.version });

// --- recycling ---
a = await M.get(at('recycling'));
const group = (body, title) => body.split('<h2>').find((part) => part.startsWith(title));
const labels = (part) => [...part.matchAll(/id="label-[a-z_]+">([^<]+)</g)].map((m) => m[1]);
const auto = labels(group(a.body, 'Auto detected')), agents = labels(group(a.body, 'Set by agents'));
ok('facts 42, 43: what is detected', ['Error', 'Invalid Number', 'No Answer', 'Call Canceled'].every((s) => auto.includes(s)), auto);
ok('facts 42, 44, 45: what agents set', ['Remove from call list', 'No answer', 'Not at home', 'Call back', 'Line busy', 'Wrong number', 'Voicemail']
	.every((s) => agents.includes(s)) && auto.includes('Line busy') && auto.includes('Voicemail detected'), agents);
same('statuses are sorted by their label', agents, [...agents].sort());
ok('final statuses have no recycling', !agents.includes('Completed') && !agents.includes('Refused'));
ok('fact 54: with own phones the page says that nothing is detected', a.body.includes('Your agents use their own phones, so nothing is detected.') &&
	/<fieldset class="rules" disabled>/.test(a.body));
same('fact 48, 49: the proposals', [value(a.body, 'max.no_answer'), value(a.body, 'minutes.no_answer'), value(a.body, 'max.call_back'),
	value(a.body, 'minutes.call_back')], ['3', '90', '2', '120']);
ok('minutes are said in words', a.body.includes('1 h 30 between calls') && a.body.includes('4 h between calls'));
ok('“more” is explained', a.body.includes('four in all'));
const rules = { 'tick.no_answer': '1', 'max.no_answer': '3', 'minutes.no_answer': '90', 'max.busy': 'not ticked', 'minutes.busy': '' , go: 'next' };
for (const [name, change] of [['empty', ''], ['zero', '0'], ['negative', '-1'], ['not a number', 'many'], ['too many', '51']]) {
	a = await M.post(at('recycling'), { ...rules, 'max.no_answer': change });
	ok(`fact 47: ${name} calls of a ticked status are refused beside the field`, a.status === 422 &&
		a.body.includes('id="max-no_answer-wrong">Enter a whole number from 1 to 50.') && value(a.body, 'max.no_answer') === change, a.body);
	if (name !== 'too many')
		ok(`fact 47: ${name} minutes too`, (await M.post(at('recycling'), { ...rules, 'minutes.no_answer': change })).body.includes('id="minutes-no_answer-wrong"'));
}
a = await M.post(at('recycling'), { 'tick.no_answer': '1', go: 'next' });
ok('fact 47: a ticked status without its numbers is refused', a.status === 422 && a.body.includes('id="max-no_answer-wrong"'));
same('fact 46: rules are stored; what is not ticked may hold anything', [pageOf(await M.post(at('recycling'), rules)),
	h.one(`SELECT GROUP_CONCAT(status, ':', max_calls, '/', minutes) FROM recycling_rule WHERE operation_id = ${id}`)], ['exclusions', '8:3/90']);
sql(`INSERT INTO recycling_rule (operation_id, status, max_calls, minutes) VALUES (${id}, 1, 2, 30)`);
await M.post(at('recycling'), { ...rules, 'tick.error': '1', 'max.error': '9', 'minutes.error': '9' });
same('the rules of detected statuses stay as they are', h.one(`SELECT max_calls FROM recycling_rule WHERE operation_id = ${id} AND status = 1`), '2');

// --- exclusions ---
a = await M.get(at('exclusions'));
ok('fact 60: no rule is the usual case', a.body.includes('This page is optional'));
same('fact 60: the page can be passed empty', pageOf(await M.post(at('exclusions'), { rules: '0', go: 'next' })), 'record');
a = await M.post(at('exclusions'), { rules: '0', go: 'add' });
ok('fact 61, 62: a row with Vote and the questions', a.status === 200 && a.body.includes('has already voted') &&
	a.body.includes(`value="q${stable}"`) && a.body.includes('has a value') && a.body.includes('Removed - Already Voted'), a.body);
a = await M.post(at('exclusions'), { rules: '1', 'who.0': 'voted', 'status.0': '', go: 'next' });
ok('fact 66: a rule without a status is refused', a.status === 422 && a.body.includes('id="status-0-wrong"') &&
	/value="voted" selected/.test(a.body), a.body);
for (const who of ['q', 'qx', 'q1c', 'q99999999999999999999', 'other'])
	same(`“${who}” is no rule`, (await M.post(at('exclusions'), { rules: '1', 'who.0': who, 'status.0': 'removed_voted', go: 'next' })).status, 422);
same('fact 63, 64, 68: several rules are stored before there is a list', pageOf(await M.post(at('exclusions'), { rules: '3', 'who.0': 'voted',
	'status.0': 'removed_voted', 'household.0': '1', 'who.1': '', 'status.1': '', 'who.2': `q${stable}`, 'status.2': 'removed_answered', go: 'next' })), 'record');
same('fact 63: in their order, the empty row left out', h.one(`SELECT GROUP_CONCAT(criterion, IFNULL(question_stable_id, ''), household ORDER BY position)
	FROM exclusion_rule WHERE operation_id = ${id}`.replace('\n', ' ')), `voted1,question${stable}0`);
a = await M.post(at('exclusions'), { rules: '2', 'who.0': 'voted', 'status.0': 'removed_voted', 'who.1': `q${stable}`, 'status.1': 'removed_answered', go: 'remove.0' });
ok('removing a row keeps the others', a.body.includes('value="removed_answered" selected') && !a.body.includes('id="who-1"'), a.body);
// a saved filter as a rule: kept as it is when the page is saved
const saved = h.add('saved_filter', { organisation_id: org, kind: 'contact', name: 'Amis <Laval>', filter: 'f.1=city&o.1=is&v.1=Laval', created_by: marie.id, created_at: NOON });
const theirs = h.add('saved_filter', { organisation_id: org, kind: 'elector', name: 'Électeurs', filter: 'f.1=voted&o.1=yes', created_by: marie.id, created_at: NOON });
a = await M.get(at('exclusions'));
ok('saved filters of these people can be rules', a.body.includes(`value="f${saved}"`) && a.body.includes('Amis &lt;Laval&gt;') && !a.body.includes(`value="f${theirs}"`), a.body);
same('one of other people is none', (await M.post(at('exclusions'), { rules: '1', 'who.0': `f${theirs}`, 'status.0': 'removed_by_hand', go: 'next' })).status, 422);
same('it is stored', pageOf(await M.post(at('exclusions'), { rules: '1', 'who.0': `f${saved}`, 'status.0': 'removed_by_hand', go: 'next' })), 'record');
ok('and shown', (await M.get(at('exclusions'))).body.includes(`value="f${saved}" selected`));
sql(`UPDATE saved_filter SET filter = 'f.1=city&o.1=is&v.1=Gatineau' WHERE id = ${saved}`);
a = await M.get(at('exclusions'));
const old = a.body.match(/value="(old[0-9a-f]+)" selected/)?.[1];
ok('changed since: the rule is what it was, and says so', old && a.body.includes('changed or forgotten since'), a.body);
same('saved again as it is it stays', [pageOf(await M.post(at('exclusions'), { rules: '1', 'who.0': old, 'status.0': 'removed_by_hand', go: 'next' })),
	h.one(`SELECT filter FROM exclusion_rule WHERE operation_id = ${id}`)], ['record', 'f.1=city&o.1=is&v.1=Laval']);
sql(`INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (${id}, ${lea.id}, 'owner', ${NOON})`);
L.csrf = h.one(`SELECT csrf FROM session WHERE user_id = ${lea.id}`);
a = await L.get(at('exclusions'));
ok('an owner who may not see people is offered no filter, and keeps the one that is there', a.status === 200 && !a.body.includes(`value="f${saved}"`) && a.body.includes(`value="${old}" selected`), a.body);
a = await L.post(at('exclusions'), { rules: '1', 'who.0': `f${saved}`, 'status.0': 'removed_by_hand', go: 'next' });
ok('a filter by somebody who may not see the field is refused', a.status === 422 && a.body.includes('that you may not see'), a.body);
sql(`DELETE FROM member WHERE operation_id = ${id} AND user_id = ${lea.id}`);
same('a rule that is not there cannot be kept', (await M.post(at('exclusions'), { rules: '1', 'who.0': 'old0123456789abcdef01234567', 'status.0': 'removed_by_hand', go: 'next' })).status, 422);

// --- record ---
a = await M.get(at('record'));
const fields = (body) => [...body.matchAll(/name="field" value="([a-z_]+)"/g)].map((m) => m[1]);
ok('fact 76: date of birth and donations never offer “editable”', ['birth_date', 'donations_year'].every((f) =>
	a.body.includes(`name="mode.${f}" value="visible"`) && !a.body.includes(`name="mode.${f}" value="editable"`)));
ok('fact 75: e-mail and language can be made editable', ['email', 'language'].every((f) => a.body.includes(`name="mode.${f}" value="editable"`)));
ok('names are visible and locked', !a.body.includes('name="mode.last_name"') && a.body.includes('Always visible'));
ok('fact 80: contacts have no polling place', !fields(a.body).includes('polling_place') && fields(a.body).includes('nationality'));
const moved = fields(a.body);
a = await M.post(at('record'), { field: moved, go: 'up.email' });
ok('fact 74: an arrow moves a field', fields(a.body).indexOf('email') === moved.indexOf('email') - 1);
const order = ['email', ...moved.filter((f) => f !== 'email')];
await M.post(at('record'), { field: order, 'mode.nationality': 'hidden', 'mode.email': 'editable', 'lit.language': '1', go: 'next' });
same('facts 72 to 74: order, modes and highlight are stored', h.one(`SELECT GROUP_CONCAT(field, ':', mode, highlight ORDER BY position) FROM field_rule WHERE
	operation_id = ${id} AND field IN ('email', 'nationality', 'language')`.replace('\n', ' ')), 'email:editable0,language:visible1,nationality:hidden0');
same('fact 77: a forged “editable” is refused', (await M.post(at('record'), { field: order, 'mode.birth_date': 'editable', go: 'next' })).status, 403);
await M.post(at('record'), { field: ['email', 'email', 'nothing'], go: 'next' });
same('a field twice or unknown changes nothing', h.one(`SELECT COUNT(*) FROM field_rule WHERE operation_id = ${id}`), String(order.length));

/* the organisation's own fields, and numbers (fact 75) */
const own = ['Pancarte', 'Cote'].map((name) => h.add('custom_field', { organisation_id: org, kind: 'contact', form: 'text', name, created_at: NOON }));
const foreign = h.add('custom_field', { organisation_id: 999, kind: 'contact', form: 'text', name: 'Foreign', created_at: NOON });
a = await M.get(at('record'));
ok('fact 72: the organisation’s own fields are offered, hidden at first and never editable', own.every((f) => a.body.includes(`name="mode.own-${f}" value="hidden" checked`)) &&
	!a.body.includes(`name="mode.own-${own[0]}" value="editable"`) && !a.body.includes('Foreign'), a.body);
ok('fact 75: landline and cell can be made editable', ['phone_home', 'phone_cell'].every((f) => a.body.includes(`name="mode.${f}" value="editable"`)));
a = await M.post(at('record'), { field: [...order, `own-${own[1]}`, `own-${own[0]}`], [`mode.own-${own[0]}`]: 'visible', [`lit.own-${own[0]}`]: '1', go: `up.own-${own[0]}` });
ok('fact 74: an arrow moves them among themselves', a.body.indexOf(`field-own-${own[0]}`) < a.body.indexOf(`field-own-${own[1]}`) && a.body.includes(`name="mode.own-${own[0]}" value="visible" checked`), a.body);
await M.post(at('record'), { field: [...order, `own-${own[0]}`, `own-${own[1]}`, `own-${foreign}`], 'mode.phone_home': 'editable', [`mode.own-${own[0]}`]: 'visible',
	[`lit.own-${own[0]}`]: '1', [`mode.own-${foreign}`]: 'visible', go: 'next' });
same('facts 72 to 74: stored in their order; not those of another organisation', h.one(`SELECT GROUP_CONCAT(field, ':', mode, highlight ORDER BY position) FROM field_rule WHERE
	operation_id = ${id} AND field LIKE 'own-%'`.replace('\n', ' ')), `own-${own[0]}:visible1,own-${own[1]}:hidden0`);

/* several questions in one window */
const second = h.add('question', { version_id: survey.version, stable_id: 77, position: 2, kind: 'text_short', text_fr: 'Une remarque?' });
const info = h.add('question', { version_id: survey.version, stable_id: 78, position: 3, kind: 'info', text_fr: 'Merci' });
a = await M.get(at('details'));
ok('fact 32: further questions of a survey are offered, texts to read out are not', a.body.includes(`name="also" value="${second}"`) && !a.body.includes(`name="also" value="${info}"`), a.body);
await M.post(at('details'), { ...details, also: [survey.question, second] });
const asks = () => h.one(`SELECT GROUP_CONCAT(question_stable_id) FROM operation_question WHERE operation_id = ${id}`);
same('several are stored; the first stays the operation’s question', [row('question_id'), asks()], [String(survey.question), '77']);
a = await M.get(at('details'));
ok('and shown ticked', new RegExp(`name="also" value="${second}" checked`).test(a.body));
a = await M.post(at('details'), { ...details, also: [other.question] });
ok('a question of another questionnaire is refused beside its list, with what was ticked', a.status === 422 && a.body.includes('also-wrong') && a.body.includes(`name="also" value="${other.question}" checked`), a.body);
same('and nothing changed', asks(), '77');
await M.post(at('details'), details);
same('unticked, it is asked no more', asks(), 'NULL');

// --- sharing, list, finish ---
a = await M.get(at('sharing'));
ok('fact 83: the creator is the owner', a.body.includes('Marie') && a.body.includes('Owner') && a.body.includes('(you)'));
same('on to the list', pageOf(await M.post(at('sharing'), { go: 'next' })), 'list');
same('or to the sharing options', (await M.post(at('sharing'), { go: 'share' })).headers.location, `/share/${id}`);
a = await M.get(at('list'));
ok('fact 99: the list is made in a new tab on the people page', a.body.includes(`href="/contacts?operation=${id}" target="_blank"`), a.body);
a = await M.post(`/wizard/${id}/finish`, { go: 'finish' });
ok('fact 102: no finish without a list', a.status === 422 && a.body.includes('Add a list of people first') && row('state') === 'draft', a.body);
same('nothing is on the list', (await M.get(`/wizard/${id}/loaded`)).json.something, false);
h.people(org, id, 4);
sql(`INSERT INTO list_load (operation_id, loaded, no_number, forbidden, created_at) VALUES (${id}, 4, 2, 1, ${NOON})`);
same('fact 101: the page notices the list', (await M.get(`/wizard/${id}/loaded`)).json,
	{ people: '4', already: '0', no_number: '2', forbidden: '1', excluded: '0', running: false, something: true });
a = await M.get(at('list'));
ok('fact 101, 104, 107: with who was left out', /data-number="people">4</.test(a.body) && /data-number="no_number">2</.test(a.body) &&
	/data-number="forbidden">1</.test(a.body), a.body);
a = await M.post(at('source'), { source: 'elector', go: 'next' });
ok('fact 13: the source is fixed by the list, and the page says so', a.status === 422 && a.body.includes('a list of people is loaded'), a.body);
same('fact 4: finishing leads to the dashboard', (await M.post(`/wizard/${id}/finish`, { go: 'finish' })).headers.location, `/operations?made=${id}`);
same('it is active', row('state'), 'active');
same('finished twice is finished once', (await M.post(`/wizard/${id}/finish`, { go: 'finish' })).headers.location, `/operations?made=${id}`);
ok('from its pages a link leads to it', (await M.get(at('details'))).body.includes(`<a href="/operations/${id}">`));
same('no discard any more', (await M.post(`/wizard/${id}/discard`)).status, 409);

// --- editing what runs ---
h.member(id, paul, 'owner');
a = await P.get(at('details'));
ok('fact 85, 129: every owner can edit, in their language', a.status === 200 && a.body.includes('Détails de l’opération') && a.body.includes('Pointage Laval'), a.body);
const revision = Number(row('revision'));
await P.post(at('recycling'), { ...rules, 'minutes.no_answer': '45' });
same('a running operation takes the change and a new revision', [Number(row('revision')), h.one(`SELECT minutes FROM recycling_rule WHERE operation_id = ${id} AND status = 8`)],
	[revision + 1, '45']);
h.member(id, lea, 'agent');
same('fact 5: an agent edits nothing', (await L.get(at('details'))).status, 403);
sql(`INSERT INTO attempt (operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)
	VALUES (${id}, 1, ${lea.id}, '+15145550101', 8, 'America/Toronto', 1, 2, 'aaaaaaaaaaaaaaaa')`);
a = await M.post(at('source'), { source: 'elector', go: 'next' });
ok('fact 13: after the first call the page says so', a.status === 422 && a.body.includes('calls have been saved'));

// --- the specialized version ---
const talk = Number((await M.post('/wizard')).headers.location.match(/\d+/)[0]), step = (page) => `/wizard/${talk}/${page}`;
const cell = (what) => h.one(`SELECT IFNULL(${what}, 'none') FROM operation WHERE id = ${talk}`);
await M.post(step('version'), { version: 'specialized', go: 'next' });
same('fact 9: specialized is stored', cell('version'), 'specialized');
ok('and shown again', /value="specialized"[^>]* checked/.test((await M.get(step('version'))).body));
await M.post(step('source'), { source: 'contact', go: 'next' });
a = await M.get(step('details'));
ok('its page 3 does not ask for survey and question', a.status === 200 && !a.body.includes('name="question"') && a.body.includes('on the next page'), a.body);
same('and takes none', [pageOf(await M.post(step('details'), { ...details, name: 'Talk' })), cell('question_id'), cell('survey_version_id')], ['questions', 'none', 'none']);
a = await M.post(step('questions'), { go: 'next' });
ok('fact 38: going on without a question set is refused', a.status === 422 && a.body.includes('Choose a set of questions first.'), a.body);
sql(`UPDATE operation SET wizard_page = 9 WHERE id = ${talk}`);
h.people(org, talk, 1);
sql(`INSERT INTO list_load (operation_id, loaded, no_number, forbidden, created_at) VALUES (${talk}, 1, 0, 0, ${NOON})`);
same('fact 38: it cannot be finished without one', [pageOf(await M.post(`/wizard/${talk}/finish`, { go: 'finish' })), cell('state')], ['questions', 'draft']);
const words = h.survey(org, { question: 'Des notes?', kind: 'text_long', choices: [] });
same('fact 36: any set can be used, the whole of it', [pageOf(await M.post(step('questions'), { survey: words.version })), cell('survey_version_id'), cell('question_id')],
	['recycling', String(words.version), 'none']);
a = await M.get(step('questions'));
ok('page 4 says how many questions it has', a.body.includes('asked one at a time:') && a.body.includes('<strong>1</strong>'), a.body);
await M.post(step('details'), { ...details, name: 'Talk 2' });
same('page 3 leaves the set alone', [cell('name'), cell('survey_version_id')], ['Talk 2', String(words.version)]);
await M.post(step('version'), { version: 'original', go: 'next' });
same('back to original: no question of that set can be asked alone', [cell('survey_version_id'), cell('question_id')], [String(words.version), 'none']);
a = await M.post(step('questions'), { go: 'next' });
ok('so page 4 asks for one', a.status === 422 && a.body.includes('No question is chosen yet.'), a.body);
a = await M.post(step('questions'), { survey: words.version });
ok('and refuses that set with the reason', a.status === 422 && a.body.includes('this set has none'), a.body);
a = await M.get(step('details'));
ok('fact 32: only questions with one answer are offered there', !a.body.includes('Des notes?') && a.body.includes(`<option value="${survey.question}"`), a.body);
same('not even forged', (await M.post(step('details'), { ...details, question: words.question })).status, 422);
await M.post(step('questions'), { survey: survey.version });
await M.post(step('version'), { version: 'specialized', go: 'next' });
same('specialized again: the set stays', [cell('survey_version_id'), cell('question_id')], [String(survey.version), 'none']);
same('fact 38: with a set it can be finished', [(await M.post(`/wizard/${talk}/finish`, { go: 'finish' })).headers.location, cell('state')], [`/operations?made=${talk}`, 'active']);
await M.post(step('questions'), { survey: words.version });
a = await M.post(step('version'), { version: 'original', go: 'next' });
ok('a running one does not become original without a question to ask', a.status === 422 && a.body.includes('this set has none') && cell('version') === 'specialized', a.body);
same('but with one', [pageOf(await M.post(step('questions'), { survey: survey.version })), pageOf(await M.post(step('version'), { version: 'original', go: 'next' })), cell('question_id')],
	['recycling', 'source', String(survey.question)]);
sql(`INSERT INTO attempt (operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)
	VALUES (${talk}, 1, ${lea.id}, '+15145550101', 8, 'America/Toronto', 1, 2, 'bbbbbbbbbbbbbbbb')`);
a = await M.post(step('version'), { version: 'specialized', go: 'next' });
ok('fact 13: after the first call the version is fixed, and the page says so', a.status === 422 && a.body.includes('calls have been saved') && cell('version') === 'original', a.body);

// --- fact 8: drafts ---
const beside = (await start('wizard', { env: { TOCSIN_CLOCK: h.clockFile } })).visitor(marie.cookies);
beside.csrf = csrf;
for (let i = 0; i < 5; i++) {
	const [x, y] = await Promise.all([M.post('/wizard'), beside.post('/wizard')]);
	same('fact 8: two processes at the same instant make one draft', x.headers.location, y.headers.location);
	await M.post(x.headers.location, { version: 'original', go: 'next' });
}
const next = Number((await M.post('/wizard')).headers.location.match(/\d+/)[0]);
await M.post(`/wizard/${next}/version`, { version: 'original', go: 'close' });
same('fact 8: a draft goes on where it stopped', (await M.get(`/wizard/${next}`)).headers.location, `/wizard/${next}/source`);
await M.post(`/wizard/${next}/source`, { source: 'elector', go: 'next' });
await M.post(`/wizard/${next}/details`, { ...details, name: 'Électeurs', question: '' });
same('page 4 without a set is refused', (await M.post(`/wizard/${next}/questions`, { go: 'next' })).status, 422);
await M.post(`/wizard/${next}/questions`, { survey: survey.version });
for (const page of ['recycling', 'exclusions'])
	await M.post(`/wizard/${next}/${page}`, { go: 'next' });
a = await M.get(`/wizard/${next}/record`);
ok('fact 80: electors have their own fields; fact 76: the polling place is never editable', fields(a.body).includes('polling_place') &&
	!fields(a.body).includes('nationality') && !a.body.includes('name="mode.polling_place" value="editable"'), a.body);
same('fact 51: with everything unticked there are no rules', h.one(`SELECT COUNT(*) FROM recycling_rule WHERE operation_id = ${next}`), '0');
same('fact 8: discard', (await M.post(`/wizard/${next}/discard`)).headers.location, '/operations');
same('fact 8: and it is gone', [(await M.get(`/wizard/${next}/version`)).status, h.one(`SELECT COUNT(*) FROM operation WHERE id = ${next}`)], [403, '0']);
ok('every write left its trace', Number(h.one(`SELECT COUNT(*) FROM audit WHERE object = 'operation' AND object_id = ${id}`)) > 10);
ok('no inline script or style', !/<script(?![^>]*src=)|style="|onclick=/.test((await M.get(at('recycling'))).body));
await done();
