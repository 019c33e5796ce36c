//! The catalog and the life of an installation (contract 3.1 to 3.7).

use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::Serialize;
use uuid::Uuid;

use super::fields::Text;
use super::{Call, row_id};
use crate::answer::{Answer, Refusal, ok, results};
use crate::generation::Generation;
use crate::model::{AuthType, Category, Installation, World};
use crate::time;

#[derive(Serialize)]
struct TemplateBody<'w> {
    id: Option<Uuid>,
    name: &'w str,
    url: &'w str,
    docs_url: &'w str,
    description: &'w str,
    auth_type: AuthType,
    icon_key: &'w str,
    icon_domain: &'w str,
    category: Category,
}

/// The wire order of the fields is that of contract 2.2.
#[derive(Serialize)]
struct InstallationBody<'w> {
    id: Uuid,
    template_id: Option<Uuid>,
    name: &'w str,
    icon_key: &'w str,
    icon_domain: &'w str,
    display_name: &'w str,
    url: &'w str,
    description: &'w str,
    auth_type: AuthType,
    is_enabled: bool,
    scope: &'static str,
    is_owner: bool,
    needs_reauth: bool,
    pending_oauth: bool,
    proxy_url: String,
    tool_count: usize,
    last_synced_at: Option<String>,
    last_sync_error: &'w str,
    created_at: String,
    updated_at: String,
}

#[derive(Serialize)]
struct Page<'w> {
    count: usize,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<InstallationBody<'w>>,
}

pub(super) fn catalog(world: &World) -> Answer {
    let active = world.servers.iter().filter(|server| server.active && server.template_id.is_some());
    let mut rows: Vec<TemplateBody<'_>> = active
        .map(|server| TemplateBody {
            id: server.template_id,
            name: &server.name,
            url: &server.url,
            docs_url: &server.docs_url,
            description: &server.description,
            auth_type: server.auth_type,
            icon_key: &server.icon_key,
            icon_domain: &server.icon_domain,
            category: server.category,
        })
        .collect();
    rows.sort_by_key(|row| row.name);
    Ok(results(&rows))
}

/// Own rows of the project, and from B on everybody's shared ones.
pub(super) fn is_visible(row: &Installation, call: &Call<'_>) -> bool {
    let shares = call.generation >= Generation::B;
    row.project == call.project && (row.owner == call.person || (row.shared && shares))
}

pub(super) fn find<'w>(world: &'w World, call: &Call<'_>, id: &str) -> Result<&'w Installation, Refusal> {
    let row = world.installation(row_id(id)?);
    row.filter(|row| is_visible(row, call)).ok_or_else(|| Refusal::not_found("Not found."))
}

/// Refuses what only the owner of a row may do. Admin rights do not help.
pub(super) fn owned_only(row: &Installation, call: &Call<'_>) -> Result<(), Refusal> {
    if row.owner == call.person {
        return Ok(());
    }
    Err(Refusal::forbidden("Only the credential owner can modify a shared server."))
}

/// The person's own name for a row, else the template's.
pub(super) fn name<'w>(world: &'w World, row: &'w Installation) -> &'w str {
    let template = row.template_id.and_then(|id| world.template(id));
    or_template(&row.display_name, template.map(|template| template.name.as_str()))
}

fn or_template<'w>(own: &'w str, fallback: Option<&'w str>) -> &'w str {
    if own.is_empty() { fallback.unwrap_or_default() } else { own }
}

fn body<'w>(world: &'w World, call: &Call<'_>, row: &'w Installation) -> InstallationBody<'w> {
    let template = row.template_id.and_then(|id| world.template(id));
    let is_oauth = row.auth_type == AuthType::Oauth;
    InstallationBody {
        id: row.id,
        template_id: row.template_id,
        name: name(world, row),
        icon_key: template.map_or("", |template| &template.icon_key),
        icon_domain: template.map_or("", |template| &template.icon_domain),
        display_name: &row.display_name,
        url: &row.url,
        description: match call.generation {
            Generation::C => {
                or_template(&row.description, template.map(|template| template.description.as_str()))
            }
            _ => &row.description,
        },
        auth_type: row.auth_type,
        is_enabled: row.enabled,
        scope: if row.shared { "shared" } else { "personal" },
        is_owner: row.owner == call.person,
        needs_reauth: is_oauth && row.needs_reauth,
        pending_oauth: is_oauth && row.tokens.is_none(),
        proxy_url: format!(
            "http://{}/api/environments/{}/mcp_server_installations/{}/proxy/",
            call.request.host(),
            row.project,
            row.id
        ),
        tool_count: row.tools.values().filter(|tool| tool.removed_at.is_none()).count(),
        last_synced_at: row.last_synced_at.map(time::format),
        last_sync_error: &row.last_sync_error,
        created_at: time::format(row.created_at),
        updated_at: time::format(row.updated_at),
    }
}

/// A row's answer, with 200 or 201.
pub(super) fn answer(world: &World, call: &Call<'_>, id: Uuid, status: StatusCode) -> Answer {
    let row = world.installation(id).ok_or_else(|| Refusal::not_found("Not found."))?;
    Ok((status, axum::Json(body(world, call, row))).into_response())
}

pub(super) fn list(world: &World, call: &Call<'_>) -> Answer {
    let positive = |name| call.request.param(name).and_then(|text| text.parse::<u64>().ok());
    let limit = positive("limit").filter(|limit| *limit > 0).unwrap_or(100);
    let offset = positive("offset").unwrap_or(0);
    let mut rows: Vec<&Installation> =
        world.installations.iter().filter(|row| is_visible(row, call)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    let count = rows.len();
    let end = offset.saturating_add(limit);
    let skip = usize::try_from(offset).unwrap_or(usize::MAX);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(ok(&Page {
        count,
        next: (end < count as u64).then(|| call.request.page_url(limit, end)),
        previous: (offset > 0).then(|| call.request.page_url(limit, offset.saturating_sub(limit))),
        results: rows.into_iter().skip(skip).take(take).map(|row| body(world, call, row)).collect(),
    }))
}

pub(super) fn retrieve(world: &World, call: &Call<'_>, id: &str) -> Answer {
    Ok(ok(&body(world, call, find(world, call, id)?)))
}

pub(super) fn update(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let fields = call.fields()?;
    let display_name = fields.text("display_name", Text::default())?;
    let description = fields.text("description", Text::default())?;
    // An absent checkbox of a form means "off" (contract 13.1, section 3.6).
    let enabled = fields.boolean("is_enabled")?.or(fields.is_form.then_some(false));
    let row = find(world, call, id)?;
    owned_only(row, call)?;
    let id = row.id;
    // The column holds 200 characters and nothing checks before it (contract 13.2, section 3.6).
    if display_name.as_ref().is_some_and(|name| name.chars().count() > 200) {
        return Err(Refusal::crash());
    }
    if let Some(row) = world.installation_mut(id) {
        row.display_name = display_name.unwrap_or_else(|| row.display_name.clone());
        row.description = description.unwrap_or_else(|| row.description.clone());
        row.enabled = enabled.unwrap_or(row.enabled);
        row.updated_at = call.now;
    }
    answer(world, call, id, StatusCode::OK)
}

pub(super) fn delete(world: &mut World, call: &Call<'_>, id: &str) -> Answer {
    let row = find(world, call, id)?;
    let id = row.id;
    if !world.is_admin(call.person, call.project) {
        owned_only(row, call)?;
    }
    world.installations.retain(|row| row.id != id);
    world.flows.retain(|_, flow| flow.installation != id);
    Ok(StatusCode::NO_CONTENT.into_response())
}
