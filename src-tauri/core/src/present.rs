//! From what the cache holds to what the window shows: server text made visible and clipped, states as PostHog said
//! them, and what may be chosen with the reason where nothing may.

use crate::inbox::group_of;
use crate::store::{ClaimRecord, ServerRecord, StoredObservation, TemplateRecord, ToolRecord};
use crate::text::{visible_block, visible_line};
use crate::view::{
    CatalogEntry, Claims, Counts, Decision, Fixed, HistoryKind, HistoryView, InstalledRef, ServerRow,
    ServerStatus, ToolDetail, ToolRow,
};
use crate::{schema, store::StoredDecision};

const NAME: usize = 200;
const LINE: usize = 300;
const ERROR: usize = 500;
const DESCRIPTION: usize = 20_000;
const SCHEMA: usize = 100_000;

pub(crate) fn time(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

/// Host part of an address, or the address itself when it has none.
pub(crate) fn host(url: &str) -> String {
    let host = url::Url::parse(url).ok().and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")))
    });
    visible_line(&host.unwrap_or_else(|| url.to_owned()), NAME)
}

/// A server's one status. Its own switch comes first: nothing else matters while it is off (contract 4.1).
pub(crate) fn status(server: &ServerRecord, counts: &Counts) -> ServerStatus {
    let read = server.last_synced_at.is_some() || counts.total + counts.removed > 0;
    if !server.is_enabled {
        ServerStatus::Off
    } else if server.pending_oauth {
        ServerStatus::FinishConnecting
    } else if server.needs_reauth {
        ServerStatus::LogInAgain
    } else if !server.last_sync_error.is_empty() {
        ServerStatus::LastReadFailed
    } else if server.off_for_team {
        ServerStatus::OffForTeam
    } else if read {
        ServerStatus::Connected
    } else {
        ServerStatus::NeverRead
    }
}

/// A server's name, or its host when it has none.
pub(crate) fn server_name(server: &ServerRecord) -> String {
    if server.name.trim().is_empty() { host(&server.url) } else { visible_line(&server.name, NAME) }
}

pub(crate) fn server_row(server: &ServerRecord, counts: Counts, refreshing: bool) -> ServerRow {
    let host = host(&server.url);
    let name = server_name(server);
    ServerRow {
        id: server.id.clone(),
        name,
        url: visible_line(&server.url, ERROR),
        host,
        auth: visible_line(&server.auth_type, 40),
        description: visible_block(&server.description, DESCRIPTION),
        status: status(server, &counts),
        last_error: visible_line(&server.last_sync_error, ERROR),
        last_read_at: server.last_synced_at.clone(),
        seen_at: server.tools_seen_at.map(time),
        created_at: server.created_at.clone(),
        shared: server.shared,
        is_owner: server.is_owner,
        counts,
        refreshing,
    }
}

/// Servers that need the person come first, then names as people sort them.
pub(crate) fn server_order(a: &ServerRow, b: &ServerRow) -> std::cmp::Ordering {
    let rank = |row: &ServerRow| match row.status {
        ServerStatus::LogInAgain => 0,
        ServerStatus::FinishConnecting => 1,
        ServerStatus::LastReadFailed => 2,
        ServerStatus::Connected | ServerStatus::NeverRead => 3,
        ServerStatus::Off | ServerStatus::OffForTeam => 4,
    };
    rank(a).cmp(&rank(b)).then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase()))
}

/// Why nothing may be chosen for a tool, if so (contract 4.2, 13.1, 3.12).
pub(crate) fn fixed(server: &ServerRecord, tool: &ToolRecord) -> Option<Fixed> {
    if server.shared && !server.is_owner {
        Some(Fixed::NotYours)
    } else if tool.locked {
        Some(Fixed::Locked)
    } else if !crate::posthog::is_addressable(&tool.name) {
        Some(Fixed::NotAddressable)
    } else {
        None
    }
}

/// What may be chosen: the team's ceiling or stricter. An unknown ceiling counts as the strictest.
pub(crate) fn choices(server: &ServerRecord, tool: &ToolRecord) -> Vec<Decision> {
    if fixed(server, tool).is_some() {
        return Vec::new();
    }
    let ceiling = match tool.team_state.as_deref() {
        None | Some("approved") => Decision::Approved,
        Some("needs_approval") => Decision::NeedsApproval,
        Some(_) => Decision::DoNotUse,
    };
    Decision::ALL.into_iter().filter(|choice| *choice >= ceiling).collect()
}

pub(crate) fn tool_row(server: &ServerRecord, tool: &ToolRecord) -> ToolRow {
    let first_line = tool.description.trim().lines().next().unwrap_or_default();
    ToolRow {
        name: tool.name.clone(),
        label: visible_line(&tool.name, NAME),
        title: visible_line(&tool.title, NAME),
        summary: visible_line(first_line, LINE),
        state: visible_line(&tool.state, 40),
        choices: choices(server, tool),
        fixed: fixed(server, tool),
        decided_by: visible_line(&tool.decided_by, 40),
        ceiling: tool.team_state.as_deref().map(|state| visible_line(state, 40)),
        locked: tool.locked,
        changed: tool.changed,
        review: tool.review.and_then(group_of),
        removed_at: tool.removed_at.clone(),
        last_seen_at: tool.last_seen_at.clone(),
        tokens: tool.tokens,
        fingerprint: tool.fingerprint.clone(),
        claims: claims(&tool.claims),
    }
}

fn claims(said: &ClaimRecord) -> Claims {
    let &ClaimRecord { read_only, destructive, idempotent, open_world } = said;
    Claims { read_only, destructive, idempotent, open_world }
}

pub(crate) fn tool_detail(
    server: &ServerRecord,
    tool: &ToolRecord,
    decisions: &[StoredDecision],
    observations: &[StoredObservation],
) -> ToolDetail {
    ToolDetail {
        row: tool_row(server, tool),
        server_id: server.id.clone(),
        server_name: server_name(server),
        description: visible_block(&tool.description, DESCRIPTION),
        description_clipped: tool.description.chars().count() > DESCRIPTION,
        parameters: schema::parameters(&tool.schema),
        schema: schema::pretty(&tool.schema, SCHEMA),
        history: history(decisions, observations),
    }
}

fn history(decisions: &[StoredDecision], observations: &[StoredObservation]) -> Vec<HistoryView> {
    let oldest = observations.last().map(|seen| seen.from_at);
    let noticed = observations.iter().map(|seen| {
        let first = Some(seen.from_at) == oldest;
        let what = if first { HistoryKind::FirstSeen } else { HistoryKind::Changed };
        (seen.from_at, what, None)
    });
    let decided = decisions.iter().map(|decision| (decision.asked_at, HistoryKind::Decided, Some(decision)));
    let mut lines: Vec<_> = noticed.chain(decided).collect();
    lines.sort_by_key(|(at, _, _)| std::cmp::Reverse(*at));
    let word = |text: &str| visible_line(text, 40);
    lines
        .into_iter()
        .map(|(at, what, decision)| HistoryView {
            at: time(at),
            what,
            before: decision.map(|decision| word(&decision.before)).unwrap_or_default(),
            asked: decision.map(|decision| word(&decision.asked)).unwrap_or_default(),
            answered: decision
                .and_then(|decision| decision.answered.as_deref())
                .map(word)
                .unwrap_or_default(),
        })
        .collect()
}

pub(crate) fn catalog_entry(template: &TemplateRecord, installed: Option<InstalledRef>) -> CatalogEntry {
    CatalogEntry {
        id: template.id.clone(),
        name: visible_line(&template.name, NAME),
        host: host(&template.url),
        description: visible_block(&template.description, ERROR),
        auth: visible_line(&template.auth_type, 40),
        category: visible_line(&template.category, 40),
        coming_soon: template.coming_soon,
        installed,
    }
}
