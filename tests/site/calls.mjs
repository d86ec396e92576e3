/*
 * calls.mjs - a world for tests of calls from the software: a connection to the simulated company, an operation, an agent
 * whose line is wanted, people to ring. What pages write is written here by SQL; all the rest is the real thing.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build, sql } from '../area/area.mjs'

const conf = Object.fromEntries(readFileSync(process.env.TOCSIN_CONF, 'utf8').split('\n').filter((l) => l.includes(' = ')).map((l) => l.split(' = ')))
const key = Buffer.from(readFileSync(conf.secret_file, 'utf8').trim(), 'hex')
/** What seal_mark makes of a purpose and a message. */
export const mark = (purpose, message) => createHmac('sha256', key).update(purpose).update('\0').update(message).digest()

export const SIM_ACCOUNT = 'AC' + '0'.repeat(32)
export const simToken = mark('simulation', SIM_ACCOUNT).toString('hex').slice(0, 32)
export const now = () => BigInt(Date.now()) * 1000n
const month = new Date().toISOString().slice(0, 8) + '01'

export function account(provider = 'sim', more = {}) {
	sql("INSERT IGNORE INTO organisation (id, name, created_at) VALUES (1, 'Test', 1)")
	const set = { name: "'Test'", provider: `'${provider}'`, cps: 50, created_at: 1, form_key: `x'${randomBytes(16).toString('hex')}'`, ...more }
	const id = Number(sql(`INSERT INTO trunk (organisation_id, ${Object.keys(set)}) VALUES (1, ${Object.values(set)}); SELECT LAST_INSERT_ID()`)[0][0])
	sql(`INSERT INTO caller_id VALUES (${id}, '+15145550100', 1)`)
	return id
}

let operations = 0
export function operation(trunk, { mode = 'preview', ring = 15, opens = '00:00', closes = '23:59' } = {}) {
	const id = 1000 + ++operations
	sql(`INSERT INTO operation (id, organisation_id, state, revision, version, source, method, name, time_zone, starts_on, ends_at,
	    opens_at, closes_at, created_by, created_at) VALUES (${id}, 1, 'active', 1, 'original', 'contact', 'software', 'Test', 'America/Toronto',
	    '2026-01-01', '2036-12-31 23:00', '${opens}', '${closes}', 1, 1);
	  INSERT INTO operation_zone VALUES (${id}, 0, 'America/Toronto');
	  INSERT INTO dialing (operation_id, trunk_id, caller_e164, mode, ring_seconds) VALUES (${id}, ${trunk}, '+15145550100', '${mode}', ${ring})`)
	return id
}

export function agent(op, n, e164 = `+1438555${String(1100 + n)}`) {
	const user = 5000 + n
	sql(`INSERT IGNORE INTO user (id, organisation_id, name, role, created_at) VALUES (${user}, 1, 'Agent ${n}', 'volunteer', 1)`)
	const id = Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, e164, from_e164, lang, room, wanted_at, month, look_at)
	    SELECT trunk_id, operation_id, ${user}, '${e164}', caller_e164, 'fr', '${randomBytes(16).toString('hex')}', ${now()}, '${month}', ${now()}
	    FROM dialing WHERE operation_id = ${op}; SELECT LAST_INSERT_ID()`)[0][0])
	return {
		id, user, op, n,
		state: () => sql(`SELECT state FROM agent_line WHERE id = ${id}`)[0][0],
		facts: () => sql(`SELECT kind, word FROM call_fact WHERE leg = 'agent' AND of_id = ${id} ORDER BY received_at`),
		end: () => sql(`UPDATE agent_line SET end_asked_at = ${now()}, look_at = ${now()} WHERE id = ${id}`),
	}
}

/** A person with that number, on the list, in the hand of agent n. */
export function hold(op, n, e164) {
	const at = now()
	const person = Number(sql(`INSERT INTO person (organisation_id, kind, last_name, created_at, updated_at) VALUES (1, 'contact', 'X', 1, 1); SELECT LAST_INSERT_ID()`)[0][0])
	const entry = Number(sql(`INSERT INTO phone (person_id, position, kind, e164) VALUES (${person}, 1, 'home', '${e164}');
	  INSERT INTO entry (operation_id, person_id, state, band, due_at, e164, loaded_at) VALUES (${op}, ${person}, 'held', 8, ${at}, '${e164}', 1);
	  SELECT LAST_INSERT_ID()`)[0][0])
	sql(`UPDATE entry e JOIN hold h ON h.entry_id = e.id SET e.state = 'ready', e.band = 3, e.due_at = e.id WHERE h.user_id = ${5000 + n} AND h.operation_id = ${op};
	  DELETE FROM hold WHERE user_id = ${5000 + n} AND operation_id = ${op};
	  INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)
	  VALUES (${5000 + n}, ${op}, ${entry}, ${person}, '${e164}', ${at}, ${at + 1200000000n}, 'ready', 3, 1);
	  INSERT INTO queue_tally (operation_id, shard, held) VALUES (${op}, 0, 1) ON DUPLICATE KEY UPDATE held = held + 1`)
	return { op, person, entry, e164, at }
}

/** The next of the list into the hand of that agent, as the page's "Start" does; others are being given at this moment too. */
export function take(line, at = now()) {
	sql(`START TRANSACTION; SET @e = (SELECT id FROM entry WHERE operation_id = ${line.op} AND state = 'ready' AND band = 3 ORDER BY id DESC LIMIT 1 FOR UPDATE SKIP LOCKED);
	  INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, claimed_at, held_until, state, band, due_at)
	    SELECT ${line.user}, ${line.op}, id, person_id, e164, ${at}, ${at + 1200000000n}, 'ready', 3, due_at FROM entry WHERE id = @e;
	  UPDATE entry SET state = 'held', band = 8, due_at = ${at} WHERE id = @e;
	  UPDATE queue_tally SET ready = ready - 1, held = held + 1 WHERE operation_id = ${line.op} AND shard = 0; COMMIT;
	  UPDATE agent_line SET look_at = ${at} WHERE id = ${line.id}`)
}

/** What the agent's click writes; sent: already as the dialer leaves it, which will not look. */
export function call(line, h, sent) {
	const words = Buffer.alloc(24)
	words.writeBigUInt64LE(BigInt(h.entry), 0)
	words.writeBigUInt64LE(BigInt(line.user), 8)
	words.writeBigInt64LE(h.at, 16)
	const form = mark('hold', words).subarray(0, 16).toString('hex')
	return Number(sql(`INSERT INTO live_call (trunk_id, operation_id, line_id, user_id, entry_id, person_id, e164, from_e164, claimed_at, form_key,
	    live_e164, wanted_at, month, look_at, state, sent_at, call_id) SELECT trunk_id, operation_id, id, user_id, ${h.entry}, ${h.person}, '${h.e164}', from_e164, ${h.at},
	    x'${form}', '${h.e164}', ${now()}, month, ${sent === undefined ? `${now()}, 'wanted', NULL, ''` : `NULL, 'sent', ${now()}, '${sent}'`} FROM agent_line WHERE id = ${line.id}; SELECT LAST_INSERT_ID()`)[0][0])
}

export const outcome = (id) => {
	const [state, word] = sql(`SELECT state, IF(refusal = '', outcome, CONCAT('not sent: ', refusal)) FROM live_call WHERE id = ${id}`)[0]
	return state === 'ended' ? word : undefined
}
export const facts = (id) => sql(`SELECT kind, source, word FROM call_fact WHERE leg = 'contact' AND of_id = ${id} ORDER BY received_at`).map((r) => r.join(':'))

/** A connection with secrets of its own, through the verbs of the administrator's pages. */
export function trunk(...args) {
	const run = spawnSync(path.join(build, 'tests/area/trunk/main'), args.map(String), { encoding: 'utf8' })
	if (run.status !== 0)
		throw new Error(`trunk ${args.join(' ')}: ${run.stdout} ${run.stderr}`)
	return Number(run.stdout.split(' ')[0])
}
