use sqlx::Row;

use super::*;
use crate::store::{Answer, NewDecision, Pinning};

const LINEAR: &str = "https://mcp.linear.app/mcp";
const WIKI: &str = "https://wiki.example/mcp";

struct Lab {
    ledger: Ledger,
    scope: Scope,
    _folder: tempfile::TempDir,
}

fn ended(result: &str, at: i64) -> Answer<'_> {
    let pin = Pinning::Leave;
    Answer { result, answered: None, decided_by: None, pin, problem: None, words: "", at }
}

impl Lab {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let scope = ledger.scope("https://us.posthog.com", "u", 1).await.unwrap();
        Self { ledger, scope, _folder: folder }
    }

    async fn decided(&self, url: &str, tool: &str, result: &str, at: i64) -> i64 {
        self.decided_in(&self.scope, url, tool, result, at).await
    }

    async fn decided_in(&self, scope: &Scope, server_url: &str, tool: &str, result: &str, at: i64) -> i64 {
        let (before, asked) = ("approved", "do_not_use");
        let new = NewDecision {
            server_url,
            tool,
            kind: "decided",
            before,
            before_by: "scope",
            asked,
            fingerprint_seen: "f",
            undoes: None,
            at,
        };
        let id = self.ledger.begin_decision(scope, &new).await.unwrap();
        let answered = Some("do_not_use");
        let answer = Answer { answered, ..ended(result, at) };
        self.ledger.end_decision(id, &answer).await.unwrap();
        id
    }

    async fn noted(&self, kind: ActivityKind, server_url: &str, tool: Option<&str>, at: i64) {
        let event = NewEvent { kind, server_url, tool, words: "", at };
        self.ledger.note(&self.scope, &[event]).await.unwrap();
    }

    async fn read(&self, query: &LineQuery) -> (Vec<i64>, u32) {
        let (lines, total) = self.ledger.lines(&self.scope, query).await.unwrap();
        (lines.into_iter().map(|line| line.at).collect(), total)
    }

    /// Ten thousand lines of each kind, written as one statement each.
    async fn fill(&self) {
        self.decided(LINEAR, "list_issues", "as_asked", 0).await;
        let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) ";
        for insert in [
            "INSERT INTO event (scope_id, at, kind, server_url, tool) SELECT 1, i * 3, 'changed', 'https://a/', 'x' || i FROM n",
            "INSERT INTO event (scope_id, at, kind, server_url) SELECT 1, i * 3 + 1, 'link_came', 'https://a/' FROM n",
            "INSERT INTO decision (tool_id, before, asked, fingerprint_seen, asked_at, result)
             SELECT 1, 'approved', 'do_not_use', 'f', i * 3 + 2, 'as_asked' FROM n",
        ] {
            let insert = insert.replacen("SELECT", &format!("{numbers}SELECT"), 1);
            sqlx::query(sqlx::AssertSqlSafe(insert)).execute(&self.ledger.db.write).await.unwrap();
        }
    }
}

fn of(filter: ActivityFilter) -> LineQuery {
    LineQuery { filter, limit: 50, ..LineQuery::default() }
}

fn word(text: &str, servers: &[&str]) -> SearchWord {
    SearchWord { text: text.to_owned(), servers: servers.iter().map(|url| (*url).to_owned()).collect() }
}

#[tokio::test]
async fn decisions_and_events_are_one_list_newest_first() {
    let lab = Lab::new().await;
    lab.noted(ActivityKind::FirstContact, LINEAR, None, 10).await;
    lab.decided(LINEAR, "list_issues", "as_asked", 20).await;
    lab.noted(ActivityKind::Changed, LINEAR, Some("list_issues"), 30).await;
    lab.decided(WIKI, "search", "refused", 40).await;
    assert_eq!(lab.read(&of(ActivityFilter::All)).await, (vec![40, 30, 20, 10], 4));
    assert_eq!(lab.read(&of(ActivityFilter::Decisions)).await, (vec![40, 20], 2));
    assert_eq!(lab.read(&of(ActivityFilter::Tools)).await, (vec![30], 1));
    assert_eq!(lab.read(&of(ActivityFilter::Connections)).await, (vec![10], 1));
    let window = LineQuery { offset: 1, limit: 2, ..LineQuery::default() };
    assert_eq!(lab.read(&window).await, (vec![30, 20], 4), "a window knows how many there are in all");
    let (lines, _) = lab.ledger.lines(&lab.scope, &of(ActivityFilter::All)).await.unwrap();
    let decided = &lines[2];
    assert_eq!((decided.decision, decided.kind), (true, ActivityKind::Decided));
    assert_eq!(
        (&*decided.before, &*decided.asked, &*decided.answered),
        ("approved", "do_not_use", "do_not_use")
    );
    assert_eq!((lines[3].kind, lines[3].tool.as_deref()), (ActivityKind::FirstContact, None));
}

#[tokio::test]
async fn every_kind_is_read_as_it_was_written() {
    let lab = Lab::new().await;
    let kinds = [
        ActivityKind::Changed,
        ActivityKind::ChangedBack,
        ActivityKind::New,
        ActivityKind::Removed,
        ActivityKind::Returned,
        ActivityKind::FirstContact,
        ActivityKind::LoginBroken,
        ActivityKind::LoginWorks,
        ActivityKind::ReadFailed,
        ActivityKind::ServerGone,
        ActivityKind::LinkCame,
    ];
    let events: Vec<_> = kinds
        .iter()
        .zip(0..)
        .map(|(kind, at)| NewEvent { kind: *kind, server_url: LINEAR, tool: None, words: "why", at })
        .collect();
    lab.ledger.note(&lab.scope, &events).await.unwrap();
    let (lines, total) = lab.ledger.lines(&lab.scope, &of(ActivityFilter::All)).await.unwrap();
    assert!(lines.iter().rev().map(|line| line.kind).eq(kinds) && total == 11);
    assert!(lines.iter().all(|line| line.words == "why" && !line.decision && !line.standing));
    let word: String = sqlx::query_scalar("SELECT kind FROM event WHERE at = 1")
        .fetch_one(&lab.ledger.db.read)
        .await
        .unwrap();
    assert_eq!(word, "changed_back", "the word of the window is the word on disk");
}

#[tokio::test]
async fn another_project_or_person_has_lines_of_its_own() {
    let lab = Lab::new().await;
    let other = lab.ledger.scope("https://us.posthog.com", "u", 2).await.unwrap();
    lab.decided_in(&other, LINEAR, "list_issues", "as_asked", 1).await;
    let event = NewEvent { kind: ActivityKind::New, server_url: LINEAR, tool: Some("x"), words: "", at: 2 };
    lab.ledger.note(&other, &[event]).await.unwrap();
    assert_eq!(lab.read(&of(ActivityFilter::All)).await, (vec![], 0));
}

#[tokio::test]
async fn all_words_must_occur_in_tool_or_server() {
    let lab = Lab::new().await;
    lab.decided(LINEAR, "List_Issues", "as_asked", 1).await;
    lab.decided(WIKI, "list_pages", "as_asked", 2).await;
    lab.noted(ActivityKind::LoginBroken, WIKI, None, 3).await;
    let search = async |words: &[SearchWord]| {
        lab.read(&LineQuery { words: words.to_vec(), ..of(ActivityFilter::All) }).await
    };
    assert_eq!(search(&[word("list", &[])]).await, (vec![2, 1], 2));
    assert_eq!(search(&[word("list", &[]), word("linear", &[])]).await, (vec![1], 1));
    assert_eq!(
        search(&[word("handbook", &[WIKI])]).await,
        (vec![3, 2], 2),
        "a name of the cache finds its server"
    );
    assert_eq!(search(&[word("handbook", &[WIKI]), word("issues", &[])]).await, (vec![], 0));
    assert_eq!(search(&[word("%", &[])]).await, (vec![], 0), "no character is a pattern");
}

#[tokio::test]
async fn a_decision_stands_until_an_undo_has_taken_effect() {
    let lab = Lab::new().await;
    let standing = async || {
        let (lines, _) = lab.ledger.lines(&lab.scope, &of(ActivityFilter::Decisions)).await.unwrap();
        lines.last().unwrap().standing
    };
    let first = lab.decided(LINEAR, "list_issues", "as_asked", 1).await;
    assert!(standing().await);
    let undo = lab.decided(LINEAR, "list_issues", "refused", 2).await;
    let undoes = "UPDATE decision SET undoes = ?, kind = 'undone' WHERE id = ?";
    sqlx::query(undoes).bind(first).bind(undo).execute(&lab.ledger.db.write).await.unwrap();
    assert!(standing().await, "a refused undo took nothing back");
    lab.ledger.end_decision(undo, &ended("as_asked", 3)).await.unwrap();
    assert!(!standing().await);
    for result in ["refused", "unknown", "definition_changed"] {
        let failed = lab.decided(LINEAR, "other", result, 4).await;
        let (lines, _) = lab.ledger.lines(&lab.scope, &of(ActivityFilter::Decisions)).await.unwrap();
        assert!(!lines.iter().find(|line| line.id == failed).unwrap().standing, "{result}");
    }
}

#[tokio::test]
async fn a_window_of_a_long_list_is_read_in_order_from_an_index() {
    let lab = Lab::new().await;
    lab.fill().await;
    assert_eq!(
        lab.read(&LineQuery { limit: 3, ..LineQuery::default() }).await,
        (vec![30_002, 30_001, 30_000], 30_001)
    );
    assert_eq!(lab.read(&LineQuery { offset: 29_998, limit: 9, ..LineQuery::default() }).await.0, [4, 3, 0]);
    for (filter, wanted) in [
        (ActivityFilter::All, &["MERGE", "event_by_time", "decision_by_time"][..]),
        (ActivityFilter::Decisions, &["decision_by_time"]),
        (ActivityFilter::Tools, &["event_of_tools"]),
        (ActivityFilter::Connections, &["event_of_servers"]),
    ] {
        let plan = plan(&lab, filter).await;
        assert!(wanted.iter().all(|words| plan.contains(words)), "{filter:?}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted for {filter:?}: {plan}");
    }
}

async fn plan(lab: &Lab, filter: ActivityFilter) -> String {
    let query = window(&lab.scope, &of(filter));
    let sql = format!("EXPLAIN QUERY PLAN {}", query.sql().as_str());
    let mut explain = sqlx::query(sqlx::AssertSqlSafe(sql));
    let binds = if filter == ActivityFilter::All { 2 } else { 1 };
    for _ in 0..binds {
        explain = explain.bind(lab.scope.id);
    }
    let steps = explain.bind(50).bind(0).fetch_all(&lab.ledger.db.read).await.unwrap();
    steps.iter().map(|step| step.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
}
