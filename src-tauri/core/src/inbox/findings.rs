//! Evidence in a definition's text, as the reader finds it.

use std::collections::HashSet;

use crate::project::Project;
use crate::store::{ServerRecord, StoredDefinition, ToolRecord};
use crate::view::{CommandError, FindingView};

impl Project {
    pub(super) async fn findings(
        &self,
        _server: &ServerRecord,
        _tool: &ToolRecord,
        _base: Option<&StoredDefinition>,
        _known: &HashSet<String>,
    ) -> Result<Vec<FindingView>, CommandError> {
        Ok(Vec::new())
    }
}
