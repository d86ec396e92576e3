/*
 * soak.mjs - a shift of many agents in progressive mode on the simulated company, with webhooks doubled, late and lost: every
 * call ends in what the script of its number says, no line is stuck, nobody is called twice.
 *
 * `make soak` is the whole of it: 200 agents for ten minutes, at the speed of life. Here a small one:
 * SIM_OPTIONS="--speed 10 --doubled 10 --late 10 --lost 5"
 */
import { done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, now, operation, take } from './calls.mjs'

const AGENTS = Number(process.env.SOAK_AGENTS ?? 6), SECONDS = Number(process.env.SOAK_SECONDS ?? 25), PEOPLE = AGENTS * 30
// how many in a dozen more talk: what makes a call as long as calls are
const TALK = Number(process.env.SOAK_TALK ?? 0), ENDS = [1, 2, 3, 4, 6, 7, 8, 9, 20, 45, 57, 77, ...Array(TALK).fill(88)]
const one = (text) => sql(text)[0]?.[0]
const trunk = account('sim', { cps: 100 })
const op = operation(trunk, { mode: 'progressive', ring: 12 })
// everybody's number ends in what happens: nothing that asks for a clock of hours (10 to 16 have tests of their own)
sql(`INSERT INTO person (id, organisation_id, kind, last_name, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('N', seq), 1, 1 FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1450', 20000 + seq - 100000, LPAD(ELT(1 + seq % ${ENDS.length}, ${ENDS}), 2, '0')) FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO entry (operation_id, person_id, state, band, due_at, e164, loaded_at) SELECT ${op}, p.id, 'ready', 3, p.id, f.e164, 1 FROM person p JOIN phone f ON f.person_id = p.id WHERE p.id > 100000;
  INSERT INTO queue_tally (operation_id, shard, ready) VALUES (${op}, 0, ${PEOPLE})`)
const lines = Array.from({ length: AGENTS }, (_, i) => agent(op, 100 + i, `+1438${55000 + i}77`))
ok('every line opens, whatever is lost or late', await until(() => Number(one(`SELECT COUNT(*) FROM agent_line WHERE state = 'open'`)) >= AGENTS * 0.9, 90000),
    sql('SELECT state, COUNT(*) FROM agent_line GROUP BY state'))
// each agent takes a first person, as the page's "Start" does; the dialer does the rest
for (const l of lines)
	take(l)
const began = Date.now()
while (Date.now() - began < SECONDS * 1000) {
	await sleep(AGENTS > 20 ? 2000 : 500)
	// agents who let their hold run out after a conversation: what was detected is saved for them
	sql(`UPDATE live_call c JOIN hold h ON h.user_id = c.user_id AND h.operation_id = c.operation_id AND h.claimed_at = c.claimed_at
	    SET h.held_until = ${now()} + 14000000, c.look_at = ${now()} WHERE c.state = 'ended' AND c.look_at > ${now()}
	    AND c.outcome IN ('answered', 'answered_hungup', 'abandoned', 'voicemail')`)
}
// the shift is over: nobody takes another person
const end = now()
sql(`UPDATE agent_line SET end_asked_at = ${end}, look_at = ${end} WHERE live = 1`)
const made = Number(one('SELECT COUNT(*) FROM live_call'))
ok('there was a shift', made > AGENTS * 2, made)
ok('no line is stuck', await until(() => one('SELECT COUNT(*) FROM agent_line WHERE live = 1') === '0', 120000), sql('SELECT state, COUNT(*) FROM agent_line GROUP BY state'))
ok('no call is stuck', await until(() => one('SELECT COUNT(*) FROM live_call WHERE live = 1') === '0', 120000),
    sql(`SELECT id, state, e164, call_id, looks, hang_up_at IS NOT NULL FROM live_call WHERE live = 1`).join(' | '))
const wants = { '01': 'busy', '02': 'no_answer', '03': 'invalid_number', '04': 'rejected', '06': 'no_answer', '07': 'voicemail', '08': 'fax', 20: 'no_answer', 45: 'voicemail', 57: 'busy' }
// of an end that was only asked for the code is lost: the company's list knows the word
const asked = { '03': 'error', '04': 'busy', '06': 'error' }
const wrong = sql(`SELECT c.id, e164, outcome, EXISTS (SELECT 1 FROM call_fact f WHERE f.leg = 'contact' AND f.of_id = c.id AND f.kind = 'ended' AND f.source = 'webhook')
    FROM live_call c WHERE state = 'ended' AND refusal = '' AND hang_up_at IS NULL AND ended_at < ${end}`)
	.filter(([, e164, outcome, told]) => { const n = e164.slice(-2), want = told === '0' && asked[n] || wants[n]
		return want ? want !== outcome : !['answered_hungup', 'answered'].includes(outcome) })
same('every call that nobody stopped ended in what the script of its number says', wrong.slice(0, 5), [])
same('nobody was rung twice', sql(`SELECT e164, COUNT(*) FROM live_call WHERE call_id <> '' GROUP BY e164 HAVING COUNT(*) > 1`), [])
same('an event told twice is one fact', sql(`SELECT of_id, kind, word, COUNT(*) FROM call_fact WHERE leg = 'contact' AND source = 'webhook' AND kind IN ('dialing', 'ringing', 'answered', 'ended')
    GROUP BY of_id, kind, word HAVING COUNT(*) > 1 LIMIT 3`), [])
console.log(`# ${made} calls, ${one('SELECT COUNT(*) FROM call_fact')} facts, ${one(`SELECT COUNT(*) FROM attempt`)} attempts saved by themselves`)
await done()
