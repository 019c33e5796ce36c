//! Which generation of the API is played (contract 0, 9). C is held against recordings; A0, A and B are as
//! documented, not recorded: C with what came later taken away.

use serde::{Deserialize, Serialize};

/// A generation of the API, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Generation {
    /// The oldest: no icons, no count of tools, a flow begins with a redirect. As documented, not recorded.
    A0,
    /// The public API page. As documented, not recorded.
    A,
    /// Sharing, the team's rules, brand icons. As documented, not recorded.
    B,
    /// The newest, and the one that was recorded.
    #[default]
    C,
}

impl std::str::FromStr for Generation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |generation: &Self| format!("{generation:?}") == text;
        [Self::A0, Self::A, Self::B, Self::C]
            .into_iter()
            .find(named)
            .ok_or_else(|| format!("{text} is not a generation of the API: A0, A, B or C"))
    }
}
