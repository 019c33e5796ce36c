//! Evidence in a definition's text, as the reader finds it.

use std::collections::HashSet;

use hedgerow_reader::{Definition, Finding, Kind, Neighbours, OtherTool, Weight, read};

use crate::project::Project;
use crate::store::{ServerRecord, StoredDefinition, ToolRecord};
use crate::text::{visible_block, visible_line};
use crate::view::{CommandError, FindingKind, FindingView};

/// Longest place, and longest piece of text around a finding, in characters.
const PLACE: usize = 200;
const PIECE: usize = 400;

impl Project {
    /// What the reader points at in a tool's definition as it is now; what the one compared with had as well is `old`,
    /// what the person knows is `accepted`.
    pub(super) async fn findings(
        &self,
        server: &ServerRecord,
        tool: &ToolRecord,
        base: Option<&StoredDefinition>,
        known: &HashSet<String>,
    ) -> Result<Vec<FindingView>, CommandError> {
        let names = self.cache.tool_names().await?;
        let others = names.iter().map(|(server, name)| OtherTool { server, name });
        let neighbours = Neighbours::new(others);
        let around = neighbours.around(&server.id);
        let now = Definition {
            name: &tool.name,
            title: &tool.title,
            description: &tool.description,
            schema: &tool.schema,
        };
        let then = base.map(|base| Definition {
            name: &tool.name,
            title: &base.title,
            description: &base.description,
            schema: &base.schema,
        });
        let old: HashSet<String> = then
            .map(|then| read(&then, &around))
            .unwrap_or_default()
            .into_iter()
            .map(|finding| finding.id)
            .collect();
        Ok(read(&now, &around).into_iter().map(|finding| view(finding, known, &old)).collect())
    }
}

fn view(finding: Finding, known: &HashSet<String>, old: &HashSet<String>) -> FindingView {
    FindingView {
        accepted: known.contains(&finding.id),
        old: old.contains(&finding.id),
        note: finding.weight == Weight::Note,
        kind: kind(finding.kind),
        field: visible_line(&finding.field, PLACE),
        before: visible_block(&finding.excerpt.before, PIECE),
        hit: visible_block(&finding.excerpt.hit, PIECE),
        after: visible_block(&finding.excerpt.after, PIECE),
        sentence: finding.sentence,
        id: finding.id,
    }
}

fn kind(kind: Kind) -> FindingKind {
    match kind {
        Kind::Instruction => FindingKind::Instruction,
        Kind::PrivateFile => FindingKind::PrivateFile,
        Kind::SecretPassedOn => FindingKind::SecretPassedOn,
        Kind::HiddenFromUser => FindingKind::HiddenFromUser,
        Kind::Invisible => FindingKind::Invisible,
        Kind::LookAlike => FindingKind::LookAlike,
        Kind::OtherTool => FindingKind::OtherTool,
        Kind::EncodedBlob => FindingKind::EncodedBlob,
        Kind::Link => FindingKind::Link,
    }
}
