// no-script.mjs - without JavaScript, and by keyboard alone: joining by the link, calling, saving; signing in and
// through the wizard's first pages. with-site --demo
import { browser, clock, demo, done, ok, same, url } from './site.mjs'

const said = demo()
const email = said.match(/\S+@\S+/)[0], password = said.match(/^\s*\S*(?:password|mot de passe)\S*\s+(\S+)/mi)[1]
const link = said.match(/http:\/\/\S+\/j\/\S+/)[0]
const b = await browser()

// Noon in Toronto, today or tomorrow: calls are open.
const [h, m] = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
	.format(new Date()).split(':').map(Number)
clock((12 - h + (h > 11 ? 24 : 0)) * 3600 - m * 60)

// --- a volunteer's phone without scripts -------------------------------------------------------------------
const phone = await b.page({ width: 390, lang: 'fr', javaScript: false })
await phone.goto(link)
await phone.fill('#name', 'Denise')
await go(phone, () => phone.click('form[action^="/j/"] button.btn-primary'))
if (new URL(phone.url()).pathname === '/agent')
	await go(phone, () => phone.locator('a[href^="/agent/"]').first().click())
ok('without scripts: the link leads to the call screen', /^\/agent\/\d+/.test(new URL(phone.url()).pathname), phone.url())
await go(phone, () => phone.click('form[action$="/next"] button'))
const first = await phone.inputValue('input[name="entry"]')
ok('without scripts: a person to call with a tel: link', (await phone.getAttribute('a.btn-call', 'href')).startsWith('tel:+'))
await go(phone, () => phone.click('#call button[name="status"][value="no_answer"]'))
const second = await phone.inputValue('input[name="entry"]')
ok('without scripts: save and next in one request gives another person', second && second !== first, `${first} ${second}`)
await go(phone, () => phone.click('button[form="skip"]'))
ok('fact 114: without scripts: skipping gives another person', await phone.inputValue('input[name="entry"]') !== second)
await go(phone, () => phone.click('#call button[name="status"][value="completed"]'))
ok('without scripts: a call without an answer is refused beside the question, the person stays',
	await phone.locator('#question-wrong').count() === 1)

// --- the organiser by keyboard, without scripts ------------------------------------------------------------
const desk = await b.page({ width: 1280, lang: 'en', javaScript: false })
await desk.goto(url('/sign-in'))
await desk.keyboard.press('Tab')
same('the first stop of the keyboard is the way to the content', await desk.locator(':focus').getAttribute('href'), '#main')
await reach(desk, 'input[name="email"]')
await desk.keyboard.type(email)
await desk.keyboard.press('Tab')
await desk.keyboard.type(password)
await go(desk, () => desk.keyboard.press('Enter'))
same('by keyboard: signed in', new URL(desk.url()).pathname, '/operations')
await reach(desk, 'form[action="/wizard"] button')
await go(desk, () => desk.keyboard.press('Enter'))
ok('by keyboard: the wizard starts', /^\/wizard\/\d+\/version$/.test(new URL(desk.url()).pathname), desk.url())
await go(desk, () => desk.click('.actions button.btn-primary', { noWaitAfter: true })).catch(() => {})
await reach(desk, 'input[name="version"]')
await desk.keyboard.press('Space')
await reach(desk, '.actions button.btn-primary')
await go(desk, () => desk.keyboard.press('Enter'))
ok('by keyboard: to the second page', /\/source$/.test(new URL(desk.url()).pathname), desk.url())
const menu = desk.locator('table details.menu summary').first()
await desk.goto(url('/operations'))
await reach(desk, 'table details.menu summary')
await desk.keyboard.press('Enter')
ok('fact 3: by keyboard: the three-dot menu opens and contains Share', await desk.locator('table details.menu[open] a[href^="/share/"]').count() > 0, await menu.count())

await done()

async function go(page, act) {
	await Promise.all([page.waitForNavigation({ waitUntil: 'load', timeout: 8000 }), act()])
}
// Presses Tab until that stands in focus.
async function reach(page, selector) {
	for (let i = 0; i < 60; i++) {
		if (await page.locator(`${selector}:focus`).count()) return ok(`by keyboard: ${selector} can be reached`, true)
		await page.keyboard.press('Tab')
	}
	return ok(`by keyboard: ${selector} can be reached`, false)
}
