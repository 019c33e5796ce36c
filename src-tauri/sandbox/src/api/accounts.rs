//! People, organisations and projects (contract 7.1, 7.2).

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Call, row_id};
use crate::answer::{Answer, Refusal, ok};
use crate::model::{Organization, Project, World};

pub(super) fn me(world: &World, call: &Call<'_>) -> Answer {
    let person = world.person(call.person).ok_or_else(Refusal::unauthenticated)?;
    let team = person.current_project.and_then(|id| world.project(id));
    let current =
        team.and_then(|project| world.organizations.iter().find(|org| org.id == project.organization));
    let organizations: Vec<Value> =
        mine(world, call).map(|org| organization_summary(world, call, org)).collect();
    Ok(ok(&json!({
        "date_joined": "2026-01-01T00:00:00Z",
        "uuid": person.uuid,
        "distinct_id": format!("d-{}", person.handle),
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "is_email_verified": true,
        "team": team.map(project_body),
        "organization": current.map(|org| organization_body(world, call, org)),
        "organizations": organizations,
    })))
}

pub(super) fn other_user() -> Answer {
    Err(Refusal::forbidden("As a non-staff user you're only allowed to access the `@me` user instance."))
}

pub(super) fn organizations(world: &World, call: &Call<'_>) -> Answer {
    page(mine(world, call).map(|org| organization_body(world, call, org)).collect())
}

pub(super) fn organization(world: &World, call: &Call<'_>, id: &str) -> Answer {
    Ok(ok(&organization_body(world, call, find(world, call, id)?)))
}

pub(super) fn organization_projects(world: &World, call: &Call<'_>, id: &str) -> Answer {
    let organization = find(world, call, id)?;
    page(projects_of(world, organization.id).map(project_body).collect())
}

pub(super) fn projects(world: &World, call: &Call<'_>) -> Answer {
    let visible = |project: &&Project| world.level(call.person, project.organization).is_some();
    page(world.projects.iter().filter(visible).map(project_body).collect())
}

pub(super) fn project(world: &World, call: &Call<'_>) -> Answer {
    let project = world.project(call.project).ok_or_else(|| Refusal::not_found("Project not found."))?;
    Ok(ok(&project_body(project)))
}

fn page(rows: Vec<Value>) -> Answer {
    Ok(ok(&json!({"count": rows.len(), "next": null, "previous": null, "results": rows})))
}

fn mine<'w>(world: &'w World, call: &Call<'_>) -> impl Iterator<Item = &'w Organization> {
    let person = call.person;
    world.organizations.iter().filter(move |organization| world.level(person, organization.id).is_some())
}

fn find<'w>(world: &'w World, call: &Call<'_>, id: &str) -> Result<&'w Organization, Refusal> {
    let id = row_id(id)?;
    mine(world, call).find(|org| org.id == id).ok_or_else(|| Refusal::not_found("Not found."))
}

fn projects_of(world: &World, organization: Uuid) -> impl Iterator<Item = &Project> {
    world.projects.iter().filter(move |project| project.organization == organization)
}

fn organization_summary(world: &World, call: &Call<'_>, organization: &Organization) -> Value {
    json!({
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "logo_media_id": null,
        "membership_level": world.level(call.person, organization.id).map(|level| level as u8),
        "members_can_use_personal_api_keys": organization.allows_personal_keys,
        "is_active": true,
        "is_not_active_reason": null,
        "is_pending_deletion": false,
    })
}

fn organization_body(world: &World, call: &Call<'_>, organization: &Organization) -> Value {
    let mut body = organization_summary(world, call, organization);
    let of = || projects_of(world, organization.id);
    body["teams"] = of().map(project_body).collect();
    body["projects"] = of()
        .map(|project| json!({"id": project.id, "organization_id": organization.id, "name": project.name}))
        .collect();
    body
}

fn project_body(project: &Project) -> Value {
    json!({
        "id": project.id,
        "uuid": project.uuid,
        "organization": project.organization,
        "project_id": project.id,
        "api_token": project.api_token,
        "name": project.name,
        "completed_snippet_onboarding": true,
        "has_completed_onboarding_for": {},
        "ingested_event": true,
        "is_demo": false,
        "timezone": "UTC",
        "access_control": false,
    })
}
