// Alarms by e-mail: who asks in the profile gets one when an alarm begins, in their language, once until it is over. The sendmail
// program is a little one of this test, which keeps what it was given.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { start, ok, same, done, sql, build } from './area.mjs';
import { house, MINUTE, NOON } from './house.mjs';

const dir = process.env.TOCSIN_TEST_DIR, kept = path.join(dir, 'sent'), program = path.join(dir, 'sendmail');
mkdirSync(kept);
writeFileSync(program, `#!/bin/bash
n=$(ls ${kept} | wc -l)
printf '%s\\n' "$@" > ${kept}/$n.args
env > ${kept}/$n.env
ls /proc/self/fd | wc -l > ${kept}/$n.fds
cat > ${kept}/$n.mail
[ -e ${dir}/code ] && exit $(cat ${dir}/code)
exit 0
`);
chmodSync(program, 0o755);
const h = house(sql), env = { TOCSIN_CLOCK: h.clockFile };
let now = NOON;
const clock = (at) => { now = at; h.clock(at); };
clock(NOON);
const settings = { sendmail: program, mail_from: 'tocsin@calls.example.org' };
const account = await start('account', { env, conf: settings }), without = await start('account', { env });
const conf = path.join(dir, 'mail.conf');
writeFileSync(conf, `${readFileSync(process.env.TOCSIN_CONF, 'utf8')}\n${Object.entries(settings).map(([k, v]) => `${k} = ${v}`).join('\n')}\n`, { mode: 0o600 });
/** So much later, the worker having looked every minute. */
const later = (minutes) => {
	clock(now + minutes * MINUTE);
	sql(`UPDATE alarm_state SET looked_at = ${now}`);
};
/** One round of the worker; the mails it handed over. */
function mails(c = conf) {
	for (const f of readdirSync(kept))
		rmSync(path.join(kept, f));
	spawnSync(path.join(build, 'bin', 'worker'), ['--once'], { env: { ...process.env, ...env, TOCSIN_CONF: c } });
	return readdirSync(kept).filter((f) => f.endsWith('.mail')).sort().map((f) => {
		const text = readFileSync(path.join(kept, f), 'utf8'), at = text.indexOf('\n\n');
		return { args: readFileSync(path.join(kept, f.replace('mail', 'args')), 'utf8').trim().split('\n'), headers: text.slice(0, at),
		    subject: [...text.slice(0, at).matchAll(/=\?UTF-8\?B\?(.*?)\?=/g)].map((m) => Buffer.from(m[1], 'base64').toString()).join(''),
		    body: Buffer.from(text.slice(at), 'base64').toString(), env: readFileSync(path.join(kept, f.replace('mail', 'env')), 'utf8'),
		    fds: Number(readFileSync(path.join(kept, f.replace('mail', 'fds')), 'utf8')) };
	});
}

const org = h.organisation();
const marie = h.user(org, 'Marie', 'organiser', 'fr'), ada = h.user(org, 'Ada', 'organiser', 'en'), vic = h.user(org, 'Vic');
sql(`UPDATE user SET email = 'marie@example.org' WHERE id = ${marie.id}; UPDATE user SET email = 'ada@example.org' WHERE id = ${ada.id}`);
const op = h.operation(org, marie, { name: 'Pointage "É"\r\nBcc: all@example.org' });
h.member(op, ada, 'owner');
h.people(org, op, 30);
const v = account.visitor(marie.cookies), w = account.visitor(ada.cookies);

// --- asking ---
same('a server that sends no mail offers none', (await without.visitor(marie.cookies).get('/profile')).body.includes('/profile/alarms'), false);
same('one that does', (await v.get('/profile')).body.includes('/profile/alarms'), true);
same('not to volunteers', [(await account.visitor(vic.cookies).get('/profile')).body.includes('/profile/alarms'), (await account.visitor(vic.cookies).post('/profile/alarms', { alarms: '1' })).status], [false, 403]);
h.add('attempt', { operation_id: op, entry_id: 1, number: 1, person_id: 1, user_id: vic.id, e164: '+15145551001', status: 16, time_zone: 'America/Toronto',
    started_at: NOON - 60 * MINUTE, saved_at: NOON - 45 * MINUTE, form_key: 'k1' });
same('nobody asks: no mail, though it has stalled', mails(), []);
let a = await v.post('/profile/alarms', { alarms: '1' });
same('asked', [a.status, (await v.get('/profile?said=alarms')).body.match(/name="alarms"[^>]*/)[0].includes('checked'), h.one("SELECT COUNT(*) FROM audit WHERE verb = 'user.alarms_on'")], [303, true, '1']);
await v.post('/profile/alarms', { alarms: '1' });
same('twice is once', h.one("SELECT COUNT(*) FROM audit WHERE verb = 'user.alarms_on'"), '1');

// --- one mail ---
same('without the program nothing is written either', (mails(process.env.TOCSIN_CONF), h.one('SELECT COUNT(*) FROM mail')), '0');
let m = mails();
same('it has stalled: one mail, to who asked', m.map((x) => x.args), [['-i', '-f', 'tocsin@calls.example.org', '--', 'marie@example.org']]);
ok('in her language', m[0].subject.startsWith('Tocsin: Pointage "É"') && m[0].body.startsWith('Bonjour Marie,') && m[0].body.includes('Aucun appel') && m[0].body.includes(`/operations/${op}\n`), m[0].body);
same('its headers and no others', m[0].headers.split('\n').filter((l) => !l.startsWith(' ')).map((l) => l.split(':')[0]),
    ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding']);
ok('nobody who is called is in it', !/Prénom|Nom\d|\+1514/.test(m[0].body + m[0].subject), m[0].body);
ok('the program gets nothing of ours: no settings, no open files', !m[0].env.includes('TOCSIN') && m[0].fds <= 4, `${m[0].fds} ${m[0].env}`);
same('once', mails(), []);
later(61);
same('until it is over, also after the hour', mails(), []);
await w.get('/profile');
await w.post('/profile/alarms', { alarms: '1' });

// --- over, and again ---
const saved = (at) => sql(`UPDATE attempt SET saved_at = ${at} WHERE id = 1`);
saved(now);
same('a call: over', mails(), []);
later(31);
m = mails();
same('stalled again: both owners who ask, each in their language', m.map((x) => [x.args.at(-1), x.body.split('\n')[0]]).sort(), [['ada@example.org', 'Hello Ada,'], ['marie@example.org', 'Bonjour Marie,']]);
saved(now);
mails();
later(31);
same('a third time within the hour: not yet', mails(), []);
later(30);
same('when the hour is over it still rings: told', mails().length, 2);

// --- the telephone company ---
sql(`UPDATE operation SET method = 'software' WHERE id = ${op}`);
const trunk = h.add('trunk', { organisation_id: org, name: 'Sim', provider: 'sim', account: 'x', base_url: '', cps: 1, currency: 'CAD', created_by: ada.id, created_at: NOON, form_key: 'f', paused: 'balance', paused_at: NOON });
sql(`INSERT INTO dialing (operation_id, trunk_id, caller_e164) VALUES (${op}, ${trunk}, '+15145550000')`);
saved(now);
m = mails();
ok('calls are paused by the telephone company', m.length === 2 && m.some((x) => x.subject.includes('Calls from the software are paused')), JSON.stringify(m.map((x) => x.subject)));
const dash = await start('dashboard', { env });
ok('the page says so too', (await dash.visitor(ada.cookies).get(`/operations/${op}`)).body.includes('Calls from the software are paused: the telephone company takes none.'));

// --- a program that has trouble ---
const again = () => { sql('UPDATE alarm_state SET rings = 0, told = 0, mailed_at = 0'); };
sql(`UPDATE user SET alarm_mail = 0 WHERE id = ${ada.id}`);
again();
writeFileSync(path.join(dir, 'code'), '75');
same('not now', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [1, '1']);
same('not at once again', mails().length, 0);
rmSync(path.join(dir, 'code'));
clock(now + 3 * MINUTE);
same('later it is taken, and gone', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [1, '0']);
again();
writeFileSync(path.join(dir, 'code'), '67');
same('no such user: dropped', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [1, '0']);
rmSync(path.join(dir, 'code'));
again();
sql(`UPDATE user SET email = 'x@y -oQ/tmp' WHERE id = ${marie.id}`);
same('an address that is none is not written to', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [0, '0']);
sql(`UPDATE user SET email = 'marie@example.org' WHERE id = ${marie.id}`);
again();
sql(`UPDATE user SET disabled_at = 1 WHERE id = ${marie.id}`);
same('who is disabled gets none', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [0, '0']);
sql(`UPDATE user SET disabled_at = NULL WHERE id = ${marie.id}`);
again();
writeFileSync(conf, readFileSync(conf, 'utf8').replace(`sendmail = ${program}`, 'sendmail = /nowhere/sendmail'));
same('a program that is not there: it waits', [mails().length, h.one('SELECT COUNT(*) FROM mail')], [0, '1']);
await done();
