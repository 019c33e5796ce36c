//! The sample project: starts the built-in sandbox on loopback, only when asked for.

use hedgerow_core::login::SampleServer;
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::{ActiveProject, CommandError, ErrorCode};
use hedgerow_core::{Hedgerow, login};
use hedgerow_sandbox::{Fixture, Options, Sandbox};
use tokio::sync::Mutex;

/// The sandbox while it runs.
#[derive(Default)]
pub(crate) struct Running(Mutex<Option<Sandbox>>);

impl Running {
    /// Puts the sample project on screen; starts the sandbox the first time.
    pub(crate) async fn open(&self, core: &Hedgerow) -> Result<ActiveProject, CommandError> {
        let mut running = self.0.lock().await;
        if let Some(project) = core.sample_project() {
            return core.activate(login::SAMPLE, project).await;
        }
        let sandbox =
            hedgerow_sandbox::start(Options { port: 0, fixture: Fixture::sample() }).await.map_err(failed)?;
        let server = SampleServer {
            origin: sandbox.url().parse().map_err(failed)?,
            key: Secret::new(sandbox.key().to_owned()),
        };
        let active = core.open_sample(server).await?;
        *running = Some(sandbox);
        Ok(active)
    }
}

fn failed(error: impl std::fmt::Display) -> CommandError {
    tracing::error!(%error, "the sample project could not start");
    CommandError { code: ErrorCode::Internal, message: String::new(), field: None, retry_after: None }
}
