//! A keyring that lasts as long as the app runs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Secret;

/// Secrets in memory. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct MemoryKeyring {
    secrets: Arc<Mutex<HashMap<String, Secret>>>,
}

impl MemoryKeyring {
    pub(super) fn get(&self, account: &str) -> Option<Secret> {
        self.lock().get(account).cloned()
    }

    pub(super) fn set(&self, account: &str, secret: &Secret) {
        self.lock().insert(account.to_owned(), secret.clone());
    }

    pub(super) fn remove(&self, account: &str) {
        self.lock().remove(account);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Secret>> {
        // Nothing under the lock can leave the map half changed.
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
