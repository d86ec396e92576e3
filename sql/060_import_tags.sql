-- 060: an import writes the tags of those it adds itself, a page of people in one statement: by the trigger they
-- cost as much as all of a person's indexes together.

-- The import says so on its connection (import_tags.c); whoever else adds a person need not know of person_tag.
CREATE OR REPLACE TRIGGER person_tags_of_new AFTER INSERT ON person FOR EACH ROW
BEGIN
  IF NEW.tags <> '' AND (NEW.changed_import IS NULL OR @tags_by_import IS NULL OR NEW.changed_import <> @tags_by_import) THEN
    CALL tag_person(NEW.organisation_id, NEW.id, NEW.tags);
  END IF;
END;
