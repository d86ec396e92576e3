/*
 * router.mjs - what every area gets from the house: rules of the route table, declared fields, headers,
 * uploads, refusals, endings. Asked of the area in tests/area/echo.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { build, done, fastcgi, form, multipart, ok, same, sleep, sql, start, until } from './area.mjs';

const program = path.join(build, 'tests/area/echo/main');
const echo = await start('echo', { program, conf: { upload_mb: 1 } });
const as = (who) => ({ HTTP_COOKIE: `tocsin=${who}` });
const keyed = (who, fields) => ({ csrf: `key-of-${who}`, ...fields });
const uploads = () => {
	const dir = readFileSync(process.env.TOCSIN_CONF, 'utf8').match(/^data = (.*)$/m)[1] + '/uploads';
	return existsSync(dir) ? readdirSync(dir) : [];
};

// --- declared fields -------------------------------------------------------------------------------
{
	const r = await echo.post('/echo', keyed('owner', { name: ' Zoé ', lines: 'a\r\nb', number: '42', tick: 'on', day: '2028-02-29',
	    time: '17:30', colour: 'green', email: ' Zoe@Exemple.QC.ca ', tag: ['un', 'deux'], 'answer.7': '3', 'answer.x_1': 'bad' }),
	as('owner'));
	same('a form of every kind is taken', r.status, 200);
	const j = r.json;
	same('text is trimmed', [j.name.text, j.name.typed, j.name.refused], ['Zoé', ' Zoé ', '']);
	same('CRLF of a textarea becomes LF', j.lines.text, 'a\nb');
	same('a number is parsed', j.number.number, 42);
	same('29 February of a leap year is a date', j.day.text, '2028-02-29');
	same('a time is a minute of the day', j.time.minute, 17 * 60 + 30);
	same('an e-mail is folded', j.email.text, 'zoe@exemple.qc.ca');
	same('a field that repeats keeps its order', j.tags.map((t) => t.text), ['un', 'deux']);
	same('keyed values, the refused one as typed', j.answers, { 7: '3', x_1: 'bad' });
	same('one refused value: not everything fits', j.fit, false);
}
// --- other programs' requests, raw --------------------------------------------------------------------
{
	const sha = (b) => createHash('sha256').update(b).digest('hex');
	const bytes = Buffer.from('a=%2B&b=\x00\xff&csrf=&a=1', 'latin1');
	const send = (body, extra = {}) => echo.request('POST', '/raw/3/x', { REQUEST_URI: '/raw/3/%78?q=%zz&q=1', CONTENT_TYPE: 'text/odd', ...extra }, body);
	const r = await send(bytes, { HTTP_COOKIE: 'tocsin=broken' });
	same('a raw row gets the bytes as they came, of any type, and asks for no session', [r.status, r.json?.bytes, r.json?.sha256],
	    [200, bytes.length, sha(bytes)]);
	same('and the address undecoded, with its query', r.json?.target, '/raw/3/%78?q=%zz&q=1');
	same('65,536 bytes are taken', (await send(Buffer.alloc(65536, 'x'))).json?.bytes, 65536);
	const large = await send(Buffer.alloc(65537, 'x'));
	same('case 21: 65,537 bytes are 413, said in JSON', [large.status, large.json?.refused], [413, 'too_large']);
	same('no body at all', (await send(Buffer.alloc(0))).json?.bytes, 0);
	same('another method is 405', (await echo.get('/raw/3')).status, 405);
	const began = Date.now(), some = { REQUEST_METHOD: 'POST', SCRIPT_NAME: '/raw/3/x' };
	const unsent = await fastcgi(echo.socket, { ...some, CONTENT_LENGTH: '65537' }, Buffer.alloc(0), null);
	same('case 21: a body that is refused and never comes does not hold the answer', unsent.status, 413);
	same('nor one of no known length that never comes', (await fastcgi(echo.socket, { ...some, HTTP_TRANSFER_ENCODING: 'chunked' },
	    Buffer.alloc(0), null)).status, 200);
	const late = await fastcgi(echo.socket, { ...some, CONTENT_LENGTH: String(bytes.length) }, bytes, 300);
	same('a body whose end is told later is whole', [late.status, late.json?.bytes, late.json?.sha256], [200, bytes.length, sha(bytes)]);
	ok('... and nobody waited for more', Date.now() - began < 30000);
	const none = await echo.request('POST', '/empty');
	same('an answer may be empty', [none.status, none.raw.length, none.headers['content-type']], [204, 0, undefined]);
}
const bad = async (name, body, want = 400) => {
	const r = await echo.request('POST', '/echo', { CONTENT_TYPE: 'application/x-www-form-urlencoded', ...as('owner') },
	    Buffer.from(`csrf=key-of-owner&${body}`, 'latin1'));
	ok(name, r.status === want, `${r.status} ${r.body}`);
};
await bad('an unknown field is 400', 'surprise=1');
await bad('a repeated field is 400', 'name=ab&name=cd');
await bad('a repeated csrf is 400', 'csrf=key-of-owner');
await bad('a broken escape is 400', 'name=%4');
await bad('an escape that is no hexadecimal is 400', 'name=%zz');
await bad('a NUL is 400', 'name=a%00b');
await bad('invalid UTF-8 is 400', 'name=%ff%fe');
await bad('raw invalid UTF-8 is 400', 'name=\xe9t\xe9');
await bad('overlong UTF-8 is 400', 'name=%c0%af');
await bad('a keyed field without its key is 400', 'answer=1');
await bad('a key of other characters is 400', 'answer.%2e%2e=1');
await bad('a key for a plain field is 400', 'name.1=ab');
await bad('a file sent as plain text is 400', 'list=abc');
await bad('an empty name is 400', '=x');
await bad('a form cut after & is 400', 'name=ab&');
await bad('values that do not fit are no 400', 'name=a&number=x&day=2027-02-29&time=25:00&colour=blue&email=nobody', 200);
same('an unknown field of a GET is 400', (await echo.get('/echo?surprise=1')).status, 400);
same('a link that a social network has marked still opens', (await echo.get('/j/abc?fbclid=x&utm_source=y')).status, 200);
same('query and body together count as repeated', (await echo.post('/echo?name=ab', keyed('owner', { name: 'cd' }), as('owner'))).status, 400);

// --- csrf ------------------------------------------------------------------------------------------
{
	same('no CSRF key is 403', (await echo.post('/echo', {}, as('owner'))).status, 403);
	same('another session\'s CSRF key is 403', (await echo.post('/echo', keyed('agent', {}), as('owner'))).status, 403);
	const visitor = echo.visitor();
	const first = await visitor.get('/echo');
	const cookie = first.headers['set-cookie'] ?? '';
	ok('a visitor not signed in gets a cookie for forms', /^tocsin-form=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/.test(cookie), cookie);
	visitor.csrf = first.json.csrf;
	same('their form is taken', (await visitor.post('/echo', { name: 'ab' })).status, 200);
	same('the same key without the cookie is 403', (await echo.post('/echo', { csrf: first.json.csrf })).status, 403);
	same('the same key with another cookie is 403', (await echo.post('/echo', { csrf: first.json.csrf },
	    { HTTP_COOKIE: 'tocsin-form=AAAAAAAAAAAAAAAAAAAAAA' })).status, 403);
	for (const [name, extra, want] of [
		['from another site (Sec-Fetch-Site)', { HTTP_SEC_FETCH_SITE: 'cross-site' }, 403],
		['from a sister domain (Sec-Fetch-Site)', { HTTP_SEC_FETCH_SITE: 'same-site' }, 403],
		['from our own page', { HTTP_SEC_FETCH_SITE: 'same-origin', HTTP_ORIGIN: 'http://127.0.0.1' }, 200],
		['from another Origin', { HTTP_ORIGIN: 'https://evil.example' }, 403],
		['from an Origin that begins as ours', { HTTP_ORIGIN: 'http://127.0.0.1.evil.example' }, 403],
		['from Origin null', { HTTP_ORIGIN: 'null' }, 403],
	])
		same(`a form with the right key ${name}: ${want}`,
		    (await echo.post('/echo', keyed('owner', {}), { ...as('owner'), ...extra })).status, want);
}

// --- who may ---------------------------------------------------------------------------------------
{
	const anonymous = await echo.get('/signed-in?name=%C3%A9t');
	same('not signed in: the page of a link leads to sign-in and back',
	    [anonymous.status, anonymous.headers.location], [303, '/sign-in?next=/signed-in%3Fname%3D%25C3%25A9t']);
	const post = await echo.post('/signed-in', {}, {});
	ok('not signed in: a form is refused with a way to sign in', post.status === 403 && post.body.includes('href="/sign-in"'), post.body);
	const json = await echo.get('/numbers');
	same('not signed in: JSON says so', [json.status, json.json.refused], [403, 'not_signed_in']);
	const table = [
		['/signed-in', 'volunteer', 200], ['/organiser', 'volunteer', 403], ['/organiser', 'organiser', 200],
		['/administrator', 'organiser', 403], ['/administrator', 'administrator', 200], ['/organiser', 'administrator', 200],
		['/op/7/member', 'agent', 200], ['/op/7/member', 'volunteer', 403], ['/op/8/member', 'agent', 403],
		['/op/7/owner', 'agent', 403], ['/op/7/owner', 'owner', 200], ['/op/7/owner', 'organiser', 403],
		['/signed-in', 'broken', 503], ['/signed-in', 'nobody', 303],
	];
	for (const [url, who, want] of table)
		same(`fact 7: ${who} at ${url}: ${want}`, (await echo.get(url, as(who))).status, want);
	same('two session cookies: neither counts', (await echo.get('/signed-in', { HTTP_COOKIE: 'tocsin=owner; tocsin=owner' })).status, 303);
}

// --- GET never writes ------------------------------------------------------------------------------
{
	const before = (await echo.get('/count')).json.count;
	const r = await echo.get('/add');
	same('a GET that tries to write fails', [r.status, (await echo.get('/count')).json.count], [503, before]);
	same('the same as a POST writes', (await echo.post('/add', keyed('owner', {}), as('owner'))).json.count, before + 1);
	same('and the row is there', Number(sql('SELECT COUNT(*) FROM organisation')[0][0]), before + 1);
}

// --- addresses and methods -------------------------------------------------------------------------
for (const [method, url, want] of [
	['GET', '/nothing', 404], ['GET', '/', 404], ['GET', '/echo/', 404], ['GET', '/echoo', 404], ['GET', '/op/0/member', 404],
	['GET', '/op/07/member', 404], ['GET', '/op/18446744073709551616/member', 404], ['GET', '/op/x/member', 404],
	['GET', '/op//member', 404], ['GET', '/j/', 404], ['GET', '/j/a.b', 404], ['GET', `/j/${'a'.repeat(81)}`, 404],
	['GET', `/j/${'a'.repeat(80)}`, 200], ['GET', '/j/A-z_9', 200], ['POST', '/nothing', 404], ['GET', '/only-post', 405],
	['HEAD', '/only-post', 405], ['POST', '/stream', 405], ['PUT', '/echo', 405], ['DELETE', '/echo', 405], ['OPTIONS', '/echo', 405],
	['get', '/echo', 405], ['', '/echo', 405], ['PUT', '/nothing', 404], ['G\x01T', '/echo', 405], ['X'.repeat(5000), '/echo', 405],
]) {
	const r = await echo.request(method, url, {}, Buffer.alloc(0));
	ok(`${JSON.stringify(method.slice(0, 10))} ${url.slice(0, 40)} is ${want}`, r.status === want, `${r.status} ${r.body}`);
}
same('405 says what is allowed', (await echo.request('PUT', '/echo')).headers.allow, 'GET, HEAD, POST');
same('405 of an address with one method', (await echo.get('/only-post')).headers.allow, 'POST');

// --- HEAD ------------------------------------------------------------------------------------------
{
	const get = await echo.get('/page?lines=hello', as('organiser')), head = await echo.request('HEAD', '/page?lines=hello', as('organiser'));
	same('HEAD: the status and length of GET, no body', [head.status, head.headers['content-length'], head.raw.length],
	    [200, String(get.raw.length), 0]);
	same('HEAD of a refusal has no body', (await echo.request('HEAD', '/nothing')).raw.length, 0);
	same('HEAD of a stream has no body', (await echo.request('HEAD', '/stream?answer.pieces=5')).raw.length, 0);
}

// --- bodies ----------------------------------------------------------------------------------------
{
	const post = (extra, body) => echo.request('POST', '/echo', { ...as('owner'), ...extra }, Buffer.from(body));
	same('a body of another type is 415', (await post({ CONTENT_TYPE: 'application/json' }, '{}')).status, 415);
	same('a body without a type is 415', (await post({}, 'name=ab')).status, 415);
	same('multipart where no file is taken is 415', (await post({ CONTENT_TYPE: 'multipart/form-data; boundary=x' }, '--x--')).status, 415);
	const big = await echo.post('/echo', { name: 'x'.repeat(70000) }, as('owner'));
	same('a body over 64 KiB is 413', big.status, 413);
	same('a length that is no number is 400', (await post({ CONTENT_LENGTH: '-1', CONTENT_TYPE: 'application/x-www-form-urlencoded' }, 'a')).status, 400);
	same('a length that overflows is 400', (await post({ CONTENT_LENGTH: '99999999999999999999', CONTENT_TYPE: 'application/x-www-form-urlencoded' }, 'a')).status, 400);
	same('a body shorter than said is 400', (await post({ CONTENT_LENGTH: '500', CONTENT_TYPE: 'application/x-www-form-urlencoded' }, 'csrf=key-of-owner')).status, 400);
	same('a form of thousands of fields is 400', (await echo.post('/echo', keyed('owner', { tag: Array(5000).fill('a') }), as('owner'))).status, 400);
	same('it still answers', (await echo.get('/echo')).status, 200);
}

// --- uploads ---------------------------------------------------------------------------------------
const upload = (fields, extra = {}, url = '/upload') => {
	const body = multipart(fields);
	return echo.request('POST', url, { ...as('owner'), CONTENT_TYPE: body.type, ...extra }, body.bytes);
};
{
	const bytes = Buffer.alloc(300000, 'Prénom;Nom\r\n--');
	const r = await upload(keyed('owner', { name: 'Liste', list: { name: 'C:\\Mes documents\\membres é.csv', bytes } }));
	same('a file arrives whole', [r.status, r.json?.bytes, r.json?.name.text], [200, bytes.length, 'Liste']);
	same('its name without the path', r.json?.file_name, 'membres é.csv');
	ok('it lay in the folder of uploads', /\/data\/uploads\/part\.\w{6}$/.test(r.json?.path_of_file), r.body);
	same('and is gone after the request', await until(() => uploads().length === 0), true);
	const kept = await upload(keyed('owner', { list: { name: 'a.csv', bytes } }), {}, '/keep');
	ok('a handler may keep it', kept.status === 200 && readFileSync(kept.json.path_of_file).equals(bytes), kept.body);
	same('an input left empty is no upload', (await upload(keyed('owner', { list: { name: '', bytes: '' } }))).json.path_of_file, undefined);
	same('an empty file is no upload', (await upload(keyed('owner', { list: { name: 'a.csv', bytes: '' } }))).json.path_of_file, undefined);
	same('no CSRF key with a file is 403', (await upload({ list: { name: 'a.csv', bytes } })).status, 403);
	same('a file under an undeclared name is 400', (await upload(keyed('owner', { other: { name: 'a', bytes: 'x' } }))).status, 400);
	same('a file for a text field is 400', (await upload(keyed('owner', { name: { name: 'a', bytes: 'x' } }))).status, 400);
	same('a text for a file field is 400', (await upload(keyed('owner', { list: 'x' }))).status, 400);
	same('a file larger than allowed is 413', (await upload(keyed('owner', { list: { name: 'a', bytes: Buffer.alloc((1 << 20) + 1) } }))).status, 413);
	same('one far larger is refused unread, 413', (await upload(keyed('owner', { list: { name: 'a', bytes: Buffer.alloc(4 << 20) } }))).status, 413);
	same('plain fields have a limit too, 413', (await upload(keyed('owner', { lines: 'x'.repeat(400000) }))).status, 413);
	same('a boundary that is missing is 400', (await upload({}, { CONTENT_TYPE: 'multipart/form-data' })).status, 400);
	same('another boundary is 400', (await upload(keyed('owner', {}), { CONTENT_TYPE: 'multipart/form-data; boundary=other' })).status, 400);
	const cut = multipart(keyed('owner', { list: { name: 'a.csv', bytes } })).bytes.subarray(0, 1000);
	same('a body that stops in the middle is 400', (await echo.request('POST', '/upload', { ...as('owner'),
	    CONTENT_TYPE: 'multipart/form-data; boundary=----TocsinTest7d1' }, cut)).status, 400);
	same('nothing is left behind but what was kept', await until(() => uploads().filter((f) => !f.endsWith('.kept')).length === 0), true);
}

// --- headers ---------------------------------------------------------------------------------------
for (const [name, r] of [['a page', await echo.get('/page?lines=x', as('owner'))], ['a refusal', await echo.get('/nothing')],
	['JSON', await echo.get('/echo')], ['a redirect', await echo.get('/signed-in')], ['a download', await echo.get('/stream?answer.pieces=3')]]) {
	const h = r.headers;
	ok(`${name} has a strict Content-Security-Policy`, h['content-security-policy']?.startsWith("default-src 'none'; script-src 'self';") &&
	    !h['content-security-policy'].includes('unsafe') && h['content-security-policy'].includes("frame-ancestors 'none'"), JSON.stringify(h));
	ok(`${name} has the other headers`, h['x-content-type-options'] === 'nosniff' && h['referrer-policy'] === 'same-origin' &&
	    h['cache-control'] === 'no-store' && /^[0-9a-f]{32}$/.test(h['x-request-id']) && !h['strict-transport-security'], JSON.stringify(h));
}
{
	const id = 'abcdef0123456789abcdef0123456789';
	const r = await echo.get('/nothing', { REQUEST_ID: id });
	ok('the web server\'s request id is on the answer and on the error page', r.headers['x-request-id'] === id && r.body.includes(id), r.body);
	ok('and in the log', echo.log().includes(`<${id}>`) || echo.log().includes(id), echo.log().slice(-300));
	const evil = await echo.get('/nothing', { REQUEST_ID: 'x\r\nSet-Cookie: a=b' });
	ok('a request id with other characters is not used', /^[0-9a-f]{32}$/.test(evil.headers['x-request-id']) && !evil.headers['set-cookie']?.includes('a=b'), JSON.stringify(evil.headers));
	const word = 'SecretWordOfALink123';
	await echo.get(`/j/${word}?name=Tremblay`);
	ok('a link\'s word and a query are not in the log', !echo.log().includes(word) && !echo.log().includes('Tremblay'), 'found');
}
{
	const download = await echo.get('/stream?answer.pieces=200');
	same('a download is streamed whole', download.raw.length, 200 * 16000);
	same('its name is quoted and encoded', download.headers['content-disposition'],
	    `attachment; filename="__lecteurs _1_.csv"; filename*=UTF-8''%C3%89lecteurs%20%221%22.csv`);
	const early = await echo.get('/stream?answer.pieces=5&wait=5');
	same('a download that fails before its first byte is an error page', [early.status, early.headers['content-type']], [503, 'text/html; charset=utf-8']);
	const late = await echo.get('/stream?answer.pieces=5&wait=3');
	ok('one that fails later says that it is not complete', late.status === 200 && late.body.includes('!!!'), late.body.slice(-100));
}
for (const [where, want] of [['/operations?a=1', '/operations?a=1'], ['//evil.example', '/'], ['https://evil.example', '/'], ['/\\evil.example', '/'], ['', '/']]) {
	const r = await echo.get(`/go?lines=${encodeURIComponent(where)}`);
	same(`a redirect to ${where || 'nothing'} goes to ${want}`, [r.status, r.headers.location], [303, want]);
}

// --- pages, languages, escaping --------------------------------------------------------------------
{
	const hostile = `"><script>alert(1)</script><b title='x`;
	const r = await echo.get(`/page?lines=${encodeURIComponent(hostile)}`, as('organiser'));
	ok('hostile text is escaped in the title, the text and a link', r.status === 200 && !r.body.includes('<script>alert') && !r.body.includes("<b title") &&
	    r.body.includes('&lt;script&gt;alert'), r.body);
	const js = await echo.get(`/page?lines=${encodeURIComponent('javascript:alert(1)')}`, as('organiser'));
	ok('a javascript: address does not become a link', !/href="javascript/i.test(js.body), js.body);
	ok('fact 1: the menu has Operations, Call operations, Call operations',
	    /<summary[^>]*>Operations<\/summary>[^]*?<span[^>]*>Call operations<\/span>[^]*?<a href="\/operations" aria-current="page">Call operations<\/a>/.test(r.body), r.body);
	const volunteer = await echo.get('/page?lines=x', as('volunteer'));
	ok('a volunteer\'s menu has no organiser\'s items', !volunteer.body.includes('/contacts') && volunteer.body.includes('href="/agent"'), volunteer.body);
	const lang = async (extra) => (await echo.get('/nothing', extra)).body.match(/<html lang="(..)">/)[1];
	same('fact 129: the language: none said, the browser\'s, the cookie\'s', [await lang({}), await lang({ HTTP_ACCEPT_LANGUAGE: 'en-CA,en;q=0.9' }),
		await lang({ HTTP_ACCEPT_LANGUAGE: 'en-CA', HTTP_COOKIE: 'lang=fr' }), await lang({ HTTP_COOKIE: 'lang=de', HTTP_ACCEPT_LANGUAGE: 'en' })],
	['fr', 'en', 'fr', 'en']);
	const french = await echo.get('/nothing'), english = await echo.get('/nothing', { HTTP_ACCEPT_LANGUAGE: 'en' });
	ok('a refusal is told in the visitor\'s language', french.body.includes('Il n’y a rien à cette adresse.') &&
	    english.body.includes('There is nothing at this address.'), french.body + english.body);
	const back = await echo.get('/nothing', { HTTP_REFERER: 'http://127.0.0.1/contacts?page=2' });
	ok('an error page leads back to the page before', back.body.includes('href="/contacts?page=2"'), back.body);
	const foreign = await echo.get('/nothing', { HTTP_REFERER: 'http://evil.example/x' });
	ok('but not to another site', foreign.body.includes('href="/"') && !foreign.body.includes('evil'), foreign.body);
	for (const [wait, want] of [[0, 503], [3, 403], [4, 404], [9, 500]])
		same(`a handler that only answers a status gets a page: ${want}`, (await echo.get(`/fail?wait=${wait}`)).status, want);
}

// --- garbage ---------------------------------------------------------------------------------------
{
	const junk = Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7919 + 13) % 255 + 1));
	for (const name of ['HTTP_COOKIE', 'HTTP_ACCEPT_LANGUAGE', 'REQUEST_METHOD', 'QUERY_STRING', 'SCRIPT_NAME', 'CONTENT_TYPE', 'CONTENT_LENGTH',
		'REQUEST_ID', 'HTTP_ORIGIN', 'HTTP_REFERER', 'HTTP_HOST', 'HTTP_SEC_FETCH_SITE', 'REMOTE_ADDR']) {
		const get = await echo.request('GET', '/echo', { [name]: junk }), post = await echo.request('POST', '/echo', { [name]: junk }, Buffer.from('name=ab'));
		ok(`garbage in ${name} is answered without a crash`, get.status >= 200 && get.status < 500 && post.status >= 400 && post.status < 500,
		    `${get.status} ${post.status}`);
	}
	for (const cookie of ['=', ';;;;', 'tocsin', 'tocsin=', 'tocsin="owner"', 'tocsin=ow ner', `tocsin=${'a'.repeat(6000)}`, 'a'.repeat(60000), 'tocsin=owner\u0001'])
		same(`the cookie ${JSON.stringify(cookie.slice(0, 20))} signs nobody in`, (await echo.get('/signed-in', { HTTP_COOKIE: cookie })).status, 303);
	same('a cookie of somebody else beside ours does not matter', (await echo.get('/signed-in', { HTTP_COOKIE: 'x="a b", {}; tocsin=owner' })).status, 200);
	same('no parameters at all is 400', (await fastcgi(echo.socket, {})).status, 400);
	same('an address of 5000 characters is 400', (await echo.get(`/${'a'.repeat(5000)}`)).status, 400);
	same('a query of 20000 characters is 400', (await echo.get(`/echo?name=${'a'.repeat(20000)}`)).status, 400);
	ok('and the process is still the same one', echo.exit === undefined);
}

// --- behind https ----------------------------------------------------------------------------------
{
	const safe = await start('echo', { program, conf: { public_url: 'https://calls.example.org' } });
	const r = await safe.get('/echo');
	ok('behind https: HSTS, and a cookie that only this host over https gets', r.headers['strict-transport-security']?.includes('max-age=31536000') &&
	    /^__Host-tocsin-form=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure$/.test(r.headers['set-cookie']), JSON.stringify(r.headers));
	same('the session\'s cookie has another name', [(await safe.get('/signed-in', { HTTP_COOKIE: '__Host-tocsin=owner' })).status,
		(await safe.get('/signed-in', { HTTP_COOKIE: 'tocsin=owner' })).status], [200, 303]);
	same('a form from the public address is ours, whatever the inner host is called', (await safe.post('/echo', keyed('owner', {}),
	    { HTTP_COOKIE: '__Host-tocsin=owner', HTTP_ORIGIN: 'https://calls.example.org', HTTP_HOST: 'inner:8080' })).status, 200);
	await safe.stop();
	const port = await start('echo', { program, conf: { public_url: 'http://127.0.0.1:8081' } });
	same('two copies on one machine keep their sessions apart', [(await port.get('/signed-in', { HTTP_COOKIE: 'tocsin-8081=owner; tocsin-8080=x' })).status,
		(await port.get('/signed-in', { HTTP_COOKIE: 'tocsin-8080=owner' })).status], [200, 303]);
	await port.stop();
}

// --- endings ---------------------------------------------------------------------------------------
{
	const quiet = await echo.stop();
	same('SIGTERM while idle: it ends at once, with 0', quiet, { code: 0, signal: null });
	const busy = await start('echo', { program });
	const answer = busy.get('/slow?wait=10');
	await sleep(300);
	busy.child.kill('SIGTERM');
	const r = await answer;
	same('SIGTERM in the middle of a request: the answer is whole', [r.status, r.json.slow], [200, true]);
	await until(() => busy.exit !== undefined);
	same('and then it ends with 0', busy.exit, { code: 0, signal: null });
	const pouring = await start('echo', { program });
	const download = pouring.get('/stream?answer.pieces=2000');
	await sleep(50);
	pouring.child.kill('SIGTERM');
	same('SIGTERM in the middle of a download: it is whole', (await download).raw.length, 2000 * 16000);
	await pouring.stop();
	for (let i = 0; i < 20; i++) {
		const one = await start('echo', { program });
		const last = one.get('/echo').catch(() => null);
		one.child.kill('SIGTERM');
		await last;
		if (!await until(() => one.exit !== undefined, 3000)) {
			ok('SIGTERM at any moment ends it', false, `round ${i}`);
			break;
		}
		if (i === 19)
			ok('SIGTERM at any moment ends it', true);
	}
	{
		// as supervisor does it: one socket on descriptor 0 of two processes
		const socket = `/tmp/tocsin-router-${process.pid}.sock`;
		const shared = spawn('perl', ['-MIO::Socket::UNIX', '-e', `$| = 1; $s = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 100) or die;
		    open(STDIN, "<&", $s) or die; for (1, 2) { $p = fork; if (!$p) { exec $ARGV[1] or die } print "$p\\n" } close $s; close STDIN; 1 while wait > 0`,
		socket, program], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env } });
		let pids = '', log = '';
		shared.stdout.on('data', (text) => { pids += text; });
		shared.stderr.on('data', (text) => { log += text; });
		await until(() => log.split(' started').length === 3, 10000);
		const statuses = [];
		let left = 300;
		const client = async () => {
			while (left-- > 0) {
				if (left === 150)
					process.kill(Number(pids.split('\n')[0]), 'SIGTERM');
				statuses.push((await fastcgi(socket, { REQUEST_METHOD: 'GET', SCRIPT_NAME: '/echo' }).catch((e) => ({ status: e.message }))).status);
			}
		};
		await Promise.all([1, 2, 3, 4, 5, 6].map(client));
		const other = statuses.filter((one) => one !== 200);
		same('two processes on one socket, one ended under load: no request is lost', [statuses.length, other], [300, []]);
		ok('the ended one said so, under load', await until(() => log.includes(' ended served='), 3000), log.slice(-300));
		process.kill(Number(pids.split('\n')[1]), 'SIGTERM');
		same('and then the other', await new Promise((resolve) => shared.on('exit', resolve)), 0);
		rmSync(socket, { force: true });
	}
	const short = await start('echo', { program, conf: { max_requests: 5 } });
	for (let i = 0; i < 5; i++)
		await short.get('/echo');
	await until(() => short.exit !== undefined);
	same('it ends after max_requests, with 0', short.exit, { code: 0, signal: null });
}
await done();
