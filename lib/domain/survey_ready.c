/*
 * survey_ready.c - the questionnaires that come with the product, so that the wizard has something to offer on the first day.
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
};
struct ready {
	const char *name, *description;
	struct words script;
	struct ready_question question[8];
};

#define YES	{ "Yes", "Oui" }
#define NO	{ "No", "Non" }

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
	/* 1 */ { "single_choice", true, { "Can we count on your vote?", "Pouvons-nous compter sur votre vote?" },
	  { { YES, 3 }, { { "Leaning our way", "Plutôt oui" }, 2 }, { { "Undecided", "Indécis" }, 2 },
	    { NO, 6 }, { { "Refuses to say", "Refuse de répondre" }, 5 } } },
	/* 2 */ { "multiple_choice", false, { "Which issues matter to you?", "Quels enjeux comptent pour vous?" },
	  { { { "Health", "Santé" }, 0 }, { { "School", "Éducation" }, 0 }, { { "Housing", "Logement" }, 0 },
	    { { "Transport", "Transport" }, 0 }, { { "Something else", "Autre chose" }, 0 } } },
	/* 3 */ { "single_choice", true, { "What would be your 1st choice?", "Quel serait votre 1er choix?" },
	  { { { "Our party", "Notre parti" }, 4 }, { { "Another party", "Un autre parti" }, 5 }, { { "Undecided", "Indécis" }, 5 },
	    { { "Refuses to say", "Refuse de répondre" }, 5 } } },
	/* 4 */ { "multiple_choice", false, { "Would you put up a sign, volunteer, or make a contribution?",
	    "Accepteriez-vous d’installer une pancarte, de faire du bénévolat ou de contribuer?" },
	  { { { "A sign", "Une pancarte" }, 0 }, { { "Volunteering", "Du bénévolat" }, 0 }, { { "A contribution", "Une contribution" }, 0 },
	    { { "None of these", "Rien de cela" }, 0 } } },
	/* 5 */ { "yes_no", true, { "Do you need a lift to the polling place?", "Avez-vous besoin d’un transport pour aller voter?" },
	  { { YES, 7 }, { NO, 7 } } },
	/* 6 */ { "single_choice", false, { "What would be your 2nd choice?", "Quel serait votre 2e choix?" },
	  { { { "Our party", "Notre parti" }, 0 }, { { "Another party", "Un autre parti" }, 0 }, { { "Undecided", "Indécis" }, 0 },
	    { { "Refuses to say", "Refuse de répondre" }, 0 } } },
	/* 7 */ { "text_long", false, { "Anything to note? (For example the time and the address of a lift.)",
	    "Quelque chose à noter? (Par exemple l’heure et l’adresse d’un transport.)" }, { { { 0 }, 0 } } },
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
	/* 1 */ { "single_choice", true, { "Have you voted, or when will you go?", "Avez-vous voté, ou quand irez-vous?" },
	  { { { "Has voted", "A voté" }, NEXT_END }, { { "Will go this morning", "Ira ce matin" }, NEXT_END },
	    { { "Will go this afternoon", "Ira cet après-midi" }, NEXT_END }, { { "Will go this evening", "Ira ce soir" }, NEXT_END },
	    { { "Needs a lift", "A besoin d’un transport" }, 3 }, { { "Will not vote", "N’ira pas voter" }, 2 } } },
	/* 2 */ { "single_choice", true, { "What keeps you from going?", "Qu’est-ce qui vous en empêche?" },
	  { { { "Getting there", "Le déplacement" }, 3 }, { { "Health", "La santé" }, NEXT_END }, { { "No time", "Le manque de temps" }, NEXT_END },
	    { { "Not interested", "Pas d’intérêt" }, NEXT_END }, { { "Refuses to say", "Refuse de répondre" }, NEXT_END } } },
	/* 3 */ { "text_short", false, { "Where and at what time may we pick you up?", "Où et à quelle heure pouvons-nous passer vous prendre?" },
	  { { { 0 }, 0 } } },
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
	/* 1 */ { "single_choice", true, { "Would you like to renew your membership?", "Souhaitez-vous renouveler votre adhésion?" },
	  { { { "Yes, online", "Oui, en ligne" }, 2 }, { { "Yes, by mail", "Oui, par la poste" }, NEXT_END },
	    { { "Renewed already", "Déjà renouvelée" }, NEXT_END }, { { "Later", "Plus tard" }, NEXT_END }, { NO, 3 } } },
	/* 2 */ { "yes_no", true, { "Is the e-mail address that we have still right? (If not, correct it in the record.)",
	    "L’adresse courriel que nous avons est-elle toujours la bonne? (Sinon, corrigez-la dans la fiche.)" },
	  { { YES, NEXT_END }, { NO, NEXT_END } } },
	/* 3 */ { "text_long", false, { "May I note why? (Do not insist.)", "Puis-je noter pourquoi? (N’insistez pas.)" }, { { { 0 }, 0 } } },
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
	/* 1 */ { "single_choice", true, { "Would you like to make a contribution this year?", "Aimeriez-vous faire une contribution cette année?" },
	  { { { "Yes, online", "Oui, en ligne" }, 2 }, { { "Yes, by cheque", "Oui, par chèque" }, 2 },
	    { { "Gave already", "A déjà donné" }, NEXT_END }, { { "Call again later", "Rappeler plus tard" }, NEXT_END }, { NO, NEXT_END } } },
	/* 2 */ { "text_short", false, { "How much do you have in mind?", "Quel montant avez-vous en tête?" }, { { { 0 }, 0 } } },
	/* 3 */ { "info", false, { "Thank you, {first_name}! The contribution must come from your own money, and is made of your own free will.",
	    "Merci, {first_name}! La contribution doit venir de vos propres fonds, et elle est faite volontairement." }, { { { 0 }, 0 } } },
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
	/* 1 */ { "single_choice", true, { "Would you like to lend a hand?", "Aimeriez-vous donner un coup de main?" },
	  { { { "Yes, by phone", "Oui, au téléphone" }, 2 }, { { "Yes, door to door", "Oui, en porte-à-porte" }, 2 },
	    { { "Yes, on polling day", "Oui, le jour du vote" }, 3 }, { { "Perhaps later", "Peut-être plus tard" }, NEXT_END },
	    { NO, NEXT_END } } },
	/* 2 */ { "multiple_choice", false, { "When are you free?", "Quand êtes-vous libre?" },
	  { { { "Weekdays", "La semaine, de jour" }, 0 }, { { "Evenings", "Le soir" }, 0 }, { { "Weekends", "La fin de semaine" }, 0 } } },
	/* 3 */ { "text_short", false, { "Is there anything that we should know?", "Y a-t-il quelque chose que nous devrions savoir?" }, { { { 0 }, 0 } } },
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
		*n = (struct question){ .kind = from->kind, .required = from->required,
		    .text = { [LANG_EN] = from->text.en, [LANG_FR] = from->text.fr },
		    .choices = arena_alloc(a, NITEMS(from->choice) * sizeof(*n->choices)) };
		for (size_t c = 0; c < NITEMS(from->choice) && from->choice[c].text.en != NULL; c++)
			n->choices[n->nchoices++] = (struct choice){ .next = from->choice[c].next,
				.text = { [LANG_EN] = from->choice[c].text.en, [LANG_FR] = from->choice[c].text.fr } };
		if (strcmp(n->kind, "yes_no") == 0)
			survey_yes_no(n, NULL, a);
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
