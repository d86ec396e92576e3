/*
 * refusal.h - every reason for which Tocsin says no, once: code, HTTP status, stored key,
 * and the sentence shown (English key for gettext; a sentence stands
 * beside its field).
 * plumb's form parser, the domain verbs, JSON answers, import reports and tests share it.
 */
#ifndef PLUMB_REFUSAL_H
#define PLUMB_REFUSAL_H

#include "plumb/base.h"
#include "plumb/lang.h"

#define REFUSALS(X)									\
	X(R_NONE,             HTTP_OK,            "",                   "")		\
	/* form fields */								\
	X(R_MISSING,          HTTP_UNPROCESSABLE, "missing",            N_("Please fill this in."))	\
	X(R_TOO_LONG,         HTTP_UNPROCESSABLE, "too_long",           N_("This is too long."))	\
	X(R_TOO_SHORT,        HTTP_UNPROCESSABLE, "too_short",          N_("This is too short."))	\
	X(R_NOT_A_NUMBER,     HTTP_UNPROCESSABLE, "not_a_number",       N_("Please enter a whole number."))	\
	X(R_OUT_OF_RANGE,     HTTP_UNPROCESSABLE, "out_of_range",       N_("This number is too small or too large."))	\
	X(R_NOT_A_DATE,       HTTP_UNPROCESSABLE, "not_a_date",         N_("Please enter a date that exists."))	\
	X(R_NOT_A_TIME,       HTTP_UNPROCESSABLE, "not_a_time",         N_("Please enter a time, for example 17:30."))	\
	X(R_NOT_A_CHOICE,     HTTP_UNPROCESSABLE, "not_a_choice",       N_("Please choose one of the possibilities."))	\
	X(R_NOT_AN_EMAIL,     HTTP_UNPROCESSABLE, "not_an_email",       N_("This does not look like an e-mail address."))	\
	X(R_NOT_TEXT,         HTTP_UNPROCESSABLE, "not_text",           N_("This contains characters that cannot be kept."))	\
	/* requests */									\
	X(R_BAD_REQUEST,      HTTP_BAD,           "bad_request",        N_("The request could not be understood."))	\
	X(R_NOT_SIGNED_IN,    HTTP_FORBIDDEN,     "not_signed_in",      N_("Please sign in first."))	\
	X(R_TWO_FACTOR_FIRST, HTTP_FORBIDDEN,     "two_factor_first",   N_("Your organisation asks for a second step when you sign in. Set it up in your profile first."))	\
	X(R_NOT_ALLOWED,      HTTP_FORBIDDEN,     "not_allowed",        N_("You do not have access to this page."))	\
	X(R_NO_TOKEN,         HTTP_NO_TOKEN,      "no_token",           N_("This address needs a token that is in use: Authorization: Bearer ..."))	\
	X(R_SCOPE,            HTTP_FORBIDDEN,     "scope",              N_("This token may not do that. Make one with the scope it needs."))	\
	X(R_CURSOR,           HTTP_BAD,           "cursor",             N_("This cursor is not one of this list, or it points behind everything there is. Begin again without it."))	\
	X(R_CURSOR_OLD,       HTTP_GONE,          "cursor_old",         N_("This cursor is from before what is still kept, sixty days. Begin again without it: everybody on the list comes once."))	\
	X(R_FORM_TOO_OLD,     HTTP_FORBIDDEN,     "form_too_old",       N_("This page was open too long. Go back, reload it and try again; nothing was saved."))	\
	X(R_NOT_FOUND,        HTTP_NOT_FOUND,     "not_found",          N_("There is nothing at this address."))	\
	X(R_BAD_METHOD,       HTTP_BAD_METHOD,    "bad_method",         N_("This address does not answer this kind of request."))	\
	X(R_TOO_LARGE,        HTTP_TOO_LARGE,     "too_large",          N_("What was sent is too large."))	\
	X(R_BAD_TYPE,         HTTP_BAD_TYPE,      "bad_type",           N_("The request has a form that this address does not take."))	\
	X(R_FAILED,           HTTP_FAIL,          "failed",             N_("Something went wrong on our side. Please try again; if it happens again, tell the person who looks after Tocsin the number below."))	\
	X(R_BUSY,             HTTP_UNAVAILABLE,   "busy",               N_("The server is busy or restarting. Please try again in a moment; nothing was lost."))	\
	/* signing in */								\
	X(R_WRONG_PASSWORD,   HTTP_UNPROCESSABLE, "wrong_password",     N_("The e-mail address or the password is not right."))	\
	X(R_SIGNIN_PAUSED,    HTTP_TOO_MANY,      "signin_paused",      N_("Too many tries. Please wait a few minutes and try again."))	\
	X(R_EMAIL_TAKEN,      HTTP_CONFLICT,      "email_taken",        N_("Somebody already uses this e-mail address."))	\
	X(R_WRONG_STEP_CODE,  HTTP_UNPROCESSABLE, "wrong_step_code",    N_("This code is not right, or its time is over. Type the one that your telephone shows now."))	\
	X(R_LAST_ADMINISTRATOR, HTTP_CONFLICT,    "last_administrator", N_("There must be at least one administrator. Make somebody else an administrator first."))	\
	X(R_JOINS_PAUSED,     HTTP_TOO_MANY,      "joins_paused",       N_("Many people have joined from where you are. Please try again in some minutes."))	\
	X(R_WRONG_CODE,       HTTP_UNPROCESSABLE, "wrong_code",         N_("This code is not right, or was used already."))	\
	X(R_NOT_THIS_PASSWORD, HTTP_UNPROCESSABLE, "not_this_password", N_("This is not your current password."))	\
	X(R_PASSWORDS_DIFFER, HTTP_UNPROCESSABLE, "passwords_differ",   N_("The two passwords are not the same."))	\
	X(R_PASSWORD_SHORT,   HTTP_UNPROCESSABLE, "password_short",     N_("Please use at least 10 characters. A few words in a row are easy to remember."))	\
	/* sharing */									\
	X(R_LAST_OWNER,       HTTP_CONFLICT,      "last_owner",         N_("An operation needs at least one owner. Make somebody else an owner first."))	\
	X(R_DAY_PAST,         HTTP_UNPROCESSABLE, "day_past",           N_("This day is over."))	\
	X(R_LINK_ENDED,       HTTP_CONFLICT,      "link_ended",         N_("This link no longer works. Ask the person who gave it to you for a new one."))	\
	/* phone numbers */								\
	X(R_PHONE_WORDS,      HTTP_UNPROCESSABLE, "phone_words",        N_("This is not a phone number."))	\
	X(R_PHONE_LETTERS,    HTTP_UNPROCESSABLE, "phone_letters",      N_("This phone number has letters among its digits."))	\
	X(R_PHONE_EMERGENCY,  HTTP_UNPROCESSABLE, "phone_emergency",    N_("This is an emergency number."))	\
	X(R_PHONE_IMPOSSIBLE, HTTP_UNPROCESSABLE, "phone_impossible",   N_("This phone number is too short, too long or not possible."))	\
	/* operations */								\
	X(R_END_BEFORE_START, HTTP_UNPROCESSABLE, "end_before_start",   N_("The end must be after the start."))	\
	X(R_CLOSES_BEFORE_OPENS, HTTP_UNPROCESSABLE, "closes_before_opens", N_("Calls must end later in the day than they start; hours cannot pass midnight."))	\
	X(R_NO_DAY,           HTTP_UNPROCESSABLE, "no_day",             N_("Tick at least one day of the week."))	\
	X(R_CURFEW,           HTTP_UNPROCESSABLE, "curfew",             N_("Who asks for money may not call at these hours: keep to the hours of the rules you chose."))	\
	X(R_PAGE_CHANGED,     HTTP_CONFLICT,      "page_changed",       N_("Another owner has changed this page meanwhile. What you typed is still here; nothing was saved yet."))	\
	X(R_NO_LIST,          HTTP_UNPROCESSABLE, "no_list",            N_("Add a list of people first: without one there is nobody to call."))	\
	X(R_NO_PROVIDER,      HTTP_UNPROCESSABLE, "no_provider",        N_("No telephony provider is set up, so calls cannot be placed from the software."))	\
	X(R_NO_BROWSER,       HTTP_UNPROCESSABLE, "no_browser_calls",   N_("The connection of this number is not set up for calls in the browser. An administrator can do it."))	\
	X(R_NO_VERSION,       HTTP_UNPROCESSABLE, "no_version",         N_("Choose a version first."))	\
	X(R_NO_SOURCE,        HTTP_UNPROCESSABLE, "no_source",          N_("Choose where the people come from first."))	\
	X(R_NO_DETAILS,       HTTP_UNPROCESSABLE, "no_details",         N_("Fill in the details first."))	\
	X(R_NO_QUESTION,      HTTP_UNPROCESSABLE, "no_question",        N_("Choose the question that agents ask first."))	\
	X(R_NO_SURVEY,        HTTP_UNPROCESSABLE, "no_survey",          N_("Choose a set of questions first."))	\
	X(R_NO_ONE_ANSWER,    HTTP_UNPROCESSABLE, "no_one_answer",      N_("The original version asks one question with a single choice or yes / no; this set has none."))	\
	X(R_OTHER_SURVEY,     HTTP_UNPROCESSABLE, "other_survey",       N_("All questions must be of the same questionnaire."))	\
	X(R_CALLS_SAVED,      HTTP_CONFLICT,      "calls_saved",        N_("This cannot change any more: calls have been saved."))	\
	X(R_LIST_LOADED,      HTTP_CONFLICT,      "list_loaded",        N_("This cannot change any more: a list of people is loaded."))	\
	X(R_WRONG_STATE,      HTTP_CONFLICT,      "wrong_state",        N_("The operation is not in a state that allows this."))	\
	/* questionnaires */								\
	X(R_MERGE_UNKNOWN,    HTTP_UNPROCESSABLE, "merge_unknown",      N_("This merge field does not exist."))	\
	X(R_FEW_CHOICES,      HTTP_UNPROCESSABLE, "few_choices",        N_("Give at least two answers to choose from."))	\
	X(R_TOO_MANY_PARTS,   HTTP_UNPROCESSABLE, "too_many_parts",     N_("This is more than fits: 20 questions, 20 answers each."))	\
	X(R_ONE_LANGUAGE,     HTTP_UNPROCESSABLE, "one_language",       N_("This answer is missing in one language."))	\
	X(R_CHOICE_BLANK,     HTTP_UNPROCESSABLE, "choice_blank",       N_("Write this answer, or remove it."))	\
	X(R_BRANCH_GONE,      HTTP_UNPROCESSABLE, "branch_gone",        N_("This leads to a question that was removed. Choose where to go."))	\
	X(R_BRANCH_BACK,      HTTP_UNPROCESSABLE, "branch_back",        N_("This leads back, and the conversation could go in circles. Choose a later question."))	\
	X(R_UNREACHABLE,      HTTP_UNPROCESSABLE, "unreachable",        N_("No answer leads to this question: it is never asked."))	\
	X(R_NOT_TRANSLATED,   HTTP_UNPROCESSABLE, "not_translated",     N_("Nothing is written in this language; the text in the other one is used."))	\
	X(R_BAD_SCALE,        HTTP_UNPROCESSABLE, "bad_scale",          N_("A scale goes from a smaller to a larger number, between 0 and 10."))	\
	X(R_NO_FIELD,         HTTP_UNPROCESSABLE, "no_field",           N_("Choose which field of the record this corrects."))	\
	X(R_SURVEY_CHANGED,   HTTP_CONFLICT,      "survey_changed",     N_("Somebody else saved this questionnaire meanwhile."))	\
	/* calling */									\
	X(R_OUTSIDE_HOURS,    HTTP_CONFLICT,      "outside_hours",      N_("Calls are closed at this hour."))	\
	X(R_NOT_STARTED,      HTTP_CONFLICT,      "not_started",        N_("This operation has not started yet."))	\
	X(R_ENDED,            HTTP_CONFLICT,      "ended",              N_("This operation has ended."))	\
	X(R_PAUSED,           HTTP_CONFLICT,      "paused",             N_("This operation is paused."))	\
	X(R_NO_LINE,          HTTP_CONFLICT,      "no_line",            N_("Connect your phone first."))	\
	X(R_LINE_CLOSING,     HTTP_CONFLICT,      "line_closing",       N_("Your line from before is being closed. Try again in a moment."))	\
	X(R_LINE_TAKEN,       HTTP_CONFLICT,      "line_taken",         N_("You have a line already. Hang it up first."))	\
	X(R_DIALING_PAUSED,   HTTP_CONFLICT,      "dialing_paused",     N_("Calls from the software are paused. An administrator has been told why on the connection’s page."))	\
	X(R_CALL_OVER,        HTTP_CONFLICT,      "call_over",          N_("This person has just been called. Say how it went."))	\
	X(R_CALL_UNDER_WAY,   HTTP_CONFLICT,      "call_under_way",     N_("A call to this person is under way: nobody is taken out of a call. Wait until it has ended."))	\
	X(R_NO_POWER,         HTTP_CONFLICT,      "no_power",           N_("Power mode is not allowed for this connection, or not where this operation’s rules apply."))	\
	X(R_BUDGET,           HTTP_CONFLICT,      "budget",             N_("This month’s budget for calls is used up."))	\
	X(R_STATUS_UNKNOWN,   HTTP_UNPROCESSABLE, "status_unknown",     N_("Please choose how the call went."))	\
	X(R_CALLBACK_OUTSIDE, HTTP_UNPROCESSABLE, "callback_outside",   N_("This time is outside the operation's dates or hours."))	\
	X(R_CALLBACK_PAST,    HTTP_UNPROCESSABLE, "callback_past",      N_("This time is already over."))	\
	X(R_UNDO_LATE,        HTTP_CONFLICT,      "undo_late",          N_("A call can be taken back for a minute only. Ask an organiser to correct it."))	\
	X(R_NUMBER_BUSY,      HTTP_CONFLICT,      "number_busy",        N_("Another agent is on the line with this number."))	\
	X(R_NO_NUMBER_LEFT,   HTTP_CONFLICT,      "no_number_left",     N_("This person has no number that may be called."))	\
	X(R_RULE_MATCHES,     HTTP_CONFLICT,      "rule_matches",       N_("An exclusion rule of this operation takes this person out. Change the rule, or what it found, first."))	\
	X(R_FILTER_UNSEEN,    HTTP_FORBIDDEN,     "filter_unseen",      N_("This filter asks about people and fields that you may not see. Ask an organiser to set this rule."))	\
	X(R_CALL_AHEAD,       HTTP_UNPROCESSABLE, "call_ahead",         N_("This moment is still to come."))	\
	X(R_BEFORE_SHEET,     HTTP_UNPROCESSABLE, "before_sheet",       N_("At that moment the sheet was not printed yet."))	\
	X(R_CALLED_SINCE,     HTTP_CONFLICT,      "called_since",       N_("Somebody else has called this person since the sheet was printed."))	\
	X(R_TYPED_IN,         HTTP_CONFLICT,      "typed_in",           N_("This call is typed in already, with another outcome. Take it back first to change it."))	\
	X(R_NOT_ASKED,        HTTP_UNPROCESSABLE, "not_asked",          N_("After the answers before it, this question is not asked."))	\
	X(R_NO_SHEET,         HTTP_UNPROCESSABLE, "no_sheet",           N_("No sheet of this operation has this number. Type it with its three signs, as it is printed: 128-7KD."))	\
	X(R_SHEETS_FULL,      HTTP_CONFLICT,      "sheets_full",        N_("2,000 people are on sheets already. Type in those that came back, or give back who is left on them."))	\
	X(R_CHANGED_SINCE,    HTTP_CONFLICT,      "changed_since",      N_("Something has changed meanwhile. Look at the page again; nothing was saved."))	\
	X(R_DNC_STAYS,        HTTP_CONFLICT,      "dnc_stays",          N_("“Do not call again” stays: who asked for it must not be called for 3 years and 14 days."))	\
	X(R_FIELD_LOCKED,     HTTP_FORBIDDEN,     "field_locked",       N_("This field cannot be changed here."))	\
	/* a person's record */								\
	X(R_CHANGED_MEANWHILE, HTTP_CONFLICT,     "changed_meanwhile",  N_("Somebody else changed this record meanwhile. Below is what you typed; look at the record in another tab, then save again."))	\
	X(R_TOO_MANY_PHONES,  HTTP_UNPROCESSABLE, "too_many_phones",    N_("A person can have 12 numbers. Remove one first."))	\
	X(R_CUSTOM_TAKEN,     HTTP_UNPROCESSABLE, "custom_taken",       N_("There is a field of this name."))	\
	X(R_CUSTOM_MANY,      HTTP_UNPROCESSABLE, "custom_many",        N_("There can be 40 fields of your own."))	\
	X(R_MERGE_TOO_LONG,   HTTP_CONFLICT,      "merge_too_long",     N_("The notes or the tags of both records are too long together. Shorten them in one of the records first."))	\
	X(R_NOT_TO_BE_CALLED, HTTP_CONFLICT,      "not_to_be_called",   N_("This person or this number must not be called."))	\
	X(R_PERSON_HELD,      HTTP_CONFLICT,      "person_held",        N_("An agent is with this person at the moment, or they are on a call sheet. Please try again in half an hour, or give back who is left on the sheet."))	\
	/* who has voted */								\
	X(R_NOT_NUMBERS,      HTTP_UNPROCESSABLE, "not_numbers",        N_("Please enter numbers and ranges, at most 500, for example 12 15-18 22."))	\
	X(R_NO_SECTION_COLUMN, HTTP_UNPROCESSABLE, "no_section_column", N_("Each line needs the polling subdivision and the elector number."))	\
	/* imports */									\
	X(R_FILE_NOT_TEXT,    HTTP_UNPROCESSABLE, "file_not_text",      N_("This is not a text file. Save your list as CSV and try again."))	\
	X(R_SHEET_BROKEN,     HTTP_UNPROCESSABLE, "sheet_broken",       N_("This workbook cannot be read. Save your list as CSV and try again."))	\
	X(R_SHEET_TOO_LARGE,  HTTP_UNPROCESSABLE, "sheet_too_large",    N_("This workbook is too large to be read. Save your list as CSV and try again."))	\
	X(R_TOO_MANY_ROWS,    HTTP_UNPROCESSABLE, "too_many_rows",      N_("This is more than the 1,048,575 rows that a workbook holds. Choose CSV, or fewer days."))	\
	X(R_FILE_EMPTY,       HTTP_UNPROCESSABLE, "file_empty",         N_("This file is empty."))	\
	X(R_COLUMN_TWICE,     HTTP_UNPROCESSABLE, "column_twice",       N_("Two columns go to the same field. Choose one of them."))	\
	X(R_NO_NAME_COLUMN,   HTTP_UNPROCESSABLE, "no_name_column",     N_("Choose which column holds the last name or the first name."))	\
	X(R_OTHER_SOURCE,     HTTP_CONFLICT,      "other_source",       N_("This operation calls other people: contacts and electors cannot be mixed."))	\
	X(R_ROW_BAD_QUOTE,    HTTP_UNPROCESSABLE, "row_bad_quote",      N_("A quotation mark opened in this row is never closed."))	\
	X(R_FIELD_FULL,       HTTP_UNPROCESSABLE, "field_full",         N_("With this the field would hold more than it can."))	\
	X(R_ROW_OTHER_PERSON, HTTP_UNPROCESSABLE, "row_other_person",   N_("Another person already has this number."))	\
	X(R_ROW_NO_NAME,      HTTP_UNPROCESSABLE, "row_no_name",        N_("No first or last name in this row."))	\
	X(R_ROW_TOO_SHORT,    HTTP_UNPROCESSABLE, "row_too_short",      N_("This row has fewer columns than the header."))	\
	X(R_ROW_TOO_LONG,     HTTP_UNPROCESSABLE, "row_too_long",       N_("This row has more columns than the header."))	\
	/* users */									\
	X(R_NOT_A_WEB_ADDRESS, HTTP_UNPROCESSABLE, "not_a_web_address", N_("This is not a web address that begins with https:// and has no password in it."))	\
	X(R_PRIVATE_ADDRESS,  HTTP_UNPROCESSABLE, "private_address",    N_("This address is not on the public network."))	\
	X(R_USER_DISABLED,    HTTP_CONFLICT,      "user_disabled",      N_("This user is disabled. Enable them first."))

#define AS_REFUSAL(id, status, key, text) id,
enum refusal { REFUSALS(AS_REFUSAL)
	R__MAX };
#undef AS_REFUSAL

enum http   refusal_status(enum refusal);
const char *refusal_key(enum refusal);			/* stored and in JSON; never translated */
const char *refusal_text(enum refusal, enum lang);	/* what people read */

#endif
