use proptest::prelude::*;

use super::{NotCanonical, canonical};

/// RFC 8785, appendix B: the bits of a double and its text.
const RFC_NUMBERS: &[(u64, &str)] = &[
    (0x0000_0000_0000_0000, "0"),
    (0x8000_0000_0000_0000, "0"),
    (0x0000_0000_0000_0001, "5e-324"),
    (0x8000_0000_0000_0001, "-5e-324"),
    (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
    (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
    (0x4340_0000_0000_0000, "9007199254740992"),
    (0xc340_0000_0000_0000, "-9007199254740992"),
    (0x4430_0000_0000_0000, "295147905179352830000"),
    (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
    (0x44b5_2d02_c7e1_4af6, "1e+23"),
    (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
    (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
    (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
    (0x444b_1ae4_d6e2_ef50, "1e+21"),
    (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
    (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
    (0x41b3_de43_5555_5553, "333333333.3333332"),
    (0x41b3_de43_5555_5554, "333333333.33333325"),
    (0x41b3_de43_5555_5555, "333333333.3333333"),
    (0x41b3_de43_5555_5556, "333333333.3333334"),
    (0x41b3_de43_5555_5557, "333333333.33333343"),
    (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
];

#[test]
fn numbers_are_written_as_the_rfc_writes_them() {
    const EXACT_UP_TO: f64 = 9_007_199_254_740_992.0;
    for (bits, expected) in RFC_NUMBERS {
        let number = f64::from_bits(*bits);
        let mut spellings = vec![(*expected).to_owned(), format!("{number}"), format!("{number:e}")];
        if number.abs() <= EXACT_UP_TO {
            spellings.push(format!("{number:.1100}"));
            spellings.push(format!("{number:.1100}000e+0"));
        }
        for spelling in spellings {
            assert_eq!(canonical(&spelling).as_deref(), Ok(*expected), "{bits:016x} as {spelling}");
        }
    }
}

#[test]
fn spellings_of_one_number_are_one_and_large_numbers_keep_every_digit() {
    let cases = [
        ("0", &["-0", "0.0", "-0.000", "0e5", "0E-99999999999999999999", "-0e+99999999999999999999"][..]),
        ("1", &["1.0", "1e0", "10e-1", "0.1E+1", "1.000000000000000000000000000000"]),
        ("1000", &["1e3", "1E+3", "1000.0", "0.001e6", "100000e-2"]),
        ("4.5", &["4.50", "45e-1"]),
        ("-7", &["-7.0", "-70E-1"]),
        ("9007199254740991", &["9007199254740991.0", "9.007199254740991e15"]),
        ("9007199254740992", &["9007199254740992.0", "90071992547409920e-1"]),
        ("9007199254740993", &["9007199254740993.0", "9.007199254740993e15"]),
        ("-9007199254740993", &["-9007199254740993.000", "-90071992547409930e-1"]),
        ("9007199254740993.5", &["90071992547409935e-1"]),
        ("18446744073709551615", &["18446744073709551615.0"]),
        ("100000000000000000000", &["1e20", "100000000000000000000.0"]),
        ("123456789012345678901", &["1.23456789012345678901e20"]),
        ("1.234567890123456789012e+21", &["1234567890123456789012", "1234567890123456789012.0"]),
        ("1e+22", &["10000000000000000000000.0", "10000000000000000000000", "1e22", "0.1E23"]),
        ("1e+400", &["1e400", "10e399", "1.0E+0400"]),
        ("-1.5e+400", &["-1.5e400", "-15e399"]),
        ("1e-400", &["0.1e-399", "1.0E-400"]),
        ("1e+99999999999999999", &["1e99999999999999999", "10e99999999999999998"]),
    ];
    for (expected, spellings) in cases {
        assert_eq!(canonical(expected).as_deref(), Ok(expected));
        for spelling in spellings {
            assert_eq!(canonical(spelling).as_deref(), Ok(expected), "{spelling}");
        }
    }
}

#[test]
fn every_power_of_ten_has_one_spelling() {
    for exponent in 0..=400_usize {
        let plain = format!("1{}", "0".repeat(exponent));
        assert_eq!(canonical(&plain), canonical(&format!("1e{exponent}")), "1e{exponent}");
        let small = format!("0.{}1", "0".repeat(exponent));
        assert_eq!(canonical(&small), canonical(&format!("1e-{}", exponent + 1)), "1e-{}", exponent + 1);
    }
}

#[test]
fn the_examples_of_the_rfc_come_out_as_printed() {
    let structure = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    assert_eq!(
        canonical(structure).unwrap(),
        r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    );

    let order = r#"{
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    }"#;
    assert_eq!(
        canonical(order).unwrap(),
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
         \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\
         \"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
    );
}

#[test]
fn strings_have_one_spelling_and_are_not_normalised() {
    let all_controls: String = (0..0x20).map(|c| format!("\\u{c:04X}")).collect();
    assert_eq!(
        canonical(&format!("\"{all_controls}\\u007f\"")).unwrap(),
        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\
         \\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\u{7f}\""
    );
    assert_ne!(canonical(r#""\u00e9""#), canonical(r#""e\u0301""#));
    assert_eq!(canonical(r#""\u202e\u200b""#).unwrap(), "\"\u{202e}\u{200b}\"");
}

#[test]
fn repeated_keys_are_one_however_they_are_spelled() {
    assert_eq!(canonical(r#"{"a":1,"\u0061":2,"b":0}"#).unwrap(), r#"{"a":2,"b":0}"#);
    assert_eq!(canonical(r#"{"a":{"x":1},"a":{"y":2}}"#).unwrap(), r#"{"a":{"y":2}}"#);
}

#[test]
fn what_has_no_canonical_form_says_why() {
    assert_eq!(canonical("{\"a\":"), Err(NotCanonical::Invalid));
    assert_eq!(canonical("\"\\ud800\""), Err(NotCanonical::LoneSurrogate));
    assert_eq!(canonical("{\"\\udc00\":1}"), Err(NotCanonical::LoneSurrogate));
    assert_eq!(canonical("1e100000000000000000"), Err(NotCanonical::NumberOutOfReach));
    assert_eq!(canonical("-1e-99999999999999999999"), Err(NotCanonical::NumberOutOfReach));
    assert_eq!(canonical(&"[".repeat(3_000)), Err(NotCanonical::TooDeep));
    let deepest = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    assert_eq!(canonical(&deepest), Ok(deepest.clone()));
}

#[test]
fn an_ordinary_document_means_the_same_to_another_reader() {
    let text = r#" {"type":"object","required":["b","a"],"properties":{"b":{"type":"string","enum":["x","y"]},
        "a":{"type":["integer","null"],"minimum":1,"default":-2.5e-3,"description":"line\nbreak \"q\" \\ é 😀"}}} "#;
    let form = canonical(text).unwrap();
    let ours: serde_json::Value = serde_json::from_str(&form).unwrap();
    let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(ours, theirs);
    assert!(!form.contains(": ") && !form.contains('\n'));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = canonical(&text);
    }

    #[test]
    fn the_canonical_form_is_its_own_canonical_form(
        text in r#"[\[{"]{1,4}[\[\]{}",:0-9eE+\-. \\u]{0,24}|-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?"#,
    ) {
        if let Ok(form) = canonical(&text) {
            prop_assert_eq!(canonical(&form), Ok(form.clone()));
        }
    }

    #[test]
    fn large_integers_differ_whenever_their_digits_do(a in any::<i128>(), b in any::<i128>()) {
        prop_assert_eq!(canonical(&a.to_string()) == canonical(&b.to_string()), a == b);
        prop_assert_ne!(canonical(&a.to_string()), canonical(&a.wrapping_add(1).to_string()));
    }

    #[test]
    fn doubles_up_to_two_pow_53_survive(number in -9_007_199_254_740_992.0..9_007_199_254_740_992.0_f64) {
        let form = canonical(&format!("{number:e}")).unwrap();
        prop_assert_eq!(form.parse::<f64>().unwrap(), number + 0.0);
    }
}
