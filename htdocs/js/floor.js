/*
 * floor.js - how long it lasts, beside since when: each second, by the server's clock (dashboard.js tells it with each answer).
 * Without it "since 14:05" stands there alone.
 */
let ahead = 0;		/* of the server, in ms */

const words = (seconds) => {
	const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = String(seconds % 60).padStart(2, '0');
	return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
};

function tick() {
	const now = Math.floor((Date.now() + ahead) / 1000);
	for (const at of document.querySelectorAll('[data-since]')) {
		at.textContent = words(Math.max(0, now - Number(at.dataset.since)));
		at.hidden = false;
	}
}

document.addEventListener('renewed', (event) => {
	const server = Date.parse(event.detail);
	if (!Number.isNaN(server))
		ahead = Math.abs(server - Date.now()) < 2000 ? 0 : server - Date.now();	/* its header has whole seconds */
	tick();
});
setInterval(tick, 1000);
tick();
