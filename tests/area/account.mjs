/*
 * account.mjs - the account area through its socket: first owner, sign-in with its pauses, sessions,
 * language, profile.
 */
import { start, ok, same, sql, done } from './area.mjs';

const account = await start('account', { conf: { signin_tries: 3, public_url: 'https://calls.example.org' } });
const SESSION = '__Host-tocsin';
const owner = { code: 'k7qm 2xwd 9pta', organisation: 'Comité de Laval', name: 'Marie Gagnon', email: 'Marie@Example.org',
    password: 'cheval correct pile', again: 'cheval correct pile', language: 'fr' };

// --- the first owner ---

const marie = account.visitor();
same('the bare address leads to the set-up while nobody can sign in', (await marie.get('/')).headers.location, '/setup');
let page = await marie.get('/setup', { HTTP_ACCEPT_LANGUAGE: 'en' });
same('the set-up page is there', page.status, 200);
ok('it asks for the code, the organisation, a name, an address, a password twice and a language',
    ['code', 'organisation', 'name', 'email', 'password', 'again', 'language'].every((f) => page.body.includes(`name="${f}"`)), page.body);
ok('nothing is called missing before something was sent', !page.body.includes('class="wrong"'), page.body);

sql(`INSERT INTO one_time_code (code_hash, purpose, expires_at) VALUES (UNHEX(SHA2('K7QM2XWD9PTA', 256)), 'first_owner', ${(Date.now() + 3600e3) * 1000})`);
page = await marie.post('/setup', { ...owner, again: 'something else' });
same('two different passwords are refused', page.status, 422);
ok('beside the second one', /id="again-wrong">[^<]/.test(page.body), page.body);
ok('what was typed is kept', page.body.includes('value="Comité de Laval"') && page.body.includes('value="Marie@Example.org"'), page.body);
ok('a password is never sent back', !page.body.includes('cheval correct pile'), page.body);
page = await marie.post('/setup', { ...owner, password: 'short', again: 'short' });
ok('a short password is refused beside its field', page.status === 422 && /id="password-wrong">[^<]/.test(page.body), page.body);
page = await marie.post('/setup', { ...owner, code: 'K7QM-2XWD-0000' });
ok('a wrong code is refused beside its field', page.status === 422 && /id="code-wrong">[^<]/.test(page.body), page.body);
page = await marie.post('/setup', { ...owner, name: '', email: 'marie' });
ok('each empty or wrong field says so', page.status === 422 && page.body.includes('id="name-wrong"') && page.body.includes('id="email-wrong"'), page.body);
same('without the form key nothing happens', (await account.post('/setup', owner)).status, 403);
page = await marie.post('/setup', owner);
same('the right code makes the owner', [page.status, page.headers.location], [303, '/operations']);
ok('who is signed in at once, by a cookie of this host only', /^__Host-tocsin=[\w-]{43};/.test(page.headers['set-cookie']) &&
    page.headers['set-cookie'].includes('HttpOnly') && page.headers['set-cookie'].includes('Secure') && page.headers['set-cookie'].includes('SameSite=Lax'), page.headers['set-cookie']);
same('an administrator', sql('SELECT name, email, role FROM user'), [['Marie Gagnon', 'marie@example.org', 'administrator']]);
same('the set-up page is closed now', (await account.get('/setup')).headers.location, '/sign-in');
page = await account.visitor();
await page.get('/sign-in');
same('also for who has it open', (await page.post('/setup', owner)).headers.location, '/sign-in');
same('one user', sql('SELECT COUNT(*) FROM user'), [['1']]);

// --- signing in ---

same('an organiser lands on the operations', (await marie.get('/')).headers.location, '/operations');
same('a stranger at the sign-in', (await account.get('/')).headers.location, '/sign-in');
const again = account.visitor();
page = await again.get('/sign-in?next=/share/4%3Fsaid%3Dadd');
ok('the page keeps where one wanted to go', page.body.includes('name="next" value="/share/4?said=add"'), page.body);
page = await again.post('/sign-in', { email: 'marie@example.org', password: 'wrong', next: '/share/4' });
ok('a wrong password is refused', page.status === 422 && page.body.includes('id="refused"'), page.body);
const unknown = await again.post('/sign-in', { email: 'nobody@example.org', password: 'wrong', next: '/share/4' });
const plain = (text) => text.replace(/[\w.]+@example.org/g, '').replace(/[0-9a-f-]{32,36}/g, '');
same('an account that does not exist gets the same page', plain(unknown.body), plain(page.body));
page = await again.post('/sign-in', { email: ' MARIE@example.org', password: 'cheval correct pile', next: '/share/4' });
same('the right one leads on', [page.status, page.headers.location], [303, '/share/4']);
for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/%0d%0aX: y', '']) {
	const v = account.visitor();
	await v.get('/sign-in');
	const to = await v.post('/sign-in', { email: 'marie@example.org', password: 'cheval correct pile', next: decodeURIComponent(next) });
	ok(`next=${next} does not lead away`, [303, 400, 422].includes(to.status) && (to.headers.location ?? '/') === '/', `${to.status} ${to.headers.location}`);
}
same('the sign-in page leads on who is in', (await again.get('/sign-in?next=/operations')).headers.location, '/operations');

const guess = account.visitor();
await guess.get('/sign-in');
const codes = [];
for (let i = 0; i < 4; i++)
	codes.push((await guess.post('/sign-in', { email: 'lea@example.org', password: `guess ${i}` })).status);
same('after three failures an account pauses', codes, [422, 422, 422, 429]);
ok('passwords and addresses of accounts are not in the log', !/guess|cheval|@example/.test(account.log()), account.log());
ok('failures and sign-ins are in the audit', Number(sql("SELECT COUNT(*) FROM audit WHERE verb = 'signin.wrong'")[0][0]) === 5 &&
    Number(sql("SELECT COUNT(*) FROM audit WHERE verb = 'signin'")[0][0]) >= 1, sql('SELECT verb, COUNT(*) FROM audit GROUP BY verb').join('; '));

// --- profile, language, sessions ---

same('the profile needs signing in', (await account.get('/profile')).headers.location, '/sign-in?next=/profile');
page = await marie.get('/profile');
ok('it is in French, as chosen', page.body.includes('lang="fr"') && page.body.includes('Mon profil'), page.body.slice(0, 400));
ok('it lists the sessions and marks this one', (page.body.match(/action="\/profile\/sessions"/g) ?? []).length >= 1 && page.body.includes('celle-ci'), page.body);
same('no GET writes', (await account.get('/language')).status, 405);
page = await marie.post('/language', { language: 'en', next: '/profile?said=profile' });
same('the language changes and one is back where one was', [page.status, page.headers.location], [303, '/profile?said=profile']);
same('it is remembered for pages before signing in', page.cookies.lang, 'en');
page = await marie.get('/profile');
ok('and on the user', page.body.includes('lang="en"') && page.body.includes('My profile'), page.body.slice(0, 400));
same('a third language is none', (await marie.post('/language', { language: 'de', next: '/' })).status, 400);
const visitor = account.visitor();
await visitor.get('/sign-in', { HTTP_ACCEPT_LANGUAGE: 'en-CA' });
await visitor.post('/language', { language: 'fr', next: '/sign-in' });
ok('a visitor chooses too', (await visitor.get('/sign-in', { HTTP_ACCEPT_LANGUAGE: 'en-CA' })).body.includes('lang="fr"'));

page = await marie.post('/profile', { name: '<b>Marie</b>', language: 'en' });
same('the name is saved', [page.status, page.headers.location], [303, '/profile?said=profile']);
page = await marie.get('/profile?said=profile');
ok('and the page says so, with the name as text', page.body.includes('role="status"') && page.body.includes('value="&lt;b&gt;Marie') && !page.body.includes('<b>Marie'), page.body);
page = await marie.post('/profile', { name: ' ', language: 'en' });
ok('an empty name is refused', page.status === 422 && page.body.includes('id="name-wrong"'), page.body);
same('a field that does not exist is refused', (await marie.post('/profile', { name: 'Marie', language: 'en', nickname: 'x' })).status, 400);

const change = { current: 'cheval correct pile', password: 'un nouveau secret', again: 'un nouveau secret' };
page = await marie.post('/profile/password', { ...change, current: 'no' });
ok('the current password is asked for', page.status === 422 && page.body.includes('id="current-wrong"'), page.body);
same('another session is in', (await again.get('/profile')).status, 200);
same('the password changes', (await marie.post('/profile/password', change)).headers.location, '/profile?said=password');
same('and every other session is out', (await again.get('/profile')).status, 303);
same('this one stays', (await marie.get('/profile')).status, 200);

await again.get('/sign-in');
await again.post('/sign-in', { email: 'marie@example.org', password: change.password });
same('signed in again elsewhere', (await again.get('/profile')).status, 200);
page = await marie.get('/profile');
const hash = page.body.match(/name="session" value="([0-9a-f]{64})"/)[1];
const gone = await marie.post('/profile/sessions', { session: hash });
same('a session can be ended from here', gone.headers.location, '/profile?said=session');
same('its browser is out', (await again.get('/profile')).status, 303);
const cookie = marie.cookies[SESSION];
same('its token is stored as a hash only', sql(`SELECT SUM(token_hash = UNHEX(SHA2('${cookie}', 256))), SUM(token_hash = '${cookie}') FROM session`), [['1', '0']]);
same('signing out leads to the sign-in', (await marie.post('/sign-out')).headers.location, '/sign-in');
ok('the cookie is gone from the browser', marie.cookies[SESSION] === undefined, JSON.stringify(marie.cookies));
same('and of no use to who kept it', (await account.get('/profile', { HTTP_COOKIE: `${SESSION}=${cookie}` })).status, 303);
await done();
