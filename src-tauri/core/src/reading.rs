//! What the screens read: always from the cache, at once, online or not.

use std::collections::HashMap;
use std::sync::Arc;

use crate::posthog::Generation;
use crate::present;
use crate::project::{CatalogState, Project, now_ms};
use crate::store::{ServerRecord, ToolQuery};
use crate::sync::{CATALOG_AT, LAST_SUCCESS};
use crate::view::{
    CatalogView, CommandError, Counts, ErrorCode, Event, InstalledRef, ServerRow, ServersView, SyncView,
    ToolDetail, ToolFilter, ToolPage,
};

/// Rows in one window at most: more than any screen shows.
const WINDOW: u32 = 200;
/// The catalog changes with PostHog's releases: older than this it is fetched again when looked at, ms.
const CATALOG_LASTS: i64 = 600_000;
/// After a failed fetch of the catalog, looks within this time do not try again, ms.
const CATALOG_PATIENCE: i64 = 10_000;

impl Project {
    /// Servers, the ones that need the person first.
    pub async fn servers(&self) -> Result<ServersView, CommandError> {
        let mut counts = self.cache.counts().await?;
        let servers = self.cache.servers().await?;
        let refreshing = self.state().refreshing.clone();
        let mut servers: Vec<ServerRow> = servers
            .iter()
            .map(|server| {
                let counts = counts.remove(&server.id).unwrap_or_default();
                present::server_row(server, counts, refreshing.contains(&server.id))
            })
            .collect();
        servers.sort_by(present::server_order);
        let can_share = self.state().generation.is_none_or(|told| told >= Generation::B);
        Ok(ServersView { servers, can_share, sync: self.sync_view().await? })
    }

    async fn sync_view(&self) -> Result<SyncView, CommandError> {
        let last_success_at = self.cache.meta(LAST_SUCCESS).await?;
        let state = self.state();
        Ok(SyncView {
            running: state.running,
            done: state.done,
            total: state.total,
            last_success_at,
            problem: state.problem.clone(),
            offline: state.offline,
            queue: state.queue.iter().cloned().collect(),
            queue_resumes_ms: state.queue_resumes,
        })
    }

    /// One window of a server's tools, by name. At most 200 rows.
    pub async fn tools(
        &self,
        server_id: &str,
        search: &str,
        filter: ToolFilter,
        offset: u32,
        limit: u32,
    ) -> Result<ToolPage, CommandError> {
        let server = self.server_record(server_id).await?;
        let query = ToolQuery { server_id, search, filter, offset, limit: limit.min(WINDOW) };
        let (rows, total) = self.cache.tools(&query).await?;
        Ok(ToolPage { rows: rows.iter().map(|tool| present::tool_row(&server, tool)).collect(), total })
    }

    /// One tool, whole.
    pub async fn tool(&self, server_id: &str, name: &str) -> Result<ToolDetail, CommandError> {
        let server = self.server_record(server_id).await?;
        let tool = self.cache.tool(server_id, name).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let decisions = self.ledger.decisions(&self.scope, &server.url, name).await?;
        let observations = self.ledger.observations(&self.scope, &server.url, name).await?;
        Ok(present::tool_detail(&server, &tool, &decisions, &observations))
    }

    /// The catalog, with what this project already has of it.
    pub async fn catalog(&self) -> Result<CatalogView, CommandError> {
        let as_of = self.cache.meta(CATALOG_AT).await?;
        let counts = self.cache.counts().await?;
        let servers = self.cache.servers().await?;
        let by_url: HashMap<&str, &ServerRecord> = servers
            .iter()
            .filter(|server| server.is_owner)
            .map(|server| (server.url.as_str(), server))
            .collect();
        let entries = self.cache.templates().await?;
        let entries = entries
            .iter()
            .map(|template| {
                let installed = by_url.get(template.url.as_str()).map(|server| InstalledRef {
                    server_id: server.id.clone(),
                    status: present::status(
                        server,
                        &counts.get(&server.id).copied().unwrap_or(Counts::default()),
                    ),
                });
                present::catalog_entry(template, installed)
            })
            .collect();
        let CatalogState { fetching, problem, .. } = self.state().catalog.clone();
        Ok(CatalogView { entries, never: as_of.is_none(), as_of, fetching, problem })
    }

    /// The catalog from the cache, and a fetch in the background when that is old.
    pub async fn catalog_and_renew(self: &Arc<Self>) -> Result<CatalogView, CommandError> {
        let as_of = self.cache.meta(CATALOG_AT).await?;
        let fetched = as_of.and_then(|at| at.parse::<jiff::Timestamp>().ok());
        let old = fetched.is_none_or(|at| now_ms() - at.as_millisecond() > CATALOG_LASTS);
        if old && self.may_try_catalog() {
            tokio::spawn(self.clone().fetch_catalog());
        }
        self.catalog().await
    }

    fn may_try_catalog(&self) -> bool {
        let catalog = &mut self.state().catalog;
        let may = !catalog.fetching && now_ms() - catalog.tried_at > CATALOG_PATIENCE;
        if may {
            (catalog.fetching, catalog.tried_at) = (true, now_ms());
        }
        may
    }

    async fn fetch_catalog(self: Arc<Self>) {
        let result = self.sync_catalog().await;
        if let Err(error) = &result {
            tracing::info!(code = ?error.code, "the catalog was not fetched");
        }
        {
            let catalog = &mut self.state().catalog;
            (catalog.fetching, catalog.problem) = (false, result.err());
        }
        self.tell(Event::Catalog);
    }

    pub(crate) async fn server_record(&self, server_id: &str) -> Result<ServerRecord, CommandError> {
        self.cache.server(server_id).await?.ok_or_else(|| ErrorCode::NotFound.plain())
    }
}
