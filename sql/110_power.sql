-- 110: power mode: several calls for each agent who waits, answered by whoever has waited longest (lib/domain/power.h).

-- An administrator has allowed it for the operations of this connection.
ALTER TABLE trunk ADD COLUMN power BOOLEAN NOT NULL DEFAULT FALSE;

-- power: as chosen. It counts while it is allowed, and else is progressive.
ALTER TABLE dialing MODIFY COLUMN mode ENUM('preview','progressive','power') CHARACTER SET ascii COLLATE ascii_bin NOT NULL
  DEFAULT 'preview';

-- waiting_at: since when the agent of an open line waits for a person who answers; NULL: does not.
ALTER TABLE agent_line ADD COLUMN waiting_at BIGINT NULL, ADD KEY waiting (operation_id, live, waiting_at);

-- What the dialer decided last for an operation, and when it decides again (look_at; NULL: nobody waits). asks: how often somebody
-- has begun to wait, so that who begins while it is being decided is not overlooked. lines: calls that may ring at once for
-- `agents` who wait. locked_until: too many people have heard nobody, no power mode before that.
CREATE TABLE power (
  operation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  look_at      BIGINT NULL,
  asks         BIGINT UNSIGNED NOT NULL DEFAULT 0,
  at           BIGINT NOT NULL DEFAULT 0,
  why          VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'unknown',
  agents       SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  `lines`      SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  locked_until BIGINT NULL,
  KEY look (look_at)
) ENGINE=InnoDB;

-- The record of every person who answered a call of an operation in power mode: with an agent, or abandoned and why. 'neither':
-- it was no person after all. Kept for as long as the calls; power_tally counts it by day of the operation's clock.
CREATE TABLE power_answer (
  call_id      BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  operation_id BIGINT UNSIGNED NOT NULL,
  day          DATE NOT NULL,
  at           BIGINT NOT NULL,
  what         ENUM('connected','abandoned','neither') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  KEY by_operation (operation_id, day, what)
) ENGINE=InnoDB;

CREATE TABLE power_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  day          DATE NOT NULL,
  connected    INT NOT NULL DEFAULT 0,
  abandoned    INT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, day)
) ENGINE=InnoDB;
