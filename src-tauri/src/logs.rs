//! Logs to files in the data folder, one a day, seven kept. A panic leaves a trace there and a word on screen.

use std::fs;
use std::path::{Path, PathBuf};

use hedgerow_core::view::Event;
use tauri::{AppHandle, Emitter, Manager};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

use crate::paths;

/// zbus and hyper print message headers and addresses below `warn`; what they carry is none of a log's business.
const LEVELS: &str =
    "info,zbus=warn,sqlx=warn,hyper=warn,hyper_util=warn,reqwest=warn,rustls=warn,tracing=warn";
const KEPT: usize = 7;

/// Begins logging; answers whether the last run left the trace of a crash.
pub(crate) fn begin(app: &AppHandle, data_dir: &Path) -> bool {
    let folder = data_dir.join("logs");
    let appender = fs::create_dir_all(&folder).ok().and_then(|()| {
        RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("hedgerow")
            .filename_suffix("log")
            .max_log_files(KEPT)
            .build(&folder)
            .ok()
    });
    if let Some(appender) = appender {
        // Fails only when a subscriber is set already, as under test.
        let _ = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(LEVELS))
            .with_ansi(false)
            .with_writer(std::sync::Mutex::new(appender))
            .try_init();
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
    let marker = marker(data_dir);
    let crashed_before = fs::remove_file(&marker).is_ok();
    trace_panics(app.clone(), marker);
    crashed_before
}

fn marker(data_dir: &Path) -> PathBuf {
    data_dir.join("crashed")
}

/// A panic in a task ends that task, not the app: the page says a word, the log keeps the place.
fn trace_panics(app: AppHandle, marker: PathBuf) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let trace = std::backtrace::Backtrace::force_capture();
        tracing::error!(%place, %trace, "a part of the app crashed: {}", info.payload_as_str().unwrap_or("no words"));
        let _ = fs::write(&marker, &place);
        let _ = app.emit(crate::EVENT, Event::Crashed);
        before(info);
    }));
}

/// The app ends as it should: the marker of a crash that was survived goes.
pub(crate) fn ended_well(app: &AppHandle) {
    if let Ok(data_dir) = paths::data_dir(app) {
        let _ = fs::remove_file(marker(&data_dir));
    }
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.destroy();
    }
    tracing::info!("ended");
}
