//! Figures for `make bench`. They are printed, not judged: other programs share the machine.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::app::{App, PROGRAM, running};
use crate::home::Home;
use crate::posthog::PostHog;
use crate::steps::sign_in;

/// Starts that are measured.
const STARTS: usize = 5;

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn from_exec_to_the_cached_list_on_screen() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    app.quit();
    let bare = Path::new(PROGRAM).with_file_name("examples/bare_window");
    assert!(bare.exists(), "cargo build --workspace --example bare_window comes first");

    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let app = App::start(&home).await;
        ours.push(until_drawn(&app, &home).await);
        app.quit();
        let app = App::start_other(&home, &bare).await;
        others.push(until_drawn(&app, &home).await);
        app.quit();
    }
    let [ours, others] = [ours, others].map(|mut times: Vec<Duration>| {
        times.sort();
        assert!(times[0] > Duration::ZERO, "the list is seen after the start");
        u64::try_from(times[STARTS / 2].as_millis()).expect("a short time")
    });
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    eprintln!(
        "exec to cached list on screen, {build} build, median of {STARTS} starts: {ours} ms; a bare Tauri window {others} ms \
         (at most: it includes the WebDriver session)"
    );
    let row = json!({ "name": format!("exec to cached list, {build}"), "n": 1, "unit": "ms", "ours": ours,
                      "others": { "bare Tauri window": others }, "limit": 2_500 });
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench-start.json");
    std::fs::write(file, row.to_string()).expect("write the row");
}

/// From the start of the app's process until its list is drawn.
async fn until_drawn(app: &App, home: &Home) -> Duration {
    let seen = app
        .run_async(
            "const done = arguments[0];
             const look = () => document.querySelector('[data-server]')
                 ? requestAnimationFrame(() => requestAnimationFrame(() => done(Date.now())))
                 : requestAnimationFrame(look);
             look()",
        )
        .await;
    let seen = Duration::from_millis(seen.as_u64().expect("milliseconds"));
    seen.saturating_sub(started(running(&home.data_dir())[0]))
}

/// When a process began, since the Unix epoch, to a hundredth of a second.
fn started(pid: u32) -> Duration {
    // Field 22 counts hundredths of a second from boot (proc(5)); the second field may hold spaces, so count after it.
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("read the process's state");
    let after_name = stat.rsplit(')').next().expect("fields");
    let ticks: u64 =
        after_name.split_whitespace().nth(19).and_then(|field| field.parse().ok()).expect("a start");
    let uptime = std::fs::read_to_string("/proc/uptime").expect("read the uptime");
    let uptime: f64 = uptime.split_whitespace().next().and_then(|field| field.parse().ok()).expect("seconds");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    now - Duration::from_secs_f64(uptime) + Duration::from_millis(ticks * 10)
}
