//! What a person is shown for each kind of change, and that nothing that matters is left out.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::review::canonical;

fn sentences(before: Value, after: Value) -> Vec<String> {
    schema(Some(&before.to_string()), Some(&after.to_string())).changes.iter().map(sentence).collect()
}

fn with(properties: Value, required: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

fn joined(parts: &[TextPart], change: PartChange) -> String {
    parts.iter().filter(|part| part.change == change).map(|part| part.text.as_str()).collect()
}

#[test]
fn words_that_went_and_came_are_marked_in_their_own_column() {
    let diff = text(
        "Remove an issue from a repository. Asks for confirmation first.",
        "Remove an issue from a repository. This cannot be undone.",
    );
    assert_eq!(joined(&diff.before, PartChange::Removed), "Asks for confirmation first");
    assert_eq!(joined(&diff.after, PartChange::Added), "This cannot be undone");
    assert!(diff.before.len() <= 3, "a run of changed words is one mark: {:?}", diff.before);
    assert!(!diff.same && !diff.clipped);
}

#[test]
fn what_cannot_be_seen_is_a_piece_of_its_own_with_its_name() {
    let table = [
        ("a\u{200B}b", "U+200B", UnseenKind::Invisible, "zero width space"),
        ("a\u{202E}b", "U+202E", UnseenKind::Bidirectional, "turns writing right to left"),
        ("a\u{1b}[31m", "U+001B", UnseenKind::Control, "control character"),
        ("a\u{E0041}", "U+E0041", UnseenKind::Invisible, "tag character"),
    ];
    for (raw, mark, kind, name) in table {
        let found: Vec<TextPart> = visible(raw).into_iter().filter(|part| part.unseen.is_some()).collect();
        let unseen = found[0].unseen.as_ref().unwrap();
        assert_eq!((found.len(), &*found[0].text, unseen.kind, &*unseen.name), (1, mark, kind, name));
    }
}

#[test]
fn a_letter_of_another_script_in_a_latin_word_is_pointed_at_and_a_word_of_that_script_is_not() {
    let mixed = visible("p\u{0430}yment");
    assert_eq!(mixed.iter().filter(|part| part.unseen.is_some()).count(), 1, "{mixed:?}");
    for honest in ["Удалить задачу", "naïve façade", "日本語の説明", "Ελληνικά", "👩‍👩‍👧 done"]
    {
        assert!(visible(honest).iter().all(|part| part.unseen.is_none()), "{honest}");
    }
}

#[test]
fn each_kind_of_change_of_a_schema_is_a_plain_sentence() {
    let string = json!({"type": "string"});
    let table = [
        (
            with(json!({}), json!([])),
            with(json!({"to": string}), json!(["to"])),
            "Parameter `to` was added and is required: string.",
        ),
        (
            with(json!({"to": string}), json!([])),
            with(json!({}), json!([])),
            "Parameter `to` was removed: string.",
        ),
        (
            with(json!({"to": string}), json!([])),
            with(json!({"recipient": string}), json!([])),
            "Parameter `recipient` was probably called `to`.",
        ),
        (
            with(json!({"n": string}), json!([])),
            with(json!({"n": {"type": "integer"}}), json!([])),
            "Parameter `n` took string and takes integer.",
        ),
        (
            with(json!({"s": {"enum": ["a"]}}), json!([])),
            with(json!({"s": {"enum": ["a", "b"]}}), json!([])),
            "Parameter `s` had the choices “a” and has “a” | “b”.",
        ),
        (
            with(json!({"n": {"default": 1}}), json!([])),
            with(json!({"n": {"default": 100}}), json!([])),
            "Parameter `n` had the default 1 and has 100.",
        ),
        (
            with(json!({"to": string}), json!([])),
            with(json!({"to": string}), json!(["to"])),
            "Parameter `to` is required now.",
        ),
        (
            with(json!({"to": string}), json!(["to"])),
            with(json!({"to": string}), json!([])),
            "Parameter `to` is no longer required.",
        ),
        (
            with(json!({"to": {"description": "x"}}), json!([])),
            with(json!({"to": {"description": "y"}}), json!([])),
            "Parameter `to` has another description.",
        ),
        (
            with(json!({"n": {"maximum": 10}}), json!([])),
            with(json!({"n": {"maximum": 99}}), json!([])),
            "Parameter `n` had the limit maximum 10 and has maximum 99.",
        ),
        (
            with(json!({"f": {"type": "object", "properties": {"state": string}}}), json!([])),
            with(json!({"f": {"type": "object", "properties": {"state": {"type": "null"}}}}), json!([])),
            "Parameter `f.state` took string and takes null.",
        ),
        (
            with(json!({"l": {"type": "array", "items": {"type": "object", "properties": {}}}}), json!([])),
            with(
                json!({"l": {"type": "array", "items": {"type": "object", "properties": {"x": string}}}}),
                json!([]),
            ),
            "Parameter `l[].x` was added: string.",
        ),
        (
            json!({"anyOf": [{"type": "string"}]}),
            json!({"anyOf": [{"type": "null"}]}),
            "The schema had anyOf [{\"type\":\"string\"}] and has anyOf [{\"type\":\"null\"}].",
        ),
        (json!(true), json!({}), "The schema had true and has {}."),
    ];
    for (before, after, wanted) in table {
        assert_eq!(sentences(before, after), [wanted]);
    }
}

#[test]
fn parameters_that_stay_are_named_and_the_rest_is_told_once() {
    let string = json!({"type": "string"});
    let before = with(json!({"owner": string, "repo": string, "n": string}), json!(["owner"]));
    let after = with(json!({"owner": string, "repo": string, "n": {"type": "integer"}}), json!(["owner"]));
    let diff = schema(Some(&before.to_string()), Some(&after.to_string()));
    assert_eq!(diff.unchanged, ["owner", "repo"]);
    assert_eq!(diff.changes.len(), 1);
    assert!(diff.text.is_none(), "a sentence says it all");
}

#[test]
fn what_is_no_json_is_shown_as_text() {
    let diff = schema(Some("not json"), Some("{}"));
    assert!(diff.unreadable && diff.text.is_some());
    assert!(schema(Some("not json"), Some("not json")).text.is_none());
}

#[test]
fn huge_texts_and_schemas_stay_bounded() {
    let (a, b) = ("word ".repeat(200_000), "other ".repeat(200_000));
    let diff = text(&a, &b);
    assert!(diff.clipped && diff.before.iter().map(|part| part.text.len()).sum::<usize>() <= 20_000);
    let many = |kind: &str| {
        let all: serde_json::Map<String, Value> =
            (0..2_000).map(|n| (format!("p{n}"), json!({"type": kind}))).collect();
        with(Value::Object(all), json!([])).to_string()
    };
    let diff = schema(Some(&many("string")), Some(&many("integer")));
    assert!(diff.changes.len() <= 300 && diff.text.is_some());
    let deep = |leaf: &str| format!("{}{leaf}{}", "{\"properties\":{\"a\":".repeat(300), "}}".repeat(300));
    assert!(!schema(Some(&deep("1")), Some(&deep("2"))).changes.is_empty());
}

#[test]
fn a_summary_counts_what_the_inbox_says() {
    let definition = |description, schema| Definition { title: "", description, schema };
    let before = with(json!({"a": {"type": "string"}, "b": {}}), json!([])).to_string();
    let after =
        with(json!({"a": {"type": "integer"}, "c": {"type": "null"}, "d": {"type": "null"}}), json!([]))
            .to_string();
    let summary = summary(&definition("x", &before), &definition("x\u{200B}", &after));
    let wanted =
        ChangeSummary { title: false, description: true, added: 2, removed: 1, changed: 1, hidden: true };
    assert_eq!(summary, wanted);
}

fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": "integer", "minimum": 1})),
        Just(json!({"enum": ["a", "b"], "description": "x"})),
        Just(json!({})),
        Just(json!(true)),
        Just(json!([1, "x"])),
        any::<i32>().prop_map(|n| json!({"default": n})),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        (
            prop::collection::btree_map("[abc]", inner.clone(), 0..3),
            prop::collection::vec("[abc]", 0..3),
            prop::option::of(inner),
        )
            .prop_map(|(properties, required, items)| {
                let mut schema = json!({"properties": properties, "required": required});
                if let Some(items) = items {
                    schema["items"] = items;
                }
                schema
            })
    })
}

proptest! {
    #[test]
    fn schemas_that_mean_something_else_always_show_a_change_and_equal_ones_never(
        a in any_schema(), b in any_schema()
    ) {
        let (a, b) = (a.to_string(), b.to_string());
        let differ = canonical(&a).unwrap() != canonical(&b).unwrap();
        let diff = schema(Some(&a), Some(&b));
        prop_assert_eq!(!diff.changes.is_empty(), differ, "{} {}", a, b);
        let itself = schema(Some(&a), Some(&a));
        prop_assert!(itself.changes.is_empty() && itself.text.is_none());
    }

    #[test]
    fn each_column_is_its_text(a in "[a-d \n.]{0,60}", b in "[a-d \n.]{0,60}") {
        let diff = text(&a, &b);
        let whole = |parts: &[TextPart]| parts.iter().map(|part| part.text.as_str()).collect::<String>();
        prop_assert_eq!(whole(&diff.before), a.clone());
        prop_assert_eq!(whole(&diff.after), b.clone());
        prop_assert_eq!(diff.same, a == b);
        prop_assert_eq!(joined(&diff.before, PartChange::Same), joined(&diff.after, PartChange::Same));
    }

    #[test]
    fn no_text_makes_it_panic(a in any::<String>(), b in any::<String>()) {
        let _ = (text(&a, &b), schema(Some(&a), Some(&b)), visible(&a));
    }
}
