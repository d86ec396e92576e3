/*
 * power.mjs - power mode through everything that runs: agents in their pages, the dialer, the pretend company, webhooks. More phones
 * ring than agents wait, each answer reaches one agent, whoever is left over hears a sentence and is on record, the guard
 * locks, and without the permission it is progressive at once. with-site
 * SIM_OPTIONS="--speed 10 --doubled 5 --late 3"
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { build, done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, now, operation } from './calls.mjs'

const AGENTS = 8, PEOPLE = 3000, one = (text) => sql(text)[0]?.[0], number = (text) => Number(one(text))
// of twelve numbers four talk, one declines, one is busy, one is not assigned, one is a voicemail, four ring on
const ENDS = ['77', '88', '66', '99', '04', '01', '03', '07', '02', '20', '30', '35']
const trunk = account('sim', { cps: 30 })
const op = operation(trunk, { mode: 'power', ring: 12 })
sql(`INSERT INTO recycling_rule SELECT ${op}, seq, 3, 600 FROM seq_1_to_6;
  INSERT INTO person (id, organisation_id, kind, last_name, language, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('N', seq), 'fr', 1, 1 FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1450', 20000 + seq - 100000, LPAD(ELT(1 + seq % ${ENDS.length}, ${ENDS.map((e) => `'${e}'`)}), 2, '0')) FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO entry (operation_id, person_id, state, band, due_at, e164, loaded_at) SELECT ${op}, p.id, 'ready', 3, p.id, f.e164, 1 FROM person p JOIN phone f ON f.person_id = p.id WHERE p.id > 100000;
  INSERT INTO queue_tally (operation_id, shard, ready) VALUES (${op}, 0, ${PEOPLE})`)

// --- agents, as their browsers are ---------------------------------------------------------------------------------
const csrf = 'c'.repeat(32)
const agents = Array.from({ length: AGENTS }, (_, i) => agent(op, 200 + i, `+1438${56000 + i}77`))
for (const a of agents) {
	a.cookie = `tocsin-${process.env.TOCSIN_PORT}=power${a.n}`
	sql(`INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (${op}, ${a.user}, 'agent', 1);
	  INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (x'${createHash('sha256').update(`power${a.n}`).digest('hex')}', ${a.user}, '${csrf}', 1, ${now() + 36000000000n})`)
}
const get = async (a, rest = '') => { const r = await fetch(`${process.env.TOCSIN_URL}/agent/${op}${rest}`, { headers: { cookie: a.cookie }, redirect: 'manual' }); return r.status === 200 ? r.text() : `${r.status}` }
const post = async (a, rest, fields = {}) => { const r = await fetch(`${process.env.TOCSIN_URL}/agent/${op}${rest}`, { method: 'POST', redirect: 'manual', headers: { cookie: a.cookie },
	body: new URLSearchParams({ csrf, ...fields }) }); return { status: r.status, text: await r.text() } }
const field = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1]
const seen = []			// what an agent's page showed: agent and entry
let calling = true, late = []
/** Waits for a person, talks for a moment, says how it went: as long as the shift lasts. */
async function shift(a) {
	while (calling) {
		const html = await get(a)
		const key = field(html, 'form_key')
		if (!key) {
			if (/\/agent\/\d+\/next"/.test(html)) await post(a, '/next')
			await sleep(250)
			continue
		}
		const entry = field(html, 'entry')
		const call = sql(`SELECT id, state, outcome FROM live_call WHERE form_key = x'${key}' ORDER BY id DESC LIMIT 1`)[0]
		if (!call) { await sleep(150); continue }
		const id = call[0], answered = number(`SELECT COUNT(*) FROM call_fact WHERE leg = 'contact' AND of_id = ${id} AND kind = 'answered'`) > 0
		if (!answered) { await sleep(150); continue }
		if (!seen.some(([, e, k]) => e === entry && k === key)) seen.push([a.user, entry, key])
		await sleep(400 + Math.random() * 900)
		await post(a, '/line/hang-up', { form_key: key, entry, claimed: field(html, 'claimed') })
		await post(a, '/save', { form_key: key, entry, claimed: field(html, 'claimed'), status: 'refused' })
	}
	for (let i = 0; i < 2; i++) await post(a, '/stop')		// somebody may have answered at that moment
}
ok('every line opens', await until(() => agents.every((a) => a.state() === 'open'), 60000), sql('SELECT state, COUNT(*) FROM agent_line GROUP BY state'))

// --- off: nobody has allowed it -------------------------------------------------------------------------------------
const nobodys = () => number(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND line_id >> 62 = 1`)
for (const a of agents.slice(0, 2)) await post(a, '/next')
ok('power mode is off until an administrator allows it: an agent who starts is given a person, as in progressive mode',
    await until(() => number(`SELECT COUNT(*) FROM hold WHERE operation_id = ${op} AND user_id < 100000`) >= 2, 8000) && nobodys() === 0)
sql(`UPDATE trunk SET power = TRUE WHERE id = ${trunk}`)

// --- allowed, and nothing is known yet: one call each ---------------------------------------------------------------
const shifts = agents.map(shift)
await until(() => number(`SELECT COUNT(*) FROM attempt WHERE operation_id = ${op}`) >= 6, 30000)
same('allowed, and too little is measured: one call for each agent, nobody is rung for nobody', [nobodys(), one(`SELECT why FROM power WHERE operation_id = ${op}`)], [0, 'unknown'])

// --- a history: a third of those who were called have answered -------------------------------------------------------
sql(`INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key, call_id, state, live, outcome, wanted_at, ended_at, month)
  SELECT ${trunk}, ${op}, 90000 + seq, 1, 0, NULL, '', '', 1, UNHEX(MD5(CONCAT('h', seq))), CONCAT('CH', seq), 'ended', NULL, IF(seq % 3 = 0, 'answered', 'no_answer'), 1, 1, '2026-11-01' FROM seq_1_to_200;
  INSERT INTO power_answer (call_id, operation_id, day, at, what) SELECT 9000000 + seq, ${op}, CURDATE(), 1, 'connected' FROM seq_1_to_400;
  INSERT INTO power_tally (operation_id, day, connected, abandoned) VALUES (${op}, CURDATE(), 400, 0) ON DUPLICATE KEY UPDATE connected = connected + 400`)
let most = 0, over = 0
const look = () => { const [free, rings] = sql(`SELECT (SELECT COUNT(*) FROM agent_line WHERE operation_id = ${op} AND waiting_at IS NOT NULL AND live = 1), (SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND live = 1 AND line_id >> 62 = 1)`)[0].map(Number)
	most = Math.max(most, rings); over = Math.max(over, rings - free); return nobodys() }
ok('people are rung for nobody in particular', await until(() => look() > 60, 120000), sql(`SELECT * FROM power WHERE operation_id = ${op}`))
ok('more phones rang at once than agents waited', over > 0, `${most} ${over}`)
const [shared] = sql(`SELECT abandoned, connected FROM power_tally WHERE operation_id = ${op} ORDER BY day DESC LIMIT 1`)
console.log(`# at most ${most} rang for nobody, ${over} more than waited; abandoned ${shared[0]}, connected ${shared[1]}`)
// --- killed at any moment: dialers between a claim, its call and the request; hooks between an answer and the agent -------------
const ctl = () => { try { return execFileSync('supervisorctl', ['-c', `${process.env.TOCSIN_RUN}/supervisord.conf`, 'status'], { encoding: 'utf8' }) } catch (e) { return String(e.stdout) } }
let killed = 0
for (let i = 0; i < 14; i++) {
	const pids = ctl().split('\n').filter((l) => l.startsWith(i % 2 ? 'hooks' : 'dialer')).map((l) => Number(l.match(/pid (\d+)/)?.[1])).filter(Boolean)
	for (const p of i % 3 ? pids.slice(0, 1) : pids) { try { process.kill(p, 'SIGKILL'); killed++ } catch { /* gone by itself */ } }
	await sleep(300 + (i * 137) % 500)
}
ok('dialers and hooks were killed while phones rang', killed >= 14, killed)
const then = nobodys()
ok('and it goes on', await until(() => nobodys() > then + 10, 60000), `${then} ${nobodys()} ${sql('SELECT * FROM power')}`)
calling = false
await Promise.all(shifts)

// --- everybody leaves while phones ring: who answers hears a sentence -------------------------------------------------
const abandoned = () => number(`SELECT COUNT(*) FROM power_answer WHERE operation_id = ${op} AND what = 'abandoned' AND reason = 'no_agent'`)
const quiet = async () => {
	for (const a of agents) await post(a, '/stop')
	await until(() => number(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND live = 1`) === 0, 60000)
	for (const a of agents) await post(a, '/stop')
	return until(() => number(`SELECT COUNT(*) FROM hold WHERE operation_id = ${op}`) === 0, 30000)
}
const before = abandoned()
// phones that are about to be answered may all be answered in time, once or twice; not for ever
for (let i = 0; i < 6 && abandoned() === before; i++) {
	ok('the floor is quiet', await quiet(), sql(`SELECT * FROM hold WHERE operation_id = ${op}`))
	for (const a of agents) await post(a, '/next')
	ok('agents wait and phones ring', await until(() => number(`SELECT COUNT(*) FROM live_call WHERE operation_id = ${op} AND state = 'sent' AND line_id >> 62 = 1 AND RIGHT(e164, 2) IN ('77', '88', '66', '99')`) > 1, 20000),
	    `${sql(`SELECT * FROM power WHERE operation_id = ${op}`)} ${sql(`SELECT state, COUNT(*) FROM entry WHERE operation_id = ${op} GROUP BY state`)} ${sql(`SELECT COUNT(*), SUM(waiting_at IS NOT NULL) FROM agent_line WHERE operation_id = ${op} AND live = 1`)}`)
	sql(`UPDATE agent_line SET waiting_at = NULL WHERE operation_id = ${op} AND live = 1`)
	await until(() => abandoned() > before, 4000)
}
ok('agents leave while phones ring: who answers then is on record as abandoned', abandoned() > before)
await quiet()
for (const a of agents) a.end()
await until(() => number(`SELECT COUNT(*) FROM live_call WHERE live = 1`) === 0, 120000)
await until(() => number(`SELECT COUNT(*) FROM hold WHERE operation_id = ${op} AND user_id >> 62 = 1`) === 0, 60000)
const gone = sql(`SELECT c.id, c.outcome, t.status, t.user_id >> 62 FROM power_answer w JOIN live_call c ON c.id = w.call_id LEFT JOIN attempt t ON t.form_key = c.form_key
  WHERE w.operation_id = ${op} AND w.what = 'abandoned' AND w.reason = 'no_agent'`)
same('... its outcome is abandoned, saved by the software as a call that was canceled', gone.filter(([, o, s, by]) => o !== 'abandoned' || s !== '4' || by !== '1'), [])
ok('... they heard the organisation’s name for as long as a sentence takes', gone.length > 0 && gone.every(([id]) => number(`SELECT COALESCE(MAX(seconds), 0) FROM call_fact WHERE leg = 'contact' AND of_id = ${id} AND kind = 'ended'`) >= 4), JSON.stringify(gone))

// --- the whole of it -------------------------------------------------------------------------------------------------
const answered = sql(`SELECT c.id, c.user_id, c.entry_id, HEX(c.form_key) FROM live_call c WHERE c.operation_id = ${op} AND c.call_id LIKE 'CA%'
  AND EXISTS (SELECT 1 FROM call_fact f WHERE f.leg = 'contact' AND f.of_id = c.id AND f.kind = 'answered' AND f.word = 'answer')`)
ok('people who were rung for nobody have answered', answered.length > 20, answered.length)
same('each answer reached one agent, or is on record', answered.filter(([id, user]) => Number(user) >= 100000 && number(`SELECT COUNT(*) FROM power_answer WHERE call_id = ${id}`) === 0
	&& number(`SELECT COUNT(*) FROM call_fact WHERE leg = 'contact' AND of_id = ${id} AND kind = 'no_agent'`) === 0).slice(0, 5), [])
const met = number(`SELECT COUNT(DISTINCT f.of_id) FROM call_fact f JOIN live_call c ON c.id = f.of_id AND c.operation_id = ${op} JOIN call_fact g ON g.leg = 'contact' AND g.of_id = f.of_id AND g.word = 'answer' WHERE f.leg = 'contact' AND f.kind = 'bridged'`)
ok('they entered the room of that agent', met > 10 && one(`SELECT COUNT(*) FROM call_fact f JOIN call_fact g ON g.leg = 'contact' AND g.of_id = f.of_id AND g.word = 'answer'
    JOIN live_call c ON c.id = f.of_id JOIN agent_line l ON l.id = c.line_id WHERE f.leg = 'contact' AND f.kind = 'bridged' AND f.room_id <> l.room_id AND l.room_id <> ''`) === '0', met)
same('no person was on two pages', seen.map(([, e, k]) => `${e} ${k}`).length, new Set(seen.map(([, e, k]) => `${e} ${k}`)).size)
ok('their pages came up by themselves', seen.length > 15, seen.length)
same('nobody was rung twice', sql(`SELECT e164, COUNT(*) FROM live_call WHERE call_id LIKE 'CA%' AND operation_id = ${op} GROUP BY e164 HAVING COUNT(*) > 1`), [])
const wants = { '01': 'busy', '02': 'no_answer', '03': 'invalid_number', '04': 'rejected', 20: 'no_answer', 30: 'no_answer', 35: 'no_answer' }
same('what ended without a person came to what its number says, and the software saved it', sql(`SELECT c.e164, c.outcome, t.user_id >> 62 FROM live_call c LEFT JOIN attempt t ON t.form_key = c.form_key
  WHERE c.operation_id = ${op} AND c.line_id >> 62 = 1 AND c.refusal = '' AND c.call_id LIKE 'CA%' AND c.hang_up_at IS NULL`)
	.filter(([e, o, by]) => wants[e.slice(-2)] && (wants[e.slice(-2)] !== o || by !== '1')).slice(0, 5), [])
same('no call is stuck, and no hold', [one('SELECT COUNT(*) FROM live_call WHERE live = 1'), one(`SELECT COUNT(*) FROM hold WHERE operation_id = ${op} AND user_id >> 62 = 1`)], ['0', '0'])
same('the tally is the record', sql(`SELECT SUM(connected), SUM(abandoned) FROM power_tally WHERE operation_id = ${op}`)[0],
    sql(`SELECT SUM(what = 'connected'), SUM(what = 'abandoned') FROM power_answer WHERE operation_id = ${op}`)[0])
const audit = (() => { try { return execFileSync(path.join(build, 'bin/tocsin'), ['audit'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) } catch (e) { return `${e.stdout}${e.stderr}` } })()
ok('tocsin audit finds nothing wrong', / 0 differences/.test(audit), audit.slice(0, 500))

// --- the guard locks -------------------------------------------------------------------------------------------------
sql(`UPDATE power_tally SET abandoned = abandoned + 30 WHERE operation_id = ${op}`)
await until(() => number(`SELECT COUNT(*) FROM agent_line WHERE operation_id = ${op} AND live = 1`) === 0, 30000)
const again = Array.from({ length: 6 }, (_, i) => { const a = agent(op, 200 + i, `+1438${57000 + i}77`); a.cookie = agents[i].cookie; return a })
ok('six come back', await until(() => again.every((a) => a.state() === 'open'), 60000))
for (const a of again) await post(a, '/stop')
const rung = nobodys()
for (const a of again) await post(a, '/next')
ok('more than 2.8 % heard nobody: each agent has one call', await until(() => number(`SELECT COUNT(*) FROM hold WHERE operation_id = ${op} AND user_id < 100000`) === 6, 15000), sql(`SELECT * FROM power WHERE operation_id = ${op}`))
same('... and nobody is rung for nobody', [nobodys(), one(`SELECT why FROM power WHERE operation_id = ${op}`), number(`SELECT locked_until > ${now()} FROM power WHERE operation_id = ${op}`)], [rung, 'locked', 1])
same('... which stands in the audit', one(`SELECT COUNT(*) FROM audit WHERE verb = 'power.locked' AND object_id = ${op}`), '1')
for (const a of again) a.end()
await done()
