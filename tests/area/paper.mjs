// The paper area through its socket: a sheet printed, typed in by the line and by rows, taken back, too late; two owners and two
// agents at the same instant; the hours; what the audit log says; hostile and broken forms.
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, NOON, HOUR, MINUTE, DAY } from './house.mjs';

const h = house(sql), env = { TOCSIN_CLOCK: h.clockFile };
const area = await start('paper', { env, conf: { public_url: 'http://calls.example.org' } }), second = await start('paper', { env });
const agent = await start('agent', { env });
const org = h.organisation();
const owner = h.user(org, 'Marie', 'organiser'), other = h.user(org, 'Ana', 'organiser', 'fr'), lea = h.user(org, 'Léa', 'volunteer', 'fr');
const survey = h.survey(org), many = h.add('question', { version_id: survey.version, stable_id: 50, position: 2, kind: 'multiple_choice', text_fr: 'Quels enjeux?' });
const issue = ['Santé', 'Écoles'].map((text_fr, i) => h.add('choice', { question_id: many, stable_id: 60 + i, position: i + 1, text_fr }));
const op = h.operation(org, owner, { survey });
sql(`INSERT INTO operation_question VALUES (${op}, 50)`);
h.member(op, other, 'owner'); h.member(op, lea);
/** n people more on the list. */
let made = 0;
const people = (n) => {
	sql(`INSERT INTO person (organisation_id, kind, first_name, last_name, city, created_at, updated_at) SELECT ${org}, 'contact', 'Prénom<', CONCAT('Nom', seq), 'Laval', 1, 1 FROM seq_${made + 1}_to_${made + n};
	    INSERT INTO phone (person_id, position, kind, e164) SELECT id, 1, 'cell', CONCAT('+1450', 5550000 + id) FROM person WHERE CAST(SUBSTRING(last_name, 4) AS INT) > ${made};
	    INSERT INTO entry (operation_id, person_id, due_at, e164, loaded_at) SELECT ${op}, p.id, ${NOON - DAY} + p.id, f.e164, 1 FROM person p JOIN phone f ON f.person_id = p.id
	        WHERE CAST(SUBSTRING(p.last_name, 4) AS INT) > ${made};
	    UPDATE queue_tally SET ready = ready + ${n} WHERE operation_id = ${op} AND shard = 0`);
	made += n;
};
const M = area.visitor(owner.cookies), A = second.visitor(other.cookies), L = agent.visitor(lea.cookies);
const page = `/sheets/${op}`, tonight = NOON + 8 * HOUR;
let key = 0;
const wish = (more) => ({ form_key: String(++key).padStart(32, '0'), pages: '1', caller: String(lea.id), until: String(tonight), ...more });
const audit = (verb) => h.one(`SELECT COUNT(*) FROM audit WHERE verb = '${verb}'`);
const messages = (body) => [...body.matchAll(/class="wrong"[^>]*>([^<]*)/g)].map((m) => m[1]).join(' | ');
let r;

people(60);
r = await M.get(page);
ok('who takes part, and until when', r.status === 200 && r.body.includes('>Léa<') && r.body.includes(`value="${tonight}"`) && r.body.includes(`value="${tonight + 7 * DAY}"`) &&
    !r.body.includes(`value="${tonight + 8 * DAY}"`), r.body);
r = await M.post(page, wish({ pages: '11', caller: '0', name: ' ', until: '' }));
ok('what is wrong stands beside its field', r.status === 422 && ['pages', 'name', 'until'].every((f) => r.body.includes(`id="${f}-wrong"`)) && r.body.includes('value="11"'), messages(r.body));
same('nobody was taken', h.one('SELECT COUNT(*) FROM hold'), '0');
same('a form without its key', (await M.post(page, { pages: '1' })).status, 400);
same('somebody who does not take part', (await M.post(page, wish({ caller: '99999' }))).status, 409);

r = await M.post(page, wish({ pages: '2' }));
const paper = r.headers.location, sheet = paper?.replace(/\/print$/, ''), code = sheet?.split('/').pop();
ok('the paper comes next', r.status === 303 && /^\/sheets\/\d+\/1-\w{3}\/print$/.test(paper), r.headers.location);
same('forty are kept', h.one(`SELECT COUNT(*) FROM hold WHERE held_until = ${tonight}`), '40');
r = await M.get(paper);
ok('names are text; numbers are written as people write them', r.body.includes('Prénom&lt; Nom1<') && /450 555-\d{4}/.test(r.body) && !r.body.includes('+1450'), r.body.slice(0, 3000));
same('a box for each status and answer in each row', [...r.body.matchAll(/<i>/g)].length, 40 * (14 + 3 + 2));
ok('what to say, and to whom it goes back', r.body.includes('ici Léa.') && r.body.includes('Marie'), r.body.slice(0, 3000));
same('it was noted who was shown, when it was made and when it was looked at', [audit('sheet.print'), audit('sheet.reveal')], ['1', '1']);
same('by their ids, one row', h.one("SELECT COUNT(DISTINCT detail) FROM audit WHERE verb LIKE 'sheet.%' AND detail REGEXP '^([0-9]+ ){39}[0-9]+$'"), '1');
ok('the code opens the page where it is typed in', (await M.get(`${sheet}/qr.svg?page=2`)).body.startsWith('<svg'));

// --- who may, and what is no sheet ---
same('an agent sees no sheet', (await area.visitor(lea.cookies).get(sheet)).status, 403);
same('the paper of another operation', (await M.get(`/sheets/${h.operation(org, owner, { survey })}/${code}`)).status, 404);
same('a slip of the code', (await M.get(sheet.slice(0, -1) + (sheet.endsWith('2') ? '3' : '2'))).status, 404);
r = await M.get(`${page}?number=1-ZZZZ`);
ok('a number that is none: said beside it', r.status === 422 && r.body.includes('id="number-wrong"') && r.body.includes('value="1-ZZZZ"'), messages(r.body));
same('in small letters, with a blank', (await M.get(`${page}?number=${code.toLowerCase().replace('-', '+')}`)).headers.location, sheet);

// --- typed in ---
h.clock(NOON + 2 * HOUR);
await M.get(sheet);
const entry = (n) => h.one(`SELECT entry_id FROM paper_place WHERE sheet_id = 1 AND number = ${n}`);
const said = (n) => h.one(`SELECT CONCAT_WS(' ', t.status, t.user_id, t.started_at - ${NOON}, (SELECT GROUP_CONCAT(choice_id ORDER BY choice_id) FROM answer a WHERE a.attempt_id = t.id), NULLIF(t.note, ''))
    FROM attempt t WHERE t.entry_id = ${entry(n)} ORDER BY t.number DESC LIMIT 1`.replace('\n', ' '));
const when = { caller: String(lea.id), on: '2026-11-24', at: '14:10', page: '1' };
r = await M.post(sheet, { ...when, quick: '7 c 2 1+2 wants a sign' });
same('one line is one call', [r.status, said(7)], [303, `16 ${lea.id} ${70 * MINUTE} ${[survey.choices[1], ...issue].sort((x, y) => x - y)} wants a sign`]);
r = await M.get(r.headers.location);
ok('the page says so, and keeps who and when', r.body.includes('Saved: 7, Prénom&lt; Nom7') && r.body.includes('value="14:10"'), r.body.slice(0, 3000));
same('the same line again counts once', [(await M.post(sheet, { ...when, quick: '7 c 2 1+2 wants a sign' })).status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${entry(7)}`)], [303, '1']);
for (const [line, why] of [['7', 'choose how'], ['x', 'whole number'], ['8 c', 'fill this in'], ['8 c 4', 'one of the poss'], ['41 n', 'too small or too large'], ['8 c 1+2', 'one of the poss']]) {
	r = await M.post(sheet, { ...when, quick: line });
	ok(`“${line}”: refused beside the line, which stays`, r.status === 422 && r.body.includes('id="quick-wrong"') && r.body.includes(`value="${line}"`) && messages(r.body).includes(why), messages(r.body));
}
for (const [more, why, field] of [[{ at: '23:00' }, 'still to come', 'at'], [{ at: '12:00' }, 'not printed yet', 'at'], [{ on: '2026-11-23' }, 'not printed yet', 'at'],
    [{ on: '' }, 'fill this in', 'on'], [{ at: '25:99' }, 'enter a time', 'at'], [{ caller: '' }, 'one of the poss', 'caller']]) {
	r = await M.post(sheet, { ...when, quick: '9 n', 'note.9': 'kept', ...more });
	ok(`${JSON.stringify(more)}: ${why}`, r.status === 422 && r.body.includes(`id="${field}-wrong"`) && messages(r.body).includes(why) && r.body.includes('value="9 n"') && r.body.includes('value="kept"'), messages(r.body));
}
same('somebody who does not take part did not call', [(await M.post(sheet, { ...when, caller: '99999', quick: '9 n' })).status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${entry(9)}`)], [422, '0']);
same('nobody of another organisation either', h.one('SELECT COUNT(*) FROM attempt'), '1');

// rows
const keys = (body) => Object.fromEntries([...body.matchAll(/name="(key\.\d+)" value="(\w+)"/g)].map((m) => [m[1], m[2]]));
const form = keys((await M.get(sheet)).body);
r = await M.post(sheet, { ...when, ...form, 'status.1': 'n', 'status.2': 'c', 'answer.2-1': '1', 'answer.2-2': '2', 'note.2': 'é & <b>', 'status.3': 'b', 'back.3': '2026-11-25T10:30', 'status.4': 'c', 'note.5': 'only a note' });
ok('each row by itself: three are saved, two say what is missing and keep it', r.status === 422 && r.body.includes('id="wrong-4"') && r.body.includes('id="wrong-5"') && r.body.includes('value="only a note"') &&
    /<option value="c" selected>/.test(r.body) && r.body.includes('3 calls are saved'), messages(r.body));
same('as they were typed', [said(1), said(2), said(3)], [`8 ${lea.id} ${70 * MINUTE}`, `16 ${lea.id} ${70 * MINUTE} ${survey.choices[0]},${issue[1]} é & <b>`, `10 ${lea.id} ${70 * MINUTE}`]);
same('the appointment is in their time', h.one(`SELECT due_at - ${NOON} FROM entry WHERE id = ${entry(3)}`), String(21.5 * HOUR));
ok('a note is text', (await M.get(sheet)).body.includes('é &amp; &lt;b&gt;'));
r = await M.post(sheet, { ...when, ...form, 'status.1': 'c', 'answer.1-1': '2' });
ok('another outcome of a call that is typed in: said beside it', r.status === 422 && r.body.includes('id="wrong-1"') && messages(r.body).includes('typed in already'), messages(r.body));
r = await M.post(sheet, { ...when, ...form, 'status.1': 'n', 'status.2': 'c', 'answer.2-1': '1' });
same('the whole form again counts once', [r.status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id IN (${entry(1)}, ${entry(2)})`)], [303, '2']);
r = await M.post(sheet, { ...when, 'status.6': 'b', 'back.6': '2026-11-25T03:00' });
ok('an appointment at night', r.status === 422 && messages(r.body).includes("outside the operation"), messages(r.body));
r = await M.post(sheet, { ...when, 'status.6': 'b', 'back.6': '2026-13-45T99:00' });
ok('an appointment on no day', r.status === 422 && messages(r.body).includes('enter a time'), messages(r.body));
r = await M.post(sheet, { ...when, 'status.6': 'n', 'key.6': 'f'.repeat(32) });
ok('a forged key', r.status === 422 && messages(r.body).includes('open too long'), messages(r.body));
same('fields of no form', [(await M.post(sheet, { ...when, evil: '1' })).status, (await M.post(sheet, { ...when, 'status.6': ['n', 'c'] })).status], [400, 400]);
same('statuses of the provider have no letter', (await M.post(sheet, { ...when, 'status.6': '?' })).status, 422);
same('who typed it in', [audit('sheet.enter'), h.one("SELECT MIN(user_id) = MAX(user_id) AND MIN(user_id) = " + owner.id + " FROM audit WHERE verb = 'sheet.enter'")], ['4', '1']);

same('call back at a time, by the line', [(await M.post(sheet, { ...when, quick: '11 b 18:30 the son' })).status, said(11), h.one(`SELECT due_at - ${NOON} FROM entry WHERE id = ${entry(11)}`)],
    [303, `10 ${lea.id} ${70 * MINUTE} the son`, String(5.5 * HOUR)]);

// do not call again: everywhere at once; taken back: by an attempt that says so
same('“do not call again”', [(await M.post(sheet, { ...when, quick: '10 x' })).status, h.one(`SELECT COUNT(*) FROM suppression s JOIN entry e ON e.e164 = s.e164 WHERE e.id = ${entry(10)}`)], [303, '1']);
r = await M.post(sheet, { ...when, undo: '1', 'note.9': 'stays' });
ok('a call is taken back, what else was typed stays', r.status === 200 && r.body.includes('value="stays"') && r.body.includes('name="status.1"'), r.body.slice(0, 2000));
same('by an attempt that says so', h.one(`SELECT GROUP_CONCAT(CONCAT(status, ':', COALESCE(corrects, 0)) ORDER BY number) FROM attempt WHERE entry_id = ${entry(1)}`), '8:0,24:1');
r = await M.post(sheet, { ...when, undo: '10' });
ok('but not that one', r.body.includes('stays') && h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${entry(10)}`) === '1', r.status);
same('and typed in again', [(await M.post(sheet, { ...when, quick: '1 r' })).status, said(1)], [303, `17 ${lea.id} ${70 * MINUTE}`]);

// --- the hours ---
h.clock(NOON + 8 * HOUR + MINUTE);
r = await M.get(paper);
ok('promise 6: after the end of calls the paper shows no number', r.status === 200 && !/450 555-\d{4}/.test(r.body) && r.body.includes('Calls are closed now'), r.body.slice(0, 1500));
r = await M.post(page, wish({ until: String(tonight + DAY) }));
ok('and nobody is taken: it says when calls open again', r.status === 409 && r.body.includes('tomorrow at 9:00') && r.body.includes('role="alert"'), messages(r.body) + r.body.slice(0, 2500));
same('a call after the end of calls is none', [(await M.post(sheet, { ...when, at: '21:00', quick: '12 n' })).status, h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${entry(12)}`)], [422, '0']);
r = await M.get(sheet);
ok('the time that is proposed is one of calls', r.body.includes('value="20:59"') && r.body.includes('value="2026-11-24"'), r.body.match(/id="at"[^>]*/)?.[0]);

// --- too late ---
h.clock(NOON + DAY);
sql('SET @n = 0; CALL release_holds(' + (NOON + DAY) + ', 0, 500, @n)');
same('the sheet is over: they are back', h.one("SELECT COUNT(*) FROM hold"), '0');
ok('which its page says', (await M.get(sheet)).body.includes('agents may call too'));
await L.get(`/agent/${op}`);
await L.post(`/agent/${op}/next`, {});
r = await L.get(`/agent/${op}`);
let f, n;
for (let i = 0; i < 45; i++) {
	f = callForm(r.body);
	n = h.one(`SELECT number FROM paper_place WHERE entry_id = ${f.entry} AND sheet_id = 1`);
	r = await L.post(`/agent/${op}/save`, { ...f, status: 'no_answer' });
	if (n !== undefined && n > 11)
		break;
}
h.clock(NOON + DAY + MINUTE);
r = await M.post(sheet, { ...when, quick: `${n} c 1 - late` });
ok('somebody else has called since: refused', r.status === 422 && messages(r.body).includes('Somebody else has called'), messages(r.body));
r = await M.post(sheet, { ...when, [`status.${n}`]: 'c', [`answer.${n}-1`]: '1', [`note.${n}`]: 'late' });
ok('in its row too, with the choice to keep it as a note', r.status === 422 && r.body.includes(`name="keep.${n}"`) && r.body.includes('value="late"'), messages(r.body));
const keep = { ...when, [`status.${n}`]: 'c', [`answer.${n}-1`]: '1', [`note.${n}`]: 'late', [`keep.${n}`]: '1' };
same('kept', (await M.post(sheet, keep)).status, 303);
same('once', [(await M.post(sheet, keep)).status, h.one(`SELECT p.notes FROM person p JOIN entry e ON e.person_id = p.id WHERE e.id = ${entry(n)}`), audit('sheet.note')],
    [303, `Call sheet ${code}, 24 November 2026, 14:10: Completed; Q1 1; late`, '1']);
same('no attempt came of it', h.one(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${entry(n)}`), '1');
same('nobody has called: it still counts', [(await M.post(sheet, { ...when, quick: '39 r' })).status, said(39)], [303, `17 ${lea.id} ${70 * MINUTE}`]);

// --- at the same instant ---
h.clock(NOON + 2 * DAY);
people(400);
await M.get(page); await A.get(page); await L.post(`/agent/${op}/next`, {});
const until = String(tonight + 2 * DAY);
const shared = () => Number(h.one('SELECT COUNT(*) - COUNT(DISTINCT entry_id) FROM paper_place WHERE sheet_id > 1'));
let together = 0;
for (let round = 0; round < 5; round++) {
	const [x, y, z] = await Promise.all([M.post(page, wish({ until, pages: '2' })), A.post(page, wish({ until, pages: '2' })), L.post(`/agent/${op}/skip`, callForm((await L.get(`/agent/${op}`)).body))]);
	together += x.status === 303 && y.status === 303 && z.status < 400;
}
same('two owners print, an agent is given somebody, five times: all of them get people', together, 5);
same('two hundred on ten sheets per owner, nobody on two', [h.one('SELECT COUNT(*) FROM paper_place WHERE sheet_id > 1'), shared()], ['400', 0]);
same('and nobody of them with the agent', h.one(`SELECT COUNT(*) FROM hold x JOIN paper_place p ON p.entry_id = x.entry_id WHERE x.user_id = ${lea.id} AND p.sheet_id > 1`), '0');
const twice = wish({ until });
const both = await Promise.all([M.post(page, twice), A.post(page, twice)]);
same('one form sent by two windows at once is one sheet', [both[0].headers.location === both[1].headers.location, h.one(`SELECT COUNT(*) FROM paper_sheet WHERE form_key = UNHEX('${twice.form_key}')`)], [true, '1']);
const last = both[0].headers.location?.replace(/\/print$/, '') ?? '';
const typed = await Promise.all([M.post(last, { ...when, on: '2026-11-26', at: '13:00', quick: '2 n' }), A.post(last, { ...when, on: '2026-11-26', at: '13:00', quick: '2 r' })]);
same('the same place by both: one call', [typed.map((t) => t.status).sort(), h.one(`SELECT COUNT(*) FROM attempt t JOIN paper_place p ON p.entry_id = t.entry_id WHERE p.sheet_id = ${last.match(/(\d+)-/)?.[1]} AND p.number = 2`)], [[303, 422], '1']);
ok('whoever came second is told', typed.some((t) => /typed in already|déjà saisi/.test(messages(t.body))), typed.map((t) => messages(t.body)));

// --- given back ---
const held = Number(h.one('SELECT COUNT(*) FROM hold'));
r = await M.post(`${last}/back`, {});
same('given back', [r.status, held - Number(h.one('SELECT COUNT(*) FROM hold')), audit('sheet.back')], [303, 19, '1']);
r = await M.get(`${last}/print`);
ok('then the paper shows nobody', r.body.includes('do not call') && !/450 555-\d{4}/.test(r.body) && !r.body.includes('Prénom&lt;'), r.body.slice(-1500));
ok('and in French', (await A.get(last)).body.includes('De retour sur la liste'), '');

// --- the specialized version: the answers lead from question to question ---
const way = h.pointage(org), op2 = h.operation(org, owner, { survey: way, version: 'specialized' });
const folk = h.people(org, op2, 4), page2 = `/sheets/${op2}`;
await M.get(page2);
r = await M.post(page2, wish({ until, caller: String(owner.id) }));
const paper2 = r.headers.location ?? '', sheet2 = paper2.replace(/\/print$/, '');
same('the list has four people: a sheet of four', h.one('SELECT people FROM paper_sheet ORDER BY id DESC LIMIT 1'), '4');
r = await M.get(paper2);
same('boxes for the questions that fit: 4, 5 and 2 answers', [...r.body.matchAll(/<i>/g)].length, 4 * (14 + 4 + 5 + 2));
ok('the others are written into the notes, and it says where an answer leads', r.body.includes('write “Q4: …”') && r.body.includes('→ 7') && !r.body.includes('write “Q2: …”'), r.body.slice(0, 4000));
const now2 = { caller: String(owner.id), on: '2026-11-26', at: '13:00', page: '1' };
const answers2 = (i) => h.one(`SELECT GROUP_CONCAT(CONCAT(a.question_id, ':', COALESCE(a.choice_id, a.text)) ORDER BY a.question_id) FROM attempt t JOIN answer a ON a.attempt_id = t.id WHERE t.entry_id = ${folk[i].entry}`);
for (const [line, why] of [['1 c 3 1', 'not asked'], ['1 c 1', 'fill this in'], ['1 c', 'fill this in'], ['1 h - - 1', 'fill this in']]) {
	r = await M.post(sheet2, { ...now2, quick: line });
	ok(`“${line}” does not follow the questionnaire`, r.status === 422 && messages(r.body).includes(why), messages(r.body));
}
same('one that does', [(await M.post(sheet2, { ...now2, quick: '1 c 3 - - - - 2' })).status, answers2(0)], [303, `${way.q[2].id}:${way.q[2].choices[2]},${way.q[7].id}:${way.q[7].choices[1]}`]);
same('in its row, with words', [(await M.post(sheet2, { ...now2, 'status.2': 'c', 'answer.2-2': '3', 'answer.2-8': 'un mot' })).status, answers2(1)], [303, `${way.q[2].id}:${way.q[2].choices[2]},${way.q[8].id}:un mot`]);
same('nobody was reached', [(await M.post(sheet2, { ...now2, quick: '3 n' })).status, answers2(2)], [303, 'NULL']);

// an operation that is archived takes no calls, one that is paused gives no people
sql(`UPDATE operation SET state = 'paused', revision = revision + 1 WHERE id = ${op}`);
ok('paused', (await M.post(page, wish({ until }))).body.includes('paused'));
sql(`UPDATE operation SET state = 'archived', revision = revision + 1 WHERE id = ${op}`);
same('archived', (await M.post(last, { ...when, on: '2026-11-26', at: '13:00', quick: '3 n' })).status, 409);
await done();
