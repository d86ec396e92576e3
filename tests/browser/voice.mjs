// voice.mjs - agents who speak in the browser, by the vendor's real script in Chromium: the agent opens the line with a pretend
// microphone, is heard at the other end, mutes, calls, closes; the way to the company breaks, the token ends, a second window
// takes over. The company is company.mjs. with-site
import { done, LANGS, ok, same, url, WIDTHS } from './site.mjs'
import { sql, until } from '../area/area.mjs'
import { AC, EDGE, ROAMING, SCRIPT } from './company.mjs'
import { as, b, begins, co, named, op, opened, policy, setUp, shift, state, wire } from './voice_world.mjs'
import { copyFileSync, mkdirSync } from 'node:fs'

const trunk = setUp()

const camille = shift('Camille'), agent = await begins(b, camille)
ok('the first page says how one calls here: no word of one’s own phone', /microphone/.test(agent.first) && /software dials/.test(agent.first) && !/own phone/.test(agent.first), agent.first)
ok('the page of the calls allows no script but ours', (await policy(agent, `/agent/${op}`)).includes("script-src 'self';") && !(await policy(agent, `/agent/${op}`)).includes('twilio'))
await agent.axe('line-open-here')
await agent.shot('line-open-here')
const voice = await as(b, camille, { lang: 'en' })
const csp = await policy(voice, `/agent/${op}/voice`)
ok('the line’s page allows the script and its hosts, and nothing unsafe', csp.includes(`script-src 'self' http://127.0.0.1:${co.apiPort};`) && csp.includes('wss://*.twilio.com') && !/unsafe|[ :]\*[ ;]/.test(csp), csp)
same('before the click nothing of the company’s is loaded', [co.said.filter((s) => s.includes('twilio.min.js')).length, await voice.evaluate(() => 'Twilio' in globalThis)], [0, false])
await voice.axe('voice-closed')
await voice.shot('voice-closed')
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
// the script as README puts it: a file that this site serves
mkdirSync(`${process.env.TOCSIN_TEST_DIR}/voice`)
copyFileSync(SCRIPT, `${process.env.TOCSIN_TEST_DIR}/voice/twilio.min.js`)
sql(`UPDATE trunk SET browser_script = '', revision = revision + 1 WHERE id = ${trunk}`)
const own = await as(b, camille, { lang: 'en' })
ok('without an address of its own the script is this site’s file, and no other host’s is allowed', (await policy(own, `/agent/${op}/voice`)).includes("script-src 'self';"))
same('and the line opens by it', await opened(own), 'open')
await own.click('#voice-close')
await own.close()
same('every request of the company was taken', co.hooks.filter(([, status]) => status >= 300), [])
co.end()
await done()
