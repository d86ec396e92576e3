// The wizard's hours, caps, rehearsal, effects and two owners at once; and every page with everything that is wrong.
import { start, ok, same, done, sql } from './area.mjs';
import { house, hidden, NOON, MINUTE, HOUR, DAY } from './house.mjs';

const h = house(sql);
const wizard = await start('wizard', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Others');
const marie = h.user(org, 'Marie', 'organiser', 'en'), paul = h.user(org, 'Paul', 'organiser', 'fr');
const stranger = h.user(other, 'Stranger', 'organiser', 'en');
const survey = h.survey(org), theirs = h.survey(other, { question: 'Theirs?' });
const visitor = (who) => Object.assign(wizard.visitor(who.cookies), { csrf: h.one(`SELECT csrf FROM session WHERE user_id = ${who.id}`) });
const M = visitor(marie), P = visitor(paul), S = visitor(stranger);
const pageOf = (answer) => answer.headers.location?.replace(/^\/wizard\/\d+\//, '') ?? answer.headers.location;
const value = (body, name) => body.match(new RegExp(`name="${name.replace('.', '\\.')}"[^>]*value="([^"]*)"`))?.[1];
const draft = async (who, kind = 'contact') => {
	const id = Number((await who.post('/wizard')).headers.location.match(/\d+/)[0]);
	await who.post(`/wizard/${id}/version`, { version: 'original', go: 'next' });
	await who.post(`/wizard/${id}/source`, { source: kind, go: 'next' });
	return id;
};
const stored = (id, what) => h.one(`SELECT IFNULL(${what}, 'none') FROM operation WHERE id = ${id}`);
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const week = (hours) => Object.fromEntries(DAYS.flatMap((d, i) => hours[i] === null ? [[`from.${d}`, '09:00'], [`to.${d}`, '21:00']]
	: [[`on.${d}`, '1'], [`from.${d}`, hours[i][0]], [`to.${d}`, hours[i][1]]]));
const CANADA = [...Array(5).fill(['09:00', '21:30']), ['10:00', '18:00'], ['10:00', '18:00']];
const details = { name: 'Pointage', description: '', question: survey.question, start: '2026-11-24', end: '2026-12-24', end_time: '20:00',
	opens: '09:00', closes: '21:00', method: 'phone', purpose: 'identification', rules_of: 'ca', holidays: '', go: 'next' };
let a;

// --- hours ---
const id = await draft(M), at = (page) => `/wizard/${id}/${page}`;
a = await M.get(at('details'));
ok('purpose, rules with their source and date, holidays are offered', a.body.includes('name="purpose"') && a.body.includes('Unsolicited Telecommunications Rules') &&
	a.body.includes('28 November 2026') && /value="qc" selected/.test(a.body), a.body);
ok('the Voter Contact Registry is explained where it applies', a.body.includes('within 48 hours of the first call'));
same('nothing is chosen yet: no warning', a.body.includes('go beyond the rules'), false);
await M.post(at('details'), details);
a = await M.get(at('details'));
ok('fact 133: hours beyond the rules give a warning when nobody is asked for money', a.body.includes('go beyond the rules above'), a.body);
a = await M.post(at('details'), { ...details, purpose: 'fundraising' });
ok('fact 133: and are refused, beside the purpose, when somebody is', a.status === 422 && a.body.split('id="purpose-wrong"')[1]?.includes('keep to the hours of the rules') &&
	/value="fundraising" selected/.test(a.body), a.body);
same('nothing of it was stored', stored(id, 'purpose'), 'identification');
a = await M.post(at('details'), { ...details, purpose: 'fundraising', go: 'preset' });
same('a button takes the hours of the rules', [a.status, /name="by_day" value="1" checked/.test(a.body), value(a.body, 'to.mon'), value(a.body, 'from.sat'), value(a.body, 'to.sun'), value(a.body, 'name')],
	[200, true, '21:30', '10:00', '18:00', 'Pointage']);
const money = { ...details, purpose: 'fundraising', by_day: '1', holidays: 'qc', ...week(CANADA) };
same('fact 133: with those it is accepted', [pageOf(await M.post(at('details'), money)), stored(id, 'purpose'), stored(id, 'day_hours'), stored(id, 'holidays')],
	['questions', 'fundraising', '0900-2130,0900-2130,0900-2130,0900-2130,0900-2130,1000-1800,1000-1800', 'qc']);
a = await M.get(at('details'));
same('and comes back as it was typed', [/name="by_day" value="1" checked/.test(a.body), value(a.body, 'from.sun'), value(a.body, 'to.fri'), /value="qc" selected/.test(a.body)], [true, '10:00', '21:30', true]);
for (const [name, change] of [['one minute more on Monday', { 'to.mon': '21:31' }], ['one minute earlier on Sunday', { 'from.sun': '09:59' }]])
	same(`fact 133: ${name} is not`, (await M.post(at('details'), { ...money, ...change })).status, 422);
for (const [name, change, text] of [['an hour that is none', { 'from.tue': '25:00' }, 'Please enter a time'], ['an empty hour', { 'to.tue': '' }, 'Please enter a time'],
	['fact 21: a day that ends before it starts', { 'to.tue': '08:00' }, 'hours cannot pass midnight']]) {
	a = await M.post(at('details'), { ...money, ...change });
	ok(`${name} is refused beside its day`, a.status === 422 && a.body.split('id="day-tue-wrong"')[1]?.slice(0, 150).includes(text), `${a.status} ${a.body}`);
}
a = await M.post(at('details'), { ...money, 'on.tue': undefined, 'from.tue': '25:00' });
same('a day without calls may hold anything', [pageOf(a), stored(id, 'day_hours').split(',')[1]], ['questions', '-']);
a = await M.post(at('details'), { ...money, ...Object.fromEntries(DAYS.map((d) => [`on.${d}`, undefined])) });
ok('a week without a day is refused', a.status === 422 && a.body.split('id="by-day-wrong"')[1]?.includes('Tick at least one day'), a.body);
same('back to the same hours every day', [pageOf(await M.post(at('details'), details)), stored(id, 'day_hours'), stored(id, 'holidays')], ['questions', 'none', 'none']);
h.clock(Date.UTC(2027, 0, 31, 18) * 1000);
const january = await draft(M);
a = await M.get(`/wizard/${january}/details`);
same('fact 18: a start on 31 January proposes an end on the last of February', [value(a.body, 'start'), value(a.body, 'end')], ['2027-01-31', '2027-02-28']);
h.clock(NOON);

// --- recycling: caps, parts of the day ---
await M.post(at('questions'), { survey: survey.version });
const rules = { 'tick.no_answer': '1', 'max.no_answer': '3', 'minutes.no_answer': '90', 'tick.call_back': '1', 'max.call_back': '2', 'minutes.call_back': '120', go: 'next' };
for (const [name, change, where] of [['zero further calls', { more_calls: '0' }, 'more-calls-wrong'], ['a negative number', { day_calls: '-1' }, 'day-calls-wrong'],
	['too many a day', { day_calls: '21' }, 'day-calls-wrong'], ['no number', { more_calls: 'many' }, 'more-calls-wrong']]) {
	a = await M.post(at('recycling'), { ...rules, ...change });
	ok(`${name} is refused beside its field`, a.status === 422 && a.body.includes(`id="${where}"`) && Object.entries(change).every(([k, v]) => value(a.body, k) === v), a.body);
}
same('caps and the part of the day are stored', [pageOf(await M.post(at('recycling'), { ...rules, more_calls: '4', day_calls: '2', other_part: '1' })),
	stored(id, "CONCAT_WS('|', more_calls, day_calls, other_part)")], ['exclusions', '4|2|1']);
a = await M.get(at('recycling'));
same('and shown', [value(a.body, 'more_calls'), value(a.body, 'day_calls'), /name="other_part" value="1" checked/.test(a.body)], ['4', '2', true]);
await M.post(at('recycling'), { ...rules, more_calls: '', day_calls: '' });
same('empty is no cap', stored(id, "CONCAT_WS('|', IFNULL(more_calls, '-'), IFNULL(day_calls, '-'), other_part)"), '-|-|0');
a = await M.get(at('recycling'));
same('every status has a proposal of its own for the moment it is ticked', ['voicemail', 'hung_up', 'wrong_number'].map((s) => [value(a.body, `max.${s}`), value(a.body, `minutes.${s}`)]),
	[['2', '240'], ['1', '2880'], ['1', '1440']]);

// --- rehearsal ---
const rehearsed = (body, key) => body.match(new RegExp(`data-rehearsed="${key}">([^<]*)<`))?.[1];
ok('a rehearsal says how many calls, how many reached, until when, and what it assumes', rehearsed(a.body, 'with') === 'With 1,000 people and 5 agents:' &&
	/\d,\d{3}/.test(rehearsed(a.body, 'calls')) && /\d+\u00a0% \(\d+\)/.test(rehearsed(a.body, 'reached')) && rehearsed(a.body, 'more').startsWith('One more call after “No answer”:') &&
	a.body.includes('Based on usual figures, until your organization has 200 calls of its own: No answer 42'), a.body);
const fewer = await M.post(at('recycling'), { 'tick.no_answer': '1', 'max.no_answer': '1', 'minutes.no_answer': '90', agents: '12', people: '4200', go: 'rehearse' });
same('the button rehearses what is typed and saves nothing', [fewer.status, rehearsed(fewer.body, 'with'), value(fewer.body, 'max.no_answer'),
	h.one(`SELECT max_calls FROM recycling_rule WHERE operation_id = ${id} AND status = 8`)], [200, 'With 4,200 people and 12 agents:', '1', '3']);
const live = (await M.get(`${at('rehearsal')}?tick.no_answer=1&max.no_answer=1&minutes.no_answer=90&agents=12&people=4200`)).json;
same('live it says the same', ['with', 'calls', 'reached', 'done', 'more'].map((k) => live[k]), ['with', 'calls', 'reached', 'done', 'more'].map((k) => rehearsed(fewer.body, k)));
const count = (s) => Number(s.replaceAll(/\D/g, ''));
const longer = (await M.get(`${at('rehearsal')}?tick.no_answer=1&max.no_answer=2&minutes.no_answer=90&agents=12&people=4200`)).json;
ok('one more retry: more calls, not fewer reached', count(longer.calls) > count(live.calls) && parseInt(longer.reached) >= parseInt(live.reached), JSON.stringify([live, longer]));
same('and it is what the page had announced', live.more.includes(`${longer.calls} calls`), true);
for (const [name, query] of [['no agents', 'agents=0'], ['words', 'agents=many&people=x'], ['half a number', 'tick.no_answer=1&max.no_answer=&minutes.no_answer=9x'], ['nothing', '']])
	same(`${name} while typing is no error`, (await M.get(`${at('rehearsal')}?${query}`)).status, 200);
const began = Date.now();
same('a million people', (await M.get(`${at('rehearsal')}?tick.no_answer=1&max.no_answer=50&minutes.no_answer=1&agents=1000&people=1000000`)).status, 200);
ok('cost no more than a few', Date.now() - began < 1000, Date.now() - began);
same('nobody without a role rehearses', [(await P.get(at('rehearsal'))).status, (await S.get(at('rehearsal'))).status], [403, 403]);
sql(`INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (${id}, 0, 8, 150), (${id}, 1, 16, 150)`);
a = await M.get(at('recycling'));
ok('with 200 calls of one’s own they are the basis', a.body.includes('Based on your 300 calls so far:') && /Completed 50.%/.test(a.body), a.body);

// --- a change of what runs, told before it is saved ---
for (const page of ['exclusions', 'record', 'sharing'])
	await M.post(at(page), { rules: '0', go: 'next' });
const people = h.people(org, id, 10);
sql(`INSERT INTO list_load (operation_id, loaded, no_number, forbidden, created_at) VALUES (${id}, 10, 0, 0, ${NOON})`);
await M.post(`/wizard/${id}/finish`, { go: 'finish' });
same('it runs', stored(id, 'state'), 'active');
const waiting = (who, reason, band, due) => sql(`UPDATE entry SET state = 'waiting', reason = ${reason}, band = ${band}, due_at = ${due} WHERE id = ${who.entry}`);
people.slice(0, 3).forEach((p, i) => waiting(p, 8, 2, NOON + (i + 1) * HOUR));
waiting(people[3], 10, 2, NOON + HOUR);
waiting(people[4], 10, 1, NOON + 6 * DAY + 6.5 * HOUR);	// Monday 30 November at 19:30
waiting(people[5], 10, 1, NOON + 20 * DAY);
sql(`UPDATE queue_tally SET ready = ready - 6, waiting = waiting + 6 WHERE operation_id = ${id} AND shard = 0`);
const form = async (who, page) => { const b = (await who.get(at(page))).body; return { revision: hidden(b, 'revision'), seen: '' }; };
let f = await form(M, 'recycling');
a = await M.post(at('recycling'), { ...rules, ...f, 'minutes.no_answer': '45' });
ok('fact 59: before it is saved the page says who waits under the old rule', a.status === 200 && a.body.includes('3 people wait under the old rule') && a.body.includes('No answer: 3') &&
	a.body.includes('Save these changes') && value(a.body, 'minutes.no_answer') === '45', a.body);
same('nothing was saved', h.one(`SELECT minutes FROM recycling_rule WHERE operation_id = ${id} AND status = 8`), '90');
const seen = hidden(a.body, 'seen');
a = await M.post(at('recycling'), { ...rules, revision: f.revision, seen, 'minutes.no_answer': '30' });
ok('another value than the one it was shown for is shown again', a.status === 200 && a.body.includes('people wait under the old rule'), a.body);
same('what was shown is saved', [pageOf(await M.post(at('recycling'), { ...rules, revision: f.revision, seen, 'minutes.no_answer': '45' })),
	h.one(`SELECT minutes FROM recycling_rule WHERE operation_id = ${id} AND status = 8`)], ['exclusions', '45']);
same('fact 59: those who wait are where they were', h.one(`SELECT COUNT(*) FROM entry WHERE operation_id = ${id} AND reason = 8 AND due_at IN (${[1, 2, 3].map((i) => NOON + i * HOUR)})`), '3');
f = await form(M, 'recycling');
same('a change that concerns nobody is saved at once', pageOf(await M.post(at('recycling'), { ...rules, ...f, 'minutes.no_answer': '45', day_calls: '3' })), 'exclusions');
f = await form(M, 'details');
a = await M.post(at('details'), { ...details, ...f, opens: '16:00' });
ok('hours narrowed: who could be called now is called later', a.status === 200 && a.body.includes('4 people could be called now; with these hours they become callable later: 16:00.'), a.body);
a = await M.post(at('details'), { ...details, ...f, closes: '19:00' });
ok('an appointment outside the new hours would move', a.body.includes('1 appointment would wait for the next opening') && !a.body.includes('never happen'), a.body);
sql(`INSERT INTO kept_appointment (entry_id, operation_id, user_id, at, number) VALUES (${people[4].entry}, ${id}, 1, ${NOON + 6 * DAY + 6.25 * HOUR}, 1)`);
a = await M.post(at('details'), { ...details, ...f, opens: '16:00', closes: '19:20' });
ok('one that its agent keeps from 19:15 to 19:30 does not when calls close at 19:20', a.body.includes('4 people could be called now') &&
	a.body.includes('1 appointment would wait for the next opening'), a.body);	// the other one, at noon
sql(`DELETE FROM kept_appointment WHERE operation_id = ${id}`);
a = await M.post(at('details'), { ...details, ...f, end: '2026-12-01' });
ok('an earlier end: appointments that would never happen', a.status === 200 && a.body.includes('1 appointment would never happen.'), a.body);
a = await M.post(at('details'), { ...details, ...f, start: '2026-11-01', end: '2026-11-23' });
ok('an end in the past: everybody', a.status === 200 && a.body.includes('2 appointments would never happen.') && a.body.includes('4 people wait for another call that would never come.') &&
	a.body.includes('4 people were not called yet, and would not be any more.'), a.body);
same('it is not saved before it is meant', stored(id, 'ends_at'), '2026-12-24 20:00:00');
same('then it is', [pageOf(await M.post(at('details'), { ...details, ...f, start: '2026-11-01', end: '2026-11-23', seen: hidden(a.body, 'seen') })), stored(id, 'ends_at')], ['questions', '2026-11-23 20:00:00']);
f = await form(M, 'details');
same('a later end concerns nobody who waits', pageOf(await M.post(at('details'), { ...details, ...f })), 'questions');
a = await P.post(at('details'), { ...details });
h.member(id, paul, 'owner');
a = await P.get(at('details'));

// --- two owners at once ---
const pages = {
	version: { version: 'original' }, source: { source: 'contact' }, details: { ...details, name: 'By Marie' }, questions: { survey: survey.version },
	recycling: { ...rules, 'minutes.no_answer': '46', 'max.busy': '3' }, exclusions: { rules: '1', 'who.0': 'voted', 'status.0': 'removed_voted' }, record: { field: ['email'], 'mode.email': 'editable' } };
sql(`DELETE FROM attempt; UPDATE entry SET state = 'removed', band = 9, reason = 23 WHERE operation_id = ${id}`);
for (const [page, fields] of Object.entries(pages)) {
	const mine = await form(M, page), his = await form(P, page);
	same(`${page}: the first owner’s save goes through`, (await M.post(at(page), { ...fields, ...mine, go: 'next' })).status, 303);
	const before = h.one(`SELECT revision FROM operation WHERE id = ${id}`);
	a = await P.post(at(page), { ...fields, ...his, ...(page === 'details' ? { name: 'De Paul' } : {}), go: 'next' });
	ok(`${page}: the second is told which page changed, by whom and when`, a.status === 409 && /Marie a modifié la page « [^<]* » entre-temps \(13 h\)/.test(a.body.replaceAll('\u00a0', ' ')), `${a.status} ${a.body}`);
	same(`${page}: nothing is lost silently`, h.one(`SELECT revision FROM operation WHERE id = ${id}`), before);
	if (page === 'details')
		ok('details: what was typed is kept', value(a.body, 'name') === 'De Paul' && stored(id, 'name') === 'By Marie');
	if (page === 'recycling')
		same('recycling: what was typed is kept', value(a.body, 'minutes.no_answer'), '46');
	same(`${page}: saved again it is meant`, (await P.post(at(page), { ...fields, revision: hidden(a.body, 'revision'), go: 'next' })).status, 303);
	same(`${page}: another page’s change disturbs nobody`, (await M.post(at(page === 'record' ? 'exclusions' : 'record'), page === 'record' ? { rules: '0', revision: hidden((await M.get(at('exclusions'))).body, 'revision'), go: 'next' }
		: { field: ['email'], revision: hidden((await M.get(at('record'))).body, 'revision'), go: 'next' })).status, 303);
}
const both = await form(M, 'details'), again = await form(P, 'details');
const race = await Promise.all([M.post(at('details'), { ...details, ...both, name: 'Race M' }), P.post(at('details'), { ...details, ...again, name: 'Race P' })]);
same('in the same moment: one is saved, the other told', race.map((r) => r.status).sort(), [303, 409]);
a = await M.get(at('details'));
sql(`INSERT INTO attempt (operation_id, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)
	VALUES (${id}, ${people[0].person}, ${marie.id}, '+15145550101', 8, 'America/Toronto', 1, 2, 'cccccccccccccccc')`);
for (const page of ['version', 'source']) {
	a = await M.get(at(page));
	ok(`fact 13: ${page} is locked once a call is saved, and the page says why`, /<fieldset class="field" disabled/.test(a.body) && a.body.includes('Calls have been saved'), a.body);
	same(`fact 13: ${page}: one goes on from it all the same`, (await M.post(at(page), { [page]: hidden(a.body, page), revision: hidden(a.body, 'revision'), go: 'next' })).status, 303);
}

// --- every page with everything that is wrong ---
const HTML = '"><script>alert(1)</script>\u2019', LONG = 'x'.repeat(5000);
const WRONG = ['', ' ', LONG, '-1', '0', '99999999999999999999', HTML, '2001-01-01', '2026-02-30', '24:00', '\u202e', String(theirs.version), String(theirs.question), 'null', '1e3', '١٢'];
const FORMS = {
	version: { version: 'original' }, source: { source: 'contact' }, details: money, questions: { survey: survey.version },
	recycling: { ...rules, more_calls: '3', day_calls: '2', other_part: '1', agents: '5', people: '100' },
	exclusions: { rules: '1', 'who.0': 'voted', 'status.0': 'removed_voted', 'household.0': '1' }, record: { field: ['email'], 'mode.email': 'visible', 'lit.email': '1' },
	sharing: {}, list: {},
};
const nasty = await draft(M);
await M.post(`/wizard/${nasty}/details`, money);
await M.post(`/wizard/${nasty}/questions`, { survey: survey.version });
sql(`UPDATE operation SET wizard_page = 9 WHERE id = ${nasty}`);
let tried = 0;
for (const [page, fields] of Object.entries(FORMS)) {
	const where = `/wizard/${nasty}/${page}`, odd = [];
	for (const field of [...Object.keys(fields), 'revision', 'seen', 'go'])
		for (const bad of WRONG) {
			const r = await M.post(where, { go: 'next', ...fields, [field]: bad });
			tried++;
			if (![200, 303, 400, 403, 409, 422].includes(r.status) || r.body.includes('<script>alert'))
				odd.push(`${field}=${JSON.stringify(bad.slice(0, 30))}: ${r.status}`);
		}
	same(`${page}: every field wrong in every way is refused or harmless`, odd, []);
	same(`${page}: everything empty is no error of ours`, [303, 422].includes((await M.post(where, Object.fromEntries(Object.keys(fields).map((k) => [k, ''])))).status), true);
	same(`${page}: nothing at all neither`, [303, 422].includes((await M.post(where, {})).status), true);
	same(`${page}: somebody else’s organisation sees and changes nothing`, [(await S.get(where)).status, (await S.post(where, { go: 'next', ...fields })).status], [403, 403]);
}
ok('that was everything', tried > 500, tried);
same('nothing of another organisation got in', [stored(nasty, 'survey_version_id'), stored(nasty, 'question_id'), stored(nasty, 'organisation_id')],
	[String(survey.version), String(survey.question), String(org)]);
for (const number of ['0', '99999999', '-1', 'x', '18446744073709551616'])
	ok(`operation ${number} is nobody’s`, [403, 404].includes((await M.get(`/wizard/${number}/details`)).status));
const fresh = Number((await M.post('/wizard')).headers.location.match(/\d+/)[0]);
for (const page of Object.keys(FORMS).slice(1))
	same(`out of order: ${page} leads to the first page that misses something`, [pageOf(await M.get(`/wizard/${fresh}/${page}`)), pageOf(await M.post(`/wizard/${fresh}/${page}`, { go: 'next', ...FORMS[page] }))],
		['version', 'version']);
await done();
