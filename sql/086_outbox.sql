-- 086: webhooks out: every saved call told to another system, signed.
--
-- Nothing is written when a call is saved: the worker walks attempt by its id, up to the horizon (085), and sent_attempt is
-- how far this address has been told. secret: sealed by the server's key. failing_since: since when nothing was taken.
-- leased_until names the worker's turn: marking what was sent asks for it.
CREATE TABLE outbox (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  operation_id    BIGINT UNSIGNED NULL,             -- NULL: all operations
  url             VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  secret          VARBINARY(400) NULL,
  with_answers    BOOLEAN NOT NULL DEFAULT FALSE,
  form_key        BINARY(16) NOT NULL,              -- the same form sent twice is one address
  sent_attempt    BIGINT UNSIGNED NOT NULL,
  failures        INT UNSIGNED NOT NULL DEFAULT 0,
  failing_since   BIGINT NULL,
  next_at         BIGINT NOT NULL DEFAULT 0,
  paused          ENUM('','hand','failing','gone') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  paused_at       BIGINT NULL,
  test_at         BIGINT NULL,                      -- somebody asked for a test then
  leased_until    BIGINT NOT NULL DEFAULT 0,
  created_by      BIGINT UNSIGNED NOT NULL,
  created_at      BIGINT NOT NULL,
  removed_at      BIGINT NULL,
  UNIQUE KEY form_key (form_key),
  KEY by_organisation (organisation_id, removed_at),
  KEY waiting (removed_at, leased_until)
) ENGINE=InnoDB;

-- The newest tries of each address; older ones go.
CREATE TABLE outbox_try (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  outbox_id   BIGINT UNSIGNED NOT NULL,
  attempt_id  BIGINT UNSIGNED NULL,                 -- NULL: a test
  at          BIGINT NOT NULL,
  took_ms     INT UNSIGNED NOT NULL,
  status      SMALLINT UNSIGNED NOT NULL,           -- of HTTP; 0: none came
  why         TINYINT UNSIGNED NOT NULL,            -- enum fetch_why
  KEY by_outbox (outbox_id, id)
) ENGINE=InnoDB;
