//! Driving one flow from the click to the tools. It cannot hang: every wait has an end, and every end has its words.

use std::sync::Arc;
use std::time::Duration;

use super::flow::Flow;
use super::link::{LinkError, LinkStatus};
use super::redirect;
use crate::posthog::{CustomServer, Installation, Installed, RedirectUrl};
use crate::project::{Project, now_ms};
use crate::secrets::Secret;
use crate::store::{NewEvent, StoredFlow};
use crate::sync::server_record;
use crate::view::{ActivityKind, CommandError, ErrorCode, Event, FlowStep};

/// Opens an address in the system browser; false when the system said no. *Opened* never means *seen*.
pub type OpenBrowser = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// How a flow begins.
pub(crate) enum Start {
    /// A catalog entry for the first time.
    Template { template_id: String, server_url: String, api_key: Option<Secret>, callback: Secret },
    /// A server by its address.
    Custom { server: CustomServer, callback: Secret },
    /// A known server once more.
    Reconnect { server_id: String, callback: Secret },
    /// A flow the last run left behind, or that a link woke.
    Resume(StoredFlow),
}

pub(crate) struct Run {
    pub(crate) project: Arc<Project>,
    pub(crate) flow: Arc<Flow>,
    pub(crate) open_browser: OpenBrowser,
}

/// What to look for while waiting.
struct Awaited {
    server_id: Option<String>,
    server_url: String,
    /// Set when the row was healthy before: only a later `updated_at` shows that the login went through.
    moved_before: Option<jiff::Timestamp>,
    deadline: i64,
}

impl Run {
    /// Runs the flow to its end and journals the end.
    pub(crate) async fn run(self, start: Start) {
        let (_, server_url) = &self.flow.subject;
        self.project.state().logging_in.insert(server_url.clone());
        let ended = tokio::select! {
            ended = self.drive(start) => ended,
            () = self.flow.cancelled() => Err(None),
        };
        let (step, ending, problem) = match ended {
            Ok(problem) => (FlowStep::Connected, "connected", problem),
            Err(None) => (FlowStep::Cancelled, "cancelled", None),
            Err(Some(error)) if error.code == ErrorCode::Expired => {
                (FlowStep::Expired, "expired", Some(error))
            }
            Err(Some(error)) => (FlowStep::Failed, "failed", Some(error)),
        };
        tracing::info!(ending, code = ?problem.as_ref().map(|error| error.code), "a connection flow ended");
        if let Err(error) = self.project.ledger.end_flow(&self.flow.id(), ending, now_ms()).await {
            tracing::error!(%error, "the end of a flow could not be journaled");
        }
        self.project.state().logging_in.remove(server_url);
        self.flow.end(step, problem);
        self.project.sync_soon();
    }

    async fn drive(&self, start: Start) -> Result<Option<CommandError>, Option<CommandError>> {
        let row = match self.begin(start).await? {
            Begun::Ready(row) => *row,
            Begun::Waiting(awaited) => self.wait(&awaited).await?,
        };
        Ok(self.read_tools(&row).await)
    }

    async fn begin(&self, start: Start) -> Result<Begun, CommandError> {
        let project = &self.project;
        let (server_id, server_url, login) = match start {
            Start::Template { template_id, server_url, api_key, callback } => {
                project.spend("install_template").await?;
                let api = project.api().await?;
                let answer =
                    api.install_template(project.number(), &template_id, api_key.as_ref(), &callback).await;
                match project.heard(answer)? {
                    Installed::Ready(row) => return Ok(Begun::Ready(Box::new(row))),
                    Installed::Redirect(login) => (None, server_url, login),
                }
            }
            Start::Custom { server, callback } => {
                project.spend("install_custom").await?;
                let api = project.api().await?;
                let answer = api.install_custom(project.number(), &server, &callback).await;
                match project.heard(answer)? {
                    Installed::Ready(row) => return Ok(Begun::Ready(Box::new(row))),
                    Installed::Redirect(login) => (None, server.url, login),
                }
            }
            Start::Reconnect { server_id, callback } => {
                project.spend("authorize").await?;
                let api = project.api().await?;
                let login = project.heard(api.authorize(project.number(), &server_id, &callback).await)?;
                (Some(server_id), String::new(), login)
            }
            Start::Resume(stored) => return Ok(Begun::Waiting(self.resume(stored))),
        };
        Ok(Begun::Waiting(self.open_login(server_id, server_url, &login).await?))
    }

    fn resume(&self, stored: StoredFlow) -> Awaited {
        self.flow.update(|view| {
            view.step = FlowStep::Waiting;
            view.host.clone_from(&stored.login_host);
            view.server_id.clone_from(&stored.server_id);
            view.deadline_ms = Some(stored.deadline_at);
        });
        self.flow.look_now();
        Awaited {
            server_id: stored.server_id,
            server_url: stored.server_url,
            moved_before: stored.moved_before.and_then(|at| at.parse().ok()),
            deadline: stored.deadline_at,
        }
    }

    /// Checks the login page's address, notes how the row stands, opens the browser.
    async fn open_login(
        &self,
        server_id: Option<String>,
        server_url: String,
        login: &RedirectUrl,
    ) -> Result<Awaited, CommandError> {
        let deadline =
            now_ms() + i64::try_from(self.project.timing.login_lasts.as_millis()).unwrap_or(i64::MAX);
        let api = self.project.api().await?;
        let loopback = redirect::is_loopback(api.origin());
        let page = redirect::check(login.expose(), loopback).map_err(|reason| {
            tracing::warn!(%reason, "a login page was refused");
            CommandError { message: reason.to_string(), ..ErrorCode::UnsafeLoginPage.plain() }
        })?;
        let row = self.find(server_id.as_deref(), &server_url).await?;
        let healthy = row.as_ref().filter(|row| !row.pending_oauth && !row.needs_reauth);
        let moved_before = healthy.and_then(|row| row.updated_at);
        let server_id = server_id.or_else(|| row.as_ref().map(|row| row.id.clone()));
        if let Some(row) = &row {
            self.project.cache.put_server(&server_record(row)).await?;
            self.project.tell(Event::Servers);
        }
        let moved = moved_before.map(|at| at.to_string());
        let ledger = &self.project.ledger;
        ledger
            .flow_waits(&self.flow.id(), server_id.as_deref(), &page.host, moved.as_deref(), deadline)
            .await?;
        let opened = (self.open_browser)(page.expose());
        self.flow.set_login(page);
        self.flow.update(|view| {
            view.step = FlowStep::Waiting;
            view.server_id.clone_from(&server_id);
            view.deadline_ms = Some(deadline);
            view.browser_failed = !opened;
        });
        Ok(Awaited { server_id, server_url, moved_before, deadline })
    }

    /// Polls, and looks at once when a link or the person says so, until PostHog says *connected* or time is up.
    async fn wait(&self, awaited: &Awaited) -> Result<Installation, CommandError> {
        let timing = &self.project.timing;
        let begun = now_ms();
        let mut told_to_wait = Duration::ZERO;
        loop {
            let soon = now_ms() - begun < 30_000;
            let pace = if soon { timing.poll_soon } else { timing.poll_later };
            let left = u64::try_from(awaited.deadline - now_ms()).unwrap_or(0);
            // The end of the server's ten minutes is not slept through, whatever PostHog asks to wait.
            let pause = pace.max(told_to_wait).min(Duration::from_millis(left + 1));
            let asked = tokio::select! {
                () = tokio::time::sleep(pause) => false,
                () = self.flow.asked_to_look() => true,
            };
            told_to_wait = Duration::ZERO;
            if asked {
                self.flow.update(|view| view.step = FlowStep::Checking);
            }
            let hint = self.flow.take_hint();
            if hint.is_some() {
                self.note_link().await;
            }
            match self.find(awaited.server_id.as_deref(), &awaited.server_url).await {
                Ok(Some(row)) if awaited.is_connected(&row) => return Ok(row),
                Ok(_) => {}
                // Without an answer nothing is known: look again.
                Err(error) if error.is_offline() || error.code == ErrorCode::PosthogFailed => {}
                Err(error) if error.code == ErrorCode::Throttled => {
                    told_to_wait = Duration::from_secs(error.retry_after.unwrap_or(5).into());
                }
                Err(error) => return Err(error),
            }
            if let Some(LinkStatus::Error(reason)) = hint {
                return Err(refusal(reason));
            }
            if now_ms() > awaited.deadline {
                return Err(ErrorCode::Expired.plain());
            }
            if asked {
                self.flow.update(|view| (view.step, view.not_yet) = (FlowStep::Waiting, true));
            }
        }
    }

    /// That a link came is worth a line of Activity; none of its text is. A line that cannot be written stops no login.
    async fn note_link(&self) {
        let (_, server_url) = &self.flow.subject;
        let event =
            NewEvent { kind: ActivityKind::LinkCame, server_url, tool: None, words: "", at: now_ms() };
        if let Err(error) = self.project.note(&[event]).await {
            tracing::warn!(code = ?error.code, "that a link came could not be written down");
        }
    }

    /// The row as PostHog has it now: by id, or by address among the person's own.
    async fn find(&self, server_id: Option<&str>, url: &str) -> Result<Option<Installation>, CommandError> {
        let (project, api) = (&self.project, self.project.api().await?);
        match server_id {
            Some(id) => Ok(Some(project.heard(api.installation(project.number(), id).await)?)),
            None => {
                let rows = project.heard(api.installations(project.number()).await)?;
                Ok(rows.rows.into_iter().find(|row| row.url == url && row.is_owner && row.scope != "shared"))
            }
        }
    }

    /// Waits for PostHog's first reading of the tools; answers what kept it from finding any.
    async fn read_tools(&self, row: &Installation) -> Option<CommandError> {
        let id = row.id.as_str();
        self.flow.update(|view| {
            view.step = FlowStep::ReadingTools;
            view.server_id = Some(id.to_owned());
        });
        let mut last = None;
        for (look, pause) in self.project.timing.tool_looks.into_iter().enumerate() {
            match self.look_for_tools(id).await {
                Ok(Some(found)) => {
                    self.flow.update(|view| view.tools_found = Some(found));
                    return None;
                }
                Ok(None) => last = None,
                // The first looks may still see the error of the reading before the login.
                Err(error) if error.code == ErrorCode::Upstream && look >= 3 => return Some(error),
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(pause).await;
        }
        last
    }

    /// Tools, once PostHog has read them; its words when the reading failed.
    async fn look_for_tools(&self, id: &str) -> Result<Option<u32>, CommandError> {
        let project = &self.project;
        let row = project.heard(project.api().await?.installation(project.number(), id).await)?;
        project.cache.put_server(&server_record(&row)).await?;
        project.tell(Event::Servers);
        if !row.last_sync_error.is_empty() {
            let message = crate::text::visible_line(&row.last_sync_error, 500);
            return Err(CommandError { message, ..ErrorCode::Upstream.plain() });
        }
        let live = project.sync_server(id).await?;
        project.tell(Event::Servers);
        Ok((live > 0 || row.last_synced_at.is_some()).then_some(live))
    }
}

enum Begun {
    Ready(Box<Installation>),
    Waiting(Awaited),
}

impl Awaited {
    /// Success is what the row says (contract 6), never what a link says.
    fn is_connected(&self, row: &Installation) -> bool {
        let moved = match (self.moved_before, row.updated_at) {
            (None, _) => true,
            (Some(before), Some(now)) => now > before,
            (Some(_), None) => false,
        };
        !row.pending_oauth && !row.needs_reauth && moved
    }
}

fn refusal(reason: LinkError) -> CommandError {
    match reason {
        LinkError::Cancelled => ErrorCode::Denied.plain(),
        LinkError::ExchangeFailed => ErrorCode::ExchangeFailed.plain(),
        LinkError::NoCode => ErrorCode::NoCode.plain(),
        LinkError::Other(message) => CommandError { message, ..ErrorCode::ProviderError.plain() },
    }
}
