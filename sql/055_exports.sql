-- 055: exports, made by the worker, kept for a day.

-- Other kinds of work come with other migrations: the code says which it knows.
ALTER TABLE job MODIFY kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL;

-- what, format, language: codes of export.h. filter: the people page's query string. from_at and until_at: 0 = open.
-- cut: rows up to this id were there when the export began, and only they are in it; 0 = not begun yet. last_id and
-- last_part: the last row stored; bytes: how long the file is with it (what lies behind was not committed).
-- file: a random name below the data folder; '' once it is deleted. failed: a key of refusal.h.
CREATE TABLE export (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  form_key        BINARY(16) NOT NULL,             -- the same form sent twice is one export
  what            VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  format          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language        ENUM('fr','en') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filter          VARCHAR(8000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  operation_id    BIGINT UNSIGNED NULL,
  import_id       BIGINT UNSIGNED NULL,
  from_at         BIGINT NOT NULL DEFAULT 0,
  until_at        BIGINT NOT NULL DEFAULT 0,
  time_zone       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file            VARCHAR(50) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state           ENUM('making','done','failed','gone') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'making',
  failed          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  first_id        BIGINT UNSIGNED NOT NULL DEFAULT 0,
  cut             BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_id         BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_part       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_written    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  bytes           BIGINT UNSIGNED NOT NULL DEFAULT 0,
  created_by      BIGINT UNSIGNED NOT NULL,
  created_at      BIGINT NOT NULL,
  begun_at        BIGINT NULL,
  finished_at     BIGINT NULL,
  expires_at      BIGINT NOT NULL,
  UNIQUE KEY form_key (form_key),
  KEY by_organisation (organisation_id, id),
  KEY by_expiry (state, expires_at)
) ENGINE=InnoDB;
