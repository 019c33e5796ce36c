//! The budget PostHog keeps for a person: ten calls a minute and fifty an hour, over all keys, projects and devices
//! (contract 1.7). Kept here so that it survives a restart; failed calls count as well.

use super::ledger::{Ledger, Scope};
use super::open::StoreError;

/// Calls in any minute (contract 1.7, `mcp_oauth_burst`).
pub const PER_MINUTE: usize = 10;
/// Calls in any hour (contract 1.7, `mcp_oauth_sustained`).
pub const PER_HOUR: usize = 50;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// What watching may take of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// At least this long between two turns, ms.
    pub every_ms: i64,
    /// Turns in any hour.
    pub an_hour: usize,
}

/// Calls of a minute, and of an hour, that neither watching nor *Refresh all* touches: they are for connects.
pub const LEFT_FOR_CONNECTS: usize = 4;

/// The name of watching's calls.
const WATCH: &str = "watch";

impl Ledger {
    /// Takes one call for watching at `now` (ms), or says in how many milliseconds it may.
    pub async fn spend_watching(
        &self,
        scope: &Scope,
        pace: Pace,
        now: i64,
    ) -> Result<Result<(), i64>, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let recent = recent(&mut *tx, scope, now).await?;
        let wait = watching_waits(&recent, pace, now);
        if wait > 0 {
            return Ok(Err(wait));
        }
        sqlx::query("INSERT INTO spend (origin, user_uuid, at, what) VALUES (?, ?, ?, ?)")
            .bind(&scope.origin)
            .bind(&scope.user_uuid)
            .bind(now)
            .bind(WATCH)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// In how many milliseconds watching may make a call; 0: now.
    pub async fn watching_waits(&self, scope: &Scope, pace: Pace, now: i64) -> Result<i64, StoreError> {
        Ok(watching_waits(&recent(&self.db.read, scope, now).await?, pace, now))
    }

    /// Takes one call from the budget at `now` (ms), or says in how many seconds one will be free. As many as `left` of a
    /// minute and of an hour are not touched.
    pub async fn spend(
        &self,
        scope: &Scope,
        what: &str,
        left: usize,
        now: i64,
    ) -> Result<Result<(), u32>, StoreError> {
        let mut tx = self.db.write.begin().await?;
        let recent: Vec<i64> = sqlx::query_scalar(
            "SELECT at FROM spend WHERE origin = ? AND user_uuid = ? AND at > ? AND at <= ? ORDER BY at DESC",
        )
        .bind(&scope.origin)
        .bind(&scope.user_uuid)
        .bind(now - HOUR)
        .bind(now)
        .fetch_all(&mut *tx)
        .await?;
        if let Some(wait) = wait_for(&recent, left, now) {
            return Ok(Err(wait));
        }
        sqlx::query("INSERT INTO spend (origin, user_uuid, at, what) VALUES (?, ?, ?, ?)")
            .bind(&scope.origin)
            .bind(&scope.user_uuid)
            .bind(now)
            .bind(what)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM spend WHERE at <= ?").bind(now - HOUR).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Calls of the last hour, newest first, with their names.
async fn recent<'e>(
    db: impl sqlx::Executor<'e, Database = sqlx::Sqlite>,
    scope: &Scope,
    now: i64,
) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT at, what FROM spend WHERE origin = ? AND user_uuid = ? AND at > ? AND at <= ? ORDER BY at DESC",
    )
    .bind(&scope.origin)
    .bind(&scope.user_uuid)
    .bind(now - HOUR)
    .bind(now)
    .fetch_all(db)
    .await?)
}

/// Milliseconds until watching may call, given earlier calls newest first: its own pace, and room left for connects.
fn watching_waits(recent: &[(i64, String)], pace: Pace, now: i64) -> i64 {
    let own: Vec<i64> = recent.iter().filter(|(_, what)| what == WATCH).map(|(at, _)| *at).collect();
    let all: Vec<i64> = recent.iter().map(|(at, _)| *at).collect();
    let until = |calls: &[i64], limit: usize, window: i64| {
        let within = calls.iter().filter(|at| **at > now - window).count();
        if within < limit { 0 } else { calls[limit - 1] + window - now }
    };
    until(&own, 1, pace.every_ms)
        .max(until(&own, pace.an_hour, HOUR))
        .max(until(&all, PER_MINUTE - LEFT_FOR_CONNECTS, MINUTE))
        .max(until(&all, PER_HOUR - LEFT_FOR_CONNECTS, HOUR))
}

/// Seconds until a call fits, given earlier calls newest first and how many are to be left; `None` when one fits now.
fn wait_for(recent: &[i64], left: usize, now: i64) -> Option<u32> {
    let until = |limit: usize, window: i64| {
        let limit = limit - left;
        let within = recent.iter().filter(|at| **at > now - window).count();
        (within >= limit).then(|| recent[limit - 1] + window - now)
    };
    let wait = until(PER_MINUTE, MINUTE).max(until(PER_HOUR, HOUR))?;
    u32::try_from((wait + 999) / 1000).ok().map(|seconds| seconds.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Pace = Pace { every_ms: 180_000, an_hour: 15 };

    fn calls(what: &str, at: impl IntoIterator<Item = i64>) -> Vec<(i64, String)> {
        at.into_iter().map(|at| (at, what.to_owned())).collect()
    }

    #[test]
    fn watching_takes_one_turn_in_three_minutes_and_fifteen_an_hour() {
        assert_eq!(watching_waits(&[], PACE, 0), 0);
        assert_eq!(watching_waits(&calls(WATCH, [1_000]), PACE, 60_000), 121_000);
        let fifteen = calls(WATCH, (0..15).rev().map(|n| n * 200_000));
        assert_eq!(watching_waits(&fifteen, PACE, 3_000_001), 599_999, "the oldest must be an hour old");
    }

    #[test]
    fn watching_leaves_four_calls_of_the_minute_for_connects() {
        let five = calls("connect", (0..5).rev().map(|n| n * 1_000));
        assert_eq!(watching_waits(&five, PACE, 10_000), 0);
        let six = calls("connect", (0..6).rev().map(|n| n * 1_000));
        assert_eq!(watching_waits(&six, PACE, 10_000), 50_000);
    }

    #[test]
    fn the_eleventh_call_in_a_minute_waits_for_the_first_to_age() {
        let calls: Vec<i64> = (0..10).rev().map(|n| n * 1000).collect();
        assert_eq!(wait_for(&calls, 0, 9_000), Some(51));
        assert_eq!(wait_for(&calls, 0, 60_000), None);
        assert_eq!(wait_for(&calls[..9], 0, 9_000), None);
    }

    #[test]
    fn the_fifty_first_call_in_an_hour_waits_although_the_minute_is_free() {
        let calls: Vec<i64> = (0..50).rev().map(|n| n * 61_000).collect();
        assert_eq!(wait_for(&calls, 0, 3_100_000), Some(500));
    }

    #[test]
    fn the_queue_leaves_four_calls_of_the_minute_and_of_the_hour_for_connects() {
        let minute: Vec<i64> = (0..6).rev().map(|n| n * 1_000).collect();
        assert_eq!(wait_for(&minute[..5], LEFT_FOR_CONNECTS, 10_000), None);
        assert_eq!(wait_for(&minute, LEFT_FOR_CONNECTS, 10_000), Some(50));
        let hour: Vec<i64> = (0..46).rev().map(|n| n * 61_000).collect();
        assert_eq!(wait_for(&hour[..45], LEFT_FOR_CONNECTS, 3_000_000), None);
        assert_eq!(wait_for(&hour, LEFT_FOR_CONNECTS, 3_000_000), Some(600));
    }
}
