// share.mjs - sharing in the browser: people, the link, its QR code read by another decoder, joining on a phone.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { browser, ok, same, done, url, demo, out, WIDTHS, LANGS } from './site.mjs'

const words = demo()
const email = words.match(/e-mail\s+(\S+)/)[1], password = words.match(/password\s+(\S+)/)[1]
const b = await browser()
const owner = await b.page({ width: 1280, lang: 'en' })
await owner.signIn(email, password)
if (await owner.getAttribute('html', 'lang') !== 'en') {
	await owner.click('button[name="language"]')
	await owner.waitForSelector('html[lang="en"]')
}

// From the dashboard's row menu (facts 3, 93).
await owner.goto(url('/operations'))
await owner.locator('details.menu summary[aria-label]').last().click()
await owner.click('details.menu[open] a:has-text("Share")')
await owner.waitForURL(/\/share\/\d+$/)
const path = new URL(owner.url()).pathname
ok('fact 3, 93: Share is in the row’s menu', true)

const address = () => owner.getAttribute('#address', 'data-copy')
const decode = (picture) => execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', picture], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
const link = await address()
for (const size of [120, 220, 640]) {
	const p = await b.page({ width: 1280, lang: 'en' })
	await p.context().addCookies(await owner.context().cookies())
	await p.goto(url(path + '/qr.svg'))
	await p.setViewportSize({ width: size, height: size })
	const picture = join(out, `qr-${size}.png`)
	await p.screenshot({ path: picture })
	same(`fact 91, 92: an independent decoder reads the link from the code at ${size} pixels`, decode(picture), link)
	await p.context().close()
}
const shot = await owner.shot('share')
same('fact 91: also from the page as it is', decode(shot), link)
await owner.goto(url(path + '/sheet'))
same('and from the sheet', decode(await owner.shot('share-sheet')), link)
await owner.axe('share-sheet')
const pdf = await owner.pdf({ preferCSSPageSize: true, path: join(out, 'share-sheet.pdf') })
same('the sheet fits one A4 page', pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1)

await owner.goto(url(path))
await owner.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url('') })
await owner.click('button:has-text("Copy link")')
await owner.waitForFunction(() => document.querySelector('#copied').textContent !== '')
same('fact 86: the button copies the link', await owner.evaluate(() => navigator.clipboard.readText()), link)

for (const width of WIDTHS)
	for (const lang of LANGS) {
		const p = await b.page({ width, lang })
		await p.context().addCookies(await owner.context().cookies())
		await p.goto(url(path))
		if (await p.getAttribute('html', 'lang') !== lang) {
			await p.click('button[name="language"]')
			await p.waitForSelector(`html[lang="${lang}"]`)
		}
		await p.fill('#q', 'zzz')
		await p.keyboard.press('Enter')
		await p.waitForURL(/q=zzz/)
		await p.axe('share-nobody')
		await p.goto(url(path))
		for (const more of await p.locator('.more summary').all())
			await more.click()
		await p.locator('.people .menu summary').first().click()
		await p.axe('share-open')
		await p.shot('share-open')
		await p.context().close()
	}
await owner.goto(url(path))
if (await owner.getAttribute('html', 'lang') !== 'en')
	await owner.click('button[name="language"]')

// A volunteer on a phone: the link, a name, the calls.
for (const lang of LANGS) {
	const phone = await b.page({ width: 390, lang })
	await phone.goto(link)
	await phone.axe('join')
	await phone.shot('join')
	await phone.click('main button')
	await phone.waitForSelector('#name-wrong')
	await phone.axe('join-refused')
	await phone.fill('#name', lang === 'fr' ? 'Zoé Tremblay' : 'Karim T.')
	await phone.fill('#contact', '418 555-0131')
	await phone.click('main button')
	await phone.waitForURL(/\/agent\/\d+/)
	ok(`fact 88, 94, 120: joined by a name alone in ${lang}`, true)
	if (lang === 'fr') {
		const wide = await b.page({ width: 1280, lang })
		await wide.goto(link)
		await wide.axe('join')
		await wide.shot('join')
	}
	await phone.goto(link)
	await phone.shot('join-again')
	await phone.axe('join-again')
}
await owner.goto(url(path))
ok('the organiser sees who joined', (await owner.textContent('main')).includes('Zoé Tremblay'))

// Roles by keyboard, the warning, renewing, stopping.
await owner.selectOption('#role', 'owner')
await owner.click('#change-role')
await owner.waitForSelector('form.notice-warn')
await owner.axe('share-owner-sure')
await owner.shot('share-owner-sure')
await owner.click('form.notice-warn button')
await owner.waitForSelector('.notice-warn[role="note"]')
ok('fact 89: a link for owners is asked for twice and warned about', true)
await owner.axe('share-owners')
await owner.shot('share-owners')
const old = await b.page({ width: 390, lang: 'fr' })
await old.goto(link)
same('fact 96: the link before gives a kind page', (await old.textContent('h1')).trim(), 'Ce lien ne fonctionne plus')
await old.axe('link-stopped')
await old.shot('link-stopped')
await old.goto(await address())
await old.axe('join-owner')
await old.shot('join-owner')
await owner.selectOption('#role', 'agent')
await owner.click('#change-role')
await owner.waitForURL(/said=link_role/)
await owner.locator('.more summary').last().click()
await owner.click('button[value="stop"]')
await owner.waitForURL(/said=stop/)
await owner.axe('share-stopped')
await owner.shot('share-stopped')
await owner.click('button[value="make"]')
await owner.waitForURL(/said=make/)
ok('fact 96: stopped, and a new one made', await address() !== link)
await done()
