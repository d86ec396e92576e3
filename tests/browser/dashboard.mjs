// dashboard.mjs - the Call Canvassing Dashboard and an operation's numbers at two widths in two languages, by
// mouse and by keyboard; an organisation on its first day. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql } from '../area/area.mjs'
import { DAY, HOUR, house, MINUTE, NOON } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
const b = await browser()

async function visitor(user, opt) {
	const page = await b.page(opt)
	await page.carry(user)
	return page
}

// --- the first day ---
const young = h.organisation('Toute jeune')
for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await visitor(h.user(young, 'Nadia', 'organiser', lang), { width, lang })
		await page.goto(url('/operations'))
		await page.axe('dashboard-first-day')
		await page.shot('dashboard-first-day')
	}

// --- operations in every state ---
const org = h.organisation('Campagne'), marie = h.user(org, 'Marie Gagnon', 'organiser', 'en')
const survey = h.survey(org)
const laval = h.operation(org, marie, { survey, name: 'Pointage Laval — November', source: 'elector', ends_at: '2026-12-02 20:00:00' })
const renewal = h.operation(org, marie, { survey, name: 'Membership renewal 2027', opens_at: '14:00:00', ends_at: '2027-01-15 20:00:00' })
h.operation(org, marie, { name: 'Get out the vote — advance poll', source: 'elector', starts_on: '2026-11-27' })
const draft = h.operation(org, marie, { name: 'Volunteers for the poll', state: 'draft', wizard_page: 7, finished_at: null })
h.operation(org, marie, { name: 'Pointage — October', source: 'elector', ends_at: '2026-10-31 20:00:00' })
const lea = h.user(org, 'Léa', 'volunteer'), sam = h.user(org, 'Sam', 'volunteer')
h.member(laval, lea); h.member(laval, sam)
h.people(org, laval, 30)
sql(`UPDATE queue_tally SET ready = 2931, held = 14, waiting = 1730, done = 4120, removed = 610 WHERE operation_id = ${laval} AND shard = 1;
	UPDATE queue_tally SET waiting = 180, done = 244, ready = 1610 WHERE operation_id = ${renewal} AND shard = 1;
	INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (${laval}, 1, 8, 2600), (${laval}, 1, 16, 1500), (${laval}, 1, 12, 1100),
		(${laval}, 1, 17, 300), (${laval}, 1, 10, 180), (${laval}, 1, 13, 90), (${renewal}, 1, 16, 110), (${renewal}, 1, 8, 140);
	INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at) VALUES (${laval}, ${lea.id}, '2026-11-24', 63, 21, ${NOON - 2 * MINUTE}),
		(${laval}, ${sam.id}, '2026-11-24', 41, 19, ${NOON - HOUR});
	UPDATE entry SET band = 2, state = 'waiting', due_at = ${NOON + 40 * MINUTE} + id WHERE operation_id = ${laval} LIMIT 12`)

for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${marie.id}`)
		const page = await visitor(marie, { width, lang })
		await page.goto(url('/operations'))
		await page.axe('dashboard')
		await page.shot('dashboard')
		await page.locator('.dash .menu summary').first().click()
		ok(`fact 3: the three-dot menu opens and holds Share (${lang}, ${width})`, await page.locator('.menu[open] a[href^="/share/"]').isVisible())
		await page.axe('dashboard-menu')
		await page.shot('dashboard-menu')
		await page.goto(url(`/operations/${laval}`))
		await page.axe('operation')
		await page.shot('operation')
		await page.goto(url(`/operations/${laval}/report`))
		await page.axe('report')
		await page.shot('report')
	}
sql(`UPDATE user SET language = 'en' WHERE id = ${marie.id}`)

// --- by keyboard: open the menu, pause, resume ---
const page = await visitor(marie, { width: 1280, lang: 'en' })
await page.goto(url('/operations'))
const row = page.locator('.dash tbody tr', { hasText: 'Pointage Laval' })
await row.locator('summary').focus()
await page.keyboard.press('Enter')
ok('by keyboard: the menu opens', await row.locator('a:has-text("Statistics")').isVisible())
await row.locator('button:has-text("Pause")').focus()
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
same('by keyboard: paused, and the row says so', [await row.locator('.state').innerText(), h.one(`SELECT state FROM operation WHERE id = ${laval}`)], ['Paused', 'paused'])
await row.locator('summary').click()
await Promise.all([page.waitForNavigation(), row.locator('button:has-text("Resume")').click()])
same('and resumed', await row.locator('.state').innerText(), 'Running')
sql(`UPDATE queue_tally SET done = done + 7 WHERE operation_id = ${laval} AND shard = 1`)
await page.evaluate(() => document.activeElement.blur())
await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
await page.waitForFunction(() => /4,127 done/.test(document.querySelector('#live').innerText))
ok('numbers move without a reload', true)
await page.fill('#q', 'renewal')
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
same('the search finds one row', await page.locator('.dash tbody tr').count(), 1)
await page.goto(url('/operations'))
await Promise.all([page.waitForNavigation(), page.click('button:has-text("Create an operation")')])
ok('fact 2: "Create an operation" starts the wizard at the version page', /^\/wizard\/\d+\/version$/.test(new URL(page.url()).pathname), page.url())
await page.goto(url('/operations'))
await Promise.all([page.waitForNavigation(), page.locator('.dash tbody tr', { hasText: 'Volunteers' }).locator('a:has-text("Continue")').click()])
ok('fact 8: a draft goes on where it was left', new URL(page.url()).pathname.startsWith(`/wizard/${draft}/`), page.url())
await page.goto(url('/operations'))
const lost = page.locator('.dash tbody tr', { hasText: 'Volunteers' })
await lost.locator('.dash-discard summary').click()
ok('fact 8: discarding asks once more', h.one(`SELECT COUNT(*) FROM operation WHERE id = ${draft}`) === '1' && await lost.locator('.dash-discard button').isVisible())
await Promise.all([page.waitForNavigation(), lost.locator('.dash-discard button').click()])
same('fact 8: and then the draft is gone', [await lost.count(), h.one(`SELECT COUNT(*) FROM operation WHERE id = ${draft}`)], [0, '0'])
await done()
