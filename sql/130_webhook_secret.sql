-- 130: another secret for a webhook, without a moment in which the other system knows neither.
--
-- Until old_until messages are signed by both. old_secret: sealed as secret is. rotated_at: 0, never; the form that asks
-- for another one says which it saw.
ALTER TABLE outbox
  ADD COLUMN old_secret VARBINARY(400) NULL,
  ADD COLUMN old_until  BIGINT NULL,
  ADD COLUMN rotated_at BIGINT NOT NULL DEFAULT 0;
