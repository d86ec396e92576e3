-- 090: printed call sheets, for volunteers without a screen.
--
-- A sheet takes its people by save_and_claim, as agents do. Each place on it is a holder of its own: its row in `hold` has
-- as user_id 2^63 + 256 * sheet + place, a number that no user has, so the keys of `hold` keep everybody else from the
-- person and the number, and its held_until is the sheet's. Nothing of a person is stored here but which entry it is.

CREATE TABLE paper_sheet (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,        -- who calls from it
  created_by   BIGINT UNSIGNED NOT NULL,
  created_at   BIGINT NOT NULL,
  until_at     BIGINT NOT NULL,                 -- then whoever was not called is back on the list
  printed_at   BIGINT NULL,                     -- NULL: its people are being taken; one that stays so holds nobody for long
  ended_at     BIGINT NULL,                     -- given back by hand
  people       SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  form_key     BINARY(16) NOT NULL,             -- the form sent twice is one sheet
  UNIQUE KEY form_key (form_key),
  KEY by_operation (operation_id, id)
) ENGINE=InnoDB;

-- form_key is what an attempt of this place has: made from entry, holder and key_at. A call taken back gives it a new one.
-- attempts: how many the person had when the place was made (or the call taken back): more mean that somebody else called.
CREATE TABLE paper_place (
  sheet_id   BIGINT UNSIGNED NOT NULL,
  number     SMALLINT UNSIGNED NOT NULL,
  entry_id   BIGINT UNSIGNED NOT NULL,
  key_at     BIGINT NOT NULL,
  attempts   SMALLINT UNSIGNED NOT NULL,
  form_key   BINARY(16) NOT NULL,
  entered_by BIGINT UNSIGNED NULL,              -- who typed the call in
  noted_at   BIGINT NULL,                       -- it came too late to count and was kept as a note
  PRIMARY KEY (sheet_id, number)
) ENGINE=InnoDB;
