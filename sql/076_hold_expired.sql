-- 076: release_holds of 002 with a row in the audit log for each hold that runs out: the number was revealed, and no call
-- and no skip says so.

CREATE OR REPLACE PROCEDURE release_holds(IN p_now BIGINT, IN p_shard TINYINT UNSIGNED, IN p_max INT UNSIGNED,
  OUT p_released INT UNSIGNED)
  SQL SECURITY INVOKER
BEGIN
  DECLARE v_user, v_operation, v_entry, v_locked BIGINT UNSIGNED;
  DECLARE v_claimed_at, v_due_at BIGINT;
  DECLARE v_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_band TINYINT UNSIGNED;

  SET p_released = 0;
  one: WHILE p_released < p_max DO
    SET v_entry = NULL, v_locked = NULL, v_state = NULL;
    SELECT user_id, operation_id, entry_id, claimed_at INTO v_user, v_operation, v_entry, v_claimed_at
      FROM hold WHERE held_until <= p_now ORDER BY held_until LIMIT 1;
    IF v_entry IS NULL THEN
      LEAVE one;
    END IF;
    SELECT id INTO v_locked FROM entry WHERE id = v_entry FOR UPDATE SKIP LOCKED;
    IF v_locked IS NULL THEN
      LEAVE one;
    END IF;
    SELECT state, band, due_at INTO v_state, v_band, v_due_at FROM hold
      WHERE user_id = v_user AND operation_id = v_operation AND entry_id = v_entry AND claimed_at = v_claimed_at
      FOR UPDATE;
    IF v_state IS NOT NULL THEN
      DELETE FROM hold WHERE user_id = v_user AND operation_id = v_operation;
      UPDATE entry SET state = v_state, band = v_band, due_at = v_due_at WHERE id = v_entry AND state = 'held';
      INSERT INTO queue_tally (operation_id, shard, held, ready, waiting, done, removed)
        VALUES (v_operation, p_shard, -1, v_state = 'ready', v_state = 'waiting', v_state = 'done', v_state = 'removed')
        ON DUPLICATE KEY UPDATE held = held - 1, ready = ready + (v_state = 'ready'),
          waiting = waiting + (v_state = 'waiting'), done = done + (v_state = 'done'),
          removed = removed + (v_state = 'removed');
      INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id)
        SELECT organisation_id, v_user, p_now, 'call.expired', 'entry', v_entry FROM operation WHERE id = v_operation;
    END IF;
    SET p_released = p_released + 1;
  END WHILE;
END;
