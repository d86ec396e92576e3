-- 040: calling from the software. Who provides it, the agents' lines, calls as they happen, what is known about them.
--
--  * attempt stays what it was: append-only, made when a call is saved. A live_call is one request to a provider to ring
--    one number, and never a second one; its form_key is that of the form (and later the attempt) of the same hold,
--    so that the two find each other, whichever comes first. An attempt may have none (own phone) or several (the
--    network failed, the agent called again).
--  * call_fact is append-only. What a call came to (live_call.outcome) is a pure function of the set of its facts
--    (lib/provider/outcome.h). `facts` counts those that came by add_call_fact, `applied` how many of them the outcome was
--    derived from. A fact that only says how a call goes on is a single INSERT (live_call.c) and not counted.
--  * look_at: the moment at which the dialer looks at a row again; NULL: never. Nothing of the dialer lives in memory.
--  * Locks are taken in the order live_call, then agent_line, then trunk.

-- One account at one provider. secret, secret_old (while rotating), api_secret: sealed by the server's key. revision
-- grows with every change of what a webhook is verified by, so that a process may keep what it read of a revision.
-- bucket_*, not_before_at, slowed: the token bucket of lib/provider/pacing.h, shared by all dialers.
-- paused: why no call is placed (a word of lib/provider TROUBLES), '' while all is well.
CREATE TABLE trunk (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id BIGINT UNSIGNED NOT NULL,
  revision        INT UNSIGNED NOT NULL DEFAULT 1,
  name            VARCHAR(80) NOT NULL,
  provider        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account         VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  base_url        VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  secret          VARBINARY(400) NULL,
  secret_old      VARBINARY(400) NULL,
  api_secret      VARBINARY(400) NULL,
  cps             TINYINT UNSIGNED NOT NULL DEFAULT 1,
  bucket_at       BIGINT NOT NULL DEFAULT 0,
  bucket_tokens   BIGINT NOT NULL DEFAULT 0,
  not_before_at   BIGINT NOT NULL DEFAULT 0,
  slowed          INT UNSIGNED NOT NULL DEFAULT 0,
  polled_at       BIGINT NOT NULL DEFAULT 0,            -- of the last question about a call: one a second at most
  budget_micro    BIGINT UNSIGNED NULL,                 -- of a calendar month, in `currency`; NULL: none
  currency        CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'USD',
  paused          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  paused_at       BIGINT NULL,
  checked         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- what the dialer found when it was asked to look
  checked_at      BIGINT NULL,
  look_by         BIGINT UNSIGNED NULL,
  look_at         BIGINT NULL,
  created_by      BIGINT UNSIGNED NULL,
  created_at      BIGINT NOT NULL,
  removed_at      BIGINT NULL,
  form_key        BINARY(16) NOT NULL,                  -- the form that made it: sent twice, it makes one
  UNIQUE KEY form (form_key),
  KEY look (look_at),
  KEY by_organisation (organisation_id, removed_at)
) ENGINE=InnoDB;

CREATE TABLE caller_id (
  trunk_id BIGINT UNSIGNED NOT NULL,
  e164          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (trunk_id, e164)
) ENGINE=InnoDB;

-- How an operation calls from the software. mode: preview (the agent asks for each call) or progressive (the next person
-- is rung as soon as the agent is free). paused: as above, for what concerns this operation alone.
CREATE TABLE dialing (
  operation_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  trunk_id BIGINT UNSIGNED NOT NULL,
  caller_e164   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mode          ENUM('preview','progressive') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'preview',
  ring_seconds  SMALLINT UNSIGNED NOT NULL DEFAULT 25,
  paused        VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  paused_at     BIGINT NULL,
  KEY by_trunk (trunk_id)
) ENGINE=InnoDB;

-- An agent's own leg: one call per shift, into a room that people are then connected to.
-- live is 1 until it has ended, then NULL: an agent has one line at a time, whatever the operation.
CREATE TABLE agent_line (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  trunk_id BIGINT UNSIGNED NOT NULL,
  operation_id  BIGINT UNSIGNED NOT NULL,
  user_id       BIGINT UNSIGNED NOT NULL,
  e164          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_e164     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lang          CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room          VARCHAR(63) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room_id       VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  call_id       VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  state         ENUM('wanted','sent','open','ended') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'wanted',
  live          TINYINT UNSIGNED NULL DEFAULT 1,
  refusal       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  facts         SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  wanted_at     BIGINT NOT NULL,
  sent_at       BIGINT NULL,
  open_at       BIGINT NULL,
  ended_at      BIGINT NULL,
  end_asked_at  BIGINT NULL,
  looks         SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  gone          SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  looked_at     BIGINT NOT NULL DEFAULT 0,
  cost_looks    TINYINT UNSIGNED NOT NULL DEFAULT 0,
  look_at       BIGINT NULL,
  month         DATE NOT NULL,
  cost_micro    BIGINT NULL,
  currency      CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  UNIQUE KEY one (user_id, live),
  KEY look (look_at)
) ENGINE=InnoDB;

-- One request to ring one person. live and live_e164 are NULL once it is known to be over: a line has one
-- call at a time, and a number is rung by one call at a time, in any operation, also while nobody knows whether the
-- provider took the request. refusal: it was not sent, and why (a key of refusal.h or a word of TROUBLES).
-- cost_micro NULL: not known (yet).
CREATE TABLE live_call (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  trunk_id BIGINT UNSIGNED NOT NULL,
  operation_id  BIGINT UNSIGNED NOT NULL,
  line_id       BIGINT UNSIGNED NOT NULL,
  user_id       BIGINT UNSIGNED NOT NULL,
  entry_id      BIGINT UNSIGNED NOT NULL,
  person_id     BIGINT UNSIGNED NULL,           -- NULL: the person was erased
  e164          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_e164     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimed_at    BIGINT NOT NULL,
  form_key      BINARY(16) NOT NULL,
  call_id       VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  call_other    VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- a second id for one request: both are ended
  state         ENUM('wanted','sent','ended') CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'wanted',
  live          TINYINT UNSIGNED NULL DEFAULT 1,
  live_e164     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  refusal       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  outcome       VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  flags         INT UNSIGNED NOT NULL DEFAULT 0,
  talk_seconds  INT UNSIGNED NULL,
  facts         SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  applied       SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  queue_ms      INT UNSIGNED NOT NULL DEFAULT 0,
  wanted_at     BIGINT NOT NULL,
  sent_at       BIGINT NULL,
  hang_up_at    BIGINT NULL,
  ended_at      BIGINT NULL,
  looks         SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  gone          SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- of these: "no such call"
  looked_at     BIGINT NOT NULL DEFAULT 0,
  cost_looks    TINYINT UNSIGNED NOT NULL DEFAULT 0,
  look_at       BIGINT NULL,
  month         DATE NOT NULL,                  -- its first day, in the organisation's zone: for cost_tally
  cost_micro    BIGINT NULL,
  currency      CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
  UNIQUE KEY line (line_id, live),
  UNIQUE KEY number (live_e164),
  KEY look (look_at),
  KEY by_form (form_key),
  KEY by_call (call_id),
  KEY by_operation (operation_id, id),
  KEY by_person (person_id)
) ENGINE=InnoDB;

-- What somebody said about a leg: its key makes the same event, told twice, one fact. of_id: live_call.id for the
-- contact's leg, agent_line.id for the agent's. Words are those of lib/provider/fact.h.
CREATE TABLE call_fact (
  leg         ENUM('contact','agent') CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  of_id       BIGINT UNSIGNED NOT NULL,
  fact_key    BINARY(32) NOT NULL,
  kind        VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source      VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  call_id     VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  room_id     VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  class       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  amd         VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  digit       CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  sip         SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  q850        SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  marks       TINYINT UNSIGNED NOT NULL DEFAULT 0,      -- 1 by the callee, 2 proves an answer, 4 a word unknown to us
  at_us       BIGINT NOT NULL DEFAULT 0,                -- the provider's time; 0: not said
  received_at BIGINT NOT NULL,
  seconds     INT UNSIGNED NULL,
  cost_micro  BIGINT NOT NULL DEFAULT 0,
  currency    CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  word        VARCHAR(33) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (leg, of_id, fact_key)
) ENGINE=InnoDB;

-- What calls cost, as the provider says, both legs; kept with the facts it counts. calls: those that the provider took (in
-- the row without a currency); priced: those whose price it has told. The difference is not known yet, which is not zero.
CREATE TABLE cost_tally (
  trunk_id     BIGINT UNSIGNED NOT NULL,
  month        DATE NOT NULL,
  operation_id BIGINT UNSIGNED NOT NULL,
  currency     CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  calls        BIGINT UNSIGNED NOT NULL DEFAULT 0,
  priced       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  cost_micro   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (trunk_id, month, operation_id, currency),
  KEY by_operation (operation_id)
) ENGINE=InnoDB;

-- Rightly signed, and about a call that we do not know: for an administrator to look at.
CREATE TABLE call_orphan (
  trunk_id BIGINT UNSIGNED NOT NULL,
  fact_key      BINARY(32) NOT NULL,
  leg           VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  of_id         BIGINT UNSIGNED NOT NULL,
  kind          VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  call_id       VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  received_at   BIGINT NOT NULL,
  PRIMARY KEY (trunk_id, fact_key),
  KEY by_time (received_at)
) ENGINE=InnoDB;

-- How often something happened at a connection's door: a verdict of lib/provider/hook.h that was not "ok", or
-- orphan, erased, unknown_word, conflict.
CREATE TABLE hook_tally (
  trunk_id BIGINT UNSIGNED NOT NULL,
  what          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  times         BIGINT UNSIGNED NOT NULL DEFAULT 0,
  last_at       BIGINT NOT NULL,
  PRIMARY KEY (trunk_id, what)
) ENGINE=InnoDB;

-- One more call taken (p_currency ''), or the price of one.
CREATE PROCEDURE count_cost(IN p_trunk BIGINT UNSIGNED, IN p_month DATE, IN p_operation BIGINT UNSIGNED,
  IN p_currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin, IN p_cost BIGINT)
  SQL SECURITY INVOKER
INSERT INTO cost_tally (trunk_id, month, operation_id, currency, calls, priced, cost_micro)
  VALUES (p_trunk, p_month, p_operation, p_currency, p_currency = '', p_currency <> '', p_cost)
  ON DUPLICATE KEY UPDATE calls = calls + (p_currency = ''), priced = priced + (p_currency <> ''), cost_micro = cost_micro + p_cost;

-- A call with all that is known about it: its own columns, then its facts, as the domain reads them.
CREATE PROCEDURE call_facts(IN p_call BIGINT UNSIGNED)
  SQL SECURITY INVOKER
BEGIN
  SELECT id, trunk_id, operation_id, line_id, user_id, entry_id, e164, from_e164, claimed_at, form_key, call_id, call_other,
      state, refusal, outcome, flags, facts, applied, queue_ms, wanted_at, COALESCE(sent_at, 0), COALESCE(hang_up_at, 0),
      COALESCE(ended_at, 0), looks, gone, looked_at, cost_looks, cost_micro, COALESCE(person_id, 0), look_at
    FROM live_call WHERE id = p_call;
  SELECT kind, source, call_id, room_id, class, amd, digit, sip, q850, marks, at_us, received_at, seconds, cost_micro, currency,
      word, fact_key
    FROM call_fact WHERE leg = 'contact' AND of_id = p_call;
END;

-- The same for an agent's leg. A key pressed opens the line; an end ends it, and what it had rung is ended too.
CREATE PROCEDURE add_line_fact(
  IN p_trunk BIGINT UNSIGNED, IN p_revision INT UNSIGNED, IN p_line BIGINT UNSIGNED, IN p_now BIGINT,
  IN p_key BINARY(32), IN p_kind VARCHAR(14) CHARACTER SET ascii, IN p_source VARCHAR(8) CHARACTER SET ascii,
  IN p_call_id VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin, IN p_room_id VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin,
  IN p_class VARCHAR(16) CHARACTER SET ascii, IN p_amd VARCHAR(8) CHARACTER SET ascii, IN p_digit CHAR(1) CHARACTER SET ascii,
  IN p_sip SMALLINT UNSIGNED, IN p_q850 SMALLINT UNSIGNED, IN p_marks TINYINT UNSIGNED, IN p_at BIGINT,
  IN p_seconds INT UNSIGNED, IN p_cost BIGINT, IN p_currency CHAR(3) CHARACTER SET ascii, IN p_word VARCHAR(33) CHARACTER SET ascii)
  SQL SECURITY INVOKER
BEGIN
  DECLARE v_verdict TINYINT UNSIGNED DEFAULT 0;
  DECLARE v_revision INT UNSIGNED;
  DECLARE v_trunk, v_operation BIGINT UNSIGNED;
  DECLARE v_month DATE;
  DECLARE v_cost BIGINT;
  DECLARE v_call_id VARCHAR(127) CHARACTER SET ascii COLLATE ascii_bin DEFAULT '';
  DECLARE v_over BOOLEAN;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;

  START TRANSACTION;
  one: BEGIN
    IF p_revision <> 0 THEN
      SELECT revision INTO v_revision FROM trunk WHERE id = p_trunk AND removed_at IS NULL;
      IF v_revision IS NULL OR v_revision <> p_revision THEN
        SET v_verdict = 5;
        LEAVE one;
      END IF;
    END IF;
    SET v_over = p_kind IN ('ended', 'refused', 'not_placed', 'gave_up');
    IF v_over THEN	-- the call before its line, as everywhere
      SELECT MAX(id) INTO v_trunk FROM live_call WHERE line_id = p_line AND live = 1 FOR UPDATE;
      SET v_trunk = NULL;
    END IF;
    SELECT trunk_id, operation_id, month, cost_micro, call_id INTO v_trunk, v_operation, v_month, v_cost, v_call_id
      FROM agent_line WHERE id = p_line FOR UPDATE;
    IF v_trunk IS NULL THEN
      INSERT IGNORE INTO call_orphan (trunk_id, fact_key, leg, of_id, kind, call_id, received_at)
        VALUES (p_trunk, p_key, 'agent', p_line, p_kind, p_call_id, p_now);
      SET v_verdict = 2;
      LEAVE one;
    ELSEIF v_trunk <> p_trunk THEN
      SET v_verdict = 3;
      LEAVE one;
    END IF;
    INSERT IGNORE INTO call_fact (leg, of_id, fact_key, kind, source, call_id, room_id, class, amd, digit, sip, q850, marks,
        at_us, received_at, seconds, cost_micro, currency, word)
      VALUES ('agent', p_line, p_key, p_kind, p_source, p_call_id, p_room_id, p_class, p_amd, p_digit, p_sip, p_q850, p_marks,
        p_at, p_now, p_seconds, p_cost, p_currency, p_word);
    IF ROW_COUNT() = 1 THEN
      SET v_verdict = 1;
      UPDATE agent_line SET facts = facts + 1, call_id = IF(call_id = '', p_call_id, call_id),
          room_id = IF(room_id = '', p_room_id, room_id),
          ended_at = IF(v_over AND ended_at IS NULL, p_now, ended_at),
          open_at = IF(p_kind = 'key' AND p_digit <> '' AND state <> 'ended' AND open_at IS NULL, p_now, open_at),
          refusal = IF(p_kind = 'refused' AND refusal = '', p_word, refusal),
          live = IF(v_over, NULL, live),
          look_at = IF(v_over, p_now + 600000000, IF(p_kind = 'key' AND p_digit <> '', p_now, look_at)),
          currency = IF(p_kind = 'cost' AND cost_micro IS NULL, p_currency, currency),
          cost_micro = IF(p_kind = 'cost' AND cost_micro IS NULL, p_cost, cost_micro),
          state = IF(v_over, 'ended', IF(p_kind = 'key' AND p_digit <> '' AND state <> 'ended', 'open', state))
        WHERE id = p_line;
      IF v_call_id = '' AND p_call_id <> '' THEN
        CALL count_cost(p_trunk, v_month, v_operation, '', 0);
      END IF;
      IF p_kind = 'cost' AND v_cost IS NULL THEN
        CALL count_cost(p_trunk, v_month, v_operation, p_currency, p_cost);
      END IF;
      IF v_over THEN
        UPDATE live_call SET hang_up_at = COALESCE(hang_up_at, p_now), look_at = p_now WHERE line_id = p_line AND live = 1;
      END IF;
    END IF;
  END one;
  COMMIT;
  SELECT v_verdict;
END;

-- As in 015, and the calls from the software: a webhook that still comes for one finds nobody.
CREATE OR REPLACE PROCEDURE erase_person(IN p_organisation BIGINT UNSIGNED, IN p_person BIGINT UNSIGNED)
  SQL SECURITY DEFINER
BEGIN
  DECLARE v_kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin;
  DECLARE v_created_at BIGINT;
  DECLARE v_deceased BOOLEAN;
  IF EXISTS (SELECT 1 FROM person WHERE id = p_person AND organisation_id = p_organisation) THEN
    UPDATE answer a JOIN attempt t ON t.id = a.attempt_id SET a.text = '' WHERE t.person_id = p_person AND a.text <> '';
    UPDATE attempt SET e164 = '', next_e164 = IF(next_e164 = '', '', '+'), note = '' WHERE person_id = p_person;
    UPDATE audit SET detail = '' WHERE object = 'person' AND object_id = p_person AND verb <> 'person.reveal';
    UPDATE audit a JOIN person_merged m ON m.gone_id = a.object_id SET a.detail = ''
      WHERE m.kept_id = p_person AND a.object = 'person' AND a.verb <> 'person.reveal';
    UPDATE live_call SET person_id = NULL, e164 = '', entry_id = 0 WHERE person_id = p_person
      OR person_id IN (SELECT gone_id FROM person_merged WHERE kept_id = p_person);
    DELETE FROM person_merged WHERE kept_id = p_person;
    UPDATE suppression SET person_id = NULL WHERE person_id = p_person;
    UPDATE person SET contact_id = NULL WHERE contact_id = p_person;
    DELETE FROM phone WHERE person_id = p_person;
    SELECT kind, created_at, deceased INTO v_kind, v_created_at, v_deceased FROM person WHERE id = p_person;
    DELETE FROM person WHERE id = p_person;
    INSERT INTO person (id, organisation_id, kind, calls_forbidden, deceased, created_at, updated_at)
      VALUES (p_person, 0, v_kind, TRUE, v_deceased, v_created_at, v_created_at);
  END IF;
END;
