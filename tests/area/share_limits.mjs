/*
 * share_limits.mjs - a link's limits (a day, a number of people, a way to be reached), observers, many joins from one
 * address, and a link of which nothing is left.
 */
import { start, ok, same, sql, done } from './area.mjs';

const share = await start('share', { conf: { join_tries: '10' } });
const dashboard = await start('dashboard');
const agents = await start('agent');
const soon = (Date.now() + 86400e3) * 1000;
const day = (offset) => new Date(Date.now() + offset * 86400e3).toISOString().slice(0, 10);

sql(`INSERT INTO organisation (id, name, created_at) VALUES (1, 'Laval', 0)`);
for (const [name, id] of Object.entries({ marie: 1, lea: 2, karim: 3 }))
	sql(`INSERT INTO user (id, organisation_id, email, name, password_hash, role, language, created_at)
	    VALUES (${id}, 1, '${name}@example.org', '${name}', 'x', 'volunteer', 'en', 0);
	    INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (UNHEX(SHA2('cookie-${name}', 256)), ${id}, REPEAT('${id}', 32), 0, ${soon})`);
sql(`INSERT INTO operation (id, organisation_id, state, version, source, method, name, time_zone, starts_on, ends_at, opens_at, closes_at, created_by, created_at)
    VALUES (1, 1, 'active', 'original', 'contact', 'phone', 'Pointage', 'America/Toronto', '${day(-1)}', '${day(20)} 21:00', '09:00', '21:00', 1, 0);
    INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (1, 1, 'owner', 0)`);
const marie = share.visitor({ tocsin: 'cookie-marie' });
const token = async () => (await marie.get('/share/1')).body.match(/\/j\/([\w-]{24})/)[1];
let address = 1;
async function join(link, fields = {}, from = `203.0.113.${address}`) {
	const someone = share.visitor(), key = String(address++).padStart(22, 'k');
	await someone.get(`/j/${link}`);
	const answer = await someone.post(`/j/${link}`, { name: 'Zoé', contact: '', key, ...fields }, { REMOTE_ADDR: from });
	return { status: answer.status, body: answer.body, cookies: someone.cookies };
}

await marie.get('/share/1');
await marie.post('/share/1', { do: 'make' });
let link = await token();

// --- a day ---

let page = await marie.post('/share/1', { do: 'options', until: day(-3) });
ok('a day that is over is refused beside its field', page.status === 422 && /id="until-wrong">[^<]/.test(page.body), page.body);
page = await marie.post('/share/1', { do: 'options', until: '2026-02-30' });
ok('a day that does not exist too, and it is kept', page.status === 422 && page.body.includes('value="2026-02-30"'), page.body);
same('a day of next week', (await marie.post('/share/1', { do: 'options', until: day(7) })).headers.location, '/share/1?said=options');
page = await marie.get('/share/1');
ok('the page says until when', page.body.includes(`value="${day(7)}"`) && page.body.includes('Works until'), page.body);
same('until then people join', (await join(link)).status, 303);
sql(`UPDATE link SET expires_at = ${(Date.now() - 1000) * 1000} WHERE ended_at IS NULL`);
same('then it gives a kind page', (await join(link)).status, 404);
ok('its owner sees that', (await marie.get('/share/1')).body.includes('nobody can join by it now'));
same('renewed it works', [(await marie.post('/share/1', { do: 'renew' })).status, (await join(link = await token())).status], [303, 303]);

// --- so many people, a way to be reached ---

for (const uses of ['0', '-1', 'many', '100001'])
	same(`“${uses}” people is refused`, (await marie.post('/share/1', { do: 'options', uses })).status, 422);
same('one more may join', (await marie.post('/share/1', { do: 'options', uses: '2', asks: '1' })).status, 303);
page = await join(link);
ok('who gives no way to be reached is asked for it', page.status === 422 && /id="contact-wrong">[^<]/.test(page.body) && page.body.includes('required'), page.body);
const both = await Promise.all([join(link, { contact: '418 555-0131' }), join(link, { contact: 'zoe@example.org' })]);
same('of two who want the last use at the same instant one gets it', both.map((b) => b.status).sort(), [303, 404]);
same('and it is counted', sql('SELECT uses, max_uses, asks_contact FROM link WHERE ended_at IS NULL'), [['2', '2', '1']]);
await marie.post('/share/1', { do: 'renew' });
same('a new link for the same role keeps what was set', sql('SELECT uses, max_uses, asks_contact FROM link WHERE ended_at IS NULL'), [['0', '2', '1']]);
await marie.post('/share/1', { do: 'link_role', role: 'owner', sure: '1' });
await marie.post('/share/1', { do: 'options', uses: '50' });
same('a link for owners stays one of a single use', sql('SELECT max_uses FROM link WHERE ended_at IS NULL'), [['1']]);
await marie.post('/share/1', { do: 'link_role', role: 'agent' });
link = await token();

// --- observers ---

same('an observer is added', (await marie.post('/share/1', { do: 'add', user: 2, role: 'observer' })).status, 303);
const lea = dashboard.visitor({ tocsin: 'cookie-lea' });
page = await lea.get('/operations/1');
ok('who sees numbers and no name of a caller', page.status === 200 && !page.body.includes('Callers today') && !page.body.includes('/pause'), page.body);
page = await lea.get('/operations');
ok('fact 5: whose menu has the statistics and nothing else', /<a href="\/operations\/1">Statistics/.test(page.body) &&
    !/\/(agent|wizard|share|people)\//.test(page.body), page.body);
same('who cannot call', (await agents.visitor({ tocsin: 'cookie-lea' }).get('/agent/1')).status, 403);
same('nor share', (await share.visitor({ tocsin: 'cookie-lea' }).get('/share/1')).status, 403);
const raised = share.visitor({ tocsin: 'cookie-lea' });
await raised.get(`/j/${link}`);
await raised.post(`/j/${link}`);
same('a link makes an agent of them', sql('SELECT role FROM member WHERE user_id = 2'), [['agent']]);
same('and back again', [(await marie.post('/share/1', { do: 'role', user: 2, role: 'observer' })).status, sql('SELECT role FROM member WHERE user_id = 2')[0][0]], [303, 'observer']);
same('no link is for observers', (await marie.post('/share/1', { do: 'link_role', role: 'observer' })).status, 400);

// --- bad luck ---

sql(`UPDATE user SET disabled_at = 1 WHERE id = 3`);
const karim = share.visitor({ tocsin: 'cookie-karim' });
await karim.get(`/j/${link}`);
const before = sql('SELECT COUNT(*) FROM member')[0][0];
same('somebody disabled is nobody here: the form wants a name', [(await karim.post(`/j/${link}`)).status, sql('SELECT COUNT(*) FROM member')[0][0]], [400, before]);
const other = share.visitor({ tocsin: 'cookie-lea' });
await other.get('/share/1');
other.csrf = '1'.repeat(32);
same('the form key of another session is refused', (await other.post(`/j/${link}`)).status, 403);

await marie.post('/share/1', { do: 'options' });
const inside = await join(link);
same('joined', inside.status, 303);
same('and in', (await agents.get('/agent/1', { HTTP_COOKIE: `tocsin=${inside.cookies.tocsin}` })).status, 200);
sql('DELETE FROM link');
same('a session whose link is no more: their role decides', (await agents.get('/agent/1', { HTTP_COOKIE: `tocsin=${inside.cookies.tocsin}` })).status, 200);
sql('DELETE FROM member WHERE link_id IS NOT NULL');
same('without it nothing opens', (await agents.get('/agent/1', { HTTP_COOKIE: `tocsin=${inside.cookies.tocsin}` })).status, 403);

await marie.post('/share/1', { do: 'make' });
link = await token();
const codes = [];
for (let i = 0; i < 12; i++)
	codes.push((await join(link, {}, '198.51.100.7')).status);
same('from one address so many join as the settings say, then there is a pause', codes, [...Array(10).fill(303), 429, 429]);
same('from another they still do', (await join(link, {}, '198.51.100.8')).status, 303);
const storm = Date.now();
const answers = await Promise.all(Array.from({ length: 400 }, () => join(link, {}, '198.51.100.7')));
const seconds = (Date.now() - storm) / 1000;
ok('a storm from that address is answered and makes nobody', answers.every((a) => a.status === 429) &&
    sql("SELECT COUNT(*) FROM session WHERE address = '198.51.100.7'")[0][0] === '10', `${seconds} s, ${[...new Set(answers.map((a) => a.status))]}`);
console.log(`# 400 pages and 400 tries by one process: ${Math.round(800 / seconds)} a second`);
await done();
