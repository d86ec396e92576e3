/*
 * hooks_gone.mjs - the database is killed (-9) for a minute while webhooks arrive and a shift goes on. What came in that minute
 * is answered by 503, so that it is sent again, and counts once; what nobody sends again is asked for. Started by hooks_gone.sh.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, call, facts, hold, now, operation, outcome, take, trunk } from '../site/calls.mjs'

const require = createRequire(import.meta.url)
const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks')
const one = (text) => sql(text)[0]?.[0]
const AWAY_S = Number(process.env.AWAY_S ?? 60), AC = 'AC' + '4'.repeat(32), sid = (i) => 'CA' + String(i).padStart(32, '0')

function post(target, params) {
	const body = new URLSearchParams(params).toString()
	return new Promise((resolve) => {
		const r = request({ host: '127.0.0.1', port: process.env.TOCSIN_PORT, method: 'POST', path: target, headers: {
			'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body), 'I-Twilio-Idempotency-Token': params.CallSid,
			'X-Twilio-Signature': getExpectedTwilioSignature('the-token', process.env.TOCSIN_URL + target, params) } }, (res) => {
			res.resume()
			res.on('end', () => resolve(res.statusCode))
		})
		r.on('error', () => resolve(0))
		r.end(body)
	})
}

// --- a provider that repeats what we answer by 5xx ---------------------------------------------------------------
const conn = trunk('add', 'twilio', AC, 'http://127.0.0.1:1', 'the-token', '', 20)
sql(`INSERT INTO caller_id VALUES (${conn}, '+15145550100', 1)`)
const told = operation(conn), calls = []
for (let i = 1; i <= 12; i++) {
	const line = { user: 6000 + i, id: Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month)
	    SELECT trunk_id, operation_id, ${6000 + i}, '+14385551234', caller_e164, 'fr', 'r${i}', 'open', 1, '2026-11-01' FROM dialing WHERE operation_id = ${told}; SELECT LAST_INSERT_ID()`)[0][0]) }
	calls.push({ i, id: call(line, hold(told, 1000 + i, `+15145560${100 + i}`), i % 2 ? '' : sid(i)) })	// of every other one the id comes by webhook
}
const events = ({ i, id }) => ['initiated', 'ringing', 'in-progress', 'completed'].map((word, k) => [`/hooks/${conn}/${id}/contact`, { CallSid: sid(i), AccountSid: AC,
    CallStatus: word, SequenceNumber: String(k), Timestamp: `Mon, 23 Nov 2026 14:00:0${k} +0000`, ...(word === 'completed' ? { CallDuration: '9', SipResponseCode: '200' } : {}) }])

// --- a shift at the pretend company, which gives up after half a minute ---------------------------------------------
const sim = account('sim', { cps: 100 })
const op = operation(sim, { mode: 'progressive', ring: 12 })
const AGENTS = 4, PEOPLE = 120
sql(`INSERT INTO person (id, organisation_id, kind, last_name, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('N', seq), 1, 1 FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1450', 20000 + seq - 100000, LPAD(ELT(1 + seq % 8, 1, 2, 3, 4, 7, 45, 57, 77), 2, '0')) FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO entry (operation_id, person_id, state, band, due_at, e164, loaded_at) SELECT ${op}, p.id, 'ready', 3, p.id, f.e164, 1 FROM person p JOIN phone f ON f.person_id = p.id WHERE p.id > 100000;
  INSERT INTO queue_tally (operation_id, shard, ready) VALUES (${op}, 0, ${PEOPLE})`)
const lines = Array.from({ length: AGENTS }, (_, i) => agent(op, 100 + i, `+1438${55000 + i}77`))
ok('the lines are open', await until(() => Number(one(`SELECT COUNT(*) FROM agent_line WHERE operation_id = ${op} AND state = 'open'`)) === AGENTS, 40000))
for (const l of lines)
	take(l)
const made = () => Number(one(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND call_id <> ''`))
ok('the shift goes on', await until(() => made() >= 8, 60000), made())
// the database goes while people are on the line
await until(() => Number(one(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND state = 'sent' AND call_id <> ''`)) >= 3, 20000)

const pid = Number(readFileSync(process.env.TOCSIN_DB_PIDFILE, 'utf8'))
process.kill(pid, 'SIGKILL')
await until(() => { try { process.kill(pid, 0); return false } catch { return true } })
const gone_at = Date.now()
const first = await Promise.all(calls.flatMap(events).map(([target, p]) => post(target, p)))
ok('case 28: without the database every webhook is told to come again', first.every((s) => s === 503), first.join(' '))
let last = first
while (Date.now() - gone_at < AWAY_S * 1000) {
	await sleep(5000)
	last = await Promise.all(calls.flatMap(events).slice(0, 8).map(([target, p]) => post(target, p)))
}
ok(`case 28: ... for all of ${AWAY_S} seconds`, last.every((s) => s === 503), last.join(' '))
spawnSync(process.env.TOCSIN_DB_START, { stdio: 'ignore' })

// each event again until it is taken, and then twice more, as it may have been stored before an answer was lost
let open = calls.flatMap(events)
const taken = await until(async () => {
	const answers = await Promise.all(open.map(([target, p]) => post(target, p)))
	open = open.filter((_, k) => answers[k] !== 204)
	return open.length === 0
}, 30000)
ok('case 28: when it is back the next try of each is taken', taken, open.length)
await Promise.all(calls.flatMap(events).flatMap((e) => [post(...e), post(...e)]))
same('case 28: nothing is lost and nothing counts twice', calls.map((c) => [outcome(c.id), facts(c.id).filter((f) => f.includes('webhook')).length].join()), calls.map(() => 'answered_hungup,4'))
same('case 28: a call whose id came by webhook is one call taken', one(`SELECT calls FROM cost_tally WHERE trunk_id = ${conn} AND currency = ''`), '6')

// --- the shift -----------------------------------------------------------------------------------------------------
const then = Number(one(`SELECT COALESCE(MAX(id), 0) FROM live_call WHERE operation_id = ${op}`))
const over = () => Number(one(`SELECT COUNT(*) FROM live_call WHERE id <= ${then} AND operation_id = ${op} AND live = 1`)) === 0
writeFileSync(process.env.TOCSIN_CLOCK, '+700')		// conversations without a word of their end are asked for after ten minutes
ok('what was going on then has its end, though nobody tells it any more', await until(over, 90000),
    sql(`SELECT id, e164, state, looks FROM live_call WHERE id <= ${then} AND operation_id = ${op} AND live = 1`).join(' | '))
writeFileSync(process.env.TOCSIN_CLOCK, '+1400')	// and holds end
ok('the shift goes on by itself', await until(() => Number(one(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND id > ${then} AND call_id <> ''`)) >= 6, 90000), made())
sql(`UPDATE agent_line SET end_asked_at = ${now() + 1400000000n}, look_at = ${now() + 1400000000n} WHERE live = 1 AND operation_id = ${op}`)
ok('no line and no call is stuck', await until(() => one(`SELECT (SELECT COUNT(*) FROM agent_line WHERE live = 1 AND operation_id = ${op}) + (SELECT COUNT(*) FROM live_call WHERE live = 1 AND operation_id = ${op})`) === '0', 120000),
    sql(`SELECT id, state, e164 FROM live_call WHERE live = 1 AND operation_id = ${op}`).join(' | '))
const wants = { '01': ['busy'], '02': ['no_answer'], '03': ['invalid_number', 'error'], '04': ['rejected', 'busy'], '07': ['voicemail'], 45: ['voicemail'], 57: ['busy'], 77: ['answered', 'answered_hungup'] }
same('every call that nobody stopped ended in what its number says', sql(`SELECT id, e164, outcome FROM live_call WHERE operation_id = ${op} AND state = 'ended' AND refusal = '' AND hang_up_at IS NULL`)
    .filter(([, e164, word]) => !wants[e164.slice(-2)].includes(word)).slice(0, 5), [])
same('nobody was rung twice', sql(`SELECT e164, COUNT(*) FROM live_call WHERE operation_id = ${op} AND call_id <> '' GROUP BY e164 HAVING COUNT(*) > 1`), [])
same('no call is saved twice', sql(`SELECT entry_id, COUNT(*) FROM attempt WHERE operation_id = ${op} GROUP BY entry_id HAVING COUNT(*) > 1`), [])
const audit = spawnSync(path.join(build, 'bin/tocsin'), ['audit'], { encoding: 'utf8' })
ok('lists, calls and totals agree', audit.status === 0, (audit.stdout + audit.stderr).slice(0, 600))
await done()
