// import.mjs - importing a file and loading a list, in Chromium at both widths and in both languages
// (tests/with-site --demo): what an organiser sees, what axe says, and the same without JavaScript.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WIDTHS, LANGS, browser, demo, done, ok, same, url } from './site.mjs'

const data = (name) => join(dirname(fileURLToPath(import.meta.url)), '..', 'data', name)
const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
const go = (page, act) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])

async function signIn(width, lang, javaScript = true) {
	const page = await b.page({ width, lang, javaScript })
	await page.signIn(email, password, lang)
	return page
}
async function upload(page, kind, file) {
	await page.goto(url('/imports'))
	await page.check(`input[name="kind"][value="${kind}"]`, { force: true })
	await page.setInputFiles('#file', file)
	await go(page, () => page.click('form[action="/imports"] button.btn-primary'))
}
const finished = (page, ms = 60000) => page.waitForSelector('a.btn-primary[href="/contacts"], a.btn-primary[href="/electors"]', { timeout: ms })

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await signIn(width, lang)
		await page.goto(url('/contacts'))
		await page.axe('contacts')
		await page.shot('people-contacts')
		await go(page, () => page.locator('.people-name').first().click())
		await page.axe('record')
		await page.shot('people-record')
		await page.goto(url('/imports'))
		await page.axe('imports')
		await page.shot('import-list')
		await upload(page, 'contact', data('contacts-1252.csv'))
		await page.axe('columns')
		await page.shot('import-columns')
		if (width === 1280 && lang === 'fr') {
			await page.selectOption('select[name="column.4"]', 'phone_home')
			await go(page, () => page.click('button[value="start"]'))
			ok('two columns to one field: both say so, the page stands', await page.locator('.wrong').count() >= 2)
			await page.axe('columns refused')
			await page.shot('import-columns-refused')
			await page.selectOption('select[name="column.4"]', 'phone_cell')
		}
		// held at 40 % while it is looked at: the worker is faster than axe
		await page.route('**/progress', (route) => route.fulfill({ json: { state: 'running', words: '…', percent: 40, read: '1,212', refused: '0' } }))
		await go(page, () => page.click('button[value="start"]'))
		if (await page.locator('progress').count()) {
			await page.waitForFunction(() => document.querySelector('progress')?.value === 40)
			await page.axe('running')
			await page.shot('import-running')
		}
		await page.unroute('**/progress')
		await finished(page)
		ok(`fact 131: the page of ${width} ${lang} follows to the result by itself`, await page.locator('a[href$="refused.csv"]').count() === 1)
		await page.axe('result')
		await page.shot('import-result')
	}

const page = await signIn(1280, 'fr')
await upload(page, 'elector', data('electors-utf8bom.csv'))
await go(page, () => page.click('button[value="start"]'))
await finished(page)
await page.goto(url('/electors?q=benoit'))
await page.axe('electors')
await page.shot('people-electors')
ok('fact 130: electors are found without accents', await page.locator('.people-name').count() > 0)

// the download, as a browser gets it
const file = await page.context().request.get(url('/imports/1/refused.csv'))
ok('the refused rows come as a file', file.status() === 200 && (await file.text()).includes('Ligne;'), file.status())

// the filter, and its result into the demo's operation
await page.goto(url('/operations'))
const id = (await page.content()).match(/\/operations\/(\d+)/)[1]
await page.goto(url(`/contacts?operation=${id}`))
await page.fill('#q', 'mercier')
await go(page, () => page.press('#q', 'Enter'))
await page.axe('banner')
await page.shot('people-load-banner')
await go(page, () => page.click('form[action="/people/load"] button'))
await page.waitForSelector('.notice-good', { timeout: 30000 })
await page.axe('loaded')
await page.shot('people-loaded')

// the same without JavaScript, on a phone
const plain = await signIn(390, 'en', false)
await upload(plain, 'contact', { name: 'small.csv', mimeType: 'text/csv', buffer: Buffer.from('Last name,First name,Phone\nBlue,Ann,514-555-0199\nRed,Bob,none\n') })
await go(plain, () => plain.click('button[value="start"]'))
await finished(plain)
ok('an import works without JavaScript', (await plain.textContent('main')).includes('Red'))
await plain.goto(url('/contacts?q=blue'))
same('and its people are found', await plain.locator('.people-name').count(), 1)
await done()
