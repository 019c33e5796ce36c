//! Waiting for something that another process does.

use std::time::{Duration, Instant};

/// How long a person would wait before calling it broken. Generous: two busy cores are the usual machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// Asks until there is an answer; none when patience ends.
pub(crate) async fn answer<T>(patience: Duration, ask: &mut impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + patience;
    loop {
        let answer = ask().await;
        if answer.is_some() || Instant::now() > end {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

/// Asks until there is an answer; panics with `what` when patience ends.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    answer(PATIENCE, &mut ask).await.unwrap_or_else(|| panic!("waited {PATIENCE:?} for {what}"))
}
