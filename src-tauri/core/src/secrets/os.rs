//! The operating system's keyring, which may block for as long as a person takes to type a password.

use keyring::Entry;

use super::thread::Thread;
use super::{KeyringError, KeyringState, Secret};
use crate::text::visible_line;

/// How much of the keyring's own words is kept, in characters.
const MAX_ERROR_CHARS: usize = 300;

/// The operating system's keyring. Clones share one thread.
///
/// Its calls run one after the other on a thread of their own: on the runtime's blocking pool a locked keyring
/// would hold the end of the app, and more threads would only ask the person for the password more often.
#[derive(Clone, Debug)]
pub struct OsKeyring {
    service: String,
    thread: Thread,
}

impl OsKeyring {
    /// The keyring's items of the service named `service`. Asks the operating system for nothing yet.
    #[must_use]
    pub fn new(service: &str) -> Self {
        Self { service: service.to_owned(), thread: Thread::start() }
    }

    pub(super) async fn state(&self) -> KeyringState {
        // The library connects once, at the first call, and remembers how that went.
        let status = self.thread.call(|| match Entry::store_status() {
            Ok(()) => Ok(KeyringState::Ready),
            Err(_) => Ok(KeyringState::Absent),
        });
        match status.await {
            Ok(state) => state,
            Err(KeyringError::Locked) => KeyringState::Locked,
            Err(_) => KeyringState::Absent,
        }
    }

    pub(super) async fn get(&self, account: &str) -> Result<Option<Secret>, KeyringError> {
        let entry = self.entry(account);
        self.thread.call(move || found(entry()?.get_password()).map(|text| text.map(Secret::new))).await
    }

    pub(super) async fn set(&self, account: &str, secret: &Secret) -> Result<(), KeyringError> {
        let (entry, again) = (self.entry(account), self.entry(account));
        let secret = secret.clone();
        let set = move || entry()?.set_password(secret.expose()).map_err(error);
        // The caller was told that nothing is kept.
        let forget = move || drop(again().map(|entry| entry.delete_credential()));
        self.thread.call_or_undo(set, forget).await
    }

    pub(super) async fn remove(&self, account: &str) -> Result<(), KeyringError> {
        let entry = self.entry(account);
        self.thread.call(move || found(entry()?.delete_credential()).map(Option::unwrap_or_default)).await
    }

    /// Opens an item; to be called on the keyring's thread.
    fn entry(&self, account: &str) -> impl Fn() -> Result<Entry, KeyringError> + Send + 'static {
        let (service, account) = (self.service.clone(), account.to_owned());
        move || Entry::new(&service, &account).map_err(error)
    }
}

fn found<T>(answer: keyring::Result<T>) -> Result<Option<T>, KeyringError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(other) => Err(error(other)),
    }
}

/// Only fixed words and those of the platform: some of the library's errors carry what was stored.
pub(super) fn error(error: keyring::Error) -> KeyringError {
    use keyring::Error;
    let text = match error {
        Error::NoDefaultStore => return KeyringError::Absent,
        Error::NoStorageAccess(_) => return KeyringError::Locked,
        Error::PlatformFailure(cause) => cause.to_string(),
        Error::TooLong(what, limit) => format!("{what} is longer than {limit} characters"),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "the item is not one this app wrote".to_owned(),
        Error::Ambiguous(_) => "more than one item matches".to_owned(),
        _ => "it does not support what was asked".to_owned(),
    };
    KeyringError::Other(visible_line(&text, MAX_ERROR_CHARS))
}
