/*
 * voice_world.mjs - what tests of agents who speak in the browser share: an operation, the company (company.mjs) with a page at the
 * end of its wire, Chromium with a pretend microphone, and the steps that all of them take.
 */
import { browser, clock, url } from './site.mjs'
import { sql } from '../area/area.mjs'
import { house } from '../area/house.mjs'
import { trunk } from '../site/calls.mjs'
import { AC, APP, company, HOSTS, KEY, KEY_SECRET, SECRET } from './company.mjs'

export const h = house(sql, { cookie: `tocsin-${process.env.TOCSIN_PORT}`, clockFile: process.env.TOCSIN_CLOCK })
clock(0)
export const org = h.organisation('Campagne')
export const owner = h.user(org, 'Marie', 'organiser', 'en')
const survey = h.survey(org, { choices: ['Oui', 'Non'] })
export const op = h.operation(org, owner, { survey, name: 'Pointage', opens_at: '00:00:00', closes_at: '23:59:00', ends_at: '2036-12-20 20:00:00' })
h.people(org, op, 12)

/* The other end of the wire: a page that answers an offer, with a tone. */
let far
const answer = (offer) => far.evaluate(async (sdp) => {
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
export const co = await company(process.env.TOCSIN_URL, 0, answer)
export const script = `http://127.0.0.1:${co.apiPort}/twilio.min.js`
export const hosts = { [HOSTS]: `127.0.0.1:${co.gatewayPort}` }
export const media = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--ignore-certificate-errors', '--allow-loopback-in-peer-connection',
	'--disable-features=WebRtcHideLocalIpsWithMdns', '--autoplay-policy=no-user-gesture-required']
const outside = [script, 'wss://voice-js.', 'https://eventgw.', 'https://sdk.twilio.com/']
export const b = await browser({ flags: media, hosts })
export const wire = far = await (await browser({ flags: media, hosts })).page({})

/** The operation calls through a connection that is set up for it, as the pages of voice_setup.mjs leave it. */
export function setUp() {
	co.trunk = trunk('add', 'twilio', AC, `http://127.0.0.1:${co.apiPort}`, SECRET, '', 20)
	trunk('browser', co.trunk, KEY, KEY_SECRET, APP)
	sql(`UPDATE trunk SET browser_script = '${script}' WHERE id = ${co.trunk}; INSERT INTO caller_id VALUES (${co.trunk}, '+15145550100', 1);
	  UPDATE operation SET method = 'software' WHERE id = ${op};
	  INSERT INTO dialing (operation_id, trunk_id, caller_e164, voice) VALUES (${op}, ${co.trunk}, '+15145550100', 'browser')`)
	return co.trunk
}
export async function as(from, user, opt) {
	const page = await from.page({ outside, ...opt })
	await page.carry(user)
	return page
}
export const policy = async (page, at) => (await page.goto(url(at))).headers()['content-security-policy']
export function shift(name, lang = 'en') {
	const user = h.user(org, name, 'volunteer', lang)
	h.member(op, user)
	return user
}
export async function begins(from, user, opt = { lang: 'en' }) {
	const p = await as(from, user, opt)
	await p.goto(url(`/agent/${op}`))
	p.first = await p.textContent('.tips')
	await p.click('form[action$="/next"] button')
	await p.waitForSelector('#line-card')
	return p
}
export const state = (p) => p.evaluate(() => document.querySelector('#voice').dataset.state)
export async function opened(p) {
	await p.click('#voice-open')
	await p.waitForFunction(() => ['open', 'trouble'].includes(document.querySelector('#voice').dataset.state), null, { timeout: 40000 })
	return state(p)
}
export const named = (t) => JSON.parse(Buffer.from(t.split('.')[1], 'base64url')).grants.identity
