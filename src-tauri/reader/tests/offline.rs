//! The reader reaches nothing: no network, no files, no processes, neither itself nor through what it is built from.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Names of all packages the reader is built from on this machine; what only tests need does not count.
fn built_from() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--prefix=none", "--edges=normal,build"])
        .args(["--package", "hedgerow-reader"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("run cargo tree");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
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
