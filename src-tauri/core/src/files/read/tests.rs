use super::*;

const PRINT: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

fn policy(text: &str) -> PolicyFile {
    match read(text).unwrap() {
        ReadFile::Policy(file) => file,
        ReadFile::Backup(_) => panic!("read as a backup"),
    }
}

fn words(text: &str) -> String {
    let error = read(text).unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("text")));
    error.message
}

fn of(servers: &str) -> String {
    format!("{{\n\"hedgerow_policy\": 1,\n\"servers\": [\n{servers}\n]}}")
}

#[test]
fn a_policy_is_read_with_and_without_what_is_only_for_people() {
    let full = format!(
        r#"{{"hedgerow_policy": 1, "made_at": "2026-11-25T12:00:00Z", "project": {{"name": "A", "host": "h"}},
            "servers": [{{"url": "https://a/", "name": "A", "tools": [
                {{"name": "t", "decision": "needs_approval", "fingerprint": "{PRINT}"}}]}}]}}"#
    );
    let file = policy(&full);
    let tool = &file.servers[0].tools[0];
    assert_eq!((tool.name.as_str(), tool.decision), ("t", Decision::NeedsApproval));
    assert_eq!(tool.fingerprint.unwrap().to_string(), PRINT);
    let by_hand = policy(&of(r#"{"url": "https://a/", "tools": [{"name": "t", "decision": "do_not_use"}]}"#));
    assert_eq!(by_hand.servers[0].tools[0].fingerprint, None);
    let marked = format!("\u{feff}{}", of(""));
    assert!(policy(&marked).servers.is_empty(), "an editor's mark at the beginning is no error");
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let tool = |tool: &str| of(&format!("{{\"url\": \"https://a/\", \"tools\": [\n{tool}]}}"));
    for (text, place, wrong) in [
        (
            tool(r#"{"name": "t", "decision": "allow"}"#),
            "servers[0].tools[0].decision",
            "unknown variant `allow`",
        ),
        (tool(r#"{"name": "t"}"#), "servers[0].tools[0]", "missing field `decision`"),
        (tool(r#"{"name": 3, "decision": "approved"}"#), "servers[0].tools[0].name", "expected a string"),
        (tool(r#"{"name": "t", "decison": "approved"}"#), "servers[0].tools[0]", "unknown field `decison`"),
        (
            tool(r#"{"name": "t", "decision": "approved", "fingerprint": "AB"}"#),
            "servers[0].tools[0].fingerprint",
            "64 lower-case",
        ),
    ] {
        let words = words(&text);
        assert!(words.starts_with(place) && words.contains(wrong) && words.contains("line 5"), "{words}");
    }
}

#[test]
fn what_is_there_twice_is_refused_with_its_place() {
    let twice = of("{\"url\": \"https://a/\", \"tools\": [{\"name\": \"t\", \"decision\": \"approved\"},\n\
         {\"name\": \"t\", \"decision\": \"do_not_use\"}]}");
    let words_of_tool = words(&twice);
    assert!(words_of_tool.contains("`t` is there twice, again as number 2 at line 5"), "{words_of_tool}");
    let servers =
        of("{\"url\": \"https://a/\", \"tools\": []},\n{\"url\": \"https://a/\", \"tools\": []},\n3");
    let words_of_server = words(&servers);
    assert!(words_of_server.contains("`https://a/` is there twice, again as number 2"), "{words_of_server}");
    let field = of(r#"{"url": "https://a/", "url": "https://b/", "tools": []}"#);
    assert!(words(&field).contains("duplicate field `url`"));
}

#[test]
fn another_version_or_another_file_is_refused_and_told_apart() {
    assert!(words(r#"{"hedgerow_policy": 2, "anything": []}"#).contains("version 2"));
    assert!(words(r#"{"hedgerow_backup": 18446744073709551615}"#).contains("version 18446744073709551615"));
    for other in [
        r#"{"servers": []}"#,
        "{}",
        r#"{"hedgerow_activity": 1}"#,
        r#"{"hedgerow_policy": 1, "hedgerow_backup": 1}"#,
    ] {
        assert!(words(other).contains("neither"), "{other}");
    }
    for broken in [
        "",
        "[]",
        "x",
        "{\"hedgerow_policy\": 1",
        r#"{"hedgerow_policy": -1}"#,
        r#"{"hedgerow_policy": "1"}"#,
    ] {
        assert!(words(broken).contains("line 1"), "{broken}");
    }
    assert!(words(&format!("{} x", of(""))).contains("trailing characters"));
}

#[test]
fn no_file_is_too_much() {
    let (open, close) = ("[".repeat(1_000_000), "]".repeat(1_000_000));
    assert!(
        words(&format!(r#"{{"hedgerow_policy": 1, "servers": {open}{close}}}"#)).contains("invalid type")
    );
    assert!(words(&format!(r#"{{"hedgerow_policy": 1, "other": {open}{close}}}"#)).contains("unknown field"));
    assert!(words(&" ".repeat(LONGEST + 1)).contains("64 MiB"));
    let tools = |server: usize, from: usize, count: usize| {
        let tools: Vec<_> =
            (from..from + count).map(|n| format!(r#"{{"name": "t{n}", "decision": "approved"}}"#)).collect();
        format!(r#"{{"url": "https://{server}/", "tools": [{}]}}"#, tools.join(","))
    };
    assert_eq!(policy(&of(&tools(1, 0, MOST_TOOLS))).servers[0].tools.len(), MOST_TOOLS);
    assert!(words(&of(&tools(1, 0, MOST_TOOLS + 1))).contains("more than 20000"));
    let over = format!("{},{}", tools(1, 0, MOST_TOOLS), tools(2, 0, 1));
    assert!(words(&of(&over)).contains("20001 tools"));
    let long = format!(r#"{{"url": "https://{}/", "tools": []}}"#, "a".repeat(ADDRESS));
    assert!(words(&of(&long)).contains("2,048"));
}

#[test]
fn the_words_of_an_error_hide_nothing_the_file_says() {
    let text = of(
        "{\"url\": \"https://a/\", \"tools\": [{\"name\": \"t\", \"decision\": \"\\u202eallow\\u0007\"}]}",
    );
    let words = words(&text);
    assert!(!words.contains(['\u{202e}', '\u{7}']), "{words:?}");
}
