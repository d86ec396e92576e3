/*
 * house.mjs - an organisation with people, users and operations, put into the test's database by SQL, for
 * tests of the agent's and the dashboard's pages. Everything hangs on one clock that the tests set.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';

export const HOUR = 3600e6, MINUTE = 60e6, DAY = 24 * HOUR;
/** Tuesday 24 November 2026, 13:00 in Montréal, in microseconds. */
export const NOON = Date.UTC(2026, 10, 24, 18, 0, 0) * 1000;

const quote = (v) => v === null || v === undefined ? 'NULL' : typeof v === 'number' ? String(v)
	: Buffer.isBuffer(v) ? `x'${v.toString('hex')}'` : `'${String(v).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** sql: of area.mjs. cookie, clockFile: those of a site that is already running. */
export function house(sql, { cookie = 'tocsin', clockFile = `${process.env.TOCSIN_TEST_DIR ?? mkdtempSync('/tmp/tocsin-clock-')}/clock` } = {}) {
	const add = (table, row) => Number(sql(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${
	    Object.values(row).map(quote).join(', ')}); SELECT LAST_INSERT_ID();`)[0][0]);
	const one = (text) => sql(text)[0]?.[0];
	let streets = 0;
	const h = {
		add, one, clockFile, now: NOON,
		/** The clock of every program started with TOCSIN_CLOCK = clockFile stands here. */
		clock(at) { h.now = at; writeFileSync(clockFile, `=${at}\n`); },
		add_value(person, field, value) { sql(`INSERT INTO custom_value (person_id, field_id, value) VALUES (${person}, ${field}, ${quote(value)})`); },
		organisation(name = 'Tocsin') { return add('organisation', { name, created_at: NOON - DAY }); },
		/** A user with a session; `cookies` opens it. */
		user(organisation, name, role = 'volunteer', language = 'en') {
			const id = add('user', { organisation_id: organisation, name, role, language, created_at: NOON - DAY });
			const token = randomBytes(32).toString('base64url');
			sql(`INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at) VALUES (${
			    quote(createHash('sha256').update(token).digest())}, ${id}, '${randomBytes(16).toString('hex')}', ${NOON}, ${NOON + 365 * DAY})`);
			return { id, name, token, cookies: { [cookie]: token } };
		},
			member(operation, user, role = 'agent') {
			sql(`INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (${operation}, ${user.id ?? user}, '${role}', ${NOON})`);
		},
		/** A questionnaire with one question; its choices' ids. */
		survey(organisation, { script = 'Bonjour {first_name}, ici {agent}.\n\nUn mot de {operation} à {city}.', choices = ['Oui', 'Non', 'Indécis'],
		    question = 'Peut-on compter sur votre vote?', kind = 'single_choice' } = {}) {
			const survey = add('survey', { organisation_id: organisation, name: 'Pointage', created_at: NOON });
			const version = add('survey_version', { survey_id: survey, number: 1, script_fr: script, script_en: '', created_at: NOON });
			const q = add('question', { version_id: version, stable_id: 1, position: 1, kind, text_fr: question });
			return { version, question: q, choices: choices.map((text, i) => add('choice', { question_id: q, stable_id: i + 1,
			    position: i + 1, text_fr: text })) };
		},
		/** tests/data/pointage-2026.tsv, with its branches: q[4].id, q[4].choices[0]; questions are counted from 1. */
		pointage(organisation) {
			const survey = add('survey', { organisation_id: organisation, name: 'Pointage 2026', created_at: NOON });
			const version = add('survey_version', { survey_id: survey, number: 1, created_at: NOON });
			const q = [null];
			for (const line of readFileSync(new URL('../data/pointage-2026.tsv', import.meta.url), 'utf8').trimEnd().split('\n')) {
				const [what, first, ...rest] = line.split('\t');
				if (what === 'Q')
					q.push({ id: add('question', { version_id: version, stable_id: q.length, position: q.length, kind: first,
					    required: Number(rest[0]), text_en: rest[1], text_fr: rest[2] }), fr: rest[2], en: rest[1], choices: [] });
				else
					q.at(-1).choices.push(add('choice', { question_id: q.at(-1).id, stable_id: 100 * q.length + q.at(-1).choices.length,
					    position: q.at(-1).choices.length + 1, next: Number(first), text_en: rest[0], text_fr: rest[1] }));
			}
			return { survey, version, question: null, q };
		},
		operation(organisation, owner, { survey, ...row } = {}) {
			const id = add('operation', { organisation_id: organisation, state: 'active', wizard_page: 9, version: 'original',
			    source: 'contact', method: 'phone', name: 'Pointage Laval', time_zone: 'America/Toronto', starts_on: '2026-11-01',
			    ends_at: '2026-12-20 20:00:00', opens_at: '09:00:00', closes_at: '21:00:00', created_by: owner.id,
			    created_at: NOON - DAY, finished_at: NOON - DAY, survey_version_id: survey?.version ?? null,
			    question_id: survey?.question ?? null, ...row });
			h.member(id, owner, 'owner');
			sql(`INSERT INTO operation_zone (operation_id, zone, name) VALUES (${id}, 0, 'America/Toronto')`);
			sql(`INSERT INTO queue_tally (operation_id, shard) VALUES ${[...Array(16).keys()].map((n) => `(${id}, ${n})`)}`);
			sql(`INSERT INTO recycling_rule (operation_id, status, max_calls, minutes) VALUES (${id}, 8, 3, 90), (${id}, 10, 2, 120)`);
			return id;
		},
		/** People with one number each, on the operation's list in this order. `each(i)` gives more columns. */
		people(organisation, operation, n, each = () => ({})) {
			const out = [];
			for (let i = 0; i < n; i++) {
				const k = ++streets, phone = `+1514555${String(1000 + k)}`;
				const person = add('person', { organisation_id: organisation, kind: 'contact', first_name: `Prénom${k}`,
				    last_name: `Nom${k}`, language: 'fr', civic_number: String(k), street: 'rue des Érables', city: 'Laval',
				    created_at: NOON, updated_at: NOON, ...each(k) });
				add('phone', { person_id: person, position: 1, kind: 'cell', e164: phone });
				const household = one(`SELECT household_id FROM person WHERE id = ${person}`);
				const entry = operation === null ? 0 : add('entry', { operation_id: operation, person_id: person, due_at: NOON - DAY + k,
				    e164: phone, household_id: household === 'NULL' ? null : Number(household), loaded_at: NOON - DAY });
				out.push({ person, entry, phone });
			}
			if (operation !== null)
				sql(`UPDATE queue_tally SET ready = ready + ${n} WHERE operation_id = ${operation} AND shard = 0`);
			return out;
		},
	};
	h.clock(NOON);
	return h;
}

/** A hidden input's value, or null. */
export const hidden = (body, name) => body.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? null;
/** What the call form carries unseen. */
export const callForm = (body) => {
	const form = body.match(/<form id="call".*?<\/form>/s)?.[0] ?? '';
	return { form_key: hidden(form, 'form_key'), entry: hidden(form, 'entry'), claimed: hidden(form, 'claimed') };
};
/** The call just saved, that may be taken back; undo is null when there is none. */
export const undoForm = (body) => {
	const form = body.match(/<form id="undo".*?<\/form>/s)?.[0] ?? '';
	return { undo: hidden(form, 'undo'), mate: [...form.matchAll(/name="mate" value="(\d+)"/g)].map((m) => m[1]) };
};
