//! What a schema allows, in one line.

use std::cell::Cell;

use crate::json::{Document, Node, NodeId};
use crate::text::visible_line;

use super::branches::referred;

/// Longest line, in characters.
const MAX_KIND_CHARS: usize = 200;
/// Longest value quoted from a schema, in characters.
const MAX_VALUE_CHARS: usize = 60;
/// Most values of an enum, and most alternatives, that are named.
const MAX_NAMED: usize = 12;
/// How far a line follows references, elements and alternatives.
const MAX_LEVELS: usize = 5;
/// How many schemas are looked at for one line: references can multiply at every level.
const MAX_VISITS: usize = 200;
/// Of a schema that allows everything.
const ANYTHING: &str = "anything";

/// One line for the alternatives `ids`, for example `integer ≥ 1`, `“spam” | “other”`, `array of string`,
/// `string or null`. Clipped, controls made visible.
pub(crate) fn kind(document: &Document<'_>, ids: &[NodeId]) -> String {
    let words = Words { document, visits: Cell::new(0) };
    let kinds = ids.iter().take(MAX_NAMED).map(|id| words.schema(*id, MAX_LEVELS));
    visible_line(&any_of(kinds).unwrap_or_else(|| ANYTHING.to_owned()), MAX_KIND_CHARS)
}

/// A value quoted from a schema; what has parts is only hinted at.
pub(super) fn value(document: &Document<'_>, id: NodeId) -> String {
    match document.node(id) {
        Node::Null => "null".to_owned(),
        Node::Bool(value) => value.to_string(),
        Node::Number(text) => visible_line(text, MAX_VALUE_CHARS),
        Node::String(text) => format!("“{}”", visible_line(text, MAX_VALUE_CHARS)),
        Node::Array(items) if items.is_empty() => "[]".to_owned(),
        Node::Array(_) => "[…]".to_owned(),
        Node::Object(object) if object.members.is_empty() => "{}".to_owned(),
        Node::Object(_) => "{…}".to_owned(),
    }
}

struct Words<'d> {
    document: &'d Document<'d>,
    visits: Cell<usize>,
}

impl Words<'_> {
    fn schema(&self, id: NodeId, levels: usize) -> String {
        self.visits.set(self.visits.get() + 1);
        if levels == 0 || self.visits.get() > MAX_VISITS {
            return "…".to_owned();
        }
        match self.document.node(id) {
            Node::Bool(false) => return "nothing".to_owned(),
            Node::Object(_) => {}
            _ => return ANYTHING.to_owned(),
        }
        let own = self.own(id, levels);
        let others = self.composed(id, levels).filter(|others| own.as_ref() != Some(others));
        let kind = match (own, others) {
            (Some(own), Some(others)) => format!("{own} and {}", in_brackets(others)),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => ANYTHING.to_owned(),
        };
        match self.member(id, "nullable").map(|id| self.document.node(id)) {
            Some(Node::Bool(true)) => format!("{kind} or null"),
            _ => kind,
        }
    }

    /// What the schema says by itself: `const`, `enum` or `type`.
    fn own(&self, id: NodeId, levels: usize) -> Option<String> {
        if let Some(only) = self.member(id, "const") {
            return Some(value(self.document, only));
        }
        if let Some(Node::Array(values)) = self.member(id, "enum").map(|id| self.document.node(id)) {
            let mut named: Vec<String> =
                values.iter().take(MAX_NAMED).map(|id| value(self.document, *id)).collect();
            if values.len() > MAX_NAMED {
                named.push(format!("{} more", values.len() - MAX_NAMED));
            }
            return Some(if named.is_empty() { "nothing".to_owned() } else { named.join(" | ") });
        }
        let of_type = |word: &str| self.of_type(id, word, levels);
        match self.member(id, "type").map(|id| self.document.node(id)) {
            Some(Node::String(word)) => Some(of_type(word)),
            Some(Node::Array(words)) => {
                any_of(words.iter().filter_map(|id| self.document.string(*id)).take(MAX_NAMED).map(of_type))
            }
            _ if self.member(id, "properties").is_some() => Some(of_type("object")),
            _ if self.member(id, "items").is_some() => Some(of_type("array")),
            _ => None,
        }
    }

    /// What the schema takes from others: `$ref`, `allOf`, `anyOf`, `oneOf`.
    fn composed(&self, id: NodeId, levels: usize) -> Option<String> {
        let of_all = |key| {
            let ids = self.member(id, key).map(|id| self.document.items(id)).unwrap_or_default();
            ids.iter().take(MAX_NAMED).map(|id| self.schema(*id, levels - 1)).filter(|kind| kind != ANYTHING)
        };
        let mut parts: Vec<String> = Vec::new();
        if self.member(id, "$ref").is_some() {
            let target = referred(self.document, id);
            parts.push(target.map_or("defined elsewhere".to_owned(), |id| self.schema(id, levels - 1)));
        }
        parts.extend(of_all("allOf"));
        parts.extend(any_of(of_all("anyOf")));
        parts.extend(any_of(of_all("oneOf")));
        parts.retain(|kind| kind != ANYTHING);
        parts.dedup();
        match parts.len() {
            0 | 1 => parts.pop(),
            _ => Some(parts.into_iter().map(in_brackets).collect::<Vec<_>>().join(" and ")),
        }
    }

    fn of_type(&self, id: NodeId, word: &str, levels: usize) -> String {
        match word {
            "string" => self.string(id),
            "integer" | "number" => self.number(id, word),
            "array" => self.array(id, levels),
            "object" => self.object(id, levels),
            other => visible_line(other, MAX_VALUE_CHARS),
        }
    }

    fn string(&self, id: NodeId) -> String {
        let mut text = "string".to_owned();
        if let Some(format) = self.text(id, "format") {
            text += &format!(" ({format})");
        }
        text += &self.amount(id, "minLength", "maxLength", "characters");
        if let Some(pattern) = self.text(id, "pattern") {
            text += &format!(", pattern {pattern}");
        }
        text
    }

    fn number(&self, id: NodeId, word: &str) -> String {
        // In draft 4 the exclusive limits are switches beside the limits.
        let switch =
            |key| matches!(self.member(id, key).map(|id| self.document.node(id)), Some(Node::Bool(true)));
        let above = if switch("exclusiveMinimum") { ">" } else { "≥" };
        let below = if switch("exclusiveMaximum") { "<" } else { "≤" };
        let limits = [
            ("minimum", above),
            ("exclusiveMinimum", ">"),
            ("maximum", below),
            ("exclusiveMaximum", "<"),
            ("multipleOf", "multiple of"),
        ];
        let limits: Vec<String> = limits
            .into_iter()
            .filter_map(|(key, sign)| self.figure(id, key).map(|figure| format!("{sign} {figure}")))
            .collect();
        if limits.is_empty() { word.to_owned() } else { format!("{word} {}", limits.join(", ")) }
    }

    fn array(&self, id: NodeId, levels: usize) -> String {
        let elements = self.member(id, "items").or_else(|| self.member(id, "prefixItems"));
        let of = match elements.map(|elements| (elements, self.document.items(elements))) {
            None => None,
            Some((elements, [])) => Some(self.schema(elements, levels - 1)),
            Some((_, places)) => any_of(places.iter().take(MAX_NAMED).map(|id| self.schema(*id, levels - 1))),
        };
        let of = of.filter(|kind| kind != ANYTHING).map(|kind| format!(" of {}", in_brackets(kind)));
        format!("array{}{}", of.unwrap_or_default(), self.amount(id, "minItems", "maxItems", "items"))
    }

    fn object(&self, id: NodeId, levels: usize) -> String {
        match self.member(id, "additionalProperties") {
            Some(others)
                if self.member(id, "properties").is_none_or(|id| self.document.members(id).is_empty()) =>
            {
                match self.document.node(others) {
                    Node::Object(_) => format!("map of {}", in_brackets(self.schema(others, levels - 1))),
                    _ => "object".to_owned(),
                }
            }
            _ => "object".to_owned(),
        }
    }

    fn amount(&self, id: NodeId, least: &str, most: &str, what: &str) -> String {
        match (self.figure(id, least), self.figure(id, most)) {
            (Some(least), Some(most)) => format!(", {least} to {most} {what}"),
            (Some(least), None) => format!(", at least {least} {what}"),
            (None, Some(most)) => format!(", at most {most} {what}"),
            (None, None) => String::new(),
        }
    }

    fn figure(&self, id: NodeId, key: &str) -> Option<String> {
        match self.document.node(self.member(id, key)?) {
            Node::Number(text) => Some(visible_line(text, MAX_VALUE_CHARS)),
            _ => None,
        }
    }

    fn text(&self, id: NodeId, key: &str) -> Option<String> {
        let text = self.document.string(self.member(id, key)?)?;
        (!text.is_empty()).then(|| visible_line(text, MAX_VALUE_CHARS))
    }

    fn member(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.document.member(id, key)
    }
}

/// Alternatives, each once; `anything` among them makes the others pointless.
fn any_of(kinds: impl Iterator<Item = String>) -> Option<String> {
    let mut each: Vec<String> = Vec::new();
    for kind in kinds {
        if !each.contains(&kind) {
            each.push(kind);
        }
    }
    if each.iter().any(|kind| kind == ANYTHING) {
        return Some(ANYTHING.to_owned());
    }
    (!each.is_empty()).then(|| each.join(" or "))
}

/// Brackets around what would otherwise run into the words around it.
fn in_brackets(kind: String) -> String {
    if [" or ", " | ", " and ", ", "].iter().any(|mark| kind.contains(mark)) {
        format!("({kind})")
    } else {
        kind
    }
}
