/*
 * ask.c - one question at a time (fact 109), with the person's data at hand. A question about the record shows what is
 * known, and is only read out where the operation does not let agents change it.
 */
#include "plumb/arena.h"
#include "plumb/lang.h"

#include "domain/survey_field.h"

#include "tpl/ask.names.h"

#include "agent.h"

/* Both pages of a conversation: the person, how far it is, how long it lasts. */
void
talk_head(struct req *rq, struct page *pg, const struct held *held, const struct agent_screen *s, const struct talk *t,
    const struct say *say)
{
	const struct path *p = &t->path;
	unsigned done = p->number > 0 && p->about > 0 ? (p->number - 1) * 100 / p->about : 100;
	int64_t since = t->c.started_at == 0 ? 0 : rq_now(rq) - t->c.started_at;

	person_show(rq, pg, held, s, say);
	if (s != NULL && may_dial(rq, held, NULL))
		tpl_text(page_row(pg, ASK_DIAL), ASK_NUMBER, shown_number(rq, held->e164));
	page_text(pg, ASK_LINE_MS, arena_fmt(rq_arena(rq), "%lld", (long long)(since < 0 ? 0 : since / 1000)));
	page_text(pg, ASK_WIDTH, arena_fmt(rq_arena(rq), "w-p%u", done > 100 ? 100 : done));
	note_show(rq, pg, t->c.note == NULL ? "" : t->c.note, say);
	if (say->typed ? !in_blank(rq, IN_NOTE) : t->c.note != NULL && t->c.note[0] != '\0')
		page_show(pg, ASK_NOTE_OPEN);
}

/* What was typed into a refused form, else what is kept. */
static bool
picked(struct req *rq, const struct reply *kept, struct choice_id id, const struct say *say)
{
	if (say->typed) {
		for (size_t i = 0; i < in_count(rq, IN_ANSWER); i++)
			if (in_nth_uint(rq, IN_ANSWER, i) == id.v)
				return true;
		return false;
	}
	for (size_t i = 0; kept != NULL && i < kept->nchoices; i++)
		if (kept->choices[i].v == id.v)
			return true;
	return false;
}

static void
choices_show(struct req *rq, struct page *pg, const struct question *q, const struct reply *kept, enum lang lang,
    const struct say *say)
{
	struct tpl *list = page_row(pg, ASK_CHOICES);
	bool scale = strcmp(q->kind, "scale") == 0;

	if (scale)
		tpl_show(list, ASK_SCALE);
	for (size_t i = 0; i < q->nchoices; i++) {
		size_t key = scale ? (size_t)scale_number(&q->choices[i]) : i + 1;
		struct tpl *row = tpl_row(list, ASK_CHOICE);

		tpl_show(row, question_several(q) ? ASK_SOME_OF : ASK_ONE_OF);
		tpl_text(row, ASK_CHOICE_ID, digits(rq, q->choices[i].id.v));
		tpl_text(row, ASK_CHOICE_TEXT, survey_text(q->choices[i].text, lang));
		if (picked(rq, kept, q->choices[i].id, say))
			tpl_show(row, ASK_PICKED);
		if (key <= 9) {
			tpl_text(row, ASK_DIGIT, digits(rq, key));
			if (!scale)			/* there the answer is the key */
				tpl_show(row, ASK_KEY);
		}
	}
}

/* What the record says now, as far as the operation shows it. *may: and the operation lets its agents change it. */
static const char *
known_now(struct req *rq, const struct agent_screen *s, const struct question *q, bool *may)
{
	const struct field_rules *rules;
	enum person_field f = survey_field(q->field);

	*may = kept_fields(rq_db(rq), &agent_context(rq_who(rq))->op, &rules) && agent_may_edit(rules, f);
	for (size_t i = 0; s != NULL && i < s->nfields; i++)
		if (s->field[i].field == f)
			return s->field[i].value;
	return "";
}

static void
correction_put(struct page *pg, const struct question *q, const char *said)
{
	enum person_field f = survey_field(q->field);
	struct tpl *box;

	if (f == FIELD_LANGUAGE) {
		box = page_row(pg, ASK_TONGUES);
		if (said[0] != '\0')
			tpl_show(box, strcmp(said, "fr") == 0 ? ASK_FR : ASK_EN);
		return;
	}
	box = page_row(pg, f == FIELD_NOTES ? ASK_LINES : ASK_LINE_IN);
	tpl_text(box, ASK_VALUE, said);
	tpl_show(box, f == FIELD_EMAIL ? ASK_MAIL : ASK_WORDS);
}

static const char *
wrong_sentence(struct req *rq, const struct question *q, enum refusal why)
{
	enum lang lang = rq_lang(rq);

	if (why == R_NOT_A_NUMBER)	/* with decimals, unlike other numbers of forms */
		return tr(lang, "Please enter a number.");
	if (why != R_MISSING || !question_picks(q))
		return refusal_text(why, lang);
	return q->required ? tr(lang, "Choose an answer.") : tr(lang, "Choose an answer, or skip this question.");
}

static void
question_put(struct req *rq, struct page *pg, const struct agent_screen *s, const struct question *q,
    const struct reply *kept, const struct say *say)
{
	enum lang lang = written(q->text, spoken(rq, s));
	const char *text = merged(rq, s, survey_text(q->text, lang)), *said, *known = "";
	bool corrects = question_corrects(q), may = false;
	unsigned in = question_picks(q) ? IN_ANSWER : IN_SAID;
	struct tpl *box;

	page_text(pg, ASK_Q_LANG, lang_code(lang));
	if (!question_asks(q)) {
		page_text(pg, ASK_TITLE, script_title(rq, lang));
		page_show(pg, ASK_READ);
		paragraphs(rq, pg, text);
		return;
	}
	if (corrects)
		known = known_now(rq, s, q, &may);
	page_text(pg, ASK_Q_TEXT, text);
	page_show(pg, ASK_QUESTION);
	if (!q->required)
		page_show(pg, ASK_SKIP);
	if (say->typed && in_refusal(rq, in) != R_NONE)
		tpl_text(page_row(pg, ASK_WRONG), ASK_SENTENCE, wrong_sentence(rq, q, in_refusal(rq, in)));
	if (question_picks(q)) {
		if (question_several(q))
			page_show(pg, ASK_SEVERAL);
		choices_show(rq, pg, q, kept, lang, say);
		return;
	}
	if (corrects && !may) {
		page_show(pg, ASK_CLOSED_FIELD);
		return;
	}
	said = say->typed ? in_typed(rq, IN_SAID) : kept == NULL ? known : kept->text;
	if (corrects) {
		tpl_text(page_row(pg, ASK_CORRECTS), ASK_FIELD_NAME, field_label(survey_field(q->field), rq_lang(rq)));
		correction_put(pg, q, said);
		return;
	}
	box = page_row(pg, strcmp(q->kind, "text_long") == 0 ? ASK_LINES : ASK_LINE_IN);
	tpl_text(box, ASK_VALUE, said);
	if (strcmp(q->kind, "number") == 0)
		tpl_show(box, ASK_NUMERIC);
	else if (strcmp(q->kind, "date") == 0)
		tpl_show(box, ASK_DAY);
	else
		tpl_show(box, ASK_WORDS);
}

enum http
ask_page(struct req *rq, const struct held *held, const struct say *say, const struct talk *t)
{
	const struct agent_screen *shown;
	struct agent_screen screen;
	enum lang lang = rq_lang(rq);
	struct page *pg;

	if (!call_screen(rq, held, say, &screen, &shown))
		return resp_refuse(rq, R_BUSY);
	pg = call_frame(rq, "agent/ask.tpl", held, say);
	talk_head(rq, pg, held, shown, t, say);
	page_text(pg, ASK_QUESTION_ID, digits(rq, t->path.now->id.v));
	page_text(pg, ASK_PROGRESS, arena_fmt(rq_arena(rq), tr(lang, "Question %u of about %u"), t->path.number, t->path.about));
	question_put(rq, pg, shown, t->path.now, conversation_reply(&t->c, t->path.now->id), say);
	return page_send_as(pg, say->status == 0 ? HTTP_OK : say->status);
}
