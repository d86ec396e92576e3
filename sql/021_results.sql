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

-- Every way in which an answer arrives passes here, in its own transaction. Calls of no operation are not counted.
CREATE TRIGGER answer_counted AFTER INSERT ON answer FOR EACH ROW
counting: BEGIN
  DECLARE v_operation, v_entry, v_user, v_before BIGINT UNSIGNED;
  DECLARE v_number SMALLINT UNSIGNED;

  SELECT operation_id, entry_id, user_id, number INTO v_operation, v_entry, v_user, v_number
    FROM attempt WHERE id = NEW.attempt_id;
  IF v_operation IS NULL THEN
    LEAVE counting;
  END IF;
  IF v_number > 1 AND NEW.position = 0 THEN
    -- the call before this one in which the same question was answered: it has been counted, and counts no more
    SELECT t.id INTO v_before FROM attempt t JOIN answer a ON a.attempt_id = t.id JOIN question n ON n.id = a.question_id
      WHERE t.entry_id = v_entry AND t.number < v_number
        AND n.stable_id = (SELECT stable_id FROM question WHERE id = NEW.question_id)
      ORDER BY t.number DESC LIMIT 1;
    IF v_before IS NOT NULL THEN
      UPDATE answer_tally y JOIN attempt t ON t.id = v_before JOIN answer a ON a.attempt_id = t.id
        JOIN question n ON n.id = a.question_id
          AND n.stable_id = (SELECT stable_id FROM question WHERE id = NEW.question_id)
        SET y.people = y.people - 1, y.firsts = y.firsts - (a.position = 0)
        WHERE y.operation_id = v_operation AND y.question_id = a.question_id AND y.choice_id = COALESCE(a.choice_id, 0)
          AND y.user_id = t.user_id;
    END IF;
  END IF;
  INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts)
    VALUES (v_operation, NEW.question_id, COALESCE(NEW.choice_id, 0), v_user, 1, NEW.position = 0)
    ON DUPLICATE KEY UPDATE people = people + 1, firsts = firsts + (NEW.position = 0);
END;

-- What was answered until now.
INSERT INTO answer_tally (operation_id, question_id, choice_id, user_id, people, firsts)
  SELECT t.operation_id, a.question_id, COALESCE(a.choice_id, 0), t.user_id, COUNT(*), SUM(a.position = 0)
  FROM answer a JOIN attempt t ON t.id = a.attempt_id JOIN question n ON n.id = a.question_id
  WHERE t.operation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attempt l JOIN answer b ON b.attempt_id = l.id
    JOIN question m ON m.id = b.question_id
    WHERE l.entry_id = t.entry_id AND l.number > t.number AND m.stable_id = n.stable_id)
  GROUP BY t.operation_id, a.question_id, COALESCE(a.choice_id, 0), t.user_id;
