-- 131: the log of changes of lists is kept for sixty days, no longer for ever (domain/entry_log.h).
--
-- entry_log_day: how far the log was whole at some moment of each day. gone_id: rows up to it may be gone; who reads on from
-- before it is told so.
CREATE TABLE entry_log_day (
  at     BIGINT NOT NULL PRIMARY KEY,
  log_id BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;
ALTER TABLE horizon ADD COLUMN gone_id BIGINT UNSIGNED NOT NULL DEFAULT 0;
