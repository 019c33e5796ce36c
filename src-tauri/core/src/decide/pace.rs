//! How fast decisions are sent: at full speed while PostHog's limits have room, and not at all when they have none.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// At most so many requests within any such time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Requests.
    pub calls: u32,
    /// Within this time.
    pub within: Duration,
}

/// About how long one decision takes when nothing holds it up.
const ONE: Duration = Duration::from_millis(150);

/// What was sent lately, and how long PostHog said to wait.
#[derive(Debug)]
pub(crate) struct Pace {
    windows: [Window; 2],
    sent: VecDeque<Instant>,
    held_until: Option<Instant>,
}

impl Pace {
    pub(crate) fn new(windows: [Window; 2]) -> Self {
        Self { windows, sent: VecDeque::new(), held_until: None }
    }

    /// When the next request may go; `None`: now.
    pub(super) fn resumes(&mut self, now: Instant) -> Option<Instant> {
        let longest = self.windows.iter().map(|window| window.within).max().unwrap_or_default();
        while self.sent.front().is_some_and(|at| *at + longest <= now) {
            self.sent.pop_front();
        }
        let free = |window: &Window| {
            let nth = (window.calls as usize).max(1);
            let place = self.sent.len().checked_sub(nth)?;
            self.sent.get(place).map(|at| *at + window.within)
        };
        self.windows.iter().filter_map(free).chain(self.held_until).max().filter(|at| *at > now)
    }

    /// A request goes out.
    pub(super) fn sends(&mut self, now: Instant) {
        self.sent.push_back(now);
    }

    /// PostHog said to wait; without a time a whole short window passes.
    pub(super) fn refused(&mut self, now: Instant, retry_after: Option<Duration>) {
        let wait = retry_after.unwrap_or(self.windows[0].within);
        self.held_until = self.held_until.max(Some(now + wait));
    }

    /// About how long that many requests take from now, whole seconds.
    pub(super) fn seconds(&mut self, requests: u32, now: Instant) -> u32 {
        let held = self.resumes(now).map_or(Duration::ZERO, |at| at - now);
        let full = |window: &Window| window.within * (requests.saturating_sub(1) / window.calls.max(1));
        let windows = self.windows.iter().map(full).max().unwrap_or_default();
        let all = if requests == 0 { Duration::ZERO } else { held + windows.max(ONE * requests) };
        u32::try_from(all.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn pace() -> Pace {
        Pace::new([Window { calls: 3, within: 60 * SECOND }, Window { calls: 5, within: 3600 * SECOND }])
    }

    #[test]
    fn the_first_of_a_full_window_must_age_before_the_next_goes() {
        let (mut pace, start) = (pace(), Instant::now());
        for second in 0..3 {
            assert_eq!(pace.resumes(start + second * SECOND), None);
            pace.sends(start + second * SECOND);
        }
        assert_eq!(pace.resumes(start + 3 * SECOND), Some(start + 60 * SECOND));
        assert_eq!(pace.resumes(start + 60 * SECOND), None);
    }

    #[test]
    fn the_long_window_counts_what_the_short_one_has_forgotten() {
        let (mut pace, start) = (pace(), Instant::now());
        for minute in 0..5 {
            pace.sends(start + minute * 61 * SECOND);
        }
        assert_eq!(pace.resumes(start + 305 * SECOND), Some(start + 3600 * SECOND));
    }

    #[test]
    fn a_refusal_holds_everything_until_posthog_said() {
        let (mut pace, start) = (pace(), Instant::now());
        pace.refused(start, Some(7 * SECOND));
        pace.refused(start, Some(2 * SECOND));
        assert_eq!(pace.resumes(start), Some(start + 7 * SECOND), "the longest wait counts");
        assert_eq!(pace.resumes(start + 7 * SECOND), None);
        pace.refused(start + 8 * SECOND, None);
        assert_eq!(pace.resumes(start + 8 * SECOND), Some(start + 68 * SECOND));
    }

    #[test]
    fn the_estimate_is_travel_while_there_is_room_and_windows_after_that() {
        let now = Instant::now();
        let seconds = |requests| pace().seconds(requests, now);
        assert_eq!([0, 1, 3, 4, 7].map(seconds), [0, 1, 1, 60, 3600]);
    }
}
