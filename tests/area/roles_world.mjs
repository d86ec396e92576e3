/*
 * roles_world.mjs - for roles.mjs and audit_rows.mjs: one organisation with somebody in every role, another one beside
 * it, an operation with people in it, and every row of every route table as the sources have it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { start, sql, tree } from './area.mjs';

const soon = (Date.now() + 864e5) * 1000;
const day = (offset) => new Date(Date.now() + offset * 864e5).toISOString().slice(0, 10);

// name: id, role in the organisation, organisation, disabled, role in operation 1
export const people = {
	volunteer: { id: 1, role: 'volunteer' },
	agent:     { id: 2, role: 'volunteer', member: 'agent' },
	watcher:   { id: 3, role: 'volunteer', member: 'observer' },	// of operation 1
	observer:  { id: 4, role: 'observer' },				// of the organisation
	organiser: { id: 5, role: 'organiser' },
	owner:     { id: 6, role: 'organiser', member: 'owner' },
	admin:     { id: 7, role: 'administrator' },
	disabled:  { id: 8, role: 'administrator', member: 'owner', disabled: true },
	other:     { id: 9, role: 'administrator', organisation: 2 },	// may everything, elsewhere
};
export const TOKEN = 'A'.repeat(24), WELCOME = 'B'.repeat(24);

sql(`INSERT INTO organisation (id, name, created_at) VALUES (1, 'Laval', 0), (2, 'Others', 0)`);
for (const [name, p] of Object.entries(people))
	sql(`INSERT INTO user (id, organisation_id, email, name, password_hash, role, language, disabled_at, created_at)
	    VALUES (${p.id}, ${p.organisation ?? 1}, '${name}@example.org', '${name}', 'x', '${p.role}', 'en', ${p.disabled ? 1 : 'NULL'}, 0)`);
sql(`INSERT INTO survey (id, organisation_id, name, created_by, created_at) VALUES (1, 1, 'Pointage', 6, 0);
    INSERT INTO survey_version (id, survey_id, number, created_at) VALUES (1, 1, 1, 0);
    INSERT INTO question (id, version_id, stable_id, position, kind, required, text_en, text_fr) VALUES (1, 1, 1, 1, 'yes_no', 0, 'Vote?', 'Vote?');
    INSERT INTO choice (id, question_id, stable_id, position, text_en, text_fr) VALUES (1, 1, 1, 1, 'Yes', 'Oui'), (2, 1, 2, 2, 'No', 'Non');
    INSERT INTO person (id, organisation_id, kind, last_name, first_name, created_at, updated_at) VALUES (1, 1, 'contact', 'Roy', 'Zoé', 0, 0),
        (2, 1, 'contact', 'Cyr', 'Luc', 0, 0), (3, 1, 'elector', 'Roy', 'Zoé', 0, 0);
    INSERT INTO phone (id, person_id, position, kind, e164) VALUES (1, 1, 1, 'cell', '+14185550131'), (2, 2, 1, 'cell', '+14185550132');
    INSERT INTO import (id, organisation_id, kind, file_name, path, bytes, charset, separator_char, state, created_by, created_at) VALUES (1, 1, 'contact', 'list.csv', '', 1, 'UTF-8', ';', 'done', 6, 0)`);
// 1 runs; 2 is archived, 3 waits to be archived, 4 is a draft to be discarded, 5 is what the link opens: all the owner's
for (const [id, state] of [[1, 'active'], [2, 'archived'], [3, 'active'], [4, 'draft'], [5, 'active']])
	sql(`INSERT INTO operation (id, organisation_id, state, wizard_page, version, source, method, name, survey_version_id, question_id, time_zone,
	        starts_on, ends_at, opens_at, closes_at, created_by, created_at, revision)
	    VALUES (${id}, 1, '${state}', 9, 'original', 'contact', 'phone', 'Pointage ${id}', 1, 1, 'America/Toronto', '${day(-1)}', '${day(20)} 23:59', '00:00', '23:59', 6, 0, 3);
	    INSERT INTO operation_zone (operation_id, zone, name) VALUES (${id}, 0, 'America/Toronto');
	    INSERT INTO queue_tally (operation_id, shard) SELECT ${id}, seq FROM seq_0_to_15;
	    INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (${id}, 6, 'owner', 0)`);
for (const p of Object.values(people))
	if (p.member && p.member !== 'owner' || p.disabled)
		sql(`INSERT INTO member (operation_id, user_id, role, joined_at) VALUES (1, ${p.id}, '${p.member}', 0)`);
sql(`INSERT INTO entry (id, operation_id, person_id, due_at, e164, loaded_at) VALUES (1, 1, 1, 1, '+14185550131', 0), (2, 1, 2, 2, '+14185550132', 0);
    UPDATE queue_tally SET ready = 2 WHERE operation_id = 1 AND shard = 0;
    INSERT INTO link (id, operation_id, role, nonce, token_hash, created_by, created_at) VALUES
        (1, 1, 'agent', REPEAT('n', 16), UNHEX(SHA2('another', 256)), 6, 0), (2, 5, 'agent', REPEAT('m', 16), UNHEX(SHA2('${TOKEN}', 256)), 6, 0);
    INSERT INTO one_time_code (code_hash, purpose, user_id, expires_at) VALUES (UNHEX(SHA2('${WELCOME}', 256)), 'invite', 5, ${soon})`);

/** Everybody's session is there (again), with its form key. */
export function signedIn() {
	for (const [name, p] of Object.entries(people))
		sql(`REPLACE INTO session (token_hash, user_id, csrf, created_at, expires_at)
		    VALUES (UNHEX(SHA2('cookie-${name}', 256)), ${p.id}, REPEAT('${p.id}', 32), 0, ${soon})`);
}
signedIn();

/** Every row of every area: { area, method, pattern, needs }, short names written out. */
export function routes() {
	const areas = readFileSync(path.join(tree, 'Makefile'), 'utf8').match(/^AREAS\s*:=\s*(.*)$/m)[1].trim().split(/\s+/);
	return areas.flatMap((area) => {
		const text = readFileSync(path.join(tree, 'cgi-bin', area, 'main.c'), 'utf8').replace(/\/\*[^]*?\*\//g, '');
		const short = Object.fromEntries([...text.matchAll(/^#define\s+(\w+)\s+\(?(.*(?:NEEDS_|READ_ONLY).*?)\)?$/mg)].map((m) => [m[1], m[2]]));
		const rows = [...text.matchAll(/\{\s*(GET|POST),\s*"([^"]+)",\s*\w+,\s*([^}]+?)\s*\}/g)].map((m) => ({ area, method: m[1], pattern: m[2],
		    needs: m[3].replace(/\w+/g, (w) => short[w] ?? w).replace(/\w+/g, (w) => short[w] ?? w) }));
		const named = (text.match(/\b(GET|POST),/g) ?? []).length;
		if (rows.length !== named)
			throw new Error(`${area}: ${named} rows in the source, ${rows.length} understood`);
		return rows;
	});
}

/** A running copy of every area. */
export async function allAreas(list, options) {
	const out = {};
	for (const area of new Set(list.map((r) => r.area)))
		out[area] = await start(area, options);
	return out;
}

/** As that person (null: a stranger) with the form key of their session. */
export function visitor(area, name, stranger) {
	const v = area.visitor(name === null ? stranger.cookies : { tocsin: `cookie-${name}` });
	v.csrf = name === null ? stranger.csrf : String(people[name].id).repeat(32);
	return v;
}
