-- 030: what the wizard's details and recycling pages know more of. NULL and FALSE are what every operation had before:
-- the same window every day, no holidays, no cap, the minutes alone.

ALTER TABLE operation
  ADD COLUMN purpose    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- identification, information, fundraising
  ADD COLUMN call_rules VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- whose curfew is checked (calling_rules.h)
  ADD COLUMN day_hours  VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- Monday first: 0900-2130,...,-; - = no calls
  ADD COLUMN holidays   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- days without calls (holiday.h)
  ADD COLUMN more_calls SMALLINT UNSIGNED NULL,          -- further calls of a person over all statuses
  ADD COLUMN day_calls  TINYINT UNSIGNED NULL,           -- calls of a person a day, over all operations
  ADD COLUMN other_part BOOLEAN NOT NULL DEFAULT FALSE;  -- the next try in another part of the day

-- A person of whom several zones are possible: "America/St_Johns|America/Goose_Bay"; calls are open where all are.
ALTER TABLE operation_zone MODIFY name VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL;

-- The rule of the call's moment, beside rule_max and rule_minutes; other_part counts in attempt.time_zone.
ALTER TABLE attempt
  ADD COLUMN rule_more SMALLINT UNSIGNED NULL,
  ADD COLUMN rule_other_part BOOLEAN NOT NULL DEFAULT FALSE;

-- Who changed which page of the wizard last, and to which revision: an owner whose form is older is told.
CREATE TABLE operation_page (
  operation_id BIGINT UNSIGNED NOT NULL,
  page         TINYINT UNSIGNED NOT NULL,
  revision     INT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  changed_at   BIGINT NOT NULL,
  PRIMARY KEY (operation_id, page)
) ENGINE=InnoDB;
