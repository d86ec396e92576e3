/*
 * area.mjs - what tests of one area need: starts its executable on a socket of its own with a
 * throw-away database, and speaks FastCGI to it.
 *
 *	import { start, ok, done, sql } from './area.mjs';
 *	const agent = await start('agent');			// build/bin/agent
 *	const page = await agent.get('/agent/1', { cookie });
 *	ok('fact 118: says why nobody is callable', page.body.includes('09:00'), page.body);
 *	await agent.stop();
 *	done();
 *
 * A test started without a database starts itself again under tests/with-db.
 */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { atCrash, exit, ok, same, sleep, until } from '../check.mjs';

const tests = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const tree = path.dirname(tests);
export const build = path.resolve(tree, process.env.B || 'build');

if (!process.env.TOCSIN_CONF && process.argv[1] !== fileURLToPath(import.meta.url)) {
	const again = spawnSync(path.join(tests, 'with-db'), [process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' });
	process.exit(again.status ?? 1);
}

// --- checks ----------------------------------------------------------------------------------------

export { ok, same, sleep, until };
atCrash(done);

/** The last line of a test. */
export async function done() {
	for (const area of started) {
		const end = await area.stop();
		const trouble = area.log().match(/.*(?:ERROR: \w*Sanitizer|runtime error: |Assertion ).*/)?.[0];
		if (trouble || (end.code !== 0 && end.signal !== 'SIGKILL') || (end.signal === 'SIGKILL' && !area.killed))
			ok(`${area.name} ended well`, false, `${JSON.stringify(end)} ${trouble ?? area.log().slice(-300)}`);
	}
	rmSync(folder, { recursive: true, force: true });
	exit();
}

// --- the database ----------------------------------------------------------------------------------

/** Runs SQL in the test's database; answers the rows as arrays of text. */
export function sql(text) {
	const run = spawnSync('mariadb', ['--no-defaults', `--socket=${process.env.TOCSIN_DB_SOCKET}`, '-utests', '-ptests',
	    '--default-character-set=utf8mb4', '-N', '-B', process.env.TOCSIN_DB], { input: text, encoding: 'utf8' });
	if (run.status !== 0)
		throw new Error(`sql: ${run.stderr}`);
	return run.stdout.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
}

// --- FastCGI ---------------------------------------------------------------------------------------

const record = (type, content) => {
	const head = Buffer.alloc(8);
	head.writeUInt8(1, 0);
	head.writeUInt8(type, 1);
	head.writeUInt16BE(1, 2);
	head.writeUInt16BE(content.length, 4);
	return Buffer.concat([head, content]);
};
const size = (n) => {
	if (n < 128)
		return Buffer.from([n]);
	const four = Buffer.alloc(4);
	four.writeUInt32BE((n | 0x80000000) >>> 0);
	return four;
};

function records(type, content) {
	const out = [];
	for (let at = 0; at < content.length; at += 32768)
		out.push(record(type, content.subarray(at, at + 32768)));
	out.push(record(type, Buffer.alloc(0)));
	return out;
}

function encode(params) {
	const out = [];
	for (const [name, value] of Object.entries(params)) {
		if (value === undefined || value === null)
			continue;
		const [n, v] = [Buffer.from(name), Buffer.isBuffer(value) ? value : Buffer.from(String(value))];
		out.push(size(n.length), size(v.length), n, v);
	}
	return Buffer.concat(out);
}

/** One request over the socket, with exactly these parameters and this body. `endMs`: the end of the body is told so much later; null: never. */
export function fastcgi(socket, params, body = Buffer.alloc(0), endMs = 0) {
	return new Promise((resolve, reject) => {
		const link = net.createConnection(socket);
		let input = Buffer.alloc(0), ended = false;
		const stdout = [];
		link.setTimeout(60000, () => link.destroy(new Error('no answer within a minute')));
		link.on('data', (chunk) => {
			input = Buffer.concat([input, chunk]);
			while (input.length >= 8) {
				const n = input.readUInt16BE(4), whole = 8 + n + input.readUInt8(6);
				if (input.length < whole)
					break;
				if (input[1] === 6)
					stdout.push(input.subarray(8, 8 + n));
				ended = ended || input[1] === 3;
				input = input.subarray(whole);
			}
			if (ended)
				link.end();
		});
		// An area answers "too large" before it has read everything: what we still write may meet a closed door.
		link.on('error', (error) => { if (!ended && error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error); });
		link.on('close', () => {
			if (!ended)
				reject(new Error('the area closed the connection without an answer'));
			else
				resolve(parse(Buffer.concat(stdout)));
		});
		link.write(Buffer.concat([record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])), ...records(4, encode(params))]));
		const pieces = records(5, body), end = pieces.pop();
		for (const piece of pieces)
			link.write(piece);
		if (endMs === 0)
			link.write(end);
		else if (endMs !== null)
			setTimeout(() => link.write(end), endMs);
	});
}

function parse(bytes) {
	const at = bytes.indexOf('\r\n\r\n');
	const lines = bytes.subarray(0, at).toString('latin1').split('\r\n');
	const headers = {}, cookies = {};
	for (const line of lines) {
		const colon = line.indexOf(':'), name = line.slice(0, colon).toLowerCase(), value = line.slice(colon + 1).trim();
		if (name === 'set-cookie') {
			const [, key, text] = value.match(/^([^=]*)=([^;]*)/);
			cookies[key] = text;
		}
		headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
	}
	const raw = bytes.subarray(at + 4);
	return { status: parseInt(headers.status, 10), headers, cookies, raw, body: raw.toString('utf8'),
	    get json() { return JSON.parse(this.body); } };
}

// --- one area --------------------------------------------------------------------------------------

const folder = mkdtempSync('/tmp/tocsin-area-');
const started = new Set();
let number = 0;

/** A browser's cookies, kept from answer to answer. */
export class Visitor {
	constructor(area, cookies = {}) {
		this.area = area;
		this.cookies = { ...cookies };
	}
	async send(call) {
		const answer = await call(Object.entries(this.cookies).map(([k, v]) => `${k}=${v}`).join('; ') || undefined);
		for (const [k, v] of Object.entries(answer.cookies))
			if (v === '') delete this.cookies[k]; else this.cookies[k] = v;
		this.csrf = answer.body.match(/name="csrf" value="([^"]+)"/)?.[1] ?? this.csrf;
		return answer;
	}
	get(url, extra = {}) {
		return this.send((cookie) => this.area.get(url, { HTTP_COOKIE: cookie, ...extra }));
	}
	/** Fields are sent with the csrf of the last page unless they bring their own. */
	post(url, fields = {}, extra = {}) {
		return this.send((cookie) => this.area.post(url, { csrf: this.csrf ?? '', ...fields }, { HTTP_COOKIE: cookie, ...extra }));
	}
}

/** Fields as a browser sends them; an array gives the name several times. */
export function form(fields) {
	const out = new URLSearchParams();
	for (const [name, value] of Object.entries(fields))
		for (const one of Array.isArray(value) ? value : [value])
			if (one !== undefined)
				out.append(name, one);
	return Buffer.from(out.toString());
}

/** multipart/form-data: strings are fields, { name, bytes } are files. */
export function multipart(fields) {
	const mark = '----TocsinTest7d1';
	const parts = [];
	for (const [name, value] of Object.entries(fields)) {
		const file = typeof value === 'object';
		parts.push(Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${name}"` +
		    (file ? `; filename="${value.name}"\r\nContent-Type: text/csv` : '') + '\r\n\r\n'),
		    Buffer.from(file ? value.bytes : value), Buffer.from('\r\n'));
	}
	parts.push(Buffer.from(`--${mark}--\r\n`));
	return { type: `multipart/form-data; boundary=${mark}`, bytes: Buffer.concat(parts) };
}

/*
 * Starts build/bin/NAME, or the program of `options.program`, and waits until it listens.
 * options: conf (settings beside those of the database), env, processes.
 */
export async function start(name, options = {}) {
	const socket = path.join(folder, `${name}-${++number}.sock`), conf = path.join(folder, `${name}-${number}.conf`);
	const log = path.join(folder, `${name}-${number}.log`);
	const program = options.program ?? path.join(build, 'bin', name);
	writeFileSync(conf, readFileSync(process.env.TOCSIN_CONF, 'utf8'), { mode: 0o600 });
	for (const [key, value] of Object.entries(options.conf ?? {})) {
		const lines = readFileSync(conf, 'utf8').split('\n').filter((line) => !line.startsWith(`${key} =`));
		writeFileSync(conf, [...lines, `${key} = ${value}`].join('\n') + '\n');
	}
	writeFileSync(log, '');
	const child = spawn(program, ['--socket', socket], { env: { ...process.env, TOCSIN_CONF: conf, ...options.env },
	    stdio: ['ignore', 'inherit', 'pipe'] });
	child.stderr.on('data', (text) => appendFileSync(log, text));
	const area = {
		name, socket, child, pid: child.pid, exit: undefined,
		killed: false,		// a test that kills -9 on purpose says so here
		log: () => readFileSync(log, 'utf8'),
		exited: new Promise((resolve) => child.on('exit', (code, signal) => resolve(area.exit = { code, signal }))),
		request(method, url, extra = {}, body = Buffer.alloc(0)) {
			const [where, query = ''] = url.split('?');
			return fastcgi(socket, { REQUEST_METHOD: method, SCRIPT_NAME: where, QUERY_STRING: query, REMOTE_ADDR: '127.0.0.1',
			    HTTP_HOST: '127.0.0.1', CONTENT_LENGTH: body.length || '', CONTENT_TYPE: '', ...extra }, body);
		},
		get: (url, extra) => area.request('GET', url, extra),
		post: (url, fields, extra) => area.request('POST', url, { CONTENT_TYPE: 'application/x-www-form-urlencoded', ...extra },
		    form(fields)),
		async stop() {
			if (area.exit === undefined) {
				child.kill('SIGTERM');
				const hard = setTimeout(() => child.kill('SIGKILL'), 10000);
				await area.exited;
				clearTimeout(hard);
			}
			return area.exit;
		},
		visitor: (cookies) => new Visitor(area, cookies),
	};
	started.add(area);
	child.on('error', (error) => { console.log(`not ok - ${program} starts: ${error.message}`); process.exit(1); });
	await until(() => area.exit !== undefined || area.log().includes(' started'), 15000);
	if (area.exit !== undefined || !existsSync(socket)) {
		console.log(`not ok - ${name} starts: ${area.log().trim()}`);
		await done();
	}
	return area;
}
