-- 061: the numbers of a person lie next to each other. They are always read by person (the agent's page, the load of
-- a list, the import, filters), which took a look in an index and one more for each number.
ALTER TABLE phone
  DROP PRIMARY KEY,
  DROP KEY once,
  ADD PRIMARY KEY (person_id, e164),
  ADD UNIQUE KEY id (id);
