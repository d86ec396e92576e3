/*
 * questionnaire.h - reads tests/data/pointage-2026.tsv, a questionnaire with every kind of turn, for tests in C.
 * Lines: Q kind required en fr, then its choices: C next en fr. Ids are made from positions: question 4 has 40, its
 * second choice 42.
 */
#ifndef TESTS_QUESTIONNAIRE_H
#define TESTS_QUESTIONNAIRE_H

#include "domain/survey.h"
#include "plumb/arena.h"
#include "plumb/text.h"

#include "check.h"

#include <stdlib.h>

__attribute__((unused)) static struct survey
questionnaire(struct arena *a)
{
	struct survey s = { .version = { 7 }, .name = "Pointage 2026", .description = "", .script = { "", "" },
		.questions = arena_alloc(a, SURVEY_QUESTIONS_MAX * sizeof(struct question)) };
	FILE *f = fopen("tests/data/pointage-2026.tsv", "r");
	char line[2000];

	if (f == NULL) {
		printf("not ok - tests/data/pointage-2026.tsv: start this from the project's folder\n");
		exit(1);
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		const char *part[5];
		struct question *q;

		line[strcspn(line, "\n")] = '\0';
		if (text_split(a, line, '\t', part, 5) == 5) {
			q = &s.questions[s.nquestions++];
			*q = (struct question){ .id = { s.nquestions * 10 }, .position = (unsigned)s.nquestions, .kind = part[1],
				.required = part[2][0] == '1', .text = { [LANG_EN] = part[3], [LANG_FR] = part[4] },
				.choices = arena_alloc(a, SURVEY_CHOICES_MAX * sizeof(struct choice)) };
		} else {
			q = &s.questions[s.nquestions - 1];
			q->nchoices++;
			q->choices[q->nchoices - 1] = (struct choice){ .id = { q->id.v + q->nchoices }, .next = (int)strtol(part[1], NULL, 10),
				.text = { [LANG_EN] = part[2], [LANG_FR] = part[3] } };
		}
	}
	fclose(f);
	return s;
}

#endif
