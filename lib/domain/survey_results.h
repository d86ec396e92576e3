/*
 * survey_results.h - what people answered in one operation, question by question.
 *
 * A person counts once per question, with the newest call in which they answered it; calls taken back are none. Without a day the numbers are
 * counters kept with every answer (sql/021): their cost is that of questions, answers and agents, not of calls. With a
 * day, that day's calls are read by their index, and a person counts with the newest answer of that day.
 * Questions are the same one in every version that has their stable id.
 */
#ifndef DOMAIN_SURVEY_RESULTS_H
#define DOMAIN_SURVEY_RESULTS_H

#include "domain/operation.h"
#include "domain/survey.h"

#define RESULT_VERSIONS	30	/* the newest that have answers */

struct results_wish {
	struct operation_id operation;
	struct user_id agent;		/* v = 0: of all */
	struct version_id version;	/* v = 0: all versions together */
	int64_t from, to;		/* calls saved from .. before; 0, 0: all days */
};

struct result_answer { uint64_t stable; const char *text[LANG__MAX]; uint64_t people; };
struct result {
	uint64_t stable;
	const char *kind, *text[LANG__MAX];
	unsigned since;			/* the number of the newest version that has it */
	uint64_t people;		/* who answered it */
	struct result_answer *answers;	/* of its choices, those nobody gave too; none for texts, numbers, days */
	size_t nanswers;
};
/* In the order of the questionnaire as the operation uses it, then what only earlier versions asked; texts to read out not. */
bool survey_results(struct db *, const struct operation *, const struct results_wish *, struct result **out, size_t *n, struct arena *);

/* The versions with answers in that operation, the newest first; those who took them, by name. */
struct result_version { struct version_id id; unsigned number; };
bool survey_result_versions(struct db *, struct operation_id, struct result_version **out, size_t *n, struct arena *);
struct result_agent { struct user_id id; const char *name; };
bool survey_result_agents(struct db *, struct operation_id, struct result_agent **out, size_t *n, struct arena *);

/* --- answers in words: personal data, for owners --- */

#define RESULT_TEXTS	25
#define RESULT_LOOK	3000	/* calls looked through for one page */
struct result_text { uint64_t attempt; int64_t at; const char *text, *agent; };
/* Those of a question in any version, the newest first, of calls before `before` (0: from the newest), at most RESULT_TEXTS.
 * *older: what to give as `before` for the next page, 0: that was all. A page may hold few, and there may be older ones. */
bool survey_result_texts(struct db *, const struct results_wish *, uint64_t stable, uint64_t before, struct result_text **out, size_t *n,
    uint64_t *older, struct arena *);

/* For tocsin audit: the counters against the answers themselves, a line per difference; *wrong grows by them. Reads every answer. */
bool survey_results_audit(struct db *, struct operation_id, FILE *out, uint64_t *wrong, struct arena *);

#endif
