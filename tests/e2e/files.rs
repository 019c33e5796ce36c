//! A policy leaves as a file, is changed by hand, and comes back: what it would do is shown before it does it.

use serde_json::{Value, json};

use crate::app::App;
use crate::home::Home;
use crate::posthog::{PostHog, TRACKER};
use crate::steps::{finish_batch, sign_in};

#[tokio::test]
#[ignore = "needs the desktop session of scripts/e2e.sh"]
async fn a_policy_that_was_exported_and_changed_is_shown_and_then_applied() {
    let (home, posthog) = (Home::new(), PostHog::start().await);
    let downloads = home.downloads();
    let app = App::start(&home).await;
    sign_in(&app, &posthog).await;
    let tracker = posthog.id(TRACKER).await;
    let mut expected = posthog.states(&tracker).await;

    app.press("Settings").await;
    app.press("Export policy").await;
    app.says("Written: ").await;
    app.says(&format!("In {}, with 3 tools.", downloads.display())).await;
    app.picture("export").await;
    let written: Vec<_> =
        std::fs::read_dir(&downloads).expect("list").map(|entry| entry.expect("an entry").path()).collect();
    let [policy] = written.as_slice() else { panic!("one file, not {written:?}") };
    let text = std::fs::read_to_string(policy).expect("read it");
    let mut policy: Value = serde_json::from_str(&text).expect("JSON");
    let tools = policy["servers"][0]["tools"].as_array_mut().expect("tools");
    let tool = tools.iter_mut().find(|tool| tool["name"] == "delete_issue").expect("the tool");
    assert_eq!(tool["decision"], "needs_approval", "as PostHog has it");
    tool["decision"] = json!("do_not_use");
    let changed = home.at("changed.json");
    std::fs::write(&changed, policy.to_string()).expect("write it");

    app.choose_file("File to import", &changed).await;
    app.says("What this policy would do").await;
    app.says("would change. Nothing has been sent.").await;
    app.picture("import").await;
    app.press("See what it would decide…").await;
    app.says("You can undo all of it as one step.").await;
    app.picture("import-plan").await;
    assert_eq!(posthog.sent("PATCH").await, 0, "neither look sends anything");
    finish_batch(&app).await;

    expected.insert("delete_issue".to_owned(), "do_not_use".to_owned());
    assert_eq!(posthog.states(&tracker).await, expected, "the one that was changed, and no other");
    app.quit();
}
