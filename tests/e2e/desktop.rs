//! What the desktop around the app does: it shows what was noticed and hands clicks back, and says when to save power.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use zbus::blocking::Connection;

use crate::app::{App, EVERY_MOMENT};
use crate::browser::Browser;
use crate::bus::Bus;
use crate::driver::terminate;
use crate::home::Home;
use crate::posthog::{PostHog, plain};
use crate::steps::sign_in;
use crate::wait::until;

/// A notification daemon. It notes each notification in the file `notified` of the home: summary, then body.
struct Notifications(Child);

impl Notifications {
    fn start(home: &Home, bus: &Bus) -> Self {
        let lines = format!("printf '%s: %s\\n' \"$2\" \"$3\" >> '{}'", home.at("notified").display());
        let note = home.program("note-notification", &lines);
        let config = format!(
            "[global]\n    stack_duplicates = false\n[urgency_normal]\n    timeout = 0\n[all]\n    summary = \"*\"\n    script = {}\n",
            note.display()
        );
        std::fs::write(home.at("dunstrc"), config).expect("say what it does");
        let mut command = Command::new("dunst");
        home.furnish(&mut command);
        bus.lead(&mut command);
        command.arg("-conf").arg(home.at("dunstrc")).stdout(Stdio::null()).stderr(Stdio::null());
        let daemon = Self(command.spawn().expect("start the notification daemon"));
        let mut wait = Command::new("gdbus");
        bus.lead(&mut wait);
        wait.args(["wait", "--session", "--timeout=20", "org.freedesktop.Notifications"]);
        assert!(wait.status().expect("run gdbus").success(), "the daemon is on the bus");
        daemon
    }
}

impl Drop for Notifications {
    fn drop(&mut self) {
        terminate(self.0.id());
        let _ended = self.0.wait();
    }
}

/// Clicks on the notification shown last.
fn click(bus: &Bus) {
    let mut command = Command::new("gdbus");
    bus.lead(&mut command);
    command.args(["call", "--session", "--dest=org.freedesktop.Notifications"]);
    command.args(["--object-path=/org/freedesktop/Notifications"]);
    command.args(["--method=org.dunstproject.cmd0.NotificationAction", "0"]).stdout(Stdio::null());
    assert!(command.status().expect("run gdbus").success(), "the daemon takes the click");
}

/// The person looks at the app, or does not.
async fn in_front(app: &App, expected: bool) {
    let what = if expected { "the window in front" } else { "another window in front" };
    app.until(what, async || (app.run("return document.hasFocus()", vec![]).await == expected).then_some(()))
        .await;
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn what_is_noticed_behind_another_window_is_said_once_and_a_click_on_it_leads_to_review() {
    let mut fixture = plain();
    for tool in ["list_issues", "create_issue", "delete_issue"] {
        fixture["installations"][0]["choices"][tool] = "approved".into();
    }
    let (home, posthog) = (Home::new(), PostHog::with(fixture).await);
    let bus = Bus::with_open_keyring(&home);
    let _daemon = Notifications::start(&home, &bus);
    // Watching leaves four of ten readings a minute to the person: six turns are enough for this.
    let app = App::start_watching_in(&home, Duration::from_secs(5), |command| bus.lead(command)).await;
    sign_in(&app, &posthog).await;
    let browser = Browser::open(&home, posthog.origin()).await;
    in_front(&app, false).await;
    rewrite(&posthog, "list_issues").await;
    let said = until("the notification", async || home.lines("notified").first().cloned()).await;
    assert_eq!(said, "Something to review: Tracker: 1 allowed tool is not what you decided on.");
    click(&bus);
    app.says("Changed while allowed · 1").await;
    in_front(&app, true).await;
    rewrite(&posthog, "create_issue").await;
    app.says("2 wait for you").await;

    // Behind another window again there is one more, and it is the second at all.
    browser.to_front().await;
    in_front(&app, false).await;
    rewrite(&posthog, "delete_issue").await;
    app.says("3 wait for you").await;
    until("another notification", async || (home.lines("notified").len() > 1).then_some(())).await;
    assert_eq!(
        home.lines("notified"),
        [said.clone(), said],
        "once for each event, none while the window is in front"
    );
    drop(browser);
    app.quit();
}

async fn rewrite(posthog: &PostHog, tool: &str) {
    let which = json!({ "which": { "name": tool }, "description": "Sends what it finds elsewhere." });
    posthog.tell("servers/tracker/tools/rewrite", which).await;
}

/// The system's power profiles, as the daemon of that name offers them.
struct Profiles {
    active: &'static str,
}

#[zbus::interface(name = "net.hadess.PowerProfiles")]
impl Profiles {
    #[zbus(property)]
    fn active_profile(&self) -> String {
        self.active.to_owned()
    }

    #[zbus(property)]
    fn set_active_profile(&mut self, _name: String) {}
}

const PROFILES: &str = "/net/hadess/PowerProfiles";

/// Puts the profiles on a bus of the system's.
fn profiles(bus: &Bus) -> Connection {
    zbus::blocking::connection::Builder::address(bus.address())
        .and_then(|builder| builder.name("net.hadess.PowerProfiles"))
        .and_then(|builder| builder.serve_at(PROFILES, Profiles { active: "power-saver" }))
        .and_then(zbus::blocking::connection::Builder::build)
        .expect("offer the profiles")
}

/// The person chooses another profile.
async fn choose(connection: &Connection, profile: &'static str) {
    let served =
        connection.inner().object_server().interface::<_, Profiles>(PROFILES).await.expect("the profiles");
    served.get_mut().await.active = profile;
    served.get().await.active_profile_changed(served.signal_emitter()).await.expect("say so");
}

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn watching_rests_while_the_machine_saves_its_battery() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let system = Bus::without_keyring(&home);
    let connection = profiles(&system);
    let address = system.address().to_owned();
    let app = App::start_watching_in(&home, EVERY_MOMENT, |command| {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", address);
    })
    .await;
    sign_in(&app, &posthog).await;
    app.says("rests to save the battery").await;
    assert_eq!(posthog.asked("POST", "/refresh/").await, 0, "nothing was read meanwhile");
    choose(&connection, "balanced").await;
    app.says("next: Tracker").await;
    until("a turn of watching", async || (posthog.asked("POST", "/refresh/").await > 0).then_some(())).await;
    choose(&connection, "power-saver").await;
    app.says("rests to save the battery").await;
    app.picture("watch-battery").await;
    app.quit();
}
