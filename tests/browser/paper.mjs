// paper.mjs - call sheets in Chromium (tests/with-site --demo): printed from the dashboard's menu, the paper on letter and A4, its
// code read by another decoder, typed in by keyboard and without JavaScript; both widths, both languages, what axe says.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { WIDTHS, LANGS, browser, clock, demo, done, ok, out, same, url } from './site.mjs'

const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
const go = (page, act) => Promise.all([page.waitForEvent('load'), act()])

// 14:00 in Toronto, today or tomorrow: calls are open
const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto', hour12: false, hour: '2-digit', minute: '2-digit' })
    .formatToParts(new Date()).map((p) => [p.type, Number(p.value)]))
const ahead = ((14 * 60 - (parts.hour % 24) * 60 - parts.minute + 1440) % 1440) * 60
clock(ahead)

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await b.page({ width, lang })
		const name = (what) => `${what}, ${width} px, ${lang}`
		await page.signIn(email, password, lang)
		await page.goto(url('/operations'))
		const row = page.locator('tr', { has: page.locator('a[href^="/sheets/"]') }).first()
		await row.locator('details.menu > summary').click()
		await go(page, () => row.locator('a[href^="/sheets/"]').click())
		const list = page.url()
		await page.axe(`sheets-${width}-${lang}`)
		await page.shot('sheets')
		await page.fill('#name', '')
		await go(page, () => page.click('form[method="post"] .btn-primary'))
		ok(name('somebody new needs a name; what was typed stays'), await page.isVisible('#name-wrong') && await page.inputValue('#pages') === '1')
		await page.fill('#name', `Zoé ${width} ${lang}`)
		await page.fill('#pages', '2')
		await go(page, () => page.click('form[method="post"] .btn-primary'))
		ok(name('the paper comes at once'), /\/sheets\/\d+\/\d+-\w{3}\/print$/.test(page.url()), page.url())
		same(name('two pages of twenty people, and one that says what to do'), [await page.locator('.paper-page').count(), await page.locator('.paper-table tbody tr').count()], [3, 40])
		ok(name('every row has its number'), (await page.locator('td.paper-phone').allInnerTexts()).every((t) => /^\d{3} \d{3}-\d{4}$/.test(t)))
		await page.axe(`paper-${width}-${lang}`)
		await page.shot('paper')
		if (width === 1280)
			for (const format of ['letter', 'A4']) {
				const pdf = await page.pdf({ format, landscape: true, path: join(out, `paper-${format}-${lang}.pdf`) })
				const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length
				same(name(`${format}: each page of people is one of paper`), pages, 3)
			}
		const [address] = page.url().match(/.*(?=\/print$)/)
		const code = address.split('/').pop()
		if (width === 1280) {
			await page.goto(address + '/qr.svg?page=2')
			await page.setViewportSize({ width: 200, height: 200 })
			const picture = join(out, 'paper-qr.png')
			await page.screenshot({ path: picture })
			same(name('the code on its second page opens that page'), execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', picture],
			    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(), `${address}?page=2`)
			await page.setViewportSize({ width, height: 900 })
		}

		await page.goto(list)
		await page.fill('#number', code.toLowerCase().replace('-', ' '))
		await go(page, () => page.click('.paper-open button'))
		same(name('its number opens it'), page.url(), address)
		await page.axe(`sheet-${width}-${lang}`)
		await page.shot('sheet')
		ok(name('the cursor waits in the line'), await page.evaluate(() => document.activeElement.id === 'quick'))
		// by keyboard only
		for (const line of ['1 n', '2 v left a word', '23 r']) {
			await page.waitForFunction(() => document.activeElement.id === 'quick')
			await page.keyboard.type(line)
			await go(page, () => page.keyboard.press('Enter'))
		}
		ok(name('a line of the second page leads there'), /page=2/.test(page.url()) && await page.isVisible('#p23 .tag-good'))
		await page.waitForFunction(() => document.activeElement.id === 'quick')
		await page.keyboard.type('24 zz')
		await go(page, () => page.keyboard.press('Enter'))
		ok(name('what is wrong is said beside it, and stays'), await page.isVisible('#quick-wrong') && await page.inputValue('#quick') === '24 zz')
		await page.axe(`sheet-wrong-${width}-${lang}`)
		await page.shot('sheet-wrong')
		await go(page, () => page.click('.paper-tabs a >> nth=0'))
		ok(name('saved with its note'), /left a word/.test(await page.innerText('#p2')) && await page.isVisible('#p1 .tag-good'))
		await page.selectOption('[name="status.5"]', 'h')
		await page.fill('[name="note.6"]', 'no status')
		await go(page, () => page.click('.actions .btn-primary'))
		ok(name('one is saved, the other says what is missing'), await page.isVisible('#p5 .tag-good') && await page.isVisible('#wrong-6') &&
		    await page.inputValue('[name="note.6"]') === 'no status')
		await page.shot('sheet-rows')
		await go(page, () => page.click('#p5 [name="undo"]'))
		ok(name('taken back, to be typed in again'), await page.isVisible('[name="status.5"]') && await page.inputValue('[name="note.6"]') === 'no status')
		await page.axe(`sheet-undo-${width}-${lang}`)
		await go(page, () => page.click('.paper-rest button'))
		ok(name('given back'), await page.locator('.paper-rest').count() === 0 && (await page.locator('#p7').innerText()).length > 10)
		await page.goto(list)
		await page.shot('sheets-some')
	}

const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.signIn(email, password)
await plain.goto(url('/operations'))
await plain.goto(url(await plain.locator('a[href^="/sheets/"]').first().getAttribute('href')))
await plain.fill('#name', 'Paul')
await go(plain, () => plain.click('form[method="post"] .btn-primary'))
await plain.goto(plain.url().replace(/\/print$/, ''))
for (let i = 1; i <= 20; i++)
	await plain.selectOption(`[name="status.${i}"]`, 'n')
await go(plain, () => plain.click('.actions .btn-primary'))
same('without JavaScript a form of twenty rows is saved at once', await plain.locator('.paper-place .tag-good').count(), 20)
await done()
