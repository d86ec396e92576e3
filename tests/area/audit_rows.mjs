/*
 * audit_rows.mjs - every route that writes leaves a row in audit, and so does every reveal: each is sent once with a form
 * that really changes something. A POST route that is in neither table fails.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { multipart, ok, same, sql, done } from './area.mjs';
import { allAreas, routes, signedIn, visitor, TOKEN, WELCOME } from './roles_world.mjs';

const unescape = (s) => s.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const attribute = (tag, name) => { const m = tag.match(new RegExp(`\\b${name}="([^"]*)"`)); return m ? unescape(m[1]) : undefined; };

/** The form of a page as a browser would send it untouched, and what is changed in it. */
const shown = (page, change) => async (v, at) => {
	const body = (await v.get(page)).body, out = {};
	const inside = body.match(new RegExp(`<form[^>]*action="${at}"[^>]*>([^]*?)</form>`, 'g'))?.sort((a, b) => b.length - a.length)[0] ?? '';
	const add = (name, value) => { if (name && name !== 'csrf') (out[name] ??= []).push(value); };
	for (const [tag] of inside.matchAll(/<input[^>]*>/g))
		if (!/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag))
			add(attribute(tag, 'name'), attribute(tag, 'value') ?? (/checkbox/.test(tag) ? 'on' : ''));
	for (const [, open, text] of inside.matchAll(/<textarea([^>]*)>([^]*?)<\/textarea>/g))
		add(attribute(open, 'name'), unescape(text));
	for (const [, open, options] of inside.matchAll(/<select([^>]*)>([^]*?)<\/select>/g))
		add(attribute(open, 'name'), attribute((options.match(/<option[^>]* selected[^>]*>/) ?? options.match(/<option[^>]*>/) ?? [''])[0], 'value') ?? '');
	return { ...out, ...change };
};
/** Somebody on the line first. */
const held = async (v, at) => { await v.post('/agent/1/next', {}); return shown('/agent/1', {})(v, at); };
const upload = () => multipart({ csrf: '5'.repeat(32), kind: 'contact', file: { name: 'list.csv', bytes: 'Nom;Prénom\nRoy;Zoé\n' } });

// 'METHOD pattern': [who, the form, the address]
const WRITES = {
	'GET /people/:id':          ['organiser'],
	'GET /people/:id/edit':     ['organiser'],
	'GET /people/:id/merge':    ['organiser'],
	'GET /people/:id/call':     ['organiser'],
	'GET /people/:id/copy.json': ['organiser'],
	'GET /people/:id/copy.csv': ['organiser'],
	'POST /agent/:id/skip':     ['owner', held],
	'POST /agent/:id/stop':     ['owner', held],
	'POST /agent/:id/number':   ['owner', async (v, at) => {
		const form = await held(v, at.replace('number', 'save'));
		const person = sql(`SELECT person_id FROM entry WHERE id = ${form.entry}`)[0][0];
		sql(`INSERT INTO phone (person_id, position, kind, e164) VALUES (${person}, 9, 'cell', '+14185550190')`);
		return { ...form, number: '+14185550190' };
	}],
	'POST /operations/:id/back': ['owner', async () => {
		const form = await held(visitor(areas.agent, 'owner'), '/agent/1/save');
		return { user: sql(`SELECT user_id FROM hold WHERE entry_id = ${form.entry}`)[0][0], entry: form.entry, claimed: form.claimed };
	}],
	'POST /profile':            ['agent', { name: 'Agent X', language: 'fr' }],
	'POST /language':           ['agent', { language: 'en', next: '/' }],
	'POST /profile/two-factor': ['volunteer', { do: 'begin' }],
	'POST /profile/alarms':     ['organiser', { alarms: '1' }],
	'POST /profile/sessions':   ['watcher', { session: sql("SELECT LOWER(HEX(token_hash)) FROM session WHERE user_id = 3")[0][0] }],
	'POST /users':              ['admin', { do: 'invite', name: 'Nadia', email: 'nadia@example.org', role: 'observer', language: 'fr' }],
	'POST /users/:id':          ['admin', { do: 'role', role: 'organiser' }],
	'POST /organisation':       ['admin', shown('/organisation', { organisation: 'Another name' })],
	'POST /sign-in':            [null, { email: 'nobody@example.org', password: 'wrong', next: '/' }],
	'POST /operations/:id/questions': ['owner', () => {
		sql("INSERT INTO survey_version (survey_id, number, created_at) SELECT survey_id, MAX(number) + 1, 1 FROM survey_version WHERE survey_id = 1");
		sql(`INSERT INTO question (version_id, stable_id, position, kind, text_en) SELECT (SELECT MAX(id) FROM survey_version), stable_id, position, kind, text_en
		    FROM question WHERE version_id = 1`);
		return {};
	}],
	'POST /operations/:id/pause':     ['owner', {}],
	'POST /operations/:id/resume':    ['owner', {}],
	'POST /operations/:id/duplicate': ['owner', {}],
	'POST /operations/:id/wall':      ['owner', { do: 'make' }],
	'POST /operations/:id/archive':   ['owner', {}, '/operations/3/archive'],
	'POST /operations/:id/restore':   ['owner', {}, '/operations/2/restore'],
	'POST /wizard':                   ['owner', {}],
	'POST /wizard/:id/version':       ['owner', { version: 'specialized', go: 'next' }, '/wizard/4/version'],
	'POST /wizard/:id/source':        ['owner', { source: 'elector', go: 'next' }, '/wizard/4/source'],
	'POST /wizard/:id/details':       ['owner', shown('/wizard/1/details', { name: 'Another name', go: 'next' })],
	'POST /wizard/:id/questions':     ['owner', { survey: '1', go: 'next' }, '/wizard/4/questions'],
	'POST /wizard/:id/recycling':     ['owner', shown('/wizard/1/recycling', { 'tick.no_answer': '1', 'max.no_answer': '7', 'minutes.no_answer': '33', go: 'next' })],
	'POST /wizard/:id/exclusions':    ['owner', shown('/wizard/1/exclusions', { go: 'next' })],
	'POST /wizard/:id/record':        ['owner', shown('/wizard/1/record', { go: 'next' })],
	'POST /wizard/:id/finish':        ['owner', () => { sql("INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) VALUES (6, 1, 1, '+14185550131', 0)"); return {}; }, '/wizard/6/finish'],
	'POST /wizard/:id/discard':       ['owner', {}, '/wizard/4/discard'],
	'POST /surveys/new':        ['organiser', shown('/surveys/new', { name: 'New', 'text_en.0': 'Vote?', 'choice_en.0-0': 'Yes', 'choice_en.0-1': 'No', go: 'save' })],
	'POST /surveys/:id/copy':   ['organiser', {}],
	'POST /surveys/:id':        ['organiser', shown('/surveys/1', { name: 'Renamed' })],
	'POST /connections/new':    ['admin', shown('/connections/new', { name: 'Sim', provider: 'twilio', account: `AC${'0'.repeat(32)}`, secret: 'a'.repeat(32), currency: 'CAD' })],
	'POST /connections/:id/edit':   ['admin', shown('/connections/1/edit', { name: 'Another', currency: 'CAD', secret: 'b'.repeat(32) })],
	'POST /connections/:id/forget': ['admin', {}],
	'POST /connections/:id/power':  ['admin', { allow: 'yes' }],
	'POST /connections/:id/caller': ['admin', { number: '418 555-0100' }],
	'POST /connections/operation/:id': ['owner', { caller: '1 +14185550100', mode: 'preview', ring: '25' }],
	'POST /connections/:id/caller-remove': ['admin', { caller: '+14185550100' }],
	'POST /connections/:id/remove': ['admin', {}],
	'POST /share/:id':          ['owner', { do: 'add', user: 5, role: 'agent' }],
	'POST /sheets/:id':         ['owner', shown('/sheets/1', { name: 'Paul' })],
	'POST /j/:word':            ['observer', {}],
	'POST /people/:id/phones':  ['organiser', { do: 'add', number: '418 555-0199', number_kind: 'cell' }],
	'POST /people/:id/link':    ['organiser', { contact: '1' }, '/people/3/link'],
	'POST /people/:id/voted':   ['organiser', { voted: 'yes' }],
	'POST /people/:id/edit':    ['organiser', shown('/people/2/edit', { 'set.first_name': 'Luce' }), '/people/2/edit'],
	'POST /people/fields':      ['organiser', { own_do: 'define', own_name: 'Shirt', own_form: 'text', kind: 'contact' }],
	'POST /people/:id/custom':  ['organiser', shown('/people/1', { 'custom.1': 'L' })],
	'POST /people/:id/call':    ['organiser', shown('/people/1/call', { choice: 'always' })],
	'POST /people/filters':     ['organiser', { filter_name: 'Mine', kind: 'contact', 'f.1': 'last_name', 'o.1': 'is', 'v.1': 'Roy' }],
	'POST /people/filters/forget': ['organiser', { filter: '1', kind: 'contact' }],
	'POST /people/load':        ['owner', { operation: '5', kind: 'contact' }],
	'POST /people/voted':       ['organiser', { section: '12', numbers: '1 2' }],
	'POST /people/voted/file':  ['organiser', { pasted: '12\t1' }],
	'POST /people/voted/undo':  ['organiser', { batch: '1' }],
	'POST /people/do-not-call': ['organiser', { tel: '418 555-0177', reason: 'asked' }],
	'POST /people/do-not-call/file': ['organiser', { pasted: '418 555-0178' }],
	'POST /people/:id/do-not-call': ['organiser', { reason: 'asked' }, '/people/2/do-not-call'],
	'POST /people/list/:id/person': ['owner', { entry: '1', act: 'remove' }],
	'POST /people/:id/erase':   ['organiser', { sure: '1' }, '/people/3/erase'],
	'POST /imports':            ['organiser', upload],
	'POST /imports/:id':        ['organiser', { go: 'discard' }, '/imports/2'],
	'POST /webhooks/new':       ['owner', { url: 'https://example.org/hook', operation: '1', token_key: '3'.repeat(32) }],
	'POST /webhooks/:id':       ['owner', { hook_do: 'pause' }],
	'POST /profile/tokens':     ['organiser', { token_do: 'make', token_name: 'Site', token_key: '2'.repeat(32), scope: 'numbers' }],
	'POST /exports':            ['owner', { what: 'contacts', key: '1'.repeat(32) }],
	'POST /exports/:id/file':   ['owner', () => {
		const data = readFileSync(process.env.TOCSIN_CONF, 'utf8').match(/^data = (.*)$/m)[1];
		mkdirSync(`${data}/exports`, { recursive: true });
		writeFileSync(`${data}/exports/f`, 'x');
		sql("UPDATE export SET state = 'done' WHERE id = 1");
		return {};
	}],
	'POST /sign-out':           ['admin', {}],
	'POST /welcome/:word':      [null, { password: 'la pluie du matin', again: 'la pluie du matin' }],
	'POST /profile/password':   ['welcomed', { current: 'la pluie du matin', password: 'le vent du soir', again: 'le vent du soir' }],
};
// What writes, and leaves no row here.
const WHY_NOT = {
	'POST /api/v1/people':      'import.upload and import.start, by a token: tests/area/api.mjs',
	'POST /api/v1/people/:id':  'person.edit, by a token: tests/area/api.mjs',
	'GET /api/v1/people/:id':   'person.reveal, by a token: tests/area/api.mjs sees its row',
	'POST /setup':              'closed once somebody can sign in; tests/db/setup.c sees its row',
	'POST /sign-in/code':       'signing in, as POST /sign-in; tests/area/users.mjs sees its rows',
	'POST /people/:id/calls':   'the call is its own record: who, when, which number; never changed',
	'POST /agent/:id/save':     'the call is its own record; an edit of the person leaves person.edit (tests/area/agent.mjs)',
	'POST /agent/:id/next':     'what follows is the record: the call, or call.skip',
	'POST /agent/:id/break':    'agent_break says since when and until when; whoever was held leaves call.skip',
	'POST /agent/:id/undo':     'a further attempt says what was taken back, by whom and when (tests/db/queue_shift.c)',
	'POST /connections/:id/check':  'asks the provider and changes nothing; trunk.works when calls go on by it (tests/site/trouble.mjs)',
	'POST /agent/:id/practice': 'a practice leaves no trace, in the audit neither (tests/area/practice.mjs)',
	'POST /practice/:word':     'a practice leaves no trace, in the audit neither; practice.link says who made the link (tests/area/practice.mjs)',
	'POST /hooks/:rest':        'a fact is its own record, append-only, with the connection that signed it',
	'POST /agent/:id/line/:word': 'wishes of the agent about a call that is its own record (live_call)',
	'POST /agent/:id/voice':    'a wish of the agent about a line that is its own record (agent_line)',
	'POST /agent/:id/answer':   'a conversation that is not saved yet',
	'POST /agent/:id/back':     'a conversation that is not saved yet',
	'POST /wizard/:id/sharing': 'holds nothing of its own: the next page opens',
	'POST /wizard/:id/list':    'holds nothing of its own: the next page opens',
	'GET /sheets/:id/:word/print': 'sheet.reveal: tests/area/paper.mjs has the sheet that it needs',
	'POST /sheets/:id/:word':   'sheet.enter, sheet.note, entry.correct: tests/area/paper.mjs',
	'POST /sheets/:id/:word/back': 'sheet.back: tests/area/paper.mjs',
	'POST /people/:id/merge':   'person.merge and person.merged: tests/db/merge.c has the two records that it needs',
	'POST /imports/:id/conflicts': 'import.decide: tests/db/import_rules.c has the conflicts that it needs',
};

const list = routes(), areas = await allAreas(list), name = (r) => `${r.method} ${r.pattern}`;
const stranger = areas.account.visitor();
await stranger.get('/sign-in');
for (const r of list.filter((x) => x.method === 'POST' || /REVEALS/.test(x.needs)))
	ok(`${name(r)}: its row in audit is proved here, or it is said why there is none`, name(r) in WRITES || name(r) in WHY_NOT, r.needs);

const rows = () => Number(sql('SELECT COUNT(*) FROM audit')[0][0]);
let welcomed;
for (const [k, [who, what, where]] of Object.entries(WRITES)) {
	const r = list.find((x) => name(x) === k);
	if (!ok(`${k} is a route`, r))
		continue;
	const at = where ?? r.pattern.replace(':id', '1').replace(':word', r.area === 'share' ? TOKEN : WELCOME);
	const v = who === 'welcomed' ? welcomed : visitor(areas[r.area], who, stranger);
	if (who === 'welcomed')
		await v.get('/profile');
	const fields = typeof what === 'function' && what !== upload ? await what(v, at) : what;
	const before = rows();
	let answer;
	if (what === upload) {
		const { type, bytes } = upload();
		answer = await areas[r.area].request('POST', at, { CONTENT_TYPE: type, HTTP_COOKIE: `tocsin=cookie-${who}` }, bytes);
	} else
		answer = r.method === 'GET' ? await v.get(at) : await v.post(at, fields);
	ok(`${k} leaves a row in audit`, rows() > before, `${answer.status} ${answer.headers.location ?? ''} ${JSON.stringify(fields)} ${answer.body.match(/class="wrong"[^>]*>([^<]*)/)?.[1] ?? answer.body.slice(-400)}`);
	if (k === 'POST /welcome/:word')
		welcomed = v;
	if (k === 'POST /sign-out' || k === 'POST /profile/sessions')
		signedIn();
}
same('nobody\'s password and no token is in the log', sql(`SELECT COUNT(*) FROM audit WHERE detail LIKE '%${TOKEN}%' OR detail LIKE '%${WELCOME}%' OR detail LIKE '%pluie%' OR detail LIKE '%vent du%'`), [['0']]);
await done();
