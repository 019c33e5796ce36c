//! Files a person takes along.

use std::path::Path;

use hedgerow_core::Project;
use hedgerow_core::view::{ActivityFilter, Decision, ExportKind};
use serde_json::Value;

use crate::support::{World, server_id, tool};

async fn decide(project: &Project, name: &str, decision: Decision) {
    let id = server_id(project, "Tracker").await;
    let row = tool(project, &id, name).await;
    project.decide(&id, name, decision, &row.fingerprint).await.unwrap();
}

async fn export(world: &World, kind: ExportKind, folder: &Path) -> (String, u32) {
    let file = world.core.export_file(kind, Some(folder.to_owned())).await.unwrap();
    assert_eq!(file.folder, folder.display().to_string());
    (std::fs::read_to_string(folder.join(&file.name)).unwrap(), file.count)
}

#[tokio::test]
async fn activity_is_written_as_it_is_shown_in_both_forms() {
    let (world, project) = World::signed_in().await;
    decide(&project, "delete_issue", Decision::DoNotUse).await;
    decide(&project, "list_issues", Decision::NeedsApproval).await;
    let shown = project.activity("", ActivityFilter::All, 0, 200).await.unwrap();
    let folder = tempfile::tempdir().unwrap();

    let (text, count) = export(&world, ExportKind::ActivityJson, folder.path()).await;
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&json["hedgerow_activity"], count), (&Value::from(1), shown.total));
    assert_eq!(json["project"]["host"], "127.0.0.1");
    let lines = json["lines"].as_array().unwrap();
    assert_eq!(lines.len() as u32, shown.total);
    for (line, row) in lines.iter().zip(&shown.rows) {
        assert_eq!((&line["at"], &line["server"]), (&Value::from(&*row.at), &Value::from(&*row.server_name)));
        assert_eq!(line["tool"].as_str(), row.tool.as_deref());
        assert_eq!(line["result"].as_str().unwrap_or_default(), row.result);
    }

    let (text, count) = export(&world, ExportKind::ActivityCsv, folder.path()).await;
    let rows: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!((rows.len() as u32, count), (shown.total + 1, shown.total));
    assert_eq!(rows[0], "at,what,server,address,tool,before,asked,answered,result,words,batch");
    assert!(rows[1].contains(",decided,Tracker,") && rows[1].contains(",list_issues,"), "{}", rows[1]);
}

#[tokio::test]
async fn the_policy_is_sorted_and_differs_only_where_decisions_do() {
    let (world, project) = World::signed_in().await;
    let folder = tempfile::tempdir().unwrap();
    let (before, count) = export(&world, ExportKind::Policy, folder.path()).await;
    decide(&project, "delete_issue", Decision::DoNotUse).await;
    let (after, _) = export(&world, ExportKind::Policy, folder.path()).await;
    let json: Value = serde_json::from_str(&after).unwrap();
    let tools = json["servers"][0]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!((names.as_slice(), count), (&["create_issue", "delete_issue", "list_issues"][..], 3));
    assert_eq!(tools[1]["decision"], "do_not_use");
    assert_eq!(tools[1]["fingerprint"].as_str().unwrap().len(), 64);
    assert!(after.starts_with("{\n  \"hedgerow_policy\": 1,\n"), "readable: {after}");
    assert_eq!(serde_json::to_string_pretty(&json).unwrap().lines().count(), after.lines().count());
    let moved: Vec<_> = before
        .lines()
        .zip(after.lines())
        .filter(|(old, new)| old != new && !new.contains("made_at"))
        .map(|(_, new)| new.trim())
        .collect();
    assert_eq!(moved, ["\"decision\": \"do_not_use\","]);
}

#[tokio::test]
async fn a_file_holds_no_key() {
    let (world, project) = World::signed_in().await;
    decide(&project, "delete_issue", Decision::DoNotUse).await;
    let folder = tempfile::tempdir().unwrap();
    for kind in [ExportKind::ActivityJson, ExportKind::ActivityCsv, ExportKind::Policy] {
        let (text, _) = export(&world, kind, folder.path()).await;
        assert!(text.contains("delete_issue") && !text.contains(world.sandbox.key()), "{kind:?}");
    }
}
