// export.mjs - the export pages and the tokens in Chromium (tests/with-site --demo): asked for from the dashboard's menu and from the
// people page, made, fetched; both widths, both languages, what axe says of it; without JavaScript.
import { readFileSync } from 'node:fs'
import { WIDTHS, LANGS, browser, demo, done, ok, same, url } from './site.mjs'

const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
const go = (page, act) => Promise.all([page.waitForEvent('load'), act()])

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await b.page({ width, lang })
		const name = (what) => `${what}, ${width} px, ${lang}`
		await page.signIn(email, password, lang)

		await page.goto(url('/operations'))
		// the operation in which calls have been made: somebody was reached
		const row = page.locator('tr', { has: page.locator('a[href^="/exports?what=calls"]') }).filter({ has: page.locator('.dash-reached', { hasText: '%' }) }).first()
		await row.locator('details.menu > summary').click()
		await go(page, () => row.locator('a[href^="/exports?what=calls"]').click())
		ok(name('the menu leads to the calls of the operation'), await page.isChecked('[value="calls"]') && await page.inputValue('#operation') !== '0')
		ok(name('only the fields of that choice are shown'), await page.isVisible('#from') && !await page.isVisible('#import'))
		await page.axe(`export-${width}-${lang}`)
		await page.shot('export')
		await page.click('.choice:has([value="contacts"])')
		ok(name('people need no days'), !await page.isVisible('#from'))
		await page.click('.choice:has([value="calls"])')
		await go(page, () => page.click('.export-form .btn-primary'))
		await page.waitForSelector('form[action$="/file"]', { timeout: 30000 })
		await page.axe(`export-ready-${width}-${lang}`)
		await page.shot('export-ready')
		const [download] = await Promise.all([page.waitForEvent('download'), page.click('form[action$="/file"] button')])
		const text = readFileSync(await download.path(), 'utf8')
		ok(name('fact 127: the file is saved, with mark and accents'), text.startsWith('\ufeff') && /é/.test(text) && /\.csv$/.test(download.suggestedFilename()), text.slice(0, 200))

		await page.goto(url('/contacts?city=Laval'))
		await go(page, () => page.click('form[action="/exports"] button'))
		ok(name('the people page brings its filter'), await page.inputValue('[name="filter"]') === 'city=Laval' && await page.isChecked('[value="contacts"]'))
		await page.shot('export-people')

		await page.goto(url('/profile'))
		await go(page, () => page.click('a[href="/profile/tokens"]'))
		await page.fill('#token_name', 'Site')
		await page.check('[name="scope"][value="numbers"]')
		await go(page, () => page.click('button.btn-primary'))
		ok(name('a token is shown'), /^tocsin_/.test(await page.locator('section.card-tint input').inputValue()))
		await page.axe(`tokens-${width}-${lang}`)
		await page.shot('tokens')
	}

const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.signIn(email, password)
await plain.goto(url('/exports'))
await plain.check('[value="electors"]', { force: true })
await plain.check('[value="xlsx"]', { force: true })
await go(plain, () => plain.click('.export-form .btn-primary'))
await plain.waitForSelector('form[action$="/file"]', { timeout: 30000 })
ok('without JavaScript the page comes to the file by itself', true)
same('the description of the API is served', (await (await fetch(url('/api/v1/openapi.json'))).json()).openapi, '3.1.0')
await done()
