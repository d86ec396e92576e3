/*
 * status.h - every status a call or an exclusion can end in. One list feeds the enum, the
 * stored number, the code, the labels in both languages and the rules. The numbers are stored in
 * attempt.status, entry.reason and recycling_rule.status: append, never reorder.
 *
 * Labels are data shown in the user's language, as domain.md 3.3; lists sort by the shown label.
 * Columns: enum, code, English, French, who sets it, what it means for the queue, reached a person?
 *   S_AUTO detected by the telephony provider; S_AGENT chosen by an agent; S_RULE an exclusion
 *   S_NOBODY none of a call: ST_CORRECTED is the attempt that takes a wrong status back (queue_correct)
 *   Q_RETRY may be called again when the operation ticks it; Q_FINAL never
 */
#ifndef DOMAIN_STATUS_H
#define DOMAIN_STATUS_H

#include "plumb/base.h"
#include "plumb/lang.h"

enum status_by { S_NOBODY, S_AUTO, S_AGENT, S_RULE };
enum status_then { Q_RETRY, Q_FINAL };

#define STATUSES(X)										\
	X(ST_NONE,            "",                "", "",                                       S_NOBODY, Q_RETRY, false)	\
	X(ST_ERROR,           "error",           "Error", "Erreur",                            S_AUTO,  Q_RETRY, false)	\
	X(ST_INVALID_NUMBER,  "invalid_number",  "Invalid Number", "Numéro invalide",          S_AUTO,  Q_RETRY, false)	\
	X(ST_NO_ANSWER_AUTO,  "no_answer_auto",  "No Answer", "Aucune réponse",                S_AUTO,  Q_RETRY, false)	\
	X(ST_CANCELED,        "canceled",        "Call Canceled", "Appel annulé",              S_AUTO,  Q_RETRY, false)	\
	X(ST_BUSY_AUTO,       "busy_auto",       "Line busy", "Ligne occupée",                 S_AUTO,  Q_RETRY, false)	\
	X(ST_VOICEMAIL_AUTO,  "voicemail_auto",  "Voicemail detected", "Boîte vocale détectée", S_AUTO, Q_RETRY, false)	\
	X(ST_REMOVE,          "remove",          "Remove from call list", "Retirer de la liste d’appels", S_AGENT, Q_RETRY, true)	\
	X(ST_NO_ANSWER,       "no_answer",       "No answer", "Aucune réponse",                S_AGENT, Q_RETRY, false)	\
	X(ST_NOT_HOME,        "not_home",        "Not at home", "Absent",                      S_AGENT, Q_RETRY, true)	\
	X(ST_CALL_BACK,       "call_back",       "Call back", "Rappeler",                      S_AGENT, Q_RETRY, true)	\
	X(ST_BUSY,            "busy",            "Line busy", "Ligne occupée",                 S_AGENT, Q_RETRY, false)	\
	X(ST_VOICEMAIL,       "voicemail",       "Voicemail", "Boîte vocale",                  S_AGENT, Q_RETRY, false)	\
	X(ST_WRONG_NUMBER,    "wrong_number",    "Wrong number", "Mauvais numéro",             S_AGENT, Q_RETRY, false)	\
	X(ST_LANGUAGE_BARRIER,"language_barrier","Language barrier", "Barrière de langue",     S_AGENT, Q_RETRY, true)	\
	X(ST_HUNG_UP,         "hung_up",         "Hung up", "A raccroché",                     S_AGENT, Q_RETRY, true)	\
	X(ST_COMPLETED,       "completed",       "Completed", "Complété",                      S_AGENT, Q_FINAL, true)	\
	X(ST_REFUSED,         "refused",         "Refused", "Refus",                           S_AGENT, Q_FINAL, true)	\
	X(ST_MOVED,           "moved",           "Moved", "Déménagé",                          S_AGENT, Q_FINAL, true)	\
	X(ST_DECEASED,        "deceased",        "Deceased", "Décédé",                         S_AGENT, Q_FINAL, true)	\
	X(ST_DNC,             "dnc",             "Do not call again", "Ne plus appeler",       S_AGENT, Q_FINAL, true)	\
	X(ST_REMOVED_VOTED,   "removed_voted",   "Removed - Already Voted", "Retiré - A déjà voté", S_RULE, Q_FINAL, false)	\
	X(ST_REMOVED_ANSWERED,"removed_answered","Removed - Already answered", "Retiré - A déjà répondu", S_RULE, Q_FINAL, false)	\
	X(ST_REMOVED_BY_HAND, "removed_by_hand", "Removed by an organiser", "Retiré par un organisateur", S_RULE, Q_FINAL, false)	\
	X(ST_CORRECTED,       "corrected",       "Status taken back by an organiser", "Statut annulé par un organisateur", S_NOBODY, Q_RETRY, false)

#define AS_STATUS(id, code, en, fr, by, then, reached) id,
enum status { STATUSES(AS_STATUS) ST__MAX };
#undef AS_STATUS

const char *status_code(enum status);
const char *status_label(enum status, enum lang);
enum status_by   status_by(enum status);
enum status_then status_then(enum status);
bool        status_reached(enum status);		/* somebody answered: counts as "reached" */
enum status status_of_code(const char *code);		/* ST_NONE when unknown */
/* The statuses one group may choose, sorted by the label in that language; returns their number. */
size_t      status_sorted(enum status_by, enum lang, enum status out[ST__MAX]);

#endif
