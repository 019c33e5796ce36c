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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::{KeyringError, Thread};

    /// Long enough for any machine: only a call that is blocked on purpose has a short limit.
    fn patient(thread: &Thread) -> Thread {
        Thread { limit: Duration::from_secs(600), ..thread.clone() }
    }

    #[tokio::test]
    async fn calls_answer_in_order_on_one_named_thread() {
        let thread = patient(&Thread::start());
        let name = || Ok(std::thread::current().name().map(str::to_owned));
        assert_eq!(thread.call(name).await, Ok(Some("keyring".to_owned())));
        assert_eq!(thread.call(|| Err::<(), _>(KeyringError::Absent)).await, Err(KeyringError::Absent));
    }

    #[tokio::test]
    async fn a_blocked_keyring_is_locked_and_what_was_given_up_is_not_done() {
        let thread = Thread::with_limit(Duration::from_millis(10));
        let (unlock, locked) = channel::<()>();
        let (undone, undo) = channel();
        let (made, not_made) = channel::<()>();

        let set = move || {
            let _ = locked.recv();
            Ok(())
        };
        let late = thread.call_or_undo(set, move || undone.send("undone").unwrap()).await;
        assert_eq!(late, Err(KeyringError::Locked));
        // This one waits behind it and is given up before its turn.
        let waiting = thread.call(move || made.send(()).map_err(|_| KeyringError::Absent)).await;
        assert_eq!(waiting, Err(KeyringError::Locked));

        unlock.send(()).unwrap();
        assert_eq!(patient(&thread).call(|| Ok("answers again")).await, Ok("answers again"));
        assert_eq!(undo.recv(), Ok("undone"));
        assert!(not_made.recv().is_err(), "the call was dropped without being made");
    }

    #[tokio::test]
    async fn what_worked_in_time_is_not_undone() {
        let thread = patient(&Thread::start());
        let (undone, undo) = channel::<()>();
        assert_eq!(thread.call_or_undo(|| Ok(1), move || undone.send(()).unwrap()).await, Ok(1));
        assert!(undo.recv().is_err());
    }

    #[test]
    fn a_blocked_call_does_not_hold_the_end_of_the_runtime() {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        let (unlock, locked) = channel::<()>();
        let thread = Thread::with_limit(Duration::from_millis(10));
        let blocked = thread.call(move || locked.recv().map_err(|_| KeyringError::Absent));
        assert_eq!(runtime.block_on(blocked), Err(KeyringError::Locked));
        drop(runtime);
        assert!(unlock.send(()).is_ok(), "the call was still blocked when the runtime had ended");
    }
}
