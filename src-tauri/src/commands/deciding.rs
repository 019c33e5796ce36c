//! Decisions, one or many.

use hedgerow_core::commands::*;
use hedgerow_core::view::*;

use super::{Answer, DONE, On};

#[tauri::command]
pub(crate) async fn decide(shell: On<'_>, args: Decide) -> Answer<DecisionResult> {
    shell.active()?.decide(&args.server_id, &args.tool, args.decision, &args.fingerprint).await
}

#[tauri::command]
pub(crate) async fn plan_decisions(shell: On<'_>, args: PlanDecisions) -> Answer<PlanView> {
    shell.active()?.plan_decisions(args.tools, args.decision).await
}

#[tauri::command]
pub(crate) async fn plan_undo(shell: On<'_>, args: PlanUndo) -> Answer<PlanView> {
    shell.active()?.plan_undo(args.batch, args.decision).await
}

#[tauri::command]
pub(crate) async fn list_plan(shell: On<'_>, args: ListPlan) -> Answer<BatchPage> {
    shell.active()?.list_plan(args.plan, args.part, args.offset, args.limit).await
}

#[tauri::command]
pub(crate) async fn apply_plan(shell: On<'_>, args: ApplyPlan) -> Answer<BatchView> {
    shell.active()?.apply_plan(args.plan, args.looser_confirmed).await
}

#[tauri::command]
pub(crate) async fn list_batches(shell: On<'_>) -> Answer<Vec<BatchView>> {
    shell.active()?.list_batches().await
}

#[tauri::command]
pub(crate) async fn list_batch_items(shell: On<'_>, args: ListBatchItems) -> Answer<BatchPage> {
    shell.active()?.list_batch_items(args.batch, args.result, args.offset, args.limit).await
}

#[tauri::command]
pub(crate) async fn pause_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.pause_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn resume_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.resume_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn stop_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.stop_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
pub(crate) async fn retry_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.retry_batch(args.batch).await.map(|()| DONE)
}
