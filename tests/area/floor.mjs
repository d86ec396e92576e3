// The calling floor and the page for the wall through the area's socket: who sees names, a turn that is sent back and saved after
// all, the wall's address made, replaced and ended.
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, hidden, NOON, MINUTE } from './house.mjs';

const h = house(sql), env = { TOCSIN_CLOCK: h.clockFile };
const area = await start('dashboard', { env }), agent = await start('agent', { env });
const org = h.organisation(), marie = h.user(org, 'Marie', 'organiser'), admin = h.user(org, 'Admin', 'administrator');
const lea = h.user(org, 'Léa Tremblay'), sam = h.user(org, 'Sam Roy'), eye = h.user(org, 'Eye', 'observer'), noor = h.user(org, 'Noor', 'organiser', 'fr');
const survey = h.survey(org), op = h.operation(org, marie, { survey, name: 'Pointage Laval' });
for (const who of [lea, sam])
	h.member(op, who);
h.member(op, noor, 'owner');
h.people(org, op, 12);
const M = area.visitor(marie.cookies), F = area.visitor(noor.cookies), L = agent.visitor(lea.cookies), S = agent.visitor(sam.cookies);
const page = `/operations/${op}`, attempts = () => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op}`));
const counts = (body) => Object.fromEntries([...body.matchAll(/<li><strong>(\d+)<\/strong> <span class="tag floor-(\w+)"/g)].map((m) => [m[2], Number(m[1])]));
const backs = (body) => [...body.matchAll(/href="(\/operations\/\d+\/back\?[^"]*)"/g)].map((m) => m[1].replaceAll('&amp;', '&'));
let r;

ok('nobody has called', (await M.get(page)).body.includes('Nobody has called today.'));
const take = async (v) => { await v.get(`/agent/${op}`); await v.post(`/agent/${op}/next`); return callForm((await v.get(`/agent/${op}`)).body); };
const first = await take(L);
await take(S);
h.clock(NOON + 25 * MINUTE - 1);
r = await M.get(page);
same('two agents with a person: calling, for whoever counts them', counts(r.body), { gone: 2 });
h.clock(NOON + 12 * MINUTE);
r = await M.get(page);
same('within their time: calling', counts(r.body), { calling: 2 });
ok('an owner sees who, since when, with the turn to send back', r.body.includes('Léa Tremblay') && r.body.includes('since 13:00') && backs(r.body).length === 2 &&
    r.body.includes(`data-since="${NOON / 1e6}"`), r.body.match(/class="table table-cards floor".*?<\/table>/s)?.[0]);
r = await area.visitor(eye.cookies).get(page);
ok('an observer sees how many, and no name', r.status === 200 && counts(r.body).calling === 2 && !r.body.includes('Léa') && !r.body.includes('Sam Roy') && backs(r.body).length === 0, r.body);
r = await area.visitor(admin.cookies).get(page);
ok('an administrator sees who, and sends nobody back', r.body.includes('Léa Tremblay') && backs(r.body).length === 0, r.body);
const tag = (await M.get(page)).headers.etag;
h.clock(NOON + 12 * MINUTE + 30e6);
same('while nothing changes the answer is empty, however long they talk', (await M.get(page, { HTTP_IF_NONE_MATCH: tag })).status, 304);

// --- a turn that is sent back ---
const at = backs((await M.get(page)).body).find((u) => u.includes(`entry=${first.entry}&`));
r = await M.get(at);
ok('the page says who, since when, and that only they know whether they talk', r.status === 200 && r.body.includes('Léa Tremblay has had a person on their page since 13:00.') &&
    r.body.includes('own phones') && !r.body.includes('Prénom'), r.body);
r = await F.get(at);
ok('in French too', r.body.includes('Léa Tremblay a une personne à l’écran depuis 13\u00a0h.'), r.body.match(/<main.*<.main>/s)?.[0]);
const form = { user: hidden(r.body, 'user'), entry: hidden(r.body, 'entry'), claimed: hidden(r.body, 'claimed') };
same('without its fields it is a bad request', [(await M.get(`${page}/back`)).status, (await M.post(`${page}/back`, { user: form.user })).status], [400, 400]);
same('an agent may not', [(await area.visitor(lea.cookies).post(`${page}/back`, form)).status, (await area.visitor(admin.cookies).post(`${page}/back`, form)).status], [403, 403]);
r = await M.post(`${page}/back`, form);
same('sent back', [r.status, r.headers.location], [303, `${page}?said=back`]);
ok('the page says so', (await M.get(`${page}?said=back`)).body.includes('The person is back on the list.'));
same('the person is on the list, nobody has them', [h.one(`SELECT state FROM entry WHERE id = ${first.entry}`), h.one(`SELECT COUNT(*) FROM hold WHERE entry_id = ${first.entry}`)], ['ready', '0']);
same('who did it stands in the log', sql(`SELECT user_id, object_id, detail FROM audit WHERE verb = 'call.send_back'`), [[String(marie.id), first.entry, `user ${lea.id}`]]);
r = await M.post(`${page}/back`, form);
same('sent twice it is sent once', [r.headers.location, h.one(`SELECT COUNT(*) FROM audit WHERE verb = 'call.send_back'`)], [`${page}?said=over`, '1']);
ok('its page says that the turn is over', (await M.get(at)).body.includes('This turn is over'));
r = await L.post(`/agent/${op}/save`, { ...first, status: 'completed', answer: survey.choices[0], note: 'écrit après coup' });
same('what the agent saves after all counts, with all that was typed', [r.status, attempts(), h.one(`SELECT CONCAT(state, ' ', attempts) FROM entry WHERE id = ${first.entry}`),
    h.one(`SELECT CONCAT(note, ' ', COUNT(a.attempt_id)) FROM attempt t LEFT JOIN answer a ON a.attempt_id = t.id WHERE t.entry_id = ${first.entry}`)], [200, 1, 'done 1', 'écrit après coup 1']);
r = await L.post(`/agent/${op}/save`, { ...first, status: 'completed', answer: survey.choices[0], note: 'écrit après coup' });
same('fact 117: the same form again stores nothing', attempts(), 1);

// --- in the middle of a conversation ---
const long = h.pointage(org), op2 = h.operation(org, marie, { survey: long, version: 'specialized', name: 'Pointage 2026' }), q = long.q;
h.member(op2, lea); h.member(op2, sam);
h.people(org, op2, 3);
const talk = `/agent/${op2}`, answer = (f, n, ...which) => L.post(`${talk}/answer`, { ...f, question: q[n].id, go: 'next', answer: which.map((i) => q[n].choices[i - 1]) });
await L.get(talk); await L.post(`${talk}/next`);
const f = callForm((await L.get(talk)).body);
await L.post(`${talk}/answer`, { ...f, go: 'start', note: 'voix fatiguée' });
await answer(f, 1); await answer(f, 2, 2);
ok('who asks is talking', /floor-talking/.test((await M.get(`/operations/${op2}`)).body));
same('sent back in the middle', (await M.post(`/operations/${op2}/back`, { user: lea.id, entry: f.entry, claimed: f.claimed })).headers.location, `/operations/${op2}?said=back`);
await S.get(talk); await S.post(`${talk}/next`);
const theirs = callForm((await S.get(talk)).body);
same('another agent has the person next', theirs.entry, f.entry);
r = await answer(f, 3, 4, 1);
ok('the conversation goes on with all that was said', r.status === 200 && Number(hidden(r.body, 'question')) === q[4].id, r.body.slice(-1500));
r = await L.post(`${talk}/save`, { ...f, status: 'refused', note: 'voix fatiguée' });
same('and is saved with it, once', [r.status, ...sql(`SELECT COUNT(DISTINCT t.id), COUNT(a.attempt_id), MAX(t.note) FROM attempt t LEFT JOIN answer a ON a.attempt_id = t.id WHERE t.entry_id = ${f.entry}`)[0]],
    [200, '1', '3', 'voix fatiguée']);
r = await S.post(`${talk}/skip`, theirs);
same('the other one gives them back: nobody is called twice', h.one(`SELECT CONCAT(state, ' ', attempts) FROM entry WHERE id = ${f.entry}`), 'done 1');
same('nothing of the conversation is left behind', h.one(`SELECT COUNT(*) FROM call_draft WHERE entry_id = ${f.entry}`), '0');

// --- the page for the wall ---
const address = (body) => body.match(/<p class="wall-address"><a href="http:\/\/[^"]*?(\/wall\/[\w-]{24})"/)?.[1];
const anybody = area.visitor({}), shown = async () => hidden((await M.get(page)).body, 'shown');
ok('there is none until an owner makes one', (await M.get(page)).body.includes('Make the page') && !address((await M.get(page)).body));
ok('an administrator who is no owner is offered none', !(await area.visitor(admin.cookies).get(page)).body.includes('Make the page'));
same('only an owner makes it', [(await area.visitor(lea.cookies).post(`${page}/wall`, { do: 'make' })).status, (await area.visitor(admin.cookies).post(`${page}/wall`, { do: 'make' })).status], [403, 403]);
same('made', (await M.post(`${page}/wall`, { do: 'make' })).headers.location, `${page}?said=wall#wall`);
const wall = address((await M.get(page)).body);
await M.post(`${page}/wall`, { do: 'make' });
same('the same form twice is one page', address((await M.get(page)).body), wall);
r = await anybody.get(wall);
ok('whoever has its address sees the numbers', r.status === 200 && /<td>1<\/td><td>1<\/td><td>\d+<\/td>/.test(r.body) && r.body.includes('Pointage Laval') && r.body.includes('1 done of 12'), r.body);
ok('and nobody\'s name, no number, no form, no cookie', !/Léa|Sam|Marie|Prénom|Nom\d|\+1514|514 555|<form|csrf/.test(r.body) && r.headers['set-cookie'] === undefined, JSON.stringify(r.headers));
same('not for search engines, and it tells no other site where it was', [r.headers['x-robots-tag'], r.headers['referrer-policy'], r.headers['cache-control']], ['noindex, nofollow', 'no-referrer', 'private, no-cache']);
same('a browser without our script loads it anew by itself, one with it does not', [r.headers.refresh, (await anybody.get(`${wall}?live=1`)).headers.refresh], ['15', undefined]);
ok('in the language of who made it, with a way to the other', /<html lang="en">/.test(r.body) && r.body.includes('href="?lang=fr"') && r.body.includes('every call counts'), r.body);
r = await anybody.get(`${wall}?lang=fr&live=1`);
ok('which is kept', /<html lang="fr">/.test(r.body) && r.body.includes('chaque appel compte') && r.body.includes('href="?lang=en&amp;live=1"') && r.body.includes('fait\u00a0: 1 sur 12'), r.body);
same('whoever looks, it is the same page', [(await M.get(wall)).body === (await anybody.get(wall)).body, (await F.get(wall)).headers.etag], [true, (await anybody.get(wall)).headers.etag]);
same('unchanged, the answer is 304 and empty', await anybody.get(wall, { HTTP_IF_NONE_MATCH: (await anybody.get(wall)).headers.etag }).then((x) => [x.status, x.body]), [304, '']);
const before = (await anybody.get(wall)).headers.etag;
await S.post(`/agent/${op}/save`, { ...callForm((await S.get(`/agent/${op}`)).body), status: 'no_answer' });
same('a call that is saved within five seconds of the last look waits for the next one', (await anybody.get(wall, { HTTP_IF_NONE_MATCH: before })).status, 304);
h.clock(h.now + 6e6);
r = await anybody.get(wall, { HTTP_IF_NONE_MATCH: before });
ok('then it is there', r.status === 200 && /<td>2<\/td><td>1<\/td>/.test(r.body), r.body);
ok('too few calls say nothing of the end', !r.body.includes('likely done'));
sql(`INSERT INTO call_tally VALUES (${op}, ${Math.floor(NOON / 1800000000) - 4}, 1, 8, 0, 30, 1800), (${op}, ${Math.floor(NOON / 1800000000) - 4}, 1, 16, 0, 20, 2400);
    INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (${op}, 0, 8, 30), (${op}, 0, 16, 20) ON DUPLICATE KEY UPDATE attempts = attempts + VALUES(attempts)`);
h.clock(h.now + 6e6);
r = await anybody.get(wall);
ok('when it is likely to be done, as the dashboard has it', /1 done of 12 · likely done: today, about 1\d:\d\d/.test(r.body), r.body);
ok('in French too', /fin probable\u00a0: aujourd’hui, vers 1\d\u00a0h/.test((await anybody.get(`${wall}?lang=fr`)).body), (await anybody.get(`${wall}?lang=fr`)).body);
for (const [state, words] of [['paused', 'A pause'], ['archived', 'The calls are over']]) {
	sql(`UPDATE operation SET state = '${state}' WHERE id = ${op}`);
	h.clock(h.now + 6e6);
	r = await anybody.get(wall);
	ok(`${state}: it says so, and nobody is to be called`, r.body.includes(words) && /<td>0<\/td><\/tr>/.test(r.body), r.body);
}
same('of an archived operation none is made', (await M.post(`${page}/wall`, { do: 'make', shown: '1' })).status, 409);
sql(`UPDATE operation SET state = 'active' WHERE id = ${op}`);
h.clock(NOON + 10 * 60 * MINUTE);
ok('outside hours: when calls open again', (await anybody.get(wall)).body.includes('Calls open: tomorrow at 9:00. Thank you, and see you then.'), (await anybody.get(wall)).body);
h.clock(NOON + 30 * MINUTE);
await F.post(`${page}/wall`, { do: 'make', shown: await shown() });
const next = address((await M.get(page)).body);
same('a new address: the old one shows nothing at once', [next !== wall, (await anybody.get(wall)).status, (await anybody.get(next)).status], [true, 404, 200]);
ok('in the language of who made it', /<html lang="fr">/.test((await anybody.get(next)).body));
same('ended: nothing at once', [(await M.post(`${page}/wall`, { do: 'end' })).headers.location, (await anybody.get(next)).status, (await anybody.get(`${next}?live=1`)).status], [`${page}?said=wall_end#wall`, 404, 404]);
same('ended twice is ended', (await M.post(`${page}/wall`, { do: 'end' })).status, 303);
same('guesses', [(await anybody.get('/wall/AAAAAAAAAAAAAAAAAAAAAAAA')).status, (await anybody.get('/wall/x')).status, (await anybody.get(`${next}?lang=de`)).status], [404, 404, 404]);
same('each change has its row', sql(`SELECT verb, COUNT(*) FROM audit WHERE verb LIKE 'wall.%' GROUP BY verb ORDER BY verb`), [['wall.end', '1'], ['wall.make', '1'], ['wall.renew', '1']]);
await done();
