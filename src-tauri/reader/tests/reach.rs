//! The reader reaches nothing: no network, no processes, no files, no clock. Its text is hostile, so it gets no hands.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Names of all packages the reader needs to be built; what only its tests need does not count.
fn dependencies() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--prefix=none", "--edges=normal,build", "--package", "hedgerow-reader"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("run cargo tree");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Texts of all Rust files below a folder.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("read a folder") {
        let path = entry.expect("read a folder").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("read a source");
            found.push((path.display().to_string(), text));
        }
    }
    found
}

#[test]
fn nothing_the_reader_is_built_from_speaks_to_a_network() {
    let known = dependencies();
    assert!(known.contains("regex"), "the walk over the dependency tree found nothing");
    let reaching = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "tokio",
        "async-std",
        "smol",
        "mio",
        "socket2",
        "rustls",
        "native-tls",
        "openssl",
        "h2",
        "http",
        "quinn",
        "tungstenite",
        "rmcp",
        "sqlx",
    ];
    let found: Vec<_> = known.iter().filter(|name| reaching.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "hedgerow-reader depends on {found:?}");
}

#[test]
fn no_source_of_the_reader_opens_a_socket_a_process_or_a_file() {
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(all.len() > 15, "the walk over the sources found nothing");
    for (path, source) in all {
        for reach in [
            "std::net",
            "std::fs",
            "std::process",
            "std::env",
            "std::time",
            "std::thread",
            "reqwest",
            "tokio",
        ] {
            assert!(!source.contains(reach), "{path} uses {reach}");
        }
    }
}
