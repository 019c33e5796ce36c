//! A thread for calls that may block for ever, and callers that do not.

use std::sync::mpsc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::KeyringError;

/// How long a caller waits. An answer takes 35 to 95 ms where the keyring is open; a locked one blocks until a
/// person unlocks it, or for ever. Five seconds leave room for D-Bus to start the service, and are as long as a
/// person looks at a window that says nothing. One limit for every call: what was late is there at the next one.
const LIMIT: Duration = Duration::from_secs(5);

/// One named thread that makes calls in the order they came. It ends when the last clone is gone and the call it
/// is in returns; nothing waits for it.
#[derive(Clone, Debug)]
pub(super) struct Thread {
    calls: mpsc::Sender<Call>,
    limit: Duration,
}

type Call = Box<dyn FnOnce() + Send>;

impl Thread {
    pub(super) fn start() -> Self {
        Self::with_limit(LIMIT)
    }

    fn with_limit(limit: Duration) -> Self {
        let (calls, queue) = mpsc::channel::<Call>();
        let run = move || queue.into_iter().for_each(|call| call());
        // Without the thread the queue is gone, and every call says so.
        drop(std::thread::Builder::new().name("keyring".to_owned()).spawn(run));
        Self { calls, limit }
    }

    /// Makes `call` on the thread. If nobody waits for it any more when its turn comes, it is not made.
    ///
    /// # Errors
    /// What `call` answers; [`KeyringError::Locked`] when that takes too long.
    pub(super) async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<T, KeyringError> {
        self.call_or_undo(call, || {}).await
    }

    /// Like [`Thread::call`]; `undo` is called when `call` worked after its caller had given up.
    pub(super) async fn call_or_undo<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
        undo: impl FnOnce() + Send + 'static,
    ) -> Result<T, KeyringError> {
        let (answer, answered) = oneshot::channel();
        let job = move || {
            if !answer.is_closed()
                && let Err(Ok(_)) = answer.send(call())
            {
                undo();
            }
        };
        self.calls.send(Box::new(job)).map_err(|_| gone())?;
        match tokio::time::timeout(self.limit, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(gone()),
            Err(_) => Err(KeyringError::Locked),
        }
    }
}

fn gone() -> KeyringError {
    KeyringError::Other("its thread has ended".to_owned())
}
