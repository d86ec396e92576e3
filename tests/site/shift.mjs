/*
 * shift.mjs - an agent's shift on the simulated telephone company, through everything that runs: pages' verbs are
 * written by SQL here, the dialer, the company, nginx and the hooks area are the real ones.
 */
import { done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { account, agent, call, hold, operation, outcome } from './calls.mjs'

const trunk = account()
const op = operation(trunk)
const one = agent(op, 1)

ok('the agent is rung, presses the key, and the line is open', await until(() => one.state() === 'open', 20000), JSON.stringify(one.facts()))

const cases = [
	['01', 'busy'], ['03', 'invalid_number'], ['04', 'rejected'], ['05', 'error'], ['06', 'no_answer'], ['07', 'voicemail'],
	['08', 'fax'], ['10', 'invalid_number'],
]
for (const [digits, want] of cases) {
	const h = hold(op, 1, `+1514555${digits.padStart(4, '0')}`)
	const c = call(one, h)
	const got = await until(() => outcome(c), 40000)
	ok(`a number that ends in ${digits} comes to ${want}`, got === want, `${got} ${sql(`SELECT kind, source, word FROM call_fact WHERE leg = 'contact' AND of_id = ${c} ORDER BY received_at`).join(' ')}`)
}
await done()
