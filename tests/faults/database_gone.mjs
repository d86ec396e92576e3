/*
 * database_gone.mjs - the database is killed (-9) under a running area: every page says "one moment", none
 * crashes the process, and when the database is back the next request works. Started by database_gone.sh.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, done, ok, same, start, until } from '../area/area.mjs';

const echo = await start('echo', { program: path.join(build, 'tests/area/echo/main') });
const owner = { HTTP_COOKIE: 'tocsin=owner' };
const key = { csrf: 'key-of-owner' };

same('with its database it answers', (await echo.get('/count')).status, 200);
const pid = Number(readFileSync(process.env.TOCSIN_DB_PIDFILE, 'utf8'));
process.kill(pid, 'SIGKILL');
await until(() => { try { process.kill(pid, 0); return false; } catch { return true; } });

for (let round = 1; round <= 3; round++) {
	const page = await echo.get('/count', { HTTP_ACCEPT_LANGUAGE: 'en' }), form = await echo.post('/add', key, owner);
	ok(`without it a page is 503 and says what to do (${round})`, page.status === 503 && page.body.includes('Please try again in a moment') &&
	    page.headers['content-security-policy'] !== undefined, `${page.status} ${page.body}`);
	ok(`and so is a form (${round})`, form.status === 503, `${form.status} ${form.body}`);
}
same('what needs no database still answers', (await echo.get('/nothing')).status, 404);
ok('the process lives', echo.exit === undefined, echo.log());

spawnSync(process.env.TOCSIN_DB_START, { stdio: 'ignore' });
const back = await until(async () => (await echo.get('/count')).status === 200, 20000);
ok('when it is back the next page works', back, echo.log().slice(-500));
same('and the next form', (await echo.post('/add', key, owner)).status, 200);
await done();
