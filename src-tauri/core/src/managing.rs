//! What a person does with a server besides deciding about its tools: rename, describe, switch, share, remove. Each is
//! sent, and what PostHog answers is stored and shown.

use std::time::Instant;

use crate::posthog::{Installation, InstallationChange};
use crate::present;
use crate::project::{Project, now_ms};
use crate::store::{NewEvent, ServerRecord};
use crate::sync::server_record;
use crate::view::{ActivityKind, AddressCheck, CommandError, ErrorCode, Event, InstalledRef};

impl Project {
    /// Renames, describes, switches a server on or off (contract 3.6). What is `None` stays.
    ///
    /// # Errors
    /// `fixed` for a colleague's server, `offline`, `login_runs`, `invalid` with the field.
    pub async fn change_server(
        &self,
        server_id: &str,
        change: &InstallationChange,
    ) -> Result<(), CommandError> {
        self.own_server_at_rest(server_id).await?;
        let answer = self.api().await?.update_installation(self.number(), server_id, change).await;
        self.store_row(&self.heard(answer)?).await
    }

    /// Shares a server with the project, or takes it back (contract 3.14).
    ///
    /// # Errors
    /// `forbidden` when only admins may, `conflict` when another shared one exists, `login_runs`.
    pub async fn share_server(&self, server_id: &str, shared: bool) -> Result<(), CommandError> {
        self.own_server_at_rest(server_id).await?;
        let (api, project) = (self.api().await?, self.number());
        let answer =
            if shared { api.share(project, server_id).await } else { api.unshare(project, server_id).await };
        self.store_row(&self.heard(answer)?).await
    }

    /// Removes a server (contract 3.7). PostHog forgets its tools and the login; the provider is not told. Pins and
    /// decisions stay here: they belong to the address, and are there again when it is connected again.
    ///
    /// # Errors
    /// `fixed` for a colleague's server, `offline`.
    pub async fn remove_server(&self, server_id: &str) -> Result<(), CommandError> {
        let server = self.own_server(server_id).await?;
        let answer = self.api().await?.delete_installation(self.number(), server_id).await;
        match self.heard(answer) {
            Ok(()) => {}
            // Somebody was quicker: gone is gone.
            Err(error) if error.code == ErrorCode::NotFound => {}
            Err(error) => return Err(error),
        }
        {
            let mut as_of = self.as_of.lock().await;
            as_of.rows.set(server_id, Instant::now());
            self.cache.drop_server(server_id).await?;
        }
        let (kind, server_url, words) = (ActivityKind::ServerGone, server.url.as_str(), server.name.as_str());
        self.note(&[NewEvent { kind, server_url, tool: None, words, at: now_ms() }]).await?;
        self.tell(Event::Servers);
        self.tell(Event::Catalog);
        self.review_moved();
        Ok(())
    }

    /// What is known about an address before a server is added by it.
    ///
    /// # Errors
    /// `bad_address` at the field `url`.
    pub async fn check_address(&self, url: &str) -> Result<AddressCheck, CommandError> {
        let url = url.trim();
        crate::posthog::check_server_url(url).map_err(|reason| CommandError {
            message: reason.to_owned(),
            ..ErrorCode::BadAddress.at("url")
        })?;
        let counts = self.cache.counts().await?;
        let known = self.own_server_at(url).await?;
        let installed = known.as_ref().map(|server| InstalledRef {
            server_id: server.id.clone(),
            status: present::status(server, &counts.get(&server.id).copied().unwrap_or_default()),
        });
        let name = known.map(|server| present::server_row(&server, Default::default(), false).name);
        Ok(AddressCheck { host: present::host(url), installed, installed_name: name })
    }

    /// This person's own server at exactly that address: addresses are compared byte by byte (contract 2.2).
    pub(crate) async fn own_server_at(&self, url: &str) -> Result<Option<ServerRecord>, CommandError> {
        let servers = self.cache.servers().await?;
        Ok(servers.into_iter().find(|server| server.is_owner && server.url == url))
    }

    async fn own_server(&self, server_id: &str) -> Result<ServerRecord, CommandError> {
        self.refuse_offline()?;
        let server = self.server_record(server_id).await?;
        if server.is_owner { Ok(server) } else { Err(ErrorCode::Fixed.plain()) }
    }

    /// A change writes PostHog's whole row (contract 3.6) and moves the time that shows a login went through: while one
    /// runs, it could undo the login, and would be taken for its success.
    async fn own_server_at_rest(&self, server_id: &str) -> Result<(), CommandError> {
        let server = self.own_server(server_id).await?;
        if self.state().logging_in.contains(&server.url) {
            return Err(ErrorCode::LoginRuns.plain());
        }
        Ok(())
    }

    async fn store_row(&self, row: &Installation) -> Result<(), CommandError> {
        {
            let mut as_of = self.as_of.lock().await;
            as_of.rows.set(&row.id, Instant::now());
            self.cache.put_server(&server_record(row)).await?;
        }
        self.tell(Event::Servers);
        self.tell(Event::Catalog);
        self.review_moved();
        Ok(())
    }
}
