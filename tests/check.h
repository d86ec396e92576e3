/*
 * check.h - what a test program in C needs: one line per check, and an exit code.
 *
 *	#include "check.h"
 *	int main(void)
 *	{
 *		CHECK_CASE("fact 50: at 89 minutes not offered", !offered(89));
 *		return check_done();
 *	}
 *
 * Prints `ok - name` or `not ok - name: why`; tests/run counts these lines. A program that
 * made no check at all fails: a test that cannot fail is a defect.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static unsigned check_passed_, check_failed_;

/* One line; `why` is only shown when it failed. Answers ok, so that a test can stop early. */
__attribute__((format(printf, 5, 6), unused)) static bool
check_line_(bool ok, const char *name, const char *file, int line, const char *why, ...)
{
	if (ok) {
		check_passed_++;
		printf("ok - %s\n", name);
	} else {
		char text[1000];
		va_list ap;
		va_start(ap, why);
		vsnprintf(text, sizeof(text), why, ap);
		va_end(ap);
		for (char *p = text; *p != '\0'; p++)
			if (*p == '\n' || *p == '\r')
				*p = '|';
		check_failed_++;
		printf("not ok - %s: %s (%s:%d)\n", name, text, file, line);
	}
	fflush(stdout);		/* a crash later must not swallow it */
	return ok;
}

__attribute__((unused)) static bool
check_s_(const char *name, const char *got, const char *want, const char *file, int line)
{
	bool same = got == NULL || want == NULL ? got == want : strcmp(got, want) == 0;
	return check_line_(same, name, file, line, "got \"%s\", want \"%s\"",
	    got == NULL ? "(null)" : got, want == NULL ? "(null)" : want);
}

/* CHECK: the condition is the name. CHECK_CASE: the name is the sentence to read when it fails. */
#define CHECK(cond)		check_line_((cond), #cond, __FILE__, __LINE__, "is false")
#define CHECK_CASE(name, cond)	check_line_((cond), (name), __FILE__, __LINE__, "%s", #cond)
/* With the two values shown. The names are the expressions, or a sentence with the _N forms. */
#define CHECK_EQ_U(got, want)	CHECK_EQ_U_N(#got " is " #want, (got), (want))
#define CHECK_EQ_I(got, want)	CHECK_EQ_I_N(#got " is " #want, (got), (want))
#define CHECK_EQ_S(got, want)	CHECK_EQ_S_N(#got " is " #want, (got), (want))
#define CHECK_EQ_U_N(name, got, want) do {						\
	uint64_t g_ = (got), w_ = (want);						\
	check_line_(g_ == w_, (name), __FILE__, __LINE__,				\
	    "got %" PRIu64 ", want %" PRIu64, g_, w_);					\
} while (0)
#define CHECK_EQ_I_N(name, got, want) do {						\
	int64_t g_ = (got), w_ = (want);						\
	check_line_(g_ == w_, (name), __FILE__, __LINE__,				\
	    "got %" PRId64 ", want %" PRId64, g_, w_);					\
} while (0)
#define CHECK_EQ_S_N(name, got, want) check_s_((name), (got), (want), __FILE__, __LINE__)

/* The last line of main. */
__attribute__((unused)) static int
check_done(void)
{
	if (check_passed_ + check_failed_ == 0)
		printf("not ok - this program made no check\n");
	return check_failed_ == 0 && check_passed_ > 0 ? 0 : 1;
}

#endif
