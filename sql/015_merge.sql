-- 015: two records that are the same person become one.

-- Where a record went: its address leads to the one that was kept. kept_id is a record that is there: it follows when
-- that one is merged later.
CREATE TABLE person_merged (
  gone_id         BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kept_id         BIGINT UNSIGNED NOT NULL,
  organisation_id BIGINT UNSIGNED NOT NULL,
  merged_by       BIGINT UNSIGNED NOT NULL,
  merged_at       BIGINT NOT NULL,
  KEY by_kept (kept_id)
) ENGINE=InnoDB;

ALTER TABLE suppression ADD KEY by_person (person_id);

-- What only who migrated may write: calls, marks of who has voted and "do not call" are append-only for the programs. A call keeps
-- its entry, number and status, so every entry stays the fold of its attempts; only whose it is changes.
-- Within the caller's transaction, which has locked both.
CREATE PROCEDURE merge_person(IN p_organisation BIGINT UNSIGNED, IN p_kept BIGINT UNSIGNED, IN p_gone BIGINT UNSIGNED,
  IN p_by BIGINT UNSIGNED, IN p_now BIGINT)
  SQL SECURITY DEFINER
BEGIN
  DECLARE v_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_created_at BIGINT;
  DECLARE v_deceased BOOLEAN;
  IF EXISTS (SELECT 1 FROM person k JOIN person g ON g.organisation_id = k.organisation_id AND g.kind = k.kind AND g.id = p_gone
      WHERE k.id = p_kept AND k.organisation_id = p_organisation AND k.id <> g.id) THEN
    UPDATE attempt SET person_id = p_kept WHERE person_id = p_gone;
    INSERT IGNORE INTO voted_mark (batch_id, person_id) SELECT batch_id, p_kept FROM voted_mark WHERE person_id = p_gone;
    DELETE FROM voted_mark WHERE person_id = p_gone;
    -- the later of two wishes not to be called counts the years
    INSERT INTO suppression_person (organisation_id, person_id, reason, created_at, created_by)
      SELECT g.organisation_id, p_kept, g.reason, g.created_at, g.created_by FROM suppression_person g
        WHERE g.organisation_id = p_organisation AND g.person_id = p_gone
      ON DUPLICATE KEY UPDATE reason = IF(VALUES(created_at) > suppression_person.created_at, VALUES(reason), suppression_person.reason),
        created_at = GREATEST(suppression_person.created_at, VALUES(created_at));
    DELETE FROM suppression_person WHERE organisation_id = p_organisation AND person_id = p_gone;
    UPDATE suppression SET person_id = p_kept WHERE person_id = p_gone;
    UPDATE person SET contact_id = p_kept WHERE contact_id = p_gone;
    -- the organisation's own fields, also those put away: what the kept record has stays
    INSERT IGNORE INTO custom_value (person_id, field_id, value) SELECT p_kept, field_id, value FROM custom_value WHERE person_id = p_gone;
    UPDATE person_merged SET kept_id = p_kept WHERE kept_id = p_gone;
    INSERT INTO person_merged (gone_id, kept_id, organisation_id, merged_by, merged_at)
      VALUES (p_gone, p_kept, p_organisation, p_by, p_now);
    -- an empty place without an organisation stays, as after erasing: a list that is being loaded at this moment
    -- meets somebody who must not be called, and a second entry of one operation keeps its attempts
    SELECT kind, created_at, deceased INTO v_kind, v_created_at, v_deceased FROM person WHERE id = p_gone;
    DELETE FROM person WHERE id = p_gone;
    INSERT INTO person (id, organisation_id, kind, calls_forbidden, deceased, created_at, updated_at)
      VALUES (p_gone, 0, v_kind, TRUE, v_deceased, v_created_at, v_created_at);
  END IF;
END;

-- Erasing, also what is known by the names that were merged into this one. The empty place keeps whether there was a death: a list
-- that lost the person for it stays founded.
CREATE OR REPLACE PROCEDURE erase_person(IN p_organisation BIGINT UNSIGNED, IN p_person BIGINT UNSIGNED)
  SQL SECURITY DEFINER
BEGIN
  DECLARE v_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_created_at BIGINT;
  DECLARE v_deceased BOOLEAN;
  IF EXISTS (SELECT 1 FROM person WHERE id = p_person AND organisation_id = p_organisation) THEN
    UPDATE answer a JOIN attempt t ON t.id = a.attempt_id SET a.text = '' WHERE t.person_id = p_person AND a.text <> '';
    UPDATE attempt SET e164 = '', next_e164 = IF(next_e164 = '', '', '+'), note = '' WHERE person_id = p_person;
    UPDATE audit SET detail = '' WHERE object = 'person' AND object_id = p_person AND verb <> 'person.reveal';
    UPDATE audit a JOIN person_merged m ON m.gone_id = a.object_id SET a.detail = ''
      WHERE m.kept_id = p_person AND a.object = 'person' AND a.verb <> 'person.reveal';
    DELETE FROM person_merged WHERE kept_id = p_person;
    UPDATE suppression SET person_id = NULL WHERE person_id = p_person;
    UPDATE person SET contact_id = NULL WHERE contact_id = p_person;
    DELETE FROM phone WHERE person_id = p_person;
    SELECT kind, created_at, deceased INTO v_kind, v_created_at, v_deceased FROM person WHERE id = p_person;
    DELETE FROM person WHERE id = p_person;
    INSERT INTO person (id, organisation_id, kind, calls_forbidden, deceased, created_at, updated_at)
      VALUES (p_person, 0, v_kind, TRUE, v_deceased, v_created_at, v_created_at);
  END IF;
END;
