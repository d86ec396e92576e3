/*
 * survey.h - questionnaires: list, plain editor, preview.
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

enum { IN_GO, IN_OPERATION, IN_NAME, IN_DESCRIPTION, IN_SCRIPT_EN, IN_SCRIPT_FR, IN_QUESTIONS, IN_STABLE, IN_KIND, IN_TEXT_EN,
	IN_TEXT_FR, IN_CHOICES_EN, IN_CHOICES_FR, IN__MAX };

/* One question as it stands in the form; choices one per line. */
struct draft_question { uint64_t stable; const char *kind, *text[LANG__MAX], *choices[LANG__MAX]; };
struct draft {
	const char *name, *description, *script[LANG__MAX];
	struct draft_question question[SURVEY_QUESTIONS_MAX];
	size_t n;
};

/* --- draft.c: between a survey and the form --- */
void draft_blank(struct draft *);
void draft_of_survey(const struct survey *, struct draft *, struct arena *);
void draft_typed(const struct req *, struct draft *);
/* Answers `pressed` was a button that changes the form (add, up.N, down.N, remove.N), and does it. */
bool draft_button(const struct req *, struct draft *);
/* As a survey that can be checked and saved. Answers keep their stable id when they keep their text, or, with as many lines
 * as before, their place. `was`: the stored survey, or NULL. */
void draft_survey(const struct draft *, const struct survey *was, struct survey *out, struct arena *);

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
