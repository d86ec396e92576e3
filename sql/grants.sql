-- Rights of the database user that the areas and the worker use. Run by an administrator after every
-- migration, with Tocsin's database chosen:  mariadb tocsin < sql/grants.sql
-- The user exists already, made by CREATE USER tocsin@localhost ... and with no other rights: this file gives,
-- it takes nothing away. Another name or host: by sed.
--
-- No DDL. What is append-only cannot be changed or deleted, not even by a mistake of ours (attempt, answer,
-- audit), and a number that must not be called cannot be forgotten (suppression). A new table is added
-- here by the migration's author; tests/db/grants.c looks for missing ones.

GRANT SELECT ON schema_version TO tocsin@localhost;
GRANT SELECT ON schema_turn TO tocsin@localhost;

GRANT SELECT, INSERT ON attempt TO tocsin@localhost;
GRANT SELECT, INSERT ON answer TO tocsin@localhost;
-- counted by a trigger, with the rights of who made it
GRANT SELECT ON answer_tally TO tocsin@localhost;
GRANT SELECT, INSERT ON audit TO tocsin@localhost;

GRANT SELECT, INSERT, UPDATE ON suppression TO tocsin@localhost;

GRANT SELECT, INSERT, UPDATE, DELETE ON agent_tally TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON call_answer_draft TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON call_draft TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON choice TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON entry TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON exclusion_rule TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON field_rule TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON hold TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON household TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_refusal TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_turn TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON job TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON link TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON list_load TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON member TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_code TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON operation TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON operation_zone TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON organisation TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON person TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON phone TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON question TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON queue_tally TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON recycling_rule TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON status_tally TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON survey TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON survey_version TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON throttle TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON user TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON worker TO tocsin@localhost;

-- Calling from the software: what was said about a call is append-only.
GRANT SELECT, INSERT ON call_fact TO tocsin@localhost;
GRANT SELECT, INSERT ON call_orphan TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON hook_tally TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON trunk TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON caller_id TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON dialing TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON agent_line TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON live_call TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE add_call_fact TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE count_cost TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON cost_tally TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE call_facts TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE add_line_fact TO tocsin@localhost;

-- They run with the caller's rights (SQL SECURITY INVOKER).
GRANT EXECUTE ON PROCEDURE agent_screen TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE release_holds TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE save_and_claim TO tocsin@localhost;

-- It runs with the rights of who made it: the only way in which words leave calls, answers and the audit.
GRANT EXECUTE ON PROCEDURE erase_person TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON custom_field TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON custom_value TO tocsin@localhost;

-- Filters: tags by themselves are kept by triggers on person, which have the rights of who migrated, and by the import.
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_filter TO tocsin@localhost;
GRANT SELECT, INSERT ON person_tag TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE tag_person TO tocsin@localhost;

-- Imports.
GRANT SELECT, INSERT, UPDATE, DELETE ON import_mapping TO tocsin@localhost;

-- 012: marks of who has voted stay, also when they were taken back; a person who must not be called cannot be forgotten
GRANT SELECT, INSERT, UPDATE ON voted_batch TO tocsin@localhost;
GRANT SELECT, INSERT ON voted_mark TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON suppression_person TO tocsin@localhost;

-- 025: the agent's screen; breaks stay
GRANT SELECT, INSERT, UPDATE, DELETE ON operation_question TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON kept_appointment TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON agent_break TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_added TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_before TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_before_phone TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_conflict TO tocsin@localhost;

-- 015: merging two records, with the rights of who made the procedure: a call changes whose it is, nothing else.
GRANT SELECT ON person_merged TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE merge_person TO tocsin@localhost;

-- 016
GRANT SELECT, INSERT, UPDATE, DELETE ON exclusion_sweep TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON exclusion_watch TO tocsin@localhost;

-- 017
GRANT SELECT, INSERT, UPDATE, DELETE ON import_before_own TO tocsin@localhost;

-- 030
GRANT SELECT, INSERT, UPDATE, DELETE ON operation_page TO tocsin@localhost;

-- 035: accounts
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_code TO tocsin@localhost;

-- 055
GRANT SELECT, INSERT, UPDATE, DELETE ON export TO tocsin@localhost;

-- 056
GRANT SELECT, INSERT, UPDATE ON api_token TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON api_feed TO tocsin@localhost;

-- 065: counted by triggers, with the rights of who made them, but for who a load leaves out (queue_add.c)
GRANT SELECT, INSERT, UPDATE ON entry_tally TO tocsin@localhost;

-- 075: the page for the wall
GRANT SELECT, INSERT, UPDATE, DELETE ON wall TO tocsin@localhost;

-- 070: counted by a trigger, with the rights of who made it; folded by the worker
GRANT SELECT, INSERT, UPDATE, DELETE ON call_tally TO tocsin@localhost;

-- 090: sheets stay, as the calls that were made from them
GRANT SELECT, INSERT, UPDATE ON paper_sheet TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON paper_place TO tocsin@localhost;

-- 095: what a practice left goes by a procedure with the rights of who made it, which knows no real organisation
GRANT SELECT, INSERT, UPDATE ON practice TO tocsin@localhost;
GRANT SELECT, INSERT, DELETE ON practice_link TO tocsin@localhost;
GRANT EXECUTE ON PROCEDURE practice_forget TO tocsin@localhost;

-- 085
GRANT SELECT, UPDATE ON horizon TO tocsin@localhost;
GRANT SELECT, INSERT, DELETE ON entry_log TO tocsin@localhost;
GRANT SELECT, INSERT, DELETE ON entry_log_day TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON entry_silenced TO tocsin@localhost;

-- 086
GRANT SELECT, INSERT, UPDATE ON outbox TO tocsin@localhost;
GRANT SELECT, INSERT, DELETE ON outbox_try TO tocsin@localhost;

-- 087
GRANT SELECT, INSERT, UPDATE ON alarm_state TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE, DELETE ON mail TO tocsin@localhost;

-- 110
GRANT SELECT, INSERT, UPDATE ON power TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON power_answer TO tocsin@localhost;
GRANT SELECT, INSERT, UPDATE ON power_tally TO tocsin@localhost;
