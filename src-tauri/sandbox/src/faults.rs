//! Failures of the API itself, ordered over the control endpoint.

use serde::{Deserialize, Serialize};

/// What happens to a call instead of, or before, its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// Answer with this 4xx or 5xx status, in PostHog's words.
    Status(u16),
    /// 429 with this `Retry-After`, in seconds.
    Throttled(u64),
    /// Wait this many milliseconds, then answer as usual.
    DelayMs(u64),
    /// Never answer.
    Hang,
}

/// A fault of the next calls to a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// The path must start with this.
    pub(crate) path_prefix: String,
    /// And contain this.
    #[serde(default)]
    pub(crate) path_contains: String,
    /// Any method when absent.
    #[serde(default)]
    pub(crate) method: Option<String>,
    /// How many calls it hits; one when absent.
    #[serde(default = "once")]
    pub(crate) times: u32,
    pub(crate) fault: FaultKind,
}

fn once() -> u32 {
    1
}

#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that hits this call, which uses it up.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<FaultKind> {
        let hit = self.0.iter_mut().find(|fault| {
            path.starts_with(&fault.path_prefix)
                && path.contains(&fault.path_contains)
                && fault.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
        })?;
        hit.times = hit.times.saturating_sub(1);
        let kind = hit.fault;
        self.0.retain(|fault| fault.times > 0);
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_hits_its_path_and_method_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(Fault {
            path_prefix: "/api/projects/1/".into(),
            path_contains: "tools".into(),
            method: Some("POST".into()),
            times: 2,
            fault: FaultKind::Hang,
        });
        assert_eq!(faults.take("GET", "/api/projects/1/x/tools/"), None);
        assert_eq!(faults.take("POST", "/api/projects/1/x/"), None);
        assert_eq!(faults.take("POST", "/api/projects/1/x/tools/"), Some(FaultKind::Hang));
        assert_eq!(faults.take("POST", "/api/projects/1/x/tools/"), Some(FaultKind::Hang));
        assert_eq!(faults.take("POST", "/api/projects/1/x/tools/"), None);
    }
}
