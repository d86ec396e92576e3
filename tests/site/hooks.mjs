/*
 * hooks.mjs - webhooks sent and signed by others' code (npm twilio and telnyx) through nginx to the real hooks area:
 * transport, signatures, whose they are, the same one many times at once. Case numbers are those of the acceptance list of webhooks.
 */
import { spawnSync } from 'node:child_process'
import { createPrivateKey, sign as edSign } from 'node:crypto'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { done, ok, same, sql } from '../area/area.mjs'
import { account, agent, call, facts, hold, operation, outcome, trunk } from './calls.mjs'

const require = createRequire(import.meta.url)
const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks')

const URL_ = process.env.TOCSIN_URL, PORT = process.env.TOCSIN_PORT
const AC = 'AC' + '1'.repeat(32), OTHER_AC = 'AC' + '2'.repeat(32), T1 = 'token-one-of-connection-3', T0 = 'the-token-before'
sql("INSERT IGNORE INTO organisation (id, name, created_at) VALUES (1, 'Test', 1), (2, 'Other', 1)")
const conn = trunk('add', 'twilio', AC, '', T1, '', 30)
const other = trunk('add', 'twilio', OTHER_AC, '', 'token-of-another', '', 30)
sql(`INSERT INTO caller_id VALUES (${conn}, '+15145550100', 1), (${other}, '+15145550100', 1)`)
const op = operation(conn), op2 = operation(other)
let people = 0
/** A call that was sent and accepted, as the dialer leaves it. */
function sent(o = op, line, call_id = '') {
	line ??= { id: Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month)
	    SELECT trunk_id, operation_id, ${6000 + ++people}, '+14385551234', caller_e164, 'fr', 'r${people}', 'open', 1, '2026-11-01' FROM dialing WHERE operation_id = ${o};
	    SELECT LAST_INSERT_ID()`)[0][0]), user: 6000 + people }
	const h = hold(o, 1000 + people, `+1514556${String(1000 + people)}`)
	return call(line, h, call_id)
}
const sid = (n) => 'CA' + String(n).padStart(32, '0')
const base = (id, more = {}) => ({ CallSid: sid(id), AccountSid: AC, From: '+15145550100', To: '+15145550123', CallStatus: 'ringing', ApiVersion: '2010-04-01',
    Direction: 'outbound-api', Timestamp: 'Mon, 23 Nov 2026 14:00:00 +0000', CallbackSource: 'call-progress-events', SequenceNumber: '1', ...more })

function raw(method, path, headers, body) {
	return new Promise((resolve, reject) => {
		const r = request({ host: '127.0.0.1', port: PORT, method, path, headers }, (res) => {
			let text = ''
			res.on('data', (c) => { text += c })
			res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, body: text }))
		})
		r.on('error', (e) => (e.code === 'ECONNRESET' || e.code === 'EPIPE' ? resolve({ status: 0 }) : reject(e)))
		if (body !== undefined)
			r.write(body)
		r.end()
	})
}
async function post(path, params, { token = T1, signed = URL_ + path, sign = params, encode = (p) => new URLSearchParams(p).toString(), headers = {}, body } = {}) {
	body ??= encode(params)
	return (await raw('POST', path, { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8', 'Content-Length': Buffer.byteLength(body),
	    'X-Twilio-Signature': getExpectedTwilioSignature(token, signed, sign), ...headers }, body)).status
}
const count = (id) => facts(id).length
const tally = (c, what) => Number(sql(`SELECT COALESCE(SUM(times), 0) FROM hook_tally WHERE trunk_id = ${c} AND what = '${what}'`)[0][0])

// --- transport and signature ---------------------------------------------------------------------------
const a = sent()
const P = `/hooks/${conn}/${a}/contact`
same('case 1: a valid status callback is 204', await post(P, base(1)), 204)
same('case 1: and one fact', facts(a), ['ringing:webhook:ringing'])
same('case 1: the call is not over', outcome(a), undefined)
const refusedBefore = tally(conn, 'unsigned')
same('case 2: without a signature 403', (await raw('POST', P, { 'Content-Type': 'application/x-www-form-urlencoded' }, 'CallStatus=busy')).status, 403)
same('case 2: and the counter says so', tally(conn, 'unsigned') - refusedBefore, 1)
const right = getExpectedTwilioSignature(T1, URL_ + P, base(1, { CallStatus: 'busy' }))
same('case 3: one character changed is 403', await post(P, base(1, { CallStatus: 'busy' }), { headers: { 'X-Twilio-Signature': (right[0] === 'A' ? 'B' : 'A') + right.slice(1) } }), 403)
same('case 4: signed for another query is 403', await post(P + '?x=2', base(1, { CallStatus: 'busy' }), { signed: URL_ + P + '?x=1' }), 403)
same('case 5: a value changed after signing is 403', await post(P, base(1, { CallStatus: 'completed' }), { sign: base(1, { CallStatus: 'busy' }) }), 403)
same('case 6: a parameter added after signing is 403', await post(P, base(1, { CallStatus: 'busy', More: '1' }), { sign: base(1, { CallStatus: 'busy' }) }), 403)
same('cases 2 to 6: nothing was stored', count(a), 1)
same('case 7: an unknown parameter under the signature is fine', await post(P, base(1, { CallStatus: 'initiated', NewInSpring: 'yes' })), 204)
same('case 8: another order of the parameters is fine', await post(P, base(1, { CallStatus: 'in-progress' }),
    { encode: (p) => Object.entries(p).reverse().map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join('&') }), 204)
same('case 9: signed with the port left out is fine', await post(P, base(1, { CallStatus: 'queued' }), { signed: 'http://127.0.0.1' + P }), 204)
same('case 10: signed for https is 403', await post(P, base(1, { CallStatus: 'busy' }), { signed: `https://127.0.0.1:${PORT}${P}` }), 403)
same('case 11: other escapes of the same values are fine', await post(P, base(1, { CallStatus: 'queued', Word: 'a b~c' }),
    { encode: (p) => Object.entries(p).map(([k, v]) => `${k}=${encodeURIComponent(v).replace(/%2B/g, '%2b').replace(/%20/g, '+').replace(/~/g, '%7e')}`).join('&') }), 204)
same('case 12: UTF-8 is fine', await post(P, base(1, { CallStatus: 'queued', FromCity: 'MONTRÉAL' })), 204)
same('case 13: an empty value is fine', await post(P, base(1, { CallStatus: 'queued', A: '' })), 204)
same('case 14: a repeated key is fine', await post(P, base(1, { CallStatus: 'queued' }), { sign: base(1, { CallStatus: 'queued', Digits: ['1', '2'] }),
    encode: (p) => new URLSearchParams(p) + '&Digits=1&Digits=2&Digits=2' }), 204)
same('case 15: a GET is 405', (await raw('GET', P + '?CallStatus=busy', { 'X-Twilio-Signature': getExpectedTwilioSignature(T1, URL_ + P + '?CallStatus=busy', {}) })).status, 405)
same('case 21: 65,537 bytes are 413', await post(P, {}, { body: 'x'.repeat(65537) }), 413)
same('case 22: text/plain is 415', await post(P, base(1), { headers: { 'Content-Type': 'text/plain' } }), 415)
{
	const body = new URLSearchParams(base(1, { CallStatus: 'queued', Chunk: 'yes' })).toString()
	const r = await raw('POST', P, { 'Content-Type': 'application/x-www-form-urlencoded', 'Transfer-Encoding': 'chunked',
	    'X-Twilio-Signature': getExpectedTwilioSignature(T1, URL_ + P, base(1, { CallStatus: 'queued', Chunk: 'yes' })) }, body)
	same('case 29: a chunked body is the same', r.status, 204)
}
same('case 17: a new secret', [trunk('secret', conn, T0), await post(P, base(1, { CallStatus: 'queued' }), { token: T0 })].slice(1), [204])
same('case 17: while it is new the old one still counts', await post(P, base(1, { CallStatus: 'queued' })), 204)
ok('case 17: and is marked', tally(conn, 'old_secret') >= 1)
trunk('secret', conn, T1)
trunk('forget', conn)
same('case 17: after it was taken away it is 403', await post(P, base(1, { CallStatus: 'queued' }), { token: T0 }), 403)
sql(`UPDATE trunk SET secret = NULL, revision = revision + 1 WHERE id = ${other}`)
same('case 18: without a secret 503', await post(`/hooks/${other}/1/contact`, base(1), { token: 'token-of-another' }), 503)
trunk('secret', other, 'token-of-another')
same('case 19: another connection’s token is 403', await post(P, base(1, { CallStatus: 'busy' }), { token: 'token-of-another' }), 403)
same('case 20: another account in the body is 403', await post(P, base(1, { CallStatus: 'busy', AccountSid: OTHER_AC })), 403)
same('a connection that does not exist is 404', await post('/hooks/999999/1/contact', base(1)), 404)
same('a path of no sense is 404', await post(`/hooks/${conn}/x/contact`, base(1)), 404)

// --- whose it is -------------------------------------------------------------------------------------------
const b = sent(op, undefined, sid(2))
const B = `/hooks/${conn}/${b}/contact`
same('case 30: attached to its call', [await post(B, base(2)), facts(b)], [204, ['ringing:webhook:ringing']])
same('case 31: the identical request again is 204 and changes nothing',
    [await post(B, base(2), { headers: { 'I-Twilio-Idempotency-Token': 'x' } }), await post(B, base(2)), count(b)], [204, 204, 1])
{
	const ended = base(2, { CallStatus: 'busy', SipResponseCode: '486', SequenceNumber: '2' })
	const all = await Promise.all(Array.from({ length: 10 }, () => post(B, ended)))
	same('case 32: ten at once are ten 204s', all, Array(10).fill(204))
	same('case 32: and one fact', [count(b), outcome(b)], [2, 'busy'])
}
{	// what comes while the processes stand still is taken in one go: what is odd among it harms nobody, and nobody gets another's answer
	const status = spawnSync('supervisorctl', ['-c', process.env.TOCSIN_RUN + '/supervisord.conf', 'status'], { encoding: 'utf8' }).stdout
	const pids = status.split('\n').filter((l) => l.startsWith('hooks')).map((l) => Number(l.match(/pid (\d+)/)[1]))
	const calls = Array.from({ length: 6 }, (_, i) => sent(op, undefined, sid(1000 + i))), foreign = sent(op2, undefined, sid(1010))
	const to = (id, n, more, rest) => post(`/hooks/${conn}/${id}/contact`, base(n, more), rest), over = { CallStatus: 'busy', SipResponseCode: '486' }
	for (const p of pids)
		process.kill(p, 'SIGSTOP')
	const all = [to(calls[0], 1000), to(calls[1], 1001, over), to(calls[2], 1002, over, { token: 'another' }), to(calls[2], 1002),
	    to(88888888, 1003), to(foreign, 1010), to(calls[3], 1003, over), to(calls[3], 1003, over), to(calls[3], 1003),
	    to(calls[4], 2004), to(calls[5], 1005, { CallSid: 'CAxyz' }), to(calls[5], 1005)]
	setTimeout(() => pids.forEach((p) => process.kill(p, 'SIGCONT')), 500)
	same('taken in one go: each has its own answer', await Promise.all(all), [204, 204, 403, 204, 204, 404, 204, 204, 204, 204, 400, 204])
	same('... and its own facts', [...calls, foreign].map(count), [1, 1, 1, 2, 1, 1, 0])
	same('... and outcome', calls.map((id) => outcome(id) ?? ''), ['', 'busy', '', 'busy', '', ''])
	same('... and the second id is seen', sql(`SELECT call_other FROM live_call WHERE id = ${calls[4]}`)[0][0], sid(2004))
	ok('two processes or more were there', pids.length >= 2, status)
}
const c = sent()
await post(`/hooks/${conn}/${c}/contact`, base(3))
same('case 33: a webhook before the answer teaches the id', sql(`SELECT call_id FROM live_call WHERE id = ${c}`)[0][0], sid(3))
await post(`/hooks/${conn}/${c}/contact`, base(4, { CallStatus: 'in-progress' }))
same('case 34: another id is kept beside it', sql(`SELECT call_id, call_other FROM live_call WHERE id = ${c}`)[0], [sid(3), sid(4)])
const orphans = tally(conn, 'orphan')
same('case 36: an unknown call is 204', await post(`/hooks/${conn}/99999999/contact`, base(5)), 204)
same('case 36: and waits for an administrator', [tally(conn, 'orphan') - orphans, Number(sql(`SELECT COUNT(*) FROM call_orphan WHERE of_id = 99999999`)[0][0])], [1, 1])
const d = sent(op2)
same('case 37: another connection’s call is 404', [await post(`/hooks/${conn}/${d}/contact`, base(6)), count(d)], [404, 0])
ok('case 37: and noticed', tally(conn, 'other_trunk') >= 1)
const e = sent()
sql(`UPDATE live_call SET person_id = NULL WHERE id = ${e}`)
same('case 38: of somebody who was erased only a counter stays', [await post(`/hooks/${conn}/${e}/contact`, base(7)), count(e), tally(conn, 'erased')], [204, 0, 1])
same('case 39: a malformed CallSid is 400', [await post(P, base(1, { CallSid: 'CAxyz' })), tally(conn, 'malformed') >= 1], [400, true])
const f = sent(op, undefined, sid(8))
for (const [word, n] of [['completed', 4], ['ringing', 2], ['initiated', 1], ['in-progress', 3]])
	await post(`/hooks/${conn}/${f}/contact`, base(8, { CallStatus: word, SequenceNumber: String(n), CallDuration: '35',
	    Timestamp: `Mon, 23 Nov 2026 14:00:0${n} +0000` }))
same('case 42: the end first, the rest later: it stays over', [outcome(f), count(f)], ['answered_hungup', 4])
same('case 43: completed alone is an answer', await (async () => {
	const g = sent(op, undefined, sid(9))
	await post(`/hooks/${conn}/${g}/contact`, base(9, { CallStatus: 'completed', CallDuration: '35' }))
	return outcome(g)
})(), 'answered_hungup')
{
	const g = sent(op, undefined, sid(10))
	for (const w of ['completed', 'no-answer'])
		await post(`/hooks/${conn}/${g}/contact`, base(10, { CallStatus: w, CallDuration: '9' }))
	same('case 54: completed and then no-answer: the answer wins, and the conflict is flagged',
	    [outcome(g), Number(sql(`SELECT flags & 1 FROM live_call WHERE id = ${g}`)[0][0])], ['answered_hungup', 1])
	const h = sent(op, undefined, sid(11))
	await post(`/hooks/${conn}/${h}/contact`, base(11, { CallStatus: 'screening' }))
	same('case 56: an unknown word is never an end', [outcome(h), facts(h), tally(conn, 'unknown_word')], [undefined, ['ignored:webhook:screening'], 1])
	await post(`/hooks/${conn}/${h}/contact`, base(12, { CallStatus: 'busy' }))
	sql(`UPDATE live_call SET state = 'ended', outcome = 'unknown', live = NULL, live_e164 = NULL WHERE id = ${h}`)
}
{
	const g = sent(op, undefined, sid(13))
	sql(`INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at) VALUES ('contact', ${g}, x'${'ab'.repeat(32)}', 'gave_up', 'local', 5, 5);
	  UPDATE live_call SET facts = 1, applied = 1, outcome = 'unknown', state = 'ended', ended_at = 5, live = NULL, live_e164 = NULL WHERE id = ${g}`)
	await post(`/hooks/${conn}/${g}/contact`, base(13, { CallStatus: 'completed', CallDuration: '40' }))
	same('case 57: a day late, after all was given up: the outcome is mended', outcome(g), 'answered_hungup')
	sql(`UPDATE operation SET state = 'archived' WHERE id = ${op}`)
	const h = sent(op, undefined, sid(14))
	await post(`/hooks/${conn}/${h}/contact`, base(14, { CallStatus: 'completed', CallDuration: '40' }))
	same('case 58: after the operation was closed it is stored', [outcome(h), sql(`SELECT e.state FROM entry e JOIN live_call c ON c.entry_id = e.id WHERE c.id = ${h}`)[0][0]],
	    ['answered_hungup', 'held'])
	sql(`UPDATE operation SET state = 'active' WHERE id = ${op}`)
}
{	// the agent's leg and the room
	const line = agent(op, 77)
	sql(`UPDATE agent_line SET state = 'open', look_at = NULL, call_id = '${sid(900)}' WHERE id = ${line.id}`)
	const g = sent(op, line, sid(15))
	const room = (event, label, call_sid) => post(`/hooks/${conn}/${line.id}/agent/room`, { ConferenceSid: 'CF' + '5'.repeat(32), FriendlyName: 'room1',
	    AccountSid: AC, StatusCallbackEvent: event, CallSid: call_sid, Timestamp: 'Mon, 23 Nov 2026 14:00:05 +0000', ...(label ? { ParticipantLabel: label } : {}) })
	same('case 74: who enters the room is found by the label', [await room('participant-join', `contact-${g}`, sid(15)), facts(g)], [204, ['bridged:webhook:participant-join']])
	same('case 74: and by the call’s id alone', [await room('participant-leave', '', sid(15)), facts(g).length], [204, 2])
	await room('participant-join', `agent-${line.id}`, sid(900))
	same('the room’s id is learned when the agent enters', sql(`SELECT room_id FROM agent_line WHERE id = ${line.id}`)[0][0], 'CF' + '5'.repeat(32))
	await post(`/hooks/${conn}/${line.id}/agent`, base(900, { CallStatus: 'completed', CallDuration: '100' }))
	same('case 73: the end of the agent’s leg never touches what was told of the contact’s', [facts(g).filter((x) => x.includes(':webhook:')).length, line.state()], [2, 'ended'])
	same('case 69: but what it had rung is to be ended', sql(`SELECT hang_up_at IS NOT NULL, look_at IS NOT NULL FROM live_call WHERE id = ${g}`)[0], ['1', '1'])
}

// --- SignalWire: another header, ids of another form; Somleng: one callback ---------------------------------------
const PROJECT = 'b08dacad-2f5a-4c71-9d0b-0123456789ab'
const sw = trunk('add', 'signalwire', PROJECT, 'https://example.signalwire.com', 'sw-token', '', 5)
sql(`INSERT INTO caller_id VALUES (${sw}, '+15145550100', 1)`)
{
	const o = operation(sw), uuid = '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0'
	const g = sent(o, undefined, uuid), path = `/hooks/${sw}/${g}/contact`
	const said = (word, s) => ({ ...base(1), CallSid: uuid, AccountSid: PROJECT, CallStatus: word, Timestamp: `Mon, 23 Nov 2026 14:00:0${s} +0000` })
	const send = (p) => post(path, p, { headers: { 'X-Twilio-Signature': '', 'X-SignalWire-Signature': getExpectedTwilioSignature('sw-token', URL_ + path, p) } })
	same('case 39: SignalWire’s ids are UUIDs', await send(said('ringing', 1)), 204)
	same('case 78: “answered” and “in-progress” are one answer', [await send(said('answered', 2)), await send(said('in-progress', 2)),
	    facts(g).filter((x) => x.startsWith('answered')).length], [204, 204, 1])
}

// --- Telnyx: Ed25519, its own envelope -------------------------------------------------------------------------
{
	const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
	const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' })
	const tx = trunk('add', 'telnyx', '1684641123236054244', '', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'KEY0123', 5)
	sql(`INSERT INTO caller_id VALUES (${tx}, '+15145550100', 1)`)
	const o = operation(tx), g = sent(o, undefined, 'v3:abc'), path = `/hooks/${tx}/${g}/contact`
	const event = (id, type, payload) => JSON.stringify({ data: { event_type: type, id, occurred_at: '2026-11-23T14:00:00.000000Z',
	    payload: { call_control_id: 'v3:abc', client_state: Buffer.from(String(g)).toString('base64'), ...payload }, record_type: 'event' } })
	const send = async (body, { age = 0, stamp, sent_body = body } = {}) => {
		const t = stamp ?? String(Math.floor(Date.now() / 1000) - age)
		return (await raw('POST', path, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent_body), 'telnyx-timestamp': t,
		    'telnyx-signature-ed25519': edSign(null, Buffer.from(`${t}|${body}`), key).toString('base64') }, sent_body)).status
	}
	const id = '0ccc7b54-4df3-4bca-a65a-3da1ecc777f0', busy = event(id, 'call.hangup', { hangup_cause: 'user_busy', hangup_source: 'callee', sip_hangup_cause: '486' })
	same('case 23: 301 seconds old is 403, 299 is fine, 12x is 403', [await send(busy, { age: 302 }), await send(event('e1', 'call.initiated', {}), { age: 298 }),
	    await send(busy, { age: -302 }), await send(busy, { stamp: '12x' })], [403, 204, 403, 403])
	same('case 24: one space added on the way is 403', await send(busy, { sent_body: busy.replace(':', ': ') }), 403)
	same('case 82: the same event to both addresses is one fact', [await send(busy), await send(busy), outcome(g), facts(g).filter((x) => x.startsWith('ended')).length],
	    [204, 204, 'busy', 1])
	same('Telnyx’s own library agrees with what was sent', await (async () => {
		const Telnyx = require('telnyx')
		try {
			const t = String(Math.floor(Date.now() / 1000))
			const client = new (Telnyx.default ?? Telnyx)({ apiKey: 'k', publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=' })
			await client.webhooks.unwrap(busy, { headers: { 'telnyx-timestamp': t,
			    'telnyx-signature-ed25519': edSign(null, Buffer.from(`${t}|${busy}`), key).toString('base64') } })
			return true
		} catch (x) { return String(x) }
	})(), true)
}
await done()
