-- 075: the calling floor: since when an agent calls today, and the page on the room's wall.

-- The agent's first call of the day: the row is made by it, and no later call writes here. 0: of a day before this column.
-- by_day: who called on one day, without reading the days before.
ALTER TABLE agent_tally ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0, ADD KEY by_day (operation_id, day);
ALTER TABLE agent_tally ALTER COLUMN first_at SET DEFAULT (last_at);

-- The page for the wall: a row while it is shown, one per operation. Its token is made from the nonce and the server's key, as
-- a link's is (001), so that it can be shown again; only its hash is stored.
CREATE TABLE wall (
  operation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  language     ENUM('fr','en') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  nonce        BINARY(16) NOT NULL,
  token_hash   BINARY(32) NOT NULL,
  created_by   BIGINT UNSIGNED NOT NULL,
  created_at   BIGINT NOT NULL,
  UNIQUE KEY token_hash (token_hash)
) ENGINE=InnoDB;
