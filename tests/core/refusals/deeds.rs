//! What a person does that PostHog may refuse.

use hedgerow_core::posthog::{CustomAuth, CustomServer, InstallationChange};
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::{CommandError, Decision, FlowStep, FlowView, ServerStatus};

use super::Stage;
use crate::support::tool;

/// One thing a person does at the server *Tracker*, or to get another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Deed {
    /// Connects an entry of the catalog; with a key where it wants one.
    Connect(&'static str, Option<&'static str>),
    /// Adds a server by its address.
    Add(&'static str, How),
    /// Logs in to *Tracker* again.
    LogIn,
    Rename,
    Describe,
    Switch,
    Share,
    Unshare,
    Remove,
    Refresh,
    /// Reads everything; the list is refused.
    Sync,
    /// Reads everything; the tools of *Tracker* are refused.
    Tools,
    /// Fetches the catalog.
    Catalog,
    /// Allows the tool *create_issue*.
    Decide,
}

/// How a server that is added is logged in to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum How {
    Browser,
    OwnClient,
    Key,
    Open,
}

impl How {
    fn auth(self) -> CustomAuth {
        match self {
            Self::Browser => CustomAuth::Login,
            Self::OwnClient => CustomAuth::OwnClient { id: "our-client".to_owned(), secret: None },
            Self::Key => CustomAuth::Key(Secret::new("good-key".to_owned())),
            Self::Open => CustomAuth::Open,
        }
    }
}

impl Deed {
    /// Does it; a flow to its end, or until its page is opened.
    pub(super) async fn of(self, stage: &Stage) -> Result<(), CommandError> {
        let (core, project, id) = (&stage.world.core, &stage.project, stage.id.as_str());
        let row = |change| async move { project.change_server(id, &change).await };
        match self {
            Self::Connect(name, key) => {
                let entries = project.catalog().await?.entries;
                let entry = entries.into_iter().find(|entry| entry.name == name).unwrap();
                let key = key.map(|key| Secret::new(key.to_owned()));
                ended(stage, core.connect_template(&entry.id, key).await?).await
            }
            Self::Add(url, how) => {
                let (name, url, description) = ("By hand".to_owned(), url.to_owned(), String::new());
                let server = CustomServer { name, url, auth: how.auth(), description };
                ended(stage, core.add_server(server).await?).await
            }
            Self::LogIn => ended(stage, core.reconnect(id).await?).await,
            Self::Rename => {
                let name = if stage.row().await.name == "Tracker" { "Issues" } else { "Tracker" };
                row(InstallationChange { display_name: Some(name.to_owned()), ..Default::default() }).await
            }
            Self::Describe => {
                let text = format!("{} More.", stage.row().await.description);
                row(InstallationChange { description: Some(text), ..Default::default() }).await
            }
            Self::Switch => {
                let on = stage.row().await.status == ServerStatus::Off;
                row(InstallationChange { is_enabled: Some(on), ..Default::default() }).await
            }
            Self::Share => project.share_server(id, true).await,
            Self::Unshare => project.share_server(id, false).await,
            Self::Remove => project.remove_server(id).await,
            Self::Refresh => project.refresh(id).await,
            Self::Sync | Self::Tools => project.clone().sync().await,
            Self::Catalog => project.sync_catalog().await,
            Self::Decide => {
                let seen = tool(project, id, "create_issue").await.fingerprint;
                project.decide(id, "create_issue", Decision::Approved, &seen).await.map(drop)
            }
        }
    }

    /// Method and part of the path of the call that is refused.
    pub(super) fn call(self) -> (&'static str, &'static str) {
        match self {
            Self::Connect(..) => ("POST", "/install_template/"),
            Self::Add(..) => ("POST", "/install_custom/"),
            Self::LogIn => ("GET", "/authorize/"),
            Self::Rename | Self::Describe | Self::Switch => ("PATCH", "/mcp_server_installations/"),
            Self::Share => ("POST", "/share/"),
            Self::Unshare => ("POST", "/unshare/"),
            Self::Remove => ("DELETE", "/mcp_server_installations/"),
            Self::Refresh => ("POST", "/tools/refresh/"),
            Self::Sync => ("GET", "/mcp_server_installations/"),
            Self::Tools => ("GET", "/tools/"),
            Self::Catalog => ("GET", "/mcp_servers/"),
            Self::Decide => ("PATCH", "/tools/create_issue/"),
        }
    }

    /// Everything it sends when it is refused. After a decision or a reading was refused, the truth is read again.
    pub(super) fn costs(self) -> Vec<&'static str> {
        match self {
            Self::Connect(..) => vec!["POST install_template/"],
            Self::Add(..) => vec!["POST install_custom/"],
            Self::LogIn => vec!["GET authorize/"],
            Self::Rename | Self::Describe | Self::Switch => vec!["PATCH */"],
            Self::Share => vec!["POST */share/"],
            Self::Unshare => vec!["POST */unshare/"],
            Self::Remove => vec!["DELETE */"],
            Self::Refresh => vec!["POST */tools/refresh/", "GET */", "GET */tools/"],
            Self::Sync => vec!["GET "],
            Self::Tools => vec!["GET ", "GET */tools/"],
            Self::Catalog => vec!["GET /api/projects/1/mcp_servers/"],
            Self::Decide => vec!["PATCH */tools/create_issue/", "GET */tools/"],
        }
    }

    /// What it sent. A flow that has ended wakes the sync, whose readings are left out.
    pub(super) async fn sent(self, stage: &Stage) -> Vec<String> {
        let mut sent = stage.sent().await;
        if self.is_flow() {
            sent.retain(|sent| !sent.starts_with("GET ") || sent == "GET authorize/");
        }
        sent
    }

    pub(super) fn is_flow(self) -> bool {
        matches!(self, Self::Connect(..) | Self::Add(..) | Self::LogIn)
    }

    /// It draws on the person's ten a minute (contract 1.7).
    pub(super) fn is_paid(self) -> bool {
        self.is_flow() || self == Self::Refresh
    }

    /// Makes it possible.
    pub(super) async fn prepare(self, stage: &Stage) {
        if self == Self::Unshare {
            stage.project.share_server(&stage.id, true).await.unwrap();
        }
    }

    /// Makes it possible once more after it was done.
    pub(super) async fn restore(self, stage: &Stage) {
        let project = &stage.project;
        match self {
            Self::Connect(..) | Self::Add(..) | Self::LogIn => {
                let running = stage.world.core.flows().swap_remove(0);
                if running.step == FlowStep::Waiting {
                    stage.world.core.cancel_flow(&running.id).unwrap();
                    stage.world.flow_at(&running.id, FlowStep::Cancelled).await;
                }
                project.clone().sync().await.unwrap();
                for server in project.servers().await.unwrap().servers {
                    if server.id != stage.id {
                        project.remove_server(&server.id).await.unwrap();
                    }
                }
                project.clone().sync().await.unwrap();
            }
            Self::Share => project.share_server(&stage.id, false).await.unwrap(),
            Self::Unshare => project.share_server(&stage.id, true).await.unwrap(),
            Self::Decide => {
                let seen = tool(project, &stage.id, "create_issue").await.fingerprint;
                let ask = Decision::NeedsApproval;
                project.decide(&stage.id, "create_issue", ask, &seen).await.unwrap();
            }
            _ => {}
        }
    }
}

/// Where a flow came to; what it failed with.
async fn ended(stage: &Stage, flow: FlowView) -> Result<(), CommandError> {
    let over = async || {
        let flow = stage.world.core.flows().into_iter().find(|now| now.id == flow.id)?;
        let over = [FlowStep::Waiting, FlowStep::Connected, FlowStep::Failed, FlowStep::Expired];
        over.contains(&flow.step).then_some(flow)
    };
    match stage.world.until(over).await {
        FlowView { step: FlowStep::Failed | FlowStep::Expired, problem, .. } => Err(problem.unwrap()),
        _ => Ok(()),
    }
}
