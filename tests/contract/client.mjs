/*
 * client.mjs - what tests of the providers' adapters need: our client as a program (client.c), asked for one verb, and
 * servers on this machine that play the provider.
 *
 *	import { client, serve, ok, done } from './client.mjs';
 *	const it = await serve((rq, rs) => rs.writeHead(500).end());
 *	ok('a 500 may have placed it', (await client('dial-contact', { BASE: it.url })).dialed === 'unknown');
 *	await done();
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { atCrash, exit, ok, same, sleep, until } from '../check.mjs';

export { ok, same, sleep, until };

export const tests = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const build = path.resolve(path.dirname(tests), process.env.B || 'build');

export const AC = 'AC0123456789abcdef0123456789abcdef';
export const CA = 'CA00000000000000000000000000000001';
export const TOKEN = '0123456789abcdef0123456789abcdef';
const twilio = { PROVIDER: 'twilio', ACCOUNT: AC, SECRET: TOKEN };

const endings = [];
/** Something to end with the test, whatever happens. */
export const atEnd = (ending) => endings.push(ending);

export async function done() {
	for (const ending of endings.reverse())
		await ending();
	exit();
}
atCrash(done);

/**
 * One verb of client.c. Answers its lines by name ({ dialed: 'accepted', call: 'CA...' }); names that come several times
 * as { all: { fact: [...] } }; `text` is everything; a dial's `ms` how long it took.
 */
export function client(verb, env = {}, stdin = '') {
	const it = spawn(path.join(build, 'tests/contract/client'), [verb], { env: { ...process.env, ...twilio, ...env } });
	let text = '', errors = '';
	it.stdout.on('data', (d) => { text += d; });
	it.stderr.on('data', (d) => { errors += d; });
	it.stdin.on('error', () => {});
	it.stdin.end(stdin);
	return new Promise((resolve, reject) => it.on('close', (code) => {
		const said = { text, code, all: {} };
		if (code !== 0)
			return reject(new Error(`client ${verb}: code ${code}: ${text} ${errors}`));
		for (const line of text.trimEnd().split('\n')) {
			const [name, ...rest] = line.split(' ');
			said[name] = rest.join(' ');
			(said.all[name] ??= []).push(said[name]);
		}
		resolve(said);
	}));
}

/** A server on this machine. `answer(rq, rs, body)`; requests are kept in `.seen`. make: another kind of server. */
export async function serve(answer, make = createServer) {
	const seen = [];
	const server = make((rq, rs) => {
		let body = '';
		rq.on('data', (d) => { body += d; });
		rq.on('end', () => {
			seen.push({ method: rq.method, url: rq.url, headers: rq.headers, body });
			answer(rq, rs, body);
		});
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	atEnd(() => { server.closeAllConnections?.(); server.close(); });
	return { url: `http://127.0.0.1:${server.address().port}`, port: server.address().port, seen, server };
}

export const json = (rs, status, body, headers = {}) =>
	rs.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
