//! How errors of the rooms become the one error the window gets.

use crate::posthog::ApiError;
use crate::secrets::KeyringError;
use crate::store::StoreError;
use crate::view::{CommandError, ErrorCode};

impl ErrorCode {
    /// An error with nothing but its code.
    pub(crate) fn plain(self) -> CommandError {
        CommandError { code: self, message: String::new(), field: None, retry_after: None }
    }

    /// An error that belongs to an input field.
    pub(crate) fn at(self, field: &str) -> CommandError {
        CommandError { field: Some(field.to_owned()), ..self.plain() }
    }
}

impl CommandError {
    /// The error means that PostHog cannot be reached.
    pub(crate) fn is_offline(&self) -> bool {
        matches!(self.code, ErrorCode::Offline | ErrorCode::Timeout)
    }
}

impl From<ApiError> for CommandError {
    fn from(error: ApiError) -> Self {
        Self::from(&error)
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::InUse => ErrorCode::InUse.plain(),
            StoreError::NewerLedger => ErrorCode::NewerLedger.plain(),
            _ => ErrorCode::Internal.plain(),
        }
    }
}

impl From<KeyringError> for CommandError {
    fn from(error: KeyringError) -> Self {
        tracing::warn!(%error, "the keyring failed");
        match error {
            KeyringError::Absent => ErrorCode::KeyringAbsent.plain(),
            KeyringError::Locked => ErrorCode::KeyringLocked.plain(),
            KeyringError::Other(_) => ErrorCode::KeyringAbsent.plain(),
        }
    }
}
