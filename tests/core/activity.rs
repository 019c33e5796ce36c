//! Activity: what was done and noticed here, as one list that can be searched.

use hedgerow_core::Project;
use hedgerow_core::view::{ActivityFilter, ActivityKind, ActivityRow, Decision, Event, FlowStep};

use crate::support::{World, server_id, tool};

async fn lines(project: &Project, search: &str, filter: ActivityFilter) -> Vec<ActivityRow> {
    let page = project.activity(search, filter, 0, 200).await.unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

async fn decide(project: &Project, name: &str, decision: Decision) {
    let id = server_id(project, "Tracker").await;
    let row = tool(project, &id, name).await;
    project.decide(&id, name, decision, &row.fingerprint).await.unwrap();
}

#[tokio::test]
async fn a_decision_is_a_line_with_what_was_answered_and_can_be_taken_back() {
    let (_world, project) = World::signed_in().await;
    decide(&project, "delete_issue", Decision::DoNotUse).await;
    let lines = lines(&project, "", ActivityFilter::Decisions).await;
    let line = &lines[0];
    assert_eq!((line.what, line.server_name.as_str()), (ActivityKind::Decided, "Tracker"));
    assert_eq!(
        (&*line.before, &*line.asked, &*line.answered, &*line.result),
        ("needs_approval", "do_not_use", "do_not_use", "as_asked")
    );
    assert_eq!((line.tool.as_deref(), line.label.as_str()), (Some("delete_issue"), "delete_issue"));
    assert!(line.undo.is_some() && line.server_id.is_some() && line.batch.is_none());
}

#[tokio::test]
async fn a_search_finds_a_line_by_tool_and_by_the_name_of_its_server() {
    let (_world, project) = World::signed_in().await;
    decide(&project, "delete_issue", Decision::DoNotUse).await;
    decide(&project, "list_issues", Decision::DoNotUse).await;
    let found = async |search| lines(&project, search, ActivityFilter::Decisions).await.len();
    assert_eq!(found("TRACK issue").await, 2);
    assert_eq!(found("tracker delete").await, 1);
    assert_eq!(found("elsewhere").await, 0);
    let page = project.activity("", ActivityFilter::Decisions, 1, 1).await.unwrap();
    assert_eq!(
        (page.total, page.rows[0].label.as_str()),
        (2, "delete_issue"),
        "newest first, from the second on"
    );
}

#[tokio::test]
async fn a_removed_server_leaves_a_line_with_its_name() {
    let (world, project) = World::signed_in().await;
    let mut events = world.core.events();
    project.remove_server(&server_id(&project, "Tracker").await).await.unwrap();
    let told = std::iter::from_fn(|| events.try_recv().ok()).any(|event| event == Event::Activity);
    assert!(told, "the window is told to read again");
    let lines = lines(&project, "", ActivityFilter::Connections).await;
    let gone = lines.iter().find(|line| line.what == ActivityKind::ServerGone).unwrap();
    assert_eq!((gone.words.as_str(), gone.server_id.as_deref(), gone.undo), ("Tracker", None, None));
}

#[tokio::test]
async fn a_callback_link_is_a_line_without_any_of_its_text() {
    let (world, project) = World::signed_in().await;
    let flow = world.connect("Wiki").await;
    let link = world.browse("deny").await;
    assert!(!world.core.on_link("posthog-code://mcp-oauth-complete?flow=00000000000000000000000000000000"));
    assert!(world.core.on_link(&link));
    world.flow_at(&flow.id, FlowStep::Failed).await;
    let lines = lines(&project, "", ActivityFilter::Connections).await;
    let came: Vec<_> = lines.iter().filter(|line| line.what == ActivityKind::LinkCame).collect();
    assert_eq!(came.len(), 1, "a link for no flow is no line");
    assert_eq!((came[0].words.as_str(), &came[0].tool), ("", &None));
}
