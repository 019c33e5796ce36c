use proptest::prelude::*;

use super::{parameters, pretty};

/// Rows as lines: indentation, name, `*` when required, kind, description.
fn lines(schema: &str) -> Vec<String> {
    let line = |row: crate::view::ParameterView| {
        let indent = "  ".repeat(row.depth as usize);
        let mark = if row.required { "*" } else { "" };
        let description =
            if row.description.is_empty() { String::new() } else { format!(" -- {}", row.description) };
        format!("{indent}{}{mark}: {}{description}", row.name, row.kind)
    };
    parameters(schema).into_iter().map(line).collect()
}

/// The kind of one parameter with this schema.
fn kind(schema: &str) -> String {
    let rows =
        parameters(&format!(r#"{{"properties":{{"x":{schema}}},"$defs":{{"S":{{"type":"string"}}}}}}"#));
    rows.first().map(|row| row.kind.clone()).unwrap()
}

#[test]
fn a_schema_reads_as_a_tree() {
    let schema = r##"{
        "type": "object",
        "required": ["title", "labels"],
        "properties": {
            "zone": {"type": "string", "enum": ["spam", "other"], "default": "other"},
            "assignee": {"anyOf": [{"type": "string", "format": "email"}, {"type": "null"}], "title": "Assignee"},
            "title": {"type": "string", "maxLength": 200, "description": " What it\nis about "},
            "labels": {"type": "array", "items": {"$ref": "#/$defs/Label"}},
            "filter": {"type": "object", "properties": {"and": {"type": "array", "items": {"$ref": "#/properties/filter"}}}}
        },
        "$defs": {"Label": {"type": "object", "required": ["name"],
            "properties": {"color": {"type": "string", "pattern": "^#"}, "name": {"type": "string"}}}}
    }"##;
    assert_eq!(
        lines(schema),
        [
            "labels*: array of object",
            "  name*: string",
            "  color: string, pattern ^#",
            "title*: string, at most 200 characters -- What it is about",
            "assignee: string (email) or null -- Assignee",
            "filter: object",
            "  and: array of object …",
            "zone: “spam” | “other”, default “other”",
        ]
    );
}

#[test]
fn kinds_say_what_is_allowed() {
    let cases = [
        (r#"{"type":"string"}"#, "string"),
        (r#"{"type":"integer","minimum":1}"#, "integer ≥ 1"),
        (r#"{"type":"integer","minimum":1,"maximum":50}"#, "integer ≥ 1, ≤ 50"),
        (r#"{"type":"number","exclusiveMinimum":0,"multipleOf":0.5}"#, "number > 0, multiple of 0.5"),
        (r#"{"type":"number","minimum":0,"exclusiveMinimum":true}"#, "number > 0"),
        (r#"{"type":"string","minLength":1,"maxLength":9}"#, "string, 1 to 9 characters"),
        (r#"{"type":"string","format":"uri"}"#, "string (uri)"),
        (r#"{"enum":["a",1,null,true,[1],{}]}"#, "“a” | 1 | null | true | […] | {}"),
        (r#"{"enum":[]}"#, "nothing"),
        (r#"{"const":"a"}"#, "“a”"),
        (r#"{"type":"boolean","default":false}"#, "boolean, default false"),
        (r#"{"type":["string","null"]}"#, "string or null"),
        (r#"{"type":"string","nullable":true}"#, "string or null"),
        (r#"{"type":"array"}"#, "array"),
        (r#"{"type":"array","items":{"type":"string"},"minItems":1}"#, "array of string, at least 1 items"),
        (r#"{"type":"array","items":{"type":["string","null"]}}"#, "array of (string or null)"),
        (
            r#"{"type":"array","items":{"type":"array","items":{"type":"integer"}}}"#,
            "array of array of integer",
        ),
        (
            r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}"#,
            "array of (string or integer)",
        ),
        (r#"{"type":"array","items":[{"type":"string"},{"type":"string"}]}"#, "array of string"),
        (r#"{"type":"object"}"#, "object"),
        (r#"{"type":"object","additionalProperties":{"type":"integer"}}"#, "map of integer"),
        (r#"{"type":"object","additionalProperties":false}"#, "object"),
        (r##"{"$ref":"#/$defs/S"}"##, "string"),
        (r##"{"$ref":"#/$defs/S","description":"x"}"##, "string"),
        (r##"{"$ref":"#/%24defs/S"}"##, "string"),
        (r##"{"$ref":"#/$defs/Missing"}"##, "defined elsewhere"),
        (r#"{"$ref":"https://evil.example/schema.json"}"#, "defined elsewhere"),
        (r#"{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"string"}]}"#, "string or integer"),
        (r#"{"anyOf":[{"type":"string"},{}]}"#, "string"),
        (r#"{"allOf":[{"type":"string"},{"minLength":1}]}"#, "string"),
        (r#"{"type":"object","anyOf":[{"required":["a"]},{"required":["b"]}]}"#, "object"),
        (r#"{"type":"invented\u202e"}"#, "invented⟨U+202E⟩"),
        ("{}", "anything"),
        ("true", "anything"),
        ("false", "nothing"),
        ("null", "anything"),
        ("\"string\"", "anything"),
        ("[]", "anything"),
        (r#"{"type":7}"#, "anything"),
        (r#"{"minimum":3}"#, "anything"),
    ];
    for (schema, expected) in cases {
        assert_eq!(kind(schema), expected, "{schema}");
    }
}

#[test]
fn alternatives_are_shown_together_and_none_of_them_is_required() {
    let schema = r#"{"allOf":[{"properties":{"id":{"type":"string"}},"required":["id"]}],
        "oneOf":[{"properties":{"by":{"const":"name"},"name":{"type":"string"}},"required":["by","name"]},
                 {"properties":{"by":{"const":"url"}},"required":["by"]}],
        "then":{"properties":{"hidden":{"type":"string"}}}}"#;
    assert_eq!(lines(schema), ["id*: string", "by: “name” or “url”", "hidden: string", "name: string"]);
}

#[test]
fn names_that_are_not_listed_have_rows_too() {
    let schema = r#"{"properties":{"a":{"type":"string"}},"required":["a","b"],
        "patternProperties":{"^x-":{"type":"integer"}},
        "additionalProperties":{"type":"object","properties":{"deep":{"type":"boolean"}}}}"#;
    assert_eq!(
        lines(schema),
        ["a*: string", "b*: anything", "*: object", "  deep: boolean", "/^x-/: integer"]
    );
}

#[test]
fn what_is_no_schema_has_no_rows() {
    for text in [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "true",
        "{}",
        "{\"type\":\"object\"}",
        "{\"properties\":[1]}",
        "{\"properties\":{}}",
    ] {
        assert_eq!(parameters(text), [], "{text}");
    }
}

#[test]
fn rows_and_levels_are_bounded_and_say_so() {
    let many: Vec<String> = (0..600).map(|n| format!("\"p{n:03}\":{{}}")).collect();
    let rows = parameters(&format!("{{\"properties\":{{{}}}}}", many.join(",")));
    assert_eq!(rows.len(), 500);
    assert_eq!(rows.last().map(|row| (row.name.as_str(), row.depth)), Some(("…", 0)));
    assert_eq!(rows[498].name, "p498");

    let exactly = parameters(&format!("{{\"properties\":{{{}}}}}", many[..500].join(",")));
    assert_eq!(exactly.last().map(|row| row.name.as_str()), Some("p499"));

    let deep = format!("{}{{}}{}", "{\"properties\":{\"a\":".repeat(20), "}}".repeat(20));
    let rows = parameters(&deep);
    assert_eq!(rows.iter().map(|row| row.depth).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(rows[6].kind, "object");
    assert_eq!(rows[7].kind, "object …");
}

#[test]
fn a_schema_that_contains_itself_ends() {
    for schema in [
        r##"{"$ref":"#"}"##,
        r##"{"allOf":[{"$ref":"#"}]}"##,
        r##"{"properties":{"a":{"$ref":"#/properties/b"},"b":{"$ref":"#/properties/a"}}}"##,
        r##"{"properties":{"a":{"items":{"$ref":"#/properties/a"}}}}"##,
        r##"{"properties":{"a":{"$ref":"#/properties/a/properties/a"}}}"##,
    ] {
        assert!(parameters(schema).len() <= 2, "{schema}");
    }
    assert_eq!(lines(r##"{"properties":{"child":{"$ref":"#"}}}"##), ["child: object …"]);
}

#[test]
fn a_part_shared_with_the_schema_around_it_is_not_a_repetition() {
    let schema = r##"{"$defs":{"Base":{"properties":{"id":{"type":"string"}}}},
        "allOf":[{"$ref":"#/$defs/Base"}],
        "properties":{"child":{"allOf":[{"$ref":"#/$defs/Base"}],"properties":{"own":{"type":"integer"}}}}}"##;
    assert_eq!(lines(schema), ["child: object", "  id: string", "  own: integer", "id: string"]);
}

/// References that double at every level: 2^60 paths through a few kilobytes.
#[test]
fn references_cannot_multiply() {
    let chain = |part: fn(&str) -> String| {
        let levels =
            (0..60).map(|n| format!("\"{n}\":{}", part(&format!("{{\"$ref\":\"#/$defs/{}\"}}", n + 1))));
        format!("{{\"$defs\":{{{}}},\"$ref\":\"#/$defs/0\"}}", levels.collect::<Vec<_>>().join(","))
    };
    let wide = chain(|next| format!("{{\"type\":\"object\",\"properties\":{{\"l\":{next},\"r\":{next}}}}}"));
    assert_eq!(parameters(&wide).len(), 500);
    let all_ways = chain(|next| {
        format!(
            "{{\"anyOf\":[{next},{next}],\"allOf\":[{next}],\"items\":[{next},{next}],\
             \"additionalProperties\":{next},\"properties\":{{\"l\":{next},\"r\":{next}}}}}"
        )
    });
    let rows = parameters(&all_ways);
    assert!(!rows.is_empty() && rows.iter().all(|row| row.kind.chars().count() <= 210), "{rows:?}");
}

#[test]
fn server_text_is_clipped_and_shown_as_it_is() {
    let schema = format!(
        r#"{{"properties":{{"a\u202eb\n{0}":{{"type":"string","description":"x\u200b\u0000{0}","enum":["\u001b[2K{0}"]}}}}}}"#,
        "y".repeat(5_000)
    );
    let row = parameters(&schema).remove(0);
    assert!(
        row.name.chars().count() <= 200
            && row.description.chars().count() <= 600
            && row.kind.chars().count() <= 300
    );
    let all = format!("{}{}{}", row.name, row.description, row.kind);
    assert!(!all.chars().any(|c| c.is_control() || c == '\u{202e}' || c == '\u{200b}'), "{all}");
}

#[test]
fn json_is_indented_and_otherwise_left_alone() {
    let text = r#"{"b":[],"a":{},"n":[1.0,{"x":1e400}],"s":"\u0041\n","b":null}"#;
    let expected = "{\n  \"b\": [],\n  \"a\": {},\n  \"n\": [\n    1.0,\n    {\n      \"x\": 1e400\n    }\n  ],\n  \"s\": \"A\\n\",\n  \"b\": null\n}";
    assert_eq!(pretty(text, 100_000), expected);
    assert_eq!(pretty(expected, 100_000), expected);
}

#[test]
fn what_cannot_be_indented_is_shown_as_it_came() {
    for text in ["{\"a\":", "not JSON", "", "\"\\ud800\""] {
        assert_eq!(pretty(text, 100), text);
    }
    let deep = "[".repeat(3_000);
    assert_eq!(pretty(&deep, 100_000), deep);
}

#[test]
fn indentation_cannot_outgrow_its_limit() {
    let wide_and_deep = format!("{}{}{}", "[".repeat(1_999), vec!["1"; 20_000].join(","), "]".repeat(1_999));
    let shown = pretty(&wide_and_deep, 1_000);
    assert!(shown.chars().count() <= 1_000 && shown.ends_with('…'));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), limit in 0..200_usize) {
        let _ = parameters(&text);
        prop_assert!(pretty(&text, limit).chars().count() <= limit);
    }

    #[test]
    fn any_mix_of_keywords_is_bounded(
        words in prop::collection::vec(prop::sample::select(vec![
            r#"{"properties":{"a":"#, r#"{"items":"#, r#"{"anyOf":["#, r##"{"$ref":"#/properties/a"}"##, r#"{"type":"object","required":["q"]}"#,
            r#"{"additionalProperties":"#, r#"{"allOf":["#, "}", "]", "}}", ",", r##"{"$ref":"#"}"##, "true", r#""b":"#, r#"{"type":["string","null"]}"#,
        ]), 0..40),
    ) {
        let text = words.concat();
        let closers: String = text.chars().fold(Vec::new(), |mut open, c| {
            match c { '{' => open.push('}'), '[' => open.push(']'), '}' | ']' => { open.pop(); } _ => {} }
            open
        }).into_iter().rev().collect();
        let rows = parameters(&format!("{text}true{closers}"));
        prop_assert!(rows.len() <= 500 && rows.iter().all(|row| row.depth < 8));
    }
}
