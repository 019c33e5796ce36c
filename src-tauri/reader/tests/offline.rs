//! The reader reaches nothing: no network, no files, no processes, neither itself nor through what it is built from.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Every package the reader is built from on any system; what only tests need does not count.
fn built_from() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .expect("run cargo metadata");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let names: HashMap<String, String> = list(&metadata["packages"])
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    let needs: HashMap<String, Vec<String>> = list(&metadata["resolve"]["nodes"])
        .iter()
        .map(|node| {
            let ships = |need: &Value| list(&need["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
            let needed = list(&node["deps"])
                .iter()
                .filter(|need| ships(need))
                .map(|need| text(&need["pkg"]))
                .collect();
            (text(&node["id"]), needed)
        })
        .collect();
    let start = names.iter().find(|(_, name)| *name == "hedgerow-reader").expect("the reader").0;
    let mut left = VecDeque::from([start.clone()]);
    let mut seen = BTreeSet::new();
    while let Some(id) = left.pop_front() {
        if seen.insert(id.clone()) {
            left.extend(needs.get(&id).into_iter().flatten().cloned());
        }
    }
    seen.iter().map(|id| names[id].clone()).filter(|name| name != "hedgerow-reader").collect()
}

#[test]
fn nothing_it_is_built_from_speaks_to_the_network() {
    let packages = built_from();
    assert!(packages.contains("regex"), "the walk over the dependency tree found nothing");
    let speaks =
        ["tokio", "mio", "socket2", "hyper", "reqwest", "ureq", "curl", "rustls", "openssl", "native-tls"];
    let reaches = [
        "sqlx",
        "sqlx-core",
        "tempfile",
        "notify",
        "zbus",
        "keyring",
        "tauri",
        "hedgerow-core",
        "hedgerow-sandbox",
    ];
    let strays: Vec<_> =
        packages.iter().filter(|name| speaks.iter().chain(&reaches).any(|other| name == other)).collect();
    assert!(strays.is_empty(), "the reader is built from {strays:?}");
    assert!(packages.len() < 60, "{} packages: look at what came in", packages.len());
}

#[test]
fn no_source_reaches_outside() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("read a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("text");
            read += 1;
            for reach in [
                "::net",
                "::fs",
                "::process",
                "::env",
                "::time",
                "::thread",
                "File::",
                "TcpStream",
                "Command::",
                "extern crate",
            ] {
                assert!(!source.contains(reach), "{} holds {reach}", path.display());
            }
        }
    }
    assert!(read > 20, "the walk over the sources found {read}");
}
