//! The schemas that stand behind one: those it refers to and those it is composed of.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use crate::json::{Document, Node, NodeId};

/// Most schemas that are looked at behind one.
pub(super) const MAX_BRANCHES: usize = 64;

/// Longest reference that is followed, in bytes.
const MAX_REFERENCE_BYTES: usize = 1_024;

/// One of the schemas behind a schema.
#[derive(Clone, Copy)]
pub(super) struct Branch {
    pub(super) id: NodeId,
    /// It always applies; false for one of several alternatives or under a condition.
    pub(super) always: bool,
}

/// The schema `id` itself and everything that `$ref`, `allOf`, `anyOf`, `oneOf`, `then`, `else` and
/// `dependentSchemas` bring in, each once, itself first. At most 64.
pub(super) fn branches(document: &Document<'_>, id: NodeId) -> Vec<Branch> {
    let mut found = vec![Branch { id, always: true }];
    let mut seen = HashSet::from([id]);
    let mut next = 0;
    while let Some(&Branch { id, always }) = found.get(next) {
        next += 1;
        let mut bring = |ids: &[NodeId], always: bool| {
            for id in ids.iter().take(MAX_BRANCHES) {
                if found.len() < MAX_BRANCHES && seen.insert(*id) {
                    found.push(Branch { id: *id, always });
                }
            }
        };
        if let Some(target) = referred(document, id) {
            bring(&[target], always);
        }
        let part = |key| document.member(id, key);
        for (key, always) in [("allOf", always), ("anyOf", false), ("oneOf", false)] {
            bring(part(key).map(|list| document.items(list)).unwrap_or_default(), always);
        }
        for conditional in [part("then"), part("else")].into_iter().flatten() {
            bring(&[conditional], false);
        }
        let dependent = part("dependentSchemas").map(|id| document.members(id)).unwrap_or_default();
        for (_, conditional) in dependent.into_iter().take(MAX_BRANCHES) {
            bring(&[conditional], false);
        }
    }
    found
}

/// What the `$ref` of schema `id` points to, if it points into the same document: `#` and a JSON pointer of at most
/// 1,024 bytes.
pub(super) fn referred(document: &Document<'_>, id: NodeId) -> Option<NodeId> {
    let reference = document.string(document.member(id, "$ref")?)?;
    let pointer = reference.strip_prefix('#').filter(|_| reference.len() <= MAX_REFERENCE_BYTES)?;
    let pointer = percent_decode_str(pointer).decode_utf8().ok()?;
    let mut target = document.root;
    let mut steps = pointer.split('/');
    if !steps.next()?.is_empty() {
        return None;
    }
    for step in steps {
        let step = step.replace("~1", "/").replace("~0", "~");
        target = match document.node(target) {
            Node::Object(_) => document.member(target, &step)?,
            Node::Array(items) => *items.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(target)
}
