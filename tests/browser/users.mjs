// users.mjs - the people who work: inviting, the second step with an authenticator of another make, disabling, the log,
// the row menu by keyboard and without a script. Two widths, two languages, axe.
import { execFileSync } from 'node:child_process'
import { browser, ok, same, done, url, demo, WIDTHS, LANGS } from './site.mjs'

const words = demo()
const email = words.match(/e-mail\s+(\S+)/)[1], password = words.match(/password\s+(\S+)/)[1]
const b = await browser()
const admin = await b.page({ width: 1280, lang: 'en' })
await admin.signIn(email, password)
const inEnglish = async (p) => {
	if (await p.getAttribute('html', 'lang') !== p.lang) {
		await p.click('button[name="language"]')
		await p.waitForSelector(`html[lang="${p.lang}"]`)
	}
}
await inEnglish(admin)

// --- inviting ---

await admin.click('.top-menu a[href="/users"]')
await admin.click('form:has([value="invite"]) button')
await admin.waitForSelector('#name-wrong')
await admin.axe('users-refused')
await admin.fill('#name', 'Nadia Roy')
await admin.fill('#email', 'nadia@example.org')
await admin.selectOption('#role', 'organiser')
await admin.selectOption('#language', 'fr')
await admin.click('form:has([value="invite"]) button')
await admin.waitForURL(/\/users\/\d+\?said=invite/)
const nadiaPage = new URL(admin.url()).pathname
const link = await admin.getAttribute('#address', 'data-copy')
ok('an invitation is a link to copy', /\/welcome\/[\w-]{24}$/.test(link), link)

for (const width of WIDTHS)
	for (const lang of LANGS) {
		const p = await b.page({ width, lang })
		await p.context().addCookies(await admin.context().cookies())
		await p.goto(url('/users'))
		await inEnglish(p)
		for (const [name, path] of Object.entries({ users: '/users', 'users-link': '/users?who=link', user: nadiaPage, audit: '/audit',
		    'audit-nothing': '/audit?day=2001-01-01', 'two-factor': '/profile/two-factor' })) {
			await p.goto(url(path))
			await p.axe(name)
			await p.shot(name)
		}
		await p.context().close()
	}
await admin.goto(url('/users'))
await inEnglish(admin)

const nadia = await b.page({ width: 390, lang: 'fr' })
await nadia.goto(link)
await nadia.axe('welcome')
await nadia.shot('welcome')
await nadia.fill('#password', 'court')
await nadia.fill('#again', 'court')
await nadia.click('main button')
await nadia.waitForSelector('#password-wrong')
await nadia.axe('welcome-refused')
const secret = 'la pluie du matin'
await nadia.fill('#password', secret)
await nadia.fill('#again', secret)
await nadia.click('main button')
await nadia.waitForURL((u) => u.pathname === '/operations')
ok('who was invited chooses a password and is in', true)
const again = await b.page({ width: 390, lang: 'fr' })
await again.goto(link)
same('an invitation works once', (await again.textContent('h1')).trim(), 'Ce lien ne fonctionne plus')
await again.axe('welcome-over')
await again.shot('welcome-over')

// --- the second step ---

await admin.goto(url('/users'))
await admin.click('button[value="required"]')
await admin.waitForURL(/two-factor|said=required/)
await nadia.goto(url('/contacts'))
same('“organisers must use it”: every page leads there', new URL(nadia.url()).pathname, '/profile/two-factor')
await nadia.axe('two-factor-must')
await nadia.shot('two-factor-must')
await nadia.click('button[value="begin"]')
await nadia.waitForSelector('.key-words')
await nadia.axe('two-factor-begun')
const shot = await nadia.shot('two-factor-begun')
const uri = execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', shot], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
ok('the QR code holds what an authenticator reads', /^otpauth:\/\/totp\/Tocsin:nadia%40example\.org\?secret=[A-Z2-7]{32}&issuer=Tocsin$/.test(uri), uri)
const key = uri.match(/secret=([A-Z2-7]+)/)[1]
same('and the same key to type', (await nadia.textContent('.key-words')).replace(/\s/g, ''), key)
const code = () => execFileSync('oathtool', ['--totp', '-b', key], { encoding: 'utf8' }).trim()
await nadia.fill('#step-code', '000000')
await nadia.click('button[value="confirm"]')
await nadia.waitForSelector('#step-code-wrong')
const used = code()
await nadia.fill('#step-code', used)
await nadia.click('button[value="confirm"]')
await nadia.waitForSelector('.codes')
await nadia.axe('two-factor-codes')
await nadia.shot('two-factor-codes')
const recovery = await nadia.locator('.codes code').allTextContents()
same('ten recovery codes', [recovery.length, new Set(recovery).size], [10, 10])
await nadia.goto(url('/contacts'))
same('and everything is open', new URL(nadia.url()).pathname, '/contacts')
await nadia.goto(url('/profile/two-factor'))
await nadia.axe('two-factor-on')
await nadia.shot('two-factor-on')

const home = await b.page({ width: 1280, lang: 'fr' })
await home.goto(url('/sign-in'))
await home.fill('#email', 'nadia@example.org')
await home.fill('#password', secret)
await home.keyboard.press('Enter')
await home.waitForSelector('#step-code')
await home.axe('second-step')
await home.shot('second-step')
await home.fill('#step-code', used)	// not code(): half a minute later that is another one
await home.keyboard.press('Enter')
await home.waitForSelector('#step-code-wrong')
ok('the code that was used just now is refused', true)
await home.axe('second-step-refused')
await home.fill('#step-code', recovery[0].toLowerCase())
await home.keyboard.press('Enter')
await home.waitForURL((u) => !u.pathname.startsWith('/sign-in'))
ok('a recovery code signs in', true)

await admin.goto(url('/users'))
if (new URL(admin.url()).pathname !== '/users') {	// who made the rule keeps it too
	await admin.click('button[value="begin"]')
	await admin.waitForSelector('.key-words')
	const mine = (await admin.textContent('.key-words')).replace(/\s/g, '')
	await admin.fill('#step-code', execFileSync('oathtool', ['--totp', '-b', mine], { encoding: 'utf8' }).trim())
	await admin.click('button[value="confirm"]')
	await admin.waitForSelector('.codes')
	await admin.goto(url('/users'))
}
await admin.click('button[value="optional"]')
await admin.waitForURL(/said=optional/)

// --- disabling ---

await admin.goto(url(nadiaPage))
await admin.shot('user-signed-in')
await admin.click('button[value="disable"]')
await admin.waitForURL(/said=disable/)
await admin.axe('user-disabled')
await admin.shot('user-disabled')
for (const page of [nadia, home]) {
	await page.goto(url('/contacts'))
	same('a disabled user is out, wherever they were', new URL(page.url()).pathname, '/sign-in')
}
await admin.goto(url('/audit'))
const log = await admin.textContent('main')
ok('the log says who did what', log.includes('disabled a user') && log.includes('Nadia Roy') && log.includes('turned the second step on'), log.slice(0, 500))
await admin.shot('audit-full')

// --- the row menu: by keyboard, and without a script ---

await admin.goto(url('/operations'))
await admin.locator('details.menu summary[aria-label]').last().focus()
await admin.keyboard.press('Enter')
await admin.waitForSelector('td details.menu[open]')
await admin.shot('row-menu')
const items = (await admin.locator('td details.menu[open] li').allInnerTexts()).map((t) => t.trim())
same('fact 3: the row menu', items, ['Make calls', 'Practise on invented people', 'Edit', 'Share', 'Call sheets', 'Statistics', 'Export', 'Manage list', 'Pause', 'Duplicate', 'Archive…'])
for (let i = 0; i < items.indexOf('Duplicate') + 1; i++)
	await admin.keyboard.press('Tab')
await admin.keyboard.press('Enter')
await admin.waitForURL(/\/wizard\/\d+\/details/)
ok('duplicated: a draft named after it', (await admin.inputValue('input[name="name"]')).endsWith(' (copy)'), await admin.inputValue('input[name="name"]'))

const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.context().addCookies(await admin.context().cookies())
await plain.goto(url('/operations'))
await plain.locator('details.menu summary[aria-label]').first().click()
await plain.click('details.menu[open] a:has-text("Archive")')
await plain.click('#archive button')
await plain.waitForURL((u) => u.pathname === '/operations')
await plain.goto(url('/operations?archived=1'))
await plain.locator('tr:has(.state-archived) details.menu summary[aria-label]').first().click()
await plain.shot('row-menu-archived')
same('an archived operation can be seen, copied, restored', (await plain.locator('td details.menu[open] li').allInnerTexts()).map((t) => t.trim()), ['Call sheets', 'Statistics', 'Export', 'Duplicate', 'Restore'])
await plain.click('details.menu[open] button:has-text("Restore")')
await plain.waitForURL((u) => u.pathname === '/operations')
ok('restored, it is paused', await plain.locator('.state-paused').count() === 1)
await done()
