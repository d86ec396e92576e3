-- 025: the agent's screen: several questions of a questionnaire, appointments that an agent keeps, breaks. The procedures
-- that use them are in 031, which came with these tables: one text of the hot path.

-- Questions that an operation of the original version asks beside operation.question_id: by stable_id, so that a later
-- version of the questionnaire asks the same ones.
CREATE TABLE operation_question (
  operation_id       BIGINT UNSIGNED NOT NULL,
  question_stable_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (operation_id, question_stable_id)
) ENGINE=InnoDB;

-- An appointment is offered to its agent at callback_at, and to anybody kept_minutes later; entry.due_at is the latter.
ALTER TABLE attempt ADD COLUMN kept_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 0 AFTER callback_at;

-- The way to appointments that agents keep: a row per entry. It holds while entry.attempts is still `number`.
CREATE TABLE kept_appointment (
  entry_id     BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  operation_id BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  at           BIGINT NOT NULL,
  number       SMALLINT UNSIGNED NOT NULL,      -- the attempt it was made in
  KEY mine (operation_id, user_id, at)
) ENGINE=InnoDB;

-- When an agent did not call although they were there. ended_at NULL: still on it.
CREATE TABLE agent_break (
  operation_id BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  started_at   BIGINT NOT NULL,
  ended_at     BIGINT NULL,
  PRIMARY KEY (operation_id, user_id, started_at)
) ENGINE=InnoDB;
