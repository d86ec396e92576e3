/*
 * browser_leg.mjs - what Twilio asks and tells about an agent's leg in a browser, signed by its own library, through nginx to the
 * real hooks area: who is let in, whose end counts, and that nobody else can ask.
 */
import { createRequire } from 'node:module'
import { done, ok, same, sql } from '../area/area.mjs'
import { account, now, operation, trunk } from './calls.mjs'

const { getExpectedTwilioSignature } = createRequire(import.meta.url)('twilio/lib/webhooks/webhooks')
const AC = 'AC' + '1'.repeat(32), TOKEN = 'token-of-this-connection', site = process.env.TOCSIN_URL
account()
const conn = trunk('add', 'twilio', AC, '', TOKEN, '', 30), other = trunk('add', 'twilio', 'AC' + '2'.repeat(32), '', 'token-of-another', '', 30)
trunk('browser', conn, 'SK' + '3'.repeat(32), 'secret-of-the-key', 'AP' + '4'.repeat(32))
sql(`INSERT INTO caller_id VALUES (${conn}, '+15145550100', 1)`)
const op = operation(conn)
let users = 7000
/** A line that waits for its browser, as the agent's click leaves it; the dialer does not look. */
function line() {
	const room = `room${++users}`
	const id = Number(sql(`INSERT INTO agent_line (trunk_id, operation_id, user_id, way, e164, from_e164, lang, room, state, wanted_at, sent_at, month)
	    SELECT trunk_id, operation_id, ${users}, 'browser', '', caller_e164, 'fr', '${room}', 'sent', ${now()}, ${now()}, '2026-11-01' FROM dialing WHERE operation_id = ${op};
	    SELECT LAST_INSERT_ID()`)[0][0])
	return { id, room, who: `client:${id}_${room}`, state: () => sql(`SELECT state FROM agent_line WHERE id = ${id}`)[0][0] }
}
const sid = (n) => 'CA' + String(n).padStart(32, '0')
async function tell(path, form, token = TOKEN) {
	const signature = getExpectedTwilioSignature(token, site + path, form)
	const got = await fetch(site + path, { method: 'POST', body: new URLSearchParams(form), headers: { 'X-Twilio-Signature': signature } })
	return { status: got.status, body: await got.text() }
}
const comes = (l, call, more = {}) => tell(`/hooks/${conn}/0/agent/browser`, { CallSid: sid(call), AccountSid: AC, From: l.who, To: '', CallStatus: 'ringing', Direction: 'inbound', ...more })
const says = (l, call, word) => tell(`/hooks/${conn}/0/agent`, { CallSid: sid(call), AccountSid: AC, From: l.who, CallStatus: word, CallDuration: '9', Timestamp: 'Mon, 23 Nov 2026 14:00:00 +0000' })

const a = line(), b = line()
let got = await comes(a, 1)
ok('a browser with a token of the line is let into its room', got.status === 200 && got.body.includes(`>${a.room}</Conference>`) && got.body.includes(`agent-${a.id}`) && a.state() === 'open', got.body)
same('asked again it is the same answer, and one fact', [(await comes(a, 1)).body, sql(`SELECT COUNT(*) FROM call_fact WHERE leg = 'agent' AND of_id = ${a.id}`)[0][0]], [got.body, '1'])
same('a second leg of that line is turned away', [(await comes(a, 2)).body.includes('<Hangup/>'), a.state()], [true, 'open'])
same('its end is not the line’s', [(await says(a, 2, 'completed')).status, a.state()], [204, 'open'])
same('who names another room of the line is turned away', (await comes({ who: `client:${b.id}_${a.room}` }, 3)).body.includes('<Hangup/>'), true)
for (const [name, who] of [['a telephone', '+15145550100'], ['a name without a room', `client:${b.id}`], ['a name with markup', `client:${b.id}_<x>`]])
	same(`${name} is no browser of ours`, (await comes({ who }, 4)).status, 400)
same('a line that nobody knows', [(await comes({ who: 'client:999999_x' }, 5)).body.includes('<Hangup/>')], [true])
same('not without the signature', [(await tell(`/hooks/${conn}/0/agent/browser`, { CallSid: sid(6), AccountSid: AC, From: b.who }, 'wrong')).status, b.state()], [403, 'sent'])
same('nor by another connection', [(await tell(`/hooks/${other}/0/agent/browser`, { CallSid: sid(7), AccountSid: 'AC' + '2'.repeat(32), From: b.who, CallStatus: 'ringing' }, 'token-of-another')).body.includes('<Hangup/>'), b.state()], [true, 'sent'])
same('of who is turned away nothing is kept', sql('SELECT COUNT(*) FROM call_orphan')[0][0], '0')
const together = await Promise.all(Array.from({ length: 10 }, (_, i) => comes(a, 1 + i % 2)))
same('ten at once, of two legs: five are let in, five are not', [together.filter((t) => t.body.includes('Conference')).length, together.filter((t) => t.body.includes('Hangup')).length], [5, 5])
await tell(`/hooks/${conn}/${a.id}/agent/room`, { CallSid: sid(1), AccountSid: AC, ConferenceSid: 'CF' + '5'.repeat(32), FriendlyName: a.room, StatusCallbackEvent: 'participant-leave', ParticipantLabel: `agent-${a.id}`, Timestamp: 'Mon, 23 Nov 2026 14:00:00 +0000' })
same('when it leaves its room the dialer looks soon', sql(`SELECT look_at IS NOT NULL OR state = 'ended' FROM agent_line WHERE id = ${a.id}`)[0][0], '1')
same('the end of its own leg is the line’s', [(await says(a, 1, 'completed')).status, a.state()], [204, 'ended'])
same('after that nobody is let in', [(await comes(a, 1)).body.includes('<Hangup/>'), (await comes(a, 8)).body.includes('<Hangup/>'), a.state()], [true, true, 'ended'])
sql(`UPDATE agent_line SET end_asked_at = ${now()} WHERE id = ${b.id}`)
same('nor into a line that is being ended', (await comes(b, 9)).body.includes('<Hangup/>'), true)
await done()
