//! Where secrets are kept: the operating system's keyring, or memory for this run only.

use super::{MemoryKeyring, OsKeyring, Secret};
use crate::view::KeyringView;

/// A place for secrets. Cheap to clone; clones are the same place.
#[derive(Clone, Debug)]
pub enum Keyring {
    /// The operating system's own: Secret Service, Keychain or Credential Manager.
    Os(OsKeyring),
    /// Memory, until the app ends: for a machine without a keyring, after asking the person.
    Memory(MemoryKeyring),
}

/// Whether a keyring can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringState {
    /// It answers. A Secret Service answers while it is still locked: the first `get` or `set` then asks the person
    /// to unlock it.
    Ready,
    /// There is none in this session. This stays so until the app is restarted.
    Absent,
    /// It did not answer in time. It may later.
    Locked,
}

/// Why a secret could not be read or kept. Never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is no keyring in this session.
    #[error("there is no keyring in this session")]
    Absent,
    /// The keyring is locked, or did not answer in time, most likely because it waits for a person to unlock it.
    #[error("the keyring is locked or did not answer in time")]
    Locked,
    /// Anything else, in the keyring's words: one line, clipped, controls made visible.
    #[error("the keyring failed: {0}")]
    Other(String),
}

impl Keyring {
    /// The operating system's keyring, under the service name `Hedgerow`.
    #[must_use]
    pub fn os() -> Self {
        Self::Os(OsKeyring::new("Hedgerow"))
    }

    /// An empty keyring in memory.
    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(MemoryKeyring::default())
    }

    /// Whether it can be used. Never asks the person for anything.
    pub async fn state(&self) -> KeyringState {
        match self {
            Self::Os(os) => os.state().await,
            Self::Memory(_) => KeyringState::Ready,
        }
    }

    /// The secret kept for `account`, or `None` when there is none.
    ///
    /// # Errors
    /// [`KeyringError`]; the operating system's keyring answers within a time limit.
    pub async fn get(&self, account: &str) -> Result<Option<Secret>, KeyringError> {
        match self {
            Self::Os(os) => os.get(account).await,
            Self::Memory(memory) => Ok(memory.get(account)),
        }
    }

    /// Keeps `secret` for `account` in place of any earlier one.
    ///
    /// # Errors
    /// [`KeyringError`]; then nothing is kept. A keyring that finishes only after the time limit is told to forget
    /// the secret again.
    pub async fn set(&self, account: &str, secret: &Secret) -> Result<(), KeyringError> {
        match self {
            Self::Os(os) => os.set(account, secret).await,
            Self::Memory(memory) => {
                memory.set(account, secret);
                Ok(())
            }
        }
    }

    /// Forgets the secret of `account`; it is no error if there was none.
    ///
    /// # Errors
    /// [`KeyringError`]; then it may still be there.
    pub async fn remove(&self, account: &str) -> Result<(), KeyringError> {
        match self {
            Self::Os(os) => os.remove(account).await,
            Self::Memory(memory) => {
                memory.remove(account);
                Ok(())
            }
        }
    }
}

impl From<KeyringState> for KeyringView {
    fn from(state: KeyringState) -> Self {
        match state {
            KeyringState::Ready => Self::Ready,
            KeyringState::Absent => Self::Absent,
            KeyringState::Locked => Self::Locked,
        }
    }
}
