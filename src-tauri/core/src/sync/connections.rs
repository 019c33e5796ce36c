//! What a list of servers tells beside the rows: logins that broke or work again, readings that failed, servers gone.

use crate::project::{Project, now_ms};
use crate::store::{NewEvent, ServerRecord};
use crate::view::{ActivityKind, CommandError};

impl Project {
    /// Gives Activity a line for each server that is not as it was, and answers whether there was one. A list that is
    /// not `whole` misses nobody.
    pub(super) async fn note_connections(
        &self,
        before: &[ServerRecord],
        after: &[ServerRecord],
        whole: bool,
    ) -> Result<bool, CommandError> {
        let at = now_ms();
        let event = |kind, server_url, words| NewEvent { kind, server_url, tool: None, words, at };
        let mut events = Vec::new();
        for now in after {
            let then = before.iter().find(|then| then.id == now.id);
            let broken = |server: &ServerRecord| server.needs_reauth;
            match (then.is_some_and(broken), broken(now)) {
                (false, true) => events.push(event(ActivityKind::LoginBroken, &*now.url, "")),
                (true, false) => events.push(event(ActivityKind::LoginWorks, &now.url, "")),
                _ => {}
            }
            let error = &now.last_sync_error;
            if !error.is_empty() && then.is_none_or(|then| then.last_sync_error != *error) {
                events.push(event(ActivityKind::ReadFailed, &now.url, error));
            }
        }
        let gone = |then: &&ServerRecord| whole && !after.iter().any(|now| now.id == then.id);
        events.extend(
            before.iter().filter(gone).map(|then| event(ActivityKind::ServerGone, &then.url, &then.name)),
        );
        if events.is_empty() {
            return Ok(false);
        }
        self.note(&events).await?;
        Ok(true)
    }
}
