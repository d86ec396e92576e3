/*
 * check.mjs - what every test in node says: a line per check, and an exit code. area.mjs, site.mjs and client.mjs pass it on.
 */

let passed = 0, failed = 0;

/** One line; answers the condition, so that a test can stop early. `why` is only shown when it failed. */
export function ok(name, condition, why = '') {
	if (condition)
		passed++, console.log(`ok - ${name}`);
	else
		failed++, console.log(`not ok - ${name}: ${String(why).replace(/\s+/g, ' ').slice(0, 600) || 'is false'}`);
	return Boolean(condition);
}

export function same(name, got, want) {
	const [g, w] = [JSON.stringify(got), JSON.stringify(want)];
	return ok(name, g === w, `got ${g}, want ${w}`);
}

/** The process ends here. A test that checked nothing has failed. */
export function exit() {
	if (passed + failed === 0)
		console.log('not ok - this program made no check');
	process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** An exception is a failed check, and what was started is ended all the same. */
export function atCrash(done) {
	for (const event of ['uncaughtException', 'unhandledRejection'])
		process.on(event, async (error) => {
			ok('the test ran to its end', false, error?.stack ?? error);
			await done();
		});
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a condition, at most `ms`. */
export async function until(condition, ms = 5000) {
	const end = Date.now() + ms;
	for (;;) {
		const got = await condition();
		if (got || Date.now() > end)
			return got;
		await sleep(20);
	}
}
