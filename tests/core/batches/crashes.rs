//! The app dies in the middle of a batch: the journal says what was done, and it can be finished or taken back.
