//! What the Review screen reads: windows of the inbox, and one entry compared with what was decided on.

use std::collections::HashMap;

use super::{compare, group_of};
use crate::present;
use crate::project::Project;
use crate::store::{ServerRecord, ToolRecord};
use crate::view::{
    ActivityKind, BaseKind, BaseView, CommandError, ErrorCode, ReviewCount, ReviewDetail, ReviewGroup,
    ReviewItem, ReviewPage, ReviewView, ServerRow, ServerStatus,
};

/// Entries in one window at most.
const WINDOW: u32 = 200;

/// The line of Activity that told of what a status says. A login that was never finished has none.
fn trouble(status: ServerStatus) -> Option<ActivityKind> {
    match status {
        ServerStatus::LogInAgain => Some(ActivityKind::LoginBroken),
        ServerStatus::LastReadFailed => Some(ActivityKind::ReadFailed),
        _ => None,
    }
}

impl Project {
    /// How much waits, by group.
    pub async fn review(&self) -> Result<ReviewView, CommandError> {
        let revision = self.review_revision();
        let mut groups = self.tool_groups().await?;
        let connections = u32::try_from(self.connections().await?.len()).unwrap_or(u32::MAX);
        if connections > 0 {
            groups.push(ReviewCount { group: ReviewGroup::Connections, count: connections, later: 0 });
        }
        groups.sort_by_key(|count| count.group);
        let waiting = groups
            .iter()
            .filter(|count| count.group != ReviewGroup::Unpinned)
            .map(|count| count.count - count.later)
            .sum();
        Ok(ReviewView { groups, waiting, revision })
    }

    async fn tool_groups(&self) -> Result<Vec<ReviewCount>, CommandError> {
        let counts = self.cache.review_counts().await?;
        let count = |(number, count, later)| Some(ReviewCount { group: group_of(number)?, count, later });
        Ok(counts.into_iter().filter_map(count).collect())
    }

    /// A window of the inbox. At most 200 entries.
    pub async fn review_page(&self, offset: u32, limit: u32) -> Result<ReviewPage, CommandError> {
        let revision = self.review_revision();
        let limit = limit.min(WINDOW);
        let groups = self.tool_groups().await?;
        let connections = self.connections().await?;
        let before: u32 = groups.iter().filter(|c| c.group < ReviewGroup::Connections).map(|c| c.count).sum();
        let tools: u32 = groups.iter().map(|count| count.count).sum();
        let between = u32::try_from(connections.len()).unwrap_or(u32::MAX);

        let servers = self.servers_by_id().await?;
        let mut items = Vec::new();
        // The connections stand between two stretches of tools.
        let first = (offset.min(before), limit.min(before.saturating_sub(offset)));
        self.push_tools(&mut items, &servers, first).await?;
        let skip = offset.saturating_sub(before);
        let room = limit - u32::try_from(items.len()).unwrap_or(limit);
        items.extend(connections.into_iter().skip(skip as usize).take(room as usize));
        let room = limit - u32::try_from(items.len()).unwrap_or(limit);
        let rest = (before + skip.saturating_sub(between), room);
        self.push_tools(&mut items, &servers, rest).await?;
        Ok(ReviewPage { items, total: tools + between, revision })
    }

    async fn push_tools(
        &self,
        items: &mut Vec<ReviewItem>,
        servers: &HashMap<String, ServerRecord>,
        (offset, limit): (u32, u32),
    ) -> Result<(), CommandError> {
        if limit == 0 {
            return Ok(());
        }
        for tool in self.cache.review_window(offset, limit).await? {
            let Some(server) = servers.get(&tool.server_id) else { continue };
            let Some(group) = tool.review.and_then(group_of) else { continue };
            items.push(self.review_item(server, &tool, group).await?);
        }
        Ok(())
    }

    async fn review_item(
        &self,
        server: &ServerRecord,
        tool: &ToolRecord,
        group: ReviewGroup,
    ) -> Result<ReviewItem, CommandError> {
        let base = match &tool.base {
            Some(base) if *base != tool.fingerprint => self.ledger.definition(base).await?,
            _ => None,
        };
        Ok(ReviewItem {
            group,
            server_id: server.id.clone(),
            server_name: present::server_name(server),
            row: Some(present::tool_row(server, tool)),
            later: tool.later,
            noticed_at: tool.noticed_at.map(present::time),
            gone_at: tool.gone_at.map(present::time),
            summary: base.map(|base| compare::summary(&base, tool)),
            last_read_at: server.last_synced_at.clone(),
            seen_at: server.tools_seen_at.map(present::time),
            status: None,
            tools: 0,
        })
    }

    /// Servers that need the person, in the order of the servers screen.
    async fn connections(&self) -> Result<Vec<ReviewItem>, CommandError> {
        let noticed = self.ledger.trouble_noticed(&self.scope).await?;
        let view = self.servers().await?;
        let servers = self.servers_by_id().await?;
        let noticed_at = |row: &ServerRow| {
            let url = servers.get(&row.id)?.url.clone();
            noticed.get(&(url, trouble(row.status)?)).copied().map(present::time)
        };
        let item = |row: ServerRow| ReviewItem {
            group: ReviewGroup::Connections,
            noticed_at: noticed_at(&row),
            server_id: row.id,
            server_name: row.name,
            row: None,
            later: false,
            gone_at: None,
            summary: None,
            last_read_at: row.last_read_at,
            seen_at: row.seen_at,
            status: Some(row.status),
            tools: row.counts.total,
        };
        let waits = |row: &ServerRow| {
            row.is_owner && (row.status == ServerStatus::FinishConnecting || trouble(row.status).is_some())
        };
        Ok(view.servers.into_iter().filter(waits).map(item).collect())
    }

    async fn servers_by_id(&self) -> Result<HashMap<String, ServerRecord>, CommandError> {
        let servers = self.cache.servers().await?;
        Ok(servers.into_iter().map(|server| (server.id.clone(), server)).collect())
    }

    /// One tool, compared with what was decided on; also when nothing of it waits.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn review_detail(&self, server_id: &str, tool: &str) -> Result<ReviewDetail, CommandError> {
        let server = self.server_record(server_id).await?;
        let tool = self.cache.tool(server_id, tool).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let group = tool.review.and_then(group_of).unwrap_or(ReviewGroup::ChangedOtherwise);
        let item = self.review_item(&server, &tool, group).await?;
        let base = match &tool.base {
            Some(base) => self.ledger.definition(base).await?,
            None => None,
        };
        let known = self.ledger.known_findings(&self.scope, &server.url, &tool.name).await?;
        let compared = compare::compare(base.as_ref(), &tool);
        let findings = self.findings(&server, &tool, base.as_ref(), &known).await?;
        Ok(ReviewDetail {
            item,
            base: self.base_view(&server, &tool).await?,
            title: compared.title,
            description: compared.description,
            parameters: compared.parameters,
            findings,
        })
    }

    async fn base_view(
        &self,
        server: &ServerRecord,
        tool: &ToolRecord,
    ) -> Result<Option<BaseView>, CommandError> {
        if tool.base.is_none() {
            return Ok(None);
        }
        let (pin, first) = self.ledger.base_of(&self.scope, &server.url, &tool.name).await?;
        if let Some(pin) = pin {
            let kind = match pin.kind.as_str() {
                "accepted" => BaseKind::Accepted,
                "baseline" => BaseKind::Baseline,
                "imported" => BaseKind::Imported,
                "automatic" => BaseKind::Automatic,
                _ => BaseKind::Decided,
            };
            return Ok(Some(BaseView { kind, state: pin.state, at: present::time(pin.at) }));
        }
        let at = present::time(first.unwrap_or_default());
        Ok(Some(BaseView { kind: BaseKind::FirstSeen, state: String::new(), at }))
    }
}
