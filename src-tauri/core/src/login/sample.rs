//! The sample project: the built-in sandbox as an account of its own, with a folder of its own and no keyring item.

use std::sync::Arc;

use super::{SAMPLE, project_view};
use crate::hedgerow::{Hedgerow, Sample, locked};
use crate::posthog::Posthog;
use crate::project::Account;
use crate::secrets::{Keyring, Secret};
use crate::store::Ledger;
use crate::view::{AccountKind, AccountView, ActiveProject, CommandError, ErrorCode};

/// A running sandbox.
pub struct SampleServer {
    /// Its address.
    pub origin: url::Url,
    /// The key it accepts.
    pub key: Secret,
}

impl Hedgerow {
    /// Puts the sample project on screen. The sandbox forgets everything when it ends, so what an earlier run noted
    /// about it is cleared first.
    pub async fn open_sample(&self, server: SampleServer) -> Result<ActiveProject, CommandError> {
        let user = Posthog::new(server.origin.clone(), server.key.clone())?.me().await?;
        let project =
            user.known_projects().into_iter().next().ok_or_else(|| ErrorCode::ProjectNotFound.plain())?;
        let folder = self.config.data_dir.join("sample");
        clear(&folder).await?;
        let ledger = Ledger::open(&folder.join("ledger.db")).await?;
        let keys = Keyring::memory();
        keys.set(SAMPLE, &server.key).await?;
        let account = Arc::new(Account::new(SAMPLE, server.origin.clone(), &user.email, keys));
        let origin = server.origin.origin().ascii_serialization();
        let opened = self.open_project(account, &folder, &ledger, &origin, &user.uuid, project.id).await?;
        let view = AccountView {
            id: SAMPLE.to_owned(),
            kind: AccountKind::Sample,
            origin,
            place: "Sample".to_owned(),
            email: user.email,
            projects: vec![project_view(&project)],
            has_key: true,
        };
        *locked(&self.sample) = Some(Sample { view, project: opened });
        self.activate(SAMPLE, project.id).await
    }

    /// Whether the sample project is open already; then it only has to come back on screen.
    pub fn sample_project(&self) -> Option<i64> {
        self.sample().map(|sample| sample.project.number())
    }

    pub(crate) async fn close_sample(&self) -> Result<(), CommandError> {
        let sample = locked(&self.sample).take();
        self.deactivate(SAMPLE).await?;
        if let Some(sample) = sample {
            sample.project.end_work();
            sample.project.cache.close().await;
            sample.project.ledger.close().await;
        }
        Ok(())
    }
}

async fn clear(folder: &std::path::Path) -> Result<(), CommandError> {
    match tokio::fs::remove_dir_all(folder).await {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => {
            tracing::error!(%error, "the sample's folder cannot be cleared");
            Err(ErrorCode::Internal.plain())
        }
    }
}
