//! The person behind a key, and what they can reach (contract 7).

use serde::Deserialize;

use super::client::{Call, Posthog};
use super::error::ApiError;
use super::lenient;

/// `GET /api/users/@me/` (contract 7.1).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct User {
    /// PostHog's number of the person; rate limits are kept by it.
    pub id: i64,
    /// The same person as a UUID.
    pub uuid: String,
    /// Email address, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub email: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub first_name: String,
    /// May be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub last_name: String,
    /// The project selected in PostHog, if any.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub team: Option<Project>,
    /// The organisation selected in PostHog, with its projects, if any.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub organization: Option<Organization>,
    /// All organisations of the person; here without projects. A key may reach fewer.
    #[serde(default, deserialize_with = "lenient::elements")]
    pub organizations: Vec<Organization>,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Organization {
    /// UUID.
    pub id: String,
    /// Name, may be empty.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// Its projects, where the answer has them.
    #[serde(default, deserialize_with = "lenient::elements")]
    pub projects: Vec<Project>,
    /// The same in the older form.
    #[serde(default, deserialize_with = "lenient::elements")]
    teams: Vec<Project>,
}

/// A project: what `{project_id}` in every path stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WireProject")]
pub struct Project {
    /// PostHog's number of it.
    pub id: i64,
    /// Name, may be empty.
    pub name: String,
    /// UUID of its organisation, may be empty.
    pub organization_id: String,
    /// Name of its organisation; empty where the answer does not say.
    pub organization_name: String,
}

/// A project is told as `team` (with `organization`, `project_id`) or as `project` (with `organization_id`).
#[derive(Deserialize)]
struct WireProject {
    id: i64,
    #[serde(default, deserialize_with = "lenient::or_default")]
    project_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    organization_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    organization: Option<String>,
}

impl From<WireProject> for Project {
    fn from(wire: WireProject) -> Self {
        Self {
            id: wire.project_id.unwrap_or(wire.id),
            name: wire.name,
            organization_id: wire.organization_id.or(wire.organization).unwrap_or_default(),
            organization_name: String::new(),
        }
    }
}

impl User {
    /// The projects this answer names: those of the current organisation, and the current one. Others need
    /// [`Posthog::organization_projects`].
    #[must_use]
    pub fn known_projects(&self) -> Vec<Project> {
        let mut projects: Vec<Project> = Vec::new();
        if let Some(current) = &self.organization {
            let listed = if current.projects.is_empty() { &current.teams } else { &current.projects };
            projects.extend(listed.iter().cloned());
        }
        if let Some(team) = self.team.as_ref().filter(|team| projects.iter().all(|known| known.id != team.id))
        {
            projects.push(team.clone());
        }
        for project in &mut projects {
            project.organization_name = self.organization_name(&project.organization_id);
        }
        projects
    }

    /// Name of one of the person's organisations, or nothing.
    #[must_use]
    pub fn organization_name(&self, id: &str) -> String {
        let known = self.organizations.iter().chain(&self.organization).find(|known| known.id == id);
        known.map(|known| known.name.clone()).unwrap_or_default()
    }
}

impl Posthog {
    /// Who the key belongs to (contract 7.1): also the cheapest check of a key and of an origin.
    ///
    /// # Errors
    /// [`super::ErrorKind::NotPosthog`] when whatever answers is not PostHog's API.
    pub async fn me(&self) -> Result<User, ApiError> {
        self.request(Call { identifies: true, ..Call::get(self.url(&["users", "@me"])) }).await
    }

    /// All projects of an organisation that the account may see (contract 7.2). They come without the
    /// organisation's name.
    ///
    /// # Errors
    /// [`super::ErrorKind::KeyLimited`] for a key limited to projects.
    pub async fn organization_projects(&self, organization: &str) -> Result<Vec<Project>, ApiError> {
        let url = self.url(&["organizations", organization, "projects"]);
        Ok(self.list(url).await?.items)
    }
}
