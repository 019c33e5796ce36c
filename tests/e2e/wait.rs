//! Waiting for something that another process does.

use std::time::{Duration, Instant};

/// How long a person would wait before calling it broken. Generous: two busy cores are the usual machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// Asks until there is an answer; panics with `what` when patience ends.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "waited {PATIENCE:?} for {what}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}
