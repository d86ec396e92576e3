-- 014: fields that the organisation defines for its people.

-- kind: whose field it is. form: text, number, date or yes. A field that is put away keeps its values.
CREATE TABLE custom_field (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  form            ENUM('text','number','date','yes') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name            VARCHAR(60) NOT NULL,
  put_away_at     BIGINT NULL,
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  UNIQUE KEY name (organisation_id, kind, name)
) ENGINE=InnoDB;

-- value: text as it is shown, numbers as digits, dates as YYYY-MM-DD, yes as '1'. No row: blank.
CREATE TABLE custom_value (
  person_id BIGINT UNSIGNED NOT NULL,
  field_id  BIGINT UNSIGNED NOT NULL,
  value     VARCHAR(300) NOT NULL,
  PRIMARY KEY (person_id, field_id),
  KEY by_value (field_id, value)
) ENGINE=InnoDB;

-- Whoever is erased is known here no more either.
CREATE TRIGGER person_custom_gone AFTER DELETE ON person FOR EACH ROW
BEGIN
  DELETE FROM custom_value WHERE person_id = OLD.id;
END;
