//! The words the journal keeps are the ones the window gets.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The word of a unit variant.
pub(super) fn word(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The variant of a word, if there is one.
pub(super) fn of_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{BatchState, Decision, ErrorCode};

    #[test]
    fn a_word_and_its_variant_are_the_same_thing() {
        assert_eq!(word(&ErrorCode::DefinitionMoved), "definition_moved");
        assert_eq!(of_word("definition_moved"), Some(ErrorCode::DefinitionMoved));
        assert_eq!(of_word::<BatchState>("of a later version"), None);
        for decision in Decision::ALL {
            assert_eq!(word(&decision), decision.as_str());
        }
    }
}
