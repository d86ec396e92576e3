-- 021: results per question, counted as the answers arrive.
--
-- A person counts once per operation and question, with the newest call in which they answered it: an answer of a
-- later call takes the place of an earlier one, also when the questionnaire has another version by then (stable_id).
-- choice_id 0: an answer in words, a number or a day. people: who gave this answer. firsts: of them, those for whom it
-- is the first of the answer's choices, so that the sum over a question is the number of people who answered it.
-- One row per agent: agents do not wait for each other.
CREATE TABLE answer_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  question_id  BIGINT UNSIGNED NOT NULL,
  choice_id    BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  people       INT NOT NULL DEFAULT 0,
  firsts       INT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, question_id, choice_id, user_id),
  KEY by_question (question_id)
) ENGINE=InnoDB;

-- One day of an operation; the newest words first.
ALTER TABLE attempt ADD KEY by_day (operation_id, saved_at);

-- Puts the answers of one call to one question among the counters, or takes them out (p_sign -1).
CREATE PROCEDURE tally_answers(IN p_attempt BIGINT UNSIGNED, IN p_stable BIGINT UNSIGNED, IN p_sign INT)
  INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts)
    SELECT t.operation_id, a.question_id, COALESCE(a.choice_id, 0), t.user_id, p_sign, p_sign * (a.position = 0)
    FROM attempt t JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id AND n.stable_id = p_stable
    WHERE t.id = p_attempt
    ON DUPLICATE KEY UPDATE people = people + VALUES(people), firsts = firsts + VALUES(firsts);

-- The newest call to an entry before one of its attempts in which a question was answered; NULL: none. What was taken back
-- (status 24, ST_CORRECTED: queue_correct) was no call.
CREATE PROCEDURE answered_before(IN p_entry BIGINT UNSIGNED, IN p_number SMALLINT UNSIGNED, IN p_stable BIGINT UNSIGNED,
  OUT p_attempt BIGINT UNSIGNED)
BEGIN
  SET p_attempt = (SELECT t.id FROM attempt t JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id
    WHERE t.entry_id = p_entry AND t.number < p_number AND n.stable_id = p_stable AND NOT EXISTS (SELECT 1 FROM attempt k
      WHERE k.entry_id = p_entry AND k.corrects = t.number AND k.status = 24)
    ORDER BY t.number DESC LIMIT 1);
END;

-- Every way in which an answer arrives passes here, in its own transaction. Calls of no operation are not counted.
CREATE TRIGGER answer_counted AFTER INSERT ON answer FOR EACH ROW
counting: BEGIN
  DECLARE v_operation, v_entry, v_user, v_stable, v_before BIGINT UNSIGNED;
  DECLARE v_number SMALLINT UNSIGNED;

  SELECT operation_id, entry_id, user_id, number INTO v_operation, v_entry, v_user, v_number
    FROM attempt WHERE id = NEW.attempt_id;
  IF v_operation IS NULL THEN
    LEAVE counting;
  END IF;
  IF v_number > 1 AND NEW.position = 0 THEN	-- it may take the place of an earlier answer
    SET v_stable = (SELECT stable_id FROM question WHERE id = NEW.question_id);
    CALL answered_before(v_entry, v_number, v_stable, v_before);
    IF v_before IS NOT NULL THEN
      CALL tally_answers(v_before, v_stable, -1);
    END IF;
  END IF;
  INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts)
    VALUES (v_operation, NEW.question_id, COALESCE(NEW.choice_id, 0), v_user, 1, NEW.position = 0)
    ON DUPLICATE KEY UPDATE people = people + 1, firsts = firsts + (NEW.position = 0);
END;

-- A call that is taken back takes its answers along; what it had taken the place of counts again.
CREATE TRIGGER attempt_taken_back AFTER INSERT ON attempt FOR EACH ROW
BEGIN
  DECLARE v_before BIGINT UNSIGNED;

  IF NEW.corrects IS NOT NULL AND NEW.status = 24 AND NEW.operation_id IS NOT NULL THEN
    FOR answered IN (SELECT DISTINCT w.id, n.stable_id FROM attempt w JOIN answer a ON a.attempt_id = w.id
        JOIN question n ON n.id = a.question_id
        WHERE w.entry_id = NEW.entry_id AND w.number = NEW.corrects AND NOT EXISTS (SELECT 1 FROM attempt l
          JOIN answer b ON b.attempt_id = l.id JOIN question m ON m.id = b.question_id
          WHERE l.entry_id = NEW.entry_id AND l.number > NEW.corrects AND m.stable_id = n.stable_id AND NOT EXISTS (
            SELECT 1 FROM attempt k WHERE k.entry_id = NEW.entry_id AND k.corrects = l.number AND k.status = 24)))
    DO
      CALL tally_answers(answered.id, answered.stable_id, -1);
      CALL answered_before(NEW.entry_id, NEW.corrects, answered.stable_id, v_before);
      IF v_before IS NOT NULL THEN
        CALL tally_answers(v_before, answered.stable_id, 1);
      END IF;
    END FOR;
  END IF;
END;

-- What was answered until now.
INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts)
  SELECT t.operation_id, a.question_id, COALESCE(a.choice_id, 0), t.user_id, COUNT(*), SUM(a.position = 0)
  FROM answer a JOIN attempt t ON t.id = a.attempt_id JOIN question n ON n.id = a.question_id
  WHERE t.operation_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM attempt k WHERE k.entry_id = t.entry_id AND k.corrects = t.number AND k.status = 24)
    AND NOT EXISTS (SELECT 1 FROM attempt l JOIN answer b ON b.attempt_id = l.id JOIN question m ON m.id = b.question_id
      WHERE l.entry_id = t.entry_id AND l.number > t.number AND m.stable_id = n.stable_id AND NOT EXISTS (
        SELECT 1 FROM attempt k WHERE k.entry_id = l.entry_id AND k.corrects = l.number AND k.status = 24))
  GROUP BY t.operation_id, a.question_id, COALESCE(a.choice_id, 0), t.user_id;
