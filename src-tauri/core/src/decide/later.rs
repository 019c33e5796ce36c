//! Putting many entries of Review off in one step. Nothing is decided by that, and nothing is sent.

use std::collections::BTreeSet;

use crate::inbox::group_of;
use crate::project::{Project, now_ms};
use crate::store::PutOff;
use crate::view::{CommandError, PutOffDone, SeenTool, Selection};

impl Project {
    /// Puts entries off, each for the definition that was on screen and where it waits now, or brings them back. What
    /// has another definition by now, or does not wait any more, is left and counted.
    ///
    /// # Errors
    /// `definition_moved` when the group on screen is not the one there now; `invalid` for more than 20,000 tools or a
    /// group without tools.
    pub async fn put_off_many(&self, tools: Selection, later: bool) -> Result<PutOffDone, CommandError> {
        let seen = self.selected(tools).await?;
        let known = self.known(seen.iter()).await?;
        let (all, at) = (seen.len(), now_ms());
        let mut tools = Vec::new();
        let mut marks = Vec::new();
        for one in seen {
            let Some(known) = known.get(&one.server_id) else { continue };
            let Some(tool) = known.tools.get(&one.tool) else { continue };
            let Some(group) = tool.review.and_then(group_of) else { continue };
            if tool.fingerprint != one.fingerprint {
                continue;
            }
            let mark = PutOff { fingerprint: one.fingerprint.clone(), group: Some(group), at };
            marks.push((known.server.url.as_str(), one.tool.clone(), later.then_some(mark)));
            tools.push(one);
        }
        self.ledger.put_off_many(&self.scope, &marks).await?;
        let servers: BTreeSet<&str> = tools.iter().map(|SeenTool { server_id, .. }| &**server_id).collect();
        for server_id in servers {
            self.sort_out(server_id).await?;
        }
        let moved = u32::try_from(all - tools.len()).unwrap_or(u32::MAX);
        Ok(PutOffDone { tools, moved })
    }
}
