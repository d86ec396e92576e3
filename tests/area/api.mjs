// The API: every answer against the OpenAPI document; tokens, their scopes and their ends; cursors; people sent while calling goes
// on, once per key.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';
import { start, ok, same, done, sql, build, tree } from './area.mjs';
import { house, hidden, NOON } from './house.mjs';

const h = house(sql);
const env = { TOCSIN_CLOCK: h.clockFile };
const account = await start('account', { env }), api = await start('api', { env });
const doc = JSON.parse(readFileSync(path.join(tree, 'htdocs/api/v1/openapi.json'), 'utf8'));
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'doc', components: doc.components });
const judged = await new Validator().validate(structuredClone(doc));
ok('the document is OpenAPI 3.1', judged.valid && doc.openapi.startsWith('3.1'), JSON.stringify(judged.errors));

/** The operation of the document that an address belongs to; fails when the answer is not what it says. */
const asked = new Set();
function judge(method, url, answer) {
	const at = url.replace(/^\/api\/v1/, '').replace(/\?.*/, '');
	const [pattern, item] = Object.entries(doc.paths).find(([p]) => new RegExp(`^${p.replace('{id}', '\\d+')}$`).test(at)) ?? [];
	const says = item?.[method.toLowerCase()]?.responses?.[answer.status];
	const schema = says?.content?.['application/json']?.schema;
	const check = schema && ajv.compile({ $ref: schema.$ref.replace('#', 'doc#') });
	asked.add(`${method} ${pattern} ${answer.status}`);
	if (!check || !check(answer.json))
		ok(`${method} ${url} answers ${answer.status} as the document says`, false, `${JSON.stringify(check?.errors)} ${answer.body.slice(0, 300)}`);
	return answer;
}
const get = async (url, token, more = {}) => judge('GET', url, await api.get(url, { HTTP_AUTHORIZATION: token && `Bearer ${token}`, ...more }));
const post = async (url, token, body, more = {}) => judge('POST', url, await api.request('POST', url, { CONTENT_TYPE: 'application/json',
    HTTP_AUTHORIZATION: token && `Bearer ${token}`, ...more }, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))));
const work = () => spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { env: { ...process.env, ...env } });

const org = h.organisation(), other = h.organisation('Ailleurs');
const marie = h.user(org, 'Marie', 'organiser', 'en'), ada = h.user(org, 'Ada', 'administrator', 'fr'), vic = h.user(org, 'Vic');
const eve = h.user(other, 'Eve', 'administrator', 'en');
const survey = h.survey(org), mine = h.operation(org, marie, { survey }), theirs = h.operation(org, ada, { survey }), foreign = h.operation(other, eve);
h.people(org, mine, 3);
const visitor = Object.fromEntries([marie, ada, vic, eve].map((u) => [u.name, account.visitor(u.cookies)]));
async function token(user, ...scope) {
	const v = visitor[user.name], page = await v.get('/profile/tokens');
	const a = await v.post('/profile/tokens', { token_do: 'make', token_name: `for ${scope}`, token_key: hidden(page.body, 'token_key'), scope });
	return a.body.match(/value="(tocsin_[\w-]{43})"/)?.[1];
}
let a;

// --- the page ---
same('volunteers have no tokens', (await visitor.Vic.get('/profile/tokens')).status, 403);
a = await visitor.Marie.get('/profile/tokens');
const key = hidden(a.body, 'token_key');
a = await visitor.Marie.post('/profile/tokens', { token_do: 'make', token_key: key, token_name: ' ' });
same('a token needs a name', [a.status, a.body.includes('id="token_name-wrong"')], [422, true]);
a = await visitor.Marie.post('/profile/tokens', { token_do: 'make', token_key: key, token_name: '<b>Site' });
same('and something it may do', [a.status, a.body.includes('id="scope-wrong"'), a.body.includes('&lt;b&gt;Site')], [422, true, true]);
a = await visitor.Marie.post('/profile/tokens', { token_do: 'make', token_key: key, token_name: 'Site', scope: 'numbers' });
const numbers = a.body.match(/tocsin_[\w-]{43}/)?.[0];
ok('it is shown once', a.status === 200 && numbers && !(await visitor.Marie.get('/profile/tokens')).body.includes(numbers), a.status);
same('and stored as a hash', h.one(`SELECT COUNT(*) FROM api_token WHERE token_hash = UNHEX(SHA2('${numbers}', 256))`), '1');
a = await visitor.Marie.post('/profile/tokens', { token_do: 'make', token_key: key, token_name: 'Site', scope: 'numbers' });
same('the same form twice is one token, and says so', [h.one('SELECT COUNT(*) FROM api_token'), a.body.includes('sent before')], ['1', true]);
const calls = await token(marie, 'attempts:read'), read = await token(marie, 'people:read'), write = await token(marie, 'people:write');
const all = await token(ada, 'numbers', 'attempts:read', 'people:read', 'people:write'), strange = await token(eve, 'numbers', 'attempts:read', 'people:read', 'people:write');

// --- who may ---
a = await get('/api/v1/operations');
same('without a token nobody gets anything', [a.status, a.headers['www-authenticate'], a.json.refused], [401, 'Bearer', 'no_token']);
same('nor with a made-up one', (await get('/api/v1/operations', 'tocsin_' + 'A'.repeat(43))).status, 401);
same('a session is no token', (await get('/api/v1/operations', undefined, { HTTP_COOKIE: `tocsin=${ada.token}` })).status, 401);
same('nor is a cookie\'s word behind Bearer', (await get('/api/v1/operations', ada.token)).status, 401);
same('an address that is not there is JSON too', (await api.get('/api/v1/nothing')).json.refused, 'not_found');
for (const [name, t, url] of [['numbers', numbers, `/api/v1/operations/${mine}/attempts`], ['numbers', numbers, `/api/v1/operations/${mine}/entries`],
    ['attempts:read', calls, '/api/v1/operations'], ['attempts:read', calls, '/api/v1/people/1'], ['people:write', write, '/api/v1/people/1'],
    ['people:read', read, '/api/v1/imports/1'], ['people:write', write, '/api/v1/people?file_number=1']])
	same(`a token of the scope ${name} gets no ${url}`, (a = await get(url, t), [a.status, a.json.refused]), [403, 'scope']);
same('... and changes nobody', (await post('/api/v1/people/1', read, { fields: { first_name: 'X' } })).status, 403);
same('... and sends nobody', (await post('/api/v1/people', read, { kind: 'contact', people: [{ last_name: 'X' }] }, { HTTP_IDEMPOTENCY_KEY: 'k' })).status, 403);

// --- numbers ---
a = await get('/api/v1/operations', numbers);
same('the operations of whose token it is', [a.status, a.json.operations.map((o) => o.id), a.json.operations[0].list.ready], [200, [mine], 3]);
same('an administrator\'s: all of the organisation', (await get('/api/v1/operations', all)).json.operations.length, 2);
same('one of them', (await get(`/api/v1/operations/${mine}`, numbers)).json.name, 'Pointage Laval');
same('not another organisation\'s', [(await get(`/api/v1/operations/${foreign}`, all)).status, (await get(`/api/v1/operations/${mine}`, strange)).status], [404, 404]);

// --- the list and the calls ---
a = await get(`/api/v1/operations/${mine}/entries`, calls);
same('the list', [a.json.entries.map((e) => e.state), a.json.more], [['ready', 'ready', 'ready'], false]);
same('and nothing after its end', (await get(`/api/v1/operations/${mine}/entries?cursor=${a.json.cursor}`, calls)).json.entries, []);
same('of one\'s own operations only', [(await get(`/api/v1/operations/${theirs}/entries`, calls)).status, (await get(`/api/v1/operations/${theirs}/entries`, all)).status], [403, 200]);
same('of another organisation\'s none', (await get(`/api/v1/operations/${mine}/attempts`, strange)).status, 404);
const call = (id, at, note = '') => sql(`INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, survey_version_id, time_zone, started_at,
    saved_at, form_key, note) VALUES (${id}, ${mine}, 1, ${id}, 1, ${vic.id}, '+15145551001', 16, ${survey.version}, 'America/Toronto', ${at - 60e6}, ${at}, 'k${id}', '${note}')`);
a = await get(`/api/v1/operations/${mine}/attempts`, calls);
same('no call yet: an empty page whose cursor begins anew', [a.json.attempts, a.json.cursor], [[], '']);
call(1, NOON - 60e6, '=1+1 "é" 😀\\n');
call(2, NOON - 30e6);
same('a call shows as soon as the worker has seen that all before it are in', (await get(`/api/v1/operations/${mine}/attempts`, calls)).json.attempts, []);
work();
sql(`INSERT INTO answer VALUES (1, ${survey.question}, 0, ${survey.choices[0]}, '')`);
a = await get(`/api/v1/operations/${mine}/attempts`, calls);
same('calls with their answers', [a.json.attempts.map((t) => t.id), a.json.attempts[0].note, a.json.attempts[0].answers, a.json.attempts[0].saved_at],
    [[1, 2], '=1+1 "é" 😀\n', [{ question: 1, choice: 1, text: '' }], '2026-11-24T17:59:00Z']);
const cursor = a.json.cursor;
call(4, NOON - 1e6);
work();
same('a call waits for one that got its number before it', (await get(`/api/v1/operations/${mine}/attempts?cursor=${cursor}`, calls)).json.attempts, []);
h.clock(NOON + 10e6);
work();
a = await get(`/api/v1/operations/${mine}/attempts?cursor=${cursor}`, calls);
same('then it comes, once', [a.json.attempts.map((t) => t.id), (await get(`/api/v1/operations/${mine}/attempts?cursor=${a.json.cursor}`, calls)).json.attempts], [[4], []]);
call(3, NOON + 9e6);
sql('DELETE FROM attempt WHERE id = 4');
same('a cursor from the future is refused', (a = await get(`/api/v1/operations/${mine}/attempts?cursor=${a.json.cursor}`, calls), [a.status, a.json.refused]), [400, 'cursor']);
for (const [name, c] of [['made up', '0'.repeat(64)], ['too long', '0'.repeat(66)], ['cut', cursor.slice(1)], ['of another operation', null], ['no cursor at all', 'x%20y']])
	same(`a cursor that is ${name}`, (await get(`/api/v1/operations/${c === null ? theirs : mine}/attempts?cursor=${c ?? cursor}`, all)).status, 400);
same('a cursor of the list is none of the calls', (await get(`/api/v1/operations/${mine}/entries?cursor=${cursor}`, calls)).status, 400);

// --- what has changed in a list ---
const changes = async (c) => (await get(`/api/v1/operations/${mine}/changes${c ? `?cursor=${c}` : ''}`, calls)).json;
sql(`INSERT INTO entry_log (operation_id, first_entry, last_entry) SELECT ${mine}, MIN(id), MAX(id) FROM entry WHERE operation_id = ${mine}`);
work();
a = await changes();
same('from the beginning: the whole list', [a.entries.map((e) => e.state), a.more], [['ready', 'ready', 'ready'], false]);
let since = a.cursor;
same('then nothing, and the cursor stays', await changes(since), { entries: [], cursor: since, more: false });
sql(`UPDATE entry SET state = 'done', band = 9, reason = 16, attempts = 1 WHERE id = 2;
    INSERT INTO attempt (id, operation_id, entry_id, number, person_id, user_id, e164, status, time_zone, started_at, saved_at, form_key)
    VALUES (5, ${mine}, 2, 1, 2, ${vic.id}, '+15145551002', 16, 'America/Toronto', 1, ${NOON}, 'k5')`);
h.clock(NOON + 20e6);
work();
h.clock(NOON + 40e6);
work();
a = await changes(since);
same('who was called', a.entries.map((e) => [e.id, e.state]), [[2, 'done']]);
same('not of an operation of another organisation', (await get(`/api/v1/operations/${mine}/changes`, strange)).status, 404);
same('a cursor of the changes is none of the calls', (await get(`/api/v1/operations/${mine}/attempts?cursor=${a.cursor}`, calls)).status, 400);
const quiet = await changes(a.cursor);
sql("UPDATE horizon SET gone_id = safe_id + 1 WHERE what = 'entry_log'");
const tooOld = await get(`/api/v1/operations/${mine}/changes?cursor=${quiet.cursor}`, calls);
same('a cursor from before what is kept: 410, and what to do', [tooOld.status, tooOld.json.refused, /Begin again without it/.test(JSON.stringify(tooOld.json))], [410, 'cursor_old', true]);
sql("UPDATE horizon SET gone_id = 0");
same('a cursor from the future is refused', (sql('UPDATE horizon SET safe_id = 0'), (await get(`/api/v1/operations/${mine}/changes?cursor=${a.cursor}`, calls)).status), 400);

// --- people ---
sql("UPDATE person SET file_number = 'F-1', updated_at = 5 WHERE id = 1");
same('whose file number it is', (await get('/api/v1/people?file_number=F-1', read)).json, { id: 1 });
same('a number that nobody has', (await get('/api/v1/people?file_number=F-9', read)).status, 404);
same('no number', (await get('/api/v1/people', read)).status, 400);
a = await get('/api/v1/people/1', read);
same('one person with numbers', [a.json.fields.last_name, a.json.phones[0].number], ['Nom1', '+15145551001']);
same('each look is in the audit', h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'person.reveal' AND object_id = 1 AND user_id = ${marie.id}`), '1');
same('not of another organisation', (await get('/api/v1/people/1', strange)).status, 404);
same('fields are changed, the others stay', [(await post('/api/v1/people/1', write, { fields: { first_name: 'Zoé "Z" 😀', birth_date: '1980-02-29' } })).status,
    sql('SELECT first_name, last_name, birth_date FROM person WHERE id = 1')[0]], [200, ['Zoé "Z" 😀', 'Nom1', '1980-02-29']]);
for (const [name, fields, status, field] of [['a day that does not exist', { birth_date: '2001-02-29' }, 422, 'birth_date'], ['a number', { phone_home: '514 555-0000' }, 403, 'phone_home'],
    ['an object', { first_name: {} }, 400, 'first_name'], ['too long', { last_name: 'x'.repeat(81) }, 422, 'last_name'], ['no such field', { nonsense: 'x' }, 400, undefined]])
	same(`refused, and which: ${name}`, (a = await post('/api/v1/people/1', write, { fields }), [a.status, a.json.field]), [status, field]);
same('not another organisation\'s', (await post('/api/v1/people/1', strange, { fields: { first_name: 'Eve' } })).status, 404);
same('no JSON', (await post('/api/v1/people/1', write, '{"fields":')).status, 400);
same('not as JSON', (await api.request('POST', '/api/v1/people/1', { CONTENT_TYPE: 'text/plain', HTTP_AUTHORIZATION: `Bearer ${write}` }, Buffer.from('x'))).status, 415);

// --- fields of the organisation's own ---
const own = (kind, form, name, more = {}) => h.add('custom_field', { organisation_id: org, kind, form, name, created_by: ada.id, created_at: NOON, ...more });
const shirt = own('contact', 'text', 'T-shirt'), kids = own('contact', 'number', 'Children'), since_day = own('contact', 'date', 'Volunteer since'), sign = own('contact', 'yes', 'Lawn sign');
const gone = own('contact', 'text', 'Old', { put_away_at: NOON }), elector = own('elector', 'text', 'Theirs');
a = await get('/api/v1/people/1', read);
same('all in use are there, blank', a.json.own.map((o) => [o.code, o.name, o.type, o.value]), [[`own_number-${kids}`, 'Children', 'number', null], [`own_yes-${sign}`, 'Lawn sign', 'yes', false],
    [`own_text-${shirt}`, 'T-shirt', 'text', null], [`own_date-${since_day}`, 'Volunteer since', 'date', null]]);
const values = async () => (await get('/api/v1/people/1', read)).json.own.map((o) => o.value);
same('they are changed beside the others', [(await post('/api/v1/people/1', write, { fields: { city: 'Laval', [`own_text-${shirt}`]: ' XL é ', [`own_number-${kids}`]: -12, [`own_date-${since_day}`]: '2020-02-29', [`own_yes-${sign}`]: true } })).status,
    await values(), h.one('SELECT city FROM person WHERE id = 1')], [200, [-12, true, 'XL é', '2020-02-29'], 'Laval']);
same('each change is in the audit', h.one("SELECT COUNT(*) FROM audit WHERE verb = 'person.edit' AND detail LIKE 'Children: % -> -12'"), '1');
for (const [name, fields, status, field] of [['a number that is none', { [`own_number-${kids}`]: 'two' }, 422, `own_number-${kids}`], ['a part of one', { [`own_number-${kids}`]: 1.5 }, 422, `own_number-${kids}`],
    ['a day that does not exist', { city: 'Nowhere', [`own_date-${since_day}`]: '2021-02-29' }, 422, `own_date-${since_day}`], ['neither yes nor no', { [`own_yes-${sign}`]: 'maybe' }, 422, `own_yes-${sign}`],
    ['too long', { [`own_text-${shirt}`]: 'x'.repeat(301) }, 422, `own_text-${shirt}`], ['a list', { [`own_text-${shirt}`]: [] }, 400, `own_text-${shirt}`], ['put away', { [`own_text-${gone}`]: 'x' }, 400, undefined],
    ['of electors', { [`own_text-${elector}`]: 'x' }, 400, undefined], ['by another form', { [`own_text-${kids}`]: '5' }, 400, undefined], ['unknown', { 'own_text-999': 'x' }, 400, undefined]])
	same(`an own field is refused, and nothing else changed: ${name}`, (a = await post('/api/v1/people/1', write, { fields }), [a.status, a.json.field, h.one('SELECT city FROM person WHERE id = 1')]), [status, field, 'Laval']);
same('emptied', [(await post('/api/v1/people/1', write, { fields: { [`own_text-${shirt}`]: '', [`own_yes-${sign}`]: false } })).status, await values()], [200, [-12, false, null, '2020-02-29']]);
a = await post('/api/v1/people', write, { kind: 'contact', people: [{ last_name: 'Own', first_name: 'Oli', city: 'Laval', [`own_number-${kids}`]: 3, [`own_yes-${sign}`]: true }, { last_name: 'Own', first_name: 'Bad', [`own_date-${since_day}`]: 'soon' }] }, { HTTP_IDEMPOTENCY_KEY: 'own-1' });
work();
a = await get(`/api/v1/imports/${a.json.import}`, write);
same('people that are sent have them too', [a.json.added, a.json.refused.map((x) => [x.index, x.field, x.whole]), sql("SELECT v.field_id, v.value FROM custom_value v JOIN person p ON p.id = v.person_id WHERE p.first_name = 'Oli' ORDER BY v.field_id")],
    [2, [[1, `own_date-${since_day}`, false]], [[String(kids), '3'], [String(sign), '1']]]);
same('but none of electors', (await post('/api/v1/people', write, { kind: 'contact', people: [{ last_name: 'A', [`own_text-${elector}`]: 'x' }] }, { HTTP_IDEMPOTENCY_KEY: 'own-2' })).status, 400);

await post('/api/v1/people', write, { kind: 'contact', people: [{ file_number: 'F-2', last_name: 'Roy', first_name: 'Max', city: 'Laval' }] }, { HTTP_IDEMPOTENCY_KEY: 'sync-0' });
work();
const people = { kind: 'contact', people: [{ file_number: 'F-2', last_name: 'Roy', city: 'Québec', notes: 'one\r\ntwo; "three"' }, { last_name: '=New', first_name: 'Ann', phone_cell: '514 555-0188', tags: 'a, b' },
    { city: 'Nowhere' }, { last_name: 'Bad', first_name: 'Date', birth_date: 'soon' }] };
a = await post('/api/v1/people', write, people, { HTTP_IDEMPOTENCY_KEY: 'sync-1' });
const made = a.json.import;
same('people are taken', [a.status, made > 0], [202, true]);
same('the same key again is the same import', (await post('/api/v1/people', write, people, { HTTP_IDEMPOTENCY_KEY: 'sync-1' })).json, { import: made });
same('the key with other people is refused', (await post('/api/v1/people', write, { kind: 'contact', people: [{ last_name: 'Y' }] }, { HTTP_IDEMPOTENCY_KEY: 'sync-1' })).status, 409);
work();
a = await get(`/api/v1/imports/${made}`, write);
same('what became of them: by file number updated, added, refused by their place', [a.json.state, a.json.read, a.json.added, a.json.updated,
    a.json.refused.map((x) => [x.index, x.field, x.reason])], ['done', 4, 2, 1, [[2, null, 'row_no_name'], [3, 'birth_date', 'not_a_date']]]);
same('as an import stores them', sql("SELECT last_name, city, notes, tags FROM person WHERE file_number = 'F-2' OR last_name = '=New' ORDER BY id"),
    [['Roy', 'Québec', 'one\\ntwo; "three"', ''], ['=New', '', '', 'a|b']]);
same('nobody came twice', h.one("SELECT COUNT(*) FROM person WHERE last_name = '=New'"), '1');
for (const [name, body, more] of [['without a key', people, {}], ['nobody', { kind: 'contact', people: [] }], ['no kind', { people: people.people }], ['a field that is none', { kind: 'contact', people: [{ last_name: 'A' }, { x: 1 }] }],
    ['a list that is none', { kind: 'contact', people: { last_name: 'A' } }], ['too many', { kind: 'contact', people: Array(501).fill({ last_name: 'A' }) }]])
	same(`refused whole: ${name}`, (await post('/api/v1/people', write, body, more ?? { HTTP_IDEMPOTENCY_KEY: `bad-${name.length}` })).status, 400);
same('another organisation does not see the import', (await get(`/api/v1/imports/${made}`, strange)).status, 404);

// --- when it was used ---
sql('UPDATE api_token SET last_used_at = NULL');
const used = (t) => h.one(`SELECT last_used_at FROM api_token WHERE token_hash = UNHEX(SHA2('${t}', 256))`);
await get('/api/v1/operations', numbers);
const first = h.now;
same('noted', [used(numbers), used(read)], [String(first), 'NULL']);
h.clock(first + 59e6);
await get('/api/v1/operations', numbers);
same('not again within the minute', used(numbers), String(first));
h.clock(first + 60e6);
await get('/api/v1/operations', numbers);
same('then again, also when the answer is no', [used(numbers), (await get('/api/v1/people/1', numbers)).status], [String(first + 60e6), 403]);
a = (await visitor.Marie.get('/profile/tokens')).body;
ok('the page says so', a.includes('last used just now') && a.includes('never used') && a.includes('All your tokens end when your password changes'), a.match(/<ul class="people">[^]*?<\/ul>/)?.[0]);

// --- its end ---
const id = h.one(`SELECT id FROM api_token WHERE token_hash = UNHEX(SHA2('${numbers}', 256))`);
await visitor.Ada.get('/profile/tokens');
await visitor.Ada.post('/profile/tokens', { token_do: 'end', token: id });
same('nobody ends another\'s token', (await get('/api/v1/operations', numbers)).status, 200);
await visitor.Marie.get('/profile/tokens');
await visitor.Marie.post('/profile/tokens', { token_do: 'end', token: id });
same('who made it ends it', (await get('/api/v1/operations', numbers)).status, 401);
await visitor.Ada.get(`/users/${marie.id}`);
for (const what of ['disable', 'enable'])
	same(`an administrator: ${what}`, (await visitor.Ada.post(`/users/${marie.id}`, { do: what })).status, 303);
same('disabled and enabled again: her tokens have ended, and the audit says by whom', [(await get(`/api/v1/operations/${mine}/attempts`, calls)).status,
    h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'token.end_all' AND user_id = ${ada.id} AND object_id = ${marie.id}`)], [401, '1']);
sql(`UPDATE api_token SET ended_at = NULL WHERE user_id = ${marie.id}; UPDATE user SET role = 'volunteer' WHERE id = ${marie.id}`);
same('a token of somebody who is no organiser any more', (await get(`/api/v1/operations/${mine}/attempts`, calls)).status, 401);
sql(`UPDATE user SET disabled_at = 1 WHERE id = ${ada.id}`);
same('a token of somebody disabled', (await get('/api/v1/operations', all)).status, 401);
same('nobody\'s token is in the audit', h.one(`SELECT COUNT(*) FROM audit WHERE detail LIKE '%tocsin\\_%'`), '0');
for (const [p, item] of Object.entries(doc.paths))
	for (const [method, o] of Object.entries(item))
		ok(`${o.operationId}: its good answer was held against the document`, [...asked].some((x) => x.startsWith(`${method.toUpperCase()} ${p} 20`)));
await account.stop();
await api.stop();
await done();
