-- numbers.sql - an operation under way, for tests/bench/run-numbers.
--
-- Three of four entries were called seven times in the last four weeks, by 40 agents: a third is done, a third waits, a third was
-- removed; the fourth is for the agents of now. The tallies add up; what the rules would have made of each call is not looked at.
DELIMITER //
-- The large one is organisation 2: load's agents choose answer 1.
CREATE PROCEDURE house(p_org BIGINT UNSIGNED, p_owner BIGINT UNSIGNED)
BEGIN
  INSERT INTO organisation (id, name, created_at) VALUES (p_org, 'Bench', 1);
  INSERT INTO user (id, organisation_id, name, role, language, created_at)
    SELECT p_owner + seq, p_org, CONCAT('Agent ', seq), IF(seq = 0, 'organiser', 'volunteer'), 'fr', 1 FROM seq_0_to_40;
  INSERT INTO survey (id, organisation_id, name, created_at) VALUES (p_org, p_org, 'Bench', 1);
  INSERT INTO survey_version (id, survey_id, number, script_en, script_fr, created_at) VALUES (p_org, p_org, 1, 'Hello {first_name}.',
    'Bonjour {first_name}.', 1);
  INSERT INTO question (id, version_id, stable_id, position, kind, text_en, text_fr)
    VALUES (p_org, p_org, p_org, 1, 'single_choice', 'Will you vote?', 'Irez-vous voter ?');
  INSERT INTO choice (id, question_id, stable_id, position, text_en, text_fr) VALUES ((2 - p_org) * 10 + 1, p_org, (2 - p_org) * 10 + 1, 1, 'Yes', 'Oui'),
    ((2 - p_org) * 10 + 2, p_org, (2 - p_org) * 10 + 2, 2, 'No', 'Non');
  INSERT INTO session (token_hash, user_id, csrf, created_at, expires_at)
    SELECT UNHEX(SHA2(CONCAT('bench', id), 256)), id, MD5(id), 1, 4000000000000000 FROM user WHERE organisation_id = p_org;
END//

CREATE PROCEDURE called(p_id BIGINT UNSIGNED, p_org BIGINT UNSIGNED, p_owner BIGINT UNSIGNED, p_first BIGINT UNSIGNED, p_n INT UNSIGNED)
BEGIN
  DECLARE v_at BIGINT UNSIGNED DEFAULT p_first;
  DECLARE v_end BIGINT UNSIGNED;
  DECLARE v_fresh BIGINT UNSIGNED DEFAULT p_first + p_n - p_n DIV 4;		-- from here on
  DECLARE v_now BIGINT DEFAULT UNIX_TIMESTAMP() * 1000000;

  INSERT INTO operation (id, organisation_id, state, revision, version, source, method, name, survey_version_id, question_id, time_zone,
      starts_on, ends_at, opens_at, closes_at, created_by, created_at, finished_at)
    VALUES (p_id, p_org, 'active', 9, 'original', 'contact', 'phone', CONCAT('Bench ', p_n), p_org, p_org, 'America/Toronto', '2020-01-01',
      '2036-12-31 23:59', '00:00', '23:59', p_owner, 1, 1);
  INSERT INTO operation_zone VALUES (p_id, 0, 'America/Toronto');
  INSERT INTO recycling_rule (operation_id, status, max_calls, minutes) VALUES (p_id, 8, 9, 90), (p_id, 12, 9, 120);
  INSERT INTO member SELECT p_id, id, IF(id = p_owner, 'owner', 'agent'), NULL, 1 FROM user WHERE organisation_id = p_org;
  WHILE v_at < p_first + p_n DO
    SET v_end = LEAST(v_at + 50000, p_first + p_n);
    INSERT INTO person (id, organisation_id, kind, last_name, first_name, civic_number, street, city, household_id, created_at, updated_at)
      SELECT v_at + seq, p_org, 'contact', CONCAT('Tremblay', v_at + seq), 'Élise', seq DIV 3, 'rue Principale', 'Québec',
        (v_at + seq) DIV 3 + 1, 1, 1 FROM seq_0_to_49999 WHERE seq < v_end - v_at;
    INSERT INTO phone (person_id, position, kind, e164) SELECT v_at + seq, 1, 'home', CONCAT('+1', 2000000000 + v_at + seq)
      FROM seq_0_to_49999 WHERE seq < v_end - v_at;
    INSERT INTO entry (id, operation_id, person_id, state, reason, band, due_at, e164, household_id, attempts, loaded_at)
      SELECT id, p_id, id, IF(id >= v_fresh, 'ready', ELT(1 + id % 3, 'done', 'waiting', 'removed')),
        IF(id >= v_fresh, 0, ELT(1 + id % 3, 16, 8, 20)), IF(id >= v_fresh, 3, ELT(1 + id % 3, 9, 2, 9)),
        v_now + IF(id >= v_fresh, -3600000000, 3600000000 * (2 + id % 50)) + id, CONCAT('+1', 2000000000 + id), id DIV 3 + 1,
        IF(id >= v_fresh, 0, 7), 1
      FROM (SELECT v_at + seq AS id FROM seq_0_to_49999 WHERE seq < v_end - v_at) x;
    INSERT INTO attempt (operation_id, entry_id, number, person_id, user_id, e164, status, survey_version_id, time_zone, started_at,
        saved_at, form_key)
      SELECT p_id, id, n, id, p_owner + 1 + (id * 7 + n) % 40, CONCAT('+1', 2000000000 + id), IF(n < 7, ELT(1 + (id + n) % 3, 8, 12, 13), ELT(1 + id % 3, 16, 8, 20)),
        p_org, 'America/Toronto', at - 60000000, at, UNHEX(MD5(CONCAT(id, '-', n)))
      FROM (SELECT v_at + s.seq AS id, n.seq AS n, v_now - 86400000000 * (29 - 4 * n.seq) - 3600000000 * ((v_at + s.seq) % 10) - s.seq AS at
        FROM seq_1_to_7 n JOIN seq_0_to_49999 s WHERE s.seq < v_end - v_at AND v_at + s.seq < v_fresh) x;
    SET v_at = v_end;
  END WHILE;
  INSERT INTO answer (attempt_id, question_id, choice_id)
    SELECT id, p_org, (2 - p_org) * 10 + 1 + person_id % 2 FROM attempt WHERE operation_id = p_id AND number = 7 AND status = 16 AND person_id % 4 = 0;
  INSERT INTO queue_tally (operation_id, shard, ready, waiting, done, removed)
    SELECT p_id, 0, SUM(state = 'ready'), SUM(state = 'waiting'), SUM(state = 'done'), SUM(state = 'removed') FROM entry WHERE operation_id = p_id;
  INSERT INTO entry_tally (operation_id, shard, state, reason, people) SELECT p_id, 0, state, reason, COUNT(*) FROM entry WHERE operation_id = p_id AND state <> 'ready' GROUP BY state, reason;
  INSERT INTO status_tally (operation_id, shard, status, attempts) SELECT p_id, 0, status, COUNT(*) FROM attempt WHERE operation_id = p_id GROUP BY status;
  INSERT INTO agent_tally (operation_id, user_id, day, calls, reached, last_at) SELECT p_id, user_id, DATE(FROM_UNIXTIME(saved_at DIV 1000000)) AS day, COUNT(*), SUM(status IN (16, 20)), MAX(saved_at)
    FROM attempt WHERE operation_id = p_id GROUP BY user_id, day;
END//
DELIMITER ;
