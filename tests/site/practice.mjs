/*
 * practice.mjs - the stories of invented people (lib/domain/practice_people.c) are those of the simulated company: what it rings
 * comes to what the volunteer is told. And the company finds the door of a site whose public address is https.
 */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import path from 'node:path'
import { build, done, ok, same, sleep, sql, until } from '../area/area.mjs'
import { SIM_ACCOUNT, account, agent, call, facts, hold, now, operation, outcome, simToken } from './calls.mjs'

const op = operation(account()), one = agent(op, 1, '+12905550160')
ok('the pretend volunteer\'s phone answers and presses the key', await until(() => one.state() === 'open', 20000), JSON.stringify(one.facts()))
for (const [number, story, want] of [['+12905550140', 'a recorded voice', 'voicemail'], ['+12905550117', 'nobody answers', 'no_answer'], ['+12905550155', 'the busy tone', 'busy'],
    ['+12905550103', 'not in service', 'invalid_number'], ['+12905550109', 'hangs up', 'answered_hungup']]) {
	const c = call(one, hold(op, 1, number))
	same(`${story}: ${number}`, await until(() => outcome(c), 40000), want)
}
for (const last of ['60', '73', '74', '78', '82', '86', '89', '93', '96', '99']) {	// whoever speaks in a story is somebody who talks here
	const c = call(one, hold(op, 1, `+129055501${last}`))
	ok(`somebody speaks: ${last}`, await until(() => facts(c).some((f) => f.startsWith('answered:')), 40000), facts(c).join(' '))
	sql(`UPDATE live_call SET hang_up_at = ${now()}, look_at = ${now()} WHERE id = ${c}`)
	await until(() => outcome(c), 20000)
}

// --- https ---------------------------------------------------------------------------------------------------------------
const told = []
const door = createServer((rq, rs) => { let body = ''; rq.on('data', (d) => body += d).on('end', () => { told.push([rq.headers.host, rq.url, rq.headers['x-twilio-signature']?.length, /CallStatus=initiated/.test(body)]); rs.end() }) })
await new Promise((r) => door.listen(0, '127.0.0.1', r))
const probe = createServer(); await new Promise((r) => probe.listen(0, '127.0.0.1', r)); const port = probe.address().port; await new Promise((r) => probe.close(r))
const sim = spawn(path.join(build, 'bin', 'sim'), ['--port', String(port), '--hooks', String(door.address().port), '--speed', '4'], { stdio: 'ignore' })
await sleep(500)
const a = await fetch(`http://127.0.0.1:${port}/2010-04-01/Accounts/${SIM_ACCOUNT}/Calls.json`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${SIM_ACCOUNT}:${simToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ To: '+12905550160', From: '+12905550100', Twiml: '<Response/>', StatusCallback: 'https://calls.example.org/hooks/1/x', StatusCallbackEvent: 'initiated' }) })
ok('the company takes the call', a.status === 201, a.status)
ok('and tells the https address by the door on this machine', await until(() => told.length > 0, 10000), '')
same('signed, under its own name', told[0], ['calls.example.org', '/hooks/1/x', 28, true])
sim.kill('SIGTERM')
door.close()
await done()
