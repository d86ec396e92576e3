/*
 * ids.h - ids have types: a person's id where an operation's is wanted does not compile.
 */
#ifndef DOMAIN_IDS_H
#define DOMAIN_IDS_H

#include <stdint.h>

struct organisation_id { uint64_t v; };
struct user_id         { uint64_t v; };
struct person_id       { uint64_t v; };
struct operation_id    { uint64_t v; };
struct entry_id        { uint64_t v; };
struct attempt_id      { uint64_t v; };
struct survey_id       { uint64_t v; };
struct version_id      { uint64_t v; };	/* of a survey */
struct question_id     { uint64_t v; };
struct choice_id       { uint64_t v; };
struct import_id       { uint64_t v; };
struct job_id          { uint64_t v; };
struct load_id         { uint64_t v; };
struct trunk_id   { uint64_t v; };	/* an account at a telephony provider */
struct line_id         { uint64_t v; };	/* an agent's leg */
struct live_call_id    { uint64_t v; };	/* a contact's leg */
struct export_id       { uint64_t v; };
struct paper_id        { uint64_t v; };	/* a printed call sheet */

#endif
