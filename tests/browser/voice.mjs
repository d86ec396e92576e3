// voice.mjs - agents who speak in the browser, by the vendor's real script in Chromium: the administrator sets it up, the check
// says in words what is wrong, an owner chooses it, an agent opens the line with a pretend microphone, mutes, calls, closes;
// and every trouble is told in words with a phone beside it. The company is company.mjs. with-site
import { browser, done, LANGS, ok, same, url, WIDTHS, clock } from './site.mjs'
import { sql, until } from '../area/area.mjs'
import { house } from '../area/house.mjs'
import { AC, APP, company, EDGE, HOSTS, KEY, KEY_SECRET, ROAMING, SECRET } from './company.mjs'

const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
clock(0)
const org = h.organisation('Campagne')
const admin = h.user(org, 'Ada', 'administrator', 'en'), owner = h.user(org, 'Marie', 'organiser', 'en')
const survey = h.survey(org, { choices: ['Oui', 'Non'] })
const op = h.operation(org, owner, { survey, name: 'Pointage', opens_at: '00:00:00', closes_at: '23:59:00', ends_at: '2036-12-20 20:00:00' })
h.people(org, op, 12)

// --- the other end of the wire: a page that answers an offer, with a tone -----------------------------------------
let wire
const answer = (offer) => wire.evaluate(async (sdp) => {
	const pc = new RTCPeerConnection(), sound = new AudioContext(), tone = sound.createOscillator(), out = sound.createMediaStreamDestination()
	globalThis.ends = [...(globalThis.ends ?? []), pc]
	tone.connect(out)
	tone.start()
	await pc.setRemoteDescription({ type: 'offer', sdp })
	for (const track of out.stream.getTracks()) pc.addTrack(track, out.stream)
	await pc.setLocalDescription(await pc.createAnswer())
	while (pc.iceGatheringState !== 'complete') await new Promise((go) => setTimeout(go, 20))
	return pc.localDescription.sdp
}, offer)
const co = await company(process.env.TOCSIN_URL, 0, answer)
const script = `http://127.0.0.1:${co.apiPort}/twilio.min.js`
const hosts = { [HOSTS]: `127.0.0.1:${co.gatewayPort}` }
const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--ignore-certificate-errors', '--allow-loopback-in-peer-connection',
	'--disable-features=WebRtcHideLocalIpsWithMdns', '--autoplay-policy=no-user-gesture-required']
const outside = [script, 'wss://voice-js.', 'https://eventgw.', 'https://sdk.twilio.com/']
const b = await browser({ flags: media, hosts }), other = await browser({ flags: media, hosts })
wire = await other.page({})

async function as(from, user, opt) {
	const page = await from.page({ outside, ...opt })
	await page.context().addCookies(Object.entries(user.cookies).map(([n, value]) => ({ name: n, value, url: process.env.TOCSIN_URL })))
	return page
}
const policy = async (page, at) => (await page.goto(url(at))).headers()['content-security-policy']

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

// --- the agent ------------------------------------------------------------------------------------------------------------------
function shift(name, lang = 'en') {
	const user = h.user(org, name, 'volunteer', lang)
	h.member(op, user)
	return user
}
async function begins(from, user, opt = { lang: 'en' }) {
	const p = await as(from, user, opt)
	await p.goto(url(`/agent/${op}`))
	p.first = await p.textContent('.tips')
	await p.click('form[action$="/next"] button')
	await p.waitForSelector('#line-card')
	return p
}
const camille = shift('Camille'), agent = await begins(b, camille)
ok('the first page says how one calls here: no word of one’s own phone', /microphone/.test(agent.first) && /software dials/.test(agent.first) && !/own phone/.test(agent.first), agent.first)
ok('the page of the calls allows no script but ours', (await policy(agent, `/agent/${op}`)).includes("script-src 'self';") && !(await policy(agent, `/agent/${op}`)).includes('twilio'))
await agent.axe('line-open-here')
await agent.shot('line-open-here')
const voice = await as(b, camille, { lang: 'en' })
const csp = await policy(voice, `/agent/${op}/voice`)
ok('the line’s page allows the script and its hosts, and nothing unsafe', csp.includes(`script-src 'self' http://127.0.0.1:${co.apiPort};`) && csp.includes('wss://*.twilio.com') && !/unsafe|[ :]\*[ ;]/.test(csp), csp)
same('before the click nothing of the company’s is loaded', co.said.filter((s) => s.includes('twilio.min.js')).length > 0 && await voice.evaluate(() => 'Twilio' in globalThis), false)
await voice.axe('voice-closed')
await voice.shot('voice-closed')
const state = (p) => p.evaluate(() => document.querySelector('#voice').dataset.state)
async function opened(p) {
	await p.click('#voice-open')
	await p.waitForFunction(() => ['open', 'trouble'].includes(document.querySelector('#voice').dataset.state), null, { timeout: 40000 })
	return state(p)
}
same('the real script signs in with our token, calls in, and the line is open', [await opened(voice), await voice.textContent('#voice-wrong')], ['open', ''])
const line = () => sql(`SELECT id, state, way, e164 FROM agent_line WHERE user_id = ${camille.id} ORDER BY id DESC LIMIT 1`)[0]
same('the site knows: a line in a browser, open', line().slice(1), ['open', 'browser', ''])
ok('sound goes through the wire', await wire.waitForFunction(async () => {
	const stats = [...await globalThis.ends.at(-1).getStats()].map(([, s]) => s)
	return stats.some((s) => s.type === 'inbound-rtp' && s.packetsReceived > 10)
}, null, { timeout: 20000 }).then(() => true))
await voice.axe('voice-open')
await voice.shot('voice-open')
await voice.click('#voice-mute')
await voice.waitForFunction(() => document.querySelector('#voice-mute').getAttribute('aria-pressed') === 'true')
ok('muted, and it says so', /microphone is off/.test(await voice.textContent('#voice-say')))
await voice.shot('voice-muted')
await voice.click('#voice-mute')
await voice.waitForFunction(() => document.querySelector('#voice-mute').getAttribute('aria-pressed') === 'false')
ok('and heard again', /is open/.test(await voice.textContent('#voice-say')))
await agent.waitForSelector('[formaction$="/line/call"]', { timeout: 20000 })
await agent.axe('line-browser-open')
await agent.shot('line-browser-open')
await agent.click('[formaction$="/line/call"]')
const room = sql(`SELECT room FROM agent_line WHERE id = ${line()[0]}`)[0][0]
same('a person is rung into the room of that line', await until(() => co.said.some((s) => s.startsWith(`POST /Conferences/${room}/Participants.json`)), 15000), true)

// the way to the company breaks for a moment: the script comes back by the edge that it was told, which the page's policy allows
const peer = co.peers.at(-1)
same('the script came by the address that everybody begins with', peer.host, ROAMING)
peer.lost = true
peer.drop()
same('cut off, it comes back by the edge', await until(() => co.peers.at(-1) !== peer && co.peers.at(-1).host === EDGE, 20000), true)
same('and the line has been open all the time', [await state(voice), line()[1], voice.complaints.filter((c) => /Content.Security|Refused/.test(c))], ['open', 'open', []])
voice.complaints.length = 0

// the token ends a minute from now: another one comes by itself, of the same line, and the call goes on
co.ttl = 62
await voice.click('#voice-close')
await voice.waitForFunction(() => document.querySelector('#voice').dataset.state === 'closed')
const before = co.tokens.length
same('closed and opened at once: the old line is ended first', await opened(voice), 'open')
co.ttl = 600
same('before a token ends the page asks for another', await until(() => co.tokens.length >= before + 2, 15000), true)
const named = (t) => JSON.parse(Buffer.from(t.split('.')[1], 'base64url')).grants.identity
ok('of the same line, and the line stays open', named(co.tokens.at(-1)) === named(co.tokens.at(-2)) && co.tokens.at(-1) !== co.tokens.at(-2) && await state(voice) === 'open', co.tokens.slice(-2))
await voice.click('#voice-close')
await voice.click('#voice-open')
await voice.click('#voice-close')
await new Promise((go) => setTimeout(go, 3000))
same('opened and closed before it was open: it stays closed, and no line is left', [await state(voice), await until(() => line()[1] === 'ended', 15000)], ['closed', true])
same('and opens again', await opened(voice), 'open')

// a second window of the same agent: the first line ends, and the second one is the line
const second = await as(b, camille, { lang: 'en' })
await second.goto(url(`/agent/${op}/voice`))
const was = line()[0]
same('a second window takes the line over', await opened(second), 'open')
await voice.waitForFunction(() => document.querySelector('#voice').dataset.state !== 'open', null, { timeout: 20000 })
ok('and the first says that it ended', /has ended/.test(await voice.textContent('#voice-say')) && line()[0] !== was && line()[1] === 'open')
same('one line at a time', sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${camille.id} AND live = 1`)[0][0], '1')

// a token is of its line alone: with the old one nobody gets in any more
const identity = named(co.tokens[0]), now = named(co.tokens.at(-1))
same('who calls in to a line that is over is turned away', (await co.tell(`/hooks/${trunk}/0/agent/browser`, { CallSid: 'CA' + '9'.repeat(32), AccountSid: AC, From: `client:${identity}`, CallStatus: 'ringing' })).includes('<Hangup/>'), true)
same('so is a second leg of a line that is open', (await co.tell(`/hooks/${trunk}/0/agent/browser`, { CallSid: 'CA' + '8'.repeat(32), AccountSid: AC, From: `client:${now}`, CallStatus: 'ringing' })).includes('<Hangup/>'), true)
for (const from of [identity, now])
	await co.tell(`/hooks/${trunk}/0/agent`, { CallSid: 'CA' + '8'.repeat(32), AccountSid: AC, From: `client:${from}`, CallStatus: 'completed', CallDuration: '0' })
same('and it stays open, also when the end of that leg is told', line()[1], 'open')

await second.click('#voice-close')
same('closed on its page: the site knows', await until(() => line()[1] === 'ended', 15000), true)
await agent.waitForSelector('a[target="tocsin-line"]', { timeout: 20000 })
same('opened again', await opened(second), 'open')
await agent.waitForSelector('[formaction$="/line/end"]', { timeout: 20000 })
await agent.click('[formaction$="/line/end"]')
await second.waitForFunction(() => document.querySelector('#voice').dataset.state !== 'open', null, { timeout: 20000 })
ok('closed on the page of the calls: the dialer hangs it up, and the line’s page says so', co.said.some((s) => /^POST \/Calls\/CA.*Status=/.test(s)) && /has ended/.test(await second.textContent('#voice-say')))
same('opened once more', await opened(second), 'open')
await second.close()
same('a window that goes takes its line with it', await until(() => line()[1] === 'ended', 15000), true)

// --- trouble, each in words, with a phone beside it ------------------------------------------------------------------------------
const zoe = shift('Zoé', 'fr')
async function trouble(from, name, pattern, opt = {}) {
	const p = await as(from, zoe, { lang: 'fr', ...opt })
	await p.goto(url(`/agent/${op}/voice`))
	const got = await opened(p)
	ok(name, got === 'trouble' && pattern.test(await p.textContent('#voice-wrong')) && await p.isVisible('#voice-open') && await p.isVisible(`.pause-back a[href="/agent/${op}"]`),
	    `${got}: ${await p.textContent('#voice-wrong')}`)
	p.complaints.length = 0
	await p.axe(name.replace(/\W+/g, '-').slice(0, 40))
	await p.shot(`voice-${opt.shot ?? 'trouble'}`)
	await p.close()
}
co.scriptThere = false
await trouble(b, 'the script is not there', /script de la compagnie de téléphone n’a pas pu être chargé/, { shot: 'no-script' })
co.scriptThere = true
for (const code of [20101, 31204, 20104]) {
	co.refuse = code
	await trouble(b, `the token is refused (${code})`, /n’accepte pas la clé de ce site/, { shot: 'refused' })
}
co.refuse = 0
same('no line is left of all that', await until(() => sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${zoe.id} AND live = 1`)[0][0] === '0', 15000), true)
const far = await browser({ flags: media })
await trouble(far, 'the company cannot be reached', /ne peut pas être jointe depuis ce navigateur/, { shot: 'unreached', width: 390 })
const deaf = await browser({ flags: ['--use-fake-ui-for-media-stream', '--ignore-certificate-errors'], hosts })
await trouble(deaf, 'there is no microphone', /Aucun microphone/, { shot: 'no-mic', width: 390 })
const shut = await browser({ flags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts', '--ignore-certificate-errors'], hosts })
await trouble(shut, 'the microphone is not allowed', /ne laisse pas cette page se servir du microphone/, { shot: 'mic-blocked' })
same('without a microphone no line was wanted', sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${zoe.id} AND live = 1`)[0][0], '0')
sql(`UPDATE dialing SET paused = 'funds', paused_at = 1 WHERE operation_id = ${op}`)
await trouble(b, 'calls are paused', /suspendus/, { shot: 'paused' })
sql(`UPDATE dialing SET paused = '', paused_at = NULL WHERE operation_id = ${op}`)

// the phone instead
const phone = await begins(deaf, zoe, { lang: 'fr', width: 390 })
await phone.click('#line-card details summary')
await phone.axe('line-phone-instead')
await phone.shot('line-phone-instead')
await phone.fill('#line_number', '12')
await phone.click('[formaction$="/line/start"]')
await phone.waitForSelector('#line-card .wrong')
ok('a wrong number is told, and its field stays open', await phone.isVisible('#line_number'))
await phone.fill('#line_number', '438 555-0199')
await phone.click('[formaction$="/line/start"]')
await phone.waitForFunction(() => /438/.test(document.querySelector('#line-card').innerText) && !document.querySelector('#line_number'), null, { timeout: 15000 })
same('the phone rings instead', await until(() => co.said.some((s) => s.startsWith('POST /Calls.json') && s.includes('To=%2B14385550199')), 15000), true)
const both = await as(b, zoe, { lang: 'fr' })
await both.goto(url(`/agent/${op}/voice`))
same('and no second line opens beside it', [await opened(both), /déjà une ligne/.test(await both.textContent('#voice-wrong'))], ['trouble', true])

// --- pictures, and without JavaScript -------------------------------------------------------------------------------------------------
for (const width of WIDTHS)
	for (const lang of LANGS) {
		sql(`UPDATE user SET language = '${lang}' WHERE id = ${camille.id}`)
		const p = await as(b, camille, { width, lang })
		await p.goto(url(`/agent/${op}/voice`))
		same(`the line opens at ${width} in ${lang}`, await opened(p), 'open')
		await p.axe('voice')
		await p.shot('voice')
		await p.click('#voice-close')
		await p.close()
		const q = await as(b, camille, { width, lang })
		await q.goto(url(`/agent/${op}`))
		await q.shot('line-open-here')
	}
const plain = await as(b, camille, { lang: 'en', javaScript: false })
await plain.goto(url(`/agent/${op}/voice`))
ok('without JavaScript it says to use a phone', /needs JavaScript/.test(await plain.textContent('noscript')))
same('every request of the company was taken', co.hooks.filter(([, status]) => status >= 300), [])
co.end()
await done()
