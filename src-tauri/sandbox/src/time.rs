//! The sandbox's clock and the server's way of writing times (contract 1.8).

use jiff::Timestamp;

/// Microseconds since the Unix epoch: PostgreSQL's resolution.
pub(crate) type Micros = i64;

pub(crate) const SECOND: Micros = 1_000_000;

/// Real time, moved forward or held still by hand.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    offset: Micros,
    held: Option<Micros>,
}

impl Clock {
    pub(crate) fn now(&self) -> Micros {
        let real = self.held.unwrap_or_else(|| Timestamp::now().as_microsecond());
        real.saturating_add(self.offset)
    }

    /// Stops the clock, or lets it run on from where it would be.
    pub(crate) fn hold(&mut self, held: bool) {
        self.held = held.then(|| self.held.unwrap_or_else(|| Timestamp::now().as_microsecond()));
    }

    pub(crate) fn advance(&mut self, by: Micros) {
        self.offset = self.offset.saturating_add(by);
    }
}

/// How many times faster than documented PostHog's own waits pass: the windows of its limits, the life of a
/// flow, the wait before a background sync. Times in answers stay real.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Speed(f64);

impl Default for Speed {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Speed {
    /// None unless the factor is above zero and finite.
    pub(crate) fn new(factor: f64) -> Option<Self> {
        (factor.is_finite() && factor > 0.0).then_some(Self(factor))
    }

    pub(crate) fn of_millis(self, documented: u64) -> u64 {
        (documented as f64 / self.0) as u64
    }

    /// How long a documented wait lasts.
    pub(crate) fn of(self, documented: Micros) -> Micros {
        (documented as f64 / self.0) as Micros
    }
}

/// ISO 8601 in UTC with `Z`; microseconds only when they are not zero.
pub(crate) fn format(at: Micros) -> String {
    let Ok(stamp) = Timestamp::from_microsecond(at) else { return String::new() };
    let whole = stamp.strftime("%Y-%m-%dT%H:%M:%S");
    match at.rem_euclid(SECOND) {
        0 => format!("{whole}Z"),
        micros => format!("{whole}.{micros:06}Z"),
    }
}

/// Reads a fixture's time: `-40d`, `-2h`, `-15m`, `-30s` before `now`, or a full timestamp.
pub(crate) fn parse(text: &str, now: Micros) -> Option<Micros> {
    let Some(ago) = text.strip_prefix('-') else {
        return text.parse::<Timestamp>().ok().map(|stamp| stamp.as_microsecond());
    };
    let unit = match ago.chars().last()? {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => return None,
    };
    let amount: i64 = ago.get(..ago.len() - 1)?.parse().ok()?;
    Some(now.saturating_sub(amount.checked_mul(unit * SECOND)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microseconds_are_written_only_when_present() {
        assert_eq!(format(1_767_323_045_000_000), "2026-01-02T03:04:05Z");
        assert_eq!(format(1_767_323_045_000_120), "2026-01-02T03:04:05.000120Z");
    }

    #[test]
    fn a_speed_shortens_waits_and_is_never_zero_or_endless() {
        assert_eq!(Speed::default().of(60 * SECOND), 60 * SECOND);
        assert_eq!(Speed::new(30.0).unwrap().of(60 * SECOND), 2 * SECOND);
        for factor in [0.0, -1.0, f64::INFINITY, f64::NAN] {
            assert_eq!(Speed::new(factor), None, "{factor}");
        }
    }

    #[test]
    fn fixture_times_are_relative_or_absolute() {
        let now = 1_767_323_045_000_000;
        assert_eq!(parse("-2h", now), Some(now - 7_200 * SECOND));
        assert_eq!(parse("2026-01-02T03:04:05Z", 0), Some(now));
        assert_eq!(parse("-2w", now), None);
        assert_eq!(parse("yesterday", now), None);
    }
}
