/*
 * paper_line.h - how a call is typed in from a printed sheet: a letter for the status, digits for the answers. Pure.
 */
#ifndef DOMAIN_PAPER_LINE_H
#define DOMAIN_PAPER_LINE_H

#include "domain/operation.h"
#include "domain/queue.h"
#include "domain/survey.h"

/* The letter of a status that agents may choose, the same in both languages, as it stands on the sheet; 0: of another. */
char paper_letter(enum status);
enum status paper_status(const char *letter);			/* ST_NONE: none of them */

/* Is that question asked from paper? What corrects a field of the record is not: paper has no field. */
bool paper_asks(const struct operation *, const struct question *);
/* Answered by digits: its choices from 1 on, a scale by its own numbers. */
bool paper_ticks(const struct operation *, const struct question *);
/* The digit of a choice. */
unsigned paper_digit(const struct question *, size_t choice);

/* What was typed for one call: typed[i] belongs to question i of the survey; NULL or "": nothing. */
struct paper_typed {
	unsigned row;
	enum status status;
	const char *answer[SURVEY_QUESTIONS_MAX], *note;
	int back_minute;		/* of the day, of a line "7 b 18:30"; -1: none */
};
/*
 * "7 c 2 1+3 wants a sign": row 7, completed, the second answer, the first and the third, a note. A dash passes a question over; a
 * slash begins the note. After "call back" a time of day may stand. R_NOT_A_NUMBER: it begins with no row; R_STATUS_UNKNOWN.
 */
enum refusal paper_line(const char *line, const struct operation *, const struct survey *, struct paper_typed *, struct arena *);
/*
 * The answers as queue_save takes them; survey NULL: there are no questions. A conversation follows the rules of the agent's
 * screen: "completed" needs what is required; in the specialized version the answers must lead from one question
 * to the next. *wrong: of which question the refusal is. R_NOT_A_CHOICE, R_MISSING, R_NOT_ASKED, as conversation_check.
 */
enum refusal paper_answers(const struct operation *, const struct survey *, const struct paper_typed *, const struct call_answer **out,
    size_t *n, size_t *wrong, struct arena *);

#endif
