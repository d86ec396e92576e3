/*
 * company.mjs - the telephone company as tests play it for the vendor's real script: its REST API, the gateway that the
 * script speaks to (a WebSocket behind TLS), the requests it makes to us, signed by its own library, and at the end of the wire
 * a second browser page that answers by WebRTC. What no test here can have is the company's network itself.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { createServer as createTls } from 'node:https'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import webhooks from 'twilio/lib/webhooks/webhooks.js'

export const SCRIPT = new URL('../node_modules/@twilio/voice-sdk/dist/twilio.min.js', import.meta.url)
export const HOSTS = '*.twilio.com', ROAMING = 'voice-js.roaming.twilio.com', EDGE = 'voice-js.ashburn.twilio.com'
export const AC = 'AC' + '1'.repeat(32), KEY = 'SK' + '2'.repeat(32), APP = 'AP' + '3'.repeat(32)
export const SECRET = 'auth-token-of-the-account', KEY_SECRET = 'secret-of-the-browser-key'

const listening = (server) => new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server.address().port)))

function certificate() {
	const dir = mkdtempSync(join(tmpdir(), 'tocsin-company-'))
	try {
		execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=company',
			'-keyout', join(dir, 'key'), '-out', join(dir, 'cert')], { stdio: 'ignore' })
		return { key: readFileSync(join(dir, 'key')), cert: readFileSync(join(dir, 'cert')) }
	} finally { rmSync(dir, { recursive: true }) }
}

// --- a WebSocket, as little of it as the script needs: text frames, no fragments ---------------------------------

function webSocket(server, begin) {
	server.on('upgrade', (rq, socket) => {
		const accept = createHash('sha1').update(rq.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64')
		socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
		let data = Buffer.alloc(0)
		const peer = {
			open: true, host: rq.headers.host, drop: () => socket.destroy(),
			send(text) {
				const body = Buffer.from(text), n = body.length
				const head = n < 126 ? Buffer.from([0x81, n]) : Buffer.from([0x81, 126, n >> 8, n & 255])
				if (peer.open) socket.write(Buffer.concat([head, body]))
			},
			say(type, payload) { peer.send(JSON.stringify({ type, payload })) },
		}
		const gone = () => { peer.open = false; clearInterval(beat); peer.over?.() }
		const beat = setInterval(() => peer.send('\n'), 5000)
		socket.on('close', gone).on('error', gone).on('data', (more) => {
			data = Buffer.concat([data, more])
			while (data.length >= 6) {
				let n = data[1] & 127, at = 2
				if (n === 126) { n = data.readUInt16BE(2); at = 4 }
				if (n === 127) { n = Number(data.readBigUInt64BE(2)); at = 10 }
				if (data.length < at + 4 + n) return
				const mask = data.subarray(at, at + 4), body = Buffer.from(data.subarray(at + 4, at + 4 + n)).map((b, i) => b ^ mask[i % 4])
				const kind = data[0] & 15
				data = data.subarray(at + 4 + n)
				if (kind === 8) socket.end()
				if (kind === 1 && body.toString() !== '\n') peer.heard?.(JSON.parse(body.toString()))
			}
		})
		begin(peer)
	})
}

const part = (token, i) => JSON.parse(Buffer.from(token.split('.')[i], 'base64url'))
/** What the company would say of a token: undefined, or its own number for what is wrong. */
function judge(token) {
	const [head, claims, mac] = token.split('.')
	const want = createHmac('sha256', KEY_SECRET).update(`${head}.${claims}`).digest()
	const c = part(token, 1), now = Date.now() / 1000
	if (Buffer.from(mac, 'base64url').length !== 32 || !timingSafeEqual(Buffer.from(mac, 'base64url'), want)) return 20101
	if (c.iss !== KEY || c.sub !== AC || c.grants.voice.outgoing.application_sid !== APP) return 20101
	return c.exp < now ? 20104 : undefined
}

// --- the company -----------------------------------------------------------------------------------------------------

/**
 * site: our address. answer(offer): the SDP of the other end. What tests look at and change:
 *   app        what its record of the application says          said     every REST request as "METHOD /path body"
 *   refuse     a number: the gateway answers every token so      hooks    [path, status, document] of our webhooks
 *   peers      who has come to the gateway: { host, lost: its leg outlives the connection, drop() }
 *   ttl        seconds that it says a token lasts                tokens   all that were shown to it
 */
export async function company(site, trunk, answer) {
	const it = { app: {}, refuse: 0, ttl: 600, said: [], hooks: [], tokens: [], peers: [], keyGood: true, scriptThere: true, legs: new Map() }
	let calls = 0

	async function tell(path, form) {
		const url = site + path, signature = webhooks.getExpectedTwilioSignature(SECRET, url, form)
		const got = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers: { 'X-Twilio-Signature': signature } })
		it.hooks.push([path, got.status, await got.text()])
		return it.hooks.at(-1)[2]
	}
	const leg = (sid, identity, state, more = {}) => ({ CallSid: sid, AccountSid: AC, ApiVersion: '2010-04-01', Direction: 'inbound', From: `client:${identity}`,
		Caller: `client:${identity}`, To: '', CallStatus: state, ApplicationSid: APP, ...more })
	it.tell = tell

	const api = createServer((rq, rs) => {
		let body = ''
		rq.on('data', (d) => { body += d }).on('end', () => {
			const path = rq.url.replace(`/2010-04-01/Accounts/${AC}`, ''), [user] = Buffer.from((rq.headers.authorization ?? '').slice(6), 'base64').toString().split(':')
			const answerWith = (status, what) => { rs.writeHead(status, { 'Content-Type': 'application/json' }); rs.end(JSON.stringify(what)) }
			it.said.push(`${rq.method} ${path} ${body}`)
			if (rq.url === '/twilio.min.js') {
				rs.writeHead(it.scriptThere ? 200 : 404, { 'Content-Type': 'text/javascript', 'Cross-Origin-Resource-Policy': 'cross-origin' })
				rs.end(it.scriptThere ? readFileSync(SCRIPT) : '')
			} else if (path.startsWith('/Applications/')) {
				if (user !== KEY || !it.keyGood) answerWith(401, { code: 20003, message: 'Authenticate' })
				else if (it.app === null) answerWith(404, { code: 20404 })
				else answerWith(200, { sid: APP, ...it.app })
			} else if (path === '.json') answerWith(200, { sid: AC, status: 'active' })
			else if (path.startsWith('/Balance')) answerWith(200, { balance: '10.00', currency: 'CAD' })
			else if (path.startsWith('/IncomingPhoneNumbers')) answerWith(200, { incoming_phone_numbers: [{ sid: 'PN1' }] })
			else if (rq.method === 'POST' && path.startsWith('/Conferences/')) answerWith(201, { call_sid: `CA${String(++calls).padStart(32, '0')}`, status: 'queued' })
			else if (rq.method === 'POST' && path === '/Calls.json') answerWith(201, { sid: `CA${String(++calls).padStart(32, '0')}`, status: 'queued' })
			else if (rq.method === 'POST' && path.startsWith('/Calls/')) {
				const sid = path.slice(7, 41)
				answerWith(200, { sid, status: 'completed' })
				it.legs.get(sid)?.end()
			} else if (path.startsWith('/Calls/')) answerWith(200, { sid: path.slice(7, 41), status: it.legs.has(path.slice(7, 41)) ? 'in-progress' : 'completed', duration: '1' })
			else answerWith(404, { code: 20404 })
		})
	})
	it.apiPort = await listening(api)

	/* one browser at the gateway */
	function begin(peer) {
		let identity, sid
		it.peers.push(peer)
		function over() {
			if (sid === undefined) return
			const gone = sid
			sid = undefined
			it.legs.delete(gone)
			tell(`/hooks/${it.trunk}/0/agent`, leg(gone, identity, 'completed', { CallDuration: '5', Timestamp: new Date().toUTCString() }))
		}
		peer.over = () => { if (!peer.lost) over() }
		peer.heard = async ({ type, payload }) => {
			if (type === 'listen') {
				const bad = it.refuse || judge(payload.token)
				it.tokens.push(payload.token)
				if (bad) peer.say('error', { error: { code: bad, message: 'no' } })
				else {
					identity = part(payload.token, 1).grants.identity
					peer.say('connected', { region: 'us1', home: 'us1', gateway: 'test', edge: 'ashburn', token: { identity, ttl: it.ttl } })
				}
			}
			if (type === 'hangup') over()
			if (type !== 'invite') return
			if (payload.reconnect !== undefined) {		/* the same call by another way */
				sid = payload.callsid
				identity = payload.reconnect
				it.legs.set(sid, { end() { peer.say('hangup', { callsid: payload.callsid }); over() } })
				peer.say('answer', { callsid: sid, reconnect: payload.reconnect })
				return
			}
			sid = `CA${String(++calls).padStart(32, '0')}`
			it.legs.set(sid, { end() { peer.say('hangup', { callsid: mine }); over() } })
			const mine = sid, document = await tell(`/hooks/${it.trunk}/0/agent/browser`, leg(sid, identity, 'ringing'))
			if (!document.includes('<Conference')) {
				it.legs.delete(sid)
				sid = undefined
				peer.say('hangup', { callsid: payload.callsid })
				return
			}
			peer.say('answer', { callsid: mine, reconnect: identity, sdp: await answer(payload.sdp) })
		}
	}
	/* its tones are a moment of silence here; measurements are thrown away */
	const silence = Buffer.concat([Buffer.from('524946462403000057415645666d74201000000001000100401f0000401f00000100080064617461' + '00030000', 'hex'), Buffer.alloc(768, 128)])
	const gateway = createTls(certificate(), (rq, rs) => {
		rs.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*', 'Content-Type': 'audio/wav' })
		rs.end(rq.method === 'GET' ? silence : '')
	})
	webSocket(gateway, begin)
	it.gatewayPort = await listening(gateway)
	it.trunk = trunk
	it.end = () => { api.close(); gateway.close(); api.closeAllConnections(); gateway.closeAllConnections() }
	return it
}
