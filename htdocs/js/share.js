/*
 * share.js - copies the link, prints the sheet. Without it the link can be selected by one click and
 * the browser's own menu prints.
 */
for (const button of document.querySelectorAll('[data-copies]')) {
	const source = document.getElementById(button.dataset.copies);
	const words = button.textContent;
	const said = source.parentElement.querySelector('[role="status"]');

	button.hidden = false;
	button.addEventListener('click', async () => {
		try {
			await navigator.clipboard.writeText(source.dataset.copy);
		} catch {		/* no permission, or not a secure page: select it for the person */
			const range = document.createRange();
			range.selectNodeContents(source);
			getSelection().removeAllRanges();
			getSelection().addRange(range);
			if (!document.execCommand('copy'))
				return;
		}
		button.textContent = button.dataset.done;
		said.textContent = button.dataset.done;
		setTimeout(() => {
			button.textContent = words;
			said.textContent = '';
		}, 2500);
	});
}

/* The button beside a choice appears when something else than what holds now is chosen. */
for (const select of document.querySelectorAll('[data-shows]')) {
	const button = document.getElementById(select.dataset.shows);
	const show = () => { button.hidden = select.options[select.selectedIndex].defaultSelected; };

	select.addEventListener('change', show);
	addEventListener('pageshow', show);
	show();
}

for (const button of document.querySelectorAll('[data-print]')) {
	button.hidden = false;
	button.addEventListener('click', () => print());
}
