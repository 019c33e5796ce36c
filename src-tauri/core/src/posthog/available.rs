//! The tools agents are offered, with what their servers claim about them (contract 3.17).

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::client::{Call, Posthog};
use super::error::{ApiError, ErrorKind};
use super::lenient;
use super::tools::{Approval, empty_object};
use super::transport::Size;

/// A server with tools that agents may see. All texts are untrusted.
#[derive(Clone, Debug, Deserialize)]
pub struct AvailableServer {
    /// UUID of the installation.
    pub installation_id: String,
    /// Name, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// What stands before its tools' names for an agent, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub slug: String,
    /// Those that could be read, by name. Blocked and removed ones are never among them.
    #[serde(default, deserialize_with = "lenient::elements")]
    pub tools: Vec<AvailableTool>,
}

/// A tool that agents may see.
#[derive(Clone, Debug, Deserialize)]
pub struct AvailableTool {
    /// The upstream name, exactly: [`super::Tool::tool_name`].
    pub name: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub description: String,
    /// As [`super::Tool::input_schema`].
    #[serde(default = "empty_object")]
    pub input_schema: Box<RawValue>,
    /// What the server claims about it.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub annotations: Annotations,
    /// What it may do, after the team's rules.
    #[serde(default)]
    pub approval_state: Approval,
}

/// Hints of the MCP specification. They are the server's own words about itself; `None`: it does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Annotations {
    /// A title for people.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub title: Option<String>,
    /// It changes nothing.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub read_only_hint: Option<bool>,
    /// What it changes may be lost.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub destructive_hint: Option<bool>,
    /// Calling it again changes nothing further.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub idempotent_hint: Option<bool>,
    /// It reaches beyond the server's own data.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub open_world_hint: Option<bool>,
}

/// What agents are offered.
#[derive(Clone, Debug)]
pub struct Available {
    /// Those that could be read, in PostHog's order.
    pub servers: Vec<AvailableServer>,
    /// Servers that could not be read. Unless it is 0, a server that is missing may be one of them.
    pub skipped: usize,
}

impl<'de> Deserialize<'de> for Available {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object<'a> {
            #[serde(borrow)]
            servers: Vec<&'a RawValue>,
        }
        let Object { servers: rows } = Object::deserialize(deserializer)?;
        let servers: Vec<_> = rows.iter().filter_map(|row| serde_json::from_str(row.get()).ok()).collect();
        Ok(Self { skipped: rows.len() - servers.len(), servers })
    }
}

impl Posthog {
    /// What agents are offered in a project (contract 3.17); `None` before generation C. Servers that are off, also for
    /// the team alone, or need a login, and tools that are blocked, are left out: that a tool is missing says nothing
    /// about its annotations.
    /// PostHog may renew logins upstream for it: sent once, and slow.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`] when the answer is no list of servers.
    pub async fn available_tools(&self, project: i64) -> Result<Option<Available>, ApiError> {
        let url =
            self.url(&["projects", &project.to_string(), "mcp_server_installations", "available_tools"]);
        let call = Call { size: Size::SlowList, repeatable: false, ..Call::get(url) };
        match self.request::<Available>(call).await {
            Ok(available) => Ok(Some(available)),
            // Older generations take the name for an id.
            Err(error) if error.kind == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
