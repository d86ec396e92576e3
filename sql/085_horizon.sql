-- 085: what other programs read in order, without passing anything over.
--
-- Ids are dealt out before transactions commit, so a reader that remembers the highest id it has seen would pass over a
-- lower one that commits later. safe_id: every row of that table up to it is in, or never will be (domain/horizon.h).
-- seen_id, seen_at: what a gap waits for.
CREATE TABLE horizon (
  what     ENUM('attempt','entry_log') CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  safe_id  BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen_id  BIGINT UNSIGNED NOT NULL DEFAULT 0,
  seen_at  BIGINT NOT NULL DEFAULT 0
) ENGINE=InnoDB;

-- People of lists who came, went or came back without a call: a call says so itself. Usually one entry; a page of a load
-- is one row, for those of the operation's entries between both ids. silenced: found off for "do not call" or "deceased".
CREATE TABLE entry_log (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id BIGINT UNSIGNED NOT NULL,
  first_entry  BIGINT UNSIGNED NOT NULL,
  last_entry   BIGINT UNSIGNED NOT NULL,
  silenced     BOOLEAN NOT NULL DEFAULT FALSE,
  KEY by_operation (operation_id, id),
  KEY by_entry (first_entry, id)
) ENGINE=InnoDB;

-- People off for "do not call" or "deceased" without a call that said so, when entry_log was last compared with the tallies.
CREATE TABLE entry_silenced (
  operation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  people       BIGINT NOT NULL
) ENGINE=InnoDB;

-- What is there already.
INSERT INTO entry_log (operation_id, first_entry, last_entry) SELECT operation_id, MIN(id), MAX(id) FROM entry GROUP BY operation_id;
INSERT INTO entry_silenced SELECT t.operation_id, SUM(t.people) - COALESCE((SELECT SUM(s.attempts) FROM status_tally s
    WHERE s.operation_id = t.operation_id AND s.status IN (19, 20)), 0)
  FROM entry_tally t WHERE t.state = 'removed' AND t.reason IN (19, 20) GROUP BY t.operation_id;
INSERT INTO horizon (what, safe_id) SELECT 'attempt', COALESCE(MAX(id), 0) FROM attempt;
INSERT INTO horizon (what, safe_id) SELECT 'entry_log', COALESCE(MAX(id), 0) FROM entry_log;
