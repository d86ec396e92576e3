// report.mjs - an operation's plots and forecast: drawn from the tables, nothing refused by the policy, on paper, and without
// JavaScript the tables alone. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql } from '../area/area.mjs'
import { DAY, house, NOON } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
const b = await browser()
const org = h.organisation('Campagne'), marie = h.user(org, 'Marie Gagnon', 'organiser', 'en'), lea = h.user(org, 'Léa', 'volunteer')
const op = h.operation(org, marie, { name: 'Pointage Laval', source: 'elector', starts_on: '2026-11-14', ends_at: '2026-12-12 21:00:00' })
const young = h.operation(org, marie, { name: 'Toute jeune' })
h.member(op, lea)
h.people(org, op, 30)
h.people(org, young, 30)

// Ten days of calls, noon to nine in the evening; more are reached in the evening, fewer at every further call.
const HALF = 30 * 60 * 1000000
const rows = []
for (let day = 10; day >= 1; day--)
	for (let half = 0; half < 18; half++)
		for (let number = 1; number <= 4; number++) {
			const calls = Math.round(14 * (1 + half / 18) * (1 - day / 40) / number ** 1.5), reached = Math.round(calls * (0.3 + half / 60) / number ** 0.3)
			const completed = Math.round(reached * 0.6), refused = Math.round(reached * 0.2), voicemail = Math.round((calls - reached) * 0.3)
			const wrong = Math.round((calls - reached) * 0.05)
			const half_hour = Math.floor((NOON - day * DAY - 3600000000) / HALF) + half
			for (const [status, n] of [[16, completed], [17, refused], [10, reached - completed - refused], [12, voicemail], [8, calls - reached - voicemail - wrong], [13, wrong]])
				rows.push(`(${op}, ${half_hour}, ${number}, ${status}, 0, ${n}, ${n * 120})`)
		}
sql(`INSERT INTO call_tally VALUES ${rows}`)
const [calls, reached] = sql(`SELECT SUM(calls), SUM(IF(status IN (16, 17, 10), calls, 0)) FROM call_tally`)[0].map(Number)
sql(`INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (${op}, 1, 8, ${calls - reached}), (${op}, 1, 16, ${reached});
	UPDATE queue_tally SET ready = 4200, waiting = 900, done = 2600 WHERE operation_id = ${op} AND shard = 1`)

async function visitor(opt) {
	sql(`UPDATE user SET language = '${opt.lang}' WHERE id = ${marie.id}`)
	const page = await b.page(opt)
	await page.carry(marie)
	return page
}
/** Colours of a canvas that are not one and the same. */
const drawn = (page) => page.$$eval('.plot canvas', (all) => all.map((c) => new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size > 5))

for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await visitor({ width, lang })
		const said = []
		page.on('console', (m) => said.push(m.text()))
		await page.goto(url(`/operations/${op}/report`))
		await page.waitForFunction(() => document.querySelectorAll('.plot canvas').length === 5)
		same(`five plots are drawn (${lang}, ${width})`, await drawn(page), [true, true, true, true, true])
		same(`the console is clean (${lang}, ${width})`, said, [])
		await page.axe('report-plots')
		await page.shot('report-plots')
		await page.emulateMedia({ media: 'print' })
		await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
		ok(`on paper plots and tables are there (${lang}, ${width})`, (await drawn(page)).every(Boolean) && await page.locator('caption').count() >= 5 &&
		    await page.$$eval('.plot canvas', (all) => all.every((c) => c.getBoundingClientRect().width <= 650)))
		await page.shot('report-paper')
		await page.emulateMedia({ media: 'screen' })
		await page.goto(url(`/operations/${op}`))
		await page.axe('operation-forecast')
		await page.shot('operation-forecast')
		await page.goto(url('/operations'))
		await page.axe('dashboard-forecast')
		await page.shot('dashboard-forecast')
		await page.context().close()
	}

const page = await visitor({ width: 1280, lang: 'en' })
await page.goto(url(`/operations/${op}`))
const card = page.locator('.dash-forecast')
ok('the page says when, between which days, and how many callers it takes', /Likely done\s+\S/.test(await card.innerText()) && /Eight times out of ten\s+\S.*\u00a0\u2013 /.test(await card.innerText()) &&
    /Callers it takes to be done in time\s+\d+/.test(await card.innerText()), await card.innerText())
const before = await card.innerText()
sql(`UPDATE queue_tally SET ready = 150, done = 6650 WHERE operation_id = ${op} AND shard = 1`)
await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
await page.waitForFunction((was) => document.querySelector('.dash-forecast').innerText !== was, before)
ok('it moves with the numbers, without a reload', true)
await page.goto(url(`/operations/${young}`))
ok('without calls it says that it knows too little, and from when on it will know', /After about 30 calls/.test(await card.innerText()), await card.innerText())
await page.goto(url(`/operations/${young}/report`))
same('a report without calls has no plot and no error', [await page.locator('canvas').count(), page.complaints], [0, []])

const plain = await visitor({ width: 1280, lang: 'fr', javaScript: false })
await plain.goto(url(`/operations/${op}/report`))
same('without JavaScript: the tables, and no empty frame', [await plain.locator('table').count() >= 6, await plain.locator('canvas').count(), await plain.locator('.plot:visible').count()], [true, 0, 0])
await done()
