-- 065: why people wait, are done or were removed, counted as it happens.
--
-- queue_tally counts people by state; this one splits the three states that have a reason. Every way in which an entry
-- changes passes the triggers below, in its own transaction; a claim of somebody never called writes nothing here.
-- The shard is the connection's, so that agents do not wait for each other.
CREATE TABLE entry_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  shard        TINYINT UNSIGNED NOT NULL,
  state        ENUM('waiting','done','removed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       TINYINT UNSIGNED NOT NULL,		-- entry.reason
  people       BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, shard, state, reason)
) ENGINE=InnoDB;

CREATE TRIGGER entry_counted AFTER INSERT ON entry FOR EACH ROW
BEGIN
  IF NEW.state IN ('waiting', 'done', 'removed') THEN
    INSERT INTO entry_tally VALUES (NEW.operation_id, CONNECTION_ID() MOD 32, NEW.state, NEW.reason, 1)
      ON DUPLICATE KEY UPDATE people = people + 1;
  END IF;
END;

CREATE TRIGGER entry_moved AFTER UPDATE ON entry FOR EACH ROW
BEGIN
  IF NEW.state <> OLD.state OR NEW.reason <> OLD.reason OR NEW.operation_id <> OLD.operation_id THEN
    IF OLD.state IN ('waiting', 'done', 'removed') THEN
      INSERT INTO entry_tally VALUES (OLD.operation_id, CONNECTION_ID() MOD 32, OLD.state, OLD.reason, -1)
        ON DUPLICATE KEY UPDATE people = people - 1;
    END IF;
    IF NEW.state IN ('waiting', 'done', 'removed') THEN
      INSERT INTO entry_tally VALUES (NEW.operation_id, CONNECTION_ID() MOD 32, NEW.state, NEW.reason, 1)
        ON DUPLICATE KEY UPDATE people = people + 1;
    END IF;
  END IF;
END;

CREATE TRIGGER entry_gone AFTER DELETE ON entry FOR EACH ROW
BEGIN
  IF OLD.state IN ('waiting', 'done', 'removed') THEN
    INSERT INTO entry_tally VALUES (OLD.operation_id, CONNECTION_ID() MOD 32, OLD.state, OLD.reason, -1)
      ON DUPLICATE KEY UPDATE people = people - 1;
  END IF;
END;

-- Who is on a list already.
INSERT INTO entry_tally SELECT operation_id, 0, state, reason, COUNT(*) FROM entry
  WHERE state IN ('waiting', 'done', 'removed') GROUP BY operation_id, state, reason;
