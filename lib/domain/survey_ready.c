/*
 * survey_ready.c - the questionnaires that come with the product, so that the wizard has something to offer on the first day.
 */
#include "plumb/base.h"
#include "plumb/arena.h"

#include "domain/survey.h"
#include "domain/survey_row.h"

struct words { const char *en, *fr; };
struct ready_question {
	const char *kind;
	struct words text;
	struct words choice[8];
};
struct ready {
	const char *name, *description;
	struct words script;
	struct ready_question question[4];
};

static const struct ready ready[] = {
{
	"Pointage · Voter identification",
	"Savoir qui nous appuie. · Learn who supports us.",
	{ "Hello, may I speak with {first_name} {last_name}?\n\n"
	  "My name is {agent}. I am a volunteer with our campaign in {city}. I have one short question; it takes a minute.\n\n"
	  "(Ask the question. Do not argue: thank the person whatever the answer is.)\n\n"
	  "Thank you for your time, and have a good day!",
	  "Bonjour, est-ce que je pourrais parler à {first_name} {last_name}?\n\n"
	  "Je m’appelle {agent}. Je suis bénévole pour notre campagne à {city}. J’ai une courte question; ça prend une minute.\n\n"
	  "(Posez la question. N’argumentez pas : remerciez la personne, quelle que soit sa réponse.)\n\n"
	  "Merci de votre temps, et bonne journée!" },
	{
	{ "single_choice", { "Can we count on your vote?", "Pouvons-nous compter sur votre vote?" },
	  { { "Yes", "Oui" }, { "Leaning our way", "Plutôt oui" }, { "Undecided", "Indécis" },
	    { "No", "Non" }, { "Refuses to say", "Refuse de répondre" } } },
	{ "single_choice", { "What would be your 1st choice?", "Quel serait votre 1er choix?" },
	  { { "Our party", "Notre parti" }, { "Another party", "Un autre parti" }, { "Undecided", "Indécis" },
	    { "Refuses to say", "Refuse de répondre" } } },
	{ "yes_no", { "Do you need a lift to the polling place?", "Avez-vous besoin d’un transport pour aller voter?" }, { { 0 } } },
	{ 0 } },
},
{
	"Faire sortir le vote · Get out the vote",
	"Le jour du vote : rappeler à nos appuis d’aller voter. · On polling day: remind our supporters to vote.",
	{ "Hello {first_name}, this is {agent}, a volunteer with our campaign.\n\n"
	  "Today is the day! Your polling place is: {polling_place}. Remember to bring a piece of identification.\n\n"
	  "(Ask the question. If they need a lift, note the time and the address.)\n\n"
	  "Thank you, every vote counts!",
	  "Bonjour {first_name}, ici {agent}, bénévole pour notre campagne.\n\n"
	  "C’est aujourd’hui qu’on vote! Votre endroit de vote : {polling_place}. N’oubliez pas une pièce d’identité.\n\n"
	  "(Posez la question. Si la personne a besoin d’un transport, notez l’heure et l’adresse.)\n\n"
	  "Merci, chaque vote compte!" },
	{
	{ "single_choice", { "Have you voted, or when will you go?", "Avez-vous voté, ou quand irez-vous?" },
	  { { "Has voted", "A voté" }, { "Will go this morning", "Ira ce matin" }, { "Will go this afternoon", "Ira cet après-midi" },
	    { "Will go this evening", "Ira ce soir" }, { "Needs a lift", "A besoin d’un transport" },
	    { "Will not vote", "N’ira pas voter" } } },
	{ 0 } },
},
{
	"Renouvellement d’adhésion · Membership renewal",
	"Pour les membres dont l’adhésion arrive à échéance. · For members whose membership is about to end.",
	{ "Hello, may I speak with {first_name}?\n\n"
	  "This is {agent}, I am a volunteer. You are a member, thank you for that! Your membership is about to end.\n\n"
	  "It takes two minutes to renew it on our site. I can have the link sent to you by e-mail: is your address still right?\n\n"
	  "(Ask the question.)\n\nThank you, and see you soon!",
	  "Bonjour, est-ce que je pourrais parler à {first_name}?\n\n"
	  "Ici {agent}, je suis bénévole. Vous êtes membre, et nous vous en remercions! Votre adhésion arrive à échéance.\n\n"
	  "Elle se renouvelle en deux minutes sur notre site. Je peux vous faire envoyer le lien par courriel : votre adresse est-elle "
	  "toujours la bonne?\n\n(Posez la question.)\n\nMerci, et à bientôt!" },
	{
	{ "single_choice", { "Would you like to renew your membership?", "Souhaitez-vous renouveler votre adhésion?" },
	  { { "Yes, online", "Oui, en ligne" }, { "Yes, by mail", "Oui, par la poste" }, { "Renewed already", "Déjà renouvelée" },
	    { "Later", "Plus tard" }, { "No", "Non" } } },
	{ 0 } },
},
{
	"Collecte de fonds · Fundraising",
	"Demander une contribution à nos sympathisants. · Ask our supporters for a contribution.",
	{ "Hello, may I speak with {first_name} {last_name}?\n\n"
	  "This is {agent}, a volunteer with our campaign. It lives on small contributions from people of {city} and elsewhere.\n\n"
	  "(Ask the question. Contributions are made by electors, from their own money: never insist.)\n\n"
	  "Thank you very much for your time!",
	  "Bonjour, est-ce que je pourrais parler à {first_name} {last_name}?\n\n"
	  "Ici {agent}, bénévole pour notre campagne. Elle vit de petites contributions de gens de {city} et d’ailleurs.\n\n"
	  "(Posez la question. Une contribution vient d’un électeur, de ses propres fonds : n’insistez jamais.)\n\n"
	  "Merci beaucoup de votre temps!" },
	{
	{ "single_choice", { "Would you like to make a contribution this year?", "Aimeriez-vous faire une contribution cette année?" },
	  { { "Yes, online", "Oui, en ligne" }, { "Yes, by cheque", "Oui, par chèque" }, { "Gave already", "A déjà donné" },
	    { "Call again later", "Rappeler plus tard" }, { "No", "Non" } } },
	{ 0 } },
},
{
	"Recrutement de bénévoles · Volunteer recruiting",
	"Trouver des gens pour donner un coup de main. · Find people who lend a hand.",
	{ "Hello, may I speak with {first_name}?\n\n"
	  "This is {agent}. I am a volunteer for {operation}, and we are looking for people in {city} who can lend a hand: "
	  "calls, doors, driving people to the poll. An hour is already a lot.\n\n(Ask the question.)\n\n"
	  "Thank you, and have a good day!",
	  "Bonjour, est-ce que je pourrais parler à {first_name}?\n\n"
	  "Ici {agent}. Je suis bénévole pour {operation}, et nous cherchons des gens de {city} pour donner un coup de main : "
	  "appels, porte-à-porte, transport le jour du vote. Une heure, c’est déjà beaucoup.\n\n(Posez la question.)\n\n"
	  "Merci, et bonne journée!" },
	{
	{ "single_choice", { "Would you like to lend a hand?", "Aimeriez-vous donner un coup de main?" },
	  { { "Yes, by phone", "Oui, au téléphone" }, { "Yes, door to door", "Oui, en porte-à-porte" },
	    { "Yes, on polling day", "Oui, le jour du vote" }, { "Perhaps later", "Peut-être plus tard" }, { "No", "Non" } } },
	{ 0 } },
},
};

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
		*n = (struct question){ .kind = from->kind, .text = { [LANG_EN] = from->text.en, [LANG_FR] = from->text.fr } };
		if (strcmp(n->kind, "yes_no") == 0) {
			survey_yes_no(n, NULL, a);
			continue;
		}
		n->choices = arena_alloc(a, NITEMS(from->choice) * sizeof(*n->choices));
		for (size_t c = 0; c < NITEMS(from->choice) && from->choice[c].en != NULL; c++)
			n->choices[n->nchoices++] = (struct choice){
				.text = { [LANG_EN] = from->choice[c].en, [LANG_FR] = from->choice[c].fr } };
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
		    !survey_insert_version(db, id, 1, now, &s, &version))
			return false;
	}
	return true;
}
