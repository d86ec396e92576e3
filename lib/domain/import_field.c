/*
 * import_field.c - the fields, and what the headers of French and English files call them.
 */
#include "domain/import_field.h"

#include "domain/household.h"
#include "plumb/arena.h"

static const struct { const char *code, *label; enum value_kind kind; size_t max; bool contacts, electors; } info[IF__MAX] = {
#define AS_ROW(id, code, label, kind, max, contacts, electors) [id] = { code, label, kind, max, contacts, electors },
	IMPORT_FIELDS(AS_ROW)
#undef AS_ROW
};

/* Folded headers between bars. Digits at the end do not count ("Dons 2026"), but for a second phone. */
static const char *const words[IF__MAX] = {
	[IF_FILE_NUMBER] = "|nodossier|numerodossier|numerodedossier|dossier|nomembre|numeromembre|numerodemembre|nodemembre|id|identifiant"
	    "|filenumber|fileno|membernumber|memberid|membershipnumber|contactid|",
	[IF_LAST_NAME] = "|nom|nomdefamille|nomfamille|lastname|surname|familyname|name|",
	[IF_FIRST_NAME] = "|prenom|prenoms|firstname|givenname|givennames|",
	[IF_PHONE_HOME] = "|telephone|tel|telephoneresidence|telresidence|telephoneres|telres|residence|telephonefixe|fixe|lignefixe"
	    "|telephonemaison|maison|telephonedomicile|domicile|numerodetelephone|notelephone|notel|phone|phonenumber|homephone|phonehome"
	    "|home|landline|landlinephone|telephone1|tel1|phone1|",
	[IF_PHONE_CELL] = "|cellulaire|cell|cel|mobile|portable|telephonecellulaire|telcellulaire|telcell|telephonemobile|telephonecell"
	    "|cellphone|mobilephone|phonecell|cellular|telephone2|tel2|phone2|",
	[IF_PHONE_WORK] = "|travail|bureau|telephonetravail|teltravail|telephonebureau|telbureau|telephoneautravail|workphone|phonework"
	    "|work|businessphone|officephone|telephone3|tel3|phone3|",
	[IF_EMAIL] = "|courriel|email|adressecourriel|adresseelectronique|mail|emailaddress|courrielprincipal|",
	[IF_LANGUAGE] = "|langue|language|lang|languedecorrespondance|languepreferee|preferredlanguage|",
	[IF_BIRTH_DATE] = "|datedenaissance|datenaissance|naissance|ddn|birthdate|dateofbirth|birthday|dob|",
	[IF_SEX] = "|sexe|sex|genre|gender|",
	[IF_NATIONALITY] = "|nationalite|nationality|citizenship|citoyennete|",
	[IF_CIVIC_NUMBER] = "|nocivique|numerocivique|civique|nodeporte|noadresse|numerodeporte|civicnumber|civicno|streetnumber|housenumber|",
	[IF_STREET] = "|rue|nomrue|nomdelarue|nomderue|voie|adresse|adresseligne|street|streetname|address|addressline|streetaddress|",
	[IF_APARTMENT] = "|app|appart|appartement|apt|noapp|noappartement|unite|apartment|unit|suite|aptnumber|",
	[IF_CITY] = "|ville|municipalite|localite|city|town|municipality|",
	[IF_POSTAL_CODE] = "|codepostal|cp|postalcode|postcode|zip|zipcode|",
	[IF_MEMBER_UNTIL] = "|membrejusquau|finadhesion|findadhesion|expiration|dateexpiration|datedexpiration|echeance|memberuntil"
	    "|membershipexpiry|membershipexpires|expirydate|expiry|",
	[IF_DONATIONS] = "|dons|don|donsdelannee|donsannee|donations|donation|donationsthisyear|donationsmadethisyear|donationsyear|",
	[IF_ORGANIZATION] = "|organisation|organization|organisme|company|entreprise|",
	[IF_TAGS] = "|etiquettes|etiquette|tags|tag|motscles|labels|",
	[IF_NOTES] = "|notes|note|commentaires|commentaire|remarques|remarque|comments|comment|",
	[IF_FORBIDDEN] = "|nepasappeler|nepastelephoner|appelsinterdits|appelinterdit|donotcall|dnc|callsforbidden|",
	[IF_ALLOWED] = "|permissiontelephone|permissiontel|permissiontelephonique|appelspermis|peutappeler|phonepermission|callsallowed|",
	[IF_DIVISION] = "|circonscription|circonscriptionelectorale|comte|electoraldivision|riding|division|",
	[IF_DISTRICT] = "|district|districtelectoral|quartier|ward|districtward|",
	[IF_SUBDIVISION] = "|sectiondevote|section|nosection|numerosection|nosectiondevote|sv|pollingsubdivision|subdivision|poll|pollnumber|",
	[IF_ELECTOR_NUMBER] = "|noelecteur|numeroelecteur|numerodelecteur|nodelecteur|electornumber|electorno|voternumber|",
	[IF_POLLING_PLACE] = "|bureaudevote|endroitdevote|lieudevote|pollingplace|pollingstation|",
	[IF_ADVANCE_VOTE] = "|bva|voteparanticipation|anticipation|votedinadvance|advancevote|advancepoll|",
	[IF_HAS_VOTED] = "|vote|avote|voted|hasvoted|",
};

const char *import_field_code(enum import_field f) { return info[f].code; }
const char *import_field_label(enum import_field f, enum lang lang) { return tr(lang, info[f].label); }
enum value_kind import_field_kind(enum import_field f) { return info[f].kind; }
size_t import_field_max(enum import_field f) { return info[f].max; }

bool
import_field_of(enum import_field f, enum person_kind kind)
{
	return kind == PERSON_CONTACT ? info[f].contacts : info[f].electors;
}

enum import_field
import_field_of_code(const char *code)
{
	for (enum import_field f = IF_NONE + 1; f < IF__MAX; f++)
		if (strcmp(code, info[f].code) == 0)
			return f;
	return IF_NONE;
}

static enum import_field
field_called(struct arena *a, enum person_kind kind, const char *folded)
{
	const char *bars = arena_fmt(a, "|%s|", folded);

	for (enum import_field f = IF_NONE + 1; f < IF__MAX; f++)
		if (import_field_of(f, kind) && (strstr(words[f], bars) != NULL ||
		    strcmp(folded, fold_text(a, info[f].code)) == 0 || strcmp(folded, fold_text(a, info[f].label)) == 0))
			return f;
	return IF_NONE;
}

void
import_guess_columns(struct arena *a, enum person_kind kind, const char *const *header, size_t n, enum import_field *out)
{
	bool taken[IF__MAX] = { false };

	for (size_t i = 0; i < n; i++) {
		char *folded = fold_text(a, header[i]);
		size_t len = strlen(folded);
		out[i] = len > 60 || len == 0 ? IF_NONE : field_called(a, kind, folded);
		while (out[i] == IF_NONE && len > 1 && len <= 60 && folded[len - 1] >= '0' && folded[len - 1] <= '9') {
			folded[--len] = '\0';
			out[i] = field_called(a, kind, folded);
		}
		if (taken[out[i]])
			out[i] = IF_NONE;
		taken[out[i]] = out[i] != IF_NONE;
	}
}
