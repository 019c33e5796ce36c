//! The walk through two schemas, side by side.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{SchemaChange, SchemaChangeKind as Kind, words};
use crate::json::{Document, Node, NodeId};
use crate::review::canonical::canonical_value;
use crate::schema::kind;
use crate::text::visible_line;

/// Most changes that are listed, and most parameters that are named as unchanged.
const MAX_LISTED: usize = 500;
/// How deep parameters are compared.
const MAX_LEVELS: u32 = 8;
/// Longest value, in characters.
const MAX_VALUE_CHARS: usize = 200;
/// Longest name of a parameter, in characters.
const MAX_NAME_CHARS: usize = 200;

const TYPES: [&str; 6] = ["type", "nullable", "$ref", "anyOf", "oneOf", "allOf"];
const CHOICES: [&str; 2] = ["enum", "const"];
const LIMITS: [&str; 14] = [
    "format",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// What is known of a pair from around it.
#[derive(Clone, Copy)]
pub(super) struct Side {
    level: u32,
    required: bool,
}

impl Side {
    pub(super) const ROOT: Self = Self { level: 0, required: false };

    fn below(self, required: bool) -> Self {
        Self { level: self.level + 1, required }
    }
}

impl SchemaChange {
    pub(super) fn other(path: &str, before: Option<String>, after: Option<String>, required: bool) -> Self {
        Self { path: path.to_owned(), kind: Kind::OtherChanged, before, after, required, text: None }
    }
}

pub(super) struct Walk<'d> {
    old: &'d Document<'d>,
    new: &'d Document<'d>,
    unchanged: Vec<String>,
    changes: Vec<SchemaChange>,
    more: bool,
}

impl<'d> Walk<'d> {
    pub(super) fn new(old: &'d Document<'d>, new: &'d Document<'d>) -> Self {
        Self { old, new, unchanged: Vec::new(), changes: Vec::new(), more: false }
    }

    /// Paths of what stayed, and the changes.
    pub(super) fn found(mut self) -> (Vec<String>, Vec<SchemaChange>) {
        if self.more {
            self.changes.push(SchemaChange::other("", None, None, false));
        }
        (self.unchanged, self.changes)
    }

    /// Compares two schemas: keyword by keyword, so that none can change unnoticed.
    pub(super) fn schema(&mut self, old: NodeId, new: NodeId, path: &str, side: Side) {
        let both_objects =
            matches!((self.old.node(old), self.new.node(new)), (Node::Object(_), Node::Object(_)));
        if !both_objects || side.level >= MAX_LEVELS {
            if !self.equal(Some(old), Some(new)) {
                let (before, after) = (shown(self.old, Some(old)), shown(self.new, Some(new)));
                self.push(SchemaChange::other(path, before, after, side.required));
            }
            return;
        }
        let (old_document, new_document) = (self.old, self.new);
        let mut of_type = false;
        let mut keys: BTreeSet<&str> = old_document.members(old).into_iter().map(|(key, _)| key).collect();
        keys.extend(new_document.members(new).into_iter().map(|(key, _)| key));
        for key in keys {
            let (before, after) = (old_document.member(old, key), new_document.member(new, key));
            if key == "properties" && readable(old_document, before) && readable(new_document, after) {
                self.parameters((old, before), (new, after), path, side);
                continue;
            }
            if self.equal(before, after) {
                continue;
            }
            match (key, before, after) {
                ("items", Some(old), Some(new)) => {
                    self.schema(old, new, &format!("{path}[]"), side.below(false));
                }
                ("$defs" | "definitions", Some(old), Some(new)) => {
                    self.definitions(old, new, path, key, side)
                }
                ("required", ..) => self.required((old, before), (new, after), path, side),
                ("items", ..) => of_type = true,
                _ if TYPES.contains(&key) => of_type = true,
                _ => self.keyword(key, before, after, path, side),
            }
        }
        if of_type {
            let (before, after) = (kind(old_document, &[old]), kind(new_document, &[new]));
            self.change(path, Kind::TypeChanged, Some(before), Some(after), side.required);
        }
    }

    /// One keyword that says one thing by itself.
    fn keyword(&mut self, key: &str, old: Option<NodeId>, new: Option<NodeId>, path: &str, side: Side) {
        let (before, after) = (shown(self.old, old), shown(self.new, new));
        let told = |value: Option<String>| {
            value.map(|value| visible_line(&format!("{key}: {value}"), MAX_VALUE_CHARS))
        };
        match key {
            "description" => {
                let text = |document: &Document<'_>, id: Option<NodeId>| match id {
                    None => Some(String::new()),
                    Some(id) => document.string(id).map(str::to_owned),
                };
                let text =
                    text(self.old, old).zip(text(self.new, new)).map(|(old, new)| words::text(&old, &new));
                let path = path.to_owned();
                let kind = Kind::DescriptionChanged;
                self.push(SchemaChange { path, kind, before, after, required: side.required, text });
            }
            "default" => self.change(path, Kind::DefaultChanged, before, after, side.required),
            key if CHOICES.contains(&key) => {
                self.change(path, Kind::ChoicesChanged, before, after, side.required)
            }
            key if LIMITS.contains(&key) => {
                self.change(path, Kind::LimitsChanged, told(before), told(after), side.required);
            }
            _ => self.change(path, Kind::OtherChanged, told(before), told(after), side.required),
        }
    }

    fn parameters(
        &mut self,
        (old, old_list): (NodeId, Option<NodeId>),
        (new, new_list): (NodeId, Option<NodeId>),
        path: &str,
        side: Side,
    ) {
        let (old_document, new_document) = (self.old, self.new);
        if old_list.is_some() != new_list.is_some()
            && members(old_document, old_list).is_empty()
            && members(new_document, new_list).is_empty()
        {
            let (before, after) = (shown(old_document, old_list), shown(new_document, new_list));
            return self.push(SchemaChange::other(path, before, after, side.required));
        }
        let (were, are) = (names(old_document, old), names(new_document, new));
        let (old, new) = (members(old_document, old_list), members(new_document, new_list));
        let renamed = renamed(self, &old, &new, &were, &are);
        for (name, id) in &old {
            if !new.contains_key(name) && !renamed.values().any(|old| old == name) {
                self.change(&join(path, name), Kind::Removed, Some(kind(old_document, &[*id])), None, false);
            }
        }
        for (name, id) in &new {
            let (path, required) = (join(path, name), are.contains(name));
            match (old.get(name), renamed.get(name)) {
                (Some(was), _) if self.equal(Some(*was), Some(*id)) => {
                    if were.contains(name) == required && self.unchanged.len() < MAX_LISTED {
                        self.unchanged.push(path);
                    }
                }
                (Some(was), _) => self.schema(*was, *id, &path, side.below(required)),
                (None, Some(was)) => {
                    let (before, after) = (Some(shown_name(was)), Some(shown_name(name)));
                    self.change(&path, Kind::Renamed, before, after, required);
                }
                (None, None) => {
                    self.change(&path, Kind::Added, None, Some(kind(new_document, &[*id])), required);
                }
            }
        }
    }

    /// Two lists of required names that are not equal.
    fn required(
        &mut self,
        (old, old_list): (NodeId, Option<NodeId>),
        (new, new_list): (NodeId, Option<NodeId>),
        path: &str,
        side: Side,
    ) {
        let (were, are) = (names(self.old, old), names(self.new, new));
        let (before, after) = (self.old.member(old, "properties"), self.new.member(new, "properties"));
        let (before, after) = (members(self.old, before), members(self.new, after));
        let moved: Vec<&str> = were.symmetric_difference(&are).copied().collect();
        for name in &moved {
            // That one came or went is told already, and whether it is required with it.
            if before.contains_key(name) == after.contains_key(name) {
                let kind = if are.contains(name) { Kind::NowRequired } else { Kind::NoLongerRequired };
                self.change(&join(path, name), kind, None, None, are.contains(name));
            }
        }
        if moved.is_empty() || !only_strings(self.old, old_list) || !only_strings(self.new, new_list) {
            self.keyword("required: in another order or form", old_list, new_list, path, side);
        }
    }

    fn definitions(&mut self, old: NodeId, new: NodeId, path: &str, key: &str, side: Side) {
        let (old_document, new_document) = (self.old, self.new);
        if !readable(old_document, Some(old)) || !readable(new_document, Some(new)) {
            return self.keyword(key, Some(old), Some(new), path, side);
        }
        let (old, new) = (members(old_document, Some(old)), members(new_document, Some(new)));
        let all: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for name in all {
            let path = join(&join(path, key), name);
            match (old.get(name).copied(), new.get(name).copied()) {
                (Some(old), Some(new)) if self.equal(Some(old), Some(new)) => {}
                (Some(old), Some(new)) => self.schema(old, new, &path, side.below(false)),
                (old, new) => {
                    let (before, after) = (shown(old_document, old), shown(new_document, new));
                    self.push(SchemaChange::other(&path, before, after, false));
                }
            }
        }
    }

    fn equal(&self, old: Option<NodeId>, new: Option<NodeId>) -> bool {
        form(self.old, old) == form(self.new, new)
    }

    fn change(
        &mut self,
        path: &str,
        kind: Kind,
        before: Option<String>,
        after: Option<String>,
        required: bool,
    ) {
        self.push(SchemaChange { path: path.to_owned(), kind, before, after, required, text: None });
    }

    fn push(&mut self, change: SchemaChange) {
        if self.changes.len() < MAX_LISTED {
            self.changes.push(change);
        } else {
            self.more = true;
        }
    }
}

/// New names and the old ones they probably had: of all that went and came, only these two are equal in everything.
fn renamed<'d>(
    walk: &Walk<'d>,
    old: &BTreeMap<&'d str, NodeId>,
    new: &BTreeMap<&'d str, NodeId>,
    were: &BTreeSet<&str>,
    are: &BTreeSet<&str>,
) -> HashMap<&'d str, &'d str> {
    let mut alike: HashMap<_, (Vec<&str>, Vec<&str>)> = HashMap::new();
    for (name, id) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        alike.entry((were.contains(name), form(walk.old, Some(*id)))).or_default().0.push(name);
    }
    for (name, id) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        alike.entry((are.contains(name), form(walk.new, Some(*id)))).or_default().1.push(name);
    }
    let pairs = alike.into_values().filter_map(|(went, came)| match (went.as_slice(), came.as_slice()) {
        ([went], [came]) => Some((*came, *went)),
        _ => None,
    });
    pairs.collect()
}

fn form(document: &Document<'_>, id: Option<NodeId>) -> Option<String> {
    id.and_then(|id| canonical_value(document, id).ok())
}

fn shown(document: &Document<'_>, id: Option<NodeId>) -> Option<String> {
    form(document, id).map(|form| visible_line(&form, MAX_VALUE_CHARS))
}

/// It is missing or an object.
fn readable(document: &Document<'_>, id: Option<NodeId>) -> bool {
    id.is_none_or(|id| matches!(document.node(id), Node::Object(_)))
}

fn only_strings(document: &Document<'_>, list: Option<NodeId>) -> bool {
    list.is_none_or(|list| {
        matches!(document.node(list), Node::Array(_))
            && document.items(list).iter().all(|id| document.string(*id).is_some())
    })
}

fn members<'d>(document: &'d Document<'_>, id: Option<NodeId>) -> BTreeMap<&'d str, NodeId> {
    id.map(|id| document.members(id).into_iter().collect()).unwrap_or_default()
}

/// The names a schema requires.
fn names<'d>(document: &'d Document<'_>, id: NodeId) -> BTreeSet<&'d str> {
    let list = document.member(id, "required").map(|list| document.items(list)).unwrap_or_default();
    list.iter().filter_map(|id| document.string(*id)).collect()
}

fn shown_name(name: &str) -> String {
    let shown = visible_line(name, MAX_NAME_CHARS);
    if name.is_empty() || name.contains(['.', '[', ']', '"']) { format!("\"{shown}\"") } else { shown }
}

fn join(path: &str, name: &str) -> String {
    let name = shown_name(name);
    if path.is_empty() { name } else { format!("{path}.{name}") }
}
