-- 056: tokens by which another program speaks for somebody, and people that it sends.

-- token_hash = SHA-256 of the token; the token itself was shown once and is stored nowhere. scopes: bits of token.h.
CREATE TABLE api_token (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id         BIGINT UNSIGNED NOT NULL,
  token_hash      BINARY(32) NOT NULL,
  form_key        BINARY(16) NOT NULL,             -- the same form sent twice is one token
  name            VARCHAR(80) NOT NULL,
  scopes          INT UNSIGNED NOT NULL,
  created_at      BIGINT NOT NULL,
  ended_at        BIGINT NULL,
  UNIQUE KEY token_hash (token_hash),
  UNIQUE KEY form_key (form_key),
  KEY by_user (user_id, id)
) ENGINE=InnoDB;

-- Idempotency keys of POST /api/v1/people, and the import that came of each; NULL while it is being made.
CREATE TABLE api_feed (
  user_id     BIGINT UNSIGNED NOT NULL,
  idem_key    VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_hash   BINARY(32) NOT NULL,
  import_id   BIGINT UNSIGNED NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (user_id, idem_key)
) ENGINE=InnoDB;
