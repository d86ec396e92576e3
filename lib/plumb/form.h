/*
 * form.h - the fields a program accepts, declared once, parsed before the handler runs.
 *
 * A name that is not declared, a name given twice (without F_REPEATS), broken percent
 * encoding, invalid UTF-8 or a NUL answer 400. A value that does not fit its kind is no
 * 400: the handler finds a refusal for that field, shows it beside the field and keeps what was typed.
 */
#ifndef PLUMB_FORM_H
#define PLUMB_FORM_H

#include "plumb/base.h"
#include "plumb/refusal.h"
#include "plumb/urlenc.h"

enum field_kind {
	F_TEXT,		/* one line, trimmed; min..max characters */
	F_LINES,	/* several lines (CRLF becomes LF); min..max characters */
	F_UINT,		/* whole number, min..max */
	F_BOOL,		/* a checkbox: given at all = true */
	F_DATE,		/* YYYY-MM-DD */
	F_TIME,		/* HH:MM */
	F_CHOICE,	/* one of the words of `words`, separated by | */
	F_EMAIL,	/* trimmed, lower case, at most 190 bytes */
	F_FILE		/* multipart only: streamed to disk */
};
enum { F_REQUIRED = 1, F_REPEATS = 2, F_KEYED = 4 /* name.key=value, many keys */ };

struct field {
	const char *name;
	enum field_kind kind;
	long min, max;
	unsigned flags;
	const char *words;
};

struct req;

/* `f` is the index in the program's field table. */
bool         in_given(const struct req *, unsigned f);	/* was it sent at all (also empty) */
const char  *in_typed(const struct req *, unsigned f);	/* as typed, to show again; "" when not sent */
enum refusal in_refusal(const struct req *, unsigned f);	/* R_NONE: fits (or optional and empty) */
bool         in_blank(const struct req *, unsigned f);	/* not sent, or nothing but white space */

const char  *in_text(const struct req *, unsigned f);	/* trimmed; "" when blank or refused */
uint64_t     in_uint(const struct req *, unsigned f);	/* 0 when blank or refused */
bool         in_bool(const struct req *, unsigned f);
int          in_minute(const struct req *, unsigned f);	/* F_TIME: minute of the day, -1 when blank or refused */

/* F_REPEATS */
size_t       in_count(const struct req *, unsigned f);
const char  *in_nth(const struct req *, unsigned f, size_t n);
uint64_t     in_nth_uint(const struct req *, unsigned f, size_t n);
/* F_KEYED (keys are [A-Za-z0-9_-]{1,64}): the value for `name.key`, trimmed when it fits; what was typed when
 * it is refused, to show it again: ask in_keyed_refusal before using it. */
bool         in_keyed_given(const struct req *, unsigned f, const char *key);
const char  *in_keyed(const struct req *, unsigned f, const char *key);	/* "" when not sent */
uint64_t     in_keyed_uint(const struct req *, unsigned f, const char *key);	/* 0 when not sent or refused */
enum refusal in_keyed_refusal(const struct req *, unsigned f, const char *key);
size_t       in_keys(const struct req *, unsigned f, const char **keys, size_t max);
/* F_KEYED | F_REPEATS: several values for one key */
size_t       in_keyed_count(const struct req *, unsigned f, const char *key);
const char  *in_keyed_nth(const struct req *, unsigned f, const char *key, size_t n);

/* F_FILE: where the upload lies (the handler moves it or it goes at the request's end) */
struct upload { const char *path, *file_name; uint64_t bytes; };
bool         in_upload(const struct req *, unsigned f, struct upload *out);	/* false: none, or an empty one */
/* Takes the file: moved to `to` (same file system as conf.data), no longer removed at the end. False: logged. */
bool         upload_keep(struct req *, unsigned f, const char *to);

/* The handler's own verdict, shown like a parsed one. */
void         in_refuse(struct req *, unsigned f, enum refusal);
void         in_refuse_keyed(struct req *, unsigned f, const char *key, enum refusal);
/* No field that was sent was refused, by its kind or by the handler. A required field that was not sent at
 * all (an unticked group of radio buttons) belongs to another page as far as this knows: name such fields in IN_FIT. */
bool         in_all_fit(const struct req *);
/* These fields fit; a required one that was not sent does not: if (!IN_FIT(rq, IN_NAME, IN_VERSION)) ... */
bool         in_these_fit(const struct req *, const unsigned *f, size_t n);
#define IN_FIT(rq, ...)	in_these_fit((rq), (const unsigned[]){ __VA_ARGS__ }, \
    NITEMS(((const unsigned[]){ __VA_ARGS__ })))

#endif
