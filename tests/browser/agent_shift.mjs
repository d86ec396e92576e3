// agent_shift.mjs - a volunteer's shift in a browser, on a phone and on a laptop: several questions, a couple on one number,
// undo, break, what is typed and not sent, a call on this phone and what the time away suggests; then the whole shift
// without scripts, in both versions. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql } from '../area/area.mjs'
import { DAY, house, MINUTE, NOON } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
const org = h.organisation('Campagne')
const owner = h.user(org, 'Marie Gagnon', 'organiser')
const survey = h.survey(org, { choices: ['Oui', 'Indécise', 'Non'], question: 'Peut-on compter sur votre vote?' })
const ride = h.add('question', { version_id: survey.version, stable_id: 50, position: 2, kind: 'yes_no', text_fr: 'Avez-vous besoin d’un transport?' })
const rides = ['Oui', 'Non'].map((text_fr, i) => h.add('choice', { question_id: ride, stable_id: 900 + i, position: i + 1, text_fr }))
h.add('question', { version_id: survey.version, stable_id: 51, position: 3, kind: 'text_short', text_fr: 'Une remarque?' })
const op = h.operation(org, owner, { survey, name: 'Pointage Laval — novembre' })
sql(`INSERT INTO operation_question VALUES (${op}, 50), (${op}, 51)`)
sql(`INSERT INTO field_rule (operation_id, field, position, mode, highlight) VALUES (${op}, 'phone_home', 1, 'editable', 0), (${op}, 'phone_cell', 2, 'editable', 0)`)
const people = h.people(org, op, 60, (k) => ({ first_name: ['Angadrême', 'Zoé', 'Amandin', 'Léon'][k % 4], last_name: `Mercier${k}` }))
/* Each two of them live together on one landline; everybody has a cell phone too. */
for (let i = 0; i < people.length; i += 2) {
	const home = h.add('household', { organisation_id: org, kind: 'contact', address_key: Buffer.alloc(16, 10 + i) })
	sql(`UPDATE person SET household_id = ${home} WHERE id IN (${people[i].person}, ${people[i + 1].person});
	UPDATE entry SET household_id = ${home}, e164 = '${people[i].phone}' WHERE id IN (${people[i].entry}, ${people[i + 1].entry});
	INSERT INTO phone (person_id, position, kind, e164) VALUES (${people[i].person}, 2, 'home', '+1450555${1000 + i}')`)
}
const b = await browser()
const attempts = (where = '1') => Number(h.one(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op} AND ${where}`))
const entry = (page) => page.inputValue('#call input[name="entry"]')
const another = (page, was) => page.waitForFunction((e) => document.querySelector('#call input[name="entry"]')?.value !== e, was)

async function shift(name, id, opt) {
	const user = h.user(org, name, 'volunteer', opt.lang ?? 'fr')
	h.member(id, user)
	const page = await b.page(opt)
	await page.carry(user)
	page.user = user
	await page.goto(url(`/agent/${id}`))
	await page.click('form[action$="/next"] button')
	await page.waitForSelector('#call')
	return page
}

// --- every new state at two widths in two languages ---
for (const width of WIDTHS)
	for (const lang of LANGS) {
		const page = await shift(`Camille ${width} ${lang}`, op, { width, lang })
		await page.axe('shift-call')
		await page.shot('shift-call')
		const was = await entry(page)
		await page.check('input[name="mate"]')
		await page.click('#no-talk button[value="no_answer"]')
		await another(page, was)
		same(`fact 119: one call for two (${width}, ${lang})`, h.one(`SELECT COUNT(*) FROM attempt WHERE user_id = ${page.user.id}`), '2')
		await page.axe('shift-undo')
		await page.shot('shift-undo')
		if (width < 600) {
			const small = await page.$$eval('#undo button, #call .who-others button, .mates label', (all) => all.filter((e) => e.offsetParent && e.getBoundingClientRect().height < 40).map((e) => e.innerText))
			same(`fact 120: what is new can be hit by a thumb (${lang})`, small, [])
		}
		await page.click('#undo button')
		await page.waitForSelector('.notice-good')
		same(`undo: the same person again (${width}, ${lang})`, await entry(page), was)
		ok(`and the address is the operation's, so a reload sends nothing (${width}, ${lang})`, new URL(page.url()).pathname === `/agent/${op}`, page.url())
		await page.axe('shift-undone')
		await page.shot('shift-undone')
		await page.click('.callbar button')
		await page.waitForSelector('.pause-card')
		await page.axe('shift-break')
		await page.shot('shift-break')
		await page.close()
	}

// --- several questions by keyboard alone: number keys answer the one that is next ---
const keys = await shift('Clavier', op, { width: 1280 })
let was = await entry(keys)
await keys.keyboard.press('2')
await keys.keyboard.press('Tab')
await keys.evaluate(() => document.activeElement.blur())
await keys.keyboard.press('1')
same('a number key answers the first question without an answer', await keys.$$eval('#call .choices input:checked', (all) => all.map((e) => e.value)),
	[String(survey.choices[1]), String(rides[0])])
await keys.focus(`#question-${ride} input:checked`)
await keys.keyboard.press('2')
same('or the one where the focus is', await keys.$$eval('#call .choices input:checked', (all) => all.map((e) => e.value)), [String(survey.choices[1]), String(rides[1])])

// --- typed and not sent: a reload, and a browser that dies ---
await keys.fill('input[name^="texts."]', 'préfère « le matin » <b>שלום</b> 🙂')
await keys.fill('#note', 'deux\nlignes')
await keys.reload()
same('an unsaved answer survives a reload', [await entry(keys), await keys.inputValue('#note'), await keys.inputValue('input[name^="texts."]'),
	await keys.$$eval('#call .choices input:checked', (all) => all.length)], [was, 'deux\nlignes', 'préfère « le matin » <b>שלום</b> 🙂', 2])
await keys.waitForTimeout(300)
const context = keys.context()
await keys.close()
const again = await context.newPage()
await again.goto(url(`/agent/${op}`))
same('and a window that was closed', await again.inputValue('#note'), 'deux\nlignes')

// --- the connection is lost in the middle: the server has it, the answer does not arrive ---
let before = attempts(), lost = 0
await again.route('**/save', async (route) => {
	if (lost++ > 0) return route.continue()
	await route.fetch()
	await route.abort()
})
await again.click('.savebar button[value="completed"]')
await again.waitForSelector('#unsent:not([hidden])')
await another(again, was)
same('it is sent again by itself, and counts once', [attempts(), lost > 1], [before + 1, true])
same('with every answer', h.one(`SELECT COUNT(*) FROM answer a JOIN attempt t ON t.id = a.attempt_id WHERE t.entry_id = ${was}`), '3')
await again.waitForTimeout(400)
same('nothing is left on the device', await again.evaluate(() => Object.keys(localStorage).filter((k) => /^tocsin\.(call|typed)\./.test(k)).length), 0)
await again.unroute('**/save')
was = await entry(again)
same('what was typed belongs to that person only', await again.inputValue('#note'), '')

// --- the way back goes after its minute ---
ok('the way back is there', await again.isVisible('#undo'))
await again.clock.install()
await again.click('#no-talk button[value="no_answer"]')
await another(again, was)
await again.clock.runFor(61000)
same('and gone a minute later', await again.locator('#undo').count(), 0)

// --- a call on this phone ---
const phone = await shift('Téléphone', op, { width: 390 })
const away = async (seconds, leaves = true) => {
	await phone.evaluate(() => document.querySelector('a.btn-call').addEventListener('click', (e) => e.preventDefault(), { once: true }))
	await phone.click('a.btn-call')
	await phone.evaluate(({ seconds, leaves }) => {
		const now = Date.now
		const hidden = (yes) => { Object.defineProperty(document, 'hidden', { value: yes, configurable: true }); document.dispatchEvent(new Event('visibilitychange')) }
		if (leaves) hidden(true)
		Date.now = () => now() + seconds * 1000
		hidden(false)
		Date.now = now
	}, { seconds, leaves })
}
ok('before a call nothing is suggested', await phone.isHidden('#away'))
await away(2)
ok('two seconds away say nothing', await phone.isHidden('#away'))
before = attempts()
was = await entry(phone)
await away(12)
ok('twelve seconds: no answer?', await phone.isVisible('#away') && /12\ss.*aucune réponse/.test(await phone.innerText('#away')), await phone.innerText('#away'))
await phone.axe('shift-away')
await phone.shot('shift-away')
same('it is never saved by itself', attempts(), before)
await phone.click('#away-no')
ok('"no" takes it away', await phone.isHidden('#away'))
await away(130)
ok('two minutes: a conversation?', /2\smin.*conversation/.test(await phone.innerText('#away')), await phone.innerText('#away'))
await phone.click('#away-talk')
ok('which leads to the question', await phone.evaluate(() => document.activeElement.name === 'answer') && attempts() === before)
await away(15)
await phone.reload()
await away(15)
await phone.click('#away-save')
await another(phone, was)
same('one touch accepts it', sql(`SELECT status FROM attempt WHERE entry_id = ${was}`), [['8']])
ok('and the next person starts afresh', await phone.isHidden('#away'))

// --- an appointment kept for me ---
was = await entry(phone)
await phone.click('summary:has-text("Rappeler")')
await phone.fill('#callback_date', '2026-11-25')
await phone.fill('#callback_time', '18:30')
await phone.check('input[name="keep"]')
await phone.shot('shift-keep')
await phone.click('#callback-save')
await another(phone, was)
same('fact 116: kept for me', h.one(`SELECT kept_minutes FROM attempt WHERE entry_id = ${was}`), '15')
await phone.click('.callbar button')
await phone.waitForSelector('.pause-card')
ok('the break says when my appointment is', /rendez-vous.*18\sh\s30/.test(await phone.innerText('.pause-card')), await phone.innerText('.pause-card'))

// --- without scripts: a whole shift, the original version ---
const go = (page, act) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])
const plain = await shift('Denise', op, { width: 390, javaScript: false })
was = await entry(plain)
ok('without scripts: nothing of the suggestion is seen', await plain.isHidden('#away'))
await go(plain, () => plain.click('.savebar button[value="completed"]'))
ok('without scripts: a call without an answer is refused beside the question', await entry(plain) === was && await plain.isVisible('#question-wrong'))
await plain.check(`input[name="answer"][value="${survey.choices[0]}"]`, { force: true })
await plain.check(`input[name="answers.${ride}"][value="${rides[1]}"]`, { force: true })
await plain.fill('#note', 'sans script')
await go(plain, () => plain.click('.savebar button[value="completed"]'))
same('without scripts: saved with all answers', h.one(`SELECT COUNT(*) FROM answer a JOIN attempt t ON t.id = a.attempt_id WHERE t.entry_id = ${was} AND t.note = 'sans script'`), '2')
await go(plain, () => plain.click('#undo button'))
same('without scripts: taken back, and the answers are there', [await entry(plain), await plain.inputValue('#note'), await plain.isChecked(`input[value="${rides[1]}"]`)], [was, 'sans script', true])
await go(plain, () => plain.click('#no-talk button[value="not_home"]'))
was = await entry(plain)
await plain.click('summary:has-text("Rappeler")')
await plain.fill('#callback_date', '2026-11-25')
await plain.fill('#callback_time', '18:30')
await go(plain, () => plain.click('#callback-save'))
same('without scripts: an appointment', h.one(`SELECT status FROM attempt WHERE entry_id = ${was}`), '10')
for (let i = 0; i < 3 && await plain.locator('.who-others button').count() === 0; i++)
	await go(plain, () => plain.click('button[form="skip"]'))
was = await plain.innerText('.who-number')
await go(plain, () => plain.locator('.who-others button').first().click())
ok('without scripts: another number is chosen', await plain.innerText('.who-number') !== was)
await plain.click('summary:has-text("Corriger")')
was = await entry(plain)
await plain.fill('#edit_phone_home', '438 555-0142')
await go(plain, () => plain.click('#no-talk button[value="no_answer"]'))
same('without scripts: fact 75: a number is corrected', h.one(`SELECT COUNT(*) FROM phone f JOIN entry e ON e.person_id = f.person_id WHERE e.id = ${was} AND f.e164 = '+14385550142'`), '1')
await go(plain, () => plain.click('.callbar button'))
ok('without scripts: a break', /pause/.test(await plain.innerText('#pause')))
await go(plain, () => plain.click('form[action$="/next"] button'))
ok('without scripts: and on', await plain.locator('#call').count() === 1)

// --- without scripts: the specialized version ---
const talk = h.pointage(org)
const op2 = h.operation(org, owner, { survey: talk, version: 'specialized', name: 'Pointage 2026' })
h.people(org, op2, 3)
const talker = await shift('Gérard', op2, { width: 390, javaScript: false })
was = await entry(talker)
await go(talker, () => talker.click('button[value="start"]'))
for (let steps = 0; steps < 20 && await talker.locator('input[name="end"]').count() === 0; steps++) {
	const choice = talker.locator('#question input').first()
	if (await choice.count() > 0) await choice.check({ force: true })
	await go(talker, () => talker.locator('.talk-bar-buttons .btn-primary').click())
}
ok('without scripts: question by question to the end', await talker.isChecked('input[name="status"][value="completed"]'))
await go(talker, () => talker.click('.talk-bar-buttons .btn:not(.btn-primary)'))
await go(talker, () => talker.locator('.talk-bar-buttons .btn-primary').click())
await talker.fill('#note', 'fini')
await go(talker, () => talker.click('.talk-bar-buttons .btn-primary'))
same('without scripts: a conversation is saved', sql(`SELECT status, note FROM attempt WHERE entry_id = ${was}`), [['16', 'fini']])
ok('without scripts: the next person comes', await entry(talker) !== was)
await done()
