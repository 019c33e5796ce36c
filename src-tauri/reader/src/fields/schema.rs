//! The schema taken apart: each name in it, and each text.

use serde_json::Value;

use super::{Fields, Role};

/// Names and texts taken from one schema at most: a hostile one has more, and what is behind them is not read.
pub(super) const MOST_TEXTS: usize = 20_000;

/// Keywords whose text is a reference or a dialect, not something a model reads.
const MACHINE: [&str; 5] = ["$schema", "$ref", "$id", "type", "$anchor"];

/// Keywords that hold schemas by name.
const NAMED: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// Adds the names and texts of a schema; a text that is no JSON is one text.
pub(super) fn take_apart<'a>(schema: &'a str, fields: &mut Fields<'a>) {
    if schema.trim().is_empty() {
        return;
    }
    let place = fields.places.add(None, "parameters");
    match serde_json::from_str::<Value>(schema) {
        Ok(value) => walk(&value, place, fields),
        Err(_) => fields.add(Role::ParameterText, schema, place),
    }
}

// Recursion is bounded: serde_json reads 128 levels.
fn walk(value: &Value, place: usize, fields: &mut Fields<'_>) {
    if fields.all.len() > MOST_TEXTS {
        return;
    }
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                member(key, value, place, fields);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, place, fields)),
        Value::String(text) => fields.add(Role::ParameterText, text.clone(), place),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn member(key: &str, value: &Value, place: usize, fields: &mut Fields<'_>) {
    match value {
        Value::Object(schemas) if NAMED.contains(&key) => {
            for (name, schema) in schemas {
                let inner = fields.places.add(Some(place), &format!(".{name}"));
                fields.add(Role::ParameterName, name.clone(), inner);
                walk(schema, inner, fields);
            }
        }
        Value::String(_) if MACHINE.contains(&key) => {}
        Value::String(_) | Value::Array(_) => {
            let inner = fields.places.add(Some(place), &format!(": {key}"));
            walk(value, inner, fields);
        }
        Value::Object(_) => {
            let step = if key == "items" { "[]".to_owned() } else { format!(": {key}") };
            let inner = fields.places.add(Some(place), &step);
            walk(value, inner, fields);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
