/*
 * survey.h - questionnaires: list, editor, preview, versions.
 *
 * With ?operation=ID the pages belong to that operation's wizard: they lead back to its page 4 (fact 37).
 */
#ifndef SURVEY_H
#define SURVEY_H

#include "plumb/base.h"
#include "plumb/page.h"
#include "plumb/req.h"
#include "plumb/tpl.h"

#include "domain/survey.h"

enum { IN_GO, IN_OPERATION, IN_NAME, IN_DESCRIPTION, IN_SCRIPT_EN, IN_SCRIPT_FR, IN_QUESTIONS, IN_STABLE, IN_KIND, IN_REQUIRED,
	IN_TEXT_EN, IN_TEXT_FR, IN_FIELD, IN_SCALE_FROM, IN_SCALE_TO, IN_LOW_EN, IN_LOW_FR, IN_HIGH_EN, IN_HIGH_FR, IN_SCALE_NEXT, IN_YES_NEXT, IN_NO_NEXT, IN_ANSWERS, IN_ANSWER, IN_CHOICE_EN, IN_CHOICE_FR, IN_NEXT, IN_BASE, IN_BASE_NAME, IN_VERSION, IN__MAX };

/*
 * One question as it stands in the form. A branch holds a question's place in this form (from 1), 0, NEXT_END or NEXT_GONE;
 * the buttons that move and remove questions keep it at the same question.
 */
enum { SCALE_NONE = 100 };
struct draft_choice { uint64_t stable; const char *text[LANG__MAX]; int next; };
struct draft_question {
	uint64_t stable;
	const char *kind, *text[LANG__MAX];
	bool required;
	int yes, no;			/* where a yes/no question leads */
	const char *field;		/* of the record, for field_update; "" none chosen */
	int from, to;			/* of a scale; SCALE_NONE: what was typed is no number */
	const char *low[LANG__MAX], *high[LANG__MAX];
	int scale_next[SCALE_MOST + 1];
	struct draft_choice choice[SURVEY_CHOICES_MAX];
	size_t nchoices;		/* rows of the form, blank ones too */
};
struct draft {
	const char *name, *description, *script[LANG__MAX];
	struct draft_question question[SURVEY_QUESTIONS_MAX];
	size_t n;
};

/* --- draft.c: between a survey and the form --- */
void draft_blank(struct draft *);
void draft_question_blank(struct draft_question *);	/* buttons.c */
void draft_of_survey(const struct survey *, struct draft *, struct arena *);
void draft_typed(const struct req *, struct draft *);
/* As a survey that can be checked and saved; rows that nobody used leave the draft too. `was`: the stored survey, or NULL. */
void draft_survey(struct draft *, const struct survey *was, struct survey *out, struct arena *);

/* --- buttons.c --- */
/* Answers `pressed` was a button that changes the form (add, insert.N, copy.N, up.N, down.N, move.N-M, remove.N, answer.N,
 * raise.N-C, drop.N-C), and does it. */
bool draft_button(const struct req *, struct draft *);

/* --- words.c: what is said about questions and branches --- */
struct kind_word { const char *kind, *label; };
extern const struct kind_word kind_words[];	/* in the order in which they are offered; labels for tr */
extern const size_t nkind_words;
const char *kind_label(const char *kind, enum lang);
/* "Next question", "End of the questionnaire", "Question 4: Have you..." (text: of the question it leads to, or NULL). */
const char *branch_label(struct req *, int next, const char *const text[LANG__MAX]);
/* "This merge field does not exist. {x}"; the same after its place, "Question 3, answer 2: ..."; the id of its input. */
const char *wrong_sentence(struct req *, const struct survey_wrong *);
const char *wrong_line(struct req *, const struct draft *, const struct survey_wrong *);
const char *wrong_input(struct req *, const struct draft *, const struct survey_wrong *);

/* --- flow.c --- */
/* The picture of the way through the questions and the same in words, as {{>FLOW}}; question N of it is at #question-(first + N). */
void flow_show(struct req *, struct page *, const struct survey *, unsigned first);

/* --- versions.c --- */
enum http versions_show(struct req *);
/* "Version 3, by Marie, 21 November at 14:05." */
const char *version_words(struct req *, const struct survey *);
/* list.c */
enum http copy_show(struct req *);
enum http copy_save(struct req *);

/* --- rows.c: the editor's questions --- */
struct wrongs { const struct survey_wrong *list; size_t n; };
void rows_questions(struct req *, struct page *, const struct draft *, struct wrongs, struct wrongs advice);
/* The sentence about one part into section `section`; only the first: one at a time. True: there is one. */
bool rows_say(struct req *, struct tpl *, const char *section, struct wrongs, enum survey_part, int question, int choice);

/* "?operation=7", or "". */
const char *with_operation(struct req *);
/* The wizard's page 4 or the list. */
const char *way_back(struct req *);

enum http list_show(struct req *);
enum http preview_show(struct req *);
enum http new_show(struct req *);
enum http new_save(struct req *);
enum http edit_show(struct req *);
enum http edit_save(struct req *);

#endif
