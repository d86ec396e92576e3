// numbers.mjs - what run-numbers measures, against its site: BENCH_PORT, BENCH_LOAD (the program of the agents).
// Users 200 and 100 own operation 1 (small) and 2 (large); `bench<id>` is their session, and load's agents are those from 100 on.
import { request, Agent } from 'node:http';
import { spawn } from 'node:child_process';

const PORT = process.env.BENCH_PORT, ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5), SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const WATCHERS = 50, EVERY_MS = 10000, AGENTS = 8;
const PAGES = ['/operations', '/operations/ID', '/operations/ID/report', '/operations/ID/results'];
const kept = new Agent({ keepAlive: true, maxSockets: WATCHERS + 2 });

/** The answer to an owner's GET: { status, ms, mark, bytes }. */
function get(path, user, mark) {
	const began = process.hrtime.bigint();
	return new Promise((resolve, reject) => {
		const rq = request({ host: '127.0.0.1', port: PORT, path, agent: kept, headers: { cookie: `tocsin=bench${user}`, ...(mark ? { 'if-none-match': mark } : {}) } }, (answer) => {
			let bytes = 0;
			answer.on('data', (part) => { bytes += part.length; });
			answer.on('end', () => resolve({ status: answer.statusCode, mark: answer.headers.etag, bytes, ms: Number(process.hrtime.bigint() - began) / 1e6 }));
		});
		rq.on('error', reject);
		rq.end();
	});
}
const median = (v) => [...v].sort((a, b) => a - b)[(v.length - 1) >> 1];
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

/** Agents of the large operation at full speed for a slot: their calls a second. */
function agents(seconds) {
	const load = spawn(process.env.BENCH_LOAD, [PORT, '2', String(seconds), String(AGENTS)], { stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	load.stdout.on('data', (part) => { said += part; });
	return new Promise((resolve, reject) => load.on('close', (code) => (code === 0 ? resolve(Number(said.split(' ')[0])) : reject(new Error(`the agents stopped: ${said}`)))));
}

let missed = false;
function target(text, value, most) {
	const bad = !(value <= most);
	missed ||= bad;
	console.log(`  ${text.padEnd(58)} ${value.toFixed(2).padStart(8)}   (at most ${most}) ${bad ? 'MISSED' : 'ok'}`);
}

for (const path of PAGES)	// warm, and right
	for (const [user, id] of [[200, 1], [100, 2]]) {
		const a = await get(path.replace('ID', id), user);
		if (a.status !== 200)
			throw new Error(`${path} of operation ${id}: ${a.status}`);
	}

// Pages, while the agents work. Both operations in turns, so that what else goes on meets both.
const took = Object.fromEntries(PAGES.map((path) => [path, { small: [], large: [] }]));
for (let round = 0; round < ROUNDS; round++) {
	const working = agents(SECONDS);
	let over = false;
	working.finally(() => { over = true; }).catch(() => {});
	await pause(700);	// they have begun
	while (!over)
		for (const path of PAGES) {
			took[path].small.push((await get(path.replace('ID', 1), 200)).ms);
			took[path].large.push((await get(path.replace('ID', 2), 100)).ms);
		}
	await working;
}
console.log(`pages while ${AGENTS} agents save and claim, medians of ${took[PAGES[0]].large.length}:`);
for (const path of PAGES) {
	const small = median(took[path].small), large = median(took[path].large);
	target(`${path.padEnd(24)} ${large.toFixed(1)} ms beside ${small.toFixed(1)} ms`, large / small, 1.5);
}

// Watchers: slots without and with them, one after the other; the loss is the median of the rounds'.
const losses = [], rates = [];
let asked = 0, unchanged = 0;
for (let round = 0; round < ROUNDS; round++) {
	const without = await agents(SECONDS);
	let watching = true;
	const watchers = Array.from({ length: WATCHERS }, async (_, n) => {
		let mark;
		await pause(n * EVERY_MS / WATCHERS);
		while (watching) {
			const a = await get(n % 2 ? '/operations' : '/operations/2', 100, mark);
			mark = a.mark;
			asked++;
			unchanged += a.status === 304;
			for (let slept = 0; watching && slept < EVERY_MS; slept += 100)
				await pause(100);
		}
	});
	const watched = await agents(SECONDS);
	watching = false;
	await Promise.all(watchers);
	const again = await agents(SECONDS);
	losses.push(1 - watched / ((without + again) / 2));
	rates.push(watched);
}
console.log(`${WATCHERS} watchers, ${(asked / (ROUNDS * (SECONDS + 0.5))).toFixed(1)} requests a second, ${unchanged} of ${asked} unchanged; agents ${median(rates).toFixed(0)} calls/s beside them:`);
target('share of their rate that the agents lose', median(losses), 0.1);
process.exit(missed ? 1 : 0);
