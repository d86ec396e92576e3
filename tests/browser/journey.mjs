// journey.mjs - the main job from end to end, as people do it, in Chromium (tests/with-site):
// the first owner signs up, imports a member file of a French Excel, sets up an operation in the wizard, shares a
// link; two volunteers open it on their phones, join, call, save outcomes; who did not answer comes back when
// the rule says so, not a minute before; the dashboard shows it all.
//
// TOCSIN_PICTURE=1 also renews the picture of README.md.
import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser, clock, done, ok, same, tocsin, url } from './site.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const FILE = join(here, '..', 'data', 'contacts-1252.csv')
const PASSWORD = 'une longue phrase de passe'
const NAME = 'Relance des membres 2026'

// Ten in the morning in Toronto, tomorrow or the day after: whatever the hour at which the tests run.
const MINUTE = 60
let offset = 0
function at(seconds) {
	offset = seconds
	clock(Math.round(seconds))
}
function nextMorning() {
	const day = new Date(Date.now() + 86400000)
	const text = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto', hour: '2-digit', minute: '2-digit',
		second: '2-digit', hourCycle: 'h23' }).format(day)
	const [h, m, s] = text.split(':').map(Number)
	return 86400 + (10 - h) * 3600 - m * 60 - s
}
const later = (minutes) => at(offset + minutes * MINUTE)

const number = (text) => Number(String(text).replace(/[^\d]/g, ''))

at(nextMorning())
const b = await browser()

// --- the first owner ----------------------------------------------------------------------------------
const owner = await b.page({ width: 1280, lang: 'fr' })
const code = tocsin('user', 'code').match(/^\s{4}(\S+)\s*$/m)?.[1]
ok('tocsin user code prints a code for the first owner', code, 'no code')
await owner.goto(url('/'))
same('an empty installation leads to the set-up page', new URL(owner.url()).pathname, '/setup')
await owner.axe('setup')
await owner.fill('#code', code)
await owner.fill('#organisation', 'Les Amis du quartier')
await owner.fill('#name', 'Claire Gagnon')
await owner.fill('#email', 'claire@example.org')
await owner.fill('#password', PASSWORD)
await owner.fill('#again', PASSWORD)
await go(owner, () => owner.click('form[action="/setup"] button.btn-primary'))
same('the first owner is signed in and stands before the dashboard', new URL(owner.url()).pathname, '/operations')
await owner.axe('empty dashboard')

// --- the member file ------------------------------------------------------------------------------------
await owner.goto(url('/imports'))
await owner.axe('imports')
await owner.setInputFiles('input[type="file"]', FILE)
const contacts = owner.locator('input[name="kind"][value="contact"]')
if (await contacts.count())
	await contacts.check({ force: true })
await go(owner, () => owner.click('form[action="/imports"] button.btn-primary'))
ok('fact 131: the upload leads to the columns', /^\/imports\/\d+$/.test(new URL(owner.url()).pathname), owner.url())
ok('fact 131: the preview shows accents of a Windows-1252 file', (await owner.textContent('main')).includes('Angadrême'))
await owner.axe('import columns')
await owner.shot('import-columns')
await go(owner, () => owner.click('button[name="go"][value="start"]'))
ok('the import runs to its end', await until(async () => {
	await owner.goto(url(new URL(owner.url()).pathname))
	return (await owner.textContent('main')).match(/refused\.csv/) || (await owner.locator('a[href$="/refused.csv"]').count())
}, 120000), (await owner.textContent('main')).slice(0, 300))
await owner.axe('import result')
await owner.shot('import-result')

// --- the wizard --------------------------------------------------------------------------------------------
await owner.goto(url('/operations'))
await go(owner, () => owner.click('form[action="/wizard"] button'))
ok('fact 2: the button starts the wizard at the version page', /^\/wizard\/\d+\/version$/.test(new URL(owner.url()).pathname), owner.url())
const id = owner.url().match(/wizard\/(\d+)/)[1]
const step = (name) => same(`the wizard is at ${name}`, new URL(owner.url()).pathname, `/wizard/${id}/${name}`)
const next = () => go(owner, () => owner.click('.actions button.btn-primary'))
async function look(name) {
	step(name)
	await owner.axe(`wizard ${name}`)
	await owner.shot(`wizard-${name}`)
}
await look('version')
await owner.check('input[name="version"][value="original"]', { force: true })
await next()
await look('source')
await owner.check('input[name="source"][value="contact"]', { force: true })
await next()
await look('details')
await owner.fill('#name', NAME)
await owner.fill('#opens', '09:00')
await owner.fill('#closes', '21:00')
await owner.check('input[name="method"][value="phone"]', { force: true })
await next()
await look('questions')
await go(owner, () => owner.locator('button.btn-use').first().click())
if (new URL(owner.url()).pathname.endsWith('/questions'))
	await next()
await look('recycling')
// No answer: three more calls, 90 minutes apart. (fact 48)
await owner.check('#tick-no_answer')
await owner.fill('#max-no_answer', '3')
await owner.fill('#minutes-no_answer', '90')
await next()
await look('exclusions')
await next()
await look('record')
await next()
await look('sharing')
await next()
await look('list')

// The list: the people of one town with few members, chosen in the other tab.
const [tab] = await Promise.all([owner.context().waitForEvent('page'), owner.click('a[target="_blank"]')])
await tab.waitForLoadState('load')
ok('fact 99: the list is chosen on the people page, in a new tab', new URL(tab.url()).pathname === '/contacts', tab.url())
await tab.fill('#q', 'Mercier')
await go(tab, () => tab.press('#q', 'Enter'))
await go(tab, () => tab.click('form[action="/people/load"] button.btn-primary'))
await tab.close()
let people = 0
ok('facts 100, 101: the loaded list shows in the wizard', await until(async () => {
	await owner.goto(url(`/wizard/${id}/list`))
	const n = owner.locator('[data-number="people"]')
	people = await n.count() ? number(await n.textContent()) : 0
	return people > 0 && !(await owner.locator('[role="status"].notice').count())
}, 60000), (await owner.textContent('main')).slice(0, 300))
await owner.shot('wizard-list-loaded')
await go(owner, () => owner.click('.actions button.btn-primary'))
same('fact 4: finishing leads to the dashboard', new URL(owner.url()).pathname, '/operations')
ok('fact 4: the new operation is in it', (await owner.textContent('table.dash')).includes(NAME))
await owner.axe('dashboard')

// --- the link --------------------------------------------------------------------------------------------
await owner.goto(url(`/share/${id}`))
await owner.axe('share')
let link = owner.locator('#address')
if (!await link.count())
	await go(owner, () => owner.click('button[name="do"][value="make"]'))
link = await owner.locator('#address').getAttribute('data-copy')
ok('fact 86: the page gives a link', link?.startsWith(url('/j/')), link)
await owner.shot('share')

// --- two volunteers with their phones ----------------------------------------------------------------------
async function volunteer(name, lang) {
	const page = await b.page({ width: 390, lang })
	await page.goto(link)
	await page.axe(`join page of ${name}`)
	await page.shot(`join-${lang}`)
	await page.fill('#name', name)
	await go(page, () => page.click('form[action^="/j/"] button.btn-primary'))
	ok(`${name} joins and stands before the call screen`, new URL(page.url()).pathname.startsWith('/agent'), page.url())
	if (new URL(page.url()).pathname === '/agent')
		await page.goto(url(`/agent/${id}`))
	await page.axe(`start page of ${name}`)
	return page
}
const who = async (page) => (await page.textContent('#who')).trim()
const called = async (page) => Boolean(await page.locator('#call').count())
async function start(page) {
	await page.click('form[action$="/next"] button')
	await page.waitForSelector('#who, #pause')
}
// Presses one of the buttons of the call screen and waits until another page of it stands there.
async function press(page, status) {
	const key = await page.getAttribute('#call', 'data-key')
	const button = page.locator(`#call button[name="status"][value="${status}"]`).first()
	if (!await button.isVisible())
		await page.locator('details.outcome', { has: button }).locator('summary').click()
	await button.click()
	await page.waitForFunction((k) => document.querySelector('#call')?.dataset.key !== k, key)
}
async function answer(page) {
	const choice = page.locator('#question input').first()
	if (await choice.count()) {
		const kind = await choice.getAttribute('type')
		if (kind === 'radio' || kind === 'checkbox') await choice.check({ force: true })
		else await choice.fill('oui')
	} else if (await page.locator('#question textarea').count())
		await page.fill('#question textarea', 'oui')
	await press(page, 'completed')
}

const anne = await volunteer('Anne', 'fr')
const ben = await volunteer('Ben', 'en')
await Promise.all([start(anne), start(ben)])
ok('both volunteers have somebody to call', await called(anne) && await called(ben))
const first = { anne: await who(anne), ben: await who(ben) }
ok('fact 112: two agents get different people', first.anne !== first.ben ||
	await anne.inputValue('input[name="entry"]') !== await ben.inputValue('input[name="entry"]'), first.anne)
ok('fact 29: the number is a tel: link', (await anne.getAttribute('a.btn-call', 'href'))?.startsWith('tel:+1'))
await anne.axe('call screen of Anne')
await ben.axe('call screen of Ben')
await anne.shot('agent')
await ben.shot('agent')
const weight = (await anne.content()).length
ok('the call screen is under 30 kB', weight < 30000, `${weight} characters`)

// Anne's person does not answer; everybody else does, until nobody is left.
const absent = { name: first.anne, entry: await anne.inputValue('input[name="entry"]') }
await press(anne, 'no_answer')
let calls = 1, completed = 0
while (calls < people + 20 && (await called(anne) || await called(ben))) {
	for (const page of [anne, ben])
		if (await called(page)) {
			ok(`fact 50: ${absent.name} is not offered before the time`, await page.inputValue('input[name="entry"]') !== absent.entry)
			await answer(page)
			calls++, completed++
		}
	// Who saw nobody looks again: the other one's person may have been the last.
}
same('everybody was called once', calls, people)
await anne.shot('agent-nobody')
await anne.axe('nobody to call')
ok('fact 118: the volunteer is told when the next call is due', /1[01]\s*[:h]\s*\d\d/.test(await anne.textContent('main')), await anne.textContent('main'))

// 89 minutes later nobody, 90 minutes later the same person again. (facts 48 and 50)
later(88)
await anne.goto(url(`/agent/${id}`))
if (await anne.locator('form[action$="/next"] button').count())
	await start(anne)
ok('fact 50: at 89 minutes the person is not offered', !await called(anne))
later(4)
await anne.goto(url(`/agent/${id}`))
await start(anne)
ok('fact 50: after 90 minutes the person comes back', await called(anne) && await anne.inputValue('input[name="entry"]') === absent.entry,
	await anne.textContent('main'))
await anne.axe('second call')

// --- what the organiser sees ---------------------------------------------------------------------------------
await owner.goto(url(`/operations/${id}`))
await owner.axe('operation')
let text = await owner.textContent('main')
ok('the operation shows who is on the line', /Anne/.test(text))
const cells = async (caption) => Object.fromEntries(await owner.$$eval('table', (tables, c) => tables
	.filter((t) => t.caption?.textContent.includes(c)).flatMap((t) => [...t.querySelectorAll('tbody tr:not(.dash-why, .dash-group)')])	// a state, not the reasons it is made of
	.map((r) => [r.cells[0].textContent.trim(), r.cells[1].textContent.trim()]), caption))
const states = await cells('par état'), statuses = await cells('par statut')
const sum = (o) => Object.values(o).reduce((n, v) => n + number(v), 0)
same('the states sum to the list', sum(states), people)
same('the statuses sum to the calls saved', sum(statuses), calls)
if (process.env.TOCSIN_PICTURE) {
	await owner.setViewportSize({ width: 1280, height: 900 })
	copyFileSync(await owner.shot('operation'), join(here, 'picture.png'))
} else
	await owner.shot('operation')
await press(anne, 'no_answer')
await owner.goto(url('/operations'))
await owner.shot('dashboard')
await owner.axe('dashboard with calls')
const row = owner.locator('table.dash tbody tr', { hasText: NAME })
ok('fact 6: the row shows progress', number((await row.locator('.dash-progress').textContent()).match(/\d+/)?.[0]) > 0, await row.textContent())

// The same pages on the organiser's phone and in English.
const phone = await b.page({ width: 390, lang: 'en' })
await phone.context().addCookies(await owner.context().cookies())
for (const [path, name] of [['/operations', 'dashboard'], [`/operations/${id}`, 'operation'], ['/contacts', 'contacts'], ['/imports', 'imports'],
	['/surveys', 'surveys'], [`/share/${id}`, 'share'], [`/wizard/${id}/details`, 'wizard-details'], [`/wizard/${id}/recycling`, 'wizard-recycling'],
	[`/wizard/${id}/record`, 'wizard-record']]) {
	await phone.goto(url(path))
	phone.lang = 'fr'	// the organiser's own language wins over the browser's
	await phone.shot(`phone-${name}`)
	await phone.axe(`${name} on a phone`)
}

// And at the end the books agree.
const audit = tocsin('audit')
ok('tocsin audit finds lists, calls and totals in agreement', /\b0 differences/.test(audit), audit)
await done()

// Does something that loads another page, and waits until it is there.
async function go(page, act) {
	await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])
}
async function until(condition, ms) {
	const end = Date.now() + ms
	for (;;) {
		if (await condition()) return true
		if (Date.now() > end) return false
		await new Promise((r) => setTimeout(r, 300))
	}
}
