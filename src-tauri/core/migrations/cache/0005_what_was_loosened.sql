-- What is pinned and was loosened elsewhere has a group of its own, the fourth; until now it was the last, with what is
-- not pinned and so has nothing to be compared with.
UPDATE tool SET review = review + 1 WHERE review >= 3;
UPDATE tool SET review = 3, noticed_at = NULL WHERE review = 8 AND base IS NOT NULL;
