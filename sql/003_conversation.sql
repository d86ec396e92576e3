-- 003: the specialized version. A conversation that is going on: what was answered so far, so that nothing is lost
-- when a browser dies.
--
-- A conversation belongs to one hold (user, entry, moment of the claim), as its form key does. It goes when the call is
-- saved or skipped; what an expired hold leaves behind, the worker removes.

CREATE TABLE call_draft (
  user_id           BIGINT UNSIGNED NOT NULL,
  operation_id      BIGINT UNSIGNED NOT NULL,
  entry_id          BIGINT UNSIGNED NOT NULL,
  claimed_at        BIGINT NOT NULL,
  survey_version_id BIGINT UNSIGNED NOT NULL,   -- of its first moment: an edit does not disturb who is talking
  talking           BOOLEAN NOT NULL,           -- false: back on the person's card
  shown_id          BIGINT UNSIGNED NOT NULL,   -- a question answered before that is looked at again; 0: the first without an answer
  started_at        BIGINT NOT NULL,
  note              VARCHAR(2000) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, operation_id, entry_id, claimed_at),
  KEY by_time (claimed_at)
) ENGINE=InnoDB;

-- One row per question that was answered or passed over, so that a step sent twice is the same row. Only questions of
-- the path that the answers make.
CREATE TABLE call_answer_draft (
  user_id      BIGINT UNSIGNED NOT NULL,
  operation_id BIGINT UNSIGNED NOT NULL,
  entry_id     BIGINT UNSIGNED NOT NULL,
  claimed_at   BIGINT NOT NULL,
  question_id  BIGINT UNSIGNED NOT NULL,
  choices      VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- their ids, a blank between
  text         VARCHAR(4000) NOT NULL DEFAULT '',
  PRIMARY KEY (user_id, operation_id, entry_id, claimed_at, question_id),
  KEY by_time (claimed_at)
) ENGINE=InnoDB;
