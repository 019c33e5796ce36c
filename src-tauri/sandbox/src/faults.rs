//! Failures of the API itself, ordered over the control endpoint.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens to a call instead of, or before, its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// Answer with this 4xx or 5xx status, in PostHog's words.
    Status(u16),
    /// Answer with this status and this body, as JSON.
    Answer { status: u16, body: Value },
    /// 429 with this `Retry-After`, in seconds.
    Throttled(u64),
    /// Wait this many milliseconds, then answer as usual.
    DelayMs(u64),
    /// Carry the call out at once, but wait this many milliseconds with the answer.
    LateMs(u64),
    /// Never answer.
    Hang,
    /// Close the connection before anything is done.
    Drop,
    /// Carry the call out, then close the connection instead of answering.
    LoseAnswer,
    /// Carry the call out, then never answer.
    HoldAnswer,
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
    /// How many matching calls pass first; a call passed by one fault may be hit by the next.
    #[serde(default)]
    pub(crate) skip: u32,
    /// How many calls it hits; one when absent.
    #[serde(default = "once")]
    pub(crate) times: u32,
    pub(crate) fault: FaultKind,
}

fn once() -> u32 {
    1
}

impl Fault {
    fn matches(&self, method: &str, path: &str) -> bool {
        path.starts_with(&self.path_prefix)
            && path.contains(&self.path_contains)
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
    }
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
        let hit = self.0.iter_mut().filter(|fault| fault.matches(method, path)).find_map(|fault| {
            let passes = fault.skip > 0;
            fault.skip = fault.skip.saturating_sub(1);
            (!passes).then_some(fault)
        })?;
        hit.times = hit.times.saturating_sub(1);
        let kind = hit.fault.clone();
        self.0.retain(|fault| fault.times > 0);
        Some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(skip: u32, times: u32, fault: FaultKind) -> Fault {
        Fault {
            path_prefix: "/api/projects/1/".into(),
            path_contains: "tools".into(),
            method: Some("POST".into()),
            skip,
            times,
            fault,
        }
    }

    const PATH: &str = "/api/projects/1/x/tools/";

    #[test]
    fn a_fault_hits_its_path_and_method_as_often_as_it_says() {
        let mut faults = Faults::default();
        faults.add(fault(0, 2, FaultKind::Hang));
        assert_eq!(faults.take("GET", PATH), None);
        assert_eq!(faults.take("POST", "/api/projects/1/x/"), None);
        assert_eq!(faults.take("POST", PATH), Some(FaultKind::Hang));
        assert_eq!(faults.take("POST", PATH), Some(FaultKind::Hang));
        assert_eq!(faults.take("POST", PATH), None);
    }

    #[test]
    fn only_calls_that_match_are_let_pass_and_the_next_fault_sees_them() {
        let mut faults = Faults::default();
        faults.add(fault(2, 1, FaultKind::Drop));
        faults.add(fault(1, 1, FaultKind::LoseAnswer));
        assert_eq!(faults.take("GET", PATH), None, "does not match, so does not count");
        assert_eq!(faults.take("POST", PATH), None);
        assert_eq!(faults.take("POST", PATH), Some(FaultKind::LoseAnswer));
        assert_eq!(faults.take("POST", PATH), Some(FaultKind::Drop));
        assert_eq!(faults.take("POST", PATH), None);
    }
}
