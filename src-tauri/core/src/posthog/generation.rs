//! Which generation of the API answers: PostHog numbers none, but each adds keys to its rows (contract 0, 9).

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::installations::Installation;

/// A generation of the API, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generation {
    /// The oldest: no icons, no count of tools, logins answer a redirect.
    A0,
    /// The public API page.
    A,
    /// Sharing, the team's rules, brand icons.
    B,
    /// When a server was last read and why that failed; annotations of tools.
    C,
}

/// The keys that tell generations apart. Their values do not: `last_synced_at` is null until the first reading.
#[derive(Deserialize)]
struct Keys {
    #[serde(default, deserialize_with = "present")]
    icon_key: bool,
    #[serde(default, deserialize_with = "present")]
    tool_count: bool,
    #[serde(default, deserialize_with = "present")]
    scope: bool,
    #[serde(default, deserialize_with = "present")]
    last_synced_at: bool,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl From<Keys> for Generation {
    fn from(keys: Keys) -> Self {
        match keys {
            Keys { last_synced_at: true, .. } => Self::C,
            Keys { scope: true, .. } => Self::B,
            Keys { icon_key: true, .. } | Keys { tool_count: true, .. } => Self::A,
            _ => Self::A0,
        }
    }
}

/// An installation and the generation its keys speak of.
pub(super) struct Row {
    pub(super) installation: Installation,
    pub(super) generation: Generation,
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let unreadable = |_| serde::de::Error::custom("not an installation");
        let installation = serde_json::from_str(raw).map_err(unreadable)?;
        let keys: Keys = serde_json::from_str(raw).map_err(unreadable)?;
        Ok(Self { installation, generation: keys.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_told_by_keys_and_not_by_values() {
        for (keys, expected) in [
            ("", Generation::A0),
            (r#","later":true"#, Generation::A0),
            (r#","icon_key":"""#, Generation::A),
            (r#","tool_count":null"#, Generation::A),
            (r#","tool_count":1,"scope":"personal""#, Generation::B),
            (r#","scope":null"#, Generation::B),
            (r#","scope":"shared","last_synced_at":null"#, Generation::C),
            (r#","last_synced_at":[{"odd":1}]"#, Generation::C),
        ] {
            let row: Row = serde_json::from_str(&format!(r#"{{"id":"row","url":"u"{keys}}}"#)).unwrap();
            assert_eq!((row.installation.id.as_str(), row.generation), ("row", expected), "{keys}");
        }
        assert!(
            Generation::A0 < Generation::A && Generation::A < Generation::B && Generation::B < Generation::C
        );
    }
}
