// voice_setup.mjs - calls in the browser set up: the administrator enters what the vendor's script needs, the check says in words
// what is wrong, an owner chooses it. with-site
import { done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql, until } from '../area/area.mjs'
import { AC, APP, KEY, KEY_SECRET, SECRET } from './company.mjs'
import { as, b, co, h, op, org, owner, script } from './voice_world.mjs'

const admin = h.user(org, 'Ada', 'administrator', 'en')

// --- the administrator ------------------------------------------------------------------------------------------------
const page = await as(b, admin, { lang: 'en' })
await page.goto(url('/connections/new'))
await page.selectOption('#provider', 'twilio')
await page.fill('#name', 'Twilio')
await page.fill('#account', AC)
await page.fill('#secret', SECRET)
await page.fill('#base_url', `http://127.0.0.1:${co.apiPort}`)
await page.fill('#cps', '20')
await page.click('details.card > summary')
await page.fill('#browser_key', 'SK1')
await page.click('.actions button')
ok('a key alone is not enough, said beside it', /go together/.test(await page.textContent('#browser-wrong')) && await page.inputValue('#browser_key') === 'SK1')
await page.axe('connection-browser-refused')
async function fill() {
	await page.fill('#secret', SECRET)
	await page.fill('#browser_key', KEY)
	await page.fill('#browser_secret', KEY_SECRET)
	await page.fill('#browser_app', APP)
}
await fill()
await page.fill('#browser_key', 'SK1')
await page.click('.actions button')
ok('a key that is none is refused', /written SK/.test(await page.textContent('#browser-wrong')))
await fill()
await page.fill('#browser_script', 'javascript:alert(1)')
await page.click('.actions button')
ok('an address of the script that is none is refused beside its field', /https/.test(await page.textContent('#script-wrong')))
await fill()
await page.fill('#browser_script', script)
await page.click('.actions button')
await page.waitForURL(/connections\/\d+$/)
const trunk = co.trunk = Number(page.url().match(/(\d+)$/)[1])
ok('neither secret is shown again, nor stored as it is', !(await page.content()).includes(KEY_SECRET) &&
    !sql('SELECT HEX(browser_secret) FROM trunk')[0][0].includes(Buffer.from('secret-of').toString('hex').toUpperCase()))
const urls = [`${process.env.TOCSIN_URL}/hooks/${trunk}/0/agent/browser`, `${process.env.TOCSIN_URL}/hooks/${trunk}/0/agent`]
ok('the page shows the two addresses for the application', urls.every((u, i) => page.locator('code').nth(i).textContent().then((t) => t === u)) &&
    await page.locator('code').nth(0).textContent() === urls[0] && await page.locator('code').nth(1).textContent() === urls[1])
await page.fill('#number', '514 555-0100')
await page.click('form[action$="/caller"] button')
await page.waitForSelector('text=514 555-0100')
async function check(what, pattern) {
	sql(`UPDATE trunk SET checked_at = NULL WHERE id = ${trunk}`)
	await page.click('form[action$="/check"] button')
	ok(what, await page.waitForSelector('.notice:is(.notice-good, .notice-bad)', { timeout: 20000 }).then((e) => e.textContent()).then((t) => pattern.test(t)), await page.textContent('main'))
}
co.keyGood = false
await check('the check says that the key is refused', /does not accept the key/)
co.keyGood = true
co.app = null
await check('that there is no such application', /no such application/)
co.app = { voice_url: 'https://elsewhere.example/voice', voice_method: 'POST', status_callback: urls[1], status_callback_method: 'POST' }
await check('that it calls another address', /two addresses/)
co.app = { voice_url: urls[0], voice_method: 'GET', status_callback: urls[1], status_callback_method: 'POST' }
await check('or not by POST', /two addresses/)
co.app = { voice_url: urls[0], voice_method: 'POST', status_callback: urls[1], status_callback_method: 'POST' }
co.scriptThere = false
await check('that the script is not there', /script for calls in the browser is not at its address/)
sql(`UPDATE trunk SET paused = 'funds', paused_at = 1 WHERE id = ${trunk}`)
await page.reload()
await page.click('form[action$="/check"] button')
same('what only browsers lack does not keep calls by phone paused', await until(() => sql(`SELECT paused = '' AND look_at IS NULL FROM trunk WHERE id = ${trunk}`)[0][0] === '1', 15000), true)
co.scriptThere = true
await page.goto(url(`/connections/${trunk}`))
await check('and at last that all of it works', /The connection works/)
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${admin.id}`)
		const p = await as(b, admin, { width, lang })
		await p.goto(url(`/connections/${trunk}`))
		await p.axe('connection-browser')
		await p.shot('connection-browser')
		await p.goto(url(`/connections/${trunk}/edit`))
		await p.axe('connection-browser-edit')
		await p.shot('connection-browser-edit')
	}
await page.goto(url(`/connections/${trunk}/edit`))
await page.fill('#name', 'Twilio again')
await page.click('.actions button')
await page.waitForURL(/connections\/\d+$/)
ok('a secret left empty stays', sql('SELECT browser_secret IS NOT NULL FROM trunk')[0][0] === '1' && await page.locator('code').count() === 3)

// --- the owner chooses ------------------------------------------------------------------------------------------------------
sql(`UPDATE operation SET method = 'software' WHERE id = ${op}; INSERT INTO dialing (operation_id, trunk_id, caller_e164) VALUES (${op}, ${trunk}, '+15145550100');
  INSERT INTO trunk (organisation_id, name, provider, account, secret, created_at, form_key) SELECT organisation_id, 'By phone', provider, account, secret, 1, x'00' FROM trunk;
  INSERT INTO caller_id VALUES (${trunk + 1}, '+15145550101', 1)`)
const wizard = await as(b, owner, { lang: 'en' })
await wizard.goto(url(`/connections/operation/${op}`))
same('agents speak by their phones unless somebody chooses otherwise', await wizard.isChecked('input[value="phone"]'), true)
await wizard.selectOption('#caller', { label: '514 555-0101 · By phone' })
await wizard.check('input[name="voice"][value="browser"]', { force: true })
await wizard.click('.actions button')
ok('a connection that is not set up for it is refused in words, with what was chosen kept', /not set up for calls in the browser/.test(await wizard.textContent('#voice-wrong')) &&
    await wizard.isChecked('input[name="voice"][value="browser"]'))
await wizard.axe('operation-browser-refused')
await wizard.selectOption('#caller', { label: '514 555-0100 · Twilio again' })
await wizard.click('.actions button')
await wizard.waitForSelector('.notice-good')
same('the choice is stored', sql(`SELECT voice FROM dialing WHERE operation_id = ${op}`)[0][0], 'browser')
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${owner.id}`)
		const p = await as(b, owner, { width, lang })
		await p.goto(url(`/connections/operation/${op}`))
		await p.axe('operation-browser')
		await p.shot('operation-browser')
	}
co.end()
await done()
