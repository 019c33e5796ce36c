//! Secrets: a type that cannot print, and the keyring that keeps them.

mod keyring;
mod memory;
mod os;
mod secret;
mod thread;

pub use self::keyring::{Keyring, KeyringError, KeyringState};
pub use self::memory::MemoryKeyring;
pub use self::os::OsKeyring;
pub use self::secret::Secret;

#[cfg(test)]
mod tests;
