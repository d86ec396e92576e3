/*
 * wall.js - numbers that move on the wall. Without it the browser loads the page anew (its Refresh header); with it the page
 * is first opened as the one that has no such header, and then only its numbers are put in place.
 */
const EVERY_MS = 10000, AT_MOST_MS = 60000;
const here = new URL(location.href);
let mark = null, wait = EVERY_MS;

async function renew() {
	try {
		const answer = await fetch(here, { credentials: 'omit', cache: 'no-store', headers: mark ? { 'If-None-Match': mark } : {} });
		if (answer.status === 404)
			location.reload();		/* its owner has ended it: the site says so */
		if (!answer.ok && answer.status !== 304)
			throw new Error(String(answer.status));
		wait = EVERY_MS;
		document.querySelector('#stale').hidden = true;
		if (answer.status === 304)
			return;
		const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#live');
		if (fresh === null)
			return;
		document.querySelector('#live').replaceWith(document.adoptNode(fresh));
		mark = answer.headers.get('ETag');
	} catch {
		wait = Math.min(wait * 2, AT_MOST_MS);
		document.querySelector('#stale').hidden = false;
	}
}

async function go() {
	await renew();
	setTimeout(go, wait);
}

if (here.searchParams.get('live') === null) {
	here.searchParams.set('live', '1');
	location.replace(here);
} else {
	setTimeout(go, wait);
}
