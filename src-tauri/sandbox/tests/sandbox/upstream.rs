//! What a server offers, changed by the list.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::main_path::{plain, tool_path};
use crate::support::{Lab, answer};

async fn control(lab: &Lab, path: &str, body: Value) -> (StatusCode, Value) {
    let request = lab.client.post(format!("{}{path}", lab.sandbox.control_url()));
    answer(request.bearer_auth(lab.sandbox.control_token()).json(&body).send().await.unwrap()).await
}

/// What a refresh says the server offers: names to description and schema.
async fn refreshed(lab: &Lab, server: &str) -> Vec<(String, String, Value)> {
    let row = lab.row(server).await;
    let (status, body) = lab.send(Method::POST, &tool_path(lab, &row, "refresh/"), json!({})).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of =
        |tool: &Value| (text(&tool["tool_name"]), text(&tool["description"]), tool["input_schema"].clone());
    body["results"].as_array().unwrap().iter().map(of).collect()
}

#[tokio::test]
async fn a_generated_server_is_connected_and_a_share_of_it_is_rewritten() {
    let lab = plain().await;
    lab.control("/servers/big/generate", json!({"tools": 10_000})).await;
    let before = refreshed(&lab, "big").await;
    assert_eq!(before.len(), 10_000);
    let mut changed = Vec::new();
    for _ in 0..2 {
        let (status, body) =
            control(&lab, "/servers/big/tools/rewrite", json!({"which": {"share": 0.1}})).await;
        assert_eq!(status, StatusCode::OK);
        changed.push(body["names"].as_array().unwrap().len());
    }
    assert_eq!(changed, [1_000, 1_000]);
    let after = refreshed(&lab, "big").await;
    let differing =
        before.iter().zip(&after).filter(|(before, after)| before.1 != after.1).collect::<Vec<_>>();
    assert_eq!(differing.len(), 1_000);
    assert!(
        differing.iter().all(|(_, after)| after.1.contains("Revision 1") && after.1.contains("Revision 2"))
    );
}

#[tokio::test]
async fn tools_are_rewritten_withdrawn_brought_back_and_added_by_name() {
    let lab = plain().await;
    let schema = json!({"type": "object", "properties": {"everything": {"type": "boolean"}}});
    let rewrite = json!({
        "which": {"names": ["list_issues", "create_issue"]}, "description": "Does as it is told.",
        "input_schema": schema,
    });
    let (_, body) = control(&lab, "/servers/tracker/tools/rewrite", rewrite).await;
    assert_eq!(body, json!({"ok": true, "names": ["list_issues", "create_issue"]}));
    let told = refreshed(&lab, "Tracker").await.into_iter().filter(|tool| tool.1 == "Does as it is told.");
    assert_eq!(told.filter(|tool| tool.2 == schema).count(), 2);

    let two = json!({"names": ["delete_issue", "list_issues"]});
    lab.control("/servers/tracker/tools/remove", two).await;
    assert_eq!(refreshed(&lab, "Tracker").await.len(), 1);
    lab.control("/servers/tracker/tools/restore", json!({"share": 1.0})).await;
    assert_eq!(refreshed(&lab, "Tracker").await.len(), 3);
    let added = json!({"tools": [{"name": "a"}, {"name": "b"}, {"name": "list_issues"}]});
    lab.control("/servers/tracker/tools/put", added).await;
    assert_eq!(refreshed(&lab, "Tracker").await.len(), 5);
}

#[tokio::test]
async fn what_names_no_tool_or_no_share_changes_nothing() {
    let lab = plain().await;
    let before = refreshed(&lab, "Tracker").await;
    for which in
        [json!({"name": "nobody"}), json!({"names": ["list_issues", "nobody"]}), json!({"share": 1.5})]
    {
        let (status, body) = control(&lab, "/servers/tracker/tools/remove", which).await;
        assert!(status.is_client_error(), "{body}");
    }
    let (status, _) = control(&lab, "/servers/big/generate", json!({"tools": 1_000_000})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(refreshed(&lab, "Tracker").await, before);
}
