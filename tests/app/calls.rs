//! What the page sends and gets: arguments, answers, errors.

use std::path::Path;
use std::sync::Arc;

use hedgerow_app::{Shell, commands};
use hedgerow_core::secrets::Keyring;
use hedgerow_core::view::{CommandError, ErrorCode};
use hedgerow_core::{Config, Hedgerow, Timing};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

struct Page {
    window: WebviewWindow<MockRuntime>,
    _app: tauri::App<MockRuntime>,
    _folder: TempDir,
}

impl Page {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let core = tauri::async_runtime::block_on(Hedgerow::open(config(folder.path()))).unwrap();
        Self::around(Ok(Arc::new(core)), folder)
    }

    fn around(core: Result<Arc<Hedgerow>, CommandError>, folder: TempDir) -> Self {
        let app = mock_builder()
            .manage(Shell::new(core))
            .invoke_handler(commands::handler())
            .build(mock_context(noop_assets()))
            .unwrap();
        let window = WebviewWindowBuilder::new(&app, "main", Default::default()).build().unwrap();
        Self { window, _app: app, _folder: folder }
    }

    fn call(&self, command: &str, args: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.into(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(json!({ "args": args })),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        tauri::test::get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap())
    }
}

fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.to_owned(),
        version: "1.2.3",
        keyring: Keyring::memory(),
        open_browser: Arc::new(|_| false),
        timing: Timing::default(),
        crashed_before: false,
    }
}

#[test]
fn a_first_start_asks_to_sign_in() {
    let boot = Page::new().call("boot", json!({})).unwrap();
    assert_eq!(boot["version"], "1.2.3");
    assert_eq!((&boot["active"], &boot["accounts"]), (&Value::Null, &json!([])));
}

#[test]
fn an_error_crosses_as_code_message_field_and_wait() {
    let args = json!({"host": "http://posthog.example", "key": "phx_a", "keep": "keyring"});
    let error = Page::new().call("sign_in_key", args).unwrap_err();
    assert_eq!(error["code"], "bad_address");
    assert_eq!(error["field"], "host");
    assert_eq!(error["retry_after"], Value::Null);
    assert_eq!(error.as_object().unwrap().len(), 4);
}

#[test]
fn without_a_project_every_command_about_one_says_signed_out() {
    let page = Page::new();
    for (command, args) in [
        ("list_servers", json!({})),
        ("list_tools", json!({"server_id": "x", "search": "", "filter": "all", "offset": 0, "limit": 1})),
        ("get_tool", json!({"server_id": "x", "tool": "y"})),
        ("decide", json!({"server_id": "x", "tool": "y", "decision": "approved", "fingerprint": "z"})),
        ("sync_now", json!({})),
        ("refresh_server", json!({"server_id": "x"})),
        ("list_catalog", json!({})),
        ("connect_template", json!({"template_id": "x", "api_key": null})),
        ("reconnect_server", json!({"server_id": "x"})),
        ("list_activity", json!({"search": "", "filter": "all", "offset": 0, "limit": 1})),
        ("export_file", json!({"kind": "policy"})),
        ("plan_import", json!({"text": "{}"})),
        ("apply_backup", json!({})),
    ] {
        assert_eq!(page.call(command, args).unwrap_err()["code"], "signed_out", "{command}");
    }
}

#[test]
fn arguments_of_another_shape_are_refused_before_anything_happens() {
    let page = Page::new();
    for (command, args) in [
        ("decide", json!({"server_id": "x", "tool": "y", "decision": "anything", "fingerprint": "z"})),
        ("list_tools", json!({"server_id": "x", "search": "", "filter": "all", "offset": -1, "limit": 1})),
        ("sign_in_key", json!({"host": "us"})),
        ("choose_project", json!({"account": 1, "project": "1"})),
    ] {
        let error = page.call(command, args).unwrap_err();
        assert!(error.as_str().is_some_and(|text| text.contains("invalid")), "{command}: {error}");
    }
}

#[test]
fn a_command_that_is_not_ours_is_not_answered() {
    let error = Page::new().call("read_file", json!({"path": "x"})).unwrap_err();
    assert!(error.to_string().contains("not found"), "{error}");
}

#[test]
fn a_data_folder_in_use_is_said_on_every_call() {
    let refusal =
        CommandError { code: ErrorCode::InUse, message: String::new(), field: None, retry_after: None };
    let page = Page::around(Err(refusal), tempfile::tempdir().unwrap());
    assert_eq!(page.call("boot", json!({})).unwrap_err()["code"], "in_use");
}

#[test]
fn the_sample_project_opens_without_a_key_or_a_network_and_touches_no_keyring() {
    let page = Page::new();
    let active = page.call("open_sample", json!({})).unwrap();
    assert_eq!(active["account"], "sample");
    let boot = page.call("boot", json!({})).unwrap();
    assert_eq!(boot["active"], active);
    assert_eq!(
        (&boot["accounts"][0]["kind"], &boot["accounts"][0]["place"]),
        (&json!("sample"), &json!("Sample"))
    );
    let again = page.call("open_sample", json!({})).unwrap();
    assert_eq!(again, active, "a second time it only comes back on screen");
    page.call("sign_out", json!({"account": "sample"})).unwrap();
    assert_eq!(page.call("boot", json!({})).unwrap()["active"], Value::Null);
}
