// The import area, what comes after the first file: workbooks and remembered columns.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { start, ok, same, done, sql, build, multipart } from './area.mjs';
import { house } from './house.mjs';
import { xlsx } from './xlsx.mjs';

const h = house(sql);
const data = readFileSync(process.env.TOCSIN_CONF, 'utf8').match(/^data = (.*)$/m)?.[1];
const area = await start('import', { conf: { upload_mb: 3 }, env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), other = h.organisation('Ailleurs');
const owner = h.user(org, 'Marie', 'organiser', 'en'), fr = h.user(org, 'Luc', 'organiser', 'fr'), stranger = h.user(other, 'Eve', 'organiser', 'en');
const M = area.visitor(owner.cookies), F = area.visitor(fr.cookies), S = area.visitor(stranger.cookies);
const upload = async (v, kind, name, bytes) => {
	await v.get('/imports');
	const m = multipart({ csrf: v.csrf ?? '', kind, file: { name, bytes } });
	return v.send((cookie) => area.request('POST', '/imports', { CONTENT_TYPE: m.type, HTTP_COOKIE: cookie }, m.bytes));
};
const work = () => spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { encoding: 'utf8', timeout: 120000,
    env: { ...process.env, TOCSIN_CLOCK: h.clockFile } });
const uploads = () => (existsSync(`${data}/imports`) ? readdirSync(`${data}/imports`) : []);
const chosen = (body) => [...body.matchAll(/<select[^>]*name="column\.(\d+)"[\s\S]*?<\/select>/g)].map((m) => m[0].match(/value="([^"]*)" selected/)?.[1]);
const columns = (codes) => Object.fromEntries(codes.map((c, i) => [`column.${i}`, c]));
let a;

// --- a workbook ---
const sheet = xlsx([
	['No dossier', 'Nom', 'Prénom', 'Téléphone', 'Date de naissance', 'Dons', 'Notes'],
	['X-1', 'Côté & fils', 'Ève', 5145550123, { date: 29284 }, 12.5, 'ligne 1\nligne 2'],
	[],
	['X-2', '<b>Roy</b>', { formula: '="A"&"nne"', value: 'Anne' }, '(438) 555-0199 poste 12', '1990-02-03', null, null],
	['X-3', '=1+1', 'Luc', 911, { date: 1e9 }, 7, '@x', 'de trop'],
]);
a = await upload(M, 'contact', 'membres.xlsx', sheet);
ok('fact 131: a workbook is taken as a CSV file is', a.status === 303 && /^\/imports\/\d+$/.test(a.headers.location), a.status);
const here = a.headers.location;
a = await M.get(here);
same('its header is understood', chosen(a.body), ['file_number', 'last_name', 'first_name', 'phone_home', 'birth_date', 'donations_year', 'notes']);
ok('dates, numbers and formulas are shown as people see them', a.body.includes('1980-03-04') && a.body.includes('514 555-0123') &&
    a.body.includes('Anne') && a.body.includes('$12.50') && a.body.includes('&lt;b&gt;Roy') && !a.body.includes('<b>Roy'), a.body);
ok('nothing is asked about its characters', !a.body.includes('name="charset"') && a.body.includes('first sheet of your workbook') &&
    a.body.includes('value="discard"'), '');
same('... nor can it be read anew as something else', (await M.post(here, { go: 'shape', charset: 'WINDOWS-1252', separator: 'tab' })).status, 400);
await M.get(here);
await M.post(here, { go: 'start', ...columns(chosen(a.body)) });
work();
same('it is imported, the row with a cell too many is named by its row in the sheet',
    [sql(`SELECT state, rows_read, rows_added, rows_refused FROM import WHERE workbook`)[0], sql('SELECT line, reason FROM import_refusal')[0]],
    [['done', '3', '2', '1'], ['5', 'row_too_long']]);
same('cells are stored as they were', sql(`SELECT last_name, first_name, e164, extension, birth_date, donations_year, notes FROM person p
    JOIN phone f ON f.person_id = p.id ORDER BY file_number`), [['Côté & fils', 'Ève', '+15145550123', '', '1980-03-04', '12.50', 'ligne 1\\nligne 2'],
    ['<b>Roy</b>', 'Anne', '+14385550199', '12', '1990-02-03', 'NULL', '']]);
same('the file is gone', uploads(), []);
a = await upload(M, 'contact', 'broken.xlsx', sheet.subarray(0, 900));
ok('a workbook cut off is refused beside the field', a.status === 422 && a.body.includes('id="file-wrong"') && a.body.includes('workbook cannot be read'), a.status);
a = await upload(F, 'contact', 'vide.xlsx', xlsx([[]]));
ok('an empty one too', a.status === 422 && a.body.includes('Ce fichier est vide'), a.status);
same('neither left a file or an import', [uploads().length, h.one('SELECT COUNT(*) FROM import')], [0, '1']);

// --- columns remembered by the header ---
const file = 'Code;Patronyme;Petit nom;Tel. de jour\n1;Roy;Anne;514 555-0001\n';
a = await upload(M, 'contact', 'a.csv', file);
const first = a.headers.location;
a = await M.get(first);
ok('a header that says nothing is not guessed, and nothing is remembered yet', chosen(a.body).filter((c) => c !== '').length === 0 &&
    !a.body.includes('was imported before'), chosen(a.body));
await M.post(first, { go: 'start', ...columns(['file_number', 'last_name', 'first_name', 'phone_work']) });
a = await upload(F, 'contact', 'b.csv', file.replace('1;Roy', '2;Côté'));
const second = a.headers.location;
a = await F.get(second);
same('the next file with this header goes where the first one went', chosen(a.body), ['file_number', 'last_name', 'first_name', 'phone_work']);
ok('fact 129: and says so, in French', a.body.includes('a déjà été importé'), '');
await F.post(second, { go: 'guess' });
a = await F.get(second);
ok('the guess may be asked for instead', !a.body.includes('a déjà été importé') && chosen(a.body).every((c) => c === ''), chosen(a.body));
a = await upload(M, 'elector', 'c.csv', file);
ok('electors are remembered apart', chosen((await M.get(a.headers.location)).body).every((c) => c === ''), '');
a = await upload(S, 'contact', 'd.csv', file);
ok('fact 7: another organisation learns nothing of it', chosen((await S.get(a.headers.location)).body).every((c) => c === ''), '');
a = await upload(M, 'contact', 'e.csv', Buffer.from(file.replaceAll('é', 'e').replace('Tel', 'Tél'), 'latin1'));
const fifth = a.headers.location;
same('another header is another file', chosen((await M.get(fifth)).body).filter((c) => c !== ''), []);
await M.post(first, { go: 'guess' });
same('an import that started keeps its columns', h.one(`SELECT mapping FROM import WHERE id = ${first.split('/')[2]}`), 'file_number,last_name,first_name,phone_work');

// --- undoing a whole import ---
const people = () => h.one('SELECT COUNT(*) FROM person');
work();
const atFirst = people();
a = await upload(M, 'contact', 'wrong.csv', 'No dossier;Nom;Prénom;Téléphone\n900;Faux;Ann;514 555-0900\n901;Faux;Luc;514 555-0901\n');
const wrong = a.headers.location;
a = await M.get(wrong);
ok('before it ends there is nothing to undo', !a.body.includes('value="undo"'), '');
await M.post(wrong, { go: 'undo', sure: 'yes' });
same('... nor by hand', h.one(`SELECT state FROM import WHERE id = ${wrong.split('/')[2]}`), 'uploaded');
await M.post(wrong, { go: 'start', ...columns(chosen(a.body)) });
work();
a = await F.get(wrong);
ok('fact 129: the result offers to undo it, until when, in French', a.body.includes('value="undo"') && a.body.includes('Annuler cette importation') && /Possible jusqu’au/.test(a.body), '');
a = await M.get(wrong);
a = await M.post(wrong, { go: 'undo' });
ok('without the tick it asks again', a.status === 422 && a.body.includes('id="sure-wrong"') && a.body.includes('aria-describedby="sure-wrong"'), a.status);
await S.get('/imports');
same('fact 7: another organisation gets 404', (await S.post(wrong, { go: 'undo', sure: 'yes' })).status, 404);
await M.get(wrong);
same('undo is queued', [(await M.post(wrong, { go: 'undo', sure: 'yes' })).headers.location, h.one(`SELECT state FROM import WHERE id = ${wrong.split('/')[2]}`)], [wrong, 'undoing']);
a = await M.get(wrong);
ok('its page says so, and follows', a.body.includes('Being undone') && a.body.includes('<progress'), '');
same('the same form twice queues one job', [(await M.post(wrong, { go: 'undo', sure: 'yes' })).status,
    h.one(`SELECT COUNT(*) FROM job WHERE kind = 'import' AND object_id = ${wrong.split('/')[2]}`)], [303, '2']);
work();
a = await M.get(wrong);
ok('the result counts who is gone', a.body.includes('Import undone') && /People removed<\/dt><dd>2</.test(a.body) && !a.body.includes('value="undo"'), a.body);
same('and they are', people(), atFirst);

// --- values that differ: ask me ---
const one = 'No dossier;Nom;Courriel;Ville\n';
const take = async (text, rule) => {
	a = await upload(M, 'contact', 'ask.csv', text);
	const at = a.headers.location;
	a = await M.get(at);
	await M.post(at, { go: 'start', rule, ...columns(chosen(a.body)) });
	work();
	return at;
};
await take(`${one}A1;Roy;a@b.ca;Laval\nA2;Côté;c@d.ca;\n`, 'correct');
const ask = await take(`${one}A1;Roy;<i>x@y.ca;Gatineau\nA1;Roy;x@y.ca;\nA2;Cote;z@d.ca;Lévis\n`.replace('<i>', ''), 'ask');
a = await M.get(ask);
ok('the result says how many values are to be decided', a.body.includes('Values that differ') && a.body.includes(`href="${ask}/conflicts"`), '');
a = await F.get(`${ask}/conflicts`);
ok('fact 129: the list of them in French, with both values and the line', a.body.includes('Valeurs qui diffèrent') && a.body.includes('a@b.ca') &&
    a.body.includes('x@y.ca') && a.body.includes('Courriel') && a.body.includes('Gatineau'), a.body);
same('fact 7: another organisation gets 404', (await S.get(`${ask}/conflicts`)).status, 404);
same('fact 128: an agent gets 403', (await area.visitor(h.user(org, 'Léa', 'volunteer').cookies).get(`${ask}/conflicts`)).status, 403);
a = await M.get(`${ask}/conflicts`);
const ids = [...a.body.matchAll(/name="choice\.(\d+)" value="take"/g)].map((m) => m[1]);
ok('every value is a choice with its own legend', ids.length >= 3 && (a.body.match(/<legend/g) ?? []).length === ids.length, ids.length);
a = await M.post(`${ask}/conflicts`, { go: 'decide', [`choice.${ids[0]}`]: 'take', [`choice.${ids[1]}`]: 'keep' });
same('some are decided', [a.status, a.headers.location, h.one('SELECT COUNT(*) FROM import_conflict')], [303, `${ask}/conflicts`, String(ids.length - 2)]);
same('the one that was taken is stored', h.one("SELECT email FROM person WHERE file_number = 'A1'"), 'x@y.ca');
same('the one that was kept is not', h.one("SELECT city FROM person WHERE file_number = 'A1'"), 'Laval');
same('a choice that does not exist answers 422 or 400', [400, 422].includes((await M.post(`${ask}/conflicts`, { go: 'decide', [`choice.${ids[2]}`]: 'eat' })).status), true);
await M.get(`${ask}/conflicts`);
await M.post(`${ask}/conflicts`, { go: 'take_all' });
a = await M.get(`${ask}/conflicts`);
ok('the rest is taken at once, and the page says that nothing is left', a.body.includes('Nothing is left to decide') &&
    h.one("SELECT email FROM person WHERE file_number = 'A2'") === 'z@d.ca', '');
a = await upload(M, 'contact', 'ask2.csv', `${one}A9;Roy;;\n`);
a = await M.get(a.headers.location);
ok('the rule is remembered with the columns', /value="ask" checked/.test(a.body), '');

// --- fields of the organisation's own ---
const team = h.add('custom_field', { organisation_id: org, kind: 'contact', form: 'text', name: 'Équipe <b>', created_at: 1 });
const kids = h.add('custom_field', { organisation_id: org, kind: 'contact', form: 'number', name: 'Enfants', created_at: 1 });
h.add('custom_field', { organisation_id: org, kind: 'elector', form: 'text', name: 'Autre', created_at: 1 });
a = await upload(M, 'contact', 'own.csv', 'No dossier;Nom;enfants;Groupe\nB1;Roy;deux;Nord\nB2;Côté;2;Sud\n');
const own = a.headers.location;
a = await M.get(own);
same('a column of an own field is guessed by its name', chosen(a.body), ['file_number', 'last_name', `own_number-${kids}`, '']);
ok('the own fields of these people can be chosen', a.body.includes(`value="own_text-${team}"`) && a.body.includes('Équipe &lt;b&gt;') && !a.body.includes('Autre'), '');
a = await M.post(own, { go: 'look', ...columns(['file_number', 'last_name', `own_number-${kids}`, `own_text-${team}`]) });
ok('the preview shows them, and what does not fit', a.status === 200 && a.body.includes('<dd>Sud</dd>') && a.body.includes('deux'), a.body);
a = await M.post(own, { go: 'start', ...columns(['file_number', 'last_name', `own_text-${team}`, `own_text-${team}`]) });
ok('two columns of one own field are refused', a.status === 422 && a.body.includes('id="twice-2"'), a.status);
await M.post(own, { go: 'start', ...columns(['file_number', 'last_name', `own_number-${kids}`, `own_text-${team}`]) });
work();
same('they are stored', sql("SELECT p.file_number, v.field_id, v.value FROM person p JOIN custom_value v ON v.person_id = p.id WHERE p.file_number LIKE 'B_' ORDER BY 1, 2"),
    [['B1', String(team), 'Nord'], ['B2', String(team), 'Sud'], ['B2', String(kids), '2']]);
await done();
