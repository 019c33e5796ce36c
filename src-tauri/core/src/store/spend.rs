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

impl Ledger {
    /// Takes one call from the budget at `now` (ms), or says in how many seconds one will be free.
    pub async fn spend(&self, scope: &Scope, what: &str, now: i64) -> Result<Result<(), u32>, StoreError> {
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
        if let Some(wait) = wait_for(&recent, now) {
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

/// Seconds until a call fits, given earlier calls newest first; `None` when one fits now.
fn wait_for(recent: &[i64], now: i64) -> Option<u32> {
    let until = |limit: usize, window: i64| {
        let within = recent.iter().filter(|at| **at > now - window).count();
        (within >= limit).then(|| recent[limit - 1] + window - now)
    };
    let wait = until(PER_MINUTE, MINUTE).max(until(PER_HOUR, HOUR))?;
    u32::try_from((wait + 999) / 1000).ok().map(|seconds| seconds.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_call_in_a_minute_waits_for_the_first_to_age() {
        let calls: Vec<i64> = (0..10).rev().map(|n| n * 1000).collect();
        assert_eq!(wait_for(&calls, 9_000), Some(51));
        assert_eq!(wait_for(&calls, 60_000), None);
        assert_eq!(wait_for(&calls[..9], 9_000), None);
    }

    #[test]
    fn the_fifty_first_call_in_an_hour_waits_although_the_minute_is_free() {
        let calls: Vec<i64> = (0..50).rev().map(|n| n * 61_000).collect();
        assert_eq!(wait_for(&calls, 3_100_000), Some(500));
    }
}
