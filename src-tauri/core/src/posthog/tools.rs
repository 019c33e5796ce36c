//! Tools of an installation, and what a person decides about them (contract 2.3, 3.11 to 3.13).

use std::borrow::Cow;

use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Deserializer};
use serde_json::json;
use serde_json::value::RawValue;

use super::client::{Call, Posthog};
use super::error::{ApiError, ErrorKind};
use super::lenient;
use super::list::List;
use super::transport::Size;
use crate::view::Decision;

/// Longest unknown word that is kept, in characters.
const WORD_CHARS: usize = 200;

/// What a tool may do, as PostHog says it. Ordered by strictness: a word this version does not know is strictest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approval {
    /// One of the three states.
    Known(Decision),
    /// A word of a later version, or something that is no word: treated as not allowed and read-only. Untrusted text.
    Unknown(String),
}

impl Approval {
    /// The word as on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(decision) => decision.as_str(),
            Self::Unknown(word) => word,
        }
    }

    /// The state, unless the word is unknown.
    #[must_use]
    pub fn known(&self) -> Option<Decision> {
        match self {
            Self::Known(decision) => Some(*decision),
            Self::Unknown(_) => None,
        }
    }
}

impl From<&str> for Approval {
    fn from(word: &str) -> Self {
        let known = Decision::ALL.into_iter().find(|decision| decision.as_str() == word);
        known.map_or_else(|| Self::Unknown(word.chars().take(WORD_CHARS).collect()), Self::Known)
    }
}

impl Default for Approval {
    fn default() -> Self {
        Self::Unknown(String::new())
    }
}

impl<'de> Deserialize<'de> for Approval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        let word: Cow<'_, str> = match serde_json::from_str::<String>(raw.get()) {
            Ok(word) => Cow::Owned(word),
            Err(_) => Cow::Borrowed(raw.get()),
        };
        Ok(Self::from(&*word))
    }
}

/// One tool. All texts are untrusted.
#[derive(Clone, Debug, Deserialize)]
pub struct Tool {
    /// UUID, may be empty; it changes when the server is installed again.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: String,
    /// The upstream name, exactly: the key of decisions.
    pub tool_name: String,
    /// Title, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub display_name: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: String,
    /// Input schema as PostHog wrote it; normally an object, but any JSON, of any depth. PostHog does not keep the
    /// order of keys (contract 13.1).
    #[serde(default = "empty_object")]
    pub input_schema: Box<RawValue>,
    /// What it may do: from B on after the team's rules, in A the stored wish.
    #[serde(default)]
    pub approval_state: Approval,
    /// The team's ceiling, if any (B on).
    #[serde(default, deserialize_with = "ceiling")]
    pub team_state: Option<Approval>,
    /// A rule of the team fixes it (B on). Never send a decision for it: it would take effect silently when the rule
    /// goes (contract 13.1).
    #[serde(default, deserialize_with = "lenient::unless_false")]
    pub locked: bool,
    /// `rule`, `scope`, `team`, `preset`, `legacy`, `default`, or a word of a later version (B on; `legacy` before).
    #[serde(default = "legacy", deserialize_with = "lenient::or_default")]
    pub decided_by: String,
    /// When PostHog last saw it upstream. Moves at every refresh.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub last_seen_at: Option<Timestamp>,
    /// Since when it is missing upstream. A value that is no time makes the tool unreadable rather than live.
    #[serde(default)]
    pub removed_at: Option<Timestamp>,
    /// When PostHog first saw it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub created_at: Option<Timestamp>,
    /// When the row last changed. Moves at every refresh.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub updated_at: Option<Timestamp>,
}

pub(super) fn empty_object() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn legacy() -> String {
    "legacy".to_owned()
}

/// Null means: none. Anything else is a ceiling, and an unreadable one is the strictest.
fn ceiling<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Approval>, D::Error> {
    let approval = Approval::deserialize(deserializer)?;
    Ok(if approval == Approval::Unknown("null".to_owned()) { None } else { Some(approval) })
}

/// The tools of one installation, ascending by name in the server's collation.
#[derive(Clone, Debug)]
pub struct ToolList {
    /// Those that could be read.
    pub tools: Vec<Tool>,
    /// How many could not. When this is not 0, a tool that is missing here need not be gone.
    pub skipped: usize,
    /// SHA-256 of the raw answer: equal digests mean that nothing at all differs.
    pub digest: [u8; 32],
    /// PostHog's clock when it answered (`Date`).
    pub server_time: Option<Timestamp>,
}

impl From<List<Tool>> for ToolList {
    fn from(list: List<Tool>) -> Self {
        Self { tools: list.items, skipped: list.skipped, digest: list.digest, server_time: list.server_time }
    }
}

impl Posthog {
    /// The tools as PostHog keeps them, removed ones too (contract 3.11). Asks no MCP server.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when the installation is gone.
    pub async fn tools(&self, project: i64, id: &str) -> Result<ToolList, ApiError> {
        let mut url = self.tool_url(project, id, None);
        // Exactly the character 1.
        url.set_query(Some("include_removed=1"));
        Ok(self.list(url).await?.into())
    }

    /// Decides about one tool (contract 3.12). The answer is what is true now; it may differ from the wish.
    ///
    /// # Errors
    /// [`ErrorKind::NotAddressable`] for a name that cannot be in a path, before any request;
    /// [`ErrorKind::Ceiling`], [`ErrorKind::OwnerOnly`], [`ErrorKind::NotFound`].
    pub async fn set_approval(
        &self,
        project: i64,
        id: &str,
        tool: &str,
        state: Decision,
    ) -> Result<Tool, ApiError> {
        if !is_addressable(tool) {
            return Err(ApiError::local(ErrorKind::NotAddressable, ""));
        }
        let url = self.tool_url(project, id, Some(tool));
        let body = json!({ "approval_state": Approval::Known(state).as_str() });
        self.request(Call::write(Method::PATCH, url, body, Size::Object)).await
    }

    /// Makes PostHog read the server's tools again (contract 3.13). Answers live tools only. Spends from the bucket
    /// of ten a minute and fifty an hour that all keys of a person share (contract 1.7).
    ///
    /// # Errors
    /// [`ErrorKind::ServerOff`], [`ErrorKind::OwnerOnly`], [`ErrorKind::Throttled`], [`ErrorKind::Upstream`] with the
    /// reason.
    pub async fn refresh_tools(&self, project: i64, id: &str) -> Result<ToolList, ApiError> {
        let url = self.tool_url(project, id, Some("refresh"));
        let call = Call::write(Method::POST, url, json!({}), Size::SlowList);
        let answer = self.success(&call, &mut self.retries()).await?;
        Ok(self.single_page(&call, &answer)?.into())
    }

    fn tool_url(&self, project: i64, id: &str, last: Option<&str>) -> url::Url {
        let project = project.to_string();
        let mut segments = vec!["projects", &project, "mcp_server_installations", id, "tools"];
        segments.extend(last);
        self.url(&segments)
    }
}

/// Whether a name can be the last segment of the path. A slash is decoded before routing, `refresh` is another
/// endpoint, and dot segments do not survive a URL (contract 3.12, 13.2).
pub(crate) fn is_addressable(tool: &str) -> bool {
    !tool.contains('/') && !matches!(tool, "" | "." | ".." | "refresh")
}
