/*
 * clock.mjs - the wall clock of the whole site jumps an hour ahead and back again in the middle of a shift: nobody is rung
 * twice, no line is stuck, the shift goes on at once, and so does who asks for the end of calls.
 * SIM_OPTIONS="--speed 4"
 */
import { spawnSync } from 'node:child_process'
import { createPrivateKey, sign as edSign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { build, done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, now, operation, take, trunk } from './calls.mjs'

const one = (text) => sql(text)[0]?.[0]
let off = 0n		// seconds
const jump = (s) => { off = BigInt(s); writeFileSync(process.env.TOCSIN_CLOCK, s >= 0 ? `+${s}` : `${s}`) }
const site_now = () => now() + off * 1000000n

const sim = account('sim', { cps: 100 })
const op = operation(sim, { mode: 'progressive', ring: 12 })
const AGENTS = 4, PEOPLE = 200
sql(`INSERT INTO person (id, organisation_id, kind, last_name, created_at, updated_at) SELECT seq, 1, 'contact', CONCAT('N', seq), 1, 1 FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'home', CONCAT('+1450', 20000 + seq - 100000, LPAD(ELT(1 + seq % 8, 1, 2, 3, 4, 7, 45, 57, 8), 2, '0')) FROM seq_100001_to_${100000 + PEOPLE};
  INSERT INTO entry (operation_id, person_id, state, band, due_at, e164, loaded_at) SELECT ${op}, p.id, 'ready', 3, p.id, f.e164, 1 FROM person p JOIN phone f ON f.person_id = p.id WHERE p.id > 100000;
  INSERT INTO queue_tally (operation_id, shard, ready) VALUES (${op}, 0, ${PEOPLE})`)
const lines = Array.from({ length: AGENTS }, (_, i) => agent(op, 100 + i, `+1438${55000 + i}77`))
ok('the lines are open', await until(() => Number(one(`SELECT COUNT(*) FROM agent_line WHERE state = 'open'`)) === AGENTS, 40000))
/** Who has nobody in hand takes a person: a clock that jumps ahead ends holds. */
const takes = () => lines.filter((l) => one(`SELECT COUNT(*) FROM hold WHERE user_id = ${l.user}`) === '0').forEach((l) => take(l, site_now()))
takes()
const made = () => Number(one(`SELECT COUNT(*) FROM live_call WHERE call_id <> ''`))
const busy = () => until(() => Number(one(`SELECT COUNT(*) FROM live_call WHERE state = 'sent' AND call_id <> ''`)) >= 3, 20000)
/** Every agent's line gets a further call, and what was live is over. */
async function goesOn(what) {
	await sleep(1500)
	takes()
	const last = Number(one('SELECT COALESCE(MAX(id), 0) FROM live_call'))
	ok(`${what}: calls that went on end`, await until(() => one(`SELECT COUNT(*) FROM live_call WHERE id <= ${last} AND live = 1`) === '0', 60000), sql(`SELECT id, e164, state FROM live_call WHERE id <= ${last} AND live = 1`).join(' | '))
	ok(`${what}: each agent is given the next person`, await until(() => Number(one(`SELECT COUNT(DISTINCT line_id) FROM live_call WHERE id > ${last} AND call_id <> ''`)) === AGENTS, 60000),
	    sql(`SELECT line_id, COUNT(*) FROM live_call WHERE id > ${last} GROUP BY line_id`).join(' | '))
}
await until(() => made() >= 8, 60000)
await busy()
jump(3600)
await goesOn('an hour ahead')
await busy()
jump(0)
const back = Date.now()
await goesOn('an hour back')
ok('... at once', Date.now() - back < 60000, Date.now() - back)
await busy()
jump(-3600)
await goesOn('an hour back once more')

// the time in a signature is compared with this clock: what seems an hour old is refused, and taken again when the clock is right
{
	const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
	const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' })
	const tx = trunk('add', 'telnyx', '1684641123236054244', 'http://127.0.0.1:1', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', 'KEY', 5)
	const body = JSON.stringify({ data: { event_type: 'call.initiated', id: 'e1', occurred_at: new Date().toISOString(), payload: { call_control_id: 'v3:a' } } })
	const send = async () => {
		const t = String(Math.floor(Date.now() / 1000))
		return (await fetch(`${process.env.TOCSIN_URL}/hooks/${tx}/999999/contact`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'telnyx-timestamp': t,
		    'telnyx-signature-ed25519': edSign(null, Buffer.from(`${t}|${body}`), key).toString('base64') } })).status
	}
	const wrong = await send()
	jump(0)
	same('a signature of another hour is refused, and taken when the clock is right', [wrong, await send(), one(`SELECT times FROM hook_tally WHERE trunk_id = ${tx} AND what = 'stale'`)], [403, 204, '1'])
}
const end = site_now()
sql(`UPDATE agent_line SET end_asked_at = ${site_now()}, look_at = ${site_now()} WHERE live = 1`)
ok('no line and no call is stuck', await until(() => one('SELECT (SELECT COUNT(*) FROM agent_line WHERE live = 1) + (SELECT COUNT(*) FROM live_call WHERE live = 1)') === '0', 120000),
    sql(`SELECT id, state, e164 FROM live_call WHERE live = 1`).concat(sql('SELECT id, state FROM agent_line WHERE live = 1')).join(' | '))
const wants = { '01': 'busy', '02': 'no_answer', '03': 'invalid_number', '04': 'rejected', '07': 'voicemail', 45: 'voicemail', 57: 'busy', '08': 'fax' }
same('every call that nobody stopped ended in what its number says', sql(`SELECT id, e164, outcome FROM live_call WHERE state = 'ended' AND refusal = '' AND hang_up_at IS NULL AND ended_at < ${end}`)
    .filter(([, e164, word]) => wants[e164.slice(-2)] !== word).slice(0, 5), [])
same('nobody was rung twice', sql(`SELECT e164, COUNT(*) FROM live_call WHERE call_id <> '' GROUP BY e164 HAVING COUNT(*) > 1`), [])
same('no call is saved twice', sql(`SELECT entry_id, COUNT(*) FROM attempt GROUP BY entry_id HAVING COUNT(*) > 1`), [])
const audit = spawnSync(path.join(build, 'bin/tocsin'), ['audit'], { encoding: 'utf8' })
ok('lists, calls and totals agree', audit.status === 0, (audit.stdout + audit.stderr).slice(0, 600))
console.log(`# ${made()} calls`)
await done()
