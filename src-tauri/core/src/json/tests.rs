use proptest::prelude::*;
use serde_json::value::RawValue;

use super::{Document, MAX_DEPTH, Node, Unreadable};

fn verdict(text: &str) -> Result<(), Unreadable> {
    Document::read(text).map(|_| ())
}

#[test]
fn only_json_is_read() {
    let bad = [
        "",
        " ",
        "\u{feff}{}",
        "{",
        "}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "{\"a\":1]",
        "[1}",
        "1 2",
        "nul",
        "nulll",
        "True",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "'a'",
        "\"a",
        "\"\n\"",
        "\"\u{1}\"",
        "\"\\x41\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\u+123\"",
        "\"\\",
        "// c\n1",
        "[1]\u{a0}",
        "\u{2028}1",
    ];
    for text in bad {
        assert_eq!(verdict(text), Err(Unreadable::Invalid), "{text:?}");
    }
    for text in
        ["null", " true ", "\t\r\n0\n", "-0", "1e400", "[]", "{}", "[[],{}]", "\"\u{7f}\"", "{\"\":{\"\":1}}"]
    {
        assert_eq!(verdict(text), Ok(()), "{text:?}");
    }
}

#[test]
fn depth_is_bounded_and_never_reaches_the_stack() {
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let small_stack = std::thread::Builder::new().stack_size(128 * 1_024).spawn(move || {
        assert_eq!(verdict(&deep(MAX_DEPTH)), Ok(()));
        assert_eq!(verdict(&objects(MAX_DEPTH)), Ok(()));
        assert_eq!(verdict(&deep(MAX_DEPTH + 1)), Err(Unreadable::TooDeep));
        assert_eq!(verdict(&objects(MAX_DEPTH + 1)), Err(Unreadable::TooDeep));
        assert_eq!(verdict(&"[".repeat(1_000_000)), Err(Unreadable::TooDeep));
        // An empty one counts like any other.
        assert_eq!(verdict(&format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH))), Ok(()));
        assert_eq!(verdict(&"[".repeat(MAX_DEPTH + 1)), Err(Unreadable::TooDeep));
    });
    small_stack.unwrap().join().unwrap();
}

#[test]
fn escapes_are_read_and_half_pairs_are_noticed() {
    let read = |text: &str| {
        let document = Document::read(text).unwrap();
        (document.string(document.root).unwrap().to_owned(), document.lone_surrogate)
    };
    assert_eq!(
        read(r#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC""#),
        ("\"\\/\u{8}\u{c}\n\r\tAé€".to_owned(), false)
    );
    assert_eq!(read(r#""\ud83d\uDE00""#), ("😀".to_owned(), false));
    assert_eq!(read(r#""\ud83d""#), ("\u{fffd}".to_owned(), true));
    assert_eq!(read(r#""\ude00\ud83d""#), ("\u{fffd}\u{fffd}".to_owned(), true));
    assert_eq!(read(r#""\ud83dx""#), ("\u{fffd}x".to_owned(), true));
    assert_eq!(read(r#""\ud83d\n""#), ("\u{fffd}\n".to_owned(), true));
    assert_eq!(read(r#""\ud83d\ud83d\ude00""#), ("\u{fffd}😀".to_owned(), true));
    assert_eq!(read(r#""\ufffd""#), ("\u{fffd}".to_owned(), false), "a real U+FFFD is no half pair");
}

#[test]
fn of_a_repeated_key_the_last_one_counts() {
    let document = Document::read(r#"{"a":1,"b":2,"a":3}"#).unwrap();
    let value = document.member(document.root, "a").unwrap();
    assert_eq!(document.node(value), &Node::Number("3"));
    let members: Vec<&str> = document.members(document.root).into_iter().map(|(key, _)| key).collect();
    assert_eq!(members, ["a", "b"]);
    assert_eq!(document.member(document.root, "c"), None);
}

proptest! {
    #[test]
    fn what_is_json_is_what_another_reader_calls_json(text in r#"[\[\]{}",:0-9eE+\-. \\untfalsr]{0,24}"#) {
        let theirs = serde_json::from_str::<Box<RawValue>>(&text);
        let ours = Document::read(&text);
        // That reader does not look at the halves of surrogate pairs in a text it keeps raw.
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = verdict(&text);
    }
}
