/*
 * users.mjs - the people of an organisation through the account area: invitations, roles, disabling, new passwords,
 * sessions, the second step with oathtool's codes, the log; twice, at once, and by who may not.
 */
import { spawnSync } from 'node:child_process';
import { start, ok, same, sql, done } from './area.mjs';
import { people, signedIn, visitor } from './roles_world.mjs';

const account = await start('account', { conf: { signin_tries: '4' } });
const agents = await start('agent'), dashboard = await start('dashboard'), wizard = await start('wizard');
const as = (name) => visitor(account, name);
const admin = as('admin');
const one = (text) => sql(text)[0]?.[0];

// --- an invitation ---

const invite = { do: 'invite', name: 'Nadia <Roy>', email: 'nadia@example.org', role: 'organiser', language: 'fr' };
let page = await admin.post('/users', { ...invite, name: '', email: 'nadia' });
ok('empty and wrong fields say so, and what was typed stays', page.status === 422 && /id="name-wrong">[^<]/.test(page.body) && page.body.includes('value="nadia"'), page.body);
page = await admin.post('/users', invite);
const nadia = page.headers.location?.match(/^\/users\/(\d+)\?said=invite$/)?.[1];
ok('invited', page.status === 303 && nadia, page.headers.location);
same('the same form again is the same invitation', (await admin.post('/users', invite)).headers.location, page.headers.location);
same('somebody else with that address is refused beside the field', (await admin.post('/users', { ...invite, name: 'Other' })).status, 409);
same('an address of another organisation too', (await admin.post('/users', { ...invite, email: 'other@example.org' })).status, 409);
page = await admin.get(`/users/${nadia}`);
const link = () => page.body.match(/data-copy="[^"]*(\/welcome\/[\w-]{24})"/)?.[1];
const first = link();
ok('its link is shown to copy, the name is text', first && page.body.includes('Nadia &lt;Roy&gt;') && !page.body.includes('<Roy>'), page.body);
same('its token is stored as a hash only', one(`SELECT SUM(code_hash = UNHEX(SHA2('${first.slice(9)}', 256))) FROM one_time_code WHERE user_id = ${nadia}`), '1');
same('another link takes its place', [(await admin.post(`/users/${nadia}`, { do: 'link' })).status, (await account.get(first)).status], [303, 404]);
page = await admin.get(`/users/${nadia}`);
const second = link();
page = await account.get(second);
ok('the page greets and asks for a password, nothing is used up by looking', page.status === 200 && page.body.includes('nadia@example.org') && (await account.get(second)).status === 200, page.body);
const secret = { password: 'la pluie du matin', again: 'la pluie du matin' };
const guest = account.visitor();
await guest.get(second);
same('two passwords that differ are refused', (await guest.post(second, { ...secret, again: 'x' })).status, 422);
same('a short one too', (await guest.post(second, { password: 'court', again: 'court' })).status, 422);
const two = [account.visitor(), account.visitor()];
for (const v of two) await v.get(second);
const both = (await Promise.all(two.map((v) => v.post(second, secret)))).map((a) => a.status).sort();
same('an invitation used twice at the same instant lets one in', both, [303, 404]);
same('afterwards it is over', (await guest.post(second, secret)).status, 404);
const nadiaIn = two.find((v) => v.cookies.tocsin);
same('who was let in is signed in', (await nadiaIn.get('/profile')).status, 200);
sql(`UPDATE one_time_code SET used_at = NULL, expires_at = 1 WHERE user_id = ${nadia}`);
same('an invitation of last month is over', (await account.get(second)).status, 404);

// --- roles; an organisation keeps an administrator ---

same('the only administrator cannot step down', (await admin.post('/users/7', { do: 'role', role: 'organiser' })).status, 409);
same('nor be disabled', (await admin.post('/users/7', { do: 'disable' })).status, 409);
same('somebody of another organisation is nobody here', [(await admin.get('/users/9')).status, (await admin.post('/users/9', { do: 'disable' })).status], [404, 404]);
same('a second administrator', (await admin.post(`/users/${nadia}`, { do: 'role', role: 'administrator' })).status, 303);
await nadiaIn.get('/users');
const demote = await Promise.all([admin.post(`/users/${nadia}`, { do: 'role', role: 'organiser' }), nadiaIn.post('/users/7', { do: 'role', role: 'organiser' })]);
ok('two administrators demote each other at the same instant: one of them stays', one("SELECT COUNT(*) FROM user WHERE role = 'administrator' AND organisation_id = 1 AND disabled_at IS NULL") === '1',
    demote.map((d) => d.status).join());
sql(`UPDATE user SET role = 'administrator' WHERE id IN (7, ${nadia})`);

// --- disabling: out at once, the person on the line is back, no operation without an owner ---

sql('DELETE FROM member WHERE user_id = 8');
const owner = visitor(agents, 'owner');
await owner.post('/agent/1/next', {});
same('somebody on the line', one('SELECT COUNT(*) FROM hold WHERE user_id = 6'), '1');
page = await admin.post('/users/6', { do: 'disable' });
same('disabled', page.headers.location, '/users/6?said=disable');
same('their person is back in the list', [one('SELECT COUNT(*) FROM hold'), one("SELECT COUNT(*) FROM entry WHERE operation_id = 1 AND state = 'held'"), one('SELECT SUM(held) FROM queue_tally WHERE operation_id = 1')], ['0', '0', '0']);
same('their sessions are over in every area', [(await owner.get('/agent/1')).status, (await visitor(dashboard, 'owner').get('/operations')).status, (await visitor(wizard, 'owner').get('/wizard/1/details')).status], [303, 303, 303]);
same('fact 97: their operations have an owner: who disabled them', sql("SELECT DISTINCT user_id FROM member WHERE role = 'owner'"), [['6'], ['7']]);
ok('and the log says so', Number(one("SELECT COUNT(*) FROM audit WHERE verb = 'member.take_over' AND user_id = 7")) >= 4);
same('a link for a new password is refused', (await admin.post('/users/6', { do: 'link' })).status, 409);
same('twice is once', (await admin.post('/users/6', { do: 'disable' })).status, 303);
same('enabled again', (await admin.post('/users/6', { do: 'enable' })).status, 303);
signedIn();
same('with their operations', (await visitor(dashboard, 'owner').get('/operations/1')).status, 200);

// --- a new password, sessions ---

same('a link for a new password', (await admin.post(`/users/${nadia}`, { do: 'link' })).status, 303);
page = await admin.get(`/users/${nadia}`);
const reset = link();
same('until it is used the old one works', (await nadiaIn.get('/profile')).status, 200);
const again = account.visitor();
await again.get(reset);
await again.post(reset, { password: 'le vent du soir', again: 'le vent du soir' });
same('then every session of before is over', [(await nadiaIn.get('/profile')).status, (await again.get('/profile')).status], [303, 200]);
page = await admin.get('/users/6');
const session = page.body.match(/name="session" value="([0-9a-f]{64})"/)[1];
same('an administrator ends one session', [(await admin.post('/users/6', { do: 'end', session })).status, (await as('owner').get('/profile')).status], [303, 303]);
same('a session of somebody else does not go with it', [(await admin.post('/users/6', { do: 'end', session: one("SELECT LOWER(HEX(token_hash)) FROM session WHERE user_id = 5") })).status, (await as('organiser').get('/profile')).status], [303, 200]);
for (const [what, fields] of Object.entries({ 'no verb': {}, 'an unknown verb': { do: 'promote' }, 'a role that does not exist': { do: 'role', role: 'king' }, 'a session that is no hash': { do: 'end', session: 'x' } }))
	same(`${what} is refused`, (await admin.post('/users/6', fields)).status, 400);

// --- the second step ---

const me = again;
page = await me.get('/profile/two-factor');
await me.post('/profile/two-factor', { do: 'begin' });
page = await me.get('/profile/two-factor');
const key = page.body.match(/class="key-words">([A-Z2-7 ]+)</)[1].replace(/ /g, '');
const code = (offset = 0) => spawnSync('oathtool', ['--totp', '-b', '-N', `@${Math.floor(Date.now() / 1000) + offset}`, key], { encoding: 'utf8' }).stdout.trim();
same('the secret is stored nowhere', sql(`SELECT LENGTH(totp_nonce), totp_at IS NULL FROM user WHERE id = ${nadia}`), [['16', '1']]);
same('a wrong code does not turn it on', (await me.post('/profile/two-factor', { do: 'confirm', step_code: '12345x' })).status, 422);
page = await me.post('/profile/two-factor', { do: 'confirm', step_code: code() });
const recovery = [...page.body.matchAll(/<li><code>([0-9A-Z-]{14})</g)].map((m) => m[1]);
same('oathtool’s code turns it on and shows ten recovery codes', [page.status, new Set(recovery).size], [200, 10]);
ok('stored as keyed hashes', one(`SELECT COUNT(*) FROM recovery_code WHERE user_id = ${nadia}`) === '10' && one(`SELECT SUM(code_hash = UNHEX(SHA2('${recovery[0].replaceAll('-', '')}', 256))) FROM recovery_code`) === '0');
same('nobody sees the secret again', (await me.get('/profile/two-factor/qr.svg')).status, 404);
same('the form again shows what holds', (await me.post('/profile/two-factor', { do: 'confirm', step_code: code() })).headers.location, '/profile/two-factor');

const password = { email: 'nadia@example.org', password: 'le vent du soir', next: '/users' };
async function half() {
	const v = account.visitor();
	await v.get('/sign-in');
	const body = (await v.post('/sign-in', password)).body;
	return { v, ticket: body.match(/name="ticket" value="([^"]+)"/)?.[1] };
}
let { v, ticket } = await half();
ok('the password alone opens nothing', ticket && v.cookies.tocsin === undefined, ticket);
same('a code that was used is refused', (await v.post('/sign-in/code', { ticket, step_code: code(), next: '/users' })).status, 422);
same('a ticket of somebody else too', (await v.post('/sign-in/code', { ticket: ticket.replace(/^\d+/, '7'), step_code: code(30), next: '/' })).status, 403);
const next = code(30);
const race = await Promise.all([v, (await half()).v].map((x) => x.post('/sign-in/code', { ticket, step_code: next, next: '/users' })));
same('one code sent twice at the same instant signs in once', race.map((r) => r.status).sort(), [303, 422]);
({ v, ticket } = await half());
same('a recovery code signs in', (await v.post('/sign-in/code', { ticket, step_code: recovery[3], next: '//evil.example' })).headers.location, '/');
({ v, ticket } = await half());
same('once', (await v.post('/sign-in/code', { ticket, step_code: recovery[3], next: '/' })).status, 422);
const guesses = [];
for (let i = 0; i < 5; i++)
	guesses.push((await v.post('/sign-in/code', { ticket, step_code: `00000${i}`, next: '/' })).status);
ok('guessing pauses the account, also for the right code', guesses.at(-1) === 429 && (await v.post('/sign-in/code', { ticket, step_code: recovery[4], next: '/' })).status === 429, guesses.join());
sql("DELETE FROM throttle");
same('failed codes are in the log', Number(one("SELECT COUNT(*) FROM audit WHERE verb = 'signin.wrong'")) >= 5, true);
ok('codes are in no log file', !account.log().includes(recovery[3]) && !account.log().includes(key));

await admin.get('/users');
same('an administrator turns it off for who lost everything', [(await admin.post(`/users/${nadia}`, { do: 'two_factor' })).headers.location, one(`SELECT COUNT(*) FROM recovery_code WHERE user_id = ${nadia}`)], [`/users/${nadia}?said=two_factor`, '0']);
ok('then the password is enough', !(await half()).ticket);

same('organisers must use it', (await admin.post('/users', { do: 'required' })).status, 303);
same('pages of every area lead there', [(await as('organiser').get('/profile')).headers.location, (await visitor(dashboard, 'organiser').get('/operations')).headers.location,
    (await visitor(agents, 'organiser').get('/agent')).headers.location], ['/profile/two-factor', '/profile/two-factor', '/profile/two-factor']);
same('nothing can be written before', (await visitor(dashboard, 'owner').post('/operations/1/pause', {})).status, 403);
same('volunteers are not asked', (await visitor(agents, 'agent').get('/agent')).status, 200);
sql('UPDATE organisation SET two_factor_required = 0');
same('a volunteer of a link has no password to guard', [sql('UPDATE user SET password_hash = NULL, email = NULL WHERE id = 1'), (await as('volunteer').get('/profile/two-factor')).status][1], 403);

// --- the list and the log ---

for (let i = 0; i < 120; i++)
	sql(`INSERT INTO user (organisation_id, email, name, role, language, created_at) VALUES (1, 'n${i}@example.org', 'Same Name', 'volunteer', 'en', 0)`);
const seen = new Set();
let after = '';
for (let i = 0; i < 9 && after !== undefined; i++) {
	page = await admin.get(`/users?q=same${after && `&after=${after}`}`);
	for (const m of page.body.matchAll(/href="\/users\/(\d+)"/g)) seen.add(m[1]);
	after = page.body.match(/name="after" value="(\d+)"/)?.[1];
}
same('pages of people with one name show each once', seen.size, 120);
const shown = new Set();
let older = '/audit?day=&user=7';
for (let i = 0; i < 9 && older; i++) {
	page = await admin.get(older);
	for (const m of page.body.matchAll(/<tr><th scope="row"/g)) shown.add(`${i} ${m.index}`);
	older = page.body.match(/href="(\/audit\?[^"]*)" rel="next"/)?.[1].replaceAll('&amp;', '&');
}
same('the log of one person has every row once', shown.size, Number(one('SELECT COUNT(*) FROM audit WHERE user_id = 7 AND organisation_id = 1')));
page = await admin.get('/audit?day=2001-01-01');
ok('a day without anything says so', page.status === 200 && page.body.includes('class="empty"'), page.body);
ok('a day that does not exist says so', (await admin.get('/audit?day=2026-02-30')).body.includes('id="day-wrong"'));
same('another organisation reads nothing of it', (await as('other').get('/audit?user=7')).body.includes('signed'), false);

// --- the organisation's own settings ---

page = await admin.get('/organisation');
ok('name and zone as they are, Canada first', page.status === 200 && page.body.includes('value="America/Toronto" selected') &&
    page.body.indexOf('America/St_Johns') < page.body.indexOf('Africa/Abidjan') && page.body.includes('>Toronto</dt><dd>'), page.body.match(/<main.*<.main>/s)?.[0].slice(0, 1500));
const rows = () => Number(one("SELECT COUNT(*) FROM audit WHERE verb = 'organisation.settings'"));
const zones = () => sql('SELECT id, time_zone FROM operation WHERE organisation_id = 1 ORDER BY id');
const zonesBefore = zones(), called = one('SELECT name FROM organisation WHERE id = 1'), settings = { organisation: 'Comité de Gatineau', zone: 'America/Winnipeg' };
for (const [name, change, where] of [['an empty name', { organisation: ' ' }, 'organisation-wrong'], ['a zone that is none', { zone: 'America/Atlantis' }, 'zone-wrong'],
    ['a way out of the folder of zones', { zone: '../../etc/passwd' }, 'zone-wrong'], ['no zone', { zone: '' }, 'zone-wrong']]) {
	page = await admin.post('/organisation', { ...settings, ...change });
	ok(`${name} is refused beside its field`, page.status === 422 && page.body.includes(`id="${where}"`), page.body.match(/<main.*<.main>/s)?.[0].slice(0, 900));
}
ok('what was typed stays', page.body.includes('value="Comité de Gatineau"'), page.body);
same('nothing of it was stored', [one('SELECT name FROM organisation WHERE id = 1'), rows()], [called, 0]);
same('saved', (await admin.post('/organisation', settings)).headers.location, '/organisation?said=organisation');
same('one row says from what to what', one("SELECT detail FROM audit WHERE verb = 'organisation.settings'"), `name: ${called} -> Comité de Gatineau; zone: America/Toronto -> America/Winnipeg`);
same('the same form again changes nothing', [(await admin.post('/organisation', settings)).status, rows()], [303, 1]);
same('no operation moves', zones(), zonesBefore);
same('a new operation begins with the new zone', [(await visitor(wizard, 'admin').post('/wizard', {})).status, one('SELECT time_zone FROM operation ORDER BY id DESC LIMIT 1')], [303, 'America/Winnipeg']);
same('another organisation keeps its own', one('SELECT COUNT(*) FROM organisation WHERE id <> 1 AND time_zone = \'America/Winnipeg\''), '0');
sql("UPDATE organisation SET time_zone = 'Etc/UTC' WHERE id = 1");
ok('a zone that is in no list can be kept', (await admin.get('/organisation')).body.includes('value="Etc/UTC" selected'));
await done();
