//! The commands of the page, one line each: state, one request, the core. Their types are in
//! `hedgerow_core::commands`; each takes one argument named `args`.

mod account;
mod connecting;
mod deciding;
mod keeping;
mod reviewing;
mod servers;
mod system;

use hedgerow_core::commands::Nothing;
use hedgerow_core::view::{CommandError, ErrorCode};
use tauri::{Runtime, State};

use crate::Shell;

type Answer<T> = Result<T, CommandError>;
type On<'a> = State<'a, Shell>;

const DONE: Nothing = Nothing {};

/// Makes the handler and the list of its names from one enumeration, so that neither can miss a command.
macro_rules! handlers {
    ($($subject:ident: $($name:ident),*;)*) => {
        /// Names of all commands.
        pub const NAMES: &[&str] = &[$($(stringify!($name)),*),*];

        /// What answers the page.
        pub fn handler<R: Runtime>() -> impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($subject::$name),*),*]
        }
    };
}

handlers! {
    account: boot, sign_in_key, open_key_page, open_sample, choose_project, sign_out;
    servers: list_servers, list_tools, get_tool, sync_now, refresh_server, refresh_all, stop_refreshing,
        change_server, remove_server, share_server;
    connecting: list_catalog, connect_template, check_address, add_server, reconnect_server, list_flows,
        open_flow_again, copy_flow_link, check_flow, cancel_flow, dismiss_flow;
    reviewing: review, list_review, get_review, put_off, put_off_many, accept, accept_finding, watch,
        watch_settings, set_watch_settings;
    deciding: decide, plan_decisions, plan_undo, list_plan, apply_plan, list_batches, list_batch_items,
        pause_batch, resume_batch, stop_batch, retry_batch;
    keeping: list_activity, export_file, plan_import, apply_backup;
    system: scheme, claim_scheme, decline_scheme, release_scheme, open_data_folder, remove_my_data, report_ui_error;
}

fn invalid(field: &str) -> CommandError {
    CommandError { field: Some(field.to_owned()), ..error(ErrorCode::Invalid) }
}

fn error(code: ErrorCode) -> CommandError {
    CommandError { code, message: String::new(), field: None, retry_after: None }
}
