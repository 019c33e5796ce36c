//! One connection flow as the window sees it, and the levers the window has on it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, broadcast, watch};

use super::link::LinkStatus;
use super::redirect::LoginPage;
use crate::project::Project;
use crate::view::{CommandError, Event, FlowStep, FlowView};

/// A flow of this run. The login page's address lives only here, in memory.
#[derive(Debug)]
pub(crate) struct Flow {
    view: Mutex<FlowView>,
    login: Mutex<Option<LoginPage>>,
    hint: Mutex<Option<LinkStatus>>,
    look: Notify,
    cancelled: watch::Sender<bool>,
    events: broadcast::Sender<Event>,
    /// SHA-256 of the nonce: how a link finds its flow.
    pub(crate) nonce_hash: String,
    /// Project (row id in the ledger) and address: what two flows must not do at once.
    pub(crate) subject: (i64, String),
}

impl Flow {
    pub(crate) fn new(
        project: &Project,
        id: &str,
        title: &str,
        nonce_hash: &str,
        server_url: &str,
        template_id: Option<&str>,
    ) -> Self {
        let view = FlowView {
            id: id.to_owned(),
            account: project.account.id.clone(),
            project: project.number(),
            template_id: template_id.map(str::to_owned),
            title: title.to_owned(),
            server_id: None,
            step: FlowStep::Preparing,
            host: None,
            email: project.account.email.clone(),
            deadline_ms: None,
            tools_found: None,
            problem: None,
            not_yet: false,
            browser_failed: false,
        };
        Self {
            view: Mutex::new(view),
            login: Mutex::default(),
            hint: Mutex::default(),
            look: Notify::new(),
            cancelled: watch::Sender::new(false),
            events: project.events.clone(),
            nonce_hash: nonce_hash.to_owned(),
            subject: (project.scope.id, server_url.to_owned()),
        }
    }

    /// What the window shows now.
    pub(crate) fn view(&self) -> FlowView {
        locked(&self.view).clone()
    }

    pub(crate) fn id(&self) -> String {
        locked(&self.view).id.clone()
    }

    pub(crate) fn is_running(&self) -> bool {
        use FlowStep::{Checking, Preparing, ReadingTools, Waiting};
        matches!(locked(&self.view).step, Preparing | Waiting | Checking | ReadingTools)
    }

    /// Changes what the window shows and tells it.
    pub(crate) fn update(&self, change: impl FnOnce(&mut FlowView)) {
        change(&mut locked(&self.view));
        let _ = self.events.send(Event::Flows);
    }

    pub(crate) fn set_login(&self, page: LoginPage) {
        self.update(|view| view.host = Some(page.host.clone()));
        *locked(&self.login) = Some(page);
    }

    /// The login page's address, for the browser or the clipboard; gone when the flow has ended.
    pub(crate) fn login_url(&self) -> Option<String> {
        locked(&self.login).as_ref().map(|page| page.expose().to_owned())
    }

    /// A link for this flow arrived: a hint to look, and what to say when PostHog says *not connected*.
    pub(crate) fn hint(&self, status: LinkStatus) {
        *locked(&self.hint) = Some(status);
        self.look.notify_one();
    }

    pub(crate) fn take_hint(&self) -> Option<LinkStatus> {
        locked(&self.hint).take()
    }

    /// The person says they have finished.
    pub(crate) fn look_now(&self) {
        self.look.notify_one();
    }

    pub(crate) async fn asked_to_look(&self) {
        self.look.notified().await;
    }

    pub(crate) fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    pub(crate) async fn cancelled(&self) {
        // The sender lives as long as this flow, so waiting cannot fail.
        let _ = self.cancelled.subscribe().wait_for(|cancelled| *cancelled).await;
    }

    /// Ends the flow; the login page's address is forgotten.
    pub(crate) fn end(&self, step: FlowStep, problem: Option<CommandError>) {
        *locked(&self.login) = None;
        self.update(|view| {
            view.step = step;
            view.problem = problem;
            view.deadline_ms = None;
        });
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
