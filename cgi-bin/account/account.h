/*
 * account.h - the account area: the fields its forms may send, its pages.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "plumb/base.h"
#include "plumb/lang.h"

#include "domain/ids.h"
#include "plumb/who.h"

struct page;
struct req;
struct staff;
struct tpl;

enum {
	IN_CODE, IN_ORGANISATION, IN_NAME, IN_EMAIL, IN_PASSWORD, IN_AGAIN, IN_CURRENT,
	IN_LANGUAGE, IN_NEXT, IN_SESSION, IN_SAID,
	IN_TICKET, IN_STEP_CODE, IN_DO, IN_ROLE, IN_Q, IN_WHO, IN_AFTER, IN_USER, IN_DAY, IN_AT, IN_BEFORE,
	IN_TOKEN, IN_TOKEN_DO, IN_TOKEN_KEY, IN_TOKEN_NAME, IN_SCOPE,
	IN_URL, IN_OPERATION, IN_ANSWERS, IN_HOOK_DO, IN_ALARMS, IN_ZONE, IN_SEEN, IN__MAX
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
enum http alarms_save(struct req *);
enum http session_end_mine(struct req *);
enum http second_step_try(struct req *);
enum http tokens_show(struct req *);
enum http tokens_save(struct req *);
enum http webhooks_show(struct req *);
enum http webhook_new_show(struct req *);
enum http webhook_new_save(struct req *);
enum http webhook_show(struct req *);
enum http webhook_save(struct req *);
enum http two_factor_show(struct req *);
enum http two_factor_save(struct req *);
enum http two_factor_qr(struct req *);
enum http welcome_show(struct req *);
enum http welcome_save(struct req *);
enum http users_show(struct req *);
enum http users_save(struct req *);
enum http user_show(struct req *);
enum http user_save(struct req *);
enum http audit_show(struct req *);
enum http organisation_show(struct req *);
enum http organisation_save(struct req *);

/* Where a user is signed in, in {{>SESSIONS}}; `action` takes the form that ends one. False: the database failed. */
bool sessions_show(struct req *, struct page *, struct user_id, const char *action);
/* users.c: words about a user, and the choices of a role in section CHOICE. */
const char *role_label(struct req *, enum role);
const char *about_user(struct req *, const struct staff *);
void role_choices(struct req *, struct tpl *parent, enum role chosen, bool what);
/* audit_words.c: "paused an operation" */
const char *verb_words(enum lang, const char *verb);

/* A path of this site and nothing else; "/" when it is not one. */
const char *own_path(const char *next);
/* The cookie that says the language to pages of people who are not signed in. */
void remember_language(struct req *, enum lang);
/* The session cookie for as long as the session lives. */
void let_in(struct req *, const char *token);

#endif
