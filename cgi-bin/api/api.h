/*
 * api.h - the JSON API: what other programs may ask, with a token. Described by htdocs/api/v1/openapi.json, which the
 * tests hold every answer against.
 */
#ifndef API_H
#define API_H

#include "plumb/base.h"
#include "plumb/json.h"
#include "plumb/req.h"

#include "domain/operation.h"
#include "domain/token.h"

enum { IN_CURSOR, IN_KIND, IN_FILE_NUMBER, IN_ARCHIVED, IN__MAX };

enum http operations_get(struct req *);
enum http operation_get(struct req *);
enum http entries_get(struct req *);
enum http changes_get(struct req *);
enum http attempts_get(struct req *);
enum http person_find(struct req *);
enum http person_get(struct req *);
enum http person_change(struct req *);
enum http people_post(struct req *);
enum http import_get(struct req *);

/* Has the token that scope? False: *answer is the refusal. */
bool may(struct req *, enum token_scope, enum http *answer);
/* "2026-11-28T18:00:00Z"; null for 0. */
void put_moment(struct req *, struct json *, const char *key, int64_t at);
/* A refusal that names the field, or the object of a list. */
enum http refuse_at(struct req *, enum refusal, const char *field, int64_t index);

#endif
