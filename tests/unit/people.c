/*
 * What an import decides without a database: columns from headers, values from cells, households, zones.
 */
#include "check.h"

#include "plumb/arena.h"
#include "plumb/base.h"
#include "plumb/text.h"

#include "domain/household.h"
#include "domain/import_field.h"
#include "domain/zone.h"

static struct arena *a;

static const char *
columns(enum person_kind kind, const char *headers)
{
	const char *header[40];
	enum import_field out[40];
	size_t n = text_split(a, headers, ';', header, NITEMS(header));
	const char *text = "";

	import_guess_columns(a, kind, header, n, out);
	for (size_t i = 0; i < n; i++)
		text = arena_fmt(a, "%s%s%s", text, i > 0 ? ";" : "", import_field_code(out[i]));
	return text;
}

static void
guesses(void)
{
	CHECK_EQ_S(columns(PERSON_CONTACT, "No dossier;Nom;Prénom;Téléphone résidence;Cellulaire;Courriel;Langue;Date de naissance;No civique;"
	    "Rue;App.;Ville;Code postal;Membre jusqu'au;Dons 2026;Étiquettes;Notes"),
	    "file_number;last_name;first_name;phone_home;phone_cell;email;language;birth_date;civic_number;street;apartment;city;"
	    "postal_code;member_until;donations_year;tags;notes");
	CHECK_EQ_S(columns(PERSON_ELECTOR, "Circonscription;District;Section de vote;No électeur;Nom;Prénom;Sexe;Date de naissance;No civique;Rue;"
	    "App;Ville;Code postal;Bureau de vote;Téléphone;BVA"),
	    "electoral_division;district;polling_subdivision;elector_number;last_name;first_name;sex;birth_date;civic_number;street;"
	    "apartment;city;postal_code;polling_place;phone_home;advance_vote");
	CHECK_EQ_S(columns(PERSON_CONTACT, "First Name;LAST NAME;Home Phone;Mobile;E-mail;Date of birth;Street number;Address;Apt;City;Zip;Tags;Do not call"),
	    "first_name;last_name;phone_home;phone_cell;email;birth_date;civic_number;street;apartment;city;postal_code;tags;calls_forbidden");
	CHECK_EQ_S(columns(PERSON_CONTACT, "NOM;nom;Tél. 1;Tél. 2;Section de vote;;xyz"), "last_name;;phone_home;phone_cell;;;");
	for (enum import_field f = IF_NONE + 1; f < IF__MAX; f++)
		if (import_field_of_code(import_field_code(f)) != f)
			CHECK_EQ_S(import_field_code(f), "(its own code)");
	CHECK_CASE("fact 80: polling place is for electors", import_field_of(IF_POLLING_PLACE, PERSON_ELECTOR) &&
	    !import_field_of(IF_POLLING_PLACE, PERSON_CONTACT));
}

/* One column's value. */
static const char *
value(enum import_field f, const char *cell)
{
	static struct person_row r;
	enum import_field mapping[] = { IF_LAST_NAME, f };
	const char *cells[] = { "Roy", cell };

	if (import_read_row(a, mapping, 2, cells, 2, &r) != R_NONE)
		return "(row refused)";
	if (r.nrefused > 0)
		return refusal_key(r.refused[0].why);
	return r.value[f] == NULL ? "" : r.value[f];
}

static void
values(void)
{
	static const struct { enum import_field f; const char *cell, *want; } list[] = {
		{ IF_BIRTH_DATE, "1969-07-08", "1969-07-08" }, { IF_BIRTH_DATE, "08/07/1969", "1969-07-08" }, { IF_BIRTH_DATE, "8.7.1969", "1969-07-08" },
		{ IF_BIRTH_DATE, "07/28/1969", "1969-07-28" }, { IF_BIRTH_DATE, "19690708", "1969-07-08" }, { IF_BIRTH_DATE, "1969/7/8", "1969-07-08" },
		{ IF_BIRTH_DATE, "1969-07-08 00:00:00", "1969-07-08" }, { IF_BIRTH_DATE, "1969-07-08T00:00", "1969-07-08" },
		{ IF_BIRTH_DATE, "2026-06-31", "not_a_date" }, { IF_BIRTH_DATE, "08/07/69", "not_a_date" }, { IF_BIRTH_DATE, "1969", "not_a_date" },
		{ IF_BIRTH_DATE, "hier", "not_a_date" }, { IF_BIRTH_DATE, "29/02/2023", "not_a_date" }, { IF_BIRTH_DATE, "29/02/2024", "2024-02-29" },
		{ IF_DONATIONS, "73,50", "73.50" }, { IF_DONATIONS, "1 234,5", "1234.50" }, { IF_DONATIONS, "$1,234.56", "1234.56" },
		{ IF_DONATIONS, "287.50 $", "287.50" }, { IF_DONATIONS, "1\xc2\xa0" "000", "1000.00" }, { IF_DONATIONS, "100", "100.00" },
		{ IF_DONATIONS, "1,000", "1000.00" }, { IF_DONATIONS, "-5", "not_a_number" }, { IF_DONATIONS, "beaucoup", "not_a_number" },
		{ IF_DONATIONS, "99999999999", "not_a_number" },
		{ IF_LANGUAGE, "Français", "fr" }, { IF_LANGUAGE, "FRANCAIS", "fr" }, { IF_LANGUAGE, "F", "fr" }, { IF_LANGUAGE, "Anglais", "en" },
		{ IF_LANGUAGE, "English", "en" }, { IF_LANGUAGE, "e", "en" }, { IF_LANGUAGE, "espagnol", "not_a_choice" },
		{ IF_POSTAL_CODE, "j8x4r4", "J8X 4R4" }, { IF_POSTAL_CODE, "J8X-4R4", "J8X 4R4" }, { IF_POSTAL_CODE, "75001", "75001" },
		{ IF_EMAIL, "A.B@Example.CA", "a.b@example.ca" }, { IF_EMAIL, "a@b", "not_an_email" }, { IF_EMAIL, "a b@c.d", "not_an_email" },
		{ IF_TAGS, "membre| bénévole ||", "membre|bénévole" }, { IF_TAGS, "a, b", "a|b" },
		{ IF_NOTES, "un\r\ndeux", "un\ndeux" }, { IF_CITY, "  L’Île   Perrot ", "L’Île Perrot" },
		{ IF_FORBIDDEN, "oui", "1" }, { IF_FORBIDDEN, "non", "" }, { IF_FORBIDDEN, "peut-être", "not_a_choice" },
		{ IF_FIRST_NAME, "'=cmd", "=cmd" },
		{ IF_SEX, "un mot bien trop long", "too_long" },
	};

	for (size_t i = 0; i < NITEMS(list); i++) {
		const char *name = arena_fmt(a, "%s: cell %zu", import_field_code(list[i].f), i);
		check_s_(name, value(list[i].f, list[i].cell), list[i].want, __FILE__, __LINE__);
	}
	value(IF_ALLOWED, "non");
}

static void
rows(void)
{
	enum import_field mapping[] = { IF_LAST_NAME, IF_STREET, IF_PHONE_HOME, IF_PHONE_CELL, IF_ALLOWED, IF_ADVANCE_VOTE };
	const char *full[] = { "Roy", "123, rue Aubert", "514 555-0123 poste 4", "(514) 555-0123", "Non", "O", "", " " };
	const char *third[] = { "Roy", "3e Avenue", "911", "aucun", "oui", "" };
	struct person_row r;

	CHECK_CASE("blank cells behind the last column do no harm", import_read_row(a, mapping, 6, full, 8, &r) == R_NONE);
	CHECK_EQ_S(r.value[IF_CIVIC_NUMBER], "123");
	CHECK_EQ_S(r.value[IF_STREET], "rue Aubert");
	CHECK_CASE("the same number twice is one", r.nphones == 1 && strcmp(r.phone[0].extension, "4") == 0 && r.nrefused == 0);
	CHECK_CASE("no permission forbids calls", r.value[IF_FORBIDDEN] != NULL);
	CHECK_CASE("who voted in advance has voted", r.value[IF_HAS_VOTED] != NULL);
	CHECK_CASE("\"3e Avenue\" has no civic number", import_read_row(a, mapping, 6, third, 6, &r) == R_NONE &&
	    r.value[IF_CIVIC_NUMBER] == NULL && strcmp(r.value[IF_STREET], "3e Avenue") == 0);
	CHECK_CASE("refused numbers leave the person, with column and reason", r.nphones == 0 && r.nrefused == 2 &&
	    r.refused[0].column == 3 && r.refused[0].why == R_PHONE_EMERGENCY && r.refused[1].why == R_PHONE_WORDS);
	CHECK_CASE("a permission given forbids nothing", r.value[IF_FORBIDDEN] == NULL);
	CHECK_CASE("a short row is refused", import_read_row(a, mapping, 6, third, 5, &r) == R_ROW_TOO_SHORT);
	full[7] = "x";
	CHECK_CASE("a long row is refused", import_read_row(a, mapping, 6, full, 8, &r) == R_ROW_TOO_LONG);
	third[0] = "  ";
	CHECK_CASE("a row without a name is refused", import_read_row(a, mapping, 6, third, 6, &r) == R_ROW_NO_NAME);
}

static bool
same_house(const char *const x[4], const char *const y[4])
{
	struct address_key k, l;

	return household_key(a, x[0], x[1], x[2], x[3], &k) && household_key(a, y[0], y[1], y[2], y[3], &l) &&
	    memcmp(k.byte, l.byte, sizeof(k.byte)) == 0;
}

static void
households(void)
{
	const char *const home[] = { "12", "rue de l’Église", "B-4", "L’Île-Perrot" }, *const loud[] = { " 12", "RUE DE L'EGLISE", "b4", "l'ile perrot" },
	    *const next[] = { "12", "rue de l’Église", "B-5", "L’Île-Perrot" }, *const town[] = { "12", "rue de l’Église", "B-4", "Laval" },
	    *const house[] = { "12", "rue de l’Église", NULL, "L’Île-Perrot" }, *const run[] = { "1", "2 rue de l’Église", "B-4", "L’Île-Perrot" };
	struct address_key k;

	CHECK_CASE("fact 132: case, accents, punctuation and spaces do not matter", same_house(home, loud));
	CHECK_CASE("fact 132: another apartment is another household", !same_house(home, next) && !same_house(home, house));
	CHECK_CASE("fact 132: another city is another household", !same_house(home, town));
	CHECK_CASE("parts do not run into each other", !same_house(home, run));
	CHECK_CASE("fact 71: no number, street or city: no household", !household_key(a, "", "rue A", "", "Laval", &k) &&
	    !household_key(a, "12", NULL, "", "Laval", &k) && !household_key(a, "12", "rue A", "", " - ", &k));
	CHECK_EQ_S(fold_text(a, "ŒUVRE Dʼété—Ÿ ß"), "oeuvredeteyss");
	CHECK_EQ_S(fold_text(a, "王 Ж"), "王Ж");
}

static void
zones(void)
{
	static const struct { const char *code, *zone; } list[] = {
		{ "J8X 4R4", "America/Toronto" }, { "g1r6r7", "America/Toronto" }, { "G4T 0E8", "America/Halifax" }, { "G0G 1C0", "" },
		{ "A1A 1A1", "America/St_Johns" }, { "A2V 1A1", "America/Goose_Bay" }, { "A0P 1A1", "America/Goose_Bay" }, { "E1A 1A1", "America/Moncton" },
		{ "B3H 1A1", "America/Halifax" }, { "C1A 1A1", "America/Halifax" }, { "K1A 0B1", "America/Toronto" }, { "P9N 1A1", "America/Winnipeg" },
		{ "P0V 1A1", "America/Winnipeg" }, { "P0X 1A1", "America/Winnipeg" }, { "P3A 1A1", "America/Toronto" }, { "R3C 1A1", "America/Winnipeg" },
		{ "S4P 1A1", "America/Regina" }, { "T5J 1A1", "America/Edmonton" }, { "V5K 1A1", "America/Vancouver" }, { "V1G 1A1", "America/Dawson_Creek" },
		{ "X0A 0H0", "America/Iqaluit" }, { "Y1A 1A1", "America/Whitehorse" }, { "H2X", "America/Toronto" },
		{ "", "" }, { "75001", "" }, { "HHH 111", "" }, { "H2", "" }, { "W1A 1A1", "" }, { "12345", "" },
	};

	for (size_t i = 0; i < NITEMS(list); i++)
		check_s_(arena_fmt(a, "the zone of \"%s\"", list[i].code), zone_of_postal_code(list[i].code), list[i].zone, __FILE__, __LINE__);
	{
		static const struct { const char *name, *own, *code, *e164, *want; } who[] = {
			{ "their own field wins", "America/Regina", "H2X 1Y4", "+16045551234", "America/Regina" },
			{ "then the postal code", "", "V6B 1A1", "+15145551234", "America/Vancouver" },
			{ "a code of two zones gives both", "", "A0K 1A0", "+15145551234", "America/St_Johns|America/Goose_Bay" },
			{ "then the number", "", "", "+16045551234", "America/Vancouver" },
			{ "Halifax", NULL, NULL, "+19025551234", "America/Halifax" },
			{ "the longest prefix: Kenora", "", "", "+18074681234", "America/Winnipeg" },
			{ "Thunder Bay, same area code", "", "", "+18076221234", "America/Toronto" },
			{ "Newfoundland or Labrador", "", "", "+17095551234", "America/Goose_Bay|America/St_Johns" },
			{ "London", "", "", "+442079460000", "Europe/London" },
			{ "a free number says nothing", "", "", "+18005551234", "" },
			{ "nor no number", "", "75001", "", "" },
			{ "nor what is none", "", "", "514", "" },
		};
		for (size_t i = 0; i < NITEMS(who); i++)
			check_s_(who[i].name, zones_of_person(who[i].own, who[i].code, who[i].e164), who[i].want, __FILE__, __LINE__);
		CHECK(zones_known("America/Toronto|America/Halifax") && zones_known("Europe/Paris") && !zones_known("") &&
		    !zones_known("America/Toronto|Nowhere/Land"));
	}
	CHECK_EQ_S(zone_of_postal_code(NULL), "");
}

int
main(void)
{
	a = arena_new();
	guesses();
	values();
	rows();
	households();
	zones();
	arena_free(a);
	return check_done();
}
