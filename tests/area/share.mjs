/*
 * share.mjs - the share area through its socket: who may see it, adding and removing, the link, joining.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { start, ok, same, sql, done } from './area.mjs';

const share = await start('share', { conf: { public_url: 'http://calls.example.org' } });
const soon = (Date.now() + 86400e3) * 1000;
const day = (offset) => new Date(Date.now() + offset * 86400e3).toISOString().slice(0, 10);

sql(`INSERT INTO organisation (id, name, created_at) VALUES (1, 'Comité <Laval>', 0), (2, 'Others', 0)`);
const people = { marie: 1, lea: 2, karim: 3, paul: 4 };
const cookies = {};
for (const [name, id] of Object.entries(people)) {
	sql(`INSERT INTO user (id, organisation_id, email, name, password_hash, role, language, created_at)
	    VALUES (${id}, ${name === 'paul' ? 2 : 1}, '${name}@example.org', '${name[0].toUpperCase() + name.slice(1)} O''Neil', 'x', 'organiser', 'en', 0);
	    INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (UNHEX(SHA2('cookie-${name}', 256)), ${id}, REPEAT('${id}', 32), 0, ${soon})`);
	cookies[name] = { tocsin: `cookie-${name}` };
}
sql(`INSERT INTO operation (id, organisation_id, state, version, source, method, name, time_zone, starts_on, ends_at, opens_at, closes_at, created_by, created_at)
    VALUES (1, 1, 'active', 'original', 'contact', 'phone', 'Pointage "Laval"', 'America/Toronto', '${day(-1)}', '${day(20)} 21:00', '09:00', '21:00', 1, 0),
    (2, 1, 'active', 'original', 'contact', 'phone', 'Old', 'America/Toronto', '${day(-9)}', '${day(-2)} 21:00', '09:00', '21:00', 1, 0);
    INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (1, 1, 'owner', 0), (1, 2, 'agent', 0), (2, 1, 'owner', 0)`);
const as = (name) => share.visitor(cookies[name]);
const marie = as('marie'), stranger = share.visitor();

// --- who may ---

for (const where of ['/share/1', '/share/1/sheet', '/share/1/qr.svg']) {
	same(`${where}: a stranger signs in first`, (await share.get(where)).headers.location, `/sign-in?next=${where}`);
	same(`fact 7: ${where}: no role, no access`, (await as('karim').get(where)).status, 403);
	same(`${where}: an agent has none either`, (await as('lea').get(where)).status, 403);
	same(`${where}: nor somebody of another organisation`, (await as('paul').get(where)).status, 403);
}
const agent = as('lea');
agent.csrf = '2'.repeat(32);
same('an agent cannot make themselves an owner', (await agent.post('/share/1', { do: 'role', user: 2, role: 'owner' })).status, 403);
same('a form without its key does nothing', (await share.post('/share/1', { do: 'make' }, { HTTP_COOKIE: 'tocsin=cookie-marie' })).status, 403);

// --- people ---

let page = await marie.get('/share/1');
same('fact 93: an owner sees the page', page.status, 200);
ok('people with their roles', page.body.includes('Lea O&#39;Neil') && page.body.includes('Owner') && page.body.includes('(you)'), page.body);
ok('names are text', page.body.includes('Pointage &quot;Laval&quot;') && !page.body.includes('<Laval>'), page.body);
ok('fact 97: the only owner is offered no way out', !new RegExp('name="user" value="1"').test(page.body), page.body);
page = await marie.get('/share/1?q=KARIM');
ok('fact 84, 90: a search by name finds people who are not in yet', page.body.includes('Karim O&#39;Neil') && page.body.includes('value="3"'), page.body);
same('not those who are in, nor other organisations', (await marie.get('/share/1?q=o%27neil')).body.match(/name="do" value="add"/g).length, 1);
ok('nobody found: what to do instead is said', (await marie.get('/share/1?q=zzz')).body.includes('zzz'));
page = await marie.post('/share/1', { do: 'add', user: 3, role: 'agent' });
same('fact 90: added', [page.status, page.headers.location], [303, '/share/1?said=add']);
same('as agent', sql('SELECT role FROM member WHERE operation_id = 1 AND user_id = 3'), [['agent']]);
same('somebody of another organisation is not', (await marie.post('/share/1', { do: 'add', user: 4, role: 'agent' })).status, 404);
page = await marie.post('/share/1', { do: 'remove', user: 1 });
ok('fact 97: the last owner stays, and the page says why', page.status === 409 && page.body.includes('role="alert"') && page.body.includes('at least one owner'), page.body);
same('fact 85, 84: a second owner', (await marie.post('/share/1', { do: 'role', user: 2, role: 'owner' })).status, 303);
same('who can come here too', (await as('lea').get('/share/1')).status, 200);
same('who gives up being owner is led away', (await marie.post('/share/1', { do: 'role', user: 1, role: 'agent' })).headers.location, '/');
same('and has no access any more', (await marie.get('/share/1')).status, 403);
agent.csrf = '2'.repeat(32);
await agent.post('/share/1', { do: 'role', user: 1, role: 'owner' });
for (const [what, fields] of Object.entries({ 'no verb': {}, 'an unknown verb': { do: 'explode' }, 'no user': { do: 'add', role: 'agent' },
    'a user that is no number': { do: 'remove', user: 'x' }, 'an unknown role': { do: 'role', user: 3, role: 'king' }, 'an unknown field': { do: 'make', x: 1 } }))
	same(`${what} is refused`, (await marie.post('/share/1', fields)).status, 400);

// --- the link ---

page = await marie.get('/share/1');
ok('no link yet: a button makes one', page.body.includes('value="make"') && !page.body.includes('/j/'), page.body);
same('made', (await marie.post('/share/1', { do: 'make' })).headers.location, '/share/1?said=make');
page = await marie.get('/share/1?said=make');
const link = () => page.body.match(/http:\/\/calls\.example\.org(\/j\/[\w-]{24})/)[1];
const first = link();
ok('fact 86: the page shows the link', page.body.includes(`data-copy="http://calls.example.org${first}"`), page.body);
ok('fact 87: for agents', /value="agent" selected/.test(page.body) && !/value="owner" selected/.test(page.body), page.body);
same('making it twice changes nothing', [(await marie.post('/share/1', { do: 'make' })).status, (await marie.get('/share/1')).body.includes(first)], [303, true]);
let qr = await marie.get('/share/1/qr.svg');
same('fact 91: the QR code is an image', [qr.status, qr.headers['content-type'].split(';')[0]], [200, 'image/svg+xml']);
ok('that nobody keeps', qr.headers['cache-control'] === 'no-store', qr.headers['cache-control']);
ok('fact 91: and is shown', page.body.includes('/share/1/qr.svg'));
const png = await marie.get('/share/1/qr.png');
same('fact 91: the QR code as a file for posters', [png.status, png.headers['content-type'], png.raw.subarray(1, 4).toString()], [200, 'image/png', 'PNG']);
const picture = path.join(mkdtempSync('/tmp/tocsin-qr-'), 'qr.png');
writeFileSync(picture, png.raw);
same('fact 92: an independent decoder reads the link from it', spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', picture], { encoding: 'utf8' }).stdout.trim(), `http://calls.example.org${first}`);
rmSync(path.dirname(picture), { recursive: true });
await marie.post('/share/1', { do: 'qr_off' });
same('off: no file either', (await marie.get('/share/1/qr.png')).status, 404);
page = await marie.get('/share/1');
ok('fact 91: off: it is not shown', !page.body.includes('/share/1/qr.svg') && page.body.includes('aria-checked="false"'), page.body);
same('nor given', (await marie.get('/share/1/qr.svg')).status, 404);
await marie.post('/share/1', { do: 'qr_on' });
page = await marie.get('/share/1/sheet');
ok('the sheet has name, hours, steps, code and address', page.status === 200 && ['Pointage', '9:00', '21:00', '<ol>', 'qr.svg', first].every((part) => page.body.includes(part)), page.body);

// --- joining ---

page = await stranger.get(first, { HTTP_ACCEPT_LANGUAGE: 'en' });
ok('fact 94, 98: a stranger sees what they would join', page.status === 200 && page.body.includes('Comité &lt;Laval&gt;') && page.body.includes('Pointage') && page.body.includes('name="name"'), page.body);
sql("UPDATE operation SET method = 'software' WHERE id = 1");
ok('where the software dials, neither the page nor the sheet speaks of one’s own phone', [(await stranger.get(first, { HTTP_ACCEPT_LANGUAGE: 'en' })).body,
    (await marie.get('/share/1/sheet', { HTTP_ACCEPT_LANGUAGE: 'en' })).body].every((b) => /software dials for you|logiciel compose les numéros pour vous/.test(b) && !/own phone|votre propre téléphone/.test(b)) && page.body.includes('own phone'));
sql("UPDATE operation SET method = 'phone' WHERE id = 1");
same('fact 98: looking joins nobody', sql('SELECT uses FROM link WHERE ended_at IS NULL'), [['0']]);
const key = page.body.match(/name="key" value="([^"]+)"/)[1];
page = await stranger.post(first, { key, name: '  ' });
ok('a name is needed', page.status === 422 && page.body.includes('id="name-wrong"') && page.body.includes(`value="${key}"`), page.body);
same('a form without its key is refused', (await share.post(first, { key, name: 'Zoé' })).status, 403);
page = await stranger.post(first, { key, name: 'Zoé Tremblay', contact: '418 555-0131' });
same('fact 88, 94: joined, and on to the calls', [page.status, page.headers.location], [303, '/agent/1']);
ok('signed in without a password', /^[\w-]{43}$/.test(page.cookies.tocsin ?? ''), JSON.stringify(page.cookies));
same('a volunteer, an agent of this operation', sql(`SELECT u.role, u.contact, u.email, m.role FROM user u JOIN member m ON m.user_id = u.id WHERE u.name = 'Zoé Tremblay'`), [['volunteer', '418 555-0131', 'NULL', 'agent']]);
ok('the organiser sees them', (await marie.get('/share/1')).body.includes('joined by link'));
same('fact 7: a volunteer cannot open the sharing page', (await stranger.get('/share/1')).status, 403);
page = await stranger.get(first);
ok('opening the link again offers to go on, by name', page.body.includes('Zoé Tremblay') && !page.body.includes('name="name"'), page.body);
same('which is not counted again', [(await stranger.post(first)).headers.location, sql('SELECT uses FROM link WHERE ended_at IS NULL')[0][0]], ['/agent/1', '1']);
await marie.get(first);
same('fact 95: the owner who opens it stays owner', [(await marie.post(first)).status, sql('SELECT role FROM member WHERE operation_id = 1 AND user_id = 1')[0][0]], [303, 'owner']);
const paul = as('paul');
await paul.get(first);
same('somebody of another organisation cannot join', (await paul.post(first)).status, 403);

page = await marie.get('/share/1');
page = await marie.post('/share/1', { do: 'link_role', role: 'owner' });
ok('fact 89: a link that makes owners is asked for once more, in words', page.status === 422 && page.body.includes('name="sure"') && page.body.includes('becomes an owner') &&
    (await marie.get('/share/1')).body.includes(link()), page.body);
same('fact 89: people with the link become owners', (await marie.post('/share/1', { do: 'link_role', role: 'owner', sure: '1' })).headers.location, '/share/1?said=link_role');
page = await marie.get('/share/1');
const owners = link();
ok('fact 89: the page warns in words', page.body.includes('notice-warn') && page.body.includes('becomes an owner'), page.body);
ok('it is another link', owners !== first);
const dead = await share.get(first, { HTTP_ACCEPT_LANGUAGE: 'en' });
ok('fact 96: the old one gives a kind page', dead.status === 404 && dead.body.includes('This link no longer works') && !dead.body.includes('name="name"'), dead.body);
const kept = share.visitor();
await kept.get('/j/AAAAAAAAAAAAAAAAAAAAAAAA');
const invented = await kept.get('/j/AAAAAAAAAAAAAAAAAAAAAAAA', { HTTP_ACCEPT_LANGUAGE: 'en' });
same('an invented one the same', invented.status, 404);
page = await kept.get(owners, { HTTP_ACCEPT_LANGUAGE: 'en' });
ok('an owner’s link asks a stranger to sign in', page.body.includes(`/sign-in?next=${owners}`) && !page.body.includes('name="name"'), page.body);
await kept.get('/j/AAAAAAAAAAAAAAAAAAAAAAAA');
sql(`UPDATE session SET csrf = REPEAT('3', 32) WHERE user_id = 3`);
const karim = as('karim');
await karim.get(owners);
same('fact 89: joined as owner', [(await karim.post(owners)).headers.location, sql('SELECT role FROM member WHERE operation_id = 1 AND user_id = 3')[0][0]], ['/operations/1', 'owner']);
same('it worked once', (await share.get(owners)).status, 404);
await marie.get('/share/1');
await marie.post('/share/1', { do: 'renew' });
page = await marie.get('/share/1');
ok('renewed: another link, still for owners', link() !== owners && /value="owner" selected/.test(page.body), page.body);
await marie.post('/share/1', { do: 'link_role', role: 'agent' });
same('stopped', (await marie.post('/share/1', { do: 'stop' })).headers.location, '/share/1?said=stop');
same('its people are signed out at once', (await stranger.get('/share/1')).status, 303);
ok('and there is none', !(await marie.get('/share/1')).body.includes('/j/'));
same('no sheet without a link', (await marie.get('/share/1/sheet')).status, 409);

// --- an operation that is over ---
await marie.get('/share/2');
await marie.post('/share/2', { do: 'make' });
page = await marie.get('/share/2');
const over = await share.get(link(), { HTTP_ACCEPT_LANGUAGE: 'fr' });
ok('nobody joins calls that are over; the page is kind', over.status === 404 && over.body.includes('Merci d’avoir voulu aider'), over.body);
ok('tokens are in no log', ![first, owners].some((l) => share.log().includes(l.slice(3))), share.log());
await done();
