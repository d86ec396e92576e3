/*
 * fact.c - the stored words of fact.h's lists, and what makes two tellings one fact.
 */
#include "provider/fact.h"

#include <inttypes.h>

#include "plumb/seal.h"

#define AS_WORD(id, word, ...) [id] = word,
static const char *const kinds[FACT__MAX] = { FACT_KINDS(AS_WORD) };
static const char *const amds[AMD__MAX] = { AMDS(AS_WORD) };
static const char *const classes[CLASS__MAX] = { CALL_CLASSES(AS_WORD) };
static const char *const sources[SOURCE__MAX] = { FACT_SOURCES(AS_WORD) };

#define AS_OURS(id, word, ours) [id] = ours,
static const bool ours_too[FACT__MAX] = { FACT_KINDS(AS_OURS) };
#define AS_ABOUT(id, word, about) [id] = about,
static const enum about whom[CLASS__MAX] = { CALL_CLASSES(AS_ABOUT) };

/* The place of `word`; 0, which says nothing in every list, when it is not there. */
static unsigned
place(const char *const *words, unsigned n, const char *word)
{
	for (unsigned i = 0; word != NULL && i < n; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return 0;
}

const char *
fact_kind_word(enum fact_kind k)
{
	assert((unsigned)k < FACT__MAX);
	return kinds[k];
}

enum fact_kind
fact_kind_of(const char *word)
{
	return (enum fact_kind)place(kinds, FACT__MAX, word);
}

bool
fact_is_ours(enum fact_kind k)
{
	assert((unsigned)k < FACT__MAX);
	return ours_too[k];
}

const char *
amd_word(enum amd a)
{
	assert((unsigned)a < AMD__MAX);
	return amds[a];
}

enum amd
amd_of(const char *word)
{
	return (enum amd)place(amds, AMD__MAX, word);
}

const char *
call_class_word(enum call_class c)
{
	assert((unsigned)c < CLASS__MAX);
	return classes[c];
}

enum call_class
call_class_of(const char *word)
{
	return (enum call_class)place(classes, CLASS__MAX, word);
}

enum about
call_class_about(enum call_class c)
{
	assert((unsigned)c < CLASS__MAX);
	return whom[c];
}

const char *
fact_source_word(enum fact_source s)
{
	assert((unsigned)s < SOURCE__MAX);
	return sources[s];
}

enum fact_source
fact_source_of(const char *word)
{
	return (enum fact_source)place(sources, SOURCE__MAX, word);
}

void
fact_make_key(struct fact *f, const char *event_id)
{
	char text[CALL_ID_MOST + sizeof(f->word) + 200];
	int n;

	/* the parts have no '|' in them, or stand last */
	if (event_id != NULL && *event_id != '\0')
		n = snprintf(text, sizeof(text), "event|%s|%.*s", kinds[f->kind], CALL_ID_MOST, event_id);
	else
		n = snprintf(text, sizeof(text), "%s|%" PRIu64 "|%" PRIu64 "|%s|%" PRId64 "|%s|%s", sources[f->source], f->attempt,
		    f->session, kinds[f->kind], f->at_us, f->call, f->word);
	assert(n > 0 && (size_t)n < sizeof(text));
	seal_sha256(text, (size_t)n, f->key);
}
