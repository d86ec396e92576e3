// import_more.mjs - what comes after an import, in Chromium (tests/with-site --demo): values that differ are decided, an own field is a
// column, an import is undone; at both widths and in both languages, with and without JavaScript, and what axe says of it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WIDTHS, LANGS, browser, demo, done, ok, same, url } from './site.mjs'

const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
const go = (page, act) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])
const text = (page) => page.locator('main').innerText()

async function signIn(width, lang, javaScript = true) {
	const page = await b.page({ width, lang, javaScript })
	await page.signIn(email, password, lang)
	// axe waits for timers, which do not run without JavaScript
	if (!javaScript)
		page.axe = async () => {}
	return page
}
async function upload(page, name, content) {
	const file = join(process.env.TOCSIN_TEST_DIR, name)
	writeFileSync(file, content)
	await page.goto(url('/imports'))
	await page.check('input[name="kind"][value="contact"]', { force: true })
	await page.setInputFiles('#file', file)
	await go(page, () => page.click('form[action="/imports"] button.btn-primary'))
}
// A page that follows by itself, or is loaded again without JavaScript.
async function finished(page, javaScript) {
	for (let i = 0; i < 120; i++) {
		if (await page.locator('#numbers, #undone').count())
			return
		await page.waitForTimeout(500)
		if (!javaScript)
			await page.reload()
	}
	throw new Error('the import did not end')
}

const p = await signIn(1280, 'en')
await p.goto(url('/people/fields'))
await p.locator('form:has(input[name="own_name"])').first().locator('input[name="own_name"]').fill('Team')
await go(p, () => p.locator('form:has(input[name="own_name"])').first().locator('button').click())

let round = 0
for (const lang of LANGS)
	for (const width of WIDTHS) {
		const javaScript = !(lang === 'en' && width === 390), page = await signIn(width, lang, javaScript), n = ++round
		const people = ['Un', 'Deux'].map((last, i) => `Z${n}${i};${last};Ann;ann${n}${i}@example.org;North`)
		await upload(page, `first-${n}.csv`, `No dossier;Nom;Prénom;Courriel;Team\n${people.join('\n')}\n`)
		await page.axe('columns-own')
		if (n < 3)
			await page.shot('import-columns-own')
		ok(`a column of an own field is known by its name (${width}, ${lang})`, /^own_text-/.test(await page.locator('select[name="column.4"]').inputValue()))
		await page.check('input[name="rule"][value="correct"]', { force: true })
		await go(page, () => page.click('button[value="start"]'))
		await finished(page, javaScript)
		await upload(page, `again-${n}.csv`, `No dossier;Nom;Prénom;Courriel;Team\nZ${n}0;Un;Ann;new${n}@example.org;South\nZ${n}1;Deux;Ann;ann${n}1@example.org;North\nZ${n}2;Trois;Luc;;East\n`)
		await page.check('input[name="rule"][value="ask"]', { force: true })
		await go(page, () => page.click('button[value="start"]'))
		await finished(page, javaScript)
		const here = page.url()
		await page.axe('result-conflicts')
		await go(page, () => page.click('a[href$="/conflicts"]'))
		await page.axe('conflicts')
		await page.shot('import-conflicts')
		ok(`both values are shown, an own field too (${width}, ${lang})`, (await text(page)).includes(`new${n}@example.org`) && (await text(page)).includes('Team') && (await text(page)).includes('South'), await text(page))
		await page.locator('input[type="radio"][value="take"]').first().check()
		await go(page, () => page.click('button[value="decide"]'))
		same(`one of two is decided (${width}, ${lang})`, await page.locator('input[value="take"]').count(), 1)
		await go(page, () => page.click('button[value="keep_all"]'))
		await page.axe('conflicts-none')
		await page.goto(here)
		ok(`until when it may be undone is told in words (${width}, ${lang})`, /\d+(er)? \p{L}+ 20\d\d, /u.test(await page.locator('section:has(#undo)').innerText()), await text(page))
		await page.shot('import-result-undo')
		await page.check('input[name="sure"]')
		await go(page, () => page.click('button[value="undo"]'))
		for (let i = 0; i < 120 && !await page.locator('#undone').count(); i++) {
			await page.waitForTimeout(500)
			await page.goto(here)
		}
		await page.axe('undone')
		await page.shot('import-undone')
		same(`undone: who was added is gone (${width}, ${lang})`, (await page.goto(url('/contacts?q=Trois')), await page.locator('.people-name').filter({ hasText: 'Luc' }).count()), 0)
		await page.context().close()
	}
await done()
