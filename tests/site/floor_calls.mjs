/*
 * floor_calls.mjs - an organiser sends a person back while a call to them is about to be rung by the real dialer, at every moment
 * around it: either the person is back and was never rung, or the call is under way and the turn stays. with-site
 */
import { createHash } from 'node:crypto'
import { done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, call, facts, hold, now, operation, outcome } from './calls.mjs'

const ROUNDS = 30, csrf = 'c'.repeat(32), cookie = `tocsin-${process.env.TOCSIN_PORT}=owner`
const op = operation(account()), one = agent(op, 1)
sql(`INSERT INTO user (id, organisation_id, name, role, created_at) VALUES (4000, 1, 'Marie', 'organiser', 1);
	INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (${op}, 4000, 'owner', 1), (${op}, ${one.user}, 'agent', 1);
	INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (x'${createHash('sha256').update('owner').digest('hex')}', 4000, '${csrf}', 1, ${now() + 3600000000n})`)
const back = async (h) => {
	const r = await fetch(`${process.env.TOCSIN_URL}/operations/${op}/back`, { method: 'POST', redirect: 'manual', headers: { cookie },
	    body: new URLSearchParams({ csrf, user: one.user, entry: h.entry, claimed: h.at }) })
	return r.status === 303 ? r.headers.get('location').split('said=')[1] : r.status
}
const held = (h) => sql(`SELECT COUNT(*) FROM hold WHERE entry_id = ${h.entry}`)[0][0] === '1'

ok('the line is open', await until(() => one.state() === 'open', 20000), JSON.stringify(one.facts()))
let first = 0, under_way = 0
const wrong = []
for (let round = 0; round < ROUNDS; round++) {
	const h = hold(op, 1, `+1514555${String(round % 90).padStart(2, '0')}02`)
	let said, c
	if (round % 3 === 0) {		// the organiser's click is on its way when the agent's arrives
		said = back(h)
		await sleep(round % 5)
		c = call(one, h)
	} else {
		c = call(one, h)
		await sleep((round * 37) % 120)
		said = back(h)
	}
	said = await said
	if (said === 'back') {
		first++
		const came = await until(() => outcome(c), 20000)
		if (came !== 'not sent: gone' || held(h) || facts(c).length !== 0)
			wrong.push(`${round}: back, and ${came} ${facts(c)}`)
	} else if (said === 409) {
		under_way++
		if (!held(h))
			wrong.push(`${round}: a call under way, and nobody has the person`)
		sql(`UPDATE live_call SET hang_up_at = ${now()}, look_at = ${now()} WHERE id = ${c}`)
		if (!await until(() => outcome(c), 30000))
			wrong.push(`${round}: the call does not end`)
	} else
		wrong.push(`${round}: ${said}`)
}
same('a person who is back was never rung, and nobody is taken out of a call', wrong, [])
ok('both have been seen', first > 0 && under_way > 0, `${first} back, ${under_way} under way`)
same('a row in the log for each that went back', Number(sql("SELECT COUNT(*) FROM audit WHERE verb = 'call.send_back'")[0][0]), first)

// --- over, and nobody has said how it went: it is saved as detected, and not rung again ---
const h = hold(op, 1, '+15145559906'), c = call(one, h)
ok('nobody answers', await until(() => outcome(c) === 'no_answer', 40000), outcome(c))
same('sent back: what was detected will be saved', await back(h), 'soon')
ok('it is, within ten seconds, and the person was not given to anybody meanwhile', await until(() => sql(`SELECT COUNT(*) FROM attempt WHERE entry_id = ${h.entry}`)[0][0] === '1', 12000));
same('once, and nobody has them', [sql(`SELECT state, attempts FROM entry WHERE id = ${h.entry}`)[0], held(h)], [['done', '1'], false])
await done()
