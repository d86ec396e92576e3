/*
 * survey_ready.c - the questionnaires that come with the product, so that the wizard has something to offer on the first
 * day. Each shows what branches, scales, days and corrections of the record can do.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey.h"
#include "domain/survey_row.h"

struct words { const char *en, *fr; };
struct ready_choice {
	struct words text;
	int next;			/* as in struct choice: 0 the next question, NEXT_END, or a later question's position */
};
struct ready_question {
	const char *kind;
	bool required;
	struct words text;
	struct ready_choice choice[8];	/* yes/no: only where they lead, when not to the next one */
	struct { int from, to; struct words low, high; } scale;
	const char *field;
};
struct ready {
	const char *name, *description;
	struct words script;
	struct ready_question question[8];
};

#define YES	{ "Yes", "Oui" }
#define NO	{ "No", "Non" }
#define REFUSES	{ "Refuses to say", "Refuse de répondre" }
#define UNDECIDED { "Undecided", "Indécis" }

static const struct ready ready[] = {
{
	"Pointage 2026 · Voter identification",
	"Savoir qui nous appuie, et qui veut aider. · Learn who supports us, and who wants to help.",
	{ "Hello, may I speak with {first_name} {last_name}?\n\n"
	  "My name is {agent}. I am a volunteer with {organisation} in {city}. I have a few short questions; it takes two minutes.\n\n"
	  "(Do not argue: thank the person whatever the answer is.)\n\n"
	  "Thank you for your time, and have a good day!",
	  "Bonjour, est-ce que je pourrais parler à {first_name} {last_name}?\n\n"
	  "Je m’appelle {agent}. Je suis bénévole pour {organisation} à {city}. J’ai quelques courtes questions; ça prend deux minutes.\n\n"
	  "(N’argumentez pas : remerciez la personne, quelle que soit sa réponse.)\n\n"
	  "Merci de votre temps, et bonne journée!" },
	{
	/* 1 */ { "info", false, .text = { "Hello, may I speak with {first_name} {last_name}?\n\n"
	    "My name is {agent}. I am a volunteer with {organisation}, and I am calling people in {city}. May I ask you a few short questions?",
	    "Bonjour, est-ce que je pourrais parler à {first_name} {last_name}?\n\n"
	    "Je m’appelle {agent}. Je suis bénévole pour {organisation}, et j’appelle des gens de {city}. Puis-je vous poser quelques courtes "
	    "questions?" } },
	/* 2 */ { "single_choice", true, .text = { "Can we count on your vote?", "Pouvons-nous compter sur votre vote?" },
	  { { YES, 4 }, { UNDECIDED, 3 }, { NO, 7 }, { REFUSES, 6 } } },
	/* 3 */ { "multiple_choice", false, .text = { "Which issues matter to you?", "Quels enjeux comptent pour vous?" },
	  { { { "Health", "Santé" }, 0 }, { { "School", "Éducation" }, 0 }, { { "Housing", "Logement" }, 0 },
	    { { "Transport", "Transport" }, 0 }, { { "Something else", "Autre chose" }, 0 } } },
	/* 4 */ { "single_choice", true, .text = { "What would be your 1st choice?", "Quel serait votre 1er choix?" },
	  { { { "Our party", "Notre parti" }, 5 }, { { "Second party", "Deuxième parti" }, 6 }, { { "Third party", "Troisième parti" }, 6 },
	    { { "Fourth party", "Quatrième parti" }, 6 }, { UNDECIDED, 6 } } },
	/* 5 */ { "multiple_choice", false, .text = { "Would you put up a sign, volunteer, or make a contribution?",
	    "Accepteriez-vous d’installer une pancarte, de faire du bénévolat ou de contribuer?" },
	  { { { "A sign", "Une pancarte" }, 0 }, { { "Volunteering", "Du bénévolat" }, 0 }, { { "A contribution", "Une contribution" }, 0 },
	    { { "None of these", "Rien de cela" }, 0 } } },
	/* 6 */ { "yes_no", true, .text = { "Do you need a lift to the polling place?", "Avez-vous besoin d’un transport pour aller voter?" },
	  { { YES, 8 }, { NO, 8 } } },
	/* 7 */ { "single_choice", false, .text = { "What would be your 2nd choice?", "Quel serait votre 2e choix?" },
	  { { { "Our party", "Notre parti" }, 0 }, { { "Second party", "Deuxième parti" }, 0 }, { { "Third party", "Troisième parti" }, 0 },
	    { { "Fourth party", "Quatrième parti" }, 0 }, { UNDECIDED, 0 } } },
	/* 8 */ { "text_long", false, .text = { "Anything to note? (For example the time and the address of a lift.)",
	    "Quelque chose à noter? (Par exemple l’heure et l’adresse d’un transport.)" } },
	},
},
{
	"Faire sortir le vote · Get out the vote",
	"Le jour du vote : rappeler à nos appuis d’aller voter. · On polling day: remind our supporters to vote.",
	{ "Hello {first_name}, this is {agent}, a volunteer with {organisation}.\n\n"
	  "Today is the day! Your polling place is: {polling_place}. Remember to bring a piece of identification.\n\n"
	  "(If they need a lift, note the time and the address.)\n\n"
	  "Thank you, every vote counts!",
	  "Bonjour {first_name}, ici {agent}, bénévole pour {organisation}.\n\n"
	  "C’est aujourd’hui qu’on vote! Votre endroit de vote : {polling_place}. N’oubliez pas une pièce d’identité.\n\n"
	  "(Si la personne a besoin d’un transport, notez l’heure et l’adresse.)\n\n"
	  "Merci, chaque vote compte!" },
	{
	/* 1 */ { "single_choice", true, .text = { "Have you voted, or when will you go?", "Avez-vous voté, ou quand irez-vous?" },
	  { { { "Has voted", "A voté" }, 5 }, { { "Will go this morning", "Ira ce matin" }, 4 },
	    { { "Will go this afternoon", "Ira cet après-midi" }, 4 }, { { "Will go this evening", "Ira ce soir" }, 4 },
	    { { "Needs a lift", "A besoin d’un transport" }, 3 }, { { "Will not vote", "N’ira pas voter" }, 2 } } },
	/* 2 */ { "single_choice", true, .text = { "What keeps you from going?", "Qu’est-ce qui vous en empêche?" },
	  { { { "Getting there", "Le déplacement" }, 3 }, { { "Children to look after", "Des enfants à garder" }, 3 },
	    { { "Health", "La santé" }, NEXT_END }, { { "No time", "Le manque de temps" }, NEXT_END },
	    { { "Not interested", "Pas d’intérêt" }, NEXT_END }, { REFUSES, NEXT_END } } },
	/* 3 */ { "text_short", false, .text = { "Where and at what time may we come by? (A lift, or somebody to look after the children.)",
	    "Où et à quelle heure pouvons-nous passer? (Pour un transport, ou pour garder les enfants.)" } },
	/* 4 */ { "info", false, .text = { "Your polling place is: {polling_place}. Bring a piece of identification. It only takes a few minutes. Thank you!",
	    "Votre endroit de vote : {polling_place}. Apportez une pièce d’identité. Ça ne prend que quelques minutes. Merci!" } },
	/* 5 */ { "yes_no", false, .text = { "Could you remind a friend or a neighbour to go and vote?",
	    "Pourriez-vous rappeler à un ami ou à une voisine d’aller voter?" }, { { YES, 0 }, { NO, 0 } } },
	{ 0 } },
},
{
	"Renouvellement d’adhésion · Membership renewal",
	"Pour les membres dont l’adhésion arrive à échéance. · For members whose membership is about to end.",
	{ "Hello, may I speak with {first_name}?\n\n"
	  "This is {agent}, I am a volunteer. You are a member, thank you for that! Your membership is about to end.\n\n"
	  "It takes two minutes to renew it on our site. I can have the link sent to you by e-mail: is your address still right?\n\n"
	  "Thank you, and see you soon!",
	  "Bonjour, est-ce que je pourrais parler à {first_name}?\n\n"
	  "Ici {agent}, je suis bénévole. Vous êtes membre, et nous vous en remercions! Votre adhésion arrive à échéance.\n\n"
	  "Elle se renouvelle en deux minutes sur notre site. Je peux vous faire envoyer le lien par courriel : votre adresse est-elle "
	  "toujours la bonne?\n\nMerci, et à bientôt!" },
	{
	/* 1 */ { "single_choice", true, .text = { "Would you like to renew your membership?", "Souhaitez-vous renouveler votre adhésion?" },
	  { { { "Yes, online", "Oui, en ligne" }, 2 }, { { "Yes, by mail", "Oui, par la poste" }, NEXT_END },
	    { { "Renewed already", "Déjà renouvelée" }, 3 }, { { "Later", "Plus tard" }, 5 }, { NO, 4 } } },
	/* 2 */ { "field_update", false, .text = { "To which e-mail address may we send the link?",
	    "À quelle adresse courriel pouvons-nous envoyer le lien?" }, .field = "email" },
	/* 3 */ { "scale", true, .text = { "How glad are you to be a member, from 0 to 10?",
	    "De 0 à 10, à quel point êtes-vous content d’être membre?" },
	  .choice = { { { 0 }, NEXT_END } }, .scale = { 0, 10, { "Not at all", "Pas du tout" }, { "Very", "Très" } } },
	/* 4 */ { "single_choice", true, .text = { "May I ask why? (Do not insist.)", "Puis-je vous demander pourquoi? (N’insistez pas.)" },
	  { { { "The price", "Le prix" }, NEXT_END }, { { "No time", "Le manque de temps" }, NEXT_END },
	    { { "No longer agrees with us", "N’est plus d’accord avec nous" }, NEXT_END }, { { "Another reason", "Une autre raison" }, NEXT_END },
	    { REFUSES, NEXT_END } } },
	/* 5 */ { "date", true, .text = { "On which day may we call again?", "Quel jour pouvons-nous rappeler?" } },
	{ 0 } },
},
{
	"Collecte de fonds · Fundraising",
	"Demander une contribution à nos sympathisants. · Ask our supporters for a contribution.",
	{ "Hello, may I speak with {first_name} {last_name}?\n\n"
	  "This is {agent}, a volunteer with {organisation}. Our campaign lives on small contributions from people of {city} and elsewhere.\n\n"
	  "(Contributions are made by electors, from their own money: never insist.)\n\n"
	  "Thank you very much for your time!",
	  "Bonjour, est-ce que je pourrais parler à {first_name} {last_name}?\n\n"
	  "Ici {agent}, bénévole pour {organisation}. Notre campagne vit de petites contributions de gens de {city} et d’ailleurs.\n\n"
	  "(Une contribution vient d’un électeur, de ses propres fonds : n’insistez jamais.)\n\n"
	  "Merci beaucoup de votre temps!" },
	{
	/* 1 */ { "single_choice", true, .text = { "Would you like to make a contribution this year?", "Aimeriez-vous faire une contribution cette année?" },
	  { { { "Yes, online", "Oui, en ligne" }, 3 }, { { "Yes, by cheque", "Oui, par chèque" }, 3 },
	    { { "Gave already", "A déjà donné" }, 5 }, { { "Perhaps later", "Peut-être plus tard" }, 2 }, { NO, NEXT_END } } },
	/* 2 */ { "yes_no", true, .text = { "May we call you again before the end of the year?", "Pouvons-nous vous rappeler avant la fin de l’année?" },
	  { { YES, NEXT_END }, { NO, NEXT_END } } },
	/* 3 */ { "number", false, .text = { "How much do you have in mind, in dollars?", "Quel montant avez-vous en tête, en dollars?" } },
	/* 4 */ { "field_update", false, .text = { "To which e-mail address may we send the link and the receipt?",
	    "À quelle adresse courriel pouvons-nous envoyer le lien et le reçu?" }, .field = "email" },
	/* 5 */ { "info", false, .text = { "Thank you, {first_name}! A contribution comes from your own money, and is made of your own free will.",
	    "Merci, {first_name}! Une contribution vient de vos propres fonds, et elle est faite volontairement." } },
	{ 0 } },
},
{
	"Recrutement de bénévoles · Volunteer recruiting",
	"Trouver des gens pour donner un coup de main. · Find people who lend a hand.",
	{ "Hello, may I speak with {first_name}?\n\n"
	  "This is {agent}. I am a volunteer for {organisation}, and we are looking for people in {city} who can lend a hand: "
	  "calls, doors, driving people to the poll. An hour is already a lot.\n\n"
	  "Thank you, and have a good day!",
	  "Bonjour, est-ce que je pourrais parler à {first_name}?\n\n"
	  "Ici {agent}. Je suis bénévole pour {organisation}, et nous cherchons des gens de {city} pour donner un coup de main : "
	  "appels, porte-à-porte, transport le jour du vote. Une heure, c’est déjà beaucoup.\n\n"
	  "Merci, et bonne journée!" },
	{
	/* 1 */ { "single_choice", true, .text = { "Would you like to lend a hand?", "Aimeriez-vous donner un coup de main?" },
	  { { { "Yes, by phone", "Oui, au téléphone" }, 2 }, { { "Yes, door to door", "Oui, en porte-à-porte" }, 2 },
	    { { "Yes, on polling day", "Oui, le jour du vote" }, 4 }, { { "Perhaps later", "Peut-être plus tard" }, 5 },
	    { NO, NEXT_END } } },
	/* 2 */ { "multiple_choice", false, .text = { "When are you free?", "Quand êtes-vous libre?" },
	  { { { "Weekdays", "La semaine, de jour" }, 0 }, { { "Evenings", "Le soir" }, 0 }, { { "Weekends", "La fin de semaine" }, 0 } } },
	/* 3 */ { "date", false, .text = { "From which day on?", "À partir de quel jour?" } },
	/* 4 */ { "yes_no", false, .text = { "Do you have a car?", "Avez-vous une voiture?" }, { { YES, 0 }, { NO, 0 } } },
	/* 5 */ { "field_update", false, .text = { "At which e-mail address may we write to you?", "À quelle adresse courriel pouvons-nous vous écrire?" }, .field = "email" },
	/* 6 */ { "text_short", false, .text = { "Is there anything that we should know?", "Y a-t-il quelque chose que nous devrions savoir?" } },
	{ 0 } },
},
};

/* Wherever its first choice leads, they all do. */
static void
build_scale(const struct ready_question *from, struct question *n, struct arena *a)
{
	struct scale s = { .from = from->scale.from, .to = from->scale.to,
		.low = { [LANG_EN] = from->scale.low.en, [LANG_FR] = from->scale.low.fr },
		.high = { [LANG_EN] = from->scale.high.en, [LANG_FR] = from->scale.high.fr } };
	int next[SCALE_MOST + 1];

	for (int v = 0; v <= SCALE_MOST; v++)
		next[v] = from->choice[0].next;
	scale_choices(n, &s, next, a);
}

static void
build(const struct ready *r, struct survey *s, struct arena *a)
{
	*s = (struct survey){
		.name = r->name, .description = r->description,
		.script = { [LANG_EN] = r->script.en, [LANG_FR] = r->script.fr },
		.questions = arena_alloc(a, NITEMS(r->question) * sizeof(*s->questions)),
	};
	for (size_t i = 0; i < NITEMS(r->question) && r->question[i].kind != NULL; i++) {
		const struct ready_question *from = &r->question[i];
		struct question *n = &s->questions[s->nquestions++];
		*n = (struct question){ .kind = from->kind, .required = from->required, .field = from->field,
		    .text = { [LANG_EN] = from->text.en, [LANG_FR] = from->text.fr },
		    .choices = arena_alloc(a, NITEMS(from->choice) * sizeof(*n->choices)) };
		for (size_t c = 0; c < NITEMS(from->choice) && from->choice[c].text.en != NULL; c++)
			n->choices[n->nchoices++] = (struct choice){ .next = from->choice[c].next,
				.text = { [LANG_EN] = from->choice[c].text.en, [LANG_FR] = from->choice[c].text.fr } };
		if (strcmp(n->kind, "yes_no") == 0)
			survey_yes_no(n, NULL, a);
		if (strcmp(n->kind, "scale") == 0)
			build_scale(from, n, a);
	}
}

bool
survey_ready_made(struct db *db, struct organisation_id org, struct user_id by, int64_t now, struct arena *a)
{
	for (size_t i = 0; i < NITEMS(ready); i++) {
		struct survey s;
		struct survey_id id;
		struct version_id version;
		build(&ready[i], &s, a);
		if (!survey_insert(db, org, by, now, s.name, s.description, &id) ||
		    !survey_insert_version(db, id, 1, by, now, &s, &version))
			return false;
	}
	return true;
}
