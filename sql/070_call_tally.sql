-- 070: calls counted by when they were made, by which attempt of their person they were and by what they came to: from these
-- rows come the calls by day, by hour of the day and by attempt number, and what a forecast learns from.
--
-- Half hours since 1970 (UTC) are cut the same way in every zone that people are called in, so days and hours of the day are
-- made of them when they are read, by the operation's clock, and nothing moves when its zone changes. `number` is the
-- attempt's own; a correction takes a number and counts nowhere by itself: it moves its call to another status, where that was
-- counted. A call that is taken back stays a call, with the status 24 (ST_CORRECTED).
--
-- The trigger is on the agents' hot path: one row by key, no look-up; 15 microseconds where the insert itself takes 20. The
-- shard is the connection's, so that agents do not wait for each other; the worker folds the shards of half hours
-- that are over into shard 8, which is written by nobody else.
CREATE TABLE call_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  half_hour    INT UNSIGNED NOT NULL,
  number       TINYINT UNSIGNED NOT NULL,	-- 1: their first ... 6: their sixth or a later one
  status       TINYINT UNSIGNED NOT NULL,
  shard        TINYINT UNSIGNED NOT NULL,
  calls        INT NOT NULL DEFAULT 0,
  seconds      INT NOT NULL DEFAULT 0,		-- from the claim to the save, ten minutes at most each; 90 where it was typed in later
  PRIMARY KEY (operation_id, half_hour, number, status, shard)
) ENGINE=InnoDB;

-- Until now: every call with its own status, then each correction from what it corrects to what it says.
INSERT INTO call_tally (operation_id, half_hour, number, status, shard, calls, seconds)
  WITH RECURSIVE correction AS (
    SELECT c.entry_id, c.corrects AS root, c.status, w.status AS was, w.corrects AS up
      FROM attempt c JOIN attempt w ON w.entry_id = c.entry_id AND w.number = c.corrects
      WHERE c.operation_id IS NOT NULL AND c.corrects IS NOT NULL
    UNION ALL
    SELECT c.entry_id, c.up, c.status, c.was, w.corrects
      FROM correction c JOIN attempt w ON w.entry_id = c.entry_id AND w.number = c.up)
  SELECT operation_id, half_hour, number, status, 8, SUM(n), SUM(seconds) FROM (
    SELECT operation_id, started_at DIV 1800000000 AS half_hour, LEAST(number, 6) AS number, status, 1 AS n,
        IF(saved_at - started_at > 3600000000, 90, LEAST((saved_at - started_at + 500000) DIV 1000000, 600)) AS seconds
      FROM attempt WHERE operation_id IS NOT NULL AND corrects IS NULL
    UNION ALL
    SELECT t.operation_id, t.started_at DIV 1800000000, LEAST(t.number, 6), c.was, -1, 0
      FROM correction c JOIN attempt t ON t.entry_id = c.entry_id AND t.number = c.root WHERE c.up IS NULL
    UNION ALL
    SELECT t.operation_id, t.started_at DIV 1800000000, LEAST(t.number, 6), c.status, 1, 0
      FROM correction c JOIN attempt t ON t.entry_id = c.entry_id AND t.number = c.root WHERE c.up IS NULL) x
  GROUP BY operation_id, half_hour, number, status;

-- A correction, maybe of a correction: back to the call itself, and there from the status it had to the one it has now.
CREATE PROCEDURE count_correction(IN p_operation BIGINT UNSIGNED, IN p_entry BIGINT UNSIGNED, IN p_corrects SMALLINT UNSIGNED,
  IN p_status TINYINT UNSIGNED)
BEGIN
  DECLARE v_half_hour INT UNSIGNED;
  DECLARE v_number, v_up SMALLINT UNSIGNED DEFAULT p_corrects;
  DECLARE v_was, v_status TINYINT UNSIGNED;

  WHILE v_up IS NOT NULL DO
    SELECT number, corrects, status, started_at DIV 1800000000 INTO v_number, v_up, v_status, v_half_hour
      FROM attempt WHERE entry_id = p_entry AND number = v_up;
    SET v_was = IFNULL(v_was, v_status);
  END WHILE;
  INSERT INTO call_tally VALUES (p_operation, v_half_hour, LEAST(v_number, 6), v_was, CONNECTION_ID() MOD 8, -1, 0),
      (p_operation, v_half_hour, LEAST(v_number, 6), p_status, CONNECTION_ID() MOD 8, 1, 0)
    ON DUPLICATE KEY UPDATE calls = calls + VALUES(calls);
END;

CREATE TRIGGER attempt_counted AFTER INSERT ON attempt FOR EACH ROW
  IF NEW.corrects IS NULL AND NEW.operation_id IS NOT NULL THEN
    INSERT INTO call_tally VALUES (NEW.operation_id, NEW.started_at DIV 1800000000, LEAST(NEW.number, 6), NEW.status,
        CONNECTION_ID() MOD 8, 1, IF(NEW.saved_at - NEW.started_at > 3600000000, 90, LEAST((NEW.saved_at - NEW.started_at + 500000) DIV 1000000, 600)))
      ON DUPLICATE KEY UPDATE calls = calls + 1, seconds = seconds + VALUES(seconds);
  ELSEIF NEW.operation_id IS NOT NULL THEN
    CALL count_correction(NEW.operation_id, NEW.entry_id, NEW.corrects, NEW.status);
  END IF;
