//! Older generations of the API: as documented, not recorded.

use std::collections::BTreeSet;

use hedgerow_sandbox::{Fixture, Generation};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::main_path::tool_path;
use crate::support::{Lab, answer, location};

const ALL: [Generation; 4] = [Generation::A0, Generation::A, Generation::B, Generation::C];

/// The sample as an admin with a colleague's shared row sees it, or the plain project.
async fn sample(generation: Generation) -> Lab {
    Lab::new(Fixture::sample().in_generation(generation)).await
}

async fn plain(generation: Generation) -> Lab {
    Lab::new(Fixture::plain().in_generation(generation)).await
}

fn keys(row: &Value) -> BTreeSet<&str> {
    row.as_object().unwrap().keys().map(String::as_str).collect()
}

/// What the older of two rows lacks.
fn lacking<'v>(older: &Value, newer: &'v Value) -> Vec<&'v str> {
    assert!(keys(older).is_subset(&keys(newer)));
    keys(newer).into_iter().filter(|key| !keys(older).contains(key)).collect()
}

#[tokio::test]
async fn each_generation_adds_the_documented_keys_to_its_rows() {
    let (mut installations, mut tools, mut templates) = (Vec::new(), Vec::new(), Vec::new());
    for generation in ALL {
        let lab = sample(generation).await;
        let list = lab.get(&lab.in_project("mcp_server_installations/")).await;
        let row = list["results"].as_array().unwrap().iter().find(|row| row["name"] == "Linear").unwrap();
        let one = lab.get(&tool_path(&lab, row, "").replace("tools/", "")).await;
        assert_eq!(keys(&one), keys(row), "one row is as it is in the list");
        tools.push(lab.get(&tool_path(&lab, row, "")).await["results"][0].clone());
        templates.push(lab.get(&lab.in_project("mcp_servers/")).await["results"][0].clone());
        installations.push(row.clone());
    }
    let steps =
        |rows: &[Value]| rows.windows(2).map(|two| lacking(&two[0], &two[1]).join(" ")).collect::<Vec<_>>();
    assert_eq!(
        steps(&installations),
        ["icon_key tool_count", "icon_domain is_owner scope", "last_sync_error last_synced_at"]
    );
    assert_eq!(steps(&tools), ["", "decided_by locked team_state", ""]);
    assert_eq!(steps(&templates), ["", "category docs_url icon_domain", ""]);
    let of_a0 = BTreeSet::from(["id", "name", "url", "description", "auth_type", "icon_key"]);
    assert_eq!(keys(&templates[0]), of_a0);
}

#[tokio::test]
async fn routes_that_came_later_are_not_there() {
    for generation in ALL {
        let lab = plain(generation).await;
        let row = lab.row("Tracker").await;
        let share = tool_path(&lab, &row, "").replace("tools/", "share/");
        let (status, body) = lab.send(Method::POST, &share, json!({})).await;
        let has_sharing = generation >= Generation::B;
        assert_eq!(status == StatusCode::OK, has_sharing, "{generation:?} {body}");
        let (status, body) = lab.send(Method::GET, &lab.in_project("mcp_servers/icon/"), json!({})).await;
        let expected = if has_sharing { "invalid_input" } else { "not_found" };
        assert_eq!(body["code"], expected, "{generation:?} {status}");
        let path = lab.in_project("mcp_server_installations/available_tools/");
        let (status, _) = lab.send(Method::GET, &path, json!({})).await;
        assert_eq!(status == StatusCode::OK, generation == Generation::C, "{generation:?}");
    }
}

#[tokio::test]
async fn a_flow_begins_with_a_redirect_before_b() {
    for generation in ALL {
        let lab = plain(generation).await;
        let row = lab.row("Tracker").await;
        let path = lab.in_project(&format!(
            "mcp_server_installations/authorize/?installation_id={}&install_source=posthog-code",
            row["id"].as_str().unwrap()
        ));
        let response = lab.api(Method::GET, &path).send().await.unwrap();
        let url = if generation < Generation::B {
            location(&response)
        } else {
            answer(response).await.1["redirect_url"].as_str().unwrap().to_owned()
        };
        assert!(url.contains("/provider/tracker/authorize?"), "{generation:?}: {url}");
    }
}

#[tokio::test]
async fn colleagues_rows_and_ceilings_came_with_b() {
    for generation in ALL {
        let lab = sample(generation).await;
        let list = lab.get(&lab.in_project("mcp_server_installations/")).await;
        let rows = list["results"].as_array().unwrap();
        let knows_teams = generation >= Generation::B;
        assert_eq!(rows.iter().any(|row| row["name"] == "PagerDuty"), knows_teams, "{generation:?}");
        let github = lab.row("GitHub").await;
        let path = tool_path(&lab, &github, "create_release/");
        let (status, tool) = lab.send(Method::PATCH, &path, json!({"approval_state": "approved"})).await;
        assert_eq!(status == StatusCode::OK, !knows_teams, "{generation:?}");
        if !knows_teams {
            assert_eq!(tool["approval_state"], "approved", "what is stored is what counts");
        }
    }
}

#[tokio::test]
async fn only_c_says_why_a_refresh_failed_and_lends_a_template_s_description() {
    for generation in ALL {
        let lab = plain(generation).await;
        lab.control("/servers/tracker/upstream", json!({"mode": {"fail": "it is away"}})).await;
        let row = lab.row("Tracker").await;
        let (status, body) = lab.send(Method::POST, &tool_path(&lab, &row, "refresh/"), json!({})).await;
        assert_eq!(status, StatusCode::BAD_GATEWAY);
        let (reason, description) =
            if generation == Generation::C { (": it is away", "Issues and projects.") } else { ("", "") };
        let expected = format!("Could not refresh tools from the upstream MCP server{reason}");
        assert_eq!(body["detail"], expected, "{generation:?}");
        assert_eq!(row["description"], description, "{generation:?}");
    }
}

#[tokio::test]
async fn installing_ignores_what_came_later_and_a0_knows_shared_clients_only() {
    for generation in ALL {
        let lab = plain(generation).await;
        let wiki = json!({"template_id": lab.template("Wiki").await});
        let path = lab.in_project("mcp_server_installations/install_template/");
        let (status, body) = lab.send(Method::POST, &path, wiki).await;
        let expected = if generation == Generation::A0 {
            (StatusCode::BAD_REQUEST, json!("Template is missing OAuth credentials"))
        } else {
            (StatusCode::OK, Value::Null)
        };
        assert_eq!((status, body["detail"].clone()), expected, "{generation:?}");
        let docs =
            json!({"template_id": lab.template("Docs").await, "api_key": "good-key", "scope": "shared"});
        let (status, row) = lab.send(Method::POST, &path, docs.clone()).await;
        assert_eq!(status, StatusCode::CREATED);
        let scope = if generation < Generation::B { Value::Null } else { json!("shared") };
        assert_eq!(row["scope"], scope, "{generation:?}");
        lab.control("/generation", json!({"generation": "C"})).await;
        let scope = if generation < Generation::B { "personal" } else { "shared" };
        assert_eq!(lab.row("Docs").await["scope"], scope, "{generation:?}");
        let off = tool_path(&lab, &row, "").replace("tools/", "");
        lab.send(Method::PATCH, &off, json!({"is_enabled": false})).await;
        lab.control("/generation", json!({ "generation": generation })).await;
        let (_, row) = lab.send(Method::POST, &path, docs).await;
        assert_eq!(row["is_enabled"], generation == Generation::C, "{generation:?}");
    }
}

#[tokio::test]
async fn a_misconfigured_template_and_a_wrong_key_are_told_in_the_words_of_the_time() {
    for (generation, words, challenge) in [
        (Generation::A0, "Template is missing OAuth credentials", "Bearer"),
        (Generation::A, "Template is missing OAuth credentials", "Bearer"),
        (Generation::B, "Template is missing OAuth metadata", "Bearer resource_metadata="),
        (Generation::C, "Template OAuth client is not configured", "Bearer resource_metadata="),
    ] {
        let mut fixture = crate::lab::fixture("06_install_template");
        fixture["generation"] = json!(generation);
        let lab = Lab::new(Fixture::from_json(&fixture.to_string()).unwrap()).await;
        let body = json!({"template_id": "0199bbbb-0000-7000-8000-000000000006"});
        let path = lab.in_project("mcp_server_installations/install_template/");
        let (status, body) = lab.send(Method::POST, &path, body).await;
        assert_eq!((status, &body["detail"]), (StatusCode::BAD_REQUEST, &json!(words)), "{generation:?}");
        let wrong = lab.client.get(lab.url("/api/users/@me/")).bearer_auth("phx_wrong").send().await.unwrap();
        let said = wrong.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(said.starts_with(challenge) && (challenge != "Bearer" || said == challenge), "{said}");
    }
}
