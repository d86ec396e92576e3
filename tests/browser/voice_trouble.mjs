// voice_trouble.mjs - agents who would speak in the browser and cannot: each trouble is told in words, leaves no line behind, and has
// the phone beside it. with-site
import { browser, done, ok, same, url } from './site.mjs'
import { sql, until } from '../area/area.mjs'
import { as, b, begins, co, hosts, media, op, opened, setUp, shift } from './voice_world.mjs'

setUp()
const zoe = shift('Zoé', 'fr')
async function trouble(from, name, pattern, opt = {}) {
	const p = await as(from, zoe, { lang: 'fr', ...opt })
	await p.goto(url(`/agent/${op}/voice`))
	const got = await opened(p)
	ok(name, got === 'trouble' && pattern.test(await p.textContent('#voice-wrong')) && await p.isVisible('#voice-open') && await p.isVisible(`.pause-back a[href="/agent/${op}"]`),
	    `${got}: ${await p.textContent('#voice-wrong')}`)
	p.complaints.length = 0
	await p.axe(name.replace(/\W+/g, '-').slice(0, 40))
	await p.shot(`voice-${opt.shot ?? 'trouble'}`)
	await p.close()
}
co.scriptThere = false
await trouble(b, 'the script is not there', /script de la compagnie de téléphone n’a pas pu être chargé/, { shot: 'no-script' })
co.scriptThere = true
for (const code of [20101, 31204, 20104]) {
	co.refuse = code
	await trouble(b, `the token is refused (${code})`, /n’accepte pas la clé de ce site/, { shot: 'refused' })
}
co.refuse = 0
same('no line is left of all that', await until(() => sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${zoe.id} AND live = 1`)[0][0] === '0', 15000), true)
const far = await browser({ flags: media })
await trouble(far, 'the company cannot be reached', /ne peut pas être jointe depuis ce navigateur/, { shot: 'unreached', width: 390 })
const deaf = await browser({ flags: ['--use-fake-ui-for-media-stream', '--ignore-certificate-errors'], hosts })
await trouble(deaf, 'there is no microphone', /Aucun microphone/, { shot: 'no-mic', width: 390 })
const shut = await browser({ flags: ['--use-fake-device-for-media-stream', '--deny-permission-prompts', '--ignore-certificate-errors'], hosts })
await trouble(shut, 'the microphone is not allowed', /ne laisse pas cette page se servir du microphone/, { shot: 'mic-blocked' })
same('without a microphone no line was wanted', sql(`SELECT COUNT(*) FROM agent_line WHERE user_id = ${zoe.id} AND live = 1`)[0][0], '0')
sql(`UPDATE dialing SET paused = 'funds', paused_at = 1 WHERE operation_id = ${op}`)
await trouble(b, 'calls are paused', /suspendus/, { shot: 'paused' })
sql(`UPDATE dialing SET paused = '', paused_at = NULL WHERE operation_id = ${op}`)

// the phone instead
const phone = await begins(deaf, zoe, { lang: 'fr', width: 390 })
await phone.click('#line-card details summary')
await phone.axe('line-phone-instead')
await phone.shot('line-phone-instead')
await phone.fill('#line_number', '12')
await phone.click('[formaction$="/line/start"]')
await phone.waitForSelector('#line-card .wrong')
ok('a wrong number is told, and its field stays open', await phone.isVisible('#line_number'))
await phone.fill('#line_number', '438 555-0199')
await phone.click('[formaction$="/line/start"]')
await phone.waitForFunction(() => /438/.test(document.querySelector('#line-card').innerText) && !document.querySelector('#line_number'), null, { timeout: 15000 })
same('the phone rings instead', await until(() => co.said.some((s) => s.startsWith('POST /Calls.json') && s.includes('To=%2B14385550199')), 15000), true)
const both = await as(b, zoe, { lang: 'fr' })
await both.goto(url(`/agent/${op}/voice`))
same('and no second line opens beside it', [await opened(both), /déjà une ligne/.test(await both.textContent('#voice-wrong'))], ['trouble', true])

const plain = await as(b, zoe, { lang: 'fr', javaScript: false })
await plain.goto(url(`/agent/${op}/voice`))
ok('without JavaScript it says to use a phone', /a besoin de JavaScript/.test(await plain.textContent('noscript')))
same('every request of the company was taken', co.hooks.filter(([, status]) => status >= 300), [])
co.end()
await done()
