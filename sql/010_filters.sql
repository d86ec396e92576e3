-- 010: searching and filtering a million people: parts of names, places in the polling lists, tags by themselves,
-- the indexes of the usual conditions, and filters kept under a name.

-- The columns below follow from the others, so whoever writes a person need not know of them.
-- last_part: the last name from its second word on ("Le Gall", "Saint-Gall", "L'Heureux"), last_end: from its
-- third; first_part likewise. NULL where there is none. place: section and number so that 2 comes before 10.
ALTER TABLE person
  ADD COLUMN last_part  VARCHAR(80) AS (NULLIF(REGEXP_REPLACE(last_name, '^[^ ''’-]*[ ''’-]*', ''), '')) STORED,
  ADD COLUMN last_end   VARCHAR(80) AS (NULLIF(REGEXP_REPLACE(last_name, '^[^ ''’-]*[ ''’-]*[^ ''’-]*[ ''’-]*', ''), '')) STORED,
  ADD COLUMN first_part VARCHAR(80) AS (NULLIF(REGEXP_REPLACE(first_name, '^[^ ''’-]*[ ''’-]*', ''), '')) STORED,
  ADD COLUMN place      VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS (IF(polling_subdivision = '' AND elector_number = '', '',
    CONCAT(LPAD(polling_subdivision, 20, ' '), LPAD(elector_number, 20, ' ')))) STORED,
  ADD KEY by_last_part (organisation_id, kind, last_part),
  ADD KEY by_last_end (organisation_id, kind, last_end),
  ADD KEY by_first_part (organisation_id, kind, first_part),
  ADD KEY by_place (organisation_id, kind, place),
  ADD KEY by_city (organisation_id, kind, city, last_name),
  ADD KEY by_division (organisation_id, kind, electoral_division),
  ADD KEY by_voted (organisation_id, kind, has_voted),
  ADD KEY by_member_until (organisation_id, kind, member_until),
  ADD KEY by_donations (organisation_id, kind, donations_year);

-- person.tags, one row each, kept by the triggers below.
CREATE TABLE person_tag (
  organisation_id BIGINT UNSIGNED NOT NULL,
  tag             VARCHAR(80) NOT NULL,
  person_id       BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (organisation_id, tag, person_id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

CREATE PROCEDURE tag_person(IN p_organisation BIGINT UNSIGNED, IN p_person BIGINT UNSIGNED, IN p_tags VARCHAR(500))
  SQL SECURITY INVOKER
BEGIN
  DECLARE v_rest VARCHAR(500) DEFAULT p_tags;
  WHILE v_rest <> '' DO
    IF SUBSTRING_INDEX(v_rest, '|', 1) <> '' THEN
      INSERT IGNORE INTO person_tag (organisation_id, tag, person_id)
        VALUES (p_organisation, LEFT(SUBSTRING_INDEX(v_rest, '|', 1), 80), p_person);
    END IF;
    SET v_rest = SUBSTRING(v_rest, CHAR_LENGTH(SUBSTRING_INDEX(v_rest, '|', 1)) + 2);
  END WHILE;
END;

CREATE TRIGGER person_tags_of_new AFTER INSERT ON person FOR EACH ROW
BEGIN
  IF NEW.tags <> '' THEN
    CALL tag_person(NEW.organisation_id, NEW.id, NEW.tags);
  END IF;
END;

CREATE TRIGGER person_tags_changed AFTER UPDATE ON person FOR EACH ROW
BEGIN
  IF NEW.tags <> OLD.tags COLLATE utf8mb4_bin THEN
    DELETE FROM person_tag WHERE person_id = NEW.id;
    CALL tag_person(NEW.organisation_id, NEW.id, NEW.tags);
  END IF;
END;

CREATE TRIGGER person_tags_gone AFTER DELETE ON person FOR EACH ROW
BEGIN
  IF OLD.tags <> '' THEN
    DELETE FROM person_tag WHERE person_id = OLD.id;
  END IF;
END;

-- People who are there already. A tag of somebody comes in by the procedure only.
CREATE PROCEDURE tag_everybody()
BEGIN
  DECLARE v_at, v_organisation BIGINT UNSIGNED DEFAULT 0;
  DECLARE v_tags VARCHAR(500);
  DECLARE v_end BOOLEAN DEFAULT FALSE;
  DECLARE CONTINUE HANDLER FOR NOT FOUND SET v_end = TRUE;
  everybody: LOOP
    SELECT id, organisation_id, tags INTO v_at, v_organisation, v_tags FROM person
      WHERE id > v_at AND tags <> '' ORDER BY id LIMIT 1;
    IF v_end THEN
      LEAVE everybody;
    END IF;
    CALL tag_person(v_organisation, v_at, v_tags);
  END LOOP;
END;
CALL tag_everybody();
DROP PROCEDURE tag_everybody;

-- A filter under a name, for everybody in the organisation who organises. filter: as list.h writes it.
CREATE TABLE saved_filter (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name            VARCHAR(80) NOT NULL,
  filter          VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by      BIGINT UNSIGNED NOT NULL,
  created_at      BIGINT NOT NULL,
  UNIQUE KEY name (organisation_id, kind, name)
) ENGINE=InnoDB;

ALTER TABLE list_load MODIFY filter VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- Answers by what was answered (the questions of all versions that share a stable id).
ALTER TABLE question ADD KEY by_stable (stable_id);
ALTER TABLE choice ADD KEY by_stable (stable_id);
