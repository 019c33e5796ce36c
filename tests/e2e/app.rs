//! The app as a person has it: a window that is looked at, pressed and typed into.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::bus::Bus;
use crate::driver::{Driver, terminate};
use crate::home::Home;
use crate::wait::{PATIENCE, answer};

/// The binary that is tried.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_hedgerow");

/// Between two turns of an app that is to watch all the time.
pub(crate) const EVERY_MOMENT: Duration = Duration::from_millis(1500);

/// A running app under WebDriver. What it prints is in `printed.log` of its home.
pub(crate) struct App {
    client: Client,
    data_dir: PathBuf,
    _driver: Driver,
}

impl App {
    /// Starts the app, as from the menu.
    pub(crate) async fn start(home: &Home) -> Self {
        Self::start_with(home, &[]).await
    }

    /// Starts the app with a link, as the system does for a link when the app is not running.
    pub(crate) async fn start_with(home: &Home, arguments: &[&str]) -> Self {
        Self::launch(Command::new("WebKitWebDriver"), home, arguments).await
    }

    /// Starts the app so that it reads a server every moment: a debug build may be hurried.
    pub(crate) async fn start_watching(home: &Home) -> Self {
        Self::start_watching_in(home, EVERY_MOMENT, |_| {}).await
    }

    /// The same every so often, in other surroundings.
    pub(crate) async fn start_watching_in(
        home: &Home,
        every: Duration,
        surround: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new("WebKitWebDriver");
        command.env("HEDGEROW_WATCH_MS", every.as_millis().to_string());
        surround(&mut command);
        Self::launch(command, home, &[]).await
    }

    /// Starts the app on a session bus of its own.
    pub(crate) async fn start_on(home: &Home, bus: &Bus) -> Self {
        let mut command = Command::new("WebKitWebDriver");
        bus.lead(&mut command);
        Self::launch(command, home, &[]).await
    }

    /// Starts another program than Hedgerow, to compare with.
    pub(crate) async fn start_other(home: &Home, program: &Path) -> Self {
        Self::launch_program(program, Command::new("WebKitWebDriver"), home, &[]).await
    }

    async fn launch(command: Command, home: &Home, arguments: &[&str]) -> Self {
        Self::launch_program(Path::new(PROGRAM), command, home, arguments).await
    }

    async fn launch_program(program: &Path, mut command: Command, home: &Home, arguments: &[&str]) -> Self {
        home.furnish(&mut command);
        command.env("TAURI_AUTOMATION", "true").env("TAURI_WEBVIEW_AUTOMATION", "true");
        let mut driver = Driver::start(command, &home.at("printed.log"));
        let options = json!({ "binary": program, "args": arguments });
        let client = driver.session(json!({ "webkitgtk:browserOptions": options })).await;
        let app = Self { client, data_dir: home.data_dir(), _driver: driver };
        app.see("h1").await;
        app
    }

    /// The first element of this selector that can be seen.
    pub(crate) async fn see(&self, css: &str) -> Element {
        self.find(Locator::Css(css), css).await
    }

    /// The button, link, tab or menu item with exactly these words.
    pub(crate) async fn button(&self, words: &str) -> Element {
        // A count or a state may stand beside the words, in an element of its own.
        let own = format!(
            "normalize-space(.)=\"{words}\" or @aria-label=\"{words}\" or span[normalize-space(.)=\"{words}\"]"
        );
        let path = format!(
            "//*[self::button or self::a or @role='radio' or @role='tab' or @role='menuitem'][{own}]"
        );
        self.find(Locator::XPath(&path), words).await
    }

    async fn find(&self, locator: Locator<'_>, name: &str) -> Element {
        self.until(name, async || {
            for element in self.client.find_all(locator).await.ok()? {
                if element.is_displayed().await.unwrap_or(false) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// Asks until there is an answer; says what is on screen when patience ends.
    pub(crate) async fn until<T>(&self, what: &str, ask: impl AsyncFnMut() -> Option<T>) -> T {
        self.until_within(PATIENCE, what, ask).await
    }

    async fn until_within<T>(
        &self,
        patience: Duration,
        what: &str,
        mut ask: impl AsyncFnMut() -> Option<T>,
    ) -> T {
        match answer(patience, &mut ask).await {
            Some(answer) => answer,
            None => panic!("waited {patience:?} for “{what}”; the screen says:\n{}", self.text().await),
        }
    }

    /// True when nothing of this selector is on screen now.
    pub(crate) async fn lacks(&self, css: &str) -> bool {
        self.run("return document.querySelector(arguments[0]) === null", vec![css.into()]).await == true
    }

    /// Waits until nothing of this selector is on screen any more.
    pub(crate) async fn gone(&self, css: &str) {
        self.until(&format!("{css} to go"), async || self.lacks(css).await.then_some(())).await;
    }

    /// Presses Escape, which closes what this selector names.
    pub(crate) async fn escape(&self, css: &str) {
        self.key(Key::Escape).await;
        self.gone(css).await;
    }

    /// Presses the button with these words.
    pub(crate) async fn press(&self, words: &str) {
        // The page may draw it anew between finding and pressing.
        self.until(words, async || self.button(words).await.click().await.ok()).await;
    }

    /// Presses the first element of this selector.
    pub(crate) async fn press_at(&self, css: &str) {
        self.until(css, async || self.see(css).await.click().await.ok()).await;
    }

    /// Types into the field with this label.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        self.field(label).await.send_keys(text).await.expect("type");
    }

    /// Types over what is in the field with this label.
    pub(crate) async fn retype(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.click().await.expect("press it");
        self.select_all().await;
        field.send_keys(text).await.expect("type");
    }

    /// Chooses a file in the input with this label, as the system's file dialog would.
    pub(crate) async fn choose_file(&self, label: &str, path: &Path) {
        let css = format!("input[type='file'][aria-label='{label}']");
        let input = self.client.find(Locator::Css(&css)).await.expect("the input");
        input.send_keys(&path.display().to_string()).await.expect("choose the file");
    }

    async fn field(&self, label: &str) -> Element {
        let path = format!("//label[normalize-space(.)=\"{label}\"]");
        let label_for = self.find(Locator::XPath(&path), label).await.attr("for").await.expect("ask");
        self.find(Locator::Id(&label_for.expect("a field")), label).await
    }

    /// The WebDriver session, for what goes beyond looking, pressing and typing into fields.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Everything that is written on screen, as the engine lays it out: WebDriver's own idea of an element's text
    /// leaves out what may be cut off with an ellipsis.
    pub(crate) async fn text(&self) -> String {
        self.run("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// The page as it is: every element, attribute and typed value.
    pub(crate) async fn page(&self) -> String {
        let page = "return document.documentElement.outerHTML
            + [...document.querySelectorAll('input, textarea')].map((one) => one.value).join('\\n')";
        self.run(page, vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the screen says these words.
    pub(crate) async fn says(&self, words: &str) {
        self.says_within(PATIENCE, words).await;
    }

    /// The same for what may take longer than anything else.
    pub(crate) async fn says_within(&self, patience: Duration, words: &str) {
        self.until_within(patience, words, async || self.text().await.contains(words).then_some(())).await;
    }

    /// Keeps a picture in `target/e2e-screens`.
    pub(crate) async fn picture(&self, name: &str) {
        // WebKit hands out the frame before the last one unless two have been drawn since.
        let frames =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))";
        self.client.execute_async(frames, vec![]).await.expect("wait for a frame");
        let png = self.client.screenshot().await.expect("take a picture");
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/e2e-screens");
        std::fs::create_dir_all(&folder).expect("make the folder");
        std::fs::write(folder.join(format!("{name}.png")), png).expect("write the picture");
    }

    /// Runs a script in the page; `arguments` are its arguments.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("run a script")
    }

    /// The same for a script that calls its last argument when it is done.
    pub(crate) async fn run_async(&self, script: &str) -> Value {
        self.client.execute_async(script, vec![]).await.expect("run a script")
    }

    /// Ends the app, as the end of a desktop session does.
    pub(crate) fn quit(self) {}
}

impl Drop for App {
    /// Also when a test fails: the next app would find this one on the bus, hand itself over to it, and end.
    fn drop(&mut self) {
        end(&self.data_dir);
    }
}

/// Process ids of the apps that own this data folder, however they were started.
pub(crate) fn running(data_dir: &Path) -> Vec<u32> {
    let mark = format!("HEDGEROW_DATA_DIR={}", data_dir.display());
    let processes = std::fs::read_dir("/proc").expect("list processes");
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid: &u32| {
            let program = std::fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
            let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            Path::new(PROGRAM).parent().is_some_and(|built| program.starts_with(built))
                && environment.split(|byte| *byte == 0).any(|e| e == mark.as_bytes())
        })
        .collect()
}

/// Ends the apps that own this data folder, and waits until they are gone.
pub(crate) fn end(data_dir: &Path) {
    for pid in running(data_dir) {
        terminate(pid);
        await_end(pid);
    }
}

/// Kills the apps that own this data folder, as the kernel does without asking, and waits until they are gone.
pub(crate) fn kill(data_dir: &Path) {
    for pid in running(data_dir) {
        let status = Command::new("kill").args(["-KILL", &pid.to_string()]).status();
        assert!(status.expect("run kill").success(), "the app is there to be killed");
        await_end(pid);
    }
}

fn await_end(pid: u32) {
    // tail ends with the process it watches.
    let mut tail = Command::new("timeout");
    tail.args(["20", "tail", &format!("--pid={pid}"), "--follow", "/dev/null"]);
    assert!(tail.status().expect("run tail").success(), "the app ends");
}
