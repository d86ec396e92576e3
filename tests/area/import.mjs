// The import area through its socket: a file from the upload to the list of what it did not take.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { start, ok, same, done, sql, tree, build, multipart } from './area.mjs';
import { house } from './house.mjs';

const h = house(sql);
const data = readFileSync(process.env.TOCSIN_CONF, 'utf8').match(/^data = (.*)$/m)?.[1];
const area = await start('import', { conf: { upload_mb: 3 }, env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const owner = h.user(org, 'Marie', 'organiser', 'en'), fr = h.user(org, 'Luc', 'organiser', 'fr');
const lea = h.user(org, 'Léa', 'volunteer'), stranger = h.user(other, 'Eve', 'organiser');
const M = area.visitor(owner.cookies), F = area.visitor(fr.cookies), L = area.visitor(lea.cookies), S = area.visitor(stranger.cookies);
const upload = (v, kind, name, bytes) => {
	const m = multipart({ csrf: v.csrf ?? '', ...(kind ? { kind } : {}), ...(name === null ? {} : { file: { name, bytes } }) });
	return v.send((cookie) => area.request('POST', '/imports', { CONTENT_TYPE: m.type, HTTP_COOKIE: cookie }, m.bytes));
};
const work = () => spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { encoding: 'utf8', timeout: 120000 });
const uploads = () => (existsSync(`${data}/imports`) ? readdirSync(`${data}/imports`) : []);
let a;

// --- who may come in ---
same('a stranger is led to the sign-in', (await area.get('/imports')).status, 303);
same('fact 128: an agent gets 403', (await L.get('/imports')).status, 403);
a = await M.get('/imports');
ok('an organiser gets the form and a sentence about the empty list', a.status === 200 && a.body.includes('name="file"') &&
    a.body.includes('Nothing was imported yet'), a.body);
a = await F.get('/imports');
ok('fact 129: in French too', a.body.includes('Importer des personnes') && a.body.includes('lang="fr"'), a.body);

// --- bad uploads: beside their field, nothing kept ---
a = await upload(M, 'contact', null);
ok('no file is refused beside the field', a.status === 422 && a.body.includes('id="file-wrong"'), a.status);
a = await upload(M, null, 'x.csv', 'Nom\nRoy\n');
ok('no kind is refused beside the field', a.status === 422 && a.body.includes('id="kind-wrong"'), a.status);
a = await upload(M, 'contact', 'x.csv', '');
ok('an empty file is refused', a.status === 422 && a.body.includes('id="file-wrong"'), a.status);
a = await upload(M, 'contact', 'liste.xlsx', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(3000, 7)]));
ok('a file that is not text is refused, saying what to do', a.status === 422 && a.body.includes('Save your list as CSV'), a.status);
a = await upload(M, 'contact', 'big.csv', Buffer.alloc(4 * 1024 * 1024, 'a;b\n'));
same('a file beyond the limit answers 413', a.status, 413);
same('none of them left a file', uploads(), []);
same('none of them left an import', h.one('SELECT COUNT(*) FROM import'), '0');
await M.get('/imports');
const forged = multipart({ csrf: 'x', kind: 'contact', file: { name: 'x.csv', bytes: 'Nom\nRoy\n' } });
same('a forged form answers 403', (await area.request('POST', '/imports', { CONTENT_TYPE: forged.type,
    HTTP_COOKIE: `tocsin=${owner.token}` }, forged.bytes)).status, 403);

// --- the columns ---
a = await upload(M, 'contact', '../../évil <b>.csv', readFileSync(`${tree}/tests/data/contacts-1252.csv`));
ok('fact 131: an upload leads to its columns', a.status === 303 && /^\/imports\/\d+$/.test(a.headers.location), a.status);
const here = a.headers.location, id = here.split('/')[2];
a = await M.get(here);
ok('the encoding and the separator are found', /value="WINDOWS-1252" selected/.test(a.body) && /value="semicolon" selected/.test(a.body), a.body);
const chosen = [...a.body.matchAll(/<select[^>]*name="column\.(\d+)"[\s\S]*?<\/select>/g)].map((m) => m[0].match(/value="([^"]*)" selected/)?.[1]);
same('all 17 French headers are understood', chosen, ['file_number', 'last_name', 'first_name', 'phone_home', 'phone_cell', 'email',
    'language', 'birth_date', 'civic_number', 'street', 'apartment', 'city', 'postal_code', 'member_until', 'donations_year', 'tags', 'notes']);
ok('samples and the preview show accents and numbers as they will be stored', a.body.includes('Angadrême') && a.body.includes('367 555-0825 ext. 22'), '');
ok('the file name is text, without its folders', a.body.includes('évil &lt;b&gt;.csv') && !a.body.includes('<b>.csv'), a.body.match(/vil.{0,20}/)?.[0]);
same('fact 7: another organisation gets 404', (await S.get(here)).status, 404);
same('... for the numbers too', (await S.get(`${here}/progress`)).status, 404);
same('... and for the file', (await S.get(`${here}/refused.csv`)).status, 404);
const mapping = (change = {}) => ({ ...Object.fromEntries(chosen.map((c, i) => [`column.${i}`, c])), ...change });
a = await M.post(here, { go: 'start', ...mapping({ 'column.4': 'last_name' }) });
ok('two columns to one field are refused, both marked, the choice kept', a.status === 422 && a.body.includes('id="twice-1"') &&
    a.body.includes('id="twice-4"'), a.status);
a = await M.post(here, { go: 'start', ...mapping({ 'column.1': '', 'column.2': '' }) });
ok('no name column is refused', a.status === 422 && a.body.includes('mapping-wrong'), a.status);
same('a field that does not exist answers 400', (await M.post(here, { go: 'start', ...mapping({ 'column.1': 'password' }) })).status, 400);
same('an elector field for contacts answers 400', (await M.post(here, { go: 'start', ...mapping({ 'column.1': 'has_voted' }) })).status, 400);
a = await M.post(here, { go: 'look', ...mapping({ 'column.16': '' }) });
ok('the preview follows the columns', a.status === 200 && !a.body.includes('<dt>Notes</dt>'), a.status);
a = await M.post(here, { go: 'shape', charset: 'UTF-8', separator: 'comma' });
same('another encoding and separator', [a.status, a.headers.location], [303, here]);
a = await M.get(here);
ok('are kept, and the columns read anew', /value="UTF-8" selected/.test(a.body) && /value="comma" selected/.test(a.body), '');
same('a charset that does not exist answers 400', (await M.post(here, { go: 'shape', charset: 'KLINGON', separator: 'tab' })).status, 400);
await M.post(here, { go: 'shape', charset: 'WINDOWS-1252', separator: 'semicolon' });
same('nothing is stored so far', h.one('SELECT COUNT(*) FROM person'), '0');

// --- at work ---
await M.get(here);
a = await M.post(here, { go: 'start', ...mapping() });
same('the import starts', [a.status, a.headers.location], [303, here]);
same('the same form twice starts one job', [(await M.post(here, { go: 'start', ...mapping() })).status, h.one('SELECT COUNT(*) FROM job')], [303, '1']);
a = await M.get(here);
ok('a bar is shown, and works without JavaScript', a.body.includes('<progress') && a.body.includes('<noscript><meta http-equiv="refresh"'), a.body);
a = await M.get(`${here}/progress`);
same('the bar asks for numbers', [a.json.state, a.json.percent], ['queued', 0]);
const run = work();
ok('the worker does it', run.status === 0, run.stderr);
same('fact 131: 3,030 rows: 3,000 people, 30 merged, none refused, 40 numbers and 418 dates left out', sql(`SELECT state, rows_read,
    rows_added, rows_merged, rows_refused, phones_refused, cells_refused FROM import WHERE id = ${id}`)[0],
    ['done', '3030', '3000', '30', '0', '40', '418']);
same('the progress says done', (await M.get(`${here}/progress`)).json.percent, 100);
same('the file is gone', uploads(), []);

// --- the result ---
a = await M.get(here);
ok('fact 131: the result counts and lists reasons', a.body.includes('3,000') && a.body.includes('Download as a file') &&
    a.body.includes('letters among its digits') | a.body.includes('This date does not exist'), a.body);
ok('line, column and value stand there', /Line 13<\/th>/.test(a.body) && a.body.includes('2026-06-31') && a.body.includes("Membre jusqu&#39;au"), '');
const next = a.body.match(/href="([^"]*line=[^"]*)"/)?.[1].replaceAll('&amp;', '&');
a = await M.get(next);
ok('a second page follows', a.status === 200 && !/Line 13<\/th>/.test(a.body), next);
a = await F.get(here);
ok('fact 129: in French with its thousands', /3.000/.test(a.body) && a.body.includes('Fusionnées'), '');
a = await M.get(`${here}/refused.csv`);
ok('refused.csv is a download that Excel reads', a.status === 200 && a.headers['content-type'].startsWith('text/csv') &&
    /attachment/.test(a.headers['content-disposition']) && a.raw[0] === 0xef, a.headers['content-disposition']);
const lines = a.body.split('\r\n');
ok('fact 131: with every refusal, its reason and the row', (a.body.match(/\r\n/g) ?? []).length === 459 && a.body.includes('C-000010'), lines.length);
ok('fact 127: cells that a spreadsheet would compute are neutralised', a.body.includes(`"'+1 `) && !/;\+1 /.test(a.body), '');

// --- the same file again, and a hostile one ---
await M.get('/imports');
a = await upload(M, 'contact', 'again.csv', readFileSync(`${tree}/tests/data/contacts-1252.csv`));
await M.get(a.headers.location);
await M.post(a.headers.location, { go: 'start', ...mapping() });
work();
same('fact 131: the same file twice makes no duplicates', sql(`SELECT rows_same, rows_added, rows_updated FROM import WHERE id = ${a.headers.location.split('/')[2]}`)[0], ['3030', '0', '0']);
a = await upload(M, 'elector', 'x.csv', '\ufeffNom,Prénom,Section,No électeur\n<script>alert(1)</script>,=cmd(),1,2\n"never closed,x,3,4\n');
a = await M.get(a.headers.location);
ok('values are text on the page', a.body.includes('&lt;script&gt;') && !a.body.includes('<script>alert'), '');
a = await M.get('/imports');
ok('all imports are listed', (a.body.match(/<tr><th scope="row">/g) ?? []).length === 3, a.body);
const thrown = (await upload(M, 'contact', 'x.csv', 'Nom;Prénom\nRoy;Anne\n')).headers.location;
await M.get(thrown);
const kept = uploads().length;
same('a file can be thrown away', [(await M.post(thrown, { go: 'discard' })).headers.location, uploads().length, (await M.get(thrown)).status],
    ['/imports', kept - 1, 404]);
await M.get('/imports');
same('one that was imported cannot', [(await M.post(here, { go: 'discard' })).status, (await M.get(here)).status], [303, 200]);
same('an import that does not exist answers 404', (await M.get('/imports/999')).status, 404);
await done();
