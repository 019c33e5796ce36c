//! Bringing a server in: flows as a closed state machine, the callback link, verification by reading back.

mod flow;
pub mod link;
mod nonce;
pub mod redirect;
mod run;

use std::sync::Arc;

pub(crate) use flow::Flow;
pub use link::{CallbackLink, LinkError, LinkStatus};
pub use nonce::{BadNonceHash, NoRandomness, Nonce, NonceHash};
pub use redirect::{LoginPage, UnsafeLoginPage};
pub use run::OpenBrowser;
use run::{Run, Start};

use crate::hedgerow::{Hedgerow, locked};
use crate::posthog::CustomServer;
use crate::project::{Project, now_ms};
use crate::secrets::Secret;
use crate::store::{NewFlow, StoredFlow};
use crate::view::{CommandError, ErrorCode, FlowView};

/// What PostHog is asked to call when a login has ended (contract 6): the scheme is one of the two it accepts.
/// The scheme alone may arrive in any letter case.
const CALLBACK_SCHEME: &str = "posthog-code";
/// The callback's host; its path is empty.
const CALLBACK_HOST: &str = "mcp-oauth-complete";
/// The callback's parameter that holds the nonce.
const CALLBACK_FLOW: &str = "flow";

/// After the server's ten minutes a link may still be on its way for this long, ms.
const GRACE: i64 = 60_000;

impl Hedgerow {
    /// Begins connecting a catalog entry; the flow goes on by itself.
    ///
    /// # Errors
    /// `offline`, or `not_found` when the entry is not in the catalog any more.
    pub async fn connect_template(
        self: &Arc<Self>,
        template_id: &str,
        api_key: Option<Secret>,
    ) -> Result<FlowView, CommandError> {
        let project = self.active()?;
        project.refuse_offline()?;
        let template =
            project.cache.template(template_id).await?.ok_or_else(|| ErrorCode::NotFound.plain())?;
        let title = crate::text::visible_line(&template.name, 200);
        let start = |callback| Start::Template {
            template_id: template.id.clone(),
            server_url: template.url.clone(),
            api_key,
            callback,
        };
        self.begin(project, &title, &template.url, None, Some(&template.id), start).await
    }

    /// Begins adding a server by its address. One that is installed already is not added again: that would drop a working
    /// login (contract 3.9).
    ///
    /// # Errors
    /// `bad_address` at `url`, `invalid` at `name` or `client_id`, `already_installed` at `url`, `offline`.
    pub async fn add_server(self: &Arc<Self>, mut server: CustomServer) -> Result<FlowView, CommandError> {
        let project = self.active()?;
        project.refuse_offline()?;
        server.url = server.url.trim().to_owned();
        if project.check_address(&server.url).await?.installed.is_some() {
            return Err(ErrorCode::AlreadyInstalled.at("url"));
        }
        server.check()?;
        let (title, url) = (crate::text::visible_line(server.name.trim(), 200), server.url.clone());
        self.begin(project, &title, &url, None, None, |callback| Start::Custom { server, callback }).await
    }

    /// Begins logging in to a known server once more; healthy ones too.
    ///
    /// # Errors
    /// `offline`, `not_found`, or `fixed` when the connection belongs to a colleague.
    pub async fn reconnect(self: &Arc<Self>, server_id: &str) -> Result<FlowView, CommandError> {
        let project = self.active()?;
        project.refuse_offline()?;
        let server = project.server_record(server_id).await?;
        if !server.is_owner {
            return Err(ErrorCode::Fixed.plain());
        }
        let title = crate::present::server_row(&server, Default::default(), false).name;
        let start = |callback| Start::Reconnect { server_id: server.id.clone(), callback };
        self.begin(project, &title, &server.url, Some(&server.id), None, start).await
    }

    async fn begin(
        self: &Arc<Self>,
        project: Arc<Project>,
        title: &str,
        server_url: &str,
        server_id: Option<&str>,
        template_id: Option<&str>,
        start: impl FnOnce(Secret) -> Start,
    ) -> Result<FlowView, CommandError> {
        let subject = (project.scope.id, server_url.to_owned());
        if let Some(running) = self.running_flow(&subject) {
            return Ok(running);
        }
        let nonce = Nonce::new().map_err(|_| ErrorCode::Internal.plain())?;
        let hash = nonce.hash().to_string();
        let id = hash[..16].to_owned();
        let started_at = now_ms();
        let lasts = i64::try_from(project.timing.login_lasts.as_millis()).unwrap_or(i64::MAX);
        let new = NewFlow {
            id: &id,
            account: &project.account.id,
            nonce_hash: &hash,
            title,
            server_url,
            server_id,
            template_id,
            started_at,
            deadline_at: started_at + lasts,
        };
        project.ledger.begin_flow(&project.scope, &new).await?;
        let flow = Arc::new(Flow::new(&project, &id, title, &hash, server_url, template_id));
        Ok(self.launch(project, flow, start(nonce.callback())))
    }

    /// The same server twice at once would only confuse the person: the running flow comes forward instead.
    fn running_flow(&self, subject: &(i64, String)) -> Option<FlowView> {
        let flows = locked(&self.flows);
        flows.iter().find(|flow| flow.is_running() && flow.subject == *subject).map(|flow| flow.view())
    }

    fn launch(&self, project: Arc<Project>, flow: Arc<Flow>, start: Start) -> FlowView {
        locked(&self.flows).insert(0, flow.clone());
        let run = Run { project, flow: flow.clone(), open_browser: self.config.open_browser.clone() };
        tokio::spawn(run.run(start));
        flow.update(|_| {});
        flow.view()
    }

    /// Takes up the flows the last run left; those past their time end.
    pub(crate) async fn resume_flows(&self) -> Result<(), CommandError> {
        for stored in self.ledger.open_flows().await? {
            if stored.deadline_at + GRACE < now_ms() || stored.login_host.is_none() {
                self.ledger.end_flow(&stored.id, "expired", now_ms()).await?;
            } else if let Err(error) = self.resume(stored).await {
                tracing::warn!(code = ?error.code, "a flow of the last run cannot be taken up");
            }
        }
        Ok(())
    }

    async fn resume(&self, stored: StoredFlow) -> Result<(), CommandError> {
        let project = self.project(&stored.account, stored.project_id).await?;
        let template = stored.template_id.as_deref();
        let flow =
            Flow::new(&project, &stored.id, &stored.title, &stored.nonce_hash, &stored.server_url, template);
        let flow = Arc::new(flow);
        self.launch(project, flow, Start::Resume(stored));
        Ok(())
    }

    /// A `posthog-code://` link arrived, from anywhere. It is a hint to look, matched by the hash of its nonce; a link
    /// that belongs to no running flow changes nothing. Answers whether it belonged to one.
    pub fn on_link(&self, text: &str) -> bool {
        let Some(link) = link::parse(text) else {
            tracing::info!(bytes = text.len(), "a link that is not a callback was dropped");
            return false;
        };
        let hash = link.hash.to_string();
        let flow = locked(&self.flows).iter().find(|flow| flow.nonce_hash == hash).cloned();
        match flow.filter(|flow| flow.is_running()) {
            Some(flow) => {
                tracing::info!("a callback link arrived for a running flow");
                flow.hint(link.status);
                true
            }
            None => {
                tracing::info!("a callback link belongs to no running flow and was dropped");
                false
            }
        }
    }

    /// Flows of this run, newest first.
    pub fn flows(&self) -> Vec<FlowView> {
        locked(&self.flows).iter().map(|flow| flow.view()).collect()
    }

    fn flow(&self, id: &str) -> Result<Arc<Flow>, CommandError> {
        let flow = locked(&self.flows).iter().find(|flow| flow.id() == id).cloned();
        flow.ok_or_else(|| ErrorCode::NotFound.plain())
    }

    /// The login page's address of a running flow, for the clipboard.
    pub fn flow_link(&self, id: &str) -> Result<String, CommandError> {
        self.flow(id)?.login_url().ok_or_else(|| ErrorCode::NotFound.plain())
    }

    /// Opens the login page again.
    pub fn open_flow_again(&self, id: &str) -> Result<(), CommandError> {
        let flow = self.flow(id)?;
        let url = flow.login_url().ok_or_else(|| ErrorCode::NotFound.plain())?;
        let opened = (self.config.open_browser)(&url);
        flow.update(|view| view.browser_failed = !opened);
        if opened { Ok(()) } else { Err(ErrorCode::BrowserFailed.plain()) }
    }

    /// "I have finished": looks at PostHog now.
    pub fn check_flow(&self, id: &str) -> Result<(), CommandError> {
        self.flow(id)?.look_now();
        Ok(())
    }

    /// Stops waiting; what PostHog has stays as it is.
    pub fn cancel_flow(&self, id: &str) -> Result<(), CommandError> {
        self.flow(id)?.cancel();
        Ok(())
    }

    /// Takes an ended flow off the list; a running one stays.
    pub fn dismiss_flow(&self, id: &str) -> Result<(), CommandError> {
        locked(&self.flows).retain(|flow| flow.is_running() || flow.id() != id);
        let _ = self.outside.events.send(crate::view::Event::Flows);
        Ok(())
    }
}
