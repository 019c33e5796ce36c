//! The Tauri shell: builder, commands, deep link, events. No decisions here; those are in `hedgerow-core`.

pub mod commands;
mod links;
mod logs;
mod notify;
mod paths;
mod power;
mod sample;
mod scheme;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use hedgerow_core::secrets::Keyring;
use hedgerow_core::view::{CommandError, Event};
use hedgerow_core::{Config, Hedgerow, Project, Timing};
use tauri::{AppHandle, Emitter, Manager, RunEvent, Runtime, WindowEvent};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::broadcast::error::RecvError;

/// Name of the one event the page listens to.
const EVENT: &str = "hedgerow";

/// What a page that fell behind reads again.
const EVERYTHING: [Event; 7] = [
    Event::Boot,
    Event::Servers,
    Event::Catalog,
    Event::Flows,
    Event::Review,
    Event::Activity,
    Event::Batches,
];

/// What every command gets: the core, or why there is none.
pub struct Shell {
    core: Result<Arc<Hedgerow>, CommandError>,
    sample: sample::Running,
}

impl Shell {
    /// A shell around an opened core; tests use it with the mock runtime.
    pub fn new(core: Result<Arc<Hedgerow>, CommandError>) -> Self {
        Self { core, sample: sample::Running::default() }
    }

    /// The core.
    ///
    /// # Errors
    /// Why the data folder could not be opened.
    pub fn core(&self) -> Result<&Arc<Hedgerow>, CommandError> {
        self.core.as_ref().map_err(Clone::clone)
    }

    /// The project on screen.
    ///
    /// # Errors
    /// `signed_out` when there is none.
    pub fn active(&self) -> Result<Arc<Project>, CommandError> {
        self.core()?.active()
    }
}

/// Runs the app until its window closes.
pub fn run() -> ExitCode {
    if let Some(missing) = window::missing_display() {
        return missing;
    }
    let builder = tauri::Builder::default()
        // First: a second start hands its arguments over and ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, argv, _| {
            links::arrived(app, &argv);
            window::raise(app);
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .invoke_handler(commands::handler())
        .setup(|app| Ok(setup(app.handle())?));
    match builder.build(tauri::generate_context!()) {
        Ok(app) => {
            app.run(|app, event| match event {
                RunEvent::Exit => logs::ended_well(app),
                RunEvent::WindowEvent { event: WindowEvent::Focused(true), .. } => {
                    if let Some(project) = app.try_state::<Shell>().and_then(|shell| shell.active().ok()) {
                        project.sync_if_old();
                    }
                }
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the app could not start");
            ExitCode::FAILURE
        }
    }
}

fn setup(app: &AppHandle) -> tauri::Result<()> {
    let data_dir = paths::data_dir(app)?;
    let crashed_before = logs::begin(app, &data_dir);
    let opener = app.clone();
    let config = Config {
        data_dir,
        version: env!("CARGO_PKG_VERSION"),
        keyring: Keyring::os(),
        open_browser: Arc::new(move |url| opener.opener().open_url(url, None::<&str>).is_ok()),
        timing: timing(),
        crashed_before,
    };
    let core = tauri::async_runtime::block_on(async {
        let core = Arc::new(Hedgerow::open(config).await?);
        core.start().await?;
        Ok::<_, CommandError>(core)
    });
    if let Ok(core) = &core {
        forward_events(app.clone(), core);
        notify::on_news(app.clone(), core.clone());
        power::watch(core.clone());
    }
    app.manage(Shell::new(core));
    let argv: Vec<String> = std::env::args().collect();
    links::arrived(app, &argv);
    links::on_system_event(app);
    window::open(app)
}

/// The core's paces. A debug build may watch faster, so that its tests need not wait for minutes.
fn timing() -> Timing {
    let paces = Timing::default();
    let quick = std::env::var("HEDGEROW_WATCH_MS").ok().and_then(|ms| ms.parse().ok());
    match quick.filter(|_| cfg!(debug_assertions)).map(std::time::Duration::from_millis) {
        Some(every) => Timing { watch_first: every, watch_every: every, watch_an_hour: 1_000, ..paces },
        None => paces,
    }
}

/// Passes the core's events on to the page. A page that fell behind reads everything again.
fn forward_events<R: Runtime>(app: AppHandle<R>, core: &Hedgerow) {
    let mut events = core.events();
    tauri::async_runtime::spawn(async move {
        loop {
            let news = match events.recv().await {
                Ok(event) => vec![event],
                Err(RecvError::Lagged(_)) => EVERYTHING.to_vec(),
                Err(RecvError::Closed) => break,
            };
            for event in news {
                if let Err(error) = app.emit(EVENT, event) {
                    tracing::warn!(%error, "an event did not reach the page");
                }
            }
        }
    });
}
