//! Handlers, permissions and the typed map name the same commands.

use std::collections::BTreeSet;
use std::path::Path;

use hedgerow_app::commands::NAMES;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn handled() -> BTreeSet<String> {
    NAMES.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_handler_is_permitted_by_name_and_nothing_else_is() {
    let file = text("src-tauri/permissions/app.toml");
    let list = file.split_once("commands.allow = [").unwrap().1.split_once(']').unwrap().0;
    let permitted: BTreeSet<String> = list
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(permitted, handled());
}

#[test]
fn the_typed_map_of_the_page_knows_every_handler() {
    let types = text("ui/src/ipc/generated.ts");
    let map = types.split_once("export type Commands = {").unwrap().1.split_once("};").unwrap().0;
    let typed: BTreeSet<String> = map
        .lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .filter_map(|line| line.split_once(": [").map(|(name, _)| name.trim().to_owned()))
        .collect();
    assert_eq!(typed, handled());
}

#[test]
fn the_window_may_call_our_commands_and_listen_and_nothing_else() {
    let capability: serde_json::Value =
        serde_json::from_str(&text("src-tauri/capabilities/main.json")).unwrap();
    let permissions: BTreeSet<&str> =
        capability["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let expected = ["hedgerow-commands", "core:event:allow-listen", "core:event:allow-unlisten"];
    assert_eq!(permissions, BTreeSet::from(expected));
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let others =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/capabilities")).unwrap();
    assert_eq!(others.count(), 1, "one capability file, so that nothing is granted elsewhere");
}
