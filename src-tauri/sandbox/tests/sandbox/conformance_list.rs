//! Which refusals of the recordings are played: every distinct status, code and text of the files a client
//! branches on. `refusals.txt` beside this file keeps the list, with the reason where one is left out.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::conformance::{Skipped, is_skipped};
use crate::conformance_refresh;
use crate::replay::exchanges;

/// The files, with what their tests do not play.
const FILES: [(&str, Skipped); 6] = [
    ("06_install_template", &[]),
    ("08_install_custom_flows", &[]),
    ("10_oauth_roundtrip", &[]),
    ("13_refresh", conformance_refresh::SKIPPED),
    ("15_policy", &[]),
    ("16_shared_rows", &[]),
];

/// Status, code and text of a refusal; of a browser's way back, the error its link carries.
fn refusal(exchange: &Value) -> Option<String> {
    let response = &exchange["response"];
    let status = response["status"].as_u64().unwrap();
    if status == 302 {
        let location = response["headers"]["location"].as_str()?;
        let error = location.split_once("error=")?.1;
        return Some(format!("302 link {error}"));
    }
    let code = response["json"]["code"].as_str().unwrap_or("-");
    let detail = response["json"]["detail"].as_str().unwrap_or("-");
    (status >= 400).then(|| format!("{status} {code} {detail}").replace('\n', "\\n"))
}

/// Each refusal of a file, and the reason if no exchange that has it is played.
fn refusals(file: &str, skipped: Skipped) -> BTreeMap<String, Option<&'static str>> {
    let mut found = BTreeMap::new();
    for exchange in &exchanges(file) {
        let Some(refusal) = refusal(exchange) else { continue };
        let name = exchange["name"].as_str().unwrap();
        let reason = skipped.iter().find(|(skip, _)| name.starts_with(skip)).map(|(_, reason)| *reason);
        assert_eq!(reason.is_some(), is_skipped(exchange, skipped));
        let known = found.entry(refusal).or_insert(reason);
        *known = (*known).and(reason);
    }
    found
}

fn list() -> String {
    let mut text = String::new();
    for (file, skipped) in FILES {
        for (refusal, reason) in refusals(file, skipped) {
            let how = reason.map_or_else(|| "played".to_owned(), |reason| format!("left out: {reason}"));
            text += &format!("{} {refusal} | {how}\n", &file[..2]);
        }
    }
    text
}

#[test]
fn every_refusal_a_client_branches_on_is_played_or_left_out_for_a_reason() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sandbox/refusals.txt");
    let list = list();
    if std::env::var_os("HEDGEROW_WRITE_SNAPSHOTS").is_some() {
        std::fs::write(path, &list).unwrap();
    }
    assert_eq!(
        list,
        std::fs::read_to_string(path).unwrap_or_default(),
        "HEDGEROW_WRITE_SNAPSHOTS=1 writes it"
    );
    let played = list.lines().filter(|line| line.ends_with("| played")).count();
    assert!(played >= 60, "{played} played");
}
