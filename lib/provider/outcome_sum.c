/*
 * outcome_sum.c - the summing up.
 */
#include "provider/outcome_sum.h"

bool
end_explains(const struct fact *f)
{
	return f->class != CLASS_NONE && (f->class != CLASS_ANSWERED || f->proves_answer);
}

/*
 * Which of two ends counts? One that says something; one with a code before one with a word (a poll repeats the word
 * and has no code: it must not turn "declined" back into "busy"); the poll before the webhook; then by
 * class, code and time, so that the choice is the same in any order.
 */
static bool
end_beats(const struct fact *a, const struct fact *b)
{
	bool a_coded = a->sip != 0 || a->q850 != 0, b_coded = b->sip != 0 || b->q850 != 0;

	if (end_explains(a) != end_explains(b))
		return end_explains(a);
	if (a_coded != b_coded)
		return a_coded;
	if (a->source != b->source)
		return a->source > b->source;
	if (a->class != b->class)
		return a->class < b->class;
	return a->sip != b->sip ? a->sip > b->sip : a->at_us > b->at_us;
}

/* The later verdict counts; of two at the same moment the graver. */
static bool
amd_beats(const struct fact *a, const struct fact *b)
{
	return a->at_us != b->at_us ? a->at_us > b->at_us : a->amd > b->amd;
}

/* Of several refusals of one attempt: which says most about why nothing was placed. */
static unsigned
gravity(enum call_class c)
{
	static const enum call_class order[] = {
		CLASS_NONE, CLASS_RATE, CLASS_NETWORK, CLASS_REJECTED, CLASS_INVALID_NUMBER, CLASS_ACCOUNT,
	};
	unsigned i;

	for (i = 0; i < NITEMS(order) && order[i] != c; i++)
		;
	return i < NITEMS(order) ? i : 2;
}

static void
sum_end(struct sum *s, const struct fact *f)
{
	s->proved = s->proved || f->proves_answer;
	s->zero_seconds = s->zero_seconds || (f->has_seconds && f->seconds == 0);
	if (f->has_seconds && (!s->has_seconds || f->seconds > s->seconds)) {
		s->has_seconds = true;
		s->seconds = f->seconds;
	}
	if (end_explains(f)) {
		if (s->an_end == NULL)
			s->an_end = f;
		s->classes_differ = s->classes_differ || f->class != s->an_end->class;
		s->words_differ = s->words_differ || strcmp(f->word, s->an_end->word) != 0;
	}
	if (s->end == NULL || end_beats(f, s->end))
		s->end = f;
}

static void
sum_amd(struct sum *s, const struct fact *f)
{
	if (f->amd != AMD_HUMAN && f->amd != AMD_MACHINE && f->amd != AMD_FAX)
		return;
	s->human = s->human || f->amd == AMD_HUMAN;
	s->machine = s->machine || f->amd != AMD_HUMAN;
	if (s->decisive == NULL || amd_beats(f, s->decisive))
		s->decisive = f;
}

static void
sum_fact(struct sum *s, const struct fact *f)
{
	s->has[f->kind] = true;
	if (f->at_us != 0 && (s->first[f->kind] == 0 || f->at_us < s->first[f->kind]))
		s->first[f->kind] = f->at_us;
	if (f->at_us > s->last[f->kind])
		s->last[f->kind] = f->at_us;
	if (f->call[0] != '\0') {
		if (s->call == NULL)
			s->call = f->call;
		s->two_calls = s->two_calls || strcmp(s->call, f->call) != 0;
	}
	if (f->kind == FACT_ENDED)
		sum_end(s, f);
	else if (f->kind == FACT_AMD)
		sum_amd(s, f);
	else if (f->kind == FACT_REFUSED && gravity(f->class) >= gravity(s->refused))
		s->refused = f->class;
}

struct sum
sum_of(const struct fact *facts, size_t n)
{
	struct sum s = { .end = NULL };

	for (size_t i = 0; i < n; i++)
		if (facts[i].leg != LEG_AGENT && facts[i].kind > FACT_NONE && facts[i].kind < FACT__MAX)
			sum_fact(&s, &facts[i]);
	return s;
}
