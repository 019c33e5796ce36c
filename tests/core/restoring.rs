//! Activity on another machine: what a backup brings of it, and that what was one step is taken back as one.

use hedgerow_core::Project;
use hedgerow_core::view::{
    ActivityFilter, ActivityKind, ActivityRow, BatchKind, BatchState, Decision, ErrorCode, ExportKind,
    PlanPart,
};
use serde_json::{Value, json};

use crate::batches::faults::begin;
use crate::batches::{all_of, batch_at, decide_all, decided_elsewhere, part, truth, world_of};
use crate::files::{elsewhere, export};
use crate::support::{server_id, until};

async fn activity(project: &Project) -> Vec<ActivityRow> {
    project.activity("", ActivityFilter::All, 0, 200).await.unwrap().rows
}

#[tokio::test]
async fn a_step_on_many_tools_is_one_on_another_machine_and_is_taken_back_with_all_its_guards() {
    let (world, project, id) = world_of(3).await;
    let before = truth(&world, &id).await;
    let done = decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let told = activity(&project).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = export(&world, ExportKind::Backup, folder.path()).await;

    let (_data, there, over_there) = elsewhere(&world).await;
    let own = activity(&over_there).await;
    let plan = over_there.plan_import(&backup).await.unwrap();
    let noticed = told.iter().filter(|line| line.batch.is_none()).count();
    assert!(noticed > 0);
    assert_eq!((plan.new_pins, plan.new_batches, plan.new_events as usize), (3, 1, noticed));
    assert_eq!(activity(&over_there).await, own, "a dry run tells, and no more");
    world.forget_requests().await;
    over_there.apply_backup().await.unwrap();
    assert_eq!(world.requests("PATCH", "/tools/").await, 0);

    let batches = over_there.list_batches().await.unwrap();
    let restored = batches.iter().find(|batch| batch.kind == BatchKind::Decide).unwrap();
    assert_eq!((restored.total, &restored.began_at, restored.can_undo), (3, &done.began_at, true));
    let lines = activity(&over_there).await;
    let decided = |line: &&ActivityRow| line.what == ActivityKind::Decided;
    assert!(lines.iter().filter(decided).all(|line| line.batch == Some(restored.id)));
    assert_eq!(lines.iter().filter(decided).count(), 3);
    for line in told.iter().filter(|line| line.batch.is_none()) {
        assert!(lines.iter().any(|here| (here.what, &here.at) == (line.what, &line.at)), "{line:?}");
    }

    decided_elsewhere(&world, &id, "tool_000", "approved").await;
    over_there.clone().sync().await.unwrap();
    let undo = over_there.plan_undo(Some(restored.id), None).await.unwrap();
    assert_eq!((part(&undo, PlanPart::Change), part(&undo, PlanPart::Foreign)), (2, 1));
    let begun = over_there.apply_plan(undo.plan, true).await.unwrap();
    until(&there, async || {
        let batches = over_there.list_batches().await.unwrap();
        batches.into_iter().find(|batch| batch.id == begun.id && batch.state == BatchState::Done)
    })
    .await;
    let after = truth(&world, &id).await;
    assert_eq!((&after[1..], after[0].1.as_str()), (&before[1..], "approved"));
    let again = there.export_file(ExportKind::Backup, Some(folder.path().to_owned())).await.unwrap();
    assert_eq!(again.count, 1, "the pins of what was taken back are gone with it");
}

#[tokio::test]
async fn taken_in_twice_activity_is_the_same_and_so_is_a_file_made_of_it() {
    let (world, project, id) = world_of(3).await;
    decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = export(&world, ExportKind::Backup, folder.path()).await;
    let own = activity(&project).await;
    let plan = project.plan_import(&backup).await.unwrap();
    assert_eq!((plan.new_pins, plan.new_batches, plan.new_events), (0, 0, 0), "its own brings nothing");
    project.apply_backup().await.unwrap();
    assert_eq!(activity(&project).await, own);

    let (_data, there, over_there) = elsewhere(&world).await;
    over_there.plan_import(&backup).await.unwrap();
    over_there.apply_backup().await.unwrap();
    let once = activity(&over_there).await;
    let file = there.export_file(ExportKind::Backup, Some(folder.path().to_owned())).await.unwrap();
    let theirs = std::fs::read_to_string(folder.path().join(file.name)).unwrap();
    for text in [&backup, &theirs] {
        let plan = over_there.plan_import(text).await.unwrap();
        assert_eq!((plan.new_pins, plan.new_batches, plan.new_events), (0, 0, 0));
        over_there.apply_backup().await.unwrap();
        assert_eq!(activity(&over_there).await, once);
    }
}

#[tokio::test]
async fn a_batch_that_had_not_ended_sends_nothing_on_another_machine() {
    let (world, project, id) = world_of(3).await;
    let refused = json!({"path_prefix": "/api/projects/", "path_contains": "/tools/", "method": "PATCH", "skip": 1,
                         "times": 1, "fault": {"status": 401}});
    world.control("/faults", refused).await;
    let begun = begin(&project, &id, Decision::DoNotUse).await;
    let interrupted = batch_at(&world, &project, begun, BatchState::Interrupted).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = export(&world, ExportKind::Backup, folder.path()).await;

    let (_data, there, over_there) = elsewhere(&world).await;
    over_there.plan_import(&backup).await.unwrap();
    over_there.apply_backup().await.unwrap();
    let batches = over_there.list_batches().await.unwrap();
    let restored = batches.iter().find(|batch| batch.kind == BatchKind::Decide).unwrap();
    assert_eq!((restored.state, &restored.began_at), (BatchState::Stopped, &interrupted.began_at));
    world.forget_requests().await;
    let error = over_there.resume_batch(restored.id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    over_there.clone().sync().await.unwrap();
    there.close().await;
    assert_eq!(world.requests("PATCH", "/tools/").await, 0);
}

#[tokio::test]
async fn a_backup_of_before_activity_came_along_is_taken_in_and_a_damaged_one_changes_nothing() {
    let (world, project, id) = world_of(3).await;
    decide_all(&world, &project, all_of(&id), Decision::DoNotUse).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = export(&world, ExportKind::Backup, folder.path()).await;
    let whole: Value = serde_json::from_str(&backup).unwrap();
    let altered = |change: &dyn Fn(&mut Value)| {
        let mut file = whole.clone();
        change(&mut file);
        file.to_string()
    };
    let (_data, _there, over_there) = elsewhere(&world).await;
    assert!(server_id(&over_there, "Tracker").await == id);
    let own = activity(&over_there).await;
    for (text, words) in [
        (altered(&|file| file["batches"][0]["state"] = json!("running")), "batches[0].state"),
        (altered(&|file| file["batches"][0]["items"][1]["result"] = json!("waiting")), "unknown variant"),
        (altered(&|file| file["events"][0]["kind"] = json!("decided")), "events[0].kind"),
        (altered(&|file| file["events"][0]["more"] = json!(1)), "unknown field `more`"),
        (altered(&|file| file["events"][0]["server_url"] = json!("")), "address"),
        (altered(&|file| file["batches"][0]["items"][0]["server_url"] = json!("")), "address"),
        (altered(&|file| file["more"] = json!([])), "unknown field `more`"),
        (backup[..backup.len() - 20].to_owned(), "EOF"),
    ] {
        let error = over_there.plan_import(&text).await.unwrap_err();
        assert!(error.message.contains(words), "{}", error.message);
        assert_eq!(over_there.apply_backup().await.unwrap_err().code, ErrorCode::NotFound);
        assert_eq!(activity(&over_there).await, own);
    }

    let old = altered(&|file| {
        let file = file.as_object_mut().unwrap();
        drop((file.remove("batches"), file.remove("events")));
        let tools = file["tools"].as_array_mut().unwrap();
        for decision in tools.iter_mut().flat_map(|tool| tool["journal"].as_array_mut().unwrap()) {
            decision.as_object_mut().unwrap().remove("batch").unwrap();
        }
    });
    let plan = over_there.plan_import(&old).await.unwrap();
    assert_eq!((plan.new_pins, plan.new_batches, plan.new_events), (3, 0, 0));
    assert_eq!(over_there.apply_backup().await.unwrap().done, 3);
}
