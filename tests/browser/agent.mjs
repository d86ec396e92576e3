// agent.mjs - the caller's screen in a browser: on a laptop by keyboard, on a phone by thumb, with a lost
// connection, a double click, at closing time. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql } from '../area/area.mjs'
import { DAY, house, HOUR, MINUTE, NOON } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
const org = h.organisation('Campagne')
const owner = h.user(org, 'Marie Gagnon', 'organiser')
const survey = h.survey(org, { choices: ['Oui', 'Indécise', 'Non', 'Refuse de répondre'], question: 'Peut-on compter sur votre vote?',
	script: 'Bonjour, est-ce que je parle à {first_name}? Je m’appelle {agent}, je suis bénévole pour l’équipe de Laval. Avez-vous deux minutes?\n\n' +
	'Nous appelons les gens du quartier pour savoir ce qui compte pour eux avant le vote du 2 décembre.\n\n' +
	'(Si on demande d’où vient le numéro : il est dans la liste des membres du parti. Pour ne plus être appelé, choisir « Ne plus appeler ».)' })
const op = h.operation(org, owner, { survey, name: 'Pointage Laval — novembre' })
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'language', 1, 'editable', 1),
	(${op}, 'address', 2, 'visible', 0), (${op}, 'email', 3, 'editable', 0), (${op}, 'birth_date', 4, 'visible', 0),
	(${op}, 'membership', 5, 'visible', 0)`)
const home = h.add('household', { organisation_id: org, kind: 'contact', address_key: Buffer.alloc(16, 3) })
h.people(org, op, 40, (k) => ({ first_name: ['Angadrême', 'Zoé', 'Amandin', 'Léon'][k % 4], last_name: `Mercier${k}`, birth_date: '1969-05-02',
	member_until: '2027-03-31', street: 'rang Aubert', city: 'Gatineau', ...(k < 3 ? { household_id: home } : {}) }))
const page_of = `/agent/${op}`
const b = await browser()
const attempts = (where = '1') => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND ${where}`))

async function shift(name, opt) {
	const user = h.user(org, name, 'volunteer', opt.lang ?? 'fr')
	h.member(op, user)
	const page = await b.page(opt)
	await page.carry(user)
	page.user = user
	return page
}
const entry = (page) => page.inputValue('#call input[name="entry"]')
const start = async (page) => {
	await page.goto(url(page_of))
	await page.click('form[action$="/next"] button')
	await page.waitForSelector('#call')
}
/** Until another person is on the page. */
const another = (page, was) => page.waitForFunction((e) => document.querySelector('#call input[name="entry"]')?.value !== e, was)

// --- every page at two widths in two languages ---
for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await shift(`Camille ${width} ${lang}`, { width, lang })
		await page.goto(url('/agent'))
		await page.axe('agent-list')
		await page.shot('agent-list')
		await page.goto(url(page_of))
		await page.axe('agent-start')
		await page.shot('agent-start')
		await start(page)
		await page.axe('agent-call')
		await page.shot('agent-call')
		if (width < 600) {
			const box = await page.locator('a.btn-call').boundingBox()
			ok(`fact 29: on a phone the call button is in sight and large (${lang})`, box.y + box.height < 844 && box.height >= 44 && box.width > 300, JSON.stringify(box))
			const small = await page.$$eval('#call button:not(details:not([open]) *), #call summary, .savebar a', (all) => all.filter((e) => e.offsetParent &&
			    e.getBoundingClientRect().height < 44).map((e) => e.innerText))
			same(`fact 120: every target of a phone is at least 44 px high (${lang})`, small.filter((t) => !/Corriger|Correct/.test(t)), [])
			const bar = await page.locator('.savebar').boundingBox()
			ok(`fact 120: the ways out of a call are under the thumb (${lang})`, bar.y > 700 && bar.y + bar.height <= 845, JSON.stringify(bar))
		} else {
			const [x1, x2, x3] = await page.$$eval('.agent > section', (all) => all.map((e) => e.getBoundingClientRect().x))
			ok(`fact 108: three columns beside each other (${lang})`, x1 < x2 && x2 < x3, [x1, x2, x3])
			ok(`fact 30: the number to dial by hand is large (${lang})`, parseFloat(await page.$eval('.who-number', (e) => getComputedStyle(e).fontSize)) >= 28)
		}
		for (const summary of await page.$$('#call details > summary'))
			await summary.evaluate((s) => { s.parentElement.open = true })
		await page.axe('agent-call-open')
		await page.shot('agent-call-open')
		let was = await entry(page)
		await page.click('#callback-save')
		await another(page, was)
		await page.fill('#note', 'à garder')
		was = await entry(page)
		await page.click('.savebar button[value="completed"]')
		await page.waitForSelector('#question-wrong')
		ok(`a conversation without an answer is refused beside the question (${lang}, ${width})`, await entry(page) === was && await page.inputValue('#note') === 'à garder')
		await page.axe('agent-call-refused')
		await page.shot('agent-call-refused')
		await page.click('.callbar button')
		await page.waitForSelector('.pause-card')
		ok(`a break says that nobody waits (${lang}, ${width})`, /pause|break/.test(await page.innerText('#pause')) &&
		    h.one(`SELECT COUNT(*) FROM hold WHERE user_id = ${page.user.id}`) === '0')
		await page.axe('agent-break')
		await page.shot('agent-break')
	}

// --- by keyboard alone ---
const keys = await shift('Clavier', { width: 1280, lang: 'fr' })
await start(keys)
let was = await entry(keys)
await keys.keyboard.press('2')
ok('a number key chooses an answer', await keys.isChecked(`input[name="answer"][value="${survey.choices[1]}"]`))
await keys.focus('#note')
await keys.keyboard.type('2 enfants, rappeler après 18 h')
ok('a number typed into the note chooses nothing', await keys.isChecked(`input[name="answer"][value="${survey.choices[1]}"]`) && await keys.inputValue('#note') === '2 enfants, rappeler après 18 h')
await keys.keyboard.press('Tab')
await keys.keyboard.press('Enter')
await another(keys, was)
same('by keyboard: chosen, noted, saved', sql(`SELECT t.status, t.note, a.choice_id FROM attempt t JOIN answer a ON a.attempt_id = t.id WHERE t.entry_id = ${was}`)[0],
	['16', '2 enfants, rappeler après 18 h', String(survey.choices[1])])
ok('the next person\'s name has the focus and the address is the operation\'s', await keys.evaluate(() => document.activeElement.id === 'who') && new URL(keys.url()).pathname === page_of, keys.url())
await keys.reload()
ok('a reload shows the same person', await entry(keys) !== was)

// --- a double click counts once ---
was = await entry(keys)
let before = attempts()
await keys.dblclick('button[value="no_answer"]')
await another(keys, was)
await keys.waitForTimeout(300)
same('fact 117: a double click is one attempt', attempts(), before + 1)

// --- call back ---
await keys.click('summary:has-text("Rappeler")')
await keys.fill('#callback_date', '2026-11-25')
await keys.fill('#callback_time', '22:30')
await keys.keyboard.press('Enter')
await keys.waitForSelector('#callback-wrong')
ok('fact 116: a wrong moment is told beside its fields, which are still open and filled', await keys.isVisible('#callback-wrong') && await keys.inputValue('#callback_time') === '22:30')
was = await entry(keys)
await keys.fill('#callback_time', '18:30')
await keys.click('#callback-save')
await another(keys, was)
same('fact 116: the moment is kept', h.one(`SELECT callback_at FROM attempt WHERE entry_id = ${was}`), String(Date.UTC(2026, 10, 25, 23, 30) * 1000))

// --- the connection is lost while saving ---
was = await entry(keys)
before = attempts()
await keys.fill('#note', 'dans le métro')
await keys.context().setOffline(true)
await keys.click('button[value="voicemail"]')
await keys.waitForSelector('#unsent:not([hidden])')
ok('without a connection the page stays, says so and keeps what was typed', await keys.inputValue('#note') === 'dans le métro' && attempts() === before)
await keys.shot('agent-offline')
await keys.context().setOffline(false)
await another(keys, was)
same('and sends it by itself when the connection is back', [attempts(), h.one(`SELECT note FROM attempt WHERE entry_id = ${was}`)], [before + 1, 'dans le métro'])

// --- and the page is closed before it is back ---
was = await entry(keys)
before = attempts()
await keys.context().setOffline(true)
await keys.click('button[value="no_answer"]')
await keys.waitForSelector('#unsent:not([hidden])')
const context = keys.context()
await keys.close()
await context.setOffline(false)
const reopened = await context.newPage()
await reopened.goto(url(page_of))
await reopened.waitForSelector('#call')
await another(reopened, was)
same('an answer kept on the device is sent when the page is opened again, once', [attempts(), attempts(`entry_id = ${was}`)], [before + 1, 1])
await reopened.reload()
await reopened.waitForTimeout(300)
same('and never again', attempts(), before + 1)
same('nothing is left on the device', await reopened.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('tocsin.call.')).length), 0)

// --- closing time ---
h.clock(Date.UTC(2026, 10, 25, 1, 59, 57) * 1000)
sql(`UPDATE hold SET held_until = ${Date.UTC(2026, 10, 25, 4) * 1000}`)
await reopened.reload()
ok('fact 25: three seconds before closing the number is there', await reopened.isVisible('a.btn-call'))
await reopened.waitForSelector('#closed:not([hidden])', { timeout: 8000 })
ok('fact 25: at closing time it leaves an open page, with a word why', await reopened.locator('a.btn-call, .who-number').count() === 0 && await reopened.isVisible('#closed'))
h.clock(Date.UTC(2026, 10, 25, 2, 0, 1) * 1000)
was = await entry(reopened)
await reopened.click('button[value="not_home"]')
await reopened.waitForSelector('.pause-card')
ok('fact 26: the call begun before is saved', attempts(`entry_id = ${was}`) === 1)
ok('fact 118: the page says until when', /demain à 9\sh/.test(await reopened.innerText('.pause-card')))

// --- nobody callable, at two widths in two languages ---
for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await shift(`Soir ${width} ${lang}`, { width, lang })
		await page.goto(url(page_of))
		await page.axe('agent-closed')
		await page.shot('agent-closed')
	}
await done()
