use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{BadFingerprint, Fingerprint, fingerprint};

const SCHEMA: &str = r#"{"type": "object", "properties": {"job": {"type": "string"}}}"#;

/// Values other people's ledgers hold: computed once by an independent program. If this fails, the fingerprint has
/// changed, and every pin ever made is lost.
#[test]
fn fingerprints_never_change() {
    let of = |schema| fingerprint("queue.cancel_job", "Cancel job", "Stops a job", schema).to_string();
    assert_eq!(of(SCHEMA), "6b94aeb82800b5ba21bd429aadf987f2bfc3029745dac4c3634b6ab49e9d0b98");
    assert_eq!(of(r#"{"type":"#), "2dd27de6bdf451fd4c1d1c429833d556f1739c8be5bce7c0898d69cda990bcdc");
    assert_eq!(
        fingerprint("", "", "", "{}").to_string(),
        "468cb22003be865bc2b52f9f0301bd6440bedafaba3137d6180e8e960a7d546b"
    );
}

#[test]
fn text_cannot_move_from_one_part_to_another() {
    let all = [
        fingerprint("ab", "c", "", "{}"),
        fingerprint("a", "bc", "", "{}"),
        fingerprint("abc", "", "", "{}"),
        fingerprint("", "abc", "", "{}"),
        fingerprint("", "", "abc", "{}"),
        fingerprint("a", "b", "c", "{}"),
        fingerprint("c", "b", "a", "{}"),
    ];
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate() {
            assert_eq!(a == b, i == j, "{i} and {j}");
        }
    }
}

#[test]
fn what_has_no_canonical_form_is_told_apart_by_its_text() {
    fn of(schema: &str) -> super::Fingerprint {
        fingerprint("t", "", "", schema)
    }
    assert_ne!(of("\"\\ud800\""), of("\"\\ud801\""));
    assert_ne!(of("\"\\ud800\""), of("\"\u{fffd}\""));
    assert_ne!(of("{"), of("{ "), "white space counts where nothing is known about the text");
    assert_ne!(of(""), of("null"));
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_ne!(of(&deep(2_001)), of(&deep(2_002)));
    assert_eq!(of(&deep(2_001)), of(&deep(2_001)));
}

#[test]
fn texts_count_to_the_byte() {
    let base = fingerprint("t", "T", "Does it.", "{}");
    for (name, title, description) in [
        ("t ", "T", "Does it."),
        ("t", "T", "Does it. "),
        ("t", "T", "Does it.\u{200b}"),
        ("t", "Т", "Does it."),
        ("t", "T", "does it."),
    ] {
        assert_ne!(fingerprint(name, title, description, "{}"), base);
    }
}

#[test]
fn its_text_has_one_spelling() {
    let print = fingerprint("t", "", "", "{}");
    let text = print.to_string();
    assert_eq!(text.len(), 64);
    assert_eq!(text.parse(), Ok(print));
    assert_eq!(serde_json::to_string(&print).unwrap(), format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<Fingerprint>(&format!("\"{text}\"")).unwrap(), print);
    for bad in ["", "0", &text[1..], &text.to_uppercase(), &format!("{text}0"), &format!(" {}", &text[1..])] {
        assert_eq!(bad.parse::<Fingerprint>(), Err(BadFingerprint), "{bad}");
    }
    assert!(serde_json::from_str::<Fingerprint>("\"00\"").is_err());
}

/// A JSON value that can be spelled in many ways.
#[derive(Clone, Debug, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Integer(i64),
    /// Thousandths that are no whole number.
    Thousandths(i32),
    Text(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::Integer),
        any::<i32>().prop_filter("no whole number", |n| n % 1_000 != 0).prop_map(Json::Thousandths),
        any::<String>().prop_map(Json::Text),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
            prop::collection::btree_map(any::<String>(), inner, 0..6).prop_map(Json::Object),
        ]
    })
}

/// Takes the choices of a spelling from a list, over and over.
struct Speller<'c> {
    choices: &'c [u8],
    next: usize,
    out: String,
}

fn spell(value: &Json, choices: &[u8]) -> String {
    let mut speller = Speller { choices, next: 0, out: String::new() };
    speller.value(value);
    speller.out
}

impl Speller<'_> {
    fn choose(&mut self, ways: u8) -> u8 {
        self.next += 1;
        self.choices[self.next % self.choices.len()] % ways
    }

    fn space(&mut self) {
        let space = ["", " ", "\n\t", "\r\n  "][usize::from(self.choose(4))];
        self.out.push_str(space);
    }

    fn value(&mut self, value: &Json) {
        self.space();
        match value {
            Json::Null => self.out.push_str("null"),
            Json::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Json::Integer(n) => {
                let spelling = match self.choose(4) {
                    0 => n.to_string(),
                    1 => format!("{n}.00"),
                    2 => format!("{n}0e-1"),
                    _ => format!("{n}E+00"),
                };
                self.out.push_str(&spelling);
            }
            Json::Thousandths(n) => {
                let spelling = match self.choose(3) {
                    0 => format!("{n}e-3"),
                    1 => format!("{n}00E-05"),
                    _ => format!(
                        "{}{}.{:03}",
                        if *n < 0 { "-" } else { "" },
                        n.unsigned_abs() / 1_000,
                        n.unsigned_abs() % 1_000
                    ),
                };
                self.out.push_str(&spelling);
            }
            Json::Text(text) => self.text(text),
            Json::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { "," });
                    self.value(item);
                }
                self.out.push(']');
            }
            Json::Object(members) => {
                let mut members: Vec<_> = members.iter().collect();
                let turn = usize::from(self.choose(7)) % members.len().max(1);
                members.rotate_left(turn);
                if self.choose(2) == 1 {
                    members.reverse();
                }
                self.out.push('{');
                for (index, (key, item)) in members.into_iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { "," });
                    self.space();
                    self.text(key);
                    self.space();
                    self.out.push(':');
                    self.value(item);
                }
                self.out.push('}');
            }
        }
        self.space();
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            let must = c < ' ' || c == '"' || c == '\\';
            if must || self.choose(3) == 0 {
                let upper = self.choose(2) == 1;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let digits = if upper { format!("{unit:04X}") } else { format!("{unit:04x}") };
                    self.out.push_str(&format!("\\u{digits}"));
                }
            } else {
                self.out.push(c);
            }
        }
        self.out.push('"');
    }
}

proptest! {
    #[test]
    fn spelling_does_not_count(
        value in json(),
        one in prop::collection::vec(any::<u8>(), 1..40),
        other in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let of = |choices: &[u8]| fingerprint("t", "T", "d", &spell(&value, choices));
        prop_assert_eq!(of(&one), of(&other));
    }

    #[test]
    fn any_other_change_counts(
        one in json(),
        other in json(),
        choices in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let of = |value: &Json| fingerprint("t", "T", "d", &spell(value, &choices));
        prop_assert_eq!(of(&one) == of(&other), one == other);
        prop_assert_ne!(of(&one), of(&Json::Array(vec![one.clone()])));
    }

    #[test]
    fn every_part_counts(parts in prop::array::uniform4(any::<String>()), others in prop::array::uniform4(any::<String>())) {
        let of = |p: &[String; 4]| fingerprint(&p[0], &p[1], &p[2], &p[3]);
        for place in 0..3 {
            let mut changed = parts.clone();
            changed[place].clone_from(&others[place]);
            prop_assert_eq!(of(&changed) == of(&parts), changed == parts);
        }
    }
}
