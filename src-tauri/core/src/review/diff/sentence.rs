//! A change of a schema in plain English, for exports.

use super::{SchemaChange, SchemaChangeKind as Kind};

/// One sentence, for example ``Parameter `to` was added and is required.``
#[must_use]
pub fn sentence(change: &SchemaChange) -> String {
    let SchemaChange { path, before, after, .. } = change;
    let what = if path.is_empty() { "The schema".to_owned() } else { format!("Parameter `{path}`") };
    let whose = if path.is_empty() { "of the schema".to_owned() } else { format!("of parameter `{path}`") };
    let turned = |what: &str| match (before, after) {
        (Some(before), Some(after)) => format!("{what} {whose} changed from {before} to {after}."),
        (None, Some(after)) => format!("{what} {whose} is now {after}; there was none."),
        (Some(before), None) => format!("{what} {whose} was {before}; there is none now."),
        (None, None) => format!("{what} {whose} changed."),
    };
    match change.kind {
        Kind::Added if change.required => format!("{what} was added and is required."),
        Kind::Added => format!("{what} was added."),
        Kind::Removed => format!("{what} was removed."),
        Kind::Renamed => {
            format!("{what} was probably called `{}` before.", before.as_deref().unwrap_or_default())
        }
        Kind::NowRequired => format!("{what} is now required."),
        Kind::NoLongerRequired => format!("{what} is no longer required."),
        Kind::DescriptionChanged => format!("The description {whose} changed."),
        Kind::TypeChanged => turned("The type"),
        Kind::ChoicesChanged => turned("The list of values"),
        Kind::DefaultChanged => turned("The default"),
        Kind::LimitsChanged => turned("A limit"),
        Kind::OtherChanged => turned("Another part"),
    }
}
