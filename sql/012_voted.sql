-- 012: who has voted, sheet by sheet, so that one can be taken back; people (beside numbers) who are not to be
-- called; calls whose status was corrected.

-- One click, one sheet or one file. undone_at: its marks were taken back.
CREATE TABLE voted_batch (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  source          ENUM('one','sheet','file') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label           VARCHAR(200) NOT NULL DEFAULT '',     -- the section, or the file's name
  marked          INT UNSIGNED NOT NULL DEFAULT 0,
  already         INT UNSIGNED NOT NULL DEFAULT 0,
  missed          INT UNSIGNED NOT NULL DEFAULT 0,
  missed_text     VARCHAR(2000) NOT NULL DEFAULT '',    -- "section number" of those that are nobody's or several people's, a line each
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  undone_at       BIGINT NULL,
  KEY by_organisation (organisation_id, id)
) ENGINE=InnoDB;

-- Whom a batch marked; those who had been marked before are not in it.
CREATE TABLE voted_mark (
  batch_id  BIGINT UNSIGNED NOT NULL,
  person_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (batch_id, person_id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

-- Do not call this person, at any number: why, since when. person.calls_forbidden says it to the queue.
CREATE TABLE suppression_person (
  organisation_id BIGINT UNSIGNED NOT NULL,
  person_id       BIGINT UNSIGNED NOT NULL,
  reason          VARCHAR(200) NOT NULL DEFAULT '',
  created_at      BIGINT NOT NULL,
  created_by      BIGINT UNSIGNED NULL,
  PRIMARY KEY (organisation_id, person_id),
  KEY by_time (organisation_id, created_at, person_id)
) ENGINE=InnoDB;

ALTER TABLE suppression ADD KEY by_time (organisation_id, created_at, id);

-- The number of the attempt of this entry whose status was wrong. The wrong one stays; replaying them all gives
-- what it should have led to. Such a row is no call.
ALTER TABLE attempt ADD COLUMN corrects SMALLINT UNSIGNED NULL;
