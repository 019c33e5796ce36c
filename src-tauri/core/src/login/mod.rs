//! Becoming someone: a personal API key is checked before it is kept, and kept in one place only.

pub mod origin;
mod sample;

use std::collections::HashSet;
use std::sync::Arc;

pub use origin::{BadOrigin, Origin};
pub use sample::SampleServer;

use crate::hedgerow::{Hedgerow, kind_of, short_hash};
use crate::posthog::{ErrorKind, Posthog, User};
use crate::project::now_ms;
use crate::secrets::Secret;
use crate::store::StoredAccount;
use crate::view::{AccountView, CommandError, ErrorCode, Kept, ProjectView, SignedIn};

/// Account id of the sample project: fixed, so that nothing of it can be taken for a real account.
pub const SAMPLE: &str = "sample";

/// Projects a new key is tried on at most.
const PROBED: usize = 10;

impl Hedgerow {
    /// Checks a personal API key with PostHog, keeps it, and puts the clear choice of a project on screen.
    ///
    /// # Errors
    /// With `field` `host` when the address or the connection is at fault, `key` when PostHog refuses the key;
    /// `keyring_absent` and `keyring_locked` when it cannot be kept as asked. Then nothing has changed.
    pub async fn sign_in_key(
        self: &Arc<Self>,
        host: &str,
        key: Secret,
        keep: Kept,
    ) -> Result<SignedIn, CommandError> {
        let origin = parse(host)?;
        let key = Secret::new(key.expose().trim().to_owned());
        if key.expose().is_empty() || !key.expose().chars().all(|c| c.is_ascii_graphic()) {
            return Err(ErrorCode::KeyRefused.at("key"));
        }
        let api = Posthog::new(origin.as_url().clone(), key.clone())?;
        let user = api.me().await.map_err(|error| blame(error.into()))?;
        let projects = projects(&api, &user).await;
        let chosen = choose(&api, &user, &projects).await?;
        let id = short_hash(&[origin.as_str(), &user.uuid]);
        let keys = match keep {
            Kept::Keyring => &self.config.keyring,
            Kept::ThisRun => &self.memory,
        };
        keys.set(&id, &key).await?;
        let account = StoredAccount {
            id: id.clone(),
            origin: origin.as_str().to_owned(),
            user_uuid: user.uuid.clone(),
            email: user.email.clone(),
            projects,
            in_keyring: keep == Kept::Keyring,
            added_at: now_ms(),
        };
        // A project opened under the old key would go on using it.
        self.deactivate(&id).await?;
        self.ledger.put_account(&account).await?;
        let active = match chosen {
            Some(project) => Some(self.activate(&id, project).await?),
            None => None,
        };
        Ok(SignedIn { account: account_view(account, true), active, kept: keep })
    }

    /// Forgets an account and its key. Pins, decisions and the cache stay: they belong to the person.
    pub async fn sign_out(&self, account: &str) -> Result<(), CommandError> {
        if account == SAMPLE {
            return self.close_sample().await;
        }
        self.memory.remove(account).await?;
        let known = self.ledger.accounts().await?.into_iter().find(|known| known.id == account);
        if known.is_some_and(|known| known.in_keyring) {
            self.config.keyring.remove(account).await?;
        }
        self.ledger.remove_account(account).await?;
        self.deactivate(account).await
    }
}

/// The page of a PostHog where a personal API key is made.
///
/// # Errors
/// `bad_address` at the field `host`.
pub fn key_page(host: &str) -> Result<String, CommandError> {
    Ok(parse(host)?.key_page())
}

fn parse(host: &str) -> Result<Origin, CommandError> {
    Origin::parse(host)
        .map_err(|reason| CommandError { message: reason.to_string(), ..ErrorCode::BadAddress.at("host") })
}

/// Says which input field a refusal belongs to.
fn blame(error: CommandError) -> CommandError {
    use ErrorCode::{Forbidden, KeyRefused, MissingScope, ProjectNotFound};
    let field = match error.code {
        KeyRefused | MissingScope | Forbidden | ProjectNotFound => "key",
        _ => "host",
    };
    CommandError { field: Some(field.to_owned()), ..error }
}

/// Every project the key lists. Organisations that refuse (a key limited to others) are left out.
async fn projects(api: &Posthog, user: &User) -> Vec<ProjectView> {
    let known = user.known_projects();
    let mut projects: Vec<ProjectView> = known.iter().map(project_view).collect();
    for organization in &user.organizations {
        if user.organization.as_ref().is_some_and(|current| current.id == organization.id) {
            continue;
        }
        match api.organization_projects(&organization.id).await {
            Ok(more) => projects.extend(more.iter().map(|project| ProjectView {
                organization: crate::text::visible_line(&organization.name, 200),
                ..project_view(project)
            })),
            Err(error) => tracing::info!(%error, "an organisation does not list its projects"),
        }
    }
    projects.sort_by(|a, b| (&a.organization, &a.name, a.id).cmp(&(&b.organization, &b.name, b.id)));
    let mut seen = HashSet::new();
    projects.retain(|project| seen.insert(project.id));
    projects
}

fn project_view(project: &crate::posthog::Project) -> ProjectView {
    ProjectView {
        id: project.id,
        name: crate::text::visible_line(&project.name, 200),
        organization: crate::text::visible_line(&project.organization_name, 200),
    }
}

/// The project PostHog has selected for the person, or the first that this key may read: a key may be limited to some
/// projects and still list them all (contract 7.1). `None` leaves the choice to the person.
async fn choose(api: &Posthog, user: &User, projects: &[ProjectView]) -> Result<Option<i64>, CommandError> {
    let selected = user.team.as_ref().map(|team| team.id);
    let mut candidates: Vec<i64> = projects.iter().map(|project| project.id).take(PROBED).collect();
    candidates.sort_by_key(|id| Some(*id) != selected);
    let mut refusal = None;
    for project in candidates {
        match api.installations(project).await {
            Ok(_) if Some(project) == selected || projects.len() == 1 => return Ok(Some(project)),
            Ok(_) => return Ok(None),
            Err(error) if matches!(error.kind, ErrorKind::KeyLimited | ErrorKind::ProjectNotFound) => {
                refusal.get_or_insert(error);
            }
            Err(error) => return Err(blame(error.into())),
        }
    }
    refusal.map_or(Ok(None), |error| Err(blame(error.into())))
}

pub(crate) fn account_view(account: StoredAccount, has_key: bool) -> AccountView {
    let place = Origin::parse(&account.origin)
        .map_or_else(|_| account.origin.clone(), |origin| origin.place().to_owned());
    AccountView {
        kind: kind_of(&account.id),
        id: account.id,
        origin: account.origin,
        place,
        email: crate::text::visible_line(&account.email, 200),
        projects: account.projects,
        has_key,
    }
}
