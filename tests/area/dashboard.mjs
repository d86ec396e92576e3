// The Call Canvassing Dashboard through its socket: whose rows, which menu, numbers that equal a recount.
import { start, ok, same, done, sql } from './area.mjs';
import { house, callForm, NOON, HOUR, MINUTE, DAY } from './house.mjs';

const h = house(sql);
const area = await start('dashboard', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation();
const marie = h.user(org, 'Marie', 'organiser'), admin = h.user(org, 'Admin', 'administrator', 'fr');
const lea = h.user(org, 'Léa', 'volunteer', 'fr'), eve = h.user(org, 'Eve', 'organiser');
const M = area.visitor(marie.cookies), A = area.visitor(admin.cookies), L = area.visitor(lea.cookies), E = area.visitor(eve.cookies);
const rows = (body) => (body.match(/<tr class="[^"]*"><th scope="row">.*?<\/td><\/tr>/gs) ?? []);
const row = (body, name) => rows(body).find((r) => r.includes(name)) ?? '';
const menu = (text) => (text.match(/<details class="menu">.*<\/details>/s)?.[0] ?? '');
/** What stands in the page between the site's head and its foot. */
const main = (body) => body.match(/<main.*<\/main>/s)?.[0] ?? '';
let r;

// --- an organisation on its first day ---
r = await M.get('/operations');
ok('a new organisation sees three steps', r.status === 200 && ['/imports', '/surveys', 'action="/wizard"'].every((t) => main(r.body).includes(t)), r.body);
ok('fact 1: the menu leads from Operations to Call operations to Call operations', /<summary[^>]*>Operations<\/summary>.*Call operations<\/span>.*href="\/operations"[^>]*>Call operations<\/a>/s.test(r.body), r.body);
r = await L.get('/operations');
ok('a volunteer without an operation is told what to do', r.status === 200 && r.body.includes('Aucune opération') && !main(r.body).includes('/wizard'), r.body);

// --- operations in every state ---
const survey = h.survey(org);
const running = h.operation(org, marie, { survey, name: 'Pointage Laval' });
const fresh = h.operation(org, marie, { name: 'Toute neuve' });
const upcoming = h.operation(org, marie, { name: 'Bientôt', starts_on: '2026-12-01' });
const closed = h.operation(org, marie, { name: 'Fermée', opens_at: '14:00:00' });
const paused = h.operation(org, marie, { name: 'Arrêtée', state: 'paused' });
const ended = h.operation(org, marie, { name: 'Finie', ends_at: '2026-11-20 20:00:00' });
const draft = h.operation(org, marie, { name: 'Ébauche', state: 'draft', wizard_page: 7, finished_at: null });
const archived = h.operation(org, marie, { name: 'Vieille', state: 'archived' });
h.member(running, lea);
h.people(org, running, 10);
h.people(org, fresh, 4);
h.people(org, closed, 3);
h.people(org, paused, 1);
const other = h.operation(h.organisation('Autre'), h.user(h.add('organisation', { name: 'X', created_at: NOON }), 'Zed', 'organiser'), { name: 'Étrangère' });

r = await M.get('/operations');
ok('fact 2: the dashboard has a button that creates an operation', /<form method="post" action="\/wizard">.*Create an operation/s.test(r.body), r.body);
same('every state has its word', [['Pointage Laval', 'Running'], ['Toute neuve', 'Running'], ['Bientôt', 'Upcoming'], ['Fermée', 'Outside hours'],
    ['Arrêtée', 'Paused'], ['Finie', 'Ended'], ['Ébauche', 'Draft']].filter(([name, word]) => !row(r.body, name).includes(`>${word}<`)), []);
ok('fact 3: every owner\'s row has a menu with Share', rows(r.body).length === 7 && rows(r.body).every((t) => /<details class="menu">.*>Share<\/a>/s.test(t)), rows(r.body).join('\n'));
ok('fact 5: an owner\'s menu offers editing', menu(row(r.body, 'Pointage Laval')).includes(`href="/wizard/${running}/details"`));
ok('an owner may practise, from the menu', menu(row(r.body, 'Pointage Laval')).includes(`action="/agent/${running}/practice"`) && !menu(row(r.body, 'Ébauche')).includes('/practice"') &&
    !menu(row(r.body, 'Finie')).includes('/practice"'), menu(row(r.body, 'Pointage Laval')));
ok('fact 6: progress is 0 before any call', row(r.body, 'Toute neuve').includes('0 of 4'), row(r.body, 'Toute neuve'));
ok('fact 8: a draft can be resumed where it was left, or discarded', row(r.body, 'Ébauche').includes(`href="/wizard/${draft}/record"`) &&
    row(r.body, 'Ébauche').includes(`action="/wizard/${draft}/discard"`), row(r.body, 'Ébauche'));
ok('outside the hours the row says when it opens', row(r.body, 'Fermée').includes('opens: 14:00') && row(r.body, 'Fermée').includes('3 wait'), row(r.body, 'Fermée'));
r = await M.get(`/operations?made=${running}`);
ok('after the wizard: what comes next', r.body.includes(`<strong>Pointage Laval</strong> is ready. What comes next: <a href="/share/${running}">`), main(r.body).slice(0, 500));
ok('not for what somebody else owns, nor for nothing', !(await A.get(`/operations?made=${running}`)).body.includes('is ready') && !(await M.get('/operations?made=999999')).body.includes('is ready'));
r = await M.get('/operations');
ok('archived operations are not in the way', !r.body.includes('Vieille') && (await M.get('/operations?archived=1')).body.includes('Vieille'));
ok('running ones come first, drafts and ended ones last', rows(r.body).findIndex((t) => t.includes('Pointage')) < 2 &&
    rows(r.body).findIndex((t) => t.includes('Ébauche')) === 5 && rows(r.body).findIndex((t) => t.includes('Finie')) === 6);
ok('another organisation\'s operations are nobody\'s business', !r.body.includes('Étrangère') && !(await A.get('/operations')).body.includes('Étrangère'));
r = await M.get('/operations?q=bientot');
ok('fact 130: searching without accents finds Bientôt, and only that', rows(r.body).length === 1 && r.body.includes('Bientôt'), r.body);
ok('a percent sign in the search is only a percent sign', rows((await M.get('/operations?q=%25')).body).length === 0);

const names = (body) => rows(body).map((t) => t.match(/class="dash-name"[^>]*>([^<]*)</)[1]);
same('filter by state', names((await M.get('/operations?state=paused')).body), ['Arrêtée']);
ok('a state that no operation is in says so, and keeps the form', /No operation matches/.test((r = await M.get('/operations?state=left')).body) && r.body.includes('value="left" selected'), r.body);
same('sort by name', names((await M.get('/operations?sort=name')).body).slice(0, 3), ['Arrêtée', 'Bientôt', 'Fermée']);
same('sort by who can be called', names((await M.get('/operations?sort=callable')).body).slice(0, 2), ['Pointage Laval', 'Toute neuve']);
same('a state that does not exist is refused or ignored, not an error of ours', (await M.get('/operations?state=nonsense')).status < 500, true);
for (const path of ['/operations', `/operations/${running}`]) {
	r = await M.get(path);
	const tag = r.headers.etag;
	const again = await M.get(path, { HTTP_IF_NONE_MATCH: tag });
	same(`${path}: unchanged, the answer is 304 and empty`, [/^W\/"[0-9a-f]{32}"$/.test(tag), again.status, again.body], [true, 304, '']);
	sql(`UPDATE queue_tally SET done = done + 1 WHERE operation_id = ${running} LIMIT 1`);
	same(`${path}: a number has moved, the answer is a page`, (await M.get(path, { HTTP_IF_NONE_MATCH: tag })).status, 200);
	sql(`UPDATE queue_tally SET done = done - 1 WHERE operation_id = ${running} LIMIT 1`);
}

r = await L.get('/operations');
ok('fact 5: an agent\'s menu has only "Make calls"', rows(r.body).length === 1 && (menu(rows(r.body)[0]).match(/<li>/g) ?? []).length === 1 &&
    menu(rows(r.body)[0]).includes(`href="/agent/${running}"`), rows(r.body).join(''));
ok('an agent creates nothing', !main(r.body).includes('/wizard'));
r = await E.get('/operations');
ok('fact 7: without a role there is no row', rows(r.body).length === 0, r.body);
for (const [who, name] of [[E, 'an outsider'], [L, 'an agent']]) {
	same(`fact 7: ${name} gets 403 on an operation's numbers`, (await who.get(`/operations/${running}`)).status, 403);
	for (const verb of ['pause', 'resume', 'archive'])
		same(`fact 7: ${name} gets 403 on ${verb}`, (await who.post(`/operations/${running}/${verb}`)).status, 403);
}
r = await A.get('/operations');
ok('an administrator sees all operations of the organisation, without an owner\'s menu', rows(r.body).length === 6 &&
    !menu(row(r.body, 'Pointage Laval')).includes('/wizard/'), rows(r.body).length);
same('and their numbers', (await A.get(`/operations/${running}`)).status, 200);
same('but not those of another organisation', (await A.get(`/operations/${other}`)).status, 404);

// --- calls, then numbers that equal a recount ---
const agent = await start('agent', { env: { TOCSIN_CLOCK: h.clockFile } });
const V = agent.visitor(lea.cookies), page = `/agent/${running}`;
await V.get(page);
await V.post(`${page}/next`);
r = await V.get(page);
for (const status of ['no_answer', 'no_answer', 'completed', 'refused', 'remove', 'call_back'])
	r = await V.post(`${page}/save`, { ...callForm(r.body), status, answer: status === 'completed' ? survey.choices[0] : undefined });
const count = Object.fromEntries(sql(`SELECT state, COUNT(*) FROM entry WHERE operation_id = ${running} GROUP BY state`));
r = await M.get(`/operations/${running}`);
const cell = (label) => r.body.match(new RegExp(`<th scope="row">${label}(?:<span.*?</span></span>)?</th><td class="num">(?:<strong>|<a [^>]*>)?([0-9,]+)`))?.[1];
same('totals by state equal a recount', { ready: cell('Never called yet'), held: cell('With a caller now'), waiting: cell('Come back later'),
    done: cell('Done'), removed: cell('Removed'), all: cell('All the list') },
    { ready: count.ready ?? '0', held: count.held ?? '0', waiting: count.waiting ?? '0', done: count.done ?? '0', removed: count.removed ?? '0', all: '10' });
same('totals by status equal a recount', [cell('No answer'), cell('Completed'), cell('Refused'), cell('Remove from call list'), cell('Call back'), cell('All calls')],
    ['2', '1', '1', '1', '1', h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${running}`)]);
same('the reasons sum to their states', sql(`SELECT state, reason, COUNT(*) FROM entry WHERE operation_id = ${running} AND state IN ('waiting', 'done', 'removed') GROUP BY state, reason`).length,
    (r.body.match(/<tr class="dash-why">/g) ?? []).length);
const clock = (body) => [...(body.match(/<table class="table dash-clock">.*?<\/table>/s)?.[0] ?? '').matchAll(/<th scope="row">([^<]*)<\/th><td class="num">(?:<strong>|<a href="([^"]*)">)?([0-9,]+)/g)]
    .map(([, words, href, n]) => [words, Number(n), href?.replaceAll('&amp;', '&')]);
same('the clock: who can be called now, who comes back when; together all still to be called', clock(r.body).map(([words, n]) => [words, n]),
    [['Can be called now', 3], ['Come back today, the first: 14:30', 3], ['Still to be called', 6]]);
// the list of exactly those people, by each number's link
const people = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const P = people.visitor(marie.cookies), lines = async (href) => ((await P.get(href)).body.match(/class="people-name"/g) ?? []).length;
for (const [words, n, href] of clock(r.body).slice(0, -1))
	same(`the number of "${words}" opens exactly those`, await lines(href), n);
const linked = [...r.body.matchAll(/<a href="(\/people\/list\/[^"]*)">([0-9,]+)<\/a>/g)].map(([, href, n]) => [href.replaceAll('&amp;', '&'), Number(n)]);
const opened = [];
for (const [href] of linked) opened.push([href, await lines(href)]);
same('and so does every other number', opened, linked);
ok('a list that is narrowed says so, with a way back', /Only:<\/?[^<]*<strong>|Only: <strong>Refused/.test((await P.get(`/people/list/${running}?state=done&why=refused`)).body));
r = await A.get(`/operations/${running}`);
ok('who is not its owner sees the numbers without links', clock(r.body).length === 3 && !r.body.includes('/people/list/'), r.body);
ok('chosen and detected statuses stand apart', r.body.includes('Choisis par les agents') && !r.body.includes('Détectés sur la ligne'));
r = await M.get(`/operations/${running}`);
/** Name, state, since when, calls, reached, calls an hour, answers; the order of the page. */
const floor = (body) => [...(body.match(/<table class="table table-cards floor">.*?<\/table>/s)?.[0] ?? '').matchAll(/<tr><th scope="row">([^<]*)<\/th>.*?<\/tr>/gs)]
    .map(([text, name]) => [name, text.match(/<span class="tag floor-(\w+)"/)[1], text.match(/since ([^<]*?) ?</)?.[1],
        ...[...text.matchAll(/data-label="[^"]*">(?:<span>)?([^<]*?) ?</g)].map((m) => m[1])]);
same('callers of today', floor(r.body), [['Léa', 'calling', '13:00', '6', '4', '–', '1']]);
ok('when more become callable', r.body.includes('3 people come back later, the first: 14:30.'), main(r.body).slice(0, 3000));
const noor = h.user(org, 'Noor', 'volunteer');
h.member(running, noor);
const N = agent.visitor(noor.cookies);
await N.get(page);
await N.post(`${page}/next`);
same('who is on their first call is there too', floor((await M.get(`/operations/${running}`)).body)[1], ['Noor', 'calling', '13:00', '0', '0', '–', '0']);
await N.get(page);
await N.post(`${page}/stop`, callForm((await N.get(page)).body));
sql(`INSERT INTO agent_break (operation_id, user_id, started_at) VALUES (${running}, ${lea.id}, ${NOON - 5 * MINUTE})`);
same('who has a person is with them, whatever else was pressed', floor((await M.get(`/operations/${running}`)).body)[0].slice(0, 2), ['Léa', 'calling']);
sql(`UPDATE hold SET user_id = 0 WHERE user_id = ${lea.id}`);
same('who is on a break, since when', floor((await M.get(`/operations/${running}`)).body).map((x) => x.slice(0, 3)), [['Léa', 'break', '12:55']]);
sql(`UPDATE hold SET user_id = ${lea.id} WHERE user_id = 0`);
sql(`DELETE FROM agent_break WHERE user_id = ${lea.id}`);
r = await M.get('/operations');
ok('the row says it too', row(r.body, 'Pointage Laval').includes('+3, the first: 14:30') && row(r.body, 'Pointage Laval').includes('66'), row(r.body, 'Pointage Laval'));
h.clock(NOON + 95 * MINUTE);
ok('a retry that is due counts as callable', /<strong>5<\/strong>/.test(row((await M.get('/operations')).body, 'Pointage Laval')), row((await M.get('/operations')).body, 'Pointage Laval'));
h.clock(NOON);

// --- calls are closed where somebody lives ---
sql(`INSERT INTO operation_zone VALUES (${fresh}, 1, 'America/Edmonton|America/Winnipeg'); UPDATE entry SET zone = 1 WHERE operation_id = ${fresh} LIMIT 1`);
h.clock(NOON - 3 * HOUR - 30 * MINUTE);
r = await M.get(`/operations/${fresh}`);
same('outside the hours of their own zone, they wait for its opening', clock(r.body).map(([words, n]) => [words, n]), [['Can be called now', 3],
    ['Outside hours in the zone of Edmonton, Winnipeg, calls open: 11:00', 1], ['Still to be called', 4]]);
same('and the number opens them', await lines(clock(r.body)[1][2]), 1);
h.clock(NOON);

// --- alarms ---
const alarms = (body) => [...body.matchAll(/<div class="dash-alarm"><p><strong>([^<]*)/g)].map(([, t]) => t);
same('few people are left for the caller on the line', alarms((await M.get(`/operations/${running}`)).body), ['The list is nearly empty: fewer than ten people for each caller.']);
h.clock(NOON + 40 * MINUTE);
same('after half an hour without a call', alarms((await M.get(`/operations/${running}`)).body), ['No call was saved for half an hour, and there are people to call.']);
same('who is not its owner is not alarmed', alarms((await A.get(`/operations/${running}`)).body), []);
h.clock(NOON);

// --- the report ---
const sumOf = (title) => (r.body.match(new RegExp(`<caption>${title}</caption>.*?</table>`, 's'))?.[0] ?? '').replace(/,/g, '');
const counts = (title) => [...sumOf(title).split('<tfoot>')[0].matchAll(/<\/th><td class="num">(\d+)<\/td><td class="num">(\d+)/g)].reduce(([c, d], [, a, b]) => [c + +a, d + +b], [0, 0]);
const total = (title) => [...sumOf(title).split('<tfoot>')[1].matchAll(/<strong>(\d+)/g)].map(([, n]) => +n);
const attempts = +h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${running}`);
r = await M.get(`/operations/${running}/report`);
for (const by of ['Calls by day', 'Calls by hour of the day', 'Calls by attempt'])
	same(`fact 126: ${by.replace('Calls', 'totals')} sum to the attempts`, [counts(by), total(by).slice(0, 2)], [[attempts, 4], [attempts, 4]]);
same('six kinds of outcome, which sum to the calls of their day', [...sumOf('Calls by day').split('<tfoot>')[0].matchAll(/<td class="num">(\d+)<\/td>/g)].map(([, n]) => +n).slice(2).reduce((a, b) => a + b, 0), attempts);
same('fact 126: totals by agent sum to the attempts', [counts('Calls by caller'), total('Calls by caller')], [[attempts, 4], [attempts, 4]]);
same('the rates: 6 people called, 4 reached, 1 completed, 1 refused', [...r.body.matchAll(/<td class="num strong">([^<]*)</g)].map(([, t]) => t), ['66.7%', '16.7%', '25.0%', '16.7%']);
r = await A.get(`/operations/${running}/report`);
ok('the report in French', r.body.includes('Taux de réponse (RR1)') && r.body.includes('16,7\u00a0%') && r.body.includes('24 novembre 2026'), main(r.body).slice(0, 1500));
const watcher = h.user(org, 'Olga', 'volunteer');
h.member(running, watcher, 'observer');
r = await area.visitor(watcher.cookies).get(`/operations/${running}/report`);
ok('an observer sees no caller\'s name', r.status === 200 && r.body.includes('Calls by day') && !r.body.includes('Léa') && !r.body.includes('Calls by caller'), r.body);
same('fact 7: an agent has no report', (await L.get(`/operations/${running}/report`)).status, 403);

// --- when it will be done ---
const half = Math.floor(NOON / 1800000000) - 4;
sql(`INSERT INTO call_tally VALUES (${closed}, ${half}, 1, 8, 0, 30, 1800), (${closed}, ${half}, 1, 16, 0, 20, 2400);
    INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (${closed}, 0, 8, 30), (${closed}, 0, 16, 20)`);
r = await M.get(`/operations/${running}`);
ok('six calls tell too little, and the page says so', r.body.includes('After about 30 calls') && r.body.includes('So far there are 6.'), r.body.match(/dash-forecast.*?<\/section>/s)?.[0]);
r = await M.get(`/operations/${closed}`);
ok('fifty calls tell when it is done, and how many callers it takes', /Likely done<\/dt><dd>today, about 1[4-9]:\d\d<.*Callers it takes to be done in time<\/dt><dd>1</s.test(r.body), r.body.match(/dash-forecast.*?<\/section>/s)?.[0]);
same('asked again while nothing happened: 304', (await M.get(`/operations/${closed}`, { HTTP_IF_NONE_MATCH: r.headers.etag })).status, 304);
ok('the row of the list says it too', row((await M.get('/operations')).body, 'Fermée').includes('likely done: today, about 1'), row((await M.get('/operations')).body, 'Fermée'));
ok('in French', /Fin probable<\/dt><dd>aujourd’hui, vers 1[4-9]\u00a0h(\u00a0\d\d)?</.test((await A.get(`/operations/${closed}`)).body), (await A.get(`/operations/${closed}`)).body.match(/dash-forecast.*?<\/section>/s)?.[0]);
ok('the report has the days to come', /<caption>People still to be called<\/caption>.*?24 November<\/th><td class="num">0</s.test((await M.get(`/operations/${closed}/report`)).body));
ok('an operation that has not begun or is over says nothing', !(await M.get(`/operations/${upcoming}`)).body.includes('dash-forecast') && !(await M.get(`/operations/${ended}`)).body.includes('dash-forecast'));

// --- pause, resume, archive ---
await M.get('/operations');
same('a form without the key changes nothing', [(await area.post(`/operations/${running}/pause`, {}, { HTTP_COOKIE: `tocsin=${marie.token}` })).status,
    h.one(`SELECT state FROM operation WHERE id = ${running}`)], [403, 'active']);
r = await M.get(`/operations/${running}/pause`);
same('a GET of a form\'s address changes nothing', [r.status, h.one(`SELECT state FROM operation WHERE id = ${running}`)], [303, 'active']);
r = await M.post(`/operations/${running}/pause`);
same('pause', [r.status, h.one(`SELECT state FROM operation WHERE id = ${running}`)], [303, 'paused']);
ok('a paused row offers to resume', menu(row((await M.get('/operations')).body, 'Pointage Laval')).includes(`/operations/${running}/resume`));
r = await M.post(`/operations/${running}/resume`);
same('resume', [r.status, h.one(`SELECT state FROM operation WHERE id = ${running}`)], [303, 'active']);
r = await M.post(`/operations/${paused}/archive`);
same('archive', [r.status, h.one(`SELECT state FROM operation WHERE id = ${paused}`)], [303, 'archived']);
same('each leaves a row in the log', sql(`SELECT verb FROM audit WHERE object = 'operation' ORDER BY id`).flat(), ['operation.pause', 'operation.resume', 'operation.archive']);
r = await M.get(`/operations/${draft}`);
same('a draft\'s numbers lead to the wizard', [r.status, r.headers.location], [303, `/wizard/${draft}/record`]);
r = await A.get('/operations');
ok('fact 129: in French', r.body.includes('Tableau de bord des appels') && r.body.includes('Hors des heures'), main(r.body).slice(0, 500));
await done();
