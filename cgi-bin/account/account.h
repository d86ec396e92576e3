/*
 * account.h - the account area: the fields its forms may send, its pages.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "plumb/base.h"
#include "plumb/lang.h"

struct req;

enum {
	IN_CODE, IN_ORGANISATION, IN_NAME, IN_EMAIL, IN_PASSWORD, IN_AGAIN, IN_CURRENT,
	IN_LANGUAGE, IN_NEXT, IN_SESSION, IN_SAID, IN__MAX
};

enum http home(struct req *);
enum http setup_show(struct req *);
enum http setup_save(struct req *);
enum http sign_in_show(struct req *);
enum http sign_in_try(struct req *);
enum http sign_out(struct req *);
enum http language_set(struct req *);
enum http profile_show(struct req *);
enum http profile_save(struct req *);
enum http password_save(struct req *);
enum http session_end_one(struct req *);

/* A path of this site and nothing else; "/" when it is not one. */
const char *own_path(const char *next);
/* The cookie that says the language to pages of people who are not signed in. */
void remember_language(struct req *, enum lang);
/* The session cookie for as long as the session lives. */
void let_in(struct req *, const char *token);

#endif
