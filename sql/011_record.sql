-- 011: the record: a permission per number, a person's contact, calls outside operations, erasing a person.

-- 'forbidden': the person does not want to be called at this number; others of theirs may be.
ALTER TABLE phone
  MODIFY state ENUM('ok','wrong','forbidden') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'ok';

-- An elector who is also a contact (electors only).
ALTER TABLE person
  ADD COLUMN contact_id BIGINT UNSIGNED NULL AFTER household_id,
  ADD KEY by_contact (contact_id);

-- "Don't ask again" before a call outside operations.
ALTER TABLE user
  ADD COLUMN call_unasked BOOLEAN NOT NULL DEFAULT FALSE AFTER contact;

-- Who looked at whom: person.reveal is found by its verb, newest first.
ALTER TABLE audit ADD KEY by_verb (organisation_id, verb);

-- Erases what is known about one person, within the caller's transaction. Calls stay as numbers without a person, what
-- must not be called stays in suppression. It runs with the rights of who migrated: calls, answers and the
-- audit are append-only for the programs, and this is the one thing that takes words out of them.
-- next_e164 keeps a sign that there was one: the fold of an entry depends on it.
CREATE PROCEDURE erase_person(IN p_organisation BIGINT UNSIGNED, IN p_person BIGINT UNSIGNED)
  SQL SECURITY DEFINER
BEGIN
  DECLARE v_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_created_at BIGINT;

  IF EXISTS (SELECT 1 FROM person WHERE id = p_person AND organisation_id = p_organisation) THEN
    UPDATE answer a JOIN attempt t ON t.id = a.attempt_id SET a.text = '' WHERE t.person_id = p_person AND a.text <> '';
    UPDATE attempt SET e164 = '', next_e164 = IF(next_e164 = '', '', '+'), note = '' WHERE person_id = p_person;
    UPDATE audit SET detail = '' WHERE object = 'person' AND object_id = p_person AND verb <> 'person.reveal';
    UPDATE suppression SET person_id = NULL WHERE person_id = p_person;
    UPDATE person SET contact_id = NULL WHERE contact_id = p_person;
    DELETE FROM phone WHERE person_id = p_person;
    -- an empty place without an organisation stays: a list that is being loaded at this moment meets somebody
    -- who must not be called, not a hole
    SELECT kind, created_at INTO v_kind, v_created_at FROM person WHERE id = p_person;
    DELETE FROM person WHERE id = p_person;
    INSERT INTO person (id, organisation_id, kind, calls_forbidden, created_at, updated_at)
      VALUES (p_person, 0, v_kind, TRUE, v_created_at, v_created_at);
  END IF;
END;
