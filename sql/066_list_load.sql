-- 066: what putting somebody on a list need not pay for.
--
-- The index of entries by number cost a third of an INSERT, its places being scattered: who has a number is found through
-- phone, by_number, and then by_person. Nobody but queue_add.c puts people on a list, a page at a time: it counts who
-- comes as removed (entry_tally) once a page, where the trigger of 065 ran for each row.
ALTER TABLE entry DROP INDEX by_number;
DROP TRIGGER entry_counted;
