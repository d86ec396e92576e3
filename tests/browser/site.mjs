// site.mjs - what a browser test needs: Debian's Chromium, pages at two widths in two languages, a line per
// check, pictures into tests/out, axe.
//
//	import { browser, ok, same, done, url } from './site.mjs'
//	const b = await browser()
//	const page = await b.page({ width: 390, lang: 'fr' })
//	await page.goto(url('/sign-in'))
//	ok('the title is French', await page.title() === 'Se connecter', await page.title())
//	await page.axe('sign-in')		// fails on serious and critical findings
//	await page.shot('sign-in')		// tests/out/sign-in-390-fr.png
//	await done()
//
// Run by tests/with-site, which starts the site and sets TOCSIN_URL.
import { chromium } from 'playwright-core'
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atCrash, exit, ok, same } from '../check.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
export const out = join(here, '..', 'out')
export const WIDTHS = [390, 1280]
export const LANGS = ['fr', 'en']
const SLOW = 15000

const open = []

export { ok, same }

// The test's end: ends the browser, answers for the process.
export async function done() {
	for (const b of open)
		await b.end()
	exit()
}

// Nobody reads on (a pipe that closed): end, do not complain about it for ever.
process.stdout.on('error', () => process.exit(1))

atCrash(done)

export const url = (path) => process.env.TOCSIN_URL + path

// What time it is for every process of the site: seconds from now on added to the real time.
export const clock = (seconds) => writeFileSync(process.env.TOCSIN_CLOCK, (seconds < 0 ? '' : '+') + seconds + '\n')

// The administrator's command on this site's database.
export const tocsin = (...args) => execFileSync(join(process.env.B, 'bin', 'tocsin'), args, { encoding: 'utf8', env: process.env })

// What `tocsin demo` printed, when the site was started with --demo.
export const demo = () => readFileSync(join(process.env.TOCSIN_TEST_DIR, 'demo.txt'), 'utf8')

// flags: more of Chromium's own. hosts: names that are found all the same, { name: '127.0.0.1:port' }.
export async function browser({ flags = [], hosts = {} } = {}) {
	const dir = mkdtempSync(join(tmpdir(), 'tocsin-chromium-'))
	const launch = (chromiumSandbox) => chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		headless: true,
		chromiumSandbox,
		timeout: 60000,
		env: { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_CACHE_HOME: dir, LANG: 'C.UTF-8' },
		args: ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
			'--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
			...flags, `--host-resolver-rules=${Object.entries(hosts).map(([name, at]) => `MAP ${name} ${at}, `).join('')}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
	})
	// Root has no sandbox, and neither has anybody in a container without user namespaces; it is our own site that is opened.
	const chrome = process.getuid() === 0 ? await launch(false) : await launch(true).catch((e) => {
		if (!/sandboxing failed/.test(e.message))
			throw e
		return launch(false)
	})
	const b = {
		// A page in a context of its own: another device of another person.
		// outside: addresses beside the site's that it may load.
		async page({ width = 1280, lang = 'fr', javaScript = true, outside = [] } = {}) {
			const phone = width < 600
			const context = await chrome.newContext({
				viewport: { width, height: phone ? 844 : 900 },
				locale: lang === 'fr' ? 'fr-CA' : 'en-CA',
				timezoneId: 'America/Toronto',
				hasTouch: phone, isMobile: phone, deviceScaleFactor: 1,
				javaScriptEnabled: javaScript,
				reducedMotion: 'reduce',
			})
			context.setDefaultTimeout(SLOW)
			return furnish(await context.newPage(), width, lang, outside)
		},
		async end() {
			await chrome.close().catch(() => {})
			rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
		},
	}
	open.push(b)
	return b
}

// What every page is asked: no script error, nothing loaded from elsewhere, no breach of the policy.
function furnish(page, width, lang, outside) {
	page.complaints = []
	page.lang = lang		// what the page should say it is in
	page.width = width
	page.on('pageerror', (e) => page.complaints.push(`script error: ${e.message}`))
	page.on('console', (m) => {
		if (m.type() === 'error' && !/status of (4\d\d|5\d\d)/.test(m.text()))
			page.complaints.push(`console: ${m.text()}`)
	})
	page.on('request', (r) => {
		if (!r.url().startsWith(process.env.TOCSIN_URL) && !/^(data|blob|about):/.test(r.url()) && !outside.some((o) => r.url().startsWith(o)))
			page.complaints.push(`loads ${r.url()}`)
	})
	// The session of a user as house.mjs makes them.
	page.carry = (user) => page.context().addCookies(Object.entries(user.cookies).map(([name, value]) => ({ name, value, url: process.env.TOCSIN_URL })))
	page.shot = async (name) => {
		mkdirSync(out, { recursive: true })
		const path = join(out, `${name}-${page.width}-${page.lang}.png`)
		await page.screenshot({ path, fullPage: true, animations: 'disabled' })
		return path
	}
	// Nothing serious, and the page has a language, a title, one h1 and no sideways scrolling.
	page.axe = async (name) => {
		const where = `${name} at ${page.width} in ${page.lang}`
		// Through the debugger, not as a script of the page: the site's policy stays as it is.
		await page.evaluate(readFileSync(AXE, 'utf8') + '\n;0')
		const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
			resultTypes: ['violations'],
		}))
		const bad = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
		ok(`axe finds nothing serious on ${where}`, bad.length === 0,
			bad.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`).join('; '))
		const facts = await page.evaluate(() => ({
			lang: document.documentElement.lang.slice(0, 2),
			h1: document.querySelectorAll('h1').length,
			wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
			title: document.title.trim(),
			marks: /\[\[|\]\]|\{\{/.test(document.body.innerText),
		}))
		ok(`${where} says its language`, facts.lang === page.lang, `lang is ${facts.lang}`)
		ok(`${where} has one h1`, facts.h1 === 1, `${facts.h1}`)
		ok(`${where} has a title`, facts.title !== '')
		ok(`${where} fits its width`, facts.wide <= 1, `${facts.wide} px too wide`)
		ok(`${where} shows no template mark`, !facts.marks)
		ok(`${where} loads cleanly`, page.complaints.length === 0, page.complaints.join('; '))
		page.complaints.length = 0
	}
	// speak: the language to go on in, whatever the account's own is
	page.signIn = async (email, password, speak = null) => {
		await page.goto(url('/sign-in'))
		await page.fill('input[name="email"]', email)
		await page.fill('input[name="password"]', password)
		await Promise.all([page.waitForLoadState('load'), page.click('form[action^="/sign-in"] [type="submit"]')])
		await page.waitForURL((u) => !u.pathname.startsWith('/sign-in'))
		if (speak && await page.getAttribute('html', 'lang') !== speak)
			await Promise.all([page.waitForEvent('load'), page.click(`form[action="/language"] button[value="${speak}"]`)])
	}
	return page
}
