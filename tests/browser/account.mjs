// account.mjs - the first run, signing in, the profile, as people see them: two widths, two languages, axe.
import { browser, ok, same, done, url, tocsin, WIDTHS, LANGS } from './site.mjs'

const b = await browser()
const password = 'cheval correct pile'

for (const lang of LANGS) {
	const page = await b.page({ width: lang === 'fr' ? 390 : 1280, lang })
	await page.goto(url('/'))
	same(`the first visit leads to the set-up in ${lang}`, new URL(page.url()).pathname, '/setup')
	await page.axe('setup')
	await page.shot('setup')
}

const page = await b.page({ width: 390, lang: 'fr' })
const code = tocsin('user', 'code').match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0]
await page.goto(url('/setup'))
await page.fill('#code', code.toLowerCase())
await page.fill('#organisation', 'Comité de Laval')
await page.fill('#name', 'Marie Gagnon')
await page.fill('#email', 'marie@example.org')
await page.fill('#password', password)
await page.fill('#again', 'pas la même chose')
await page.click('main button')
ok('a refused form keeps what was typed', await page.inputValue('#organisation') === 'Comité de Laval')
same('and says why beside the field', await page.getAttribute('#again', 'aria-invalid'), 'true')
await page.axe('setup-refused')
await page.shot('setup-refused')
await page.fill('#password', password)
await page.fill('#again', password)
await page.click('main button')
await page.waitForURL((u) => u.pathname === '/operations')
ok('the first owner is in', true)

for (const width of WIDTHS)
	for (const lang of LANGS) {
		const p = await b.page({ width, lang })
		await p.goto(url('/profile'))
		same(`a stranger is asked to sign in, at ${width} in ${lang}`, new URL(p.url()).pathname, '/sign-in')
		await p.axe('sign-in')
		await p.shot('sign-in')
		await p.fill('#email', 'marie@example.org')
		await p.fill('#password', 'wrong')
		await p.keyboard.press('Enter')
		await p.waitForSelector('#refused')
		await p.axe('sign-in-refused')
		if (width === 390)
			await p.shot('sign-in-refused')
		await p.fill('#password', password)
		await p.keyboard.press('Enter')
		await p.waitForURL((u) => u.pathname === '/profile')
		if (lang === 'en') {		/* the account is French */
			await p.click('button[name="language"]')
			await p.waitForSelector('html[lang="en"]')
		}
		await p.axe('profile')
		await p.shot('profile')
		await p.goto(url('/profile'))
		await p.locator('input[name="language"][value="fr"]').check({ force: true })
		await p.click('form[action="/profile"] button')
		await p.waitForSelector('[role="status"]')
		same(`saving says so and speaks French, at ${width} from ${lang}`, await p.getAttribute('html', 'lang'), 'fr')
	}

// Everything again without a script.
const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.goto(url('/sign-in'))
await plain.fill('#email', 'marie@example.org')
await plain.fill('#password', password)
await plain.click('main button')
await plain.waitForURL((u) => u.pathname !== '/sign-in')
ok('signing in needs no script', true)
await done()
