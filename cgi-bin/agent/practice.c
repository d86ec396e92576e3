/*
 * practice.c - an operation rehearsed on invented people (domain/practice.h): the way in, the band that never leaves the
 * screen, what a volunteer does next, and what the invented person does when they are called.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/practice.h"

#include "tpl/practice.names.h"
#include "tpl/who.names.h"

#include "agent.h"

bool
in_practice(struct req *rq)
{
	return agent_context(rq_who(rq))->practice_of.v != 0;
}

/* "Practise first"; from within a practice it leads back to it. */
enum http
practice_post(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));
	struct operation_id id = cx->op.id;
	enum refusal why = R_NONE;

	if (!in_practice(rq))
		switch (practice_start(rq_db(rq), &cx->op, rq_who(rq), rq_now(rq), &id, &why, rq_arena(rq))) {
		case SAVED:
		case ALREADY:	break;
		case REFUSED:	return resp_refuse(rq, why);
		case UNSURE:
		case NOT_SAVED:	return resp_refuse(rq, R_BUSY);
		}
	return resp_redirect(rq, arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)id.v));
}

/* On to the operation itself; a visitor of the practice link knows none. */
enum http
practice_stop(struct req *rq)
{
	const struct agent_context *cx = agent_context(rq_who(rq));

	if (!practice_end(rq_db(rq), cx->op.id, rq_now(rq)))
		return resp_refuse(rq, R_BUSY);
	return resp_redirect(rq, cx->visitor ? "/practice/over" :
	    arena_fmt(rq_arena(rq), "/agent/%llu", (unsigned long long)cx->practice_of.v));
}

/* --- what the page says --- */

void
practice_show(struct req *rq, struct page *pg, const char *template)
{
	static const struct { const char *template, *step; } steps[] = {
		{ "agent/call.tpl", N_("Press Call and see what happens. Then note the answer, or say how it went: the next invented person comes.") },
		{ "agent/reach.tpl", N_("Press Call and see what happens. If somebody speaks, start the conversation; if not, say how it went.") },
		{ "agent/ask.tpl", N_("Read the question out, make up what the person answers, and choose it. Back takes you to the question before.") },
		{ "agent/close.tpl", N_("Say how it ended and save: the next invented person comes.") },
	};
	struct tpl *t;

	if (!in_practice(rq))
		return;
	t = part_show(rq, page_tpl(pg), "PRACTICE", "practice");
	tpl_text(t, PRACTICE_OPERATION_ID, digits(rq, rq_id(rq)));
	tpl_text(t, PRACTICE_CSRF, rq_csrf(rq));
	tpl_show(t, agent_context(rq_who(rq))->visitor ? PRACTICE_VISITOR : PRACTICE_MEMBER);
	for (size_t i = 0; i < NITEMS(steps); i++)
		if (strcmp(steps[i].template, template) == 0)
			tpl_text(tpl_row(t, PRACTICE_STEP), PRACTICE_WORDS, tr(rq_lang(rq), steps[i].step));
}

static const char *const stories[STORY__MAX] = {
	[STORY_TALKS]        = N_("Somebody answers, friendly and in no hurry. Say what the script says, ask the questions and make up the answers."),
	[STORY_VOICEMAIL]    = N_("After a few rings a recorded voice asks you to leave a message."),
	[STORY_RINGS]        = N_("It rings for a long time. Nobody answers."),
	[STORY_BUSY]         = N_("You hear the busy tone."),
	[STORY_WRONG_NUMBER] = N_("“You have the wrong number. Nobody here has that name.”"),
	[STORY_LATER]        = N_("“This is a bad moment. Could you call me back tomorrow evening?”"),
	[STORY_REFUSES]      = N_("“Thank you, but I do not answer questions on the phone.”"),
	[STORY_NEVER]        = N_("“Do not call me again, ever. Take me off your list.”"),
	[STORY_NOT_HOME]     = N_("Somebody else answers: the person you ask for is out."),
	[STORY_LANGUAGE]     = N_("Somebody answers, in a language that you do not speak."),
	[STORY_MOVED]        = N_("“They do not live here any more. They moved away last summer.”"),
	[STORY_HANGS_UP]     = N_("Somebody answers, hears who you are, and hangs up."),
	[STORY_NO_NUMBER]    = N_("A recorded voice: the number you have dialled is not in service."),
};

/* By their own phone, the pretend button tells all; from the software the line itself shows whether somebody answers. */
void
practice_story_show(struct req *rq, struct tpl *open, const struct held *held)
{
	enum practice_story s = practice_story_of(held->e164);

	if (!in_practice(rq))
		return;
	if (agent_context(rq_who(rq))->op.method != OP_SOFTWARE)
		tpl_text(tpl_row(open, WHO_PRETEND), WHO_STORY, tr(rq_lang(rq), stories[s]));
	else if (practice_answered(s))
		tpl_text(tpl_row(open, WHO_SPEAKS), WHO_STORY, tr(rq_lang(rq), stories[s]));
}
