-- 017: columns of a file that go to fields of the organisation's own.

-- What such fields said before an import changed the person: for undoing it, as import_before_phone.
CREATE TABLE import_before_own (
  import_id BIGINT UNSIGNED NOT NULL,
  person_id BIGINT UNSIGNED NOT NULL,
  field_id  BIGINT UNSIGNED NOT NULL,
  value     VARCHAR(300) NOT NULL,
  PRIMARY KEY (import_id, person_id, field_id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

CREATE TRIGGER person_before_own_gone AFTER DELETE ON person FOR EACH ROW
  DELETE FROM import_before_own WHERE person_id = OLD.id;
