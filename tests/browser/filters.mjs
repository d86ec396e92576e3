// filters.mjs - filters of the people pages in Chromium (tests/with-site --demo): the list follows what is typed, conditions
// are built with and without JavaScript, at both widths and in both languages, and what axe says of it.
import { WIDTHS, LANGS, browser, demo, done, ok, same, url } from './site.mjs'

const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
// a page that loads: the address that follows what is typed is a navigation too, and may come in between
const go = (page, act) => Promise.all([page.waitForEvent('load'), act()])

async function signIn(width, lang, javaScript = true) {
	const page = await b.page({ width, lang, javaScript })
	await page.signIn(email, password, lang)
	return page
}
const people = (page) => page.locator('.people-name').count()
async function add(page, group, field) {
	if (!await page.locator(`#new-${group}`).isVisible())
		await page.click('.people-builder > summary')
	await page.selectOption(`#new-${group}`, field)
	await go(page, () => page.click(`button[name="add"][value="${group}"]`))
}

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await signIn(width, lang)
		await page.goto(url('/contacts'))
		await add(page, 1, 'city')
		await page.fill('#v-1-1', 'Laval')
		await add(page, 1, 'last_call')
		await add(page, 2, 'last_status')
		await add(page, 2, 'tags')
		await page.axe('filters')
		await page.shot('people-filters')
		same('both values are there only for “between”', [await page.locator('#v-2-2').isVisible(),
		    await page.selectOption('#o-2', 'between').then(() => page.locator('#v-2-2').isVisible())], [false, true])
		await page.goto(url('/contacts?f.1=birth_date&o.1=lt&v.1='))
		await page.axe('filters-unfinished')
		await page.context().close()
	}

// what is typed is followed, and a screen reader hears how many there are
const page = await signIn(1280, 'en')
await page.goto(url('/contacts'))
const everybody = await page.textContent('#count')
await page.evaluate(() => { window.same = document.getElementById('count') })
await page.locator('#q').pressSequentially('trembl', { delay: 20 })
await page.waitForFunction((words) => document.getElementById('count').textContent !== words, everybody, { timeout: 5000 })
ok('fact 123: the list follows the search while one types', (await page.locator('.people-name').allTextContents()).every((t) => /trembl/i.test(t)))
ok('the count is the same element, so its change is told', await page.evaluate(() => window.same === document.getElementById('count')))
ok('the address follows, for coming back', page.url().endsWith('/contacts?q=trembl'), page.url())
await page.fill('#q', 'zzzzzz')
await page.waitForFunction(() => !document.querySelector('.people-name'), null, { timeout: 5000 })
ok('nobody found says what to do', (await page.textContent('#found')).includes('Try fewer letters'))
await page.fill('#q', '')
await page.waitForFunction((words) => document.getElementById('count').textContent === words, everybody, { timeout: 5000 })
ok('and back to everybody', await people(page) > 5)

// a filter saved here is loaded by a click
await page.goto(url('/contacts?f.1=city&o.1=not_empty&f.2=phone&o.2=not_empty'))
await page.fill('#filter_name', 'Reachable')
await go(page, () => page.click('.people-keep button'))
await page.click('.people-kept > summary')
same('the saved filter is the one shown', await page.textContent('.people-kept a[aria-current]'), 'Reachable')

// without JavaScript, on a phone
const plain = await signIn(390, 'en', false)
await plain.goto(url('/contacts'))
const all = await people(plain)
await add(plain, 1, 'city')
await plain.selectOption('#o-1', 'is')
await plain.fill('#v-1-1', 'no such city')
await go(plain, () => plain.click('.people-builder .btn-primary'))
same('a condition works without JavaScript', [all > 5, await people(plain)], [true, 0])
await go(plain, () => plain.click('button[name="drop"]'))
same('and is taken away', await people(plain), all)
await done()
