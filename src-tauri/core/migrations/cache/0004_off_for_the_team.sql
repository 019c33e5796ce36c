-- Agents are not offered it although nothing of this person's keeps it away: the team switched it off (contract 13.2).
ALTER TABLE server ADD COLUMN off_for_team INTEGER NOT NULL DEFAULT 0;
