//! A reader of JSON (RFC 8259) that keeps what a general one loses: the text of numbers, the order and the
//! repetition of keys, depth beyond 128 levels, and the fact that a string held half a surrogate pair.
//!
//! The document is one flat list of nodes. Neither reading nor dropping it recurses, so no input can exhaust
//! the stack.

mod reader;

use std::cmp::Ordering;

/// Deepest nesting of arrays and objects that is read. Far above anything a schema needs; a document beyond it
/// is handled as unreadable text.
pub(crate) const MAX_DEPTH: usize = 2_000;

/// Place of a node in its document.
pub(crate) type NodeId = usize;

/// One value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    /// A number's own text, which the grammar of RFC 8259 allows.
    Number(&'a str),
    /// A string without its escapes. Half a surrogate pair is read as U+FFFD, see [`Document::lone_surrogate`].
    String(String),
    Array(Vec<NodeId>),
    Object(Object),
}

/// The members of an object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    /// As they came, repeated keys included.
    pub(crate) members: Vec<(String, NodeId)>,
    /// Places in `members` of those that count (of a repeated key the last one), in the order of RFC 8785.
    counting: Vec<usize>,
}

impl Object {
    fn new(members: Vec<(String, NodeId)>) -> Self {
        let key = |place: &usize| members.get(*place).map_or("", |(key, _)| key.as_str());
        // The sort is stable: of equal keys the last one comes first, and is the one that stays.
        let mut counting: Vec<usize> = (0..members.len()).rev().collect();
        counting.sort_by(|a, b| by_utf16(key(a), key(b)));
        counting.dedup_by(|later, kept| key(later) == key(kept));
        Self { members, counting }
    }

    /// The members that count, in the order of RFC 8785: by the UTF-16 units of their keys.
    pub(crate) fn counting(&self) -> impl DoubleEndedIterator<Item = (&str, NodeId)> + ExactSizeIterator {
        self.counting
            .iter()
            .map(|place| self.members.get(*place).map_or(("", 0), |(key, id)| (key.as_str(), *id)))
    }

    fn get(&self, key: &str) -> Option<NodeId> {
        let key_at = |place: &usize| self.members.get(*place).map_or("", |(key, _)| key.as_str());
        let found = self.counting.binary_search_by(|place| by_utf16(key_at(place), key)).ok()?;
        self.members.get(*self.counting.get(found)?).map(|(_, id)| *id)
    }
}

fn by_utf16(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// A JSON text that has been read.
pub(crate) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    /// The outermost value.
    pub(crate) root: NodeId,
    /// A string or key held an escaped half of a surrogate pair, which is no Unicode text.
    pub(crate) lone_surrogate: bool,
}

/// Why a text could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is not JSON.
    Invalid,
    /// It nests deeper than [`MAX_DEPTH`].
    TooDeep,
}

impl<'a> Document<'a> {
    /// Reads one JSON value; white space around it is allowed, anything else is not.
    pub(crate) fn read(text: &'a str) -> Result<Self, Unreadable> {
        reader::read(text)
    }

    /// The node at `id`, which must come from this document.
    pub(crate) fn node(&self, id: NodeId) -> &Node<'a> {
        self.nodes.get(id).unwrap_or(&Node::Null)
    }

    /// Every string and every key, in no particular order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().flat_map(|node| {
            let own = if let Node::String(text) = node { Some(text.as_str()) } else { None };
            let members = if let Node::Object(object) = node { object.members.as_slice() } else { &[] };
            own.into_iter().chain(members.iter().map(|(key, _)| key.as_str()))
        })
    }

    /// The members of `id` that count, in the order of RFC 8785; none if it is no object.
    pub(crate) fn members(&self, id: NodeId) -> Vec<(&str, NodeId)> {
        match self.node(id) {
            Node::Object(object) => object.counting().collect(),
            _ => Vec::new(),
        }
    }

    /// The elements of `id`; none if it is no array.
    pub(crate) fn items(&self, id: NodeId) -> &[NodeId] {
        match self.node(id) {
            Node::Array(items) => items,
            _ => &[],
        }
    }

    /// The text of `id` if it is a string.
    pub(crate) fn string(&self, id: NodeId) -> Option<&str> {
        match self.node(id) {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of `key` if `id` is an object that has it: the last one.
    pub(crate) fn member(&self, id: NodeId, key: &str) -> Option<NodeId> {
        match self.node(id) {
            Node::Object(object) => object.get(key),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
