//! People, what they belong to and what they show at the door.

use serde::Deserialize;
use uuid::Uuid;

use crate::policy::ProjectPolicy;

/// Rank in an organisation; the numbers are the API's `membership_level` (contract 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Level {
    Member = 1,
    Admin = 8,
    Owner = 15,
}

#[derive(Debug)]
pub(crate) struct Organization {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) allows_personal_keys: bool,
}

#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) id: i64,
    pub(crate) uuid: Uuid,
    pub(crate) organization: Uuid,
    pub(crate) name: String,
    pub(crate) api_token: String,
    pub(crate) policy: ProjectPolicy,
}

#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) handle: String,
    pub(crate) uuid: Uuid,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) active: bool,
    pub(crate) memberships: Vec<(Uuid, Level)>,
    pub(crate) current_project: Option<i64>,
}

/// What a bearer token is, beyond a working personal key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KeyKind {
    #[default]
    Personal,
    Oauth,
    OauthExpired,
    OauthWithoutApplication,
    OauthAgent,
}

/// A bearer token. Not `Debug`: it holds a secret.
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) kind: KeyKind,
    pub(crate) person: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) projects: Vec<i64>,
    pub(crate) organizations: Vec<Uuid>,
}
