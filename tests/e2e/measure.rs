//! Figures for `make bench`. They are printed, not judged: other programs share the machine.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::app::{App, running};
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

    let mut times = Vec::new();
    for _ in 0..STARTS {
        let app = App::start(&home).await;
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
        times.push(seen.saturating_sub(started(running(&home.data_dir())[0])));
        app.quit();
    }
    times.sort();
    assert!(times[0] > Duration::ZERO, "the list is seen after the start");
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    eprintln!(
        "exec to cached list on screen, {build} build, {STARTS} starts: median {:.2?}, {:.2?} to {:.2?} (at most: it includes \
         the WebDriver session)",
        times[STARTS / 2],
        times[0],
        times[STARTS - 1]
    );
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
