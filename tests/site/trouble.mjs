/*
 * trouble.mjs - bad luck: a company that fails, is silent, refuses or answers garbage; a dialer that is killed (-9) at the
 * two worst moments; money and hours; the same number twice. Nobody is rung twice, no line is stuck, and who is not
 * to blame keeps their calls.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTls } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, call, facts, hold, now, operation, outcome, trunk } from './calls.mjs'

const RUN = process.env.TOCSIN_RUN
const ctl = (...args) => { try { return execFileSync('supervisorctl', ['-c', `${RUN}/supervisord.conf`, ...args], { encoding: 'utf8' }) } catch (e) { return String(e.stdout) } }
const one = (text) => sql(text)[0]?.[0]
const sim = account()
const op = operation(sim, { ring: 10 })
const line = agent(op, 1)
ok('the line is open', await until(() => line.state() === 'open', 25000), JSON.stringify(line.facts()))
const entry = (h) => sql(`SELECT state, attempts FROM entry WHERE id = ${h.entry}`)[0]
const ring = (digits, n = 1, l = line) => { const h = hold(l.op, n, `+1514557${digits.padStart(4, '0')}`); return [h, call(l, h)] }
const settled = (id, ms = 60000) => until(() => outcome(id), ms)
const placed = (h) => Number(one(`SELECT COUNT(*) FROM live_call WHERE entry_id = ${h.entry} AND call_id <> ''`))

// --- the company misbehaves ------------------------------------------------------------------------------------
{
	const [h, c] = ring('13')
	const again = await until(() => sql(`SELECT id FROM live_call WHERE entry_id = ${h.entry} AND id <> ${c}`)[0]?.[0], 20000)
	same('case 95: “too many requests”: nothing was placed, and the contact’s calls are as they were', [outcome(c), entry(h)], ['not_placed', ['held', '0']])
	const wait = Number(one(`SELECT look_at - ${now()} FROM live_call WHERE id = ${again}`))
	ok('case 95: the next try waits as long as was asked', Number(one(`SELECT COALESCE((SELECT sent_at FROM live_call WHERE id = ${again}), ${now()}) - (SELECT received_at
	    FROM call_fact WHERE leg = 'contact' AND of_id = ${c} AND kind = 'refused') >= 0`)) === 1, wait)
	ok('case 95: the pace is lowered', Number(one(`SELECT slowed > 0 OR not_before_at > 0 FROM trunk WHERE id = ${sim}`)) === 1)
	ok('and then it rings', await until(() => one(`SELECT call_id <> '' FROM live_call WHERE id = ${again}`) === '1', 20000))
	sql(`UPDATE live_call SET hang_up_at = ${now()}, look_at = ${now()} WHERE id = ${again}`)
	ok('and can be hung up', await settled(again), facts(again))
}
for (const [digits, what] of [['11', 'fails (500)'], ['12', 'is silent'], ['14', 'answers garbage']]) {
	const [h, c] = ring(digits)
	ok(`when the company ${what} nobody knows, and nobody dials again`, await until(() => facts(c).some((f) => f.startsWith('unsure')), 25000), facts(c))
	same(`... the contact waits for the answer (${digits})`, [outcome(c), placed(h), one(`SELECT live FROM live_call WHERE id = ${c}`)], [undefined, 0, '1'])
	const other = operation(sim)
	const h2 = { ...h, op: other }
	same(`... and no other operation rings that number meanwhile (${digits})`, (() => { try { call({ ...line, id: agent(other, 50 + Number(digits)).id }, h2); return 'rung' } catch (e) {
		return /Duplicate entry .*'number'/.test(String(e)) ? 'refused' : String(e) } })(), 'refused')
	// the two lists, at one minute and at five, found nothing: the clock goes on
	sql(`UPDATE live_call SET sent_at = sent_at - 70000000, look_at = ${now()} WHERE id = ${c}`)
	await until(() => Number(one(`SELECT looks FROM live_call WHERE id = ${c}`)) >= 1, 15000)
	same(`case 90: one list without it is not enough (${digits})`, outcome(c), undefined)
	sql(`UPDATE live_call SET sent_at = sent_at - 300000000, looked_at = looked_at - 300000000, look_at = ${now()} WHERE id = ${c}`)
	same(`case 90: after the second it was never placed, and the contact is released (${digits})`, [await settled(c), entry(h), placed(h)], ['not_placed', ['held', '0'], 0])
}
for (const [digits, what] of [['15', 'failed'], ['16', 'was silent']]) {
	const [h, c] = ring(digits)
	ok(`case 35: the company ${what} and yet it rang: the webhook says so, no second dial`, await until(() => one(`SELECT call_id <> '' FROM live_call WHERE id = ${c}`) === '1', 30000), facts(c))
	sql(`UPDATE live_call SET hang_up_at = ${now()}, look_at = ${now()} WHERE id = ${c}`)
	ok(`... it ends as any other (${digits})`, await settled(c), facts(c))
	same(`... and it was one call (${digits})`, placed(h), 1)
}

// --- killed at the worst moment ------------------------------------------------------------------------------------
/** A company that holds every answer back until it is told: between writing and reading. */
const held = []
let calls = 0
const slow = createServer((req, res) => {
	if (req.method === 'POST' && req.url.includes('Participants')) { calls++; held.push(res); return }
	res.writeHead(200, { 'Content-Type': 'application/json' })
	res.end(JSON.stringify({ calls: [{ sid: slow.sid, to: slow.to, from: '+15145550100', status: 'ringing', date_created: new Date().toUTCString().replace('GMT', '+0000') }],
	    sid: slow.sid, status: 'completed', duration: '31', to: slow.to, from: '+15145550100' }))
}).listen(0, '127.0.0.1')
await new Promise((r) => slow.on('listening', r))
slow.sid = 'CA' + '9'.repeat(32)
const bad = trunk('add', 'twilio', 'AC' + '7'.repeat(32), `http://127.0.0.1:${slow.address().port}`, 'token-of-slow', '', 20)
sql(`INSERT INTO caller_id VALUES (${bad}, '+15145550100', 1)`)
const badOp = operation(bad)
sql(`INSERT IGNORE INTO user (id, organisation_id, name, role, created_at) VALUES (5002, 1, 'Agent 2', 'volunteer', 1)`)
const badLine = { id: Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, state, wanted_at, month) VALUES (${bad}, ${badOp}, 5002,
    '+14385551102', '+15145550100', 'fr', 'roomofslow', 'open', 1, '2026-11-01'); SELECT LAST_INSERT_ID()`)[0][0]), user: 5002, op: badOp }
{
	const h = hold(badOp, 2, '+15145570088')
	slow.to = h.e164
	const c = call(badLine, h)
	ok('the request is at the company and not answered', await until(() => calls === 1, 10000))
	same('it was written down before it left', facts(c), ['requested:local:'])
	for (const p of ctl('status').split('\n').filter((l) => l.startsWith('dialer')).map((l) => Number(l.match(/pid (\d+)/)?.[1])).filter(Boolean))
		process.kill(p, 'SIGKILL')
	held.splice(0).forEach((res) => res.destroy())
	await sleep(2500)		// supervisord has started others
	same('killed between sending and reading: nobody dials again', calls, 1)
	sql(`UPDATE live_call SET sent_at = sent_at - 60000000, look_at = ${now()} WHERE id = ${c}`)
	ok('who looks next says that nobody knows', await until(() => facts(c).some((f) => f.startsWith('unsure')), 10000), facts(c))
	sql(`UPDATE live_call SET sent_at = sent_at - 70000000, look_at = ${now()} WHERE id = ${c}`)
	ok('case 89: the one call of the list that belongs to nobody is adopted', await until(() => one(`SELECT call_id FROM live_call WHERE id = ${c}`) === 'CA' + '9'.repeat(32), 15000), facts(c))
	sql(`UPDATE call_fact SET at_us = at_us - 90000000 WHERE leg = 'contact' AND of_id = ${c} AND kind = 'accepted';
	  UPDATE live_call SET looked_at = looked_at - 200000000 WHERE id = ${c}; UPDATE live_call SET look_at = ${now()} WHERE id = ${c}`)
	same('case 86: and its end is fetched', [await settled(c), calls], ['answered_hungup', 1])
}
{	// written down, and killed before the request left: the row says sent and nothing else
	const h = hold(badOp, 2, '+15145570089')
	slow.to = '+15550000000'
	const c = call(badLine, h, '')
	sql(`INSERT INTO call_fact (leg, of_id, fact_key, kind, source, at_us, received_at) VALUES ('contact', ${c}, x'${'cd'.repeat(32)}', 'requested', 'local', 1, 1);
	  UPDATE live_call SET facts = 1, sent_at = sent_at - 500000000, look_at = ${now()} WHERE id = ${c}`)
	ok('killed between writing and sending: it is looked for', await until(() => facts(c).some((f) => f.startsWith('unsure')), 15000), facts(c))
	for (let i = 0; i < 4 && !outcome(c); i++) {
		sql(`UPDATE live_call SET sent_at = sent_at - 300000000, looked_at = looked_at - 300000000, look_at = ${now()} WHERE id = ${c}`)
		await sleep(1500)
	}
	same('... and released, as it was never placed', [outcome(c), calls], ['not_placed', 1])
}
{	// it answers, but when our time was up: who asked counts on nothing, and finds the call in the list
	const h = hold(badOp, 2, '+15145570087'), before = calls
	slow.to = h.e164
	slow.sid = 'CA' + '8'.repeat(32)
	const c = call(badLine, h)
	await until(() => calls === before + 1, 10000)
	await sleep(9000)
	held.splice(0).forEach((res) => { res.writeHead(201, { 'Content-Type': 'application/json' }); res.end(JSON.stringify({ call_sid: slow.sid, status: 'queued' })) })
	ok('an answer after our time is none', await until(() => facts(c).some((f) => f.startsWith('unsure')), 10000), facts(c))
	same('... and nobody dials again', [outcome(c), calls - before], [undefined, 1])
	sql(`UPDATE live_call SET sent_at = sent_at - 70000000, look_at = ${now()} WHERE id = ${c}`)
	ok('... its call is found in the list', await until(() => one(`SELECT call_id FROM live_call WHERE id = ${c}`) === slow.sid, 15000), facts(c))
	sql(`UPDATE call_fact SET at_us = at_us - 90000000 WHERE leg = 'contact' AND of_id = ${c} AND kind = 'accepted';
	  UPDATE live_call SET looked_at = looked_at - 200000000 WHERE id = ${c}; UPDATE live_call SET look_at = ${now()} WHERE id = ${c}`)
	same('... and ends as any other, having been one', [await settled(c), calls - before], ['answered_hungup', 1])
}
slow.close()
{	// a certificate that nobody vouches for: nothing leaves, and after some tries the agent is told
	const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-tls-'))
	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
	    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', `${folder}/key`, '-out', `${folder}/cert`], { stdio: 'pipe' })
	let arrived = 0
	const tls = createTls({ key: readFileSync(`${folder}/key`), cert: readFileSync(`${folder}/cert`) }, (req, res) => { arrived++; res.end('{}') }).listen(0, '127.0.0.1')
	await new Promise((r) => tls.on('listening', r))
	rmSync(folder, { recursive: true })
	sql(`UPDATE trunk SET base_url = 'https://127.0.0.1:${tls.address().port}', revision = revision + 1 WHERE id = ${bad}`)
	const h = hold(badOp, 2, '+15145570086'), c = call(badLine, h)
	same('TLS that is broken: nothing was placed', [await settled(c), arrived, entry(h)], ['not_placed', 0, ['held', '0']])
	const tries = () => Number(one(`SELECT COUNT(*) FROM live_call WHERE entry_id = ${h.entry}`))
	await until(() => tries() === 5, 40000)
	await sleep(6000)
	same('... it is tried again, and not for ever', [tries(), Number(one(`SELECT COUNT(*) FROM live_call WHERE entry_id = ${h.entry} AND live = 1`)), arrived], [5, 0, 0])
	tls.close()
}

// --- lost webhooks --------------------------------------------------------------------------------------------------
{
	ctl('stop', 'nginx')		// nothing is told any more
	const [h, c] = ring('01')
	await sleep(4000)
	same('with no webhook at all it is pending', outcome(c), undefined)
	sql(`UPDATE live_call SET sent_at = sent_at - 90000000, look_at = ${now()} WHERE id = ${c};
	  UPDATE call_fact SET at_us = at_us - 90000000 WHERE leg = 'contact' AND of_id = ${c} AND kind = 'accepted'`)
	same('case 86: a poll says how it ended', await settled(c), 'busy')
	ctl('start', 'nginx')
	await until(() => facts(c).filter((f) => f.startsWith('ended')).length > 1, 15000)
	same('and the webhooks that come in the end change nothing', [outcome(c), entry(h)[0]], ['busy', 'held'])
}

// --- money, hours, trouble of ours -------------------------------------------------------------------------------------
const refusal = (id) => until(() => one(`SELECT refusal FROM live_call WHERE id = ${id} AND refusal <> ''`), 10000)
{
	sql(`UPDATE operation SET opens_at = '03:00', closes_at = '03:01', revision = revision + 1 WHERE id = ${op}`)
	const [h, c] = ring('01')
	same('fact 25: outside the hours nothing is dialled, at the moment of the call', [await refusal(c), placed(h), entry(h)], ['outside_hours', 0, ['held', '0']])
	sql(`UPDATE operation SET opens_at = '00:00', closes_at = '23:59', revision = revision + 1 WHERE id = ${op}`)
	sql(`UPDATE trunk SET budget_micro = 1 WHERE id = ${sim}`)
	const [talk] = [Number(one(`SELECT COUNT(*) FROM live_call WHERE trunk_id = ${sim} AND live = 1`))]
	const [h2, c2] = ring('01')
	same('a budget that is used up stops new dials', [await refusal(c2), placed(h2), talk], ['budget', 0, 0])
	sql(`UPDATE trunk SET budget_micro = NULL WHERE id = ${sim}`)
	const [h3] = [hold(op, 1, '+15145570001')]
	sql(`INSERT INTO suppression (organisation_id, e164, created_at) VALUES (1, '+15145570001', 1)`)
	const c3 = call(line, h3)
	same('a number on the do-not-call list is not dialled', await refusal(c3), 'not_to_be_called')
	sql(`DELETE FROM suppression`)
	sql(`UPDATE hold SET claimed_at = claimed_at + 1 WHERE user_id = 5001`)
	const c4 = call(line, { ...h3 })
	same('nor is somebody who is not in this agent’s hand any more', await refusal(c4), 'gone')
}
{	// credentials that do not work any more
	const revoked = createServer((req, res) => { res.writeHead(401, { 'Content-Type': 'application/json' }); res.end('{"code":20003,"message":"Authenticate"}') }).listen(0, '127.0.0.1')
	await new Promise((r) => revoked.on('listening', r))
	sql(`UPDATE trunk SET base_url = 'http://127.0.0.1:${revoked.address().port}' WHERE id = ${bad}`)
	const h = hold(badOp, 2, '+15145570090')
	const c = call(badLine, h)
	same('case 96: credentials revoked: no call, the contact untouched', [await settled(c), entry(h)], ['refused_account', ['held', '0']])
	same('case 96: the connection is paused with one reason', one(`SELECT paused FROM trunk WHERE id = ${bad}`), 'credentials')
	const c2 = call(badLine, hold(badOp, 2, '+15145570091'))
	same('and nothing more is tried', await refusal(c2), 'dialing_paused')
	revoked.close()
}
await done()
