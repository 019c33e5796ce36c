//! The parameters of a tool as rows of a tree.

use std::collections::BTreeMap;

use super::branches::{Branch, MAX_BRANCHES, branches};
use super::kind::{kind, value};
use crate::json::{Document, Node, NodeId};
use crate::text::visible_line;
use crate::view::ParameterView;

/// Most rows.
const MAX_ROWS: usize = 500;
/// Rows exist at depths 0 to 7.
const MAX_DEPTH: u32 = 8;
/// How many arrays or maps may lie around an object until its parameters are no longer looked for.
const MAX_WRAPPINGS: usize = 4;
/// Longest name, in characters.
const MAX_NAME_CHARS: usize = 200;
/// Longest description, in characters.
const MAX_DESCRIPTION_CHARS: usize = 600;

/// The parameters of an input schema given as raw JSON text, flattened: nested ones, also those of the elements of
/// an array, follow their parent with a greater depth.
///
/// In each object the required ones come first, then by name (PostHog's database loses the order, contract 13.1
/// on 2.3). Alternatives (`anyOf`, `oneOf`, conditions) are shown together, none of them required. A row named `*`
/// stands for names the schema does not list, `/…/` for those that match a pattern.
///
/// At most 500 rows, 8 levels. Where something is left out there is a `…`: at the end of the kind for a deeper
/// level or a schema that contains itself, as the last row for rows. Nothing for a text that is no JSON object.
#[must_use]
pub fn parameters(schema: &str) -> Vec<ParameterView> {
    let Ok(document) = Document::read(schema) else { return Vec::new() };
    let mut tree = Tree { document: &document, rows: Vec::new(), within: Vec::new(), clipped: false };
    let root = branches(&document, document.root);
    tree.within.push(tree.holders(&root));
    tree.rows_of(&root, 0);
    if tree.clipped {
        tree.rows.pop();
        tree.rows.push(ParameterView {
            name: "…".to_owned(),
            depth: 0,
            kind: "more parameters than are listed here".to_owned(),
            required: false,
            description: String::new(),
        });
    }
    tree.rows
}

struct Tree<'d> {
    document: &'d Document<'d>,
    rows: Vec<ParameterView>,
    /// For each level that is being listed the schemas that hold its parameters: the same ones further down would
    /// be the same list again.
    within: Vec<Vec<NodeId>>,
    clipped: bool,
}

/// A parameter: the schemas it may have, in alternatives, and whether it must be there.
#[derive(Default)]
struct Parameter {
    schemas: Vec<NodeId>,
    required: bool,
}

impl Tree<'_> {
    fn rows_of(&mut self, object: &[Branch], depth: u32) {
        let mut parameters: Vec<(String, Parameter)> = self.collect(object).into_iter().collect();
        parameters.sort_by_key(|(_, parameter)| !parameter.required);
        for (name, parameter) in parameters {
            if self.rows.len() == MAX_ROWS {
                self.clipped = true;
                return;
            }
            self.row(&name, &parameter, depth);
        }
    }

    fn row(&mut self, name: &str, parameter: &Parameter, depth: u32) {
        let inner = self.inner(&parameter.schemas);
        let holders = self.holders(&inner);
        let has_more = !holders.is_empty();
        let descends = has_more && depth + 1 < MAX_DEPTH && !self.within.contains(&holders);
        let mut kind = kind(self.document, &parameter.schemas);
        if let Some(default) = parameter.schemas.iter().find_map(|id| self.document.member(*id, "default")) {
            kind += &format!(", default {}", value(self.document, default));
        }
        if has_more && !descends {
            kind.push_str(" …");
        }
        self.rows.push(ParameterView {
            name: visible_line(name, MAX_NAME_CHARS),
            depth,
            kind,
            required: parameter.required,
            description: self.description(&parameter.schemas),
        });
        if descends {
            self.within.push(holders);
            self.rows_of(&inner, depth + 1);
            self.within.pop();
        }
    }

    /// The parameters of an object, by name.
    fn collect(&self, object: &[Branch]) -> BTreeMap<String, Parameter> {
        let mut found: BTreeMap<String, Parameter> = BTreeMap::new();
        let mut add = |name: String, schema: NodeId| found.entry(name).or_default().schemas.push(schema);
        for branch in object {
            let part = |key| self.document.member(branch.id, key);
            let listed = part("properties").map(|id| self.document.members(id)).unwrap_or_default();
            let open = part("additionalProperties").filter(|_| !listed.is_empty());
            for (name, schema) in listed {
                add(name.to_owned(), schema);
            }
            for (pattern, schema) in
                part("patternProperties").map(|id| self.document.members(id)).unwrap_or_default()
            {
                add(format!("/{pattern}/"), schema);
            }
            if let Some(schema) = open.filter(|id| matches!(self.document.node(*id), Node::Object(_))) {
                add("*".to_owned(), schema);
            }
        }
        for branch in object.iter().filter(|branch| branch.always) {
            let required = self.document.member(branch.id, "required").map(|id| self.document.items(id));
            for name in required.unwrap_or_default().iter().filter_map(|id| self.document.string(*id)) {
                found.entry(name.to_owned()).or_default().required = true;
            }
        }
        found
    }

    /// Those of `object` in which [`Tree::collect`] finds parameters. Cheap: it is asked for every row.
    fn holders(&self, object: &[Branch]) -> Vec<NodeId> {
        let part = |id, key| self.document.member(id, key).map(|id| self.document.node(id));
        let lists =
            |id, key| matches!(part(id, key), Some(Node::Object(object)) if !object.members.is_empty());
        let requires = |id| matches!(part(id, "required"), Some(Node::Array(names)) if !names.is_empty());
        let holds = |branch: &&Branch| {
            lists(branch.id, "properties")
                || lists(branch.id, "patternProperties")
                || (branch.always && requires(branch.id))
        };
        let mut holders: Vec<NodeId> = object.iter().filter(holds).map(|branch| branch.id).collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// The schemas whose parameters belong under a row: its own, or those of its elements if it is an array or map.
    fn inner(&self, schemas: &[NodeId]) -> Vec<Branch> {
        let mut own = self.all_branches(schemas.iter().copied());
        for _ in 0..MAX_WRAPPINGS {
            if !self.holders(&own).is_empty() {
                break;
            }
            own = self.all_branches(own.iter().flat_map(|branch| self.elements(branch.id)));
        }
        if schemas.len() > 1 {
            own.iter_mut().for_each(|branch| branch.always = false);
        }
        own
    }

    fn all_branches(&self, schemas: impl Iterator<Item = NodeId>) -> Vec<Branch> {
        schemas.flat_map(|id| branches(self.document, id)).take(MAX_BRANCHES).collect()
    }

    fn elements(&self, id: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        for key in ["items", "prefixItems", "additionalProperties"] {
            let Some(elements) = self.document.member(id, key) else { continue };
            match self.document.node(elements) {
                Node::Object(_) => found.push(elements),
                Node::Array(places) => found.extend(places.iter().take(MAX_BRANCHES)),
                _ => {}
            }
        }
        found
    }

    fn description(&self, schemas: &[NodeId]) -> String {
        let all = self.all_branches(schemas.iter().copied());
        let text = ["description", "title"].iter().find_map(|key| {
            let texts =
                all.iter().filter_map(|branch| self.document.string(self.document.member(branch.id, key)?));
            texts.into_iter().find(|text| !text.trim().is_empty())
        });
        visible_line(text.unwrap_or_default().trim(), MAX_DESCRIPTION_CHARS)
    }
}
