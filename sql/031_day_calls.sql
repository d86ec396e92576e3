-- 031: the hot path of 002 with what 025 and 030 made: one call for a household, kept appointments, one certain person ahead
-- of the list, the rule that an attempt stores in full, a cap on a person's calls of one day.
--
-- Its look-ups name their index (FORCE INDEX three times in agent_screen, USE INDEX (PRIMARY) once in save_and_claim). The
-- server otherwise estimates, for every call, how many rows each other index would give it, reading pages of each
-- for that: a twentieth of the call's CPU.

-- What the agent's page shows of one person: the fields of p_show's bits (domain/field.h numbers them; NULL for the
-- others), the numbers (bit 32) and the household on the same list (bit 19), the agent's day. A row for each number with
-- each member: the joins cost a third of what subqueries or statements of their own cost. The numbers come last
-- in the joins, so that a household too large for the LIMIT loses members and no number.
CREATE OR REPLACE PROCEDURE agent_screen(IN p_operation BIGINT UNSIGNED, IN p_user BIGINT UNSIGNED, IN p_day DATE,
  IN p_person BIGINT UNSIGNED, IN p_show BIGINT UNSIGNED)
  SQL SECURITY INVOKER
SELECT STRAIGHT_JOIN
    IF(p_show & 1, p.first_name, NULL), IF(p_show & 2, p.last_name, NULL), NULL, NULL, NULL,
    IF(p_show & 32, p.language, NULL),
    IF(p_show & 64, CONCAT_WS('|', p.civic_number, p.street, p.apartment, p.city, p.postal_code), NULL),
    IF(p_show & 128, p.email, NULL), IF(p_show & 256, CAST(p.birth_date AS CHAR), NULL),
    IF(p_show & 512, CAST(p.member_until AS CHAR), NULL), IF(p_show & 1024, p.polling_place, NULL),
    IF(p_show & 2048, p.polling_subdivision, NULL), IF(p_show & 4096, p.elector_number, NULL),
    IF(p_show & 8192, p.electoral_division, NULL), IF(p_show & 16384, p.district, NULL),
    IF(p_show & 32768, p.advance_vote, NULL), IF(p_show & 65536, IF(p.has_voted, 'yes', ''), NULL),
    IF(p_show & 131072, p.tags, NULL), IF(p_show & 262144, LEFT(p.notes, 1000), NULL), NULL,
    IF(p_show & 1048576, p.sex, NULL), IF(p_show & 2097152, p.nationality, NULL),
    IF(p_show & 4194304, p.organization, NULL), IF(p_show & 8388608, p.file_number, NULL),
    IF(p_show & 16777216, CAST(p.donations_year AS CHAR), NULL),
    p.language, d.calls, d.reached, b.id, b.first_name, b.last_name, e.e164, e.reason, e.attempts, e.id, e.state, e.due_at,
    f.id, f.position, f.kind, f.e164, f.extension
  FROM person p
    LEFT JOIN agent_tally d ON d.operation_id = p_operation AND d.user_id = p_user AND d.day = p_day
    LEFT JOIN (person b FORCE INDEX (by_household) JOIN entry e FORCE INDEX (once) ON e.operation_id = p_operation AND e.person_id = b.id)
      ON p_show & 524288 AND b.household_id = p.household_id AND b.id <> p.id
    LEFT JOIN phone f FORCE INDEX (PRIMARY) ON p_show & 4294967296 AND f.person_id = p.id AND f.state = 'ok'
  WHERE p.id = p_person LIMIT 120;

-- Saves one call (p_status 0: none) and claims the next person (p_plan '': nobody).
--
-- While an entry is held its due_at is the moment of the claim; the hold keeps the real one.
-- p_was, p_was_reason, p_return, p_attempts, p_claimed_at: what the decision was made from. p_expire: ends holds whose
-- time is over first. p_plan: where to look, in order, 21 characters each: band (1), zone (3), due_at from
-- which on to look (17), a hint that is dropped when nothing is found above it. p_answers: per answer
-- question (20), position (5), choice (20), characters of text (5), text.
-- A place of p_plan that begins with 0 is one entry, by its id in the place of the mark: somebody whom this agent is to
-- call before anybody else (an appointment kept for them, the other number of a wrong one, a call taken back).
-- p_keep: so many minutes of an appointment belong to this agent; after them, to anybody.
-- p_mates: others at the same number for whom this call counts too, each decided as the call itself. Per person, 183
-- characters: entry (20), person (20), attempts (5), reason (3) and state (1) before; state (1), band (1), due_at (17),
-- reason (3) and retries (64, hex) after; next_e164 (16); form_key (32, hex). States: ready 1, waiting 2, done 3, removed 4;
-- what is shorter is filled with blanks.
-- p_show: what the page of the person claimed shows, as of agent_screen; 0: nothing.
--
-- Answers one row. saved: 0 none, 1 saved, 2 this form was saved before, 3 the entry has changed (nothing done).
-- claimed: 0 nobody, 1 the person in the row, 2 the operation has changed or is not active, 3 ask again.
-- probes: how many places of p_plan held nobody. A person claimed just now is followed by agent_screen's rows.
--
-- p_day_calls (0: any): calls of a person from p_day_from on, in all operations and by hand, after which they rest until
-- p_day_until. An appointment is kept: the person asked for it.
--
-- Each statement costs some 50 microseconds of this hot path, so there is none that is not needed.
CREATE OR REPLACE PROCEDURE save_and_claim(
  IN p_operation BIGINT UNSIGNED, IN p_revision INT UNSIGNED, IN p_organisation BIGINT UNSIGNED,
  IN p_user BIGINT UNSIGNED, IN p_now BIGINT, IN p_hold_us BIGINT, IN p_shard TINYINT UNSIGNED,
  IN p_status TINYINT UNSIGNED, IN p_effect CHAR(1) CHARACTER SET ascii, IN p_reached TINYINT UNSIGNED,
  IN p_entry BIGINT UNSIGNED, IN p_person BIGINT UNSIGNED, IN p_e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_claimed_at BIGINT, IN p_was VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin, IN p_was_reason TINYINT UNSIGNED,
  IN p_return VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin, IN p_attempts SMALLINT UNSIGNED,
  IN p_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin, IN p_band TINYINT UNSIGNED, IN p_due_at BIGINT,
  IN p_reason TINYINT UNSIGNED, IN p_retries VARBINARY(32),
  IN p_next_e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_rule_max SMALLINT UNSIGNED, IN p_rule_minutes INT UNSIGNED,
  IN p_rule_more SMALLINT UNSIGNED, IN p_rule_other_part BOOLEAN, IN p_callback_at BIGINT,
  IN p_version BIGINT UNSIGNED, IN p_zone VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_form_key BINARY(16), IN p_note VARCHAR(2000) CHARACTER SET utf8mb4,
  IN p_answers MEDIUMTEXT CHARACTER SET utf8mb4, IN p_day DATE,
  IN p_expire BOOLEAN, IN p_plan VARCHAR(16000) CHARACTER SET ascii, IN p_show BIGINT UNSIGNED,
  IN p_keep SMALLINT UNSIGNED, IN p_mates MEDIUMTEXT CHARACTER SET ascii,
  IN p_day_calls TINYINT UNSIGNED, IN p_day_from BIGINT, IN p_day_until BIGINT)
  SQL SECURITY INVOKER
BEGIN
  DECLARE v_saved, v_claimed, v_mine, v_twice, v_careful, v_dead, v_forbidden, v_active, v_blocked, v_reason, v_zone, v_band
    TINYINT UNSIGNED DEFAULT 0;
  DECLARE v_was, v_from, v_one VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_e164 VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_attempt, v_entry, v_person, v_household, v_mate, v_mate_person BIGINT UNSIGNED;
  DECLARE v_attempts, v_tries, v_at, v_n, v_probes, v_calls INT UNSIGNED DEFAULT 0;
  DECLARE v_low, v_due_at, v_claimed_at, v_held_until BIGINT DEFAULT 0;
  DECLARE d_ready, d_held, d_waiting, d_done, d_removed INT DEFAULT 0;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;

  START TRANSACTION;

  saving: BEGIN
    IF p_status = 0 THEN
      LEAVE saving;
    END IF;
    SET v_was = p_was;
    UPDATE entry USE INDEX (PRIMARY) SET state = p_state, band = p_band, due_at = p_due_at, reason = p_reason,
        attempts = attempts + 1, retries_used = p_retries, skipped_at = NULL, e164 = IF(p_next_e164 = '', e164, p_next_e164)
      WHERE id = p_entry AND operation_id = p_operation AND state = 'held' AND due_at = p_claimed_at
        AND attempts = p_attempts AND reason = p_was_reason;
    IF ROW_COUNT() = 1 THEN
      SET v_mine = 1, d_held = -1;
    ELSE
      -- Not held by this agent (any more): saved before, or the hold expired while they talked.
      SET v_was = NULL;
      SELECT state, attempts, reason INTO v_was, v_attempts, v_reason FROM entry
        WHERE id = p_entry AND operation_id = p_operation FOR UPDATE;
      IF EXISTS (SELECT 1 FROM attempt WHERE form_key = p_form_key) THEN
        SET v_saved = 2;
        LEAVE saving;
      END IF;
      IF v_was IS NULL OR v_was <> p_was OR v_attempts <> p_attempts OR v_reason <> p_was_reason
          OR (v_was = 'held' AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.person_id = p_person
            AND h.entry_id = p_entry AND h.state = p_return)) THEN
        SET v_saved = 3;
        LEAVE saving;
      END IF;
      SET v_mine = v_was = 'held' AND EXISTS (SELECT 1 FROM hold h WHERE h.user_id = p_user
        AND h.operation_id = p_operation AND h.entry_id = p_entry);
      IF v_was = 'held' AND NOT v_mine THEN	-- with somebody else by now: decides where their hold returns to
        UPDATE hold SET state = p_state, band = p_band, due_at = p_due_at WHERE person_id = p_person AND entry_id = p_entry;
        UPDATE entry SET reason = p_reason, attempts = attempts + 1, retries_used = p_retries, skipped_at = NULL,
            e164 = IF(p_next_e164 = '', e164, p_next_e164) WHERE id = p_entry;
      ELSE
        UPDATE entry SET state = p_state, band = p_band, due_at = p_due_at, reason = p_reason, attempts = attempts + 1,
            retries_used = p_retries, skipped_at = NULL, e164 = IF(p_next_e164 = '', e164, p_next_e164)
          WHERE id = p_entry;
        SET d_held = -v_mine, d_ready = -(v_was = 'ready'), d_waiting = -(v_was = 'waiting'), d_done = -(v_was = 'done'),
            d_removed = -(v_was = 'removed');
      END IF;
    END IF;
    IF v_mine OR v_was <> 'held' THEN
      SET d_waiting = d_waiting + (p_state = 'waiting'), d_done = d_done + (p_state = 'done'),
          d_removed = d_removed + (p_state = 'removed'), d_ready = d_ready + (p_state = 'ready');
    END IF;

    INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, next_e164, status, rule_max, rule_minutes,
        rule_more, rule_other_part, callback_at, kept_minutes, survey_version_id, time_zone, started_at, saved_at, form_key, note)
      VALUES (p_operation, p_entry, p_attempts + 1, p_person, p_user, p_e164, p_next_e164, p_status, p_rule_max, p_rule_minutes,
        p_rule_more, p_rule_other_part, p_callback_at, p_keep, p_version, p_zone, p_claimed_at, p_now, p_form_key, p_note);
    SET v_saved = 1;
    IF p_answers <> '' THEN
      SET v_attempt = LAST_INSERT_ID(), v_at = 1;
      WHILE v_at < CHAR_LENGTH(p_answers) DO
        SET v_n = SUBSTRING(p_answers, v_at + 45, 5);
        INSERT INTO answer (attempt_id, question_id, position, choice_id, text)
          VALUES (v_attempt, SUBSTRING(p_answers, v_at, 20), SUBSTRING(p_answers, v_at + 20, 5),
            NULLIF(SUBSTRING(p_answers, v_at + 25, 20), '00000000000000000000'), SUBSTRING(p_answers, v_at + 50, v_n));
        SET v_at = v_at + 50 + v_n;
      END WHILE;
    END IF;

    IF p_keep > 0 AND p_state = 'waiting' THEN
      INSERT INTO kept_appointment (entry_id, operation_id, user_id, at, number)
        VALUES (p_entry, p_operation, p_user, p_callback_at, p_attempts + 1)
        ON DUPLICATE KEY UPDATE user_id = p_user, at = p_callback_at, number = p_attempts + 1;
    ELSEIF p_was_reason = 10 THEN	-- ST_CALL_BACK: what was kept for somebody has been called
      DELETE FROM kept_appointment WHERE entry_id = p_entry;
    END IF;

    SET v_calls = 1, v_at = 1;
    mates: WHILE v_at < LENGTH(p_mates) DO
      SET v_mate = SUBSTRING(p_mates, v_at, 20), v_mate_person = SUBSTRING(p_mates, v_at + 20, 20),
          v_n = SUBSTRING(p_mates, v_at + 40, 5), v_one = ELT(SUBSTRING(p_mates, v_at + 49, 1), 'ready', 'waiting', 'done', 'removed');
      UPDATE entry SET state = v_one, band = SUBSTRING(p_mates, v_at + 50, 1),
          due_at = SUBSTRING(p_mates, v_at + 51, 17), reason = SUBSTRING(p_mates, v_at + 68, 3), attempts = attempts + 1,
          retries_used = UNHEX(TRIM(SUBSTRING(p_mates, v_at + 71, 64))), skipped_at = NULL,
          e164 = IF(SUBSTRING(p_mates, v_at + 135, 16) = '', e164, TRIM(SUBSTRING(p_mates, v_at + 135, 16)))
        WHERE id = v_mate AND operation_id = p_operation AND attempts = v_n AND reason = SUBSTRING(p_mates, v_at + 45, 3)
          AND state = IF(SUBSTRING(p_mates, v_at + 48, 1) = '1', 'ready', 'waiting');
      IF ROW_COUNT() <> 1 THEN
        SET v_saved = 3;
        LEAVE saving;
      END IF;
      SET d_ready = d_ready - (SUBSTRING(p_mates, v_at + 48, 1) = '1'), d_waiting = d_waiting - (SUBSTRING(p_mates, v_at + 48, 1) = '2')
          + (v_one = 'waiting'), d_done = d_done + (v_one = 'done'), d_removed = d_removed + (v_one = 'removed');
      INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, next_e164, status, rule_max, rule_minutes,
          rule_more, rule_other_part, callback_at, kept_minutes, survey_version_id, time_zone, started_at, saved_at, form_key, note)
        VALUES (p_operation, v_mate, v_n + 1, v_mate_person, p_user, p_e164, TRIM(SUBSTRING(p_mates, v_at + 135, 16)), p_status,
          p_rule_max, p_rule_minutes, p_rule_more, p_rule_other_part, p_callback_at, p_keep, p_version, p_zone, p_claimed_at, p_now,
          UNHEX(SUBSTRING(p_mates, v_at + 151, 32)), '');
      IF p_effect = 'w' THEN
        UPDATE phone SET state = 'wrong' WHERE person_id = v_mate_person AND e164 = p_e164;
        INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id, detail)
          VALUES (p_organisation, p_user, p_now, 'phone.wrong', 'person', v_mate_person, '');
      END IF;
      IF p_keep > 0 AND v_one = 'waiting' THEN
        INSERT INTO kept_appointment (entry_id, operation_id, user_id, at, number)
          VALUES (v_mate, p_operation, p_user, p_callback_at, v_n + 1)
          ON DUPLICATE KEY UPDATE user_id = p_user, at = p_callback_at, number = v_n + 1;
      END IF;
      SET v_calls = v_calls + 1, v_at = v_at + 183;
    END WHILE mates;

    UPDATE status_tally SET attempts = attempts + v_calls
      WHERE operation_id = p_operation AND shard = p_shard AND status = p_status;
    IF ROW_COUNT() = 0 THEN
      INSERT INTO status_tally (operation_id, shard, status, attempts) VALUES (p_operation, p_shard, p_status, v_calls)
        ON DUPLICATE KEY UPDATE attempts = attempts + v_calls;
    END IF;
    UPDATE agent_tally SET calls = calls + v_calls, reached = reached + p_reached, last_at = p_now
      WHERE operation_id = p_operation AND user_id = p_user AND day = p_day;
    IF ROW_COUNT() = 0 THEN
      INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at)
        VALUES (p_operation, p_user, p_day, v_calls, p_reached, p_now)
        ON DUPLICATE KEY UPDATE calls = calls + v_calls, reached = reached + p_reached, last_at = p_now;
    END IF;

    IF p_effect <> '' THEN
      IF p_effect = 'd' THEN	-- do not call again, in any operation
        UPDATE person SET calls_forbidden = TRUE, updated_at = p_now WHERE id = p_person;
        INSERT INTO suppression (organisation_id, e164, person_id, reason, created_at, created_by)
          VALUES (p_organisation, p_e164, p_person, 'call', p_now, p_user)
          ON DUPLICATE KEY UPDATE created_at = p_now;
      ELSEIF p_effect = 'x' THEN
        UPDATE person SET deceased = TRUE, updated_at = p_now WHERE id = p_person;
      ELSE
        UPDATE phone SET state = 'wrong' WHERE person_id = p_person AND e164 = p_e164;
      END IF;
      INSERT INTO audit (organisation_id, user_id, at, verb, object, object_id, detail) VALUES (p_organisation, p_user, p_now,
        IF(p_effect = 'd', 'person.do_not_call', IF(p_effect = 'x', 'person.deceased', 'phone.wrong')), 'person', p_person, '');
    END IF;
  END saving;

  claiming: BEGIN
    IF p_plan = '' OR v_saved = 3 THEN
      LEAVE claiming;
    END IF;
    IF p_expire THEN
      IF v_mine THEN		-- it may be this agent's own, a moment too late: it has just been saved
        DELETE FROM hold WHERE user_id = p_user AND operation_id = p_operation;
        SET v_mine = 0;
      END IF;
      CALL release_holds(p_now, p_shard, 50, v_n);
    END IF;

    SET v_at = 1;
    place: WHILE v_at < LENGTH(p_plan) DO
      SET v_band = SUBSTRING(p_plan, v_at, 1), v_zone = SUBSTRING(p_plan, v_at + 1, 3),
          v_low = SUBSTRING(p_plan, v_at + 4, 17), v_careful = IF(v_band = 0, 3, 0);
      candidate: LOOP
        SET v_entry = NULL;
        IF NOT v_mine THEN	-- the one this agent holds already, also when another process has just claimed it
          SELECT h.entry_id, h.person_id, h.e164, e.attempts, e.reason, e.zone, h.band, h.due_at, h.claimed_at, h.held_until
            INTO v_entry, v_person, v_e164, v_attempts, v_reason, v_zone, v_band, v_due_at, v_claimed_at, v_held_until
            FROM hold h JOIN entry e ON e.id = h.entry_id WHERE h.user_id = p_user AND h.operation_id = p_operation;
          IF v_entry IS NOT NULL THEN
            SET v_claimed = IF(v_held_until > p_now, 1, 3), p_show = 0;	-- calls to them may be closed by now
            LEAVE claiming;
          END IF;
        END IF;
        SET v_tries = v_tries + 1;
        IF v_tries > 100 THEN
          SET v_claimed = 3;
          LEAVE claiming;
        END IF;

        -- v_careful 0: the next one, whoever it is; what stands in the way is looked up by key afterwards. 1: the same
        -- without members of households that are held, who stand next to each other. 2: without all that is held, from
        -- the start. 3: one entry, by its id. Scalar subqueries there: NOT EXISTS would be materialised, and every claim would read all holds.
        IF v_careful = 0 THEN
          SELECT e.id, e.person_id, e.e164, e.household_id, e.attempts, e.reason, e.state, e.due_at
            INTO v_entry, v_person, v_e164, v_household, v_attempts, v_reason, v_from, v_due_at
            FROM entry e FORCE INDEX (claim)
            WHERE e.operation_id = p_operation AND e.zone = v_zone AND e.band = v_band AND e.due_at BETWEEN v_low AND p_now
            ORDER BY e.due_at LIMIT 1 FOR UPDATE SKIP LOCKED;
        ELSEIF v_careful = 1 THEN
          SELECT e.id, e.person_id, e.e164, e.household_id, e.attempts, e.reason, e.state, e.due_at
            INTO v_entry, v_person, v_e164, v_household, v_attempts, v_reason, v_from, v_due_at
            FROM entry e FORCE INDEX (claim)
            WHERE e.operation_id = p_operation AND e.zone = v_zone AND e.band = v_band AND e.due_at BETWEEN v_low AND p_now
              AND (e.household_id IS NULL
                OR (SELECT h.entry_id FROM hold h WHERE h.household_id = e.household_id) IS NULL)
            ORDER BY e.due_at LIMIT 1 FOR UPDATE SKIP LOCKED;
        ELSEIF v_careful = 3 THEN
          SELECT e.id, e.person_id, e.e164, e.household_id, e.attempts, e.reason, e.state, e.due_at, e.band, e.zone
            INTO v_entry, v_person, v_e164, v_household, v_attempts, v_reason, v_from, v_due_at, v_band, v_zone
            FROM entry e WHERE e.id = v_low AND e.operation_id = p_operation AND e.state IN ('ready', 'waiting')
            FOR UPDATE SKIP LOCKED;
        ELSE
          SELECT e.id, e.person_id, e.e164, e.household_id, e.attempts, e.reason, e.state, e.due_at
            INTO v_entry, v_person, v_e164, v_household, v_attempts, v_reason, v_from, v_due_at
            FROM entry e FORCE INDEX (claim)
            WHERE e.operation_id = p_operation AND e.zone = v_zone AND e.band = v_band AND e.due_at <= p_now
              AND (SELECT 1 FROM hold h WHERE h.e164 = e.e164
                AND NOT (h.user_id = p_user AND h.operation_id = p_operation)) IS NULL
              AND (SELECT 1 FROM hold h WHERE h.person_id = e.person_id
                AND NOT (h.user_id = p_user AND h.operation_id = p_operation)) IS NULL
              AND (e.household_id IS NULL OR (SELECT 1 FROM hold h WHERE h.household_id = e.household_id
                AND NOT (h.user_id = p_user AND h.operation_id = p_operation)) IS NULL)
            ORDER BY e.due_at LIMIT 1 FOR UPDATE SKIP LOCKED;
        END IF;
        IF v_entry IS NULL THEN
          IF v_careful >= 2 OR (v_careful = 0 AND v_low = 0) THEN
            SET v_probes = v_probes + 1, v_at = v_at + 21;
            ITERATE place;
          END IF;
          SET v_careful = 2;	-- the mark was a hint
          ITERATE candidate;
        END IF;

        SELECT p.deceased, p.calls_forbidden OR s.id IS NOT NULL, o.state = 'active' AND o.revision = p_revision,
            (hn.user_id IS NOT NULL AND NOT (hn.user_id = p_user AND hn.operation_id = p_operation))
            OR (hh.user_id IS NOT NULL AND NOT (hh.user_id = p_user AND hh.operation_id = p_operation))
          INTO v_dead, v_forbidden, v_active, v_blocked
          FROM person p JOIN operation o ON o.id = p_operation
            LEFT JOIN suppression s ON s.organisation_id = p_organisation AND s.e164 = v_e164
            LEFT JOIN hold hn ON hn.e164 = v_e164
            LEFT JOIN hold hh ON hh.household_id = v_household
          WHERE p.id = v_person;
        IF NOT v_active THEN
          SET v_claimed = 2;
          LEAVE claiming;
        END IF;
        IF v_dead OR v_forbidden THEN
          UPDATE entry SET state = 'removed', band = 9, reason = IF(v_dead, 19, 20) WHERE id = v_entry;	-- ST_DECEASED, ST_DNC
          SET d_removed = d_removed + 1, d_ready = d_ready - (v_from = 'ready'), d_waiting = d_waiting - (v_from = 'waiting');
          ITERATE candidate;
        END IF;
        IF v_blocked AND v_careful = 3 THEN
          SET v_probes = v_probes + 1, v_at = v_at + 21;
          ITERATE place;
        END IF;
        IF v_blocked AND v_careful < 2 THEN
          SET v_careful = v_careful + 1, v_low = v_due_at + 1;
          ITERATE candidate;
        END IF;

        SET v_claimed_at = p_now, v_held_until = p_now + p_hold_us, v_twice = 0;
        IF v_attempts > 0 THEN	-- a claim never has the moment of an earlier call: form keys are made from it
          SELECT GREATEST(p_now, started_at + 1) INTO v_claimed_at FROM attempt
            WHERE entry_id = v_entry AND number = v_attempts;
        END IF;
        BEGIN
          DECLARE CONTINUE HANDLER FOR 1062 SET v_twice = 1;
          IF v_mine THEN
            UPDATE hold SET entry_id = v_entry, person_id = v_person, e164 = v_e164, household_id = v_household,
                claimed_at = v_claimed_at, held_until = v_held_until, state = v_from, band = v_band, due_at = v_due_at
              WHERE user_id = p_user AND operation_id = p_operation;
          ELSE
            INSERT INTO hold (user_id, operation_id, entry_id, person_id, e164, household_id, claimed_at, held_until,
                state, band, due_at)
              VALUES (p_user, p_operation, v_entry, v_person, v_e164, v_household, v_claimed_at, v_held_until,
                v_from, v_band, v_due_at);
          END IF;
        END;
        IF v_twice THEN		-- their number, household or self is with another agent, maybe since this instant
          IF v_careful = 3 THEN
            SET v_probes = v_probes + 1, v_at = v_at + 21;
            ITERATE place;
          END IF;
          SET v_careful = 2;
          ITERATE candidate;
        END IF;
        -- Counted while the hold keeps every other operation from this person, so that two cannot both make the last call
        -- of a day. The hold goes to the next candidate. A call that was taken back (24: ST_CORRECTED) was none.
        IF p_day_calls > 0 AND v_band > 1 THEN
          SELECT COUNT(*) INTO v_n FROM attempt t FORCE INDEX (by_person)
            WHERE t.person_id = v_person AND t.saved_at >= p_day_from AND t.corrects IS NULL
              AND (SELECT k.id FROM attempt k FORCE INDEX (by_entry)
                WHERE k.entry_id = t.entry_id AND k.corrects = t.number AND k.status = 24 LIMIT 1) IS NULL;
          IF v_n >= p_day_calls THEN
            SET v_mine = 1;
            IF v_careful = 3 THEN	-- not ahead of the list; there they rest when their turn comes
              SET v_probes = v_probes + 1, v_at = v_at + 21;
              ITERATE place;
            END IF;
            UPDATE entry SET due_at = p_day_until, skipped_at = p_day_until WHERE id = v_entry;
            ITERATE candidate;
          END IF;
        END IF;
        UPDATE entry SET state = 'held', band = 8, due_at = v_claimed_at WHERE id = v_entry;
        SET v_claimed = 1, v_mine = 0, d_held = d_held + 1, d_ready = d_ready - (v_from = 'ready'),
            d_waiting = d_waiting - (v_from = 'waiting');
        LEAVE claiming;
      END LOOP candidate;
    END WHILE place;
  END claiming;

  IF v_saved = 3 THEN
    ROLLBACK;
  ELSE
    IF v_mine THEN
      DELETE FROM hold WHERE user_id = p_user AND operation_id = p_operation;
    END IF;
    IF d_ready <> 0 OR d_held <> 0 OR d_waiting <> 0 OR d_done <> 0 OR d_removed <> 0 THEN
      UPDATE queue_tally SET ready = ready + d_ready, held = held + d_held, waiting = waiting + d_waiting,
          done = done + d_done, removed = removed + d_removed
        WHERE operation_id = p_operation AND shard = p_shard;
      IF ROW_COUNT() = 0 THEN
        INSERT INTO queue_tally (operation_id, shard, ready, held, waiting, done, removed)
          VALUES (p_operation, p_shard, d_ready, d_held, d_waiting, d_done, d_removed)
          ON DUPLICATE KEY UPDATE ready = ready + d_ready, held = held + d_held, waiting = waiting + d_waiting,
            done = done + d_done, removed = removed + d_removed;
      END IF;
    END IF;
    COMMIT;
  END IF;

  SELECT v_saved, v_claimed, v_probes, v_entry, v_person, v_e164, v_attempts, v_reason, v_zone, v_band, v_due_at,
    v_claimed_at, v_held_until;
  IF v_claimed = 1 AND p_show <> 0 THEN
    CALL agent_screen(p_operation, p_user, p_day, v_person, p_show);
  END IF;
END;
