//! Two schemas as changes of parameters. Whatever differs in meaning yields at least one change, and only that does.

use std::collections::BTreeSet;

use super::texts::text;
use super::{SchemaChange, SchemaChangeKind as Kind, SchemaDiff};
use crate::json::{Document, Node, NodeId};
use crate::review::canonical::canonical_part;
use crate::schema::{one_line, pretty};
use crate::text::visible_line;

/// Most changes that are listed one by one; the JSON shows the rest.
const MAX_CHANGES: usize = 300;
/// How deep parameters are looked into; what differs further down is one change there.
const MAX_DEPTH: usize = 16;
/// Longest value or name quoted, in characters.
const QUOTED: usize = 200;
/// Longest JSON shown, in characters.
const JSON: usize = 20_000;

const LIMITS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Compares two schemas given as JSON texts; without an earlier one all parameters are new.
#[must_use]
pub fn schema(before: Option<&str>, after: Option<&str>) -> SchemaDiff {
    let (before, after) = (before.unwrap_or("{}"), after.unwrap_or("{}"));
    let (Some(old), Some(new)) = (readable(before), readable(after)) else {
        let same = before == after;
        return SchemaDiff {
            unreadable: true,
            text: (!same).then(|| as_text(before, after)),
            ..SchemaDiff::default()
        };
    };
    let mut walk = Walk { old: &old, new: &new, changes: Vec::new(), unchanged: Vec::new(), more: false };
    walk.schema("", Some(old.root), Some(new.root), 0);
    let untold = walk.more || walk.changes.iter().any(|change| change.kind == Kind::OtherChanged);
    SchemaDiff {
        unchanged: walk.unchanged,
        changes: walk.changes,
        unreadable: false,
        text: untold.then(|| as_text(before, after)),
    }
}

/// A schema that has a canonical form can be compared by meaning; another only as text.
fn readable(schema: &str) -> Option<Document<'_>> {
    let document = Document::read(schema).ok()?;
    canonical_part(&document, document.root).is_some().then_some(document)
}

fn as_text(before: &str, after: &str) -> super::TextDiff {
    text(&pretty(before, JSON), &pretty(after, JSON))
}

struct Walk<'d> {
    old: &'d Document<'d>,
    new: &'d Document<'d>,
    changes: Vec<SchemaChange>,
    unchanged: Vec<String>,
    more: bool,
}

impl Walk<'_> {
    /// Compares the schemas of one parameter, or of the whole tool at the path "".
    fn schema(&mut self, path: &str, old: Option<NodeId>, new: Option<NodeId>, depth: usize) {
        if self.part(self.old, old) == self.part(self.new, new) {
            return;
        }
        let keywords = |document: &Document<'_>, id: Option<NodeId>| match id.map(|id| document.node(id)) {
            Some(Node::Object(object)) => Some(object.counting().map(|(key, _)| key.to_owned()).collect()),
            _ => None,
        };
        let (Some(of_old), Some(of_new)): (Option<Vec<String>>, Option<Vec<String>>) =
            (keywords(self.old, old), keywords(self.new, new))
        else {
            return self.push(path, Kind::OtherChanged, self.value(self.old, old), self.value(self.new, new));
        };
        let first = self.changes.len();
        let all: BTreeSet<String> = of_old.into_iter().chain(of_new).collect();
        for keyword in &all {
            let a = old.and_then(|id| self.old.member(id, keyword));
            let b = new.and_then(|id| self.new.member(id, keyword));
            if self.part(self.old, a) != self.part(self.new, b) {
                self.keyword(path, keyword, (old, a), (new, b), depth);
            } else if keyword == "properties" && path.is_empty() {
                self.unchanged.extend(self.names(self.new, b).iter().map(|name| shown(name)));
            }
        }
        if self.changes.len() == first && !self.more {
            self.push(path, Kind::OtherChanged, None, None);
        }
    }

    fn keyword(
        &mut self,
        path: &str,
        keyword: &str,
        (old, a): (Option<NodeId>, Option<NodeId>),
        (new, b): (Option<NodeId>, Option<NodeId>),
        depth: usize,
    ) {
        let line = |document: &Document<'_>, id: Option<NodeId>| id.map(|id| one_line(document, id));
        let named = |value: Option<String>| value.map(|value| format!("{keyword} {value}"));
        let (was, is) = (self.value(self.old, a), self.value(self.new, b));
        match keyword {
            "properties" if depth < MAX_DEPTH && self.are_objects(a, b) => {
                self.properties(path, (old, a), (new, b), depth)
            }
            "items" if depth < MAX_DEPTH && self.are_objects(a, b) && a.is_some() && b.is_some() => {
                self.schema(&format!("{path}[]"), a, b, depth + 1)
            }
            "required" => self.required(path, old, new, was, is),
            "type" | "nullable" => {
                let (was, is) = (line(self.old, old), line(self.new, new));
                // One change although two keywords say it.
                if !self.changes.iter().any(|change| change.path == path && change.kind == Kind::TypeChanged)
                {
                    self.push(path, Kind::TypeChanged, was, is);
                }
            }
            "enum" | "const" => {
                self.push(path, Kind::ChoicesChanged, line(self.old, old), line(self.new, new))
            }
            "default" => self.push(path, Kind::DefaultChanged, was, is),
            "description" if self.are_texts(a, b) => {
                let of = |document: &Document<'_>, id: Option<NodeId>| {
                    id.and_then(|id| document.string(id)).unwrap_or_default().to_owned()
                };
                let diff = text(&of(self.old, a), &of(self.new, b));
                self.push(path, Kind::DescriptionChanged, was, is);
                if let Some(change) = self.changes.last_mut()
                    && change.kind == Kind::DescriptionChanged
                {
                    change.text = Some(diff);
                }
            }
            limit if LIMITS.contains(&limit) => self.push(path, Kind::LimitsChanged, named(was), named(is)),
            _ => self.push(path, Kind::OtherChanged, named(was), named(is)),
        }
    }

    fn properties(
        &mut self,
        path: &str,
        (old, a): (Option<NodeId>, Option<NodeId>),
        (new, b): (Option<NodeId>, Option<NodeId>),
        depth: usize,
    ) {
        let (names_old, names_new) = (self.names(self.old, a), self.names(self.new, b));
        let (must_old, must_new) = (required(self.old, old), required(self.new, new));
        let at = |document: &Document<'_>, id: Option<NodeId>, name: &str| {
            id.and_then(|id| document.member(id, name))
        };
        let mut gone: Vec<&String> = names_old.iter().filter(|name| !names_new.contains(*name)).collect();
        for name in &names_new {
            let full = join(path, name);
            let is = at(self.new, b, name);
            if names_old.contains(name) {
                let was = at(self.old, a, name);
                if path.is_empty() && self.part(self.old, was) == self.part(self.new, is) {
                    if must_old.contains(name) == must_new.contains(name) {
                        self.unchanged.push(shown(name));
                    }
                } else {
                    self.schema(&full, was, is, depth + 1);
                }
                continue;
            }
            let form = self.part(self.new, is);
            let twin = gone.iter().position(|gone| self.part(self.old, at(self.old, a, gone)) == form);
            let line = is.map(|is| one_line(self.new, is));
            match twin {
                Some(twin) if form.as_deref() != Some("{}") => {
                    let was = gone.remove(twin);
                    self.push(&full, Kind::Renamed, Some(shown(was)), Some(shown(name)));
                }
                _ => self.push(&full, Kind::Added, None, line),
            }
            if let Some(change) = self.changes.last_mut() {
                change.required = must_new.contains(name);
            }
        }
        for name in gone {
            let line = at(self.old, a, name).map(|was| one_line(self.old, was));
            self.push(&join(path, name), Kind::Removed, line, None);
        }
    }

    /// A parameter that came or went says so itself; here are those that stayed.
    fn required(
        &mut self,
        path: &str,
        old: Option<NodeId>,
        new: Option<NodeId>,
        was: Option<String>,
        is: Option<String>,
    ) {
        let (before, now) = (required(self.old, old), required(self.new, new));
        let properties = |document: &Document<'_>, id: Option<NodeId>| {
            self.names(document, id.and_then(|id| document.member(id, "properties")))
        };
        let (names_old, names_new) = (properties(self.old, old), properties(self.new, new));
        let stayed = |name: &&String| names_old.contains(*name) && names_new.contains(*name);
        let told = before.symmetric_difference(&now).next().is_some();
        for name in now.difference(&before).filter(stayed) {
            self.push(&join(path, name), Kind::NowRequired, None, None);
        }
        for name in before.difference(&now).filter(stayed) {
            self.push(&join(path, name), Kind::NoLongerRequired, None, None);
        }
        // Another order or a repeated name is another definition, although it means the same.
        if !told {
            self.push(
                path,
                Kind::OtherChanged,
                was.map(|was| format!("required {was}")),
                is.map(|is| format!("required {is}")),
            );
        }
    }

    fn are_objects(&self, a: Option<NodeId>, b: Option<NodeId>) -> bool {
        let is = |document: &Document<'_>, id: Option<NodeId>| {
            id.is_none_or(|id| matches!(document.node(id), Node::Object(_)))
        };
        is(self.old, a) && is(self.new, b)
    }

    fn are_texts(&self, a: Option<NodeId>, b: Option<NodeId>) -> bool {
        let is =
            |document: &Document<'_>, id: Option<NodeId>| id.is_none_or(|id| document.string(id).is_some());
        is(self.old, a) && is(self.new, b)
    }

    fn names(&self, document: &Document<'_>, id: Option<NodeId>) -> BTreeSet<String> {
        id.map(|id| document.members(id))
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    fn part(&self, document: &Document<'_>, id: Option<NodeId>) -> Option<String> {
        canonical_part(document, id?)
    }

    /// A value as JSON, clipped.
    fn value(&self, document: &Document<'_>, id: Option<NodeId>) -> Option<String> {
        self.part(document, id).map(|form| visible_line(&form, QUOTED))
    }

    fn push(&mut self, path: &str, kind: Kind, before: Option<String>, after: Option<String>) {
        if self.changes.len() == MAX_CHANGES {
            self.more = true;
            return;
        }
        let required = kind == Kind::NowRequired;
        self.changes.push(SchemaChange { path: path.to_owned(), kind, before, after, required, text: None });
    }
}

fn required(document: &Document<'_>, id: Option<NodeId>) -> BTreeSet<String> {
    let list = id.and_then(|id| document.member(id, "required"));
    let items = list.map(|list| document.items(list)).unwrap_or_default();
    items.iter().filter_map(|item| document.string(*item)).map(str::to_owned).collect()
}

fn shown(name: &str) -> String {
    visible_line(name, QUOTED)
}

fn join(path: &str, name: &str) -> String {
    let name = shown(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}

/// One change as a plain sentence, for files and for people who read with their ears.
#[must_use]
pub fn sentence(change: &SchemaChange) -> String {
    let path =
        if change.path.is_empty() { "The schema".to_owned() } else { format!("Parameter `{}`", change.path) };
    let was = change.before.as_deref().unwrap_or("nothing");
    let is = change.after.as_deref().unwrap_or("nothing");
    let required = if change.required { " and is required" } else { "" };
    match change.kind {
        Kind::Added => format!("{path} was added{required}: {is}."),
        Kind::Removed => format!("{path} was removed: {was}."),
        Kind::Renamed => format!("{path} was probably called `{was}`{required}."),
        Kind::TypeChanged => format!("{path} took {was} and takes {is}."),
        Kind::ChoicesChanged => format!("{path} had the choices {was} and has {is}."),
        Kind::DefaultChanged => format!("{path} had the default {was} and has {is}."),
        Kind::NowRequired => format!("{path} is required now."),
        Kind::NoLongerRequired => format!("{path} is no longer required."),
        Kind::DescriptionChanged => format!("{path} has another description."),
        Kind::LimitsChanged => format!("{path} had the limit {was} and has {is}."),
        Kind::OtherChanged => format!("{path} had {was} and has {is}."),
    }
}
