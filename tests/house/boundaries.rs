//! Who may know whom.

use std::collections::{BTreeSet, HashMap};
use std::process::Command;

use serde_json::Value;

use crate::{files, root, text};

/// Names of all packages that `package` needs to be built on this machine, itself left out; what only its tests need
/// does not count.
fn dependencies_of(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--prefix=none",
            "--edges=normal,build",
            "--package",
            package,
        ])
        .current_dir(root())
        .output()
        .expect("run cargo tree");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    lines.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_core_knows_no_window() {
    let known = dependencies_of("hedgerow-core");
    assert!(known.contains("sqlx"), "the walk over the dependency tree found nothing");
    let windows: Vec<_> = known
        .iter()
        .filter(|name| {
            name.starts_with("tauri") || ["wry", "tao", "gtk", "webkit2gtk"].contains(&name.as_str())
        })
        .collect();
    assert!(windows.is_empty(), "hedgerow-core depends on {windows:?}");
}

#[test]
fn the_core_and_the_sandbox_share_no_types() {
    assert!(!dependencies_of("hedgerow-core").contains("hedgerow-sandbox"));
    assert!(!dependencies_of("hedgerow-sandbox").contains("hedgerow-core"));
}

#[test]
fn one_module_of_the_interface_speaks_to_tauri() {
    let strays: Vec<_> = files("ui/src", &[".ts", ".tsx"])
        .into_iter()
        .filter(|path| !path.starts_with(root().join("ui/src/ipc")))
        .filter(|path| std::fs::read_to_string(path).expect("read").contains("@tauri-apps/"))
        .collect();
    assert!(strays.is_empty(), "these import Tauri outside ui/src/ipc: {strays:?}");
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    // Written in two halves, so that this file does not find itself.
    let (silent, loud) = (concat!("#[", "allow("), concat!("#![", "allow("));
    let found: Vec<_> = ["src-tauri", "tests"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
        .filter(|path| {
            let source = std::fs::read_to_string(path).expect("read");
            source.contains(silent) || source.contains(loud)
        })
        .collect();
    assert!(found.is_empty(), "use #[expect(…, reason = …)] in {found:?}");
}

#[test]
fn the_page_runs_nothing_inline_and_nothing_from_afar() {
    let config: Value = serde_json::from_str(&text("tauri.conf.json")).expect("read tauri.conf.json");
    let csp = config["app"]["security"]["csp"].as_str().expect("a policy as one line");
    let rules: HashMap<&str, Vec<&str>> = csp
        .split(';')
        .filter_map(|rule| {
            let mut words = rule.split_whitespace();
            Some((words.next()?, words.collect()))
        })
        .collect();
    assert_eq!(rules["default-src"], ["'none'"], "what is not named is refused");
    assert_eq!(rules["script-src"], ["'self'"]);
    assert_eq!(rules["style-src"], ["'self'"]);
    for (rule, sources) in rules {
        for source in sources {
            // ipc.localhost is how Tauri's own messages travel where a custom scheme cannot be fetched.
            let own = ["'self'", "'none'", "data:", "ipc:", "http://ipc.localhost"];
            assert!(own.contains(&source), "{rule} allows {source}");
        }
    }
}
