// The questionnaires in a browser: written by hand and by mouse, the picture that follows, words that are replaced, two
// owners at once, versions, an operation that moves on, results; each page at two widths in two languages, with axe.
// Run by `with-site --demo`.
import { browser, demo, done, ok, same, url, LANGS, WIDTHS } from './site.mjs'

const [, email] = demo().match(/([\w.]+@[\w.]+)/), password = demo().match(/(?:password|mot de passe)\W+(\S+)/i)?.[1]
const b = await browser()
const press = async (page, what) => { await Promise.all([page.waitForNavigation(), what.click()]) }
const speak = async (page, lang) => {
	const other = page.locator(`button[name=language][value=${lang}]`)
	if (await other.count() > 0)
		await press(page, other)
	page.lang = lang
}
const questions = (page) => page.locator('textarea[id^="text-en-"]').evaluateAll((all) => all.map((t) => t.value))
const boxes = (page) => page.locator('.flow-box').count()
const pointage = async (page) => {
	await page.goto(url('/surveys'))
	return (await page.locator('section.card', { hasText: 'Pointage 2026' }).locator('a', { hasText: /Edit|Modifier/ }).getAttribute('href')).match(/\d+/)[0]
}

// --- a copy, changed by hand ---
const page = await b.page({ width: 1280, lang: 'en' })
await page.signIn(email, password)
await page.goto(url('/operations'))
await speak(page, 'en')
const ready = await pointage(page)
await press(page, page.locator('section.card', { hasText: 'Pointage 2026' }).locator('button', { hasText: 'Duplicate' }))
same('a duplicate opens in the editor', await page.inputValue('#name'), 'Pointage 2026 · Voter identification (copy)')
same('with its eight questions and their picture', [(await questions(page)).length, await boxes(page)], [8, 8])
const copy = page.url().match(/surveys\/(\d+)/)[1]
await press(page, page.locator('button[value="insert.2"]'))
same('a question put in between', [(await questions(page)).length, (await questions(page))[2]], [9, ''])
same('branches follow: “Yes” still leads to the 1st choice', await page.locator('#next-1-0 option:checked').innerText(), 'Question 5: What would be your 1st choice?')
await Promise.all([page.waitForNavigation(), page.selectOption('#kind-2', 'scale')])
ok('a scale has its ends, no answers to write', await page.locator('#scale-from-2').isVisible() && !await page.locator('#choice-fr-2-0').isVisible())
await page.fill('#text-fr-2', 'De 1 à 5, à quel point êtes-vous sûr?')
await page.fill('#text-en-2', 'From 1 to 5, how sure are you, {first_nam}?')
ok('an unknown word is named while it is typed', (await page.locator('#text-en-2-word').innerText()).includes('{first_nam}'))
await page.fill('#text-en-2', 'From 1 to 5, how sure are you, ')
await page.locator('.merge > summary').click()
await page.locator('#text-en-2').focus()
await page.keyboard.press('End')
await page.locator('.merge-list button', { hasText: '{first_name}' }).click()
same('a tap puts a word in', await page.inputValue('#text-en-2'), 'From 1 to 5, how sure are you, {first_name}')
same('and the complaint is gone', await page.locator('#text-en-2-word').count(), 0)
await page.fill('#scale-from-2', '1')
await page.fill('#scale-to-2', '5')
await page.locator('#question-2 .scale-branches summary').click()
same('only its numbers are offered', await page.locator('#question-2 [data-number]:visible').count(), 5)
await page.selectOption('#scale-next-2-1', { label: 'End of the questionnaire' })
await page.locator('.flow-out', { hasText: '2–5 ↓' }).waitFor()
ok('the picture follows without a click', await boxes(page) === 9)
const drag = async (from, to) => {
	await page.locator(`#question-${to} .question-head`).scrollIntoViewIfNeeded()
	const at = async (k, what) => { const x = await page.locator(`#question-${k} ${what}`).boundingBox(); return [x.x + x.width / 2, x.y + x.height / 2] }
	await page.mouse.move(...await at(from, '.drag'))
	await page.mouse.down()
	await page.mouse.move(...await at(to, '.question-head'), { steps: 8 })
	await Promise.all([page.waitForNavigation(), page.mouse.up()])
}
await page.setViewportSize({ width: 1280, height: 2400 })
await drag(8, 6)
same('dragged to where it is let go', (await questions(page))[6], 'Anything to note? (For example the time and the address of a lift.)')
await page.setViewportSize({ width: 1280, height: 900 })
await page.locator('button[value="up.6"]').focus()
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
ok('the arrows do the same by keyboard', (await questions(page))[5].startsWith('Anything'))
await press(page, page.locator('button[value=check]'))
await page.axe('survey-checked')
await press(page, page.locator('button[value=save].btn-primary'))
if (await page.locator('button[value=anyway]').count() > 0)
	await press(page, page.locator('button[value=anyway]'))
ok('what leads back is refused, named and linked', await page.locator('.errors a[href^="#"]').count() > 0)
await page.locator('.errors a').first().click()
ok('the link leads to it', new URL(page.url()).hash.length > 1)

// --- two owners at once ---
const second = await page.context().newPage()
await page.goto(url(`/surveys/${copy}`))
await second.goto(url(`/surveys/${copy}`))
await second.fill('#description', '')
await second.fill('#text-en-0', 'Hello from the second window')
await Promise.all([second.waitForNavigation(), second.locator('button[value=save].btn-primary').click()])
await page.fill('#text-en-7', 'Mine')
await press(page, page.locator('button[value=save].btn-primary'))
ok('the slower one is told, and keeps what was written', (await page.locator('.notice-warn').first().innerText()).includes('Somebody else') && await page.inputValue('#text-en-7') === 'Mine')
await page.axe('survey-changed')
await page.shot('survey-changed')
await press(page, page.locator('button[value=save].btn-primary'))
await page.goto(url(`/surveys/${copy}/versions`))
same('three versions', await page.locator('section.card').count(), 3)
ok('each says what it changed', (await page.locator('#version-3').innerText()).includes('has another text: Mine'))

// --- the demo's operation: a newer version, moving on, results ---
await page.goto(url(`/surveys/${ready}`))
await page.fill('#text-en-7', 'Anything else?')
await press(page, page.locator('button[value=save].btn-primary'))
await page.goto(url('/operations/1'))
await press(page, page.locator('button', { hasText: 'Move on to version 2' }))
ok('the operation has moved on', (await page.locator('#questions').innerText()).includes('version 2 (the newest)'))
await press(page, page.locator('#questions a', { hasText: 'Results per question' }))
ok('fact 40: its answers are still there, in the new version’s words', (await page.locator('section.result').first().innerText()).includes('people answered'))
const counts = await page.locator('section.result').first().locator('td.num:nth-of-type(1)').allInnerTexts()
same('with an answer each, and their sum is the people who answered', counts.map(Number).reduce((x, y) => x + y, 0),
	Number((await page.locator('section.result .small').first().innerText()).match(/\d+/)[0]))
await page.selectOption('#agent', { index: 1 })
await press(page, page.locator('.results-go button'))
ok('of one caller: fewer', Number((await page.locator('section.result .small').first().innerText()).match(/\d+/)[0]) < counts.map(Number).reduce((x, y) => x + y, 0))

// --- without JavaScript ---
const plain = await b.page({ width: 390, lang: 'en', javaScript: false })
await plain.signIn(email, password)
await plain.goto(url(`/surveys/${copy}`))
await press(plain, plain.locator('button[value="copy.0"]'))
same('questions are duplicated', (await questions(plain)).length, 9)
await press(plain, plain.locator('button[value="down.0"]'))
await press(plain, plain.locator('button[value=check]'))
same('and the picture is drawn by the check', await boxes(plain), 9)
ok('no handle that needs a mouse', !await plain.locator('.drag').first().isVisible())

// --- looks ---
for (const width of WIDTHS) {
	const look = await b.page({ width, lang: 'fr' })
	await look.signIn(email, password)
	for (const lang of LANGS) {
		await look.goto(url('/operations'))
		await speak(look, lang)
		for (const [name, path] of [['surveys', '/surveys'], ['survey-copy', `/surveys/${copy}`], ['survey-copy-preview', `/surveys/${copy}/preview`], ['survey-versions', `/surveys/${copy}/versions`],
			['survey-membership', `/surveys/${Number(ready) + 2}`], ['operation', '/operations/1'], ['results', '/operations/1/results']]) {
			await look.goto(url(path))
			await look.axe(name)
			await look.shot(name)
		}
		await look.goto(url(`/surveys/${ready}/preview`))
		await look.locator('#flow').screenshot({ path: `tests/out/flow-${width}-${lang}.png` })
		await look.goto(url(`/surveys/${copy}`))
		await look.locator('#question-2').screenshot({ path: `tests/out/editor-question-${width}-${lang}.png` })
	}
}
await done()
