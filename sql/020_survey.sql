-- 020: questionnaires: questions that correct a field of the record, who made a version.

-- field: the code (domain/field.h) of what a field_update question asks for, else ''. A scale's choices are its numbers,
-- in order, the words of an end after its number: "10 – Completely".
ALTER TABLE question ADD COLUMN field VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE survey_version ADD COLUMN created_by BIGINT UNSIGNED NULL;
UPDATE survey_version v JOIN survey s ON s.id = v.survey_id SET v.created_by = s.created_by WHERE v.number = 1;

-- How often name and description were changed: they are of no version, and two who change them at once must notice.
ALTER TABLE survey ADD COLUMN renamed INT UNSIGNED NOT NULL DEFAULT 1;

-- Which operations use a version.
ALTER TABLE operation ADD KEY by_survey (survey_version_id);
