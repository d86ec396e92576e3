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
