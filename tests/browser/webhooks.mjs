// webhooks.mjs - webhooks in Chromium (tests/with-site --demo): added from the profile, the secret, a test that does not arrive and
// says so, paused, removed; both widths, both languages, what axe says of it; without JavaScript.
import { WIDTHS, LANGS, browser, demo, done, ok, same, url } from './site.mjs'

const [, email, password] = demo().match(/e-mail\s+(\S+)\s+password\s+(\S+)/)
const b = await browser()
const go = (page, act) => Promise.all([page.waitForEvent('load'), act()])
const WORDS = { en: { not: 'No connection', paused: 'Somebody paused it here.' }, fr: { not: 'Pas de connexion', paused: 'Quelqu’un l’a mis en pause ici.' } }

for (const lang of LANGS)
	for (const width of WIDTHS) {
		const page = await b.page({ width, lang })
		const name = (what) => `${what}, ${width} px, ${lang}`
		await page.signIn(email, password, lang)
		await page.goto(url('/profile'))
		await go(page, () => page.click('a[href="/webhooks"]'))
		await page.shot('webhooks-none')
		await go(page, () => page.click('.empty .btn-primary, .page-actions .btn-primary'))
		await page.fill('#url', 'http://example.org/hook')
		await page.check('[name="answers"]')
		await go(page, () => page.click('form.card .btn-primary'))
		ok(name('only https, said beside the field; what was typed stays'), await page.isVisible('#url-wrong') && await page.inputValue('#url') === 'http://example.org/hook' &&
		    await page.isChecked('[name="answers"]'))
		await page.axe(`webhook-new-${width}-${lang}`)
		await page.shot('webhook-new')
		await page.fill('#url', `https://members.invalid/hooks/tocsin-${width}-${lang}?a-rather-long-word-in-an-address-that-must-not-push-the-page-aside`)
		await go(page, () => page.click('form.card .btn-primary'))
		ok(name('the secret is shown'), /^whsec_/.test(await page.locator('section.card-tint input').inputValue()))
		await page.axe(`webhook-made-${width}-${lang}`)
		await page.shot('webhook-made')
		await go(page, () => page.click('button[value="test"]'))
		for (let i = 0; i < 40 && !(await page.textContent('main')).includes(WORDS[lang].not); i++) {
			await new Promise((r) => setTimeout(r, 250))
			await page.reload()
		}
		ok(name('the test could not arrive, and the page says so'), (await page.textContent('tbody')).includes(WORDS[lang].not))
		await go(page, () => page.click('button[value="pause"]'))
		ok(name('paused'), (await page.textContent('main')).includes(WORDS[lang].paused))
		await page.locator('main details').first().locator('summary').click()
		await page.axe(`webhook-${width}-${lang}`)
		await page.shot('webhook')
		same(name('nothing is wider than the screen'), await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
		await page.goto(url('/webhooks'))
		await page.axe(`webhooks-${width}-${lang}`)
		await page.shot('webhooks')
		await go(page, () => page.click('.people a'))
		await page.locator('main details').last().locator('summary').click()
		await go(page, () => page.click('button[value="remove"]'))
		same(name('removed'), new URL(page.url()).pathname, '/webhooks')
	}

const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.signIn(email, password)
await plain.goto(url('/webhooks/new'))
await plain.fill('#url', 'https://members.invalid/plain')
await go(plain, () => plain.click('form.card .btn-primary'))
ok('without JavaScript too', /^whsec_/.test(await plain.locator('section.card-tint input').inputValue()))
await done()
