// power.mjs - power mode in a browser: an administrator allows it, an owner chooses it, an agent waits and the person who answers
// comes up by themselves; the organiser sees how many heard nobody, and why as many phones ring as do. with-site
// SIM_OPTIONS="--speed 6"
import { browser, done, LANGS, ok, same, url, WIDTHS, clock } from './site.mjs'
import { randomBytes } from 'node:crypto'
import { sql, until } from '../area/area.mjs'
import { house } from '../area/house.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
clock(0)
const org = h.organisation('Les Amis de la rivière')
const admin = h.user(org, 'Ada', 'administrator', 'en'), owner = h.user(org, 'Marie', 'organiser', 'fr')
const survey = h.survey(org, { choices: ['Oui', 'Non'] })
const op = h.operation(org, owner, { survey, name: 'Pointage du samedi', opens_at: '00:00:00', closes_at: '23:59:00', ends_at: '2036-12-20 20:00:00' })
h.people(org, op, 120)
sql(`UPDATE operation SET method = 'software' WHERE id = ${op};
  INSERT INTO trunk (id, organisation_id, name, provider, cps, created_at, form_key) VALUES (9, ${org}, 'Compte principal', 'sim', 30, 1, x'${randomBytes(16).toString('hex')}');
  INSERT INTO caller_id VALUES (9, '+15145550100', 1);
  INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds) VALUES (${op}, 9, '+15145550100', 'progressive', 12)`)
const b = await browser()
async function as(user, opt) {
	const page = await b.page(opt)
	await page.carry(user)
	return page
}

// --- off by default ------------------------------------------------------------------------------------------------
const wizard = await as(owner, { lang: 'fr' })
await wizard.goto(url(`/connections/operation/${op}`))
same('power mode is not offered while nobody has allowed it', await wizard.$$eval('input[name="mode"]', (l) => l.map((x) => x.value)), ['preview', 'progressive'])
const page = await as(admin, { lang: 'en' })
await page.goto(url('/connections/9'))
ok('the connection’s page says that it is off, and what it means', /Not allowed/.test(await page.textContent('#power')) && /hear your organisation’s name and an apology/.test(await page.textContent('#power')))
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${admin.id}`)
		const p = await as(admin, { width, lang })
		await p.goto(url('/connections/9'))
		await p.axe('power-off')
		await p.shot('power-off')
	}
sql(`UPDATE user SET language = 'en' WHERE id = ${admin.id}`)
await page.goto(url('/connections/9'))
await page.click('#power button')
await page.waitForSelector('#power .notice')
same('one click allows it, and is in the audit', sql(`SELECT verb FROM audit WHERE verb LIKE 'trunk.power%'`).map((r) => r[0]), ['trunk.power_on'])
await page.axe('power-on')

// --- the owner chooses it --------------------------------------------------------------------------------------------
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${owner.id}`)
		const p = await as(owner, { width, lang })
		await p.goto(url(`/connections/operation/${op}`))
		await p.click('label:has(input[value="power"])')
		await p.axe('power-choice')
		await p.shot('power-choice')
	}
sql(`UPDATE user SET language = 'fr' WHERE id = ${owner.id}`)
await wizard.goto(url(`/connections/operation/${op}`))
await wizard.click('label:has(input[value="power"])')
await wizard.click('.actions button')
await wizard.waitForSelector('.notice-good')
same('chosen', [sql(`SELECT mode FROM dialing WHERE operation_id = ${op}`)[0][0], await wizard.isChecked('input[value="power"]')], ['power', true])

// --- an agent waits, and the person who answers comes up ----------------------------------------------------------------
// a third of the last calls were answered
sql(`
  INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key, call_id, state, live, outcome, wanted_at, ended_at, month)
  SELECT 9, ${op}, 90000 + seq, 1, 0, NULL, '', '', 1, UNHEX(MD5(CONCAT('h', seq))), CONCAT('CH', seq), 'ended', NULL, IF(seq % 3 = 0, 'answered', 'no_answer'), 1, 1, '2026-11-01' FROM seq_1_to_200;
  INSERT INTO power_tally (operation_id, day, connected, abandoned) VALUES (${op}, CURDATE(), 412, 5)`)
async function shift(name, opt, phone) {
	const user = h.user(org, name, 'volunteer', opt.lang)
	h.member(op, user)
	const p = await as(user, opt)
	const now = `${Date.now()}000`
	sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, wanted_at, month, look_at) VALUES (9, ${op}, ${user.id}, '${phone}', '+15145550100', '${opt.lang}',
	    '${randomBytes(16).toString('hex')}', ${now}, '2026-11-01', ${now})`)
	ok(`${name}: the line is open`, await until(() => sql(`SELECT state FROM agent_line WHERE user_id = ${user.id} ORDER BY id DESC LIMIT 1`)[0]?.[0] === 'open', 20000))
	p.user = user
	return p
}
const wide = await shift('Camille', { width: 1280, lang: 'fr' }, '+14385550177')
const small = await shift('Zoé', { width: 390, lang: 'en' }, '+14385550277')
// others who wait: their lines are none of anybody's phones, and they come after these two
sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month, waiting_at)
  SELECT 9, ${op}, 700000 + seq, '+14385550377', '+15145550100', 'fr', CONCAT('r', seq), 'open', 1, '2026-11-01', 9000000000000000 FROM seq_1_to_6`)
// nobody answers for the moment
sql(`UPDATE entry SET e164 = CONCAT('+1450', 2000000 + id * 100 + 2) WHERE operation_id = ${op}`)
for (const p of [wide, small]) {
	await p.goto(url(`/agent/${op}`))
	await p.click('form[action$="/next"] button')
	await p.waitForSelector('#waiting')
	await p.axe('power-waits')
	await p.shot('power-waits')
}
ok('several phones ring for those who wait', await until(() => Number(sql(`SELECT COUNT(*) FROM live_call WHERE live = 1 AND line_id >> 62 = 1`)[0][0]) > 8, 15000), sql('SELECT * FROM power'))
const boss = await as(owner, { width: 1280, lang: 'fr' })
await boss.goto(url(`/operations/${op}`))
ok('the organiser sees how many calls may ring, for how many', /Appels qui peuvent sonner en même temps/.test(await boss.textContent('#power')) && /1,2/.test(await boss.textContent('#power')), await boss.textContent('#power'))
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${owner.id}`)
		const p = await as(owner, { width, lang })
		await p.goto(url(`/operations/${op}`))
		await p.axe('power-numbers')
		await p.shot('power-numbers')
	}
sql(`UPDATE user SET language = 'fr' WHERE id = ${owner.id}`)
sql(`UPDATE entry SET e164 = CONCAT('+1450', 2000000 + id * 100 + 77) WHERE operation_id = ${op} AND state IN ('ready', 'waiting')`)
await wide.waitForSelector('#call .who-name, #call #who', { timeout: 60000 })
ok('whoever answers comes up on the page of who waits, by itself', await wide.waitForFunction(() => /répondu|Quelqu’un/.test(document.querySelector('.line-say')?.innerText ?? ''), null, { timeout: 10000 }).then(() => true))
await wide.axe('power-answered')
await wide.shot('power-answered')
await small.waitForSelector('#call', { timeout: 60000 })
await small.shot('power-answered')
same('each has another person', await Promise.all([wide, small].map((p) => p.inputValue('#call input[name="entry"]'))).then(([x, y]) => x !== y), true)
// said how it went: they wait again
await wide.click('[formaction$="/line/hang-up"]')
await wide.click('.outcomes button[value="not_home"]')
await wide.waitForSelector('#waiting', { timeout: 15000 })
ok('saved, and the agent waits again', true)
// a break: nobody is connected meanwhile
await wide.click('form[action$="/break"] button')
await wide.waitForSelector('form[action$="/next"]')
same('on a break nobody waits', sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${wide.user.id} AND waiting_at IS NOT NULL`)[0][0], '0')

// --- without JavaScript ----------------------------------------------------------------------------------------------------
const plain = await shift('Sans script', { width: 390, lang: 'fr', javaScript: false }, '+14385550477')
sql(`UPDATE agent_line SET waiting_at = NULL WHERE user_id >= 700000`)
sql(`UPDATE agent_line SET waiting_at = 9000000000000000 WHERE user_id >= 700000; UPDATE entry SET e164 = CONCAT('+1450', 2000000 + id * 100 + 2) WHERE operation_id = ${op} AND state IN ('ready', 'waiting')`)
await plain.goto(url(`/agent/${op}`))
await plain.click('form[action$="/next"] button')
ok('without JavaScript the page comes again by itself', await plain.content().then((c) => /http-equiv="refresh" content="3"/.test(c) || /id="call"/.test(c)))

// --- taken away --------------------------------------------------------------------------------------------------------------
await page.goto(url('/connections/9'))
await page.click('#power button')
await page.waitForSelector('#power .btn-quiet')
await wizard.goto(url(`/connections/operation/${op}`))
ok('taken away: the owner is told that each agent has one call', /n’est plus permis/.test(await wizard.textContent('#mode-wrong')))
await wizard.axe('power-taken-away')
await wizard.shot('power-taken-away')
await boss.goto(url(`/operations/${op}`))
ok('the numbers say so too', /n’est plus permis/.test(await boss.textContent('#power')))
await done()
