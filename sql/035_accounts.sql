-- 035: people who work: observers, invitations and resets by link, two-factor sign-in, what a link asks for.

-- user.role 'observer': the numbers of every operation of the organisation, no name.
-- The second factor (TOTP): its secret is HMAC(server key, user + nonce), so that it is stored nowhere. It counts from
-- totp_at on (NULL: being set up); totp_step is the last time step that was used, so that no code works twice.
ALTER TABLE user
  MODIFY role ENUM('administrator','organiser','volunteer','observer') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN totp_nonce BINARY(16) NULL,
  ADD COLUMN totp_at    BIGINT NULL,
  ADD COLUMN totp_step  BIGINT UNSIGNED NOT NULL DEFAULT 0;

-- Ways in when the telephone is lost; ten at a time, each once. code_hash: HMAC(server key, user + code).
CREATE TABLE recovery_code (
  user_id   BIGINT UNSIGNED NOT NULL,
  code_hash BINARY(32) NOT NULL,
  used_at   BIGINT NULL,
  PRIMARY KEY (user_id, code_hash)
) ENGINE=InnoDB;

-- Organisers and administrators get in only with a second factor.
ALTER TABLE organisation ADD COLUMN two_factor_required BOOLEAN NOT NULL DEFAULT FALSE;

-- 'invite' and 'password': a link that its user opens to choose a password. Its token is HMAC(server key, user + nonce):
-- shown to an administrator as long as it is open, stored as a hash.
ALTER TABLE one_time_code
  MODIFY purpose ENUM('first_owner','password','invite') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ADD COLUMN nonce BINARY(16) NULL,
  ADD KEY by_user (user_id);

-- member.role 'observer': this operation's numbers, no name.
ALTER TABLE member MODIFY role ENUM('owner','agent','observer') CHARACTER SET ascii COLLATE ascii_bin NOT NULL;

-- asks_contact: who joins without an account must leave an e-mail address or a number.
ALTER TABLE link ADD COLUMN asks_contact BOOLEAN NOT NULL DEFAULT FALSE;

-- Which operation this one was copied from; a copy that nobody has touched is given again.
ALTER TABLE operation ADD COLUMN copied_from BIGINT UNSIGNED NULL, ADD KEY by_source (copied_from);

-- What one person did, newest first.
ALTER TABLE audit ADD KEY by_user (organisation_id, user_id, at);
