/*
 * roles.mjs - every route of every area, by everybody: strangers, every role, somebody disabled, the administrator of
 * another organisation. A route without a row here fails, and so does a row whose route is gone.
 */
import { ok, same, done } from './area.mjs';
import { allAreas, people, routes, signedIn, visitor, TOKEN, WELCOME } from './roles_world.mjs';

const STAFF = ['organiser', 'owner', 'admin'], SIGNED_IN = Object.keys(people).filter((p) => p !== 'disabled');
// who may; everybody else who is signed in gets 403. Strangers and who is disabled are asked to sign in (303), or told 403.
const MAY = {
	open:    null,							// strangers too
	anybody: SIGNED_IN,
	staff:   [...STAFF, 'other'],					// pages of one's own organisation: also elsewhere's
	people:  STAFF,							// one object of this organisation
	admin:   ['admin', 'other'],
	user:    ['admin'],
	owner:   ['owner'],
	export:  ['owner', 'admin'],					// who asked for it
	member:  ['agent', 'owner'],
	numbers: ['watcher', 'observer', 'owner', 'admin'],
};
// 'METHOD pattern': [who, what they get, { other: what another organisation's gets, at: the address, ... }]
// A form is sent empty: 400 or 422 say that its sender may send it, and that it lacks everything.
const TABLE = {
	'GET /': ['open', 303],
	'GET /setup': ['open', 303],
	'POST /setup': ['open', 422, { disabled: 403 }],
	'GET /sign-in': ['open', 303, { stranger: 200, disabled: 200 }],
	'POST /sign-in': ['open', 422, { disabled: 403 }],
	'POST /sign-out': ['open', 303, { disabled: 403 }],
	'POST /language': ['open', 400, { disabled: 403 }],
	'GET /profile': ['anybody', 200],
	'POST /profile': ['anybody', 422],
	'GET /profile/password': ['anybody', 200],
	'POST /profile/password': ['anybody', 422],
	'POST /profile/sessions': ['anybody', 400],
	'POST /sign-in/code': ['open', 400, { disabled: 403 }],
	'GET /profile/two-factor': ['anybody', 200],
	'POST /profile/two-factor': ['anybody', 400],
	'GET /profile/two-factor/qr.svg': ['anybody', 404],
	'GET /welcome/:word': ['open', 200],
	'POST /welcome/:word': ['open', 422, { disabled: 403 }],
	'GET /users': ['admin', 200],
	'POST /users': ['admin', 400],
	'GET /users/:id': ['user', 200],
	'POST /users/:id': ['user', 303, { at: '/users/8', body: { do: 'sign_out' } }],
	'GET /audit': ['admin', 200],
	'GET /organisation': ['admin', 200],
	'POST /organisation': ['admin', 422],
	'GET /operations': ['anybody', 200],
	'GET /operations/:id': ['numbers', 200, { other: 404 }],
	'GET /operations/:id/results': ['numbers', 200, { other: 404 }],
	'GET /operations/:id/report': ['numbers', 200, { other: 404 }],
	'GET /operations/:id/questions': ['owner', 303],
	'POST /operations/:id/questions': ['owner', 303],
	'GET /operations/:id/pause': ['owner', 303],
	'GET /operations/:id/resume': ['owner', 303],
	'GET /operations/:id/archive': ['owner', 303],
	'GET /operations/:id/restore': ['owner', 303],
	'GET /operations/:id/duplicate': ['owner', 303],
	'POST /operations/:id/restore': ['owner', 303, { at: '/operations/2/restore' }],
	'POST /operations/:id/duplicate': ['owner', 303],
	'POST /operations/:id/pause': ['owner', 303],
	'POST /operations/:id/resume': ['owner', 303],
	'GET /operations/:id/back': ['owner', 400],
	'POST /operations/:id/back': ['owner', 400],
	'GET /operations/:id/wall': ['owner', 303],
	'POST /operations/:id/wall': ['owner', 400],
	'GET /wall/:word': ['open', 404],
	'POST /operations/:id/archive': ['owner', 303, { at: '/operations/3/archive' }],
	'POST /wizard': ['staff', 303],
	'GET /wizard/:id': ['owner', 303],
	'POST /wizard/:id/finish': ['owner', 303],
	'POST /wizard/:id/discard': ['owner', 303, { at: '/wizard/4/discard' }],
	'GET /wizard/:id/version': ['owner', 200],
	'POST /wizard/:id/version': ['owner', 422],
	'GET /wizard/:id/source': ['owner', 200],
	'POST /wizard/:id/source': ['owner', 422],
	'GET /wizard/:id/details': ['owner', 200],
	'POST /wizard/:id/details': ['owner', 422],
	'GET /wizard/:id/questions': ['owner', 200],
	'POST /wizard/:id/questions': ['owner', 303],
	'GET /wizard/:id/recycling': ['owner', 200],
	'POST /wizard/:id/recycling': ['owner', 303],
	'GET /wizard/:id/rehearsal': ['owner', 200],
	'GET /wizard/:id/exclusions': ['owner', 200],
	'POST /wizard/:id/exclusions': ['owner', 303],
	'GET /wizard/:id/record': ['owner', 200],
	'POST /wizard/:id/record': ['owner', 303],
	'GET /wizard/:id/sharing': ['owner', 200],
	'POST /wizard/:id/sharing': ['owner', 303],
	'GET /wizard/:id/list': ['owner', 200],
	'POST /wizard/:id/list': ['owner', 422],
	'GET /wizard/:id/loaded': ['owner', 200],
	'GET /surveys': ['staff', 200],
	'GET /surveys/new': ['staff', 200],
	'POST /surveys/new': ['staff', 422],
	'GET /surveys/:id': ['people', 200],
	'POST /surveys/:id': ['people', 422],
	'GET /surveys/:id/preview': ['people', 200],
	'GET /surveys/:id/versions': ['people', 200],
	'GET /surveys/:id/copy': ['staff', 303],
	'POST /surveys/:id/copy': ['people', 303],
	'GET /connections': ['admin', 200],
	'GET /connections/new': ['admin', 200],
	'POST /connections/new': ['admin', 422],
	'GET /connections/:id': ['admin', 404],
	'GET /connections/:id/edit': ['admin', 404],
	'POST /connections/:id/edit': ['admin', 404],
	'POST /connections/:id/check': ['admin', 303],
	'POST /connections/:id/forget': ['admin', 404],
	'POST /connections/:id/remove': ['admin', 404],
	'POST /connections/:id/power': ['admin', 400],
	'POST /connections/:id/caller': ['admin', 404],
	'POST /connections/:id/caller-remove': ['admin', 404],
	'GET /connections/:id/:word': ['admin', 303],
	'GET /connections/operation/:id': ['owner', 200],
	'POST /connections/operation/:id': ['owner', 422],
	// a provider has a signature and no session; without a connection of that number there is nobody to speak to
	'POST /hooks/:rest': ['open', 404],
	'GET /agent/:id/line': ['member', 404],
	'POST /agent/:id/line/:word': ['member', 404],
	'GET /agent/:id/voice': ['member', 404],
	'POST /agent/:id/voice': ['member', 404],
	'GET /agent/:id/voice/token': ['member', 409],
	'GET /contacts': ['staff', 200],
	'GET /electors': ['staff', 200],
	'GET /people/load': ['staff', 404],
	'POST /people/load': ['staff', 400],
	'POST /people/filters': ['staff', 400],
	'POST /people/filters/forget': ['staff', 400],
	'GET /people/progress': ['staff', 404],
	'GET /people/:id': ['people', 200],
	'GET /people/:id/edit': ['people', 200],
	'POST /people/:id/edit': ['people', 303],
	'POST /people/:id/phones': ['people', 303, { body: { do: 'add', number: '418 555-0199', number_kind: 'cell' } }],
	'POST /people/:id/link': ['people', 303, { at: '/people/3/link', body: { contact: '1' } }],
	'GET /people/:id/call': ['people', 200],
	'POST /people/:id/call': ['staff', 400],
	'POST /people/:id/calls': ['people', 403, { other: 403 }],	// asks for the key that its own page makes
	'GET /people/:id/copy.json': ['people', 200],
	'GET /people/:id/copy.csv': ['people', 200],
	'GET /people/:id/merge': ['people', 200],
	'POST /people/:id/merge': ['staff', 400],
	'GET /people/:id/erase': ['people', 200],
	'POST /people/:id/erase': ['people', 422],
	'POST /people/:id/custom': ['people', 303],
	'GET /people/fields': ['staff', 200],
	'POST /people/fields': ['staff', 400],
	'GET /people/log': ['admin', 200],
	'GET /people/voted': ['staff', 200],
	'POST /people/voted': ['staff', 422],
	'POST /people/voted/file': ['staff', 422],
	'POST /people/voted/undo': ['staff', 400],
	'POST /people/:id/voted': ['people', 303, { body: { voted: 'yes' } }],
	'GET /people/do-not-call': ['staff', 200],
	'POST /people/do-not-call': ['staff', 422],
	'POST /people/do-not-call/file': ['staff', 422],
	'POST /people/:id/do-not-call': ['people', 303, { at: '/people/3/do-not-call' }],
	'GET /people/list/:id': ['owner', 200],
	'GET /people/list/:id/person': ['owner', 404],
	'POST /people/list/:id/person': ['owner', 400],
	'GET /imports': ['staff', 200],
	'POST /imports': ['staff', 422],
	'GET /imports/:id': ['people', 200],
	'POST /imports/:id': ['people', 303],
	'GET /imports/:id/progress': ['people', 200],
	'GET /imports/:id/conflicts': ['people', 200],
	'POST /imports/:id/conflicts': ['people', 303],
	'GET /imports/:id/refused.csv': ['people', 200],
	'POST /profile/alarms': ['staff', 303],
	'GET /profile/tokens': ['staff', 200],
	'POST /profile/tokens': ['staff', 400],
	'GET /webhooks': ['staff', 200],
	'GET /webhooks/new': ['staff', 200],
	'POST /webhooks/new': ['staff', 400],
	'GET /webhooks/:id': ['staff', 404],
	'POST /webhooks/:id': ['staff', 404, { body: { hook_do: 'test' } }],
	// a session is no token: tests/area/api.mjs has who may what
	'GET /api/v1/operations': ['open', 401],
	'GET /api/v1/operations/:id': ['open', 401],
	'GET /api/v1/operations/:id/entries': ['open', 401],
	'GET /api/v1/operations/:id/changes': ['open', 401],
	'GET /api/v1/operations/:id/attempts': ['open', 401],
	'GET /api/v1/people': ['open', 401],
	'POST /api/v1/people': ['open', 401],
	'GET /api/v1/people/:id': ['open', 401],
	'POST /api/v1/people/:id': ['open', 401],
	'GET /api/v1/imports/:id': ['open', 401],
	'GET /exports': ['staff', 200],
	'POST /exports': ['staff', 200],				// without its own form's key: the form
	'GET /exports/:id': ['export', 200, { organiser: 404, other: 404 }],
	'GET /exports/:id/progress': ['export', 200, { organiser: 404, other: 404 }],
	'POST /exports/:id/file': ['export', 404, { organiser: 404, other: 404 }],	// not made yet
	'GET /share/:id': ['owner', 200],
	'POST /share/:id': ['owner', 400],
	'GET /share/:id/sheet': ['owner', 200],
	'GET /share/:id/qr.svg': ['owner', 200],
	'GET /share/:id/qr.png': ['owner', 200],
	'GET /sheets/:id': ['owner', 200],
	'POST /sheets/:id': ['owner', 400],
	// no sheet has that code
	'GET /sheets/:id/:word': ['owner', 404],
	'POST /sheets/:id/:word': ['owner', 404],
	'POST /sheets/:id/:word/back': ['owner', 404],
	'GET /sheets/:id/:word/print': ['owner', 404],
	'GET /sheets/:id/:word/qr.svg': ['owner', 404],
	'GET /j/:word': ['open', 200],
	'POST /j/:word': ['open', 303, { stranger: 400, disabled: 403, other: 403 }],	// strangers give a name
	'GET /practice/over': ['open', 200],
	'GET /practice/:word': ['open', 404],				// no practice link of that word; tests/area/practice.mjs has one
	'POST /practice/:word': ['open', 404, { disabled: 403 }],
	'GET /agent': ['anybody', 200],
	'GET /agent/:id': ['member', 200],
	'GET /agent/:id/next': ['member', 303],
	'GET /agent/:id/save': ['member', 303],
	'GET /agent/:id/skip': ['member', 303],
	'GET /agent/:id/break': ['member', 303],
	'GET /agent/:id/number': ['member', 303],
	'GET /agent/:id/undo': ['member', 303],
	'GET /agent/:id/answer': ['member', 303],
	'GET /agent/:id/back': ['member', 303],
	'POST /agent/:id/answer': ['member', 404],
	'POST /agent/:id/back': ['member', 404],
	'POST /agent/:id/next': ['member', 303],
	'POST /agent/:id/save': ['member', 400],
	'POST /agent/:id/skip': ['member', 400],
	'POST /agent/:id/break': ['member', 303],
	'POST /agent/:id/number': ['member', 400],
	'POST /agent/:id/undo': ['member', 400],
	'GET /agent/:id/practice': ['member', 303],
	'POST /agent/:id/practice': ['member', 303],
	'POST /agent/:id/stop': ['member', 303],
};

const list = routes(), areas = await allAreas(list);
const stranger = areas.account.visitor();
await stranger.get('/sign-in');

const key = (r) => `${r.method} ${r.pattern}`;
for (const r of list)
	ok(`${key(r)} has a row in this table`, key(r) in TABLE || process.env.LIST, `${r.area}: ${r.needs}`);
for (const k of Object.keys(TABLE))
	ok(`${k} is a route`, list.some((r) => key(r) === k));

for (const r of list) {
	const [who, status, more = {}] = TABLE[key(r)] ?? ['open', 0];
	const at = more.at ?? r.pattern.replace(':id', '1').replace(':word', r.area === 'share' ? TOKEN : WELCOME);
	const got = {}, want = {};
	for (const name of [null, ...Object.keys(people)]) {
		const v = visitor(areas[r.area], name, stranger);
		const answer = r.method === 'GET' ? await v.get(at) : await v.post(at, more.body ?? {});
		const called = name ?? 'stranger', nobody = name === null || name === 'disabled';
		got[called] = answer.status;
		if (nobody && answer.status === 303 && MAY[who] !== null && !answer.headers.location.startsWith('/sign-in'))
			got[called] = answer.headers.location;
		want[called] = called in more ? more[called] : MAY[who] === null ? status : nobody ? (r.method === 'POST' || /AS_JSON/.test(r.needs) ? 403 : 303) :
		    MAY[who].includes(name) ? status : name === 'other' && /^\/(people|surveys|imports|users)\/:id/.test(r.pattern) && (who === 'people' || who === 'user') ? 404 : 403;
	}
	if (process.env.LIST)
		console.log(key(r), r.needs, JSON.stringify(got));
	else
		same(`${key(r)}: ${who}`, got, want);
	if (r.pattern === '/sign-out')
		signedIn();
}
await done();
