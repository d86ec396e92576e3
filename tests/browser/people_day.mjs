// people_day.mjs - a polling day in Chromium (tests/with-site --demo): who has voted, do not call, an operation's call list, two
// records that become one; at both widths and in both languages, by keyboard, and what axe says of it.
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
	// axe waits for timers, which do not run without JavaScript
	if (!javaScript)
		page.axe = async () => {}
	return page
}
const text = (page) => page.locator('main').innerText()

const first = await signIn(1280, 'en')
await first.goto(url('/imports'))
await first.check('input[name="kind"][value="elector"]', { force: true })
await first.setInputFiles('#file', data('electors-utf8bom.csv'))
await go(first, () => first.click('form[action="/imports"] button.btn-primary'))
await go(first, () => first.click('button[value="start"]'))
await first.waitForSelector('a.btn-primary[href="/electors"]', { timeout: 60000 })

// --- who has voted: the keyboard page ---
await first.goto(url('/people/voted'))
await first.keyboard.type('51')
await first.keyboard.press('Tab')
await first.keyboard.press('Tab')
await first.keyboard.type('1-3 9999')
await go(first, () => first.keyboard.press('Enter'))
ok('a sheet is marked by the keyboard alone, and what is nobody\'s is told', /Not found\s*1/.test(await text(first)) && (await text(first)).includes('nobody has it'), await text(first))
ok('the next sheet of the same section goes on at the numbers', await first.evaluate(() => document.activeElement.id === 'numbers' && document.getElementById('section').value === '51'))
await first.fill('#numbers', '4')
await go(first, () => first.keyboard.press('Enter'))
await go(first, () => first.click('form[action="/people/voted/undo"] button'))
ok('domain.md 5.9: taken back by a click', (await text(first)).includes('these marks no longer count'), await text(first))
ok('days are words', /\d+ [A-Z][a-z]+ 20\d\d, \d+:\d\d/.test(await text(first)) && !/20\d\d-\d\d-\d\d/.test(await text(first)), await text(first))

// --- do not call ---
await first.goto(url('/people/do-not-call'))
await first.fill('#tel', '514 555-0177')
await first.fill('#reason', 'wrote <us>')
await go(first, () => first.click('form[action="/people/do-not-call"] button.btn-primary'))
ok('fact 134: a number is on the list until a day that is told in words', (await text(first)).includes('514 555-0177') && /\d+ [A-Z][a-z]+ 20\d\d/.test(await text(first)), await text(first))
await first.fill('#pasted', '438 555-0178;2026-01-05;letter\nnonsense\n')
await go(first, () => first.click('form[action="/people/do-not-call/file"] button'))
ok('pasted lines are taken, the others told', (await text(first)).includes('Not a number') && (await text(first)).includes('nonsense'), await text(first))

await first.goto(url('/people/do-not-call'))
await first.setInputFiles('form[action="/people/do-not-call/file"] input[type="file"]', { name: 'long.csv', mimeType: 'text/csv',
	buffer: Buffer.from('438 555-0179;2026-01-05;a letter that came by mail\n'.repeat(9000)) })
await go(first, () => first.click('form[action="/people/do-not-call/file"] button'))
ok('a file of half a megabyte comes through the site', (await text(first)).includes('438 555-0179'), (await text(first)).slice(0, 400))

// --- an operation's call list ---
await first.goto(url('/operations'))
await go(first, () => first.locator('tr', { has: first.locator('.dash-reached', { hasText: '%' }) }).locator('a[href^="/operations/"]').first().click())
const op = first.url().match(/operations\/(\d+)/)[1]
await first.goto(url(`/people/list/${op}?state=ready`))
const name = await first.locator('.people-name').first().innerText()
await go(first, () => first.locator('.people-name').first().click())
await go(first, () => first.click('input[name="act"][value="remove"] ~ .actions button'))
ok('taken off the list', (await text(first)).includes('Put back on the list'), await text(first))
await go(first, () => first.click('input[name="act"][value="reopen"] ~ .actions button'))
ok('domain.md 5.15: and put back', (await text(first)).includes('Take off this list'), await text(first))
await first.goto(url(`/people/list/${op}?state=done`))
await go(first, () => first.locator('.people-name').first().click())
await first.selectOption('#right', 'corrected')
await go(first, () => first.click('input[name="act"][value="correct"] ~ .actions button'))
ok('domain.md 5.15: a wrong status is corrected by a further attempt', (await text(first)).includes('corrects attempt'), await text(first))
await first.goto(url(`/people/list/${op}?q=${encodeURIComponent(name.split(' ')[0])}`))
ok('people are searched in the list', (await first.locator('.people-name').allInnerTexts()).some((n) => n === name), name)

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await signIn(width, lang)
		for (const [where, shot] of [['/people/voted', 'people-voted'], ['/people/do-not-call', 'people-do-not-call'], [`/people/list/${op}`, 'people-call-list'],
		    [`/people/list/${op}?state=zzz`.replace('zzz', 'waiting'), 'people-call-list-waiting'], [`/people/list/${op}?state=done`, '']]) {
			await page.goto(url(where))
			if (shot === '') {
				await go(page, () => page.locator('.people-name').first().click())
				await page.axe('call-person')
				await page.shot('people-call-person')
				continue
			}
			await page.axe(shot)
			await page.shot(shot)
		}
		await page.context().close()
	}

// --- two records, one person: once with JavaScript and once without, at either width ---
for (const [width, lang, javaScript] of [[1280, 'fr', true], [390, 'en', false], [390, 'fr', true], [1280, 'en', true]]) {
	const page = await signIn(width, lang, javaScript)
	await page.goto(url('/contacts'))
	const [keep, gone] = await page.locator('.people-name').evaluateAll((a) => a.slice(0, 2).map((l) => l.getAttribute('href').match(/\d+/)[0]))
	const goneName = (await page.locator('.people-name').nth(1).innerText()).replace(/\s+/g, ' ')
	await page.goto(url(`/people/${keep}`))
	await page.click('main .menu > summary')
	await go(page, () => page.click(`a[href="/people/${keep}/merge"]`))
	await page.axe('merge-choose')
	await page.shot('people-merge-choose')
	await page.fill('#q', goneName.split(' ')[0])
	await go(page, () => page.click('form[role="search"] button'))
	await go(page, () => page.locator(`a[href="/people/${keep}/merge?with=${gone}"]`).first().click())
	await page.axe('merge')
	await page.shot('people-merge')
	await go(page, () => page.locator('form.card button.btn-primary').click())
	same(`without the tick nothing happens (${width}, ${lang})`, await page.locator('#sure-wrong').count(), 1)
	await page.axe('merge-unsure')
	await page.check('input[name="sure"]')
	await go(page, () => page.locator('form.card button.btn-primary').click())
	same(`one record of two (${width}, ${lang})`, new URL(page.url()).pathname, `/people/${keep}`)
	await page.axe('merged-record')
	await page.shot('people-merged-record')
	await page.goto(url(`/people/${gone}`))
	same('the old address leads on', new URL(page.url()).pathname, `/people/${keep}`)
	await page.context().close()
}
await done()
