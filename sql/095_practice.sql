-- 095: practice. Who rehearses an operation calls invented people, in an organisation of their own that nobody ever founded:
-- everything is read by organisation, so nothing of it can come into a list, a number, a search or an export of a real
-- one. It lives for a day at most; then practice_forget leaves nothing of it.

-- TRUE: the pretend organisation of one practice. The few readers that look across organisations leave them out.
ALTER TABLE organisation ADD COLUMN practice BOOLEAN NOT NULL DEFAULT FALSE;

-- of_id, of_revision: the operation that is rehearsed, and of which of its revisions operation_id is the pretend copy.
-- as_id: the pretend volunteer who calls. user_id: who that is, with their own session; NULL: a visitor of the practice link,
-- whose session is as_id's, or a practice that another has replaced.
CREATE TABLE practice (
  organisation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  operation_id    BIGINT UNSIGNED NOT NULL,
  of_id           BIGINT UNSIGNED NOT NULL,
  of_revision     INT UNSIGNED NOT NULL,
  user_id         BIGINT UNSIGNED NULL,
  as_id           BIGINT UNSIGNED NOT NULL,
  started_at      BIGINT NOT NULL,
  ended_at        BIGINT NULL,
  UNIQUE KEY operation (operation_id),
  UNIQUE KEY one (of_id, user_id),
  UNIQUE KEY seat (as_id),
  KEY by_start (started_at),
  KEY by_end (ended_at)
) ENGINE=InnoDB;

-- The link by which anybody may rehearse an operation, and nothing else. The token is HMAC(server key, operation + nonce).
CREATE TABLE practice_link (
  operation_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  nonce        BINARY(16) NOT NULL,
  token_hash   BINARY(32) NOT NULL,
  created_by   BIGINT UNSIGNED NOT NULL,
  created_at   BIGINT NOT NULL,
  UNIQUE KEY token_hash (token_hash)
) ENGINE=InnoDB;

-- The only way in which calls, answers and audit rows are deleted: those of a practice, never of a real organisation. With
-- the rights of who made it, in the caller's transaction. By keys only, so that no row of anybody else is locked: first what
-- hangs on something else, then every table, also of later migrations, that has an index by operation or by organisation.
CREATE PROCEDURE practice_forget(IN p_organisation BIGINT UNSIGNED)
  SQL SECURITY DEFINER
BEGIN
  DECLARE v_operation, v_user BIGINT UNSIGNED;

  SELECT x.operation_id, x.as_id INTO v_operation, v_user FROM practice x
    JOIN organisation o ON o.id = x.organisation_id AND o.practice WHERE x.organisation_id = p_organisation FOR UPDATE;
  IF v_operation IS NOT NULL THEN
    DELETE f FROM agent_line l JOIN call_fact f ON f.leg = 'agent' AND f.of_id = l.id WHERE l.user_id = v_user;
    DELETE f FROM live_call c JOIN call_fact f ON f.leg = 'contact' AND f.of_id = c.id WHERE c.operation_id = v_operation;
    DELETE n FROM trunk t JOIN caller_id n ON n.trunk_id = t.id WHERE t.organisation_id = p_organisation;
    DELETE n FROM trunk t JOIN call_orphan n ON n.trunk_id = t.id WHERE t.organisation_id = p_organisation;
    DELETE n FROM trunk t JOIN hook_tally n ON n.trunk_id = t.id WHERE t.organisation_id = p_organisation;
    DELETE c FROM survey s JOIN survey_version v ON v.survey_id = s.id JOIN question n ON n.version_id = v.id
      JOIN choice c ON c.question_id = n.id WHERE s.organisation_id = p_organisation;
    DELETE n FROM survey s JOIN survey_version v ON v.survey_id = s.id JOIN question n ON n.version_id = v.id
      WHERE s.organisation_id = p_organisation;
    DELETE v FROM survey s JOIN survey_version v ON v.survey_id = s.id WHERE s.organisation_id = p_organisation;
    DELETE f FROM person p JOIN phone f ON f.person_id = p.id WHERE p.organisation_id = p_organisation;
    DELETE w FROM attempt t JOIN answer w ON w.attempt_id = t.id WHERE t.operation_id = v_operation;
    DELETE FROM entry WHERE operation_id = v_operation;	-- before its tallies, which triggers keep
    DELETE FROM agent_line WHERE user_id = v_user;
    DELETE FROM hold WHERE user_id = v_user;
    DELETE FROM call_draft WHERE user_id = v_user;
    DELETE FROM call_answer_draft WHERE user_id = v_user;
    DELETE FROM session WHERE user_id = v_user;
    FOR of_it IN (SELECT DISTINCT TABLE_NAME AS tab, COLUMN_NAME AS col, COLUMN_NAME = 'operation_id' AS by_operation
        FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND SEQ_IN_INDEX = 1
          AND COLUMN_NAME IN ('operation_id', 'organisation_id') ORDER BY by_operation DESC, tab)
    DO
      EXECUTE IMMEDIATE CONCAT('DELETE FROM `', of_it.tab, '` WHERE ', of_it.col, ' = ',
        IF(of_it.by_operation, v_operation, p_organisation));
    END FOR;
    DELETE FROM operation WHERE id = v_operation;
    DELETE FROM organisation WHERE id = p_organisation;
  END IF;
END;
