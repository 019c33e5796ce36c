//! Rate limits (contract 1.7): sliding windows as Django REST framework keeps them.

use std::collections::{HashMap, VecDeque};

use crate::time::{Micros, SECOND, Speed};

/// A call's budget. Every bucket has a burst window (a minute) and a sustained one (an hour).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// `install_*`, `authorize`, `tools/refresh`; per person.
    Oauth(i64),
    /// `oauth_redirect`; per address. Everything on loopback is one address.
    OauthRedirect,
    /// Every other call with a personal key; per key.
    Default(String),
}

const MINUTE: Micros = 60 * SECOND;
const HOUR: Micros = 3_600 * SECOND;

impl Bucket {
    /// Calls per minute and per hour.
    fn limits(&self) -> (u32, u32) {
        match self {
            Self::Oauth(_) => (10, 50),
            Self::OauthRedirect => (5, 50),
            Self::Default(_) => (480, 4800),
        }
    }
}

/// All buckets, with the switch and the scale a test may set.
#[derive(Debug)]
pub(crate) struct Throttle {
    pub(crate) enabled: bool,
    /// Multiplies every limit; 1.0 is what PostHog documents.
    pub(crate) scale: f64,
    windows: HashMap<(Bucket, Micros), VecDeque<Micros>>,
}

impl Throttle {
    pub(crate) fn new(enabled: bool, scale: f64) -> Self {
        Self { enabled, scale, windows: HashMap::new() }
    }

    /// Counts a call, or says after how many seconds to come back. A refused call still counts in the
    /// window that did not refuse it. The speed shortens the windows.
    pub(crate) fn admit(&mut self, bucket: &Bucket, now: Micros, speed: Speed) -> Result<(), u64> {
        if !self.enabled {
            return Ok(());
        }
        let (burst, sustained) = bucket.limits();
        let mut wait = None;
        for (limit, window) in [(burst, MINUTE), (sustained, HOUR)] {
            let duration = speed.of(window);
            let limit = (f64::from(limit) * self.scale).max(1.0) as usize;
            let history = self.windows.entry((bucket.clone(), window)).or_default();
            while history.front().is_some_and(|at| *at <= now - duration) {
                history.pop_front();
            }
            match history.front() {
                Some(oldest) if history.len() >= limit => wait = wait.max(Some(oldest + duration - now)),
                _ => history.push_back(now),
            }
        }
        match wait {
            None => Ok(()),
            Some(micros) => Err(u64::try_from((micros + SECOND - 1) / SECOND).unwrap_or(1)),
        }
    }

    pub(crate) fn forget(&mut self) {
        self.windows.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_call_in_a_minute_waits_for_the_first_to_age() {
        let mut throttle = Throttle::new(true, 1.0);
        for _ in 0..10 {
            assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, Speed::default()), Ok(()));
        }
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, Speed::default()), Err(60));
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 59 * SECOND, Speed::default()), Err(1));
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 60 * SECOND, Speed::default()), Ok(()));
        assert_eq!(throttle.admit(&Bucket::Oauth(2), 0, Speed::default()), Ok(()));
    }

    #[test]
    fn a_speed_shortens_the_windows_and_what_is_said_of_them() {
        let (mut throttle, speed) = (Throttle::new(true, 1.0), Speed::new(30.0).unwrap());
        for _ in 0..10 {
            assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, speed), Ok(()));
        }
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, speed), Err(2));
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 2 * SECOND, speed), Ok(()));
    }

    #[test]
    fn refused_calls_eat_the_hourly_budget() {
        let mut throttle = Throttle::new(true, 1.0);
        for _ in 0..50 {
            let _ = throttle.admit(&Bucket::Oauth(1), 0, Speed::default());
        }
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 61 * SECOND, Speed::default()), Err(3_539));
    }

    #[test]
    fn the_scale_multiplies_the_limits_and_the_switch_lifts_them() {
        let mut throttle = Throttle::new(true, 0.1);
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, Speed::default()), Ok(()));
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, Speed::default()), Err(60));
        throttle.enabled = false;
        assert_eq!(throttle.admit(&Bucket::Oauth(1), 0, Speed::default()), Ok(()));
    }
}
