// The export area: who may ask for what, the same form twice, progress, the file, and who may fetch it (facts 127, 128).
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { start, ok, same, done, sql, build } from './area.mjs';
import { house } from './house.mjs';

const h = house(sql);
const area = await start('export', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const admin = h.user(org, 'Ada', 'administrator', 'en'), organiser = h.user(org, 'Marie', 'organiser', 'fr'), second = h.user(org, 'Luc', 'organiser', 'en');
const agent = h.user(org, 'Vic', 'volunteer', 'en'), stranger = h.user(other, 'Eve', 'administrator', 'en');
const [A, M, L, V, S] = [admin, organiser, second, agent, stranger].map((u) => area.visitor(u.cookies));
const work = () => spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { encoding: 'utf8', timeout: 120000,
    env: { ...process.env, TOCSIN_CLOCK: h.clockFile } });
const key = (body) => body.match(/name="key" value="([0-9a-f]{32})"/)?.[1];
sql(`INSERT INTO person (id, organisation_id, kind, last_name, first_name, city, created_at, updated_at) VALUES
    (1, ${org}, 'contact', '=HYPERLINK("x")', 'Zoé', 'Laval', 1, 1), (2, ${org}, 'contact', 'Roy', '', 'Québec', 1, 1);
    INSERT INTO operation (id, organisation_id, state, name, time_zone, created_by, created_at) VALUES (1, ${org}, 'active', 'Appels', 'America/Toronto', ${organiser.id}, 1),
    (2, ${org}, 'active', 'Other', 'America/Toronto', ${second.id}, 1);
    INSERT INTO member VALUES (1, ${organiser.id}, 'owner', NULL, 1), (2, ${second.id}, 'owner', NULL, 1), (1, ${agent.id}, 'agent', NULL, 1);
    INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)
    VALUES (1, 1, 1, 1, 2, ${agent.id}, '+15145550101', 16, 'America/Toronto', 1, 2, 'k')`);
let a;

// --- who may ---
same('fact 128: an agent sees no export page', (await V.get('/exports')).status, 403);
a = await V.post('/exports', { what: 'contacts', key: '0'.repeat(32) });
same('fact 128: and makes none', [a.status, h.one('SELECT COUNT(*) FROM export')], [403, '0']);
a = await M.get('/exports?what=calls&operation=1');
ok('fact 129: the page is French for whom it should be', a.status === 200 && a.body.includes('Préparer le fichier'), a.status);
ok('an organiser is offered the operations they own and no audit log', a.body.includes('>Appels</option>') && !a.body.includes('>Other</option>') &&
    !a.body.includes('value="audit"'), a.body);
ok('what the address says is chosen', /value="calls" required checked/.test(a.body) && /value="1" selected>Appels/.test(a.body), a.body);
const k = key(a.body);
same('without a choice it says so beside the field', [(a = await M.post('/exports', { key: k })).status, a.body.includes('id="what-wrong"')], [422, true]);
a = await M.post('/exports', { key: k, what: 'calls', operation: '0' });
same('calls of no operation: likewise', [a.status, a.body.includes('id="operation-wrong"')], [422, true]);
a = await M.post('/exports', { key: k, what: 'calls', operation: '1', from: '2026-13-01' });
ok('a day that is none, kept as typed', a.status === 422 && a.body.includes('id="days-wrong"') && a.body.includes('value="2026-13-01"'), a.status);
a = await M.post('/exports', { key: k, what: 'calls', operation: '1', from: '2026-02-01', until: '2026-01-01' });
ok('an end before the start', a.status === 422 && a.body.includes('id="days-wrong"'), a.status);
same("somebody else's operation is refused", (await M.post('/exports', { key: k, what: 'calls', operation: '2' })).status, 403);
same('the audit log is the administrators\'', (await M.post('/exports', { key: k, what: 'audit' })).status, 403);
same('none of this made one', h.one('SELECT COUNT(*) FROM export'), '0');

// --- made once ---
a = await M.post('/exports', { key: k, what: 'calls', operation: '1', format: 'comma' });
const here = a.headers.location;
ok('it is asked for', a.status === 303 && /^\/exports\/\d+$/.test(here), a.status);
same('the same form again is the same export', [(await M.post('/exports', { key: k, what: 'calls', operation: '1', format: 'comma' })).headers.location,
    h.one('SELECT COUNT(*) FROM export')], [here, '1']);
a = await M.get(here);
ok('its page shows progress, also without JavaScript', a.status === 200 && a.body.includes('http-equiv="refresh"') && a.body.includes('data-progress'), a.status);
same('it cannot be fetched yet', (await M.post(`${here}/file`)).status, 404);
work();
same('progress says that it is done', JSON.parse((await M.get(`${here}/progress`)).body), { state: 'done', percent: 100, rows: '1' });
a = await M.get(here);
ok('then the page has the file', a.body.includes(`action="${here}/file"`) && a.body.includes('.csv'), a.body);
a = await M.post(`${here}/file`);
ok('which is a CSV to be saved', a.status === 200 && a.headers['content-type'] === 'text/csv; charset=utf-8' &&
    /attachment; filename="calls-\d+-\d{4}-\d\d-\d\d\.csv"/.test(a.headers['content-disposition']), JSON.stringify(a.headers));
ok('fact 127: with the mark, CRLF, and the call in it', a.body.startsWith('\ufeffAppel,') && a.body.includes(',Roy,,514 555-0101,Vic,completed,Complété,') &&
    a.body.endsWith('\r\n'), a.body);
same('each download is noted', h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'export.fetch' AND user_id = ${organiser.id}`), '1');
await L.get('/exports');
same('another organiser does not find it', [(await L.get(here)).status, (await L.post(`${here}/file`)).status], [404, 404]);
same('an administrator does, of this organisation only', [(await A.get(here)).status, (await S.get(here)).status], [200, 404]);
same('nor does an agent', (await V.post(`${here}/file`)).status, 403);
same('without the key of the session nothing leaves', (await M.post(`${here}/file`, { csrf: 'x' })).status, 403);

// --- from the people page, with its filter ---
a = await M.post('/exports', { what: 'contacts', filter: 'city=Laval' });
ok('a filter comes along', a.status === 200 && a.body.includes('name="filter" value="city=Laval"') && /value="contacts" required checked/.test(a.body), a.body);
a = await M.post('/exports', { key: key(a.body), what: 'contacts', filter: 'city=Laval', format: 'semicolon' });
work();
a = await M.post(`${a.headers.location}/file`);
ok('and only those people are in the file, formulas neutralised', a.body.split('\r\n').length === 3 && a.body.includes(`;"'=HYPERLINK(""x"")";Zoé;`), a.body);
a = await M.get('/exports');
same('a filter that nobody can read is refused', (await M.post('/exports', { key: key(a.body), what: 'contacts', filter: 'f.1=nonsense' })).status, 400);
a = await M.post('/exports', { key: key(a.body), what: 'contacts', format: 'xlsx' });
work();
a = await M.post(`${a.headers.location}/file`);
ok('a workbook', a.status === 200 && a.headers['content-type'].includes('spreadsheetml') && a.body.startsWith('PK'), a.status);

// --- its day ---
sql(`UPDATE export SET expires_at = 1`);
same('after a day the link is dead', (await M.post(`${here}/file`)).status, 404);
ok('and the page says so', (await M.get(here)).body.includes('a été supprimé'), '');
await area.stop();
await done();
