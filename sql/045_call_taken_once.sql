-- 045: the way of a fact about a contact's leg, on the tables and procedures of 040.

-- Stores one fact about a contact's leg: one round trip, one commit. p_revision: what the sender verified the request
-- by; 0: it is our own. With p_want, or when the fact may end the call, its row and the whole set of facts follow.
-- Each statement costs some 50 microseconds, and most webhooks only say that it rings: two statements for those.
-- Answers verdict: 0 nothing new, 1 new, 2 no such call, 3 another connection's, 4 the person was erased, 5 the connection
-- has changed (nothing done: read it and verify again).
-- The call that is taken is counted by a row of the statement: a user variable that is set from a constant is set while the
-- statement is prepared, whatever stands before it, and every end would count its call once more.
CREATE PROCEDURE add_call_fact(
  IN p_trunk BIGINT UNSIGNED, IN p_revision INT UNSIGNED, IN p_call BIGINT UNSIGNED, IN p_now BIGINT,
  IN p_key BINARY(32), IN p_kind VARCHAR(14) CHARACTER SET ascii, IN p_source VARCHAR(8) CHARACTER SET ascii,
  IN p_call_id VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin, IN p_room_id VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_class VARCHAR(16) CHARACTER SET ascii, IN p_amd VARCHAR(8) CHARACTER SET ascii, IN p_digit CHAR(1) CHARACTER SET ascii,
  IN p_sip SMALLINT UNSIGNED, IN p_q850 SMALLINT UNSIGNED, IN p_marks TINYINT UNSIGNED, IN p_at BIGINT,
  IN p_seconds INT UNSIGNED, IN p_cost BIGINT, IN p_currency CHAR(3) CHARACTER SET ascii, IN p_word VARCHAR(33) CHARACTER SET ascii,
  IN p_want BOOLEAN)
  SQL SECURITY INVOKER
BEGIN
  DECLARE v_verdict TINYINT UNSIGNED DEFAULT 0;
  DECLARE v_revision INT UNSIGNED;
  DECLARE v_over BOOLEAN DEFAULT p_kind IN ('ended', 'refused', 'not_placed', 'gave_up');
  DECLARE v_trunk, v_person, v_operation BIGINT UNSIGNED;
  DECLARE v_month DATE;
  DECLARE v_cost BIGINT;
  DECLARE v_call_id, v_state VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin DEFAULT '';
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;

  START TRANSACTION;
  one: BEGIN
    IF p_kind <> 'cost' THEN	-- the usual one: about a call that is known by this id, or by none yet
      SET @first_id = 0, @over = v_over;
      UPDATE live_call SET facts = facts + 1, call_id = IF(call_id = '' AND p_call_id <> '' AND (@first_id := id), p_call_id, call_id),
          look_at = IF(@over := v_over OR state = 'ended', LEAST(COALESCE(look_at, p_now + 2000000), p_now + 2000000), look_at)
        WHERE id = p_call AND trunk_id = p_trunk AND person_id IS NOT NULL AND (call_id = '' OR call_id = p_call_id OR p_call_id = '')
          AND (p_revision = 0
            OR (SELECT t.revision FROM trunk t WHERE t.id = p_trunk AND t.removed_at IS NULL) = p_revision);
      IF ROW_COUNT() = 1 THEN
        INSERT IGNORE INTO call_fact (leg, of_id, fact_key, kind, source, call_id, room_id, class, amd, digit, sip, q850, marks,
            at_us, received_at, seconds, cost_micro, currency, word)
          VALUES ('contact', p_call, p_key, p_kind, p_source, p_call_id, p_room_id, p_class, p_amd, p_digit, p_sip, p_q850, p_marks,
            p_at, p_now, p_seconds, p_cost, p_currency, p_word);
        SET v_verdict = ROW_COUNT() = 1;
        IF NOT v_verdict THEN
          ROLLBACK;
        ELSEIF @first_id THEN
          SELECT operation_id, month INTO v_operation, v_month FROM live_call WHERE id = p_call;
          CALL count_cost(p_trunk, v_month, v_operation, '', 0);
        END IF;
        SET v_over = @over;
        LEAVE one;
      END IF;
    END IF;
    IF p_revision <> 0 THEN
      SELECT revision INTO v_revision FROM trunk WHERE id = p_trunk AND removed_at IS NULL;
      IF v_revision IS NULL OR v_revision <> p_revision THEN
        SET v_verdict = 5;
        LEAVE one;
      END IF;
    END IF;
    SELECT trunk_id, person_id, call_id, state, operation_id, month, cost_micro
      INTO v_trunk, v_person, v_call_id, v_state, v_operation, v_month, v_cost FROM live_call WHERE id = p_call FOR UPDATE;
    IF v_trunk IS NULL THEN
      INSERT IGNORE INTO call_orphan (trunk_id, fact_key, leg, of_id, kind, call_id, received_at)
        VALUES (p_trunk, p_key, 'contact', p_call, p_kind, p_call_id, p_now);
      SET v_verdict = 2;
      LEAVE one;
    ELSEIF v_trunk <> p_trunk THEN
      SET v_verdict = 3;
      LEAVE one;
    ELSEIF v_person IS NULL AND p_revision <> 0 THEN
      SET v_verdict = 4;
      LEAVE one;
    END IF;
    INSERT IGNORE INTO call_fact (leg, of_id, fact_key, kind, source, call_id, room_id, class, amd, digit, sip, q850, marks,
        at_us, received_at, seconds, cost_micro, currency, word)
      VALUES ('contact', p_call, p_key, p_kind, p_source, p_call_id, p_room_id, p_class, p_amd, p_digit, p_sip, p_q850, p_marks,
        p_at, p_now, p_seconds, p_cost, p_currency, p_word);
    IF ROW_COUNT() = 1 THEN
      SET v_verdict = 1, v_over = v_over OR v_state = 'ended';
      -- Who stored an end applies it at once; should that process die in between, the dialer looks.
      UPDATE live_call SET facts = facts + 1, call_id = IF(call_id = '', p_call_id, call_id),
          call_other = IF(call_id <> p_call_id AND p_call_id <> '', p_call_id, call_other),
          look_at = IF(state = 'ended' OR v_over
            OR (v_call_id <> '' AND p_call_id <> '' AND v_call_id <> p_call_id),
            LEAST(COALESCE(look_at, p_now + 2000000), p_now + 2000000), look_at),
          currency = IF(p_kind = 'cost' AND cost_micro IS NULL, p_currency, currency),
          cost_micro = IF(p_kind = 'cost' AND cost_micro IS NULL, p_cost, cost_micro)
        WHERE id = p_call;
      IF v_call_id = '' AND p_call_id <> '' THEN
        CALL count_cost(p_trunk, v_month, v_operation, '', 0);
      END IF;
      IF p_kind = 'cost' AND v_cost IS NULL THEN
        CALL count_cost(p_trunk, v_month, v_operation, p_currency, p_cost);
      END IF;
    END IF;
  END one;
  COMMIT;
  SELECT v_verdict;
  IF v_verdict < 2 AND (p_want OR v_over) THEN
    CALL call_facts(p_call);
  END IF;
END;
