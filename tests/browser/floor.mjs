// floor.mjs - the calling floor of an operation, a turn sent back, and the page for the wall: at two widths in two languages, and
// the wall as a television shows it, with and without a script. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql } from '../area/area.mjs'
import { house, MINUTE, NOON } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
const b = await browser()
async function as(user, opt) {
	const page = await b.page(opt)
	await page.carry(user)
	return page
}

const org = h.organisation('Campagne'), marie = h.user(org, 'Marie Gagnon', 'organiser', 'en'), survey = h.survey(org)
const op = h.operation(org, marie, { survey, name: 'Pointage Laval — November', ends_at: '2026-12-02 20:00:00' })
const names = ['Léa Tremblay', 'Sam Roy', 'Noor Haddad', 'Zoé Lavoie-Desrochers', 'Olivier Côté', 'Ana', 'Jean-Baptiste Archambault']
const [lea, sam, noor, zoe, olivier, ana, jb] = names.map((name) => h.user(org, name))
for (const who of [lea, sam, noor, zoe, olivier, ana, jb])
	h.member(op, who)
const people = h.people(org, op, 40)
const hold = (who, i, at) => sql(`INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)
	SELECT ${who.id}, ${op}, id, person_id, e164, ${at}, ${at + 45 * MINUTE}, state, band, due_at FROM entry WHERE id = ${people[i].entry};
	UPDATE entry SET state = 'held', band = 8, due_at = ${at} WHERE id = ${people[i].entry};
	UPDATE queue_tally SET ready = ready - 1, held = held + 1 WHERE operation_id = ${op} AND shard = 0`)
hold(lea, 0, NOON - 3 * MINUTE); hold(sam, 1, NOON - 25 * MINUTE); hold(jb, 2, NOON - MINUTE)
const day = (who, calls, reached, first, last) => sql(`INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, first_at, last_at)
	VALUES (${op}, ${who.id}, '2026-11-24', ${calls}, ${reached}, ${NOON - first * MINUTE}, ${NOON - last * MINUTE})`)
day(lea, 63, 21, 230, 3); day(sam, 31, 14, 210, 26); day(noor, 44, 12, 190, 5); day(zoe, 70, 30, 180, 17); day(olivier, 12, 6, 200, 125); day(ana, 1, 1, 4, 2)
sql(`INSERT INTO call_draft (user_id, operation_id, entry_id, claimed_at, survey_version_id, talking, shown_id, started_at)
		VALUES (${jb.id}, ${op}, ${people[2].entry}, ${NOON - MINUTE}, ${survey.version}, TRUE, 0, ${NOON - 40e6});
	INSERT INTO agent_break (operation_id, user_id, started_at) VALUES (${op}, ${zoe.id}, ${NOON - 16 * MINUTE});
	INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts) VALUES (${op}, ${survey.question}, ${survey.choices[0]}, ${lea.id}, 18, 18),
		(${op}, ${survey.question}, ${survey.choices[1]}, ${zoe.id}, 204, 204), (${op}, ${survey.question}, ${survey.choices[1]}, ${sam.id}, 11, 11);
	UPDATE queue_tally SET ready = 2931, waiting = 1730, done = 4120, removed = 610 WHERE operation_id = ${op} AND shard = 1`)

for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${marie.id}`)
		const page = await as(marie, { width, lang })
		await page.clock.setFixedTime(NOON / 1000)	// the site's clock stands, and its web server's does not
		await page.goto(url(`/operations/${op}`))
		await page.axe('floor')
		await page.shot('floor')
		await page.locator('a[href*="/back?"]').nth(1).click()
		await page.axe('floor-back')
		await page.shot('floor-back')
	}
sql(`UPDATE user SET language = 'en' WHERE id = ${marie.id}`)

// --- live: how long it lasts, and who does what, without a reload ---
const page = await as(marie, { lang: 'en' })
await page.clock.setFixedTime(NOON / 1000 + 2000)
await page.goto(url(`/operations/${op}`))
const row = (name) => page.locator('.floor tbody tr', { hasText: name })
same('each with what they do now', await Promise.all(names.map((name) => row(name).locator('.tag').innerText())),
	['calling', 'calling', 'between two calls', 'on a break', 'gone', 'between two calls', 'talking'])
ok('how long stands beside since when, and goes on', /since 12:57\s+3:0\d/.test(await row('Léa').innerText()), await row('Léa').innerText())
sql(`UPDATE agent_break SET ended_at = ${NOON} WHERE user_id = ${zoe.id}`)
await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
await page.waitForFunction(() => /Zoé[^]*?between two calls/.test(document.querySelector('.floor').innerText))
ok('a break that ends shows without a reload', true)

// --- a turn sent back, by keyboard ---
await row('Sam').locator('a').focus()
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
ok('the page asks first', /Sam Roy has had a person on their page since 12:35/.test(await page.locator('main').innerText()))
await page.locator('button:has-text("Send back")').focus()
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
ok('sent back, and the page says so', /back on the list/.test(await page.locator('[role=status]').innerText()))
same('nobody has that person, and Sam is no longer calling', [h.one(`SELECT COUNT(*) FROM hold WHERE user_id = ${sam.id}`), await row('Sam').locator('.tag').innerText()], ['0', 'gone'])

// --- the wall: made, shown on a television ---
await page.locator('button:has-text("Make the page")').click()
await page.waitForSelector('.wall-address a')
await page.axe('floor-wall-card')
await page.shot('floor-wall-card')
const wall = await page.locator('.wall-address a').getAttribute('href')
for (const lang of LANGS)
	for (const width of WIDTHS) {
		const tv = await b.page({ width, lang })
		if (width > 600)
			await tv.setViewportSize({ width: 1920, height: 1080 })
		await tv.goto(`${wall}?lang=${lang}&live=1`)
		await tv.axe('wall')
		await tv.shot('wall')
		if (width < 600)
			continue
		// of a letter's height 0.72 of the size: at 1920 dots for a metre, 6 m ask for 2 cm
		const size = (selector) => tv.evaluate((s) => parseFloat(getComputedStyle(document.querySelector(s)).fontSize) * 0.72 / 19.2, selector)
		ok(`read from six metres: words 2 cm, numbers 5 cm and more (${lang})`, await size('.wall td') >= 5 && await size('.wall th') >= 2 && await size('.wall-thanks') >= 2 &&
			await size('.wall-progress') >= 2, [await size('.wall td'), await size('.wall th')].join())
		same(`nothing runs out of the screen (${lang})`, await tv.evaluate(() => [document.documentElement.scrollWidth <= innerWidth, document.documentElement.scrollHeight <= innerHeight]), [true, true])
	}

const tv = await b.page({ lang: 'en' })
await tv.setViewportSize({ width: 1920, height: 1080 })
await tv.goto(wall)
await tv.waitForURL(/live=1/)
const first = await tv.locator('td').first().innerText()
same('a stranger with the address sees the day', first, '221')
sql(`UPDATE agent_tally SET calls = calls + 1 WHERE user_id = ${lea.id}`)
h.clock(NOON + MINUTE)
let loads = 0
tv.on('framenavigated', () => loads++)
await tv.waitForFunction(() => document.querySelector('td').innerText === '222', null, { timeout: 15000 })
same('numbers move without a reload', loads, 0)

const old = await b.page({ lang: 'en', javaScript: false })
const answer = await old.goto(wall)
same('without a script the browser is told to load it anew', [answer.headers().refresh, await old.locator('td').first().innerText()], ['15', '222'])
await page.goto(url(`/operations/${op}`))
await Promise.all([page.waitForNavigation(), page.locator('button:has-text("Stop showing it")').click()])
same('ended: nothing at its address', (await old.goto(wall)).status(), 404)
await tv.waitForFunction(() => !document.querySelector('.wall'), null, { timeout: 15000 })
ok('and the screen that shows it shows it no more', /nothing at this address|rien à cette adresse/i.test(await tv.locator('body').innerText()), await tv.locator('body').innerText())
const codes = await Promise.all([...Array(150)].map(() => fetch(wall).then((r) => r.status)))
ok('who guesses addresses is slowed down', codes.filter((c) => c === 429).length >= 60 && codes.includes(404), codes.filter((c) => c === 429).length)
await done()
