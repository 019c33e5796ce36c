//! Accepting: pinning tools as they are, or noting that they are gone. Nothing is sent.

use crate::project::{Project, now_ms};
use crate::store::{NewBatch, NewItem, ServerRecord, Silent, ToolRecord};
use crate::view::{Accepted, CommandError, ReviewGroup, Selection};

impl Project {
    /// Pins tools with the definition and the state they have, and notes removals, in one step that can be taken back.
    /// What has another definition than the one that was on screen is left and counted.
    ///
    /// # Errors
    /// `definition_moved` when the group on screen is not the one there now; `invalid` for more than 20,000 tools or a
    /// group without tools.
    pub async fn accept(&self, tools: Selection) -> Result<Accepted, CommandError> {
        let baseline = matches!(&tools, Selection::Group { group: ReviewGroup::Unpinned, .. });
        let seen = self.selected(tools).await?;
        let known = self.known(seen.iter()).await?;
        let as_seen: Vec<(&ServerRecord, &ToolRecord)> = seen
            .iter()
            .filter_map(|seen| {
                let known = known.get(&seen.server_id)?;
                let tool = known.tools.get(&seen.tool)?;
                (tool.fingerprint == seen.fingerprint).then_some((&known.server, tool))
            })
            .collect();
        let count = |tools: usize| u32::try_from(tools).unwrap_or(u32::MAX);
        let (done, moved) = (count(as_seen.len()), count(seen.len() - as_seen.len()));
        if as_seen.is_empty() {
            return Ok(Accepted { done, moved, batch: None });
        }
        let steps: Vec<_> = as_seen.iter().map(|(server, tool)| step(server, tool, baseline)).collect();
        let new = NewBatch { kind: "accept", asked: None, undoes: None, at: now_ms() };
        let batch = self.ledger.silent_batch(&self.scope, &new, &steps).await?;
        self.pins_moved(as_seen.iter().map(|(server, _)| server.id.as_str())).await?;
        Ok(Accepted { done, moved, batch: Some(batch) })
    }
}

fn step<'a>(
    server: &'a ServerRecord,
    tool: &'a ToolRecord,
    baseline: bool,
) -> (NewItem<'a>, &'static str, Silent) {
    let item = NewItem {
        server_url: &server.url,
        server_id: &server.id,
        tool: &tool.name,
        asked: &tool.state,
        before: &tool.state,
        before_by: &tool.decided_by,
        fingerprint: &tool.fingerprint,
        pin: true,
        undoes: None,
    };
    let silent = if tool.removed_at.is_some() { Silent::NoteRemoval } else { Silent::Pin };
    (item, if baseline { "baseline" } else { "accepted" }, silent)
}
