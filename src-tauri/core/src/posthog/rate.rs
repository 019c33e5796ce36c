//! Staying under PostHog's ordinary limit: 480 calls a minute and 4,800 an hour with one key (contract 1.7). The person's
//! other programs may use the same key, so not all of it is taken; and reading leaves room for a decision.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// How many calls fit into any minute and any hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) minute: usize,
    pub(super) hour: usize,
}

/// For reads, which can wait.
pub(super) const READS: Allowance = Allowance { minute: 400, hour: 4_000 };
/// For everything a person waits for, reads included.
pub(super) const ALL: Allowance = Allowance { minute: 470, hour: 4_700 };

/// When the calls of the last hour were made, oldest first.
#[derive(Default)]
pub(super) struct Rate(Mutex<VecDeque<Instant>>);

impl Rate {
    /// Takes a call at `now`, or says how long until there is one.
    pub(super) fn take(&self, allowance: Allowance, now: Instant) -> Result<(), Duration> {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while calls.front().is_some_and(|at| now.saturating_duration_since(*at) >= HOUR) {
            calls.pop_front();
        }
        let wait = |most: usize, window: Duration| {
            let oldest = calls.len().checked_sub(most).and_then(|index| calls.get(index))?;
            window.checked_sub(now.saturating_duration_since(*oldest)).filter(|wait| !wait.is_zero())
        };
        match wait(allowance.minute, MINUTE).max(wait(allowance.hour, HOUR)) {
            Some(wait) => Err(wait),
            None => {
                calls.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// The most calls in any window of that length.
    fn busiest(calls: &[Instant], window: Duration) -> usize {
        let mut from = 0;
        let count = |(to, at): (usize, &Instant)| {
            while *at - calls[from] >= window {
                from += 1;
            }
            to + 1 - from
        };
        calls.iter().enumerate().map(count).max().unwrap_or_default()
    }

    /// Syncs of a project with that many servers, each begun as soon as the one before has ended, and made of a call for
    /// the list and one for each server: more than any start, focus, connect, button or interval asks for.
    fn made(servers: usize, lasting: Duration) -> Vec<Instant> {
        let (rate, start) = (Rate::default(), Instant::now());
        let (mut now, mut calls) = (start, Vec::new());
        while now - start < lasting {
            for _ in 0..=servers {
                while let Err(wait) = rate.take(READS, now) {
                    now += wait;
                }
                calls.push(now);
                now += Duration::from_millis(2);
            }
        }
        calls
    }

    #[test]
    fn syncs_without_a_pause_stay_under_posthogs_limits_for_hours() {
        for servers in [1, 50, 1_000] {
            let calls = made(servers, 3 * HOUR);
            let (minute, hour) = (busiest(&calls, MINUTE), busiest(&calls, HOUR));
            assert!(minute <= 400, "{servers} servers: {minute} calls in a minute");
            assert!(hour <= 4_000, "{servers} servers: {hour} calls in an hour");
            assert!(calls.len() >= 8_000, "{servers} servers: it goes on as soon as it may");
        }
    }

    #[test]
    fn a_decision_still_fits_when_reading_has_used_its_share() {
        let (rate, now) = (Rate::default(), Instant::now());
        while rate.take(READS, now).is_ok() {}
        for _ in 400..470 {
            assert_eq!(rate.take(ALL, now), Ok(()));
        }
        assert_eq!(rate.take(ALL, now), Err(MINUTE));
        assert_eq!(rate.take(READS, now + 59 * SECOND), Err(SECOND));
        assert_eq!(rate.take(READS, now + MINUTE), Ok(()));
    }
}
