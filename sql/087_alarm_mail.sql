-- 087: alarms by e-mail, for owners who ask for it, on a server that may send mail.

ALTER TABLE user ADD COLUMN alarm_mail BOOLEAN NOT NULL DEFAULT FALSE;

-- Each alarm of an operation since it first rang. told: of the present ringing a mail was written; looked_at: an alarm
-- that nobody has looked at for some minutes is over.
CREATE TABLE alarm_state (
  operation_id BIGINT UNSIGNED NOT NULL,
  alarm        TINYINT UNSIGNED NOT NULL,       -- enum alarm
  rings        BOOLEAN NOT NULL DEFAULT FALSE,
  told         BOOLEAN NOT NULL DEFAULT FALSE,
  mailed_at    BIGINT NOT NULL DEFAULT 0,
  looked_at    BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, alarm)
) ENGINE=InnoDB;

-- Mail to be handed over to the sendmail program; gone when it was taken.
CREATE TABLE mail (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id      BIGINT UNSIGNED NOT NULL,
  subject      VARCHAR(300) NOT NULL,
  body         TEXT NOT NULL,
  created_at   BIGINT NOT NULL,
  tries        TINYINT UNSIGNED NOT NULL DEFAULT 0,
  next_at      BIGINT NOT NULL DEFAULT 0,
  KEY waiting (next_at, id)
) ENGINE=InnoDB;
