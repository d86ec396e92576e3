// people.mjs - search and filter pages at FEW and at MANY people, through the area's socket: the page at MANY may take three
// times as long, not a hundred times.
//
//   BENCH_FEW=10000 BENCH_MANY=1000000 B=build tests/with-db node tests/bench/people.mjs
import { start, ok, done, sql } from '../area/area.mjs';
import { house, NOON } from '../area/house.mjs';

const FEW = Number(process.env.BENCH_FEW ?? 10000), MANY = Number(process.env.BENCH_MANY ?? 1000000), TURNS = 9;
const h = house(sql);
const area = await start('people', { env: { TOCSIN_CLOCK: h.clockFile } });
const org = h.organisation(), marie = h.user(org, 'Marie', 'organiser', 'en');
const M = area.visitor(marie.cookies);

const FIRST = ['Marie', 'Jean', 'Anne', 'Luc', 'Émilie', 'Paul', 'Sophie', 'Marc', 'Julie', 'Guy', 'Léa', 'Zoé', 'Max'];
/** People as in a province: names by a skewed draw, 2,000 cities, sections of 300 electors, a phone for two of three. */
function fill(from, to) {
	for (let at = from; at <= to; at += 50000) {
		const end = Math.min(to, at + 49999);
		sql(`INSERT INTO person (id, organisation_id, kind, last_name, first_name, city, language, tags, polling_subdivision, elector_number,
		    electoral_division, donations_year, has_voted, created_at, updated_at) SELECT seq, ${org}, ELT(1 + seq % 2, 'contact', 'elector'),
		    CONCAT(CONV(10000 + POW((seq * 7919 % 1000003) / 1000003, 3) * 1000000, 10, 36), IF(seq % 40 = 0, '-Gall', '')),
		    ELT(1 + seq * 104729 % 13, ${FIRST.map((n) => `'${n}'`)}), CONCAT('Ville ', (seq DIV 2) % 2000), ELT(1 + seq % 3, 'fr', 'en', ''),
		    IF(seq % 997 = 0, 'donateur', ''), seq DIV 600, seq % 600, CONCAT('Circ ', seq DIV 8000), IF(seq % 499 = 0, 50, NULL),
		    seq % 4 = 0, 0, 0 FROM seq_${at}_to_${end};
		    INSERT INTO phone (person_id, position, kind, e164) SELECT seq, 1, 'cell', CONCAT('+1438', LPAD(seq, 7, '0')) FROM seq_${at}_to_${end} WHERE seq % 3 > 0;`);
	}
	sql('ANALYZE TABLE person, phone, person_tag');
}
const PAGES = {
	'the first page': '/contacts', 'the last page': null, 'by city': '/contacts?sort=city&down=1', 'sections': '/electors?sort=place',
	'a name': '/contacts?q=zabc', 'two parts of a name': '/contacts?q=anne+gall', 'a number': '/contacts?q=438-000-1234',
	'a city': '/contacts?city=Ville+77', 'a tag': '/contacts?tag=donateur', 'a section': '/electors?section=7',
	'not voted': '/electors?not_voted=1', 'with a number': '/contacts?phone=1',
	'city and language': '/contacts?f.1=city&o.1=is&v.1=Ville+77&f.2=language&o.2=any&v.2=fr',
	'donations': '/contacts?f.1=donations&o.1=ge&v.1=20', 'one city or the other': '/contacts?f.1=city&o.1=is&v.1=Ville+7&f.2=city&o.2=is&v.2=Ville+8&join.1=any',
};
async function measure() {
	const out = {};
	PAGES['the last page'] = `/contacts?after=${h.one(`SELECT id FROM person WHERE organisation_id = ${org} AND kind = 'contact' ORDER BY last_name DESC, first_name DESC, id DESC LIMIT 1 OFFSET 60`)}`;
	for (const [name, url] of Object.entries(PAGES)) {
		const times = [];
		for (let i = 0; i < TURNS; i++) {
			const t = process.hrtime.bigint();
			const a = await M.get(url);
			times.push(Number(process.hrtime.bigint() - t) / 1e6);
			if (a.status !== 200)
				throw new Error(`${url}: ${a.status}`);
		}
		out[name] = times.sort((x, y) => x - y)[TURNS >> 1];
	}
	return out;
}

fill(1, FEW);
const few = await measure();
fill(FEW + 1, MANY);
const many = await measure();
for (const name of Object.keys(PAGES))
	console.log(`${name.padEnd(24)} ${few[name].toFixed(1).padStart(8)} ms at ${FEW} ${many[name].toFixed(1).padStart(8)} ms at ${MANY}   x ${(many[name] / few[name]).toFixed(2)}`);
const mean = (o) => Object.values(o).reduce((s, x) => s + x, 0) / Object.keys(o).length;
ok(`search and filter pages at ${MANY} people take no more than 3 times their time at ${FEW}: x ${(mean(many) / mean(few)).toFixed(2)}`, mean(many) <= 3 * mean(few), mean(many));
await done();
