//! Field validation with Django REST framework's rules, order and words (contract 1.5, 13.2).

use serde_json::{Map, Value};
use uuid::Uuid;

use super::request::Parsed;
use crate::answer::Refusal;

/// A body's fields. Only the first wrong field is reported, so callers ask in the serializer's order.
pub(crate) struct Fields {
    map: Map<String, Value>,
    pub(crate) is_form: bool,
}

/// What a text field takes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Text {
    pub(crate) required: bool,
    pub(crate) not_blank: bool,
    pub(crate) max: Option<usize>,
}

impl Fields {
    pub(crate) fn of(body: Parsed) -> Result<Self, Refusal> {
        match body {
            Parsed::Nothing => Ok(Self { map: Map::new(), is_form: false }),
            Parsed::Form(map) => Ok(Self { map, is_form: true }),
            Parsed::Json(Value::Object(map)) => Ok(Self { map, is_form: false }),
            Parsed::Json(Value::Null) => Err(Refusal::invalid_body("null", "No data provided")),
            Parsed::Json(other) => {
                let detail = format!("Invalid data. Expected a dictionary, but got {}.", python_type(&other));
                Err(Refusal::invalid_body("invalid_input", detail))
            }
        }
    }

    pub(crate) fn of_query(query: &[(String, String)]) -> Self {
        let map = query.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
        Self { map, is_form: true }
    }

    fn get(&self, name: &str, required: bool) -> Result<Option<&Value>, Refusal> {
        match self.map.get(name) {
            None if required => Err(Refusal::invalid("required", "This field is required.", name)),
            None => Ok(None),
            Some(Value::Null) => Err(Refusal::invalid("null", "This field may not be null.", name)),
            Some(value) => Ok(Some(value)),
        }
    }

    /// A text, trimmed.
    pub(crate) fn text(&self, name: &str, rules: Text) -> Result<Option<String>, Refusal> {
        let text = match self.get(name, rules.required)? {
            None => return Ok(None),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return Err(Refusal::invalid("invalid_input", "Not a valid string.", name)),
        };
        if text.is_empty() && rules.not_blank {
            return Err(Refusal::invalid("blank", "This field may not be blank.", name));
        }
        if let Some(max) = rules.max.filter(|max| text.chars().count() > *max) {
            let detail = format!("Ensure this field has no more than {max} characters.");
            return Err(Refusal::invalid("max_length", detail, name));
        }
        if text.contains('\0') {
            return Err(Refusal::invalid(
                "null_characters_not_allowed",
                "Null characters are not allowed.",
                name,
            ));
        }
        Ok(Some(text))
    }

    pub(crate) fn uuid(&self, name: &str, required: bool) -> Result<Option<Uuid>, Refusal> {
        let Some(value) = self.get(name, required)? else { return Ok(None) };
        let id = match value {
            Value::String(text) => Uuid::parse_str(text).ok(),
            Value::Number(number) => number.as_u64().map(|number| Uuid::from_u128(u128::from(number))),
            _ => None,
        };
        id.map(Some).ok_or_else(|| Refusal::invalid("invalid_input", "Must be a valid UUID.", name))
    }

    /// One of the words, each with its meaning.
    pub(crate) fn choice<T: Copy>(
        &self,
        name: &str,
        required: bool,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.get(name, required)? else { return Ok(None) };
        let word = python_str(value);
        match words.iter().find(|(known, _)| *known == word) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => {
                Err(Refusal::invalid("invalid_choice", format!("\"{word}\" is not a valid choice."), name))
            }
        }
    }

    pub(crate) fn boolean(&self, name: &str) -> Result<Option<bool>, Refusal> {
        let Some(value) = self.get(name, false)? else { return Ok(None) };
        let word = python_str(value).to_lowercase();
        match word.as_str() {
            "t" | "y" | "yes" | "true" | "on" | "1" => Ok(Some(true)),
            "f" | "n" | "no" | "false" | "off" | "0" | "0.0" => Ok(Some(false)),
            _ => Err(Refusal::invalid("invalid_input", "Must be a valid boolean.", name)),
        }
    }
}

fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

fn python_str(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => python_repr(other),
    }
}

/// How Python writes a value inside an error text, e.g. `['approved']`.
fn python_repr(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => format!("'{text}'"),
        Value::Array(items) => format!("[{}]", items.iter().map(python_repr).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let pairs: Vec<String> =
                map.iter().map(|(key, item)| format!("'{key}': {}", python_repr(item))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}
