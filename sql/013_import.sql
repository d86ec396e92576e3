-- 013: imports: workbooks, columns that are remembered, what is done with values that differ, undoing.

-- workbook: the file was an XLSX workbook and was written as CSV when it was taken.
-- known: the columns were proposed by an earlier import of a file with the same header.
ALTER TABLE import
  ADD COLUMN workbook BOOLEAN NOT NULL DEFAULT FALSE AFTER separator_char,
  ADD COLUMN known    BOOLEAN NOT NULL DEFAULT FALSE AFTER mapping;

-- Where the columns of a file went last time. header_hash: SHA-256 of the header, cells joined by U+001F.
CREATE TABLE import_mapping (
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  header_hash     BINARY(32) NOT NULL,
  mapping         VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  used_at         BIGINT NOT NULL,
  PRIMARY KEY (organisation_id, kind, header_hash)
) ENGINE=InnoDB;

-- Undoing within a day: people added (ids of up to 500 as a JSON list, in the order of the file), and how those who
-- were changed looked before. Kept until the day is over (journal).
ALTER TABLE import
  MODIFY state ENUM('uploaded','queued','running','done','failed','undoing','undone') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'uploaded',
  ADD COLUMN journal         BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN undo_removed    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN undo_restored   BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN undo_kept       BIGINT UNSIGNED NOT NULL DEFAULT 0;   -- used or changed since, so left alone

CREATE TABLE import_added (
  import_id  BIGINT UNSIGNED NOT NULL,
  line       BIGINT UNSIGNED NOT NULL,
  part       SMALLINT UNSIGNED NOT NULL,
  written_at BIGINT NOT NULL,
  people     TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (import_id, line, part)
) ENGINE=InnoDB;

-- added: this import had added the person before it changed them. written_at: person.updated_at since this import.
CREATE TABLE import_before (
  import_id       BIGINT UNSIGNED NOT NULL,
  person_id       BIGINT UNSIGNED NOT NULL,
  added           BOOLEAN NOT NULL,
  written_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  household_id    BIGINT UNSIGNED NULL,
  time_zone       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  natural_key     BINARY(16) NULL,
  name_key        BINARY(8) NOT NULL,
  changed_import  BIGINT UNSIGNED NULL,
  file_number     VARCHAR(40) NULL,
  last_name       VARCHAR(80) NOT NULL,
  first_name      VARCHAR(80) NOT NULL,
  email           VARCHAR(190) NOT NULL,
  language        ENUM('','fr','en') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  birth_date      DATE NULL,
  sex             VARCHAR(10) NOT NULL,
  nationality     VARCHAR(60) NOT NULL,
  civic_number    VARCHAR(20) NOT NULL,
  street          VARCHAR(120) NOT NULL,
  apartment       VARCHAR(20) NOT NULL,
  city            VARCHAR(80) NOT NULL,
  postal_code     VARCHAR(10) NOT NULL,
  member_until    DATE NULL,
  donations_year  DECIMAL(10,2) NULL,
  organization    VARCHAR(120) NOT NULL,
  tags            VARCHAR(500) NOT NULL,
  notes           TEXT NOT NULL,
  electoral_division  VARCHAR(80) NOT NULL,
  district            VARCHAR(80) NOT NULL,
  polling_subdivision VARCHAR(20) NOT NULL,
  elector_number      VARCHAR(20) NOT NULL,
  polling_place       VARCHAR(160) NOT NULL,
  advance_vote        VARCHAR(20) NOT NULL,
  calls_forbidden BOOLEAN NOT NULL,
  has_voted       BOOLEAN NOT NULL,
  PRIMARY KEY (import_id, person_id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

CREATE TABLE import_before_phone (
  import_id  BIGINT UNSIGNED NOT NULL,
  person_id  BIGINT UNSIGNED NOT NULL,
  e164       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position   TINYINT UNSIGNED NOT NULL,
  kind       ENUM('home','cell','work') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  extension  VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (import_id, person_id, e164),
  KEY by_person (person_id)
) ENGINE=InnoDB;

-- Whoever is erased or merged is known here no more either.
CREATE TRIGGER person_before_gone AFTER DELETE ON person FOR EACH ROW
BEGIN
  DELETE FROM import_before WHERE person_id = OLD.id;
  DELETE FROM import_before_phone WHERE person_id = OLD.id;
END;

-- What happens to a value that the file has otherwise: correct (the file counts), fill (only what is blank), ask.
ALTER TABLE import
  ADD COLUMN rule ENUM('correct','fill','ask') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'correct' AFTER mapping;
ALTER TABLE import_mapping
  ADD COLUMN rule ENUM('correct','fill','ask') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'correct' AFTER mapping;

-- Values that differ, to be decided by somebody. A decided one leaves.
CREATE TABLE import_conflict (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  import_id BIGINT UNSIGNED NOT NULL,
  person_id BIGINT UNSIGNED NOT NULL,
  line      BIGINT UNSIGNED NOT NULL,
  field     VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  theirs    TEXT NOT NULL,
  KEY by_import (import_id, id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

CREATE TRIGGER person_conflict_gone AFTER DELETE ON person FOR EACH ROW
  DELETE FROM import_conflict WHERE person_id = OLD.id;
