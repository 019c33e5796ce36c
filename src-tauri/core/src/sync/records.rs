//! From what PostHog answered to what the cache holds.

use crate::posthog::{Installation, Template, Tool};
use crate::review::fingerprint;
use crate::store::{ServerRecord, TemplateRecord, ToolRecord};
use crate::tokens;

pub(crate) fn server_record(row: &Installation) -> ServerRecord {
    ServerRecord {
        id: row.id.clone(),
        url: row.url.clone(),
        name: row.name.clone(),
        description: row.description.clone(),
        template_id: row.template_id.clone(),
        auth_type: row.auth_type.clone(),
        is_enabled: row.is_enabled,
        needs_reauth: row.needs_reauth,
        pending_oauth: row.pending_oauth,
        shared: row.scope == "shared",
        is_owner: row.is_owner,
        tool_count: row.tool_count.into(),
        last_synced_at: row.last_synced_at.map(|at| at.to_string()),
        last_sync_error: row.last_sync_error.clone(),
        created_at: row.created_at.map(|at| at.to_string()),
        updated_at: row.updated_at.map(|at| at.to_string()),
        tools_digest: None,
        tools_seen_at: None,
        off_for_team: false,
    }
}

/// One tool, without its place in Review: the ledger knows that.
pub(crate) fn tool_record(server_id: &str, tool: &Tool) -> ToolRecord {
    let schema = tool.input_schema.get();
    let print = fingerprint(&tool.tool_name, &tool.display_name, &tool.description, schema).to_string();
    ToolRecord {
        server_id: server_id.to_owned(),
        name: tool.tool_name.clone(),
        title: tool.display_name.clone(),
        description: tool.description.clone(),
        schema: schema.to_owned(),
        state: tool.approval_state.as_str().to_owned(),
        team_state: tool.team_state.as_ref().map(|state| state.as_str().to_owned()),
        locked: tool.locked,
        decided_by: tool.decided_by.clone(),
        removed_at: tool.removed_at.map(|at| at.to_string()),
        tokens: tokens::estimate(&tool.tool_name, &tool.display_name, &tool.description, schema),
        fingerprint: print,
        last_seen_at: tool.last_seen_at.map(|at| at.to_string()),
        ..ToolRecord::default()
    }
}

pub(crate) fn template_record(template: &Template) -> TemplateRecord {
    TemplateRecord {
        id: template.id.clone(),
        name: template.name.clone(),
        url: template.url.clone(),
        description: template.description.clone(),
        auth_type: template.auth_type.clone(),
        category: template.category.clone(),
        coming_soon: template.is_coming_soon,
    }
}
