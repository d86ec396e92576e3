/*
 * site.js - on every page: an open menu closes on Escape and on a click beside it. Without it, menus
 * still open and close by their own button.
 */
const menus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('keydown', (event) => {
	if (event.key !== 'Escape')
		return;
	for (const menu of menus()) {
		const inside = menu.contains(document.activeElement);
		menu.open = false;
		if (inside)
			menu.querySelector('summary').focus();
	}
});

document.addEventListener('click', (event) => {
	for (const menu of menus())
		if (!menu.contains(event.target))
			menu.open = false;
});
