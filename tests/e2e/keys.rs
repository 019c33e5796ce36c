//! The app as somebody has it who uses no pointer: keys are pressed, and what has the focus is heard.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app::App;

/// More stops than any screen of the tests has: a control that is further away cannot be reached.
const MOST_STOPS: usize = 120;

/// What has the focus, in its words; and whether it can be seen that it has.
const FOCUS: &str = "
    const one = document.activeElement;
    if (!one || one === document.body) return ['', true];
    const heard = one.cloneNode(true);
    for (const silent of heard.querySelectorAll('[aria-hidden=true]')) silent.remove();
    const words = one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? heard.textContent;
    const place = one.getBoundingClientRect();
    const on_screen = place.width > 0 && place.bottom > 0 && place.right > 0
        && place.top < innerHeight && place.left < innerWidth;
    return [words.replace(/\\s+/g, ' ').trim(), one.matches(':focus-visible') && on_screen]";

impl App {
    /// Presses one key.
    pub(crate) async fn key(&self, key: Key) {
        self.strike(&[key.into()]).await;
    }

    /// Types a text, key by key, into whatever has the focus.
    pub(crate) async fn strike_text(&self, text: &str) {
        self.strike(&text.chars().collect::<Vec<_>>()).await;
    }

    async fn strike(&self, keys: &[char]) {
        let down_and_up = |key: &char| [KeyAction::Down { value: *key }, KeyAction::Up { value: *key }];
        self.perform(keys.iter().flat_map(down_and_up)).await;
    }

    /// Selects all that is in the field that has the focus.
    pub(crate) async fn select_all(&self) {
        let control = Key::Control.into();
        self.perform([
            KeyAction::Down { value: control },
            KeyAction::Down { value: 'a' },
            KeyAction::Up { value: 'a' },
            KeyAction::Up { value: control },
        ])
        .await;
    }

    async fn perform(&self, actions: impl IntoIterator<Item = KeyAction>) {
        let keyboard = KeyActions::new("keyboard".to_owned());
        let presses = actions.into_iter().fold(keyboard, KeyActions::then);
        self.client().perform_actions(presses).await.expect("press keys");
    }

    /// What has the focus, in words.
    pub(crate) async fn focused(&self) -> String {
        self.run(FOCUS, vec![]).await[0].as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is on what begins with these words.
    pub(crate) async fn focus_is(&self, words: &str) {
        self.until(&format!("the focus on {words}"), async || {
            self.focused().await.starts_with(words).then_some(())
        })
        .await;
    }

    /// Presses Tab until the focus is on what begins with these words. Every stop on the way has to be seen.
    pub(crate) async fn tab_to(&self, words: &str) {
        self.tab_until(words, |now| now.starts_with(words)).await;
    }

    /// The same for whichever of these comes first.
    pub(crate) async fn tab_to_any(&self, names: &[&str]) {
        self.tab_until(&names.join("” or “"), |now| names.contains(&now)).await;
    }

    /// The same for words that are only a part of what the control is called.
    pub(crate) async fn tab_to_part(&self, words: &str) {
        self.tab_until(words, |now| now.contains(words)).await;
    }

    async fn tab_until(&self, words: &str, found: impl Fn(&str) -> bool) {
        let mut passed = Vec::new();
        for _ in 0..MOST_STOPS {
            self.key(Key::Tab).await;
            let answer = self.run(FOCUS, vec![]).await;
            let now = answer[0].as_str().unwrap_or_default().to_owned();
            assert_eq!(answer[1], Value::Bool(true), "it is seen that “{now}” has the focus");
            if found(&now) {
                return;
            }
            passed.push(now);
        }
        panic!("Tab does not lead to “{words}”, but to {:?}", json!(passed));
    }
}
