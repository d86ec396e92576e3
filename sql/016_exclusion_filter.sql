-- 016: a saved filter as an exclusion rule, and lists that rules are still to be applied to.

-- criterion filter: filter and its name as they were when the rule was saved. Changing or forgetting the saved filter later
-- changes no rule.
ALTER TABLE exclusion_rule
  MODIFY criterion ENUM('voted','question','filter') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN filter_name VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN filter      VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- A list whose rules were changed: the worker goes through it by person, and the row goes when it is done.
CREATE TABLE exclusion_sweep (
  operation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  last_person  BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB;

-- Up to which call the worker has looked for people who match a rule by what they answered.
CREATE TABLE exclusion_watch (
  organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  last_attempt    BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;
