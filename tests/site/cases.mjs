/*
 * cases.mjs - what needs a provider that answers as one likes: polls and lists, one after the other, through the real dialer;
 * webhooks through nginx. Case numbers are those of the acceptance list of webhooks (tests/lint/cases.sh).
 */
import { spawnSync } from 'node:child_process'
import { createHash, createPrivateKey, randomBytes, sign as edSign } from 'node:crypto'
import { createServer, request } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { call, facts, hold, now, operation, outcome, trunk } from './calls.mjs'

const require = createRequire(import.meta.url)
const { getExpectedTwilioSignature, validateRequestWithBody } = require('twilio/lib/webhooks/webhooks')
const URL_ = process.env.TOCSIN_URL, PORT = process.env.TOCSIN_PORT
const AC = 'AC' + '3'.repeat(32), TOKEN = 'token-of-the-company'
const DAY = 86400, one = (text) => sql(text)[0]?.[0]

// --- the company ---------------------------------------------------------------------------------------------
const seen = []
let answers = () => [404, { code: 20404 }]
const company = createServer((rq, rs) => {
	let body = ''
	rq.on('data', (c) => { body += c })
	rq.on('end', () => {
		seen.push(`${rq.method} ${rq.url} ${body}`)
		const [status, json] = answers(rq.method, rq.url, body)
		rs.writeHead(status, { 'Content-Type': 'application/json' })
		rs.end(JSON.stringify(json))
	})
}).listen(0, '127.0.0.1')
await new Promise((r) => company.on('listening', r))
const base = `http://127.0.0.1:${company.address().port}`
const asked = (what) => seen.filter((x) => x.includes(what)).length

sql("INSERT IGNORE INTO organisation (id, name, created_at) VALUES (1, 'Test', 1); INSERT IGNORE INTO user (id, organisation_id, name, role, created_at) VALUES (1, 1, 'Owner', 'owner', 1)")
function connection(...args) {
	const id = trunk('add', ...args, 20)
	sql(`INSERT INTO caller_id VALUES (${id}, '+15145550100', 1)`)
	return id
}
const conn = connection('twilio', AC, base, TOKEN, '')
const op = operation(conn)
sql(`INSERT INTO recycling_rule VALUES (${op}, 1, 2, 1440)`)	// Error: again after a day
let n = 0
const sid = (i) => 'CA' + String(i).padStart(32, '0')
/** A call that the company took `ago` seconds ago, with what is known of it since. */
function taken(ago, { o = op, id = sid(++n), more = [], e164 = `+1514558${1000 + ++n}` } = {}) {
	const user = 5000 + ++n
	sql(`INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (${user}, 1, 'A', 'volunteer', 1)`)
	const line = { user, id: Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month)
	    SELECT trunk_id, operation_id, ${user}, '+14385551234', caller_e164, 'fr', 'r${user}', 'open', 1, '2026-11-01' FROM dialing WHERE operation_id = ${o};
	    SELECT LAST_INSERT_ID()`)[0][0]) }
	const h = hold(o, user - 5000, e164), c = call(line, h, id), at = now() - BigInt(ago) * 1000000n
	sql(`UPDATE live_call SET sent_at = ${at} WHERE id = ${c}`)
	for (const [kind, t, word = ''] of [['requested', ago], ...(id === '' ? [] : [['accepted', ago]]), ...more])
		sql(`INSERT INTO call_fact (leg, of_id, fact_key, kind, source, call_id, at_us, received_at, word) VALUES ('contact', ${c}, x'${randomBytes(32).toString('hex')}', '${kind}',
		    '${kind === 'answered' ? 'webhook' : 'local'}', '${kind === 'requested' ? '' : id}', ${now() - BigInt(t) * 1000000n}, ${at}, '${word}');
		  UPDATE live_call SET facts = facts + 1, applied = facts WHERE id = ${c}`)
	return { c, h, id, user, path: `/hooks/${Number(one(`SELECT trunk_id FROM dialing WHERE operation_id = ${o}`))}/${c}/contact` }
}
const look = (x) => sql(`UPDATE live_call SET look_at = ${now()} WHERE id = ${x.c}`)
const ends = (x, ms = 20000) => until(() => outcome(x.c), ms)
const entry = (x) => sql(`SELECT state, reason, attempts FROM entry WHERE id = ${x.h.entry}`)[0]
const attempts = (x) => sql(`SELECT number, status, COALESCE(corrects, 0) FROM attempt WHERE entry_id = ${x.h.entry} ORDER BY number`).map((r) => r.join(':'))
const tally = (c, what) => Number(one(`SELECT COALESCE(SUM(times), 0) FROM hook_tally WHERE trunk_id = ${c} AND what = '${what}'`))

// --- webhooks --------------------------------------------------------------------------------------------------
function send(method, target, headers, body) {
	return new Promise((resolve, reject) => {
		const r = request({ host: '127.0.0.1', port: PORT, method, path: target, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } }, (res) => {
			res.resume()
			res.on('end', () => resolve(res.statusCode))
		})
		r.on('error', reject)
		r.end(body)
	})
}
const form = (x, params, token = TOKEN, account = AC) => {
	const p = { CallSid: x.id, AccountSid: account, From: '+15145550100', To: x.h.e164, ApiVersion: '2010-04-01', Direction: 'outbound-api',
	    CallbackSource: 'call-progress-events', SequenceNumber: '3', Timestamp: new Date().toUTCString().replace('GMT', '+0000'), ...params }
	return send('POST', x.path, { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
	    'X-Twilio-Signature': getExpectedTwilioSignature(token, URL_ + x.path, p) }, new URLSearchParams(p).toString())
}
const completed = { CallStatus: 'completed', CallDuration: '35', SipResponseCode: '200' }

{
	const x = taken(5), body = JSON.stringify({ CallSid: x.id, CallStatus: 'busy' })
	const json = (target, text) => send('POST', target, { 'Content-Type': 'application/json', 'X-Twilio-Signature': getExpectedTwilioSignature(TOKEN, URL_ + target, {}) }, text)
	const target = `${x.path}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
	ok('case 16: Twilio’s own library accepts what we send', validateRequestWithBody(TOKEN, getExpectedTwilioSignature(TOKEN, URL_ + target, {}), URL_ + target, body))
	same('case 16: JSON under its hash is taken, and tells nothing that we asked for', [await json(target, body), facts(x.c).length, tally(conn, 'malformed')], [204, 2, 0])
	same('case 16: one byte changed, or no hash: 403', [await json(target, body.replace('busy', 'busz')), await json(x.path, body), facts(x.c).length], [403, 403, 2])
}

// --- told a day too late ------------------------------------------------------------------------------------------
const gone = (x) => sql(`UPDATE hold SET held_until = ${now()} WHERE user_id = ${x.user}`)
{
	const x = taken(26 * 3600), y = taken(26 * 3600), z = taken(26 * 3600)
	for (const c of [x, y, z]) {
		gone(c)
		look(c)
	}
	await until(() => [x, y, z].every((c) => attempts(c).length === 1), 20000)
	same('case 57: after a day it is given up, and saved as an error that is called again', [outcome(x.c), attempts(x), entry(x)], ['unknown', ['1:1:0'], ['waiting', '1', '1']])
	// of one the further call goes on
	sql(`UPDATE entry SET state = 'held', band = 8 WHERE id = ${y.h.entry}; UPDATE queue_tally SET waiting = waiting - 1, held = held + 1 WHERE operation_id = ${op} AND waiting > 0 LIMIT 1;
	  INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)
	    SELECT ${y.user}, ${op}, id, person_id, e164, ${now()}, ${now() + 600000000n}, 'waiting', 2, 1 FROM entry WHERE id = ${y.h.entry}`)
	same('case 57: the end comes after all', [await form(x, completed), await form(y, completed)], [204, 204])
	ok('case 57: the saved error is put right', await until(() => attempts(x).length === 2, 10000), attempts(x))
	same('case 57: and the further call is withdrawn', [outcome(x.c), attempts(x), entry(x)], ['answered_hungup', ['1:1:0', '2:15:1'], ['done', '15', '2']])
	ok('case 57: one that goes on is flagged', await until(() => tally(conn, 'late') === 1, 10000), tally(conn, 'late'))
	same('case 57: and left alone', [outcome(y.c), attempts(y), entry(y), one(`SELECT flags & 256 FROM live_call WHERE id = ${y.c}`)], ['answered_hungup', ['1:1:0'], ['held', '1', '1'], '256'])
	same('case 57: told again, nothing more', [await form(x, completed), await form(y, completed)], [204, 204])
	look(x)
	look(y)
	await sleep(1500)
	same('case 57: ... at all', [attempts(x).length, attempts(y).length, tally(conn, 'late')], [2, 1, 1])
	sql(`UPDATE entry SET state = 'done', band = 9 WHERE id = ${z.h.entry}`)
	await form(z, completed)
	await until(() => outcome(z.c) === 'answered_hungup', 5000)
	await sleep(2500)
	same('case 57: nobody comes back to a list because of old news', [entry(z)[0], attempts(z)], ['done', ['1:1:0']])
}
{
	const x = taken(40, { more: [['answered', 30]] })
	const key = one(`SELECT HEX(form_key) FROM live_call WHERE id = ${x.c}`)
	sql(`DELETE FROM hold WHERE user_id = ${x.user}; UPDATE entry SET state = 'done', band = 9, reason = 16, attempts = 1 WHERE id = ${x.h.entry};
	  INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, next_e164, status, rule_more, rule_other_part, callback_at, kept_minutes, time_zone, started_at, saved_at, form_key, note)
	    VALUES (${op}, ${x.h.entry}, 1, ${x.h.person}, ${x.user}, '${x.h.e164}', '', 16, 0, 0, 0, 0, 'America/Toronto', 1, 2, x'${key}', 'supporter');
	  INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at) VALUES ('contact', ${x.c}, x'${randomBytes(32).toString('hex')}', 'disposed', 'local', ${now()}, ${now()});
	  UPDATE live_call SET facts = facts + 1, applied = facts WHERE id = ${x.c}`)
	await form(x, completed)
	await ends(x)
	await sleep(2500)
	same('case 59: told after the agent’s word: the word stays, the time is filled in',
	    [outcome(x.c), attempts(x), one(`SELECT note FROM attempt WHERE entry_id = ${x.h.entry}`), one(`SELECT talk_seconds FROM live_call WHERE id = ${x.c}`)], ['answered', ['1:16:0'], 'supporter', '35'])
}

// --- dialects -----------------------------------------------------------------------------------------------------
{
	const o = operation(connection('somleng', 'a-somleng-account', base, 'somleng-token', ''))
	const x = taken(20, { o, id: '6f362591-ab86-4d1a-b39b-40c87e7929fc' })
	same('case 80: Somleng’s only callback, no-answer with 603: rejected', [await form(x, { CallStatus: 'no-answer', SipResponseCode: '603', SequenceNumber: '0', CallDuration: '0' },
	    'somleng-token', 'a-somleng-account'), outcome(x.c), facts(x.c).filter((f) => f.includes('webhook'))], [204, 'rejected', ['ended:webhook:no-answer']])
}
{
	const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
	const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' })
	const o = operation(connection('telnyx', '1684641123236054244', base, '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'KEY0123'))
	for (const [seconds, want, saved] of [[0, 'no_answer', 'not answered'], [40, 'answered_hungup', 'somebody was there']]) {
		const x = taken(60, { o, id: `v3:${seconds}` })
		const body = JSON.stringify({ data: { event_type: 'call.hangup', id: `event-${seconds}`, occurred_at: new Date(Date.now() - 31000).toISOString(), record_type: 'event',
		    payload: { call_control_id: x.id, hangup_cause: 'normal_clearing', hangup_source: 'callee', sip_hangup_cause: '200' } } })
		const t = String(Math.floor(Date.now() / 1000))
		answers = () => [200, { data: { is_alive: false, call_duration: seconds } }]
		const before = asked('/v2/calls/')
		const status = await send('POST', x.path, { 'Content-Type': 'application/json', 'telnyx-timestamp': t, 'telnyx-signature-ed25519': edSign(null, Buffer.from(`${t}|${body}`), key).toString('base64') }, body)
		same(`case 81: an end that does not say how is no end yet (${seconds} s)`, [status, outcome(x.c), facts(x.c).filter((f) => f.includes('webhook'))], [204, undefined, ['ended:webhook:normal_clearing']])
		same(`case 81: half a minute later it is asked for: ${saved}`, [await ends(x), asked('/v2/calls/') - before >= 1], [want, true])
	}
}

// --- polls ----------------------------------------------------------------------------------------------------------
const polled = (x) => `GET /2010-04-01/Accounts/${AC}/Calls/${x.id}.json`
{
	answers = () => [404, { code: 20404 }]
	const x = taken(100)
	look(x)
	ok('case 87: “no such call”, once', await until(() => one(`SELECT gone FROM live_call WHERE id = ${x.c}`) === '1', 10000))
	same('case 87: ... is not the end', [outcome(x.c), asked(polled(x))], [undefined, 1])
	gone(x)
	sql(`UPDATE live_call SET looked_at = looked_at - 130000000, look_at = ${now()} WHERE id = ${x.c}`)
	same('case 87: twice: nobody knows', [await ends(x), asked(polled(x))], ['unknown', 2])
	ok('case 87: it is saved as an error', await until(() => attempts(x).length === 1, 10000))
	const due = Number(one(`SELECT due_at - ${now()} FROM entry WHERE id = ${x.h.entry}`)) / 1e6
	ok('case 87: and called again a day later', entry(x)[0] === 'waiting' && due > DAY - 60 && due <= DAY, `${entry(x)} ${due}`)
}
{
	const talks = (x) => (method, url) => url.includes('/Calls/') ? [200, { sid: x.id, status: method === 'POST' ? 'completed' : 'in-progress', to: x.h.e164, from: '+15145550100' }] : [404, {}]
	const x = taken(4 * 3600 + 240, { more: [['answered', 4 * 3600 + 240]] })
	sql(`UPDATE live_call SET looks = 1, looked_at = ${now() - 3600000000n} WHERE id = ${x.c}`)
	answers = talks(x)
	look(x)
	await until(() => asked(polled(x)) >= 1, 10000)
	same('case 88: 4 h 04 min: it is asked for, not ended', [asked(`POST /2010-04-01/Accounts/${AC}/Calls/${x.id}`), tally(conn, 'too_long')], [0, 0])
	sql(`UPDATE call_fact SET at_us = at_us - 120000000 WHERE of_id = ${x.c} AND kind = 'answered'`)
	look(x)
	ok('case 88: 4 h 05 min: it is hung up', await until(() => asked(`POST /2010-04-01/Accounts/${AC}/Calls/${x.id}`) >= 1, 10000), seen.slice(-3))
	same('case 88: and an administrator is told', [tally(conn, 'too_long'), outcome(x.c)], [1, undefined])
	await form(x, { ...completed, CallDuration: '14705' })
	same('case 88: its end is any other’s', [outcome(x.c), one(`SELECT talk_seconds FROM live_call WHERE id = ${x.c}`)], ['answered_hungup', '14705'])
}
{
	const x = taken(70, { id: '', more: [['unsure', 62]] })
	const two = (method, url) => url.includes('/Calls.json') ? [200, { next_page_uri: null, calls: [1, 2].map((i) => ({ sid: 'CA' + String(i).repeat(32), to: x.h.e164, from: '+15145550100', status: 'ringing',
	    date_created: new Date(Date.now() - 65000).toUTCString().replace('GMT', '+0000') })) }] : [404, {}]
	answers = two
	const conflicts = tally(conn, 'conflict')
	look(x)
	ok('case 91: two calls of the list could be it', await until(() => tally(conn, 'conflict') > conflicts, 10000), seen.slice(-3))
	sql(`UPDATE live_call SET sent_at = sent_at - 300000000, looked_at = looked_at - 300000000, look_at = ${now()} WHERE id = ${x.c}`)
	ok('case 91: still two', await until(() => tally(conn, 'conflict') > conflicts + 1, 10000), seen.slice(-3))
	same('case 91: none is taken, and nobody dials', [outcome(x.c), one(`SELECT call_id = '' FROM live_call WHERE id = ${x.c}`), asked('Participants'), entry(x)[0]], [undefined, '1', 0, 'held'])
}

// --- a conversation and its hold -------------------------------------------------------------------------------------
{
	answers = () => [404, { code: 20404 }]
	const x = taken(70, { more: [['answered', 60]] })
	sql(`UPDATE hold SET held_until = ${now() + 20000000n} WHERE user_id = ${x.user}`)
	look(x)
	ok('while somebody talks the hold does not end', await until(() => Number(one(`SELECT held_until - ${now()} FROM hold WHERE user_id = ${x.user}`)) > 200e6, 10000))
	// it had ended all the same, and the next agent was given the person before the call was over
	const two = { user: 5900, id: Number(sql(`INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (5900, 1, 'A', 'volunteer', 1);
	    INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month)
	    SELECT trunk_id, operation_id, 5900, '+14385551234', caller_e164, 'fr', 'r5900', 'open', 1, '2026-11-01' FROM dialing WHERE operation_id = ${op}; SELECT LAST_INSERT_ID()`)[0][0]) }
	const h = { ...x.h, at: now() }
	sql(`DELETE FROM hold WHERE user_id = ${x.user}; INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)
	    VALUES (5900, ${op}, ${h.entry}, ${h.person}, '${h.e164}', ${h.at}, ${h.at + 600000000n}, 'ready', 3, 1)`)
	await form(x, completed)
	await ends(x)
	const before = asked('Participants'), c = call(two, h)
	await until(() => one(`SELECT state FROM live_call WHERE id = ${c}`) === 'ended', 10000)
	same('who was on the line a moment ago is not rung by the next agent', [one(`SELECT refusal FROM live_call WHERE id = ${c}`), asked('Participants') - before], ['called_meanwhile', 0])
}
company.close()
await done()
