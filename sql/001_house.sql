-- 001: the house. Everything Tocsin stores, one comment per table.
--
-- Conventions, also for later migrations (a migration that has been released
-- is never edited; the next number changes it):
--  * every table is InnoDB with a primary key (Galera); no LOCK TABLES, no
--    GET_LOCK; ids are never assumed to be consecutive;
--  * a moment is a BIGINT of microseconds since 1970 UTC, named ..._at or ..._until;
--    a date or time of day without a zone is DATE or TIME in the operation's zone;
--  * text compares without accents and case (uca1400_ai_ci); codes are ascii_bin;
--  * a stored code is the short name in the X-list of its C header (status.h, operation.h).

CREATE TABLE organisation (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name        VARCHAR(120) NOT NULL,
  time_zone   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'America/Toronto',
  region      CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'CA',
  created_at  BIGINT NOT NULL
) ENGINE=InnoDB;

-- Who may sign in. A volunteer who joined by a link has no e-mail and no password:
-- the session made at that moment is the only way in.
CREATE TABLE user (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  email           VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  name            VARCHAR(80) NOT NULL,
  password_hash   VARCHAR(140) CHARACTER SET ascii COLLATE ascii_bin NULL,
  role            ENUM('administrator','organiser','volunteer') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language        ENUM('fr','en') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'fr',
  contact         VARCHAR(190) NOT NULL DEFAULT '',    -- how a volunteer of a link can be reached, if given
  disabled_at     BIGINT NULL,
  created_at      BIGINT NOT NULL,
  seen_at         BIGINT NULL,
  UNIQUE KEY email (email),
  KEY by_name (organisation_id, name)
) ENGINE=InnoDB;

-- token_hash = SHA-256 of the cookie; the cookie itself is stored nowhere.
CREATE TABLE session (
  token_hash  BINARY(32) NOT NULL PRIMARY KEY,
  user_id     BIGINT UNSIGNED NOT NULL,
  csrf        CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  link_id     BIGINT UNSIGNED NULL,             -- joined by this link: ending the link ends the session
  address     VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  KEY by_user (user_id),
  KEY by_link (link_id),
  KEY by_expiry (expires_at)
) ENGINE=InnoDB;

-- Tries to sign in that were not right, per account ('u:' + e-mail) and per address ('a:' + address).
CREATE TABLE throttle (
  subject       VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  failures      INT UNSIGNED NOT NULL,
  first_at      BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL DEFAULT 0,
  KEY by_time (first_at)
) ENGINE=InnoDB;

-- One-time codes: the first owner's set-up. code_hash = SHA-256.
CREATE TABLE one_time_code (
  code_hash   BINARY(32) NOT NULL PRIMARY KEY,
  purpose     ENUM('first_owner','password') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id     BIGINT UNSIGNED NULL,
  expires_at  BIGINT NOT NULL,
  used_at     BIGINT NULL
) ENGINE=InnoDB;

-- Who changed or revealed what. Append-only.
CREATE TABLE audit (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  user_id         BIGINT UNSIGNED NULL,
  at              BIGINT NOT NULL,
  verb            VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id       BIGINT UNSIGNED NULL,
  detail          VARCHAR(2000) NOT NULL DEFAULT '',
  KEY by_object (object, object_id, at),
  KEY by_time (organisation_id, at)
) ENGINE=InnoDB;

-- Contacts and electors. Same address (number, street, apartment, city) = same household.
CREATE TABLE household (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address_key     BINARY(16) NOT NULL,          -- hash of the folded address
  UNIQUE KEY address (organisation_id, kind, address_key)
) ENGINE=InnoDB;

CREATE TABLE person (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_number     VARCHAR(40) NULL,             -- the party's own number
  last_name       VARCHAR(80) NOT NULL DEFAULT '',
  first_name      VARCHAR(80) NOT NULL DEFAULT '',
  email           VARCHAR(190) NOT NULL DEFAULT '',
  language        ENUM('','fr','en') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  birth_date      DATE NULL,
  sex             VARCHAR(10) NOT NULL DEFAULT '',
  nationality     VARCHAR(60) NOT NULL DEFAULT '',
  civic_number    VARCHAR(20) NOT NULL DEFAULT '',
  street          VARCHAR(120) NOT NULL DEFAULT '',
  apartment       VARCHAR(20) NOT NULL DEFAULT '',
  city            VARCHAR(80) NOT NULL DEFAULT '',
  postal_code     VARCHAR(10) NOT NULL DEFAULT '',
  household_id    BIGINT UNSIGNED NULL,
  time_zone       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- '' = not known
  member_until    DATE NULL,
  donations_year  DECIMAL(10,2) NULL,
  organization    VARCHAR(120) NOT NULL DEFAULT '',
  tags            VARCHAR(500) NOT NULL DEFAULT '',   -- joined by '|'
  notes           TEXT NOT NULL DEFAULT '',
  calls_forbidden BOOLEAN NOT NULL DEFAULT FALSE,
  deceased        BOOLEAN NOT NULL DEFAULT FALSE,
  has_voted       BOOLEAN NOT NULL DEFAULT FALSE,
  voted_at        BIGINT NULL,
  electoral_division  VARCHAR(80) NOT NULL DEFAULT '',
  district            VARCHAR(80) NOT NULL DEFAULT '',
  polling_subdivision VARCHAR(20) NOT NULL DEFAULT '',
  elector_number      VARCHAR(20) NOT NULL DEFAULT '',
  polling_place       VARCHAR(160) NOT NULL DEFAULT '',
  advance_vote        VARCHAR(20) NOT NULL DEFAULT '',
  natural_key     BINARY(16) NULL,              -- hash by which an import knows the person again
  name_key        BINARY(8) NOT NULL DEFAULT '', -- hash of the folded name, for rows without a number
  seen_import     BIGINT UNSIGNED NULL,         -- the last import whose file had this person
  changed_import  BIGINT UNSIGNED NULL,         -- the last import that added or changed this person
  created_at      BIGINT NOT NULL,
  updated_at      BIGINT NOT NULL,
  UNIQUE KEY natural_key (organisation_id, kind, natural_key),
  KEY by_file_number (organisation_id, kind, file_number),
  KEY by_name_key (organisation_id, kind, name_key),
  KEY by_name (organisation_id, kind, last_name, first_name, id),
  KEY by_first_name (organisation_id, kind, first_name),
  KEY by_elector (organisation_id, polling_subdivision, elector_number),
  KEY by_household (household_id)
) ENGINE=InnoDB;

CREATE TABLE phone (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id   BIGINT UNSIGNED NOT NULL,
  position    TINYINT UNSIGNED NOT NULL,        -- 1 is dialled first
  kind        ENUM('home','cell','work') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  e164        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  extension   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  state       ENUM('ok','wrong') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'ok',
  UNIQUE KEY once (person_id, e164),
  KEY by_number (e164)
) ENGINE=InnoDB;

-- Do not call this number, in any operation. Kept at least 3 years and 14 days.
CREATE TABLE suppression (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  e164            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id       BIGINT UNSIGNED NULL,
  reason          VARCHAR(200) NOT NULL DEFAULT '',
  created_at      BIGINT NOT NULL,
  created_by      BIGINT UNSIGNED NULL,
  UNIQUE KEY number (organisation_id, e164)
) ENGINE=InnoDB;

-- A questionnaire; its versions never change once an answer uses them.
CREATE TABLE survey (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  name            VARCHAR(120) NOT NULL,
  description     VARCHAR(500) NOT NULL DEFAULT '',
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  KEY by_organisation (organisation_id, name)
) ENGINE=InnoDB;

CREATE TABLE survey_version (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  survey_id   BIGINT UNSIGNED NOT NULL,
  number      INT UNSIGNED NOT NULL,
  script_en   TEXT NOT NULL DEFAULT '',
  script_fr   TEXT NOT NULL DEFAULT '',
  created_at  BIGINT NOT NULL,
  UNIQUE KEY number (survey_id, number)
) ENGINE=InnoDB;

-- kind: single_choice multiple_choice yes_no scale text_short text_long number date info field_update.
-- stable_id is the same in every version of the same question, so that answers stay comparable.
CREATE TABLE question (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  version_id  BIGINT UNSIGNED NOT NULL,
  stable_id   BIGINT UNSIGNED NOT NULL,
  position    SMALLINT UNSIGNED NOT NULL,
  kind        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  required    BOOLEAN NOT NULL DEFAULT FALSE,
  text_en     VARCHAR(1000) NOT NULL DEFAULT '',
  text_fr     VARCHAR(1000) NOT NULL DEFAULT '',
  UNIQUE KEY position (version_id, position)
) ENGINE=InnoDB;

-- next: 0 the next question, -1 the end, otherwise the position of a later question.
CREATE TABLE choice (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  question_id BIGINT UNSIGNED NOT NULL,
  stable_id   BIGINT UNSIGNED NOT NULL,
  position    SMALLINT UNSIGNED NOT NULL,
  text_en     VARCHAR(300) NOT NULL DEFAULT '',
  text_fr     VARCHAR(300) NOT NULL DEFAULT '',
  next        SMALLINT NOT NULL DEFAULT 0,
  UNIQUE KEY position (question_id, position)
) ENGINE=InnoDB;

-- state: draft (still in the wizard), active, paused, archived. Upcoming, running,
-- outside hours, ended and "nobody left" follow from the clock and the queue.
-- revision grows with every change, so that a process may keep what it read of a revision.
CREATE TABLE operation (
  id                BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id   BIGINT UNSIGNED NOT NULL,
  state             ENUM('draft','active','paused','archived') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
  revision          INT UNSIGNED NOT NULL DEFAULT 1,
  wizard_page       TINYINT UNSIGNED NOT NULL DEFAULT 1,   -- the furthest page that is valid so far, plus one
  version           ENUM('original','specialized') CHARACTER SET ascii COLLATE ascii_bin NULL,
  source            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NULL,
  method            ENUM('phone','software') CHARACTER SET ascii COLLATE ascii_bin NULL,
  name              VARCHAR(120) NOT NULL DEFAULT '',
  description       VARCHAR(2000) NOT NULL DEFAULT '',
  survey_version_id BIGINT UNSIGNED NULL,
  question_id       BIGINT UNSIGNED NULL,       -- original version: the question agents ask
  time_zone         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  starts_on         DATE NULL,
  ends_at           DATETIME NULL,              -- local; no call from this minute on
  opens_at          TIME NULL,                  -- daily window, local to the called person
  closes_at         TIME NULL,
  hold_minutes      SMALLINT UNSIGNED NOT NULL DEFAULT 20,
  share_qr          BOOLEAN NOT NULL DEFAULT TRUE,
  created_by        BIGINT UNSIGNED NOT NULL,
  created_at        BIGINT NOT NULL,
  finished_at       BIGINT NULL,                -- the wizard's last button
  KEY by_organisation (organisation_id, state, created_at)
) ENGINE=InnoDB;

-- A row = the status is ticked. max_calls are further calls after the one that gave the status.
CREATE TABLE recycling_rule (
  operation_id BIGINT UNSIGNED NOT NULL,
  status       TINYINT UNSIGNED NOT NULL,       -- enum status (status.h)
  max_calls    SMALLINT UNSIGNED NOT NULL,
  minutes      INT UNSIGNED NOT NULL,
  PRIMARY KEY (operation_id, status)
) ENGINE=InnoDB;

CREATE TABLE exclusion_rule (
  operation_id BIGINT UNSIGNED NOT NULL,
  position     SMALLINT UNSIGNED NOT NULL,
  criterion    ENUM('voted','question') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  question_stable_id BIGINT UNSIGNED NULL,
  choice_stable_id   BIGINT UNSIGNED NULL,      -- NULL: any answer
  status       TINYINT UNSIGNED NOT NULL,
  household    BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (operation_id, position)
) ENGINE=InnoDB;

CREATE TABLE field_rule (
  operation_id BIGINT UNSIGNED NOT NULL,
  field        VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position     SMALLINT UNSIGNED NOT NULL,
  mode         ENUM('editable','visible','hidden') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  highlight    BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (operation_id, field)
) ENGINE=InnoDB;

CREATE TABLE member (
  operation_id BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  role         ENUM('owner','agent') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  link_id      BIGINT UNSIGNED NULL,
  joined_at    BIGINT NOT NULL,
  PRIMARY KEY (operation_id, user_id),
  KEY by_user (user_id)
) ENGINE=InnoDB;

-- The token is HMAC(server key, operation + nonce): shown again at will, stored only as its hash.
CREATE TABLE link (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id BIGINT UNSIGNED NOT NULL,
  role         ENUM('owner','agent') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'agent',
  nonce        BINARY(16) NOT NULL,
  token_hash   BINARY(32) NOT NULL,
  created_by   BIGINT UNSIGNED NOT NULL,
  created_at   BIGINT NOT NULL,
  ended_at     BIGINT NULL,
  uses         INT UNSIGNED NOT NULL DEFAULT 0,
  max_uses     INT UNSIGNED NULL,
  expires_at   BIGINT NULL,
  UNIQUE KEY token_hash (token_hash),
  KEY by_operation (operation_id, ended_at)
) ENGINE=InnoDB;

-- One person in one operation's call list; in exactly one state.
-- band orders the queue: 1 appointment, 2 retry, 3 never called; 8 held by an agent; 9 out (done, removed).
-- Within a band the smallest due_at comes first; due_at strictly increases within one load.
-- state follows band: ready = 3, waiting = 1 or 2, held = 8, done or removed = 9.
CREATE TABLE entry (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id  BIGINT UNSIGNED NOT NULL,
  person_id     BIGINT UNSIGNED NOT NULL,
  state         ENUM('ready','held','waiting','done','removed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'ready',
  reason        TINYINT UNSIGNED NOT NULL DEFAULT 0,   -- status that brought it here; 0 never called
  zone          TINYINT UNSIGNED NOT NULL DEFAULT 0,   -- operation_zone.zone
  band          TINYINT UNSIGNED NOT NULL DEFAULT 3,
  due_at        BIGINT NOT NULL,
  e164          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the number to dial next
  household_id  BIGINT UNSIGNED NULL,
  attempts      SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  retries_used  VARBINARY(32) NOT NULL DEFAULT '',     -- one byte per status, by its number
  skipped_at    BIGINT NULL,                           -- due_at was set by a skip, not by the last attempt
  loaded_at     BIGINT NOT NULL,
  UNIQUE KEY once (operation_id, person_id),
  KEY claim (operation_id, zone, band, due_at),
  KEY by_person (person_id),
  KEY by_number (e164)
) ENGINE=InnoDB;

-- The time zones that an operation's people live in; zone 0 is the operation's own.
CREATE TABLE operation_zone (
  operation_id BIGINT UNSIGNED NOT NULL,
  zone         TINYINT UNSIGNED NOT NULL,
  name         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (operation_id, zone)
) ENGINE=InnoDB;

-- Who is with an agent at this moment. Its unique keys are promise 3: nobody is held twice,
-- no number is dialled twice, nobody's household is called twice at a time, in any operation.
-- state, band and due_at are where the entry returns to when the hold ends without a saved call.
-- Its primary key is the agent, so that one row goes from person to person in place. It has a row per agent at
-- work, and each key costs every call: an entry is found by its person, expired holds by reading all.
CREATE TABLE hold (
  user_id      BIGINT UNSIGNED NOT NULL,
  operation_id BIGINT UNSIGNED NOT NULL,
  entry_id     BIGINT UNSIGNED NOT NULL,
  person_id    BIGINT UNSIGNED NOT NULL,
  e164         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id BIGINT UNSIGNED NULL,
  claimed_at   BIGINT NOT NULL,                 -- with entry and user, what the form key is made from
  held_until   BIGINT NOT NULL,
  state        ENUM('ready','waiting','done','removed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  band         TINYINT UNSIGNED NOT NULL,
  due_at       BIGINT NOT NULL,
  PRIMARY KEY (user_id, operation_id),
  UNIQUE KEY person (person_id),
  UNIQUE KEY number (e164),
  UNIQUE KEY household (household_id)
) ENGINE=InnoDB;

-- One call. Append-only: nothing updates or deletes a row.
-- form_key makes a second save of the same form the same attempt.
-- rule_max/rule_minutes are the recycling rule of that moment (NULL: not ticked), so that
-- replaying the attempts gives the entry's state even after the rules were edited; number orders them.
-- next_e164: the number was wrong and this further one of the person's is dialled next ('' = none).
CREATE TABLE attempt (
  id                BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id      BIGINT UNSIGNED NULL,       -- NULL: a manual call
  entry_id          BIGINT UNSIGNED NULL,
  number            SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- which attempt of its entry, from 1
  person_id         BIGINT UNSIGNED NOT NULL,
  user_id           BIGINT UNSIGNED NOT NULL,
  e164              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_e164         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  status            TINYINT UNSIGNED NOT NULL,
  rule_max          SMALLINT UNSIGNED NULL,
  rule_minutes      INT UNSIGNED NULL,
  callback_at       BIGINT NULL,
  survey_version_id BIGINT UNSIGNED NULL,
  time_zone         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_at        BIGINT NOT NULL,
  saved_at          BIGINT NOT NULL,
  form_key          BINARY(16) NOT NULL,
  note              VARCHAR(2000) NOT NULL DEFAULT '',
  UNIQUE KEY form_key (form_key),
  UNIQUE KEY by_entry (entry_id, number),
  KEY by_person (person_id, saved_at),
  KEY by_operation (operation_id, id)
) ENGINE=InnoDB;

CREATE TABLE answer (
  attempt_id  BIGINT UNSIGNED NOT NULL,
  question_id BIGINT UNSIGNED NOT NULL,
  position    SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- several for a multiple choice
  choice_id   BIGINT UNSIGNED NULL,
  text        VARCHAR(4000) NOT NULL DEFAULT '',
  PRIMARY KEY (attempt_id, question_id, position),
  KEY by_choice (question_id, choice_id)
) ENGINE=InnoDB;

-- Totals kept in the same transaction as what they count, one row per operation and shard
-- (shard = connection number modulo 16), summed on read. tocsin audit recounts them.
CREATE TABLE queue_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  shard        TINYINT UNSIGNED NOT NULL,
  ready        BIGINT NOT NULL DEFAULT 0,
  held         BIGINT NOT NULL DEFAULT 0,
  waiting      BIGINT NOT NULL DEFAULT 0,
  done         BIGINT NOT NULL DEFAULT 0,
  removed      BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, shard)
) ENGINE=InnoDB;

CREATE TABLE status_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  shard        TINYINT UNSIGNED NOT NULL,
  status       TINYINT UNSIGNED NOT NULL,
  attempts     BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (operation_id, shard, status)
) ENGINE=InnoDB;

-- One agent's day in one operation (the day in the operation's zone).
CREATE TABLE agent_tally (
  operation_id BIGINT UNSIGNED NOT NULL,
  user_id      BIGINT UNSIGNED NOT NULL,
  day          DATE NOT NULL,
  calls        INT UNSIGNED NOT NULL DEFAULT 0,
  reached      INT UNSIGNED NOT NULL DEFAULT 0,
  last_at      BIGINT NOT NULL,
  PRIMARY KEY (operation_id, user_id, day)
) ENGINE=InnoDB;

-- Work for the worker. A job belongs to who leased it until leased_until; a worker that
-- dies loses the lease and the next one goes on from `done`, which is committed with the work.
CREATE TABLE job (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('import','load') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id       BIGINT UNSIGNED NOT NULL,     -- import.id or list_load.id
  state           ENUM('queued','running','done','failed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'queued',
  done            BIGINT UNSIGNED NOT NULL DEFAULT 0,
  total           BIGINT UNSIGNED NOT NULL DEFAULT 0,
  message         VARCHAR(300) NOT NULL DEFAULT '',
  tries           TINYINT UNSIGNED NOT NULL DEFAULT 0,
  leased_by       VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  leased_until    BIGINT NOT NULL DEFAULT 0,
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  finished_at     BIGINT NULL,
  KEY waiting (state, leased_until, id),
  KEY by_object (kind, object_id)
) ENGINE=InnoDB;

-- A worker that is alive: tocsin doctor looks here. A row per process name and machine.
CREATE TABLE worker (
  name        VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  started_at  BIGINT NOT NULL,
  beat_at     BIGINT NOT NULL
) ENGINE=InnoDB;

-- One uploaded file. state: uploaded (columns to be confirmed), queued, running, done, failed.
CREATE TABLE import (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  kind            ENUM('contact','elector') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name       VARCHAR(200) NOT NULL,
  path            VARCHAR(300) NOT NULL,
  bytes           BIGINT UNSIGNED NOT NULL,
  charset         VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  separator_char  CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mapping         VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- field codes by column, joined by ','
  header          TEXT NOT NULL DEFAULT '',             -- the file's first row, cells joined by U+001F
  state           ENUM('uploaded','queued','running','done','failed') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'uploaded',
  offset_bytes    BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- how far the file is stored
  line            BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_read       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_added      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_updated    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_same       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  rows_merged     BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- the same person again within this file
  rows_refused    BIGINT UNSIGNED NOT NULL DEFAULT 0,
  phones_refused  BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- person kept, number left out
  cells_refused   BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- person kept, another value left out
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  finished_at     BIGINT NULL,
  KEY by_organisation (organisation_id, id)
) ENGINE=InnoDB;

-- Imports of one organisation store their pages one after another: each page's transaction begins by
-- raising `turn`, so two imports at once cannot both add the same person (also on Galera).
CREATE TABLE import_turn (
  organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  turn            BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB;

-- A row, or one number or value of it, that an import did not take. reason is a key of refusal.h.
-- position: the column from 1; 0 the whole row. row_text: the cells joined by U+001F.
CREATE TABLE import_refusal (
  import_id  BIGINT UNSIGNED NOT NULL,
  line       BIGINT UNSIGNED NOT NULL,
  position   SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  whole_row  BOOLEAN NOT NULL,
  reason     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cell       VARCHAR(200) NOT NULL DEFAULT '',
  row_text   TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (import_id, line, position)
) ENGINE=InnoDB;

-- One "load these people into that operation": the filter as it was, and what came of it.
CREATE TABLE list_load (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operation_id    BIGINT UNSIGNED NOT NULL,
  filter          VARCHAR(2000) NOT NULL DEFAULT '',    -- as the people page's query string
  last_person_id  BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- how far the job is
  total           BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- what the filter gave at the start
  loaded          BIGINT UNSIGNED NOT NULL DEFAULT 0,
  already         BIGINT UNSIGNED NOT NULL DEFAULT 0,
  no_number       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  forbidden       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  excluded        BIGINT UNSIGNED NOT NULL DEFAULT 0,
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  KEY by_operation (operation_id, id)
) ENGINE=InnoDB;
