-- *Later* holds while an entry is no louder than where it was put off. Null: put off before this was kept.
ALTER TABLE mark ADD COLUMN review_group TEXT;
