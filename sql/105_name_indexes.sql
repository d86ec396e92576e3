-- 105: searching two words of a name ("anne gall") at a million people: each index of names holds all that a word may begin, so that
-- whom the words find is found by one index, and only their rows are read. What an order needs stays in front.

ALTER TABLE person
  DROP KEY by_name, DROP KEY by_first_name, DROP KEY by_last_part, DROP KEY by_last_end, DROP KEY by_first_part,
  ADD KEY by_name (organisation_id, kind, last_name, first_name, id, last_part, last_end, first_part),
  ADD KEY by_first_name (organisation_id, kind, first_name, id, last_name, last_part, last_end, first_part),
  ADD KEY by_last_part (organisation_id, kind, last_part, last_name, first_name, last_end, first_part),
  ADD KEY by_last_end (organisation_id, kind, last_end, last_name, first_name, last_part, first_part),
  ADD KEY by_first_part (organisation_id, kind, first_part, last_name, first_name, last_part, last_end);
