//! PostgreSQL's `jsonb`, as far as it shows in a tool's `input_schema` (contract 13.1, section 2.3).

use serde_json::Value;
use serde_json::value::RawValue;

/// Rewrites a schema as the server stores it: falsy values become `{}`, keys are ordered by length and
/// then by bytes, at every level.
pub(crate) fn stored(schema: &Value) -> Box<RawValue> {
    let falsy = match schema {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Bool(true) => false,
    };
    let mut text = String::new();
    if falsy {
        text.push_str("{}");
    } else {
        write(schema, &mut text);
    }
    RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by_key(|key| (key.len(), key.as_bytes()));
            out.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(&map[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_ordered_by_length_then_bytes_at_every_level() {
        let schema = json!({"zebra": 1, "type": "object", "properties": {"zz": 1, "a": [{"bb": 1, "c": 2}], "mmm": 3}});
        assert_eq!(
            stored(&schema).get(),
            r#"{"type":"object","zebra":1,"properties":{"a":[{"c":2,"bb":1}],"zz":1,"mmm":3}}"#
        );
    }

    #[test]
    fn falsy_schemas_become_an_empty_object_and_truthy_ones_come_through() {
        for falsy in [json!(null), json!(false), json!(0), json!(""), json!([]), json!({})] {
            assert_eq!(stored(&falsy).get(), "{}");
        }
        assert_eq!(stored(&json!("text")).get(), "\"text\"");
        assert_eq!(stored(&json!([1])).get(), "[1]");
        assert_eq!(stored(&json!(true)).get(), "true");
    }
}
