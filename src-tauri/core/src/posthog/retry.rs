//! When to try again: only reads, only what is likely to pass, and never more than a budget allows.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::error::{ApiError, ErrorKind};

/// Further attempts one call may make.
const RETRIES_PER_CALL: u32 = 2;

/// Further attempts all calls of one client may make before a success earns new ones: during an outage a sync of
/// many servers must not triple its requests.
const BUDGET: u32 = 10;

/// Longest `Retry-After` worth waiting for inside a call. Longer ones are the caller's to plan.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Whether the same read may succeed a moment later.
pub(super) fn is_transient(error: &ApiError) -> bool {
    match error.kind {
        ErrorKind::Offline | ErrorKind::Interrupted => true,
        ErrorKind::Throttled => error.retry_after.is_some_and(|wait| wait <= LONGEST_PAUSE),
        // A crash (500) repeats itself; a gateway or the database comes back. A timeout has already cost too long.
        ErrorKind::Server => {
            matches!(error.status, Some(502..=504))
                && error.retry_after.is_none_or(|wait| wait <= LONGEST_PAUSE)
        }
        _ => false,
    }
}

/// The retries of one call, all its pages together.
pub(super) struct Retries<'a> {
    budget: &'a Budget,
    made: u32,
}

impl<'a> Retries<'a> {
    pub(super) fn new(budget: &'a Budget) -> Self {
        Self { budget, made: 0 }
    }

    /// How long to pause before trying again, or `None`: give up.
    ///
    /// Without `Retry-After` the pause doubles from `backoff`; `jitter` in 0..=255 takes up to half of it away, so
    /// that calls that failed together do not come back together.
    pub(super) fn pause(&mut self, error: &ApiError, backoff: Duration, jitter: u8) -> Option<Duration> {
        if self.made >= RETRIES_PER_CALL || !is_transient(error) || !self.budget.spend() {
            return None;
        }
        let full = backoff * 2_u32.pow(self.made);
        self.made += 1;
        let shortened = full - (full / 2).mul_f64(f64::from(jitter) / 255.0);
        Some(error.retry_after.map_or(shortened, |wait| wait + shortened))
    }
}

/// Retries left for all calls of one client.
pub(super) struct Budget(AtomicU32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(BUDGET))
    }

    /// A success earns one retry back.
    pub(super) fn earn(&self) {
        self.change(|left| (left < BUDGET).then_some(left + 1));
    }

    fn spend(&self) -> bool {
        self.change(|left| left.checked_sub(1))
    }

    fn change(&self, by: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, by).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn error(kind: ErrorKind, status: Option<u16>, wait: Option<u64>) -> ApiError {
        ApiError { status, retry_after: wait.map(Duration::from_secs), ..ApiError::local(kind, "") }
    }

    #[test]
    fn only_what_is_likely_to_pass_is_transient() {
        for (failed, expected) in [
            (error(ErrorKind::Offline, None, None), true),
            (error(ErrorKind::Interrupted, None, None), true),
            (error(ErrorKind::Server, Some(502), None), true),
            (error(ErrorKind::Server, Some(503), Some(1)), true),
            (error(ErrorKind::Throttled, Some(429), Some(5)), true),
            (error(ErrorKind::Server, Some(503), Some(60)), false),
            (error(ErrorKind::Server, Some(500), None), false),
            (error(ErrorKind::Throttled, Some(429), Some(6)), false),
            (error(ErrorKind::Throttled, Some(429), None), false),
            (error(ErrorKind::Timeout, None, None), false),
            (error(ErrorKind::Upstream, Some(502), None), false),
            (error(ErrorKind::Certificate, None, None), false),
            (error(ErrorKind::KeyRefused, Some(401), None), false),
            (error(ErrorKind::Unreadable, Some(200), None), false),
        ] {
            assert_eq!(is_transient(&failed), expected, "{failed:?}");
        }
    }

    #[test]
    fn pauses_double_and_jitter_takes_up_to_half_away() {
        let (budget, failed) = (Budget::new(), error(ErrorKind::Offline, None, None));
        let mut retries = Retries::new(&budget);
        assert_eq!(retries.pause(&failed, SECOND, 0), Some(SECOND));
        assert_eq!(retries.pause(&failed, SECOND, 255), Some(SECOND), "half of two seconds");
        assert_eq!(retries.pause(&failed, SECOND, 0), None, "two retries a call");
    }

    #[test]
    fn a_wait_the_server_asks_for_is_never_cut_short() {
        let (budget, failed) = (Budget::new(), error(ErrorKind::Throttled, Some(429), Some(5)));
        let pause = Retries::new(&budget).pause(&failed, SECOND, 255);
        assert!(pause >= Some(5 * SECOND), "{pause:?}");
    }
}
