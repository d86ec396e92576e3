// pages.mjs - every page that the demo leads to: two widths, two languages, axe, no dead link. with-site --demo
//
// It starts at the dashboard and follows each kind of link once (/operations/12 and /operations/13 are one
// kind), so a new page is looked at without being listed here.
import { browser, demo, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'

const KINDS_MOST = 80
const said = demo()
const email = said.match(/\S+@\S+/)[0], password = said.match(/^\s*\S*(?:password|mot de passe)\S*\s+(\S+)/mi)[1]
const link = said.match(/http:\/\/\S+\/j\/\S+/)[0]
// Where a list begins and how it is sorted makes no other kind of page: sixteen of the same would be looked at.
const SAME_PAGE = new Set(['after', 'before', 'sort', 'down'])
const kind = (path) => {
	const keys = [...new URLSearchParams(path.split('?')[1]).keys()].filter((k) => !SAME_PAGE.has(k)).sort()
	return path.replace(/[?#].*/, '').replace(/\/\d+/g, '/:id').replace(/^\/j\/.*/, '/j/:word') + (keys.length ? '?' + keys.join('&') : '')
}

const b = await browser()
const seen = new Map()

// --- visitors: what is there before one signs in -------------------------------------------------------
for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await b.page({ width, lang })
		for (const [path, name] of [['/sign-in', 'sign-in'], [new URL(link).pathname, 'join'], ['/j/not-a-link', 'stopped-link'], ['/nothing-here', 'not-found']]) {
			await page.goto(url(path))
			await page.axe(name)
			await page.shot(name)
		}
		await page.context().close()
	}

// --- the organiser: every kind of page ---------------------------------------------------------------------
const walker = await b.page({ width: 1280, lang: 'fr' })
await walker.signIn(email, password)
await speak(walker, 'fr')
const queue = ['/operations', '/contacts', '/electors', '/surveys', '/imports', '/agent', '/profile']
while (queue.length && seen.size < KINDS_MOST) {
	const path = queue.shift()
	if (seen.has(kind(path)))
		continue
	seen.set(kind(path), path)
	const answer = await walker.goto(url(path)).catch((e) => ({ status: () => e.message, headers: () => ({}) }))
	if (/Download is starting/.test(String(answer.status())))
		continue
	if (!ok(`${kind(path)} answers`, answer.status() === 200, `${path}: ${answer.status()}`))
		continue
	if (!/text\/html/.test(answer.headers()['content-type'] || ''))
		continue
	for (const href of await walker.$$eval('a[href]', (as) => as.map((a) => a.getAttribute('href'))))
		if (/^\/(?!\/)/.test(href) && !/^\/(vendor|css|js|img)\//.test(href) && !/\.(csv|svg|png)$/.test(href.replace(/[?#].*/, '')))
			queue.push(href)
}
ok('the walk sees the whole site', seen.size >= 15 && seen.size < KINDS_MOST, [...seen.keys()].join(' '))
same('nothing is loaded from elsewhere, no script fails', walker.complaints.join('; '), '')

for (const lang of LANGS) {
	const page = await b.page({ width: 1280, lang })
	await page.context().addCookies(await walker.context().cookies())
	await speak(page, lang)
	for (const [k, path] of seen) {
		const answer = await page.goto(url(path)).catch(() => null)
		if (!answer || !/text\/html/.test(answer.headers()['content-type'] || ''))
			continue
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: width < 600 ? 844 : 900 })
			page.width = width
			const name = k.replace(/[^a-z]+/gi, '-').replace(/^-|-$/g, '') || 'home'
			await page.axe(k)
			await page.shot(name)
		}
	}
	await page.context().close()
}
await done()

// The person's own language, by the button that every page carries.
async function speak(page, lang) {
	await page.goto(url('/operations'))
	if (await page.evaluate(() => document.documentElement.lang.slice(0, 2)) !== lang) {
		await page.locator(`form[action="/language"] button[value="${lang}"]`).first().evaluate((button) => button.click())
		await page.waitForFunction((l) => document.documentElement.lang.slice(0, 2) === l, lang)
	}
	page.lang = lang
}
