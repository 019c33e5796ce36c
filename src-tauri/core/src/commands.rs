//! The arguments and answers of every command the window may call, as one type: TypeScript gets it as a map.
//! Command names are the field names; each field is (arguments, answer).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::*;

/// No arguments.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// `sign_in_key`.
#[derive(Deserialize, TS)]
pub struct SignInKey {
    /// `us`, `eu`, or the address of an own host.
    pub host: String,
    /// The key as typed.
    pub key: String,
    /// Where to keep it.
    pub keep: Kept,
}

/// `choose_project`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChooseProject {
    /// Account id.
    pub account: String,
    /// Project number.
    #[ts(type = "number")]
    pub project: i64,
}

/// A command on one account.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OnAccount {
    /// Account id.
    pub account: String,
}

/// A command on one server.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OnServer {
    /// Installation id.
    pub server_id: String,
}

/// `list_tools`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ListTools {
    /// Installation id.
    pub server_id: String,
    /// Text to look for in name, title and description; empty for all.
    pub search: String,
    /// Which ones.
    pub filter: ToolFilter,
    /// First row, from 0.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// `get_tool`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OnTool {
    /// Installation id.
    pub server_id: String,
    /// Upstream tool name.
    pub tool: String,
}

/// `decide`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Decide {
    /// Installation id.
    pub server_id: String,
    /// Upstream tool name.
    pub tool: String,
    /// The decision.
    pub decision: Decision,
    /// Fingerprint of the definition that was on screen.
    pub fingerprint: String,
}

/// `list_review`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ListReview {
    /// First entry, from 0.
    pub offset: u32,
    /// Entries wanted, at most 200.
    pub limit: u32,
}

/// `accept`: pins tools as they are, and notes removals, without asking PostHog for anything.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Accept {
    /// Which ones.
    pub tools: Selection,
}

/// `put_off`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PutOff {
    /// The tool, and the definition that is put off.
    pub tool: SeenTool,
    /// Put off, or bring back.
    pub later: bool,
}

/// `put_off_many`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PutOffMany {
    /// Which ones.
    pub tools: Selection,
    /// Put off, or bring back.
    pub later: bool,
}

/// `accept_finding`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AcceptFinding {
    /// Installation id.
    pub server_id: String,
    /// Upstream tool name.
    pub tool: String,
    /// Id of the finding, 16 hexadecimal digits.
    pub finding: String,
    /// Known, or not any more.
    pub accepted: bool,
}

/// `plan_decisions`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PlanDecisions {
    /// Which tools.
    pub tools: Selection,
    /// What is asked for all of them.
    pub decision: Decision,
}

/// `plan_undo`: one of the two.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PlanUndo {
    /// A batch as one step.
    #[ts(type = "number | null")]
    pub batch: Option<i64>,
    /// One decision of the journal.
    #[ts(type = "number | null")]
    pub decision: Option<i64>,
}

/// `list_plan`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ListPlan {
    /// The plan.
    #[ts(type = "number")]
    pub plan: i64,
    /// Which part.
    pub part: PlanPart,
    /// First row, from 0.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// `apply_plan`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ApplyPlan {
    /// The plan.
    #[ts(type = "number")]
    pub plan: i64,
    /// The person was told how many become less strict, and said yes.
    pub looser_confirmed: bool,
}

/// A command on one batch.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OnBatch {
    /// Its number.
    #[ts(type = "number")]
    pub batch: i64,
}

/// `list_batch_items`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ListBatchItems {
    /// Number of the batch.
    #[ts(type = "number")]
    pub batch: i64,
    /// Only those with this result.
    pub result: Option<ItemResult>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows wanted, at most 200.
    pub limit: u32,
}

/// `list_activity`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ListActivity {
    /// Words that all occur in server or tool name; empty for all.
    pub search: String,
    /// Which ones.
    pub filter: ActivityFilter,
    /// First line, from 0.
    pub offset: u32,
    /// Lines wanted, at most 200.
    pub limit: u32,
}

/// `export_file`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportFile {
    /// What to write.
    pub kind: ExportKind,
}

/// `plan_import`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PlanImport {
    /// Text of the file, at most 64 MiB.
    pub text: String,
}

/// `connect_template`.
#[derive(Deserialize, TS)]
pub struct ConnectTemplate {
    /// Catalog entry.
    pub template_id: String,
    /// The key as typed, for entries that want one.
    pub api_key: Option<String>,
}

/// `change_server`: what is absent stays.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChangeServer {
    /// Installation id.
    pub server_id: String,
    /// New name, at most 200 characters; empty gives the catalog's name back.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// On or off.
    pub enabled: Option<bool>,
}

/// `share_server`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ShareServer {
    /// Installation id.
    pub server_id: String,
    /// Share with the project, or take back.
    pub shared: bool,
}

/// `check_address`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CheckAddress {
    /// The address as typed.
    pub url: String,
}

/// `add_server`.
#[derive(Deserialize, TS)]
pub struct AddServer {
    /// Name to show, 1 to 200 characters.
    pub name: String,
    /// Address of the MCP server, http or https, at most 2,048 characters.
    pub url: String,
    /// Description, may be empty.
    pub description: String,
    /// How to log in.
    pub login: LoginKind,
    /// For `key`: the key as typed.
    pub key: Option<String>,
    /// For `own_client`: the client id.
    pub client_id: Option<String>,
    /// For `own_client`: the secret, when there is one.
    pub client_secret: Option<String>,
}

/// A command on one flow.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OnFlow {
    /// Flow id.
    pub flow: String,
}

/// `open_key_page`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct OpenKeyPage {
    /// `us`, `eu`, or the address of an own host.
    pub host: String,
}

/// `report_ui_error`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReportUiError {
    /// What the page says went wrong, at most 2,000 characters are kept.
    pub message: String,
}

/// Every command: name, arguments, answer.
#[derive(TS)]
#[expect(dead_code, reason = "only its generated TypeScript form is used")]
pub struct Commands {
    /// The first call of the page.
    boot: (Nothing, Boot),
    /// Check a key, keep it, learn the projects. Errors name the field `host` or `key`.
    sign_in_key: (SignInKey, SignedIn),
    /// Start the built-in sample project and make it active.
    open_sample: (Nothing, ActiveProject),
    /// Put another project on screen.
    choose_project: (ChooseProject, ActiveProject),
    /// Forget an account's key; what is cached stays until removed.
    sign_out: (OnAccount, Nothing),
    /// Servers from the cache: answers at once.
    list_servers: (Nothing, ServersView),
    /// One window of a server's tools from the cache.
    list_tools: (ListTools, ToolPage),
    /// One tool, whole, from the cache.
    get_tool: (OnTool, ToolDetail),
    /// Decide about one tool; answers what PostHog says it is now.
    decide: (Decide, DecisionResult),
    /// How much waits in Review.
    review: (Nothing, ReviewView),
    /// One window of Review.
    list_review: (ListReview, ReviewPage),
    /// One entry of Review, or any tool, compared with what was decided on.
    get_review: (OnTool, ReviewDetail),
    /// Pin tools as they are; nothing is sent.
    accept: (Accept, Accepted),
    /// Put an entry off, or bring it back.
    put_off: (PutOff, Nothing),
    /// Puts many off, or brings them back, in one step.
    put_off_many: (PutOffMany, PutOffDone),
    /// Say that a finding is known for this tool.
    accept_finding: (AcceptFinding, Nothing),
    /// How watching stands.
    watch: (Nothing, WatchView),
    /// What is set about watching and Review.
    watch_settings: (Nothing, WatchSettings),
    /// Set all of it.
    set_watch_settings: (WatchSettings, Nothing),
    /// What deciding on many tools would do. Nothing is sent.
    plan_decisions: (PlanDecisions, PlanView),
    /// What taking a batch or a decision back would do. Nothing is sent.
    plan_undo: (PlanUndo, PlanView),
    /// One window of one part of a plan.
    list_plan: (ListPlan, BatchPage),
    /// Apply a plan in the background; answers at once with the batch.
    apply_plan: (ApplyPlan, BatchView),
    /// Batches, newest first, at most 50.
    list_batches: (Nothing, Vec<BatchView>),
    /// One window of a batch's tools.
    list_batch_items: (ListBatchItems, BatchPage),
    /// Hold a running batch after the tool that is on its way.
    pause_batch: (OnBatch, Nothing),
    /// Go on with a paused batch, or finish an interrupted one.
    resume_batch: (OnBatch, Nothing),
    /// Stop a batch: what was done stays, the rest is not sent.
    stop_batch: (OnBatch, Nothing),
    /// Try what failed of a batch again: refused, without an answer, or skipped for a reason.
    retry_batch: (OnBatch, Nothing),
    /// One window of Activity.
    list_activity: (ListActivity, ActivityPage),
    /// Write a file to the downloads folder; never over another.
    export_file: (ExportFile, ExportedFile),
    /// What a policy file or a backup would do. Nothing is changed.
    plan_import: (PlanImport, ImportPlan),
    /// Take the pins of a backup that was planned last.
    apply_backup: (Nothing, Accepted),
    /// Read everything again from PostHog, in the background.
    sync_now: (Nothing, Nothing),
    /// Let PostHog read one server's tools again; answers when it has.
    refresh_server: (OnServer, Nothing),
    /// Let PostHog read every connected server again, one after the other, within the budget.
    refresh_all: (Nothing, Nothing),
    /// Empty the queue of *Refresh all*; a reading that runs goes on.
    stop_refreshing: (Nothing, Nothing),
    /// Rename, describe, switch on or off; read back.
    change_server: (ChangeServer, Nothing),
    /// Remove a server from the project. What this machine knows of its tools stays in the ledger.
    remove_server: (OnServer, Nothing),
    /// Share a server with the project or take it back.
    share_server: (ShareServer, Nothing),
    /// What is known about an address before a server is added by it. Errors name the field `url`.
    check_address: (CheckAddress, AddressCheck),
    /// Begin adding a server by its address; answers at once with the flow. Errors name a field.
    add_server: (AddServer, FlowView),
    /// The catalog from the cache; fetched in the background when old.
    list_catalog: (Nothing, CatalogView),
    /// Begin connecting a catalog entry; answers at once with the flow.
    connect_template: (ConnectTemplate, FlowView),
    /// Begin logging in again to a server; answers at once with the flow.
    reconnect_server: (OnServer, FlowView),
    /// Flows of this run, newest first.
    list_flows: (Nothing, Vec<FlowView>),
    /// Open the login page again.
    open_flow_again: (OnFlow, Nothing),
    /// Put the login page's address on the clipboard.
    copy_flow_link: (OnFlow, Nothing),
    /// "I have finished": ask PostHog now.
    check_flow: (OnFlow, Nothing),
    /// Stop waiting. What PostHog has stays as it is.
    cancel_flow: (OnFlow, Nothing),
    /// Take an ended flow off the list.
    dismiss_flow: (OnFlow, Nothing),
    /// Who owns the callback scheme.
    scheme: (Nothing, SchemeView),
    /// Make this program the owner of the callback scheme.
    claim_scheme: (Nothing, SchemeView),
    /// Remember that the person does not want that.
    decline_scheme: (Nothing, SchemeView),
    /// Give the callback scheme back.
    release_scheme: (Nothing, SchemeView),
    /// Open the data folder in the system's file manager.
    open_data_folder: (Nothing, Nothing),
    /// Forget everything on this machine: keys, caches, pins, decisions, logs. The app ends. PostHog keeps what it has.
    remove_my_data: (Nothing, Nothing),
    /// Open the page that makes a personal API key, in the browser.
    open_key_page: (OpenKeyPage, Nothing),
    /// Write an error of the page to the log.
    report_ui_error: (ReportUiError, Nothing),
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ts_rs::{Config, TS};

    use super::*;

    /// The committed file, below the repository's root.
    const GENERATED: &str = "../../ui/src/ipc/generated.ts";

    #[test]
    fn the_types_of_the_window_are_what_the_core_says() {
        let fresh = generated();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(GENERATED);
        if std::env::var_os("HEDGEROW_WRITE_TYPES").is_some() {
            std::fs::write(&path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == fresh,
            "ui/src/ipc/generated.ts is stale: run `make types` and look at the difference"
        );
    }

    fn generated() -> String {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::default().with_out_dir(folder.path());
        Commands::export_all(&config).unwrap();
        Event::export_all(&config).unwrap();
        let mut files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let mut text =
            String::from("// Generated from the core's types. Do not edit: `make types` writes it.\n");
        for file in files {
            let body = std::fs::read_to_string(file).unwrap();
            let kept =
                body.lines().filter(|line| !line.starts_with("import ") && !line.starts_with("// This file"));
            text.push_str(&kept.collect::<Vec<_>>().join("\n"));
            text.push('\n');
        }
        text.replace("\n\n\n", "\n\n")
    }
}
