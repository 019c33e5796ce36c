mod steps;

use super::*;

const URL: &str = "https://mcp.linear.app/mcp";

struct Lab {
    ledger: Ledger,
    scope: Scope,
    _folder: tempfile::TempDir,
}

impl Lab {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let scope = ledger.scope("https://us.posthog.com", "u", 1).await.unwrap();
        Self { ledger, scope, _folder: folder }
    }

    async fn merge(&self, tools: &[KeptTool], merge: Merge) -> (u32, u32) {
        let merged =
            self.take_in(Kept { definitions: &[definition()], tools, ..Kept::default() }, merge).await;
        (merged.new_pins, merged.kept_pins)
    }

    async fn take_in(&self, kept: Kept<'_>, merge: Merge) -> Merged {
        self.ledger.merge(&self.scope, kept, merge, 1_000).await.unwrap()
    }

    /// What a backup of this ledger would hold.
    async fn kept(&self) -> (Vec<KeptTool>, Vec<KeptDefinition>) {
        let mut tools = self.ledger.kept_tools(&self.scope).await.unwrap();
        let mut journal = self.ledger.kept_journal(&self.scope);
        while let Some(row) = journal.try_next().await.unwrap() {
            let (url, name, decision) = row;
            let tool = tools.iter_mut().find(|tool| tool.server_url == url && tool.name == name).unwrap();
            tool.journal.push(decision);
        }
        let mut definitions = Vec::new();
        let mut rows = self.ledger.kept_definitions(&self.scope);
        while let Some(kept) = rows.try_next().await.unwrap() {
            definitions.push(kept);
        }
        (tools, definitions)
    }
}

fn definition() -> KeptDefinition {
    KeptDefinition {
        fingerprint: "a".repeat(64),
        name: "list_issues".into(),
        title: String::new(),
        description: "Lists issues.".into(),
        schema: r#"{ "type": "object" }"#.into(),
        first_at: 1,
    }
}

fn decision(id: i64, at: i64) -> KeptDecision {
    KeptDecision {
        id,
        batch: None,
        kind: JournalKind::Decided,
        before: "approved".into(),
        before_by: "preset".into(),
        asked: "do_not_use".into(),
        fingerprint_seen: "a".repeat(64),
        asked_at: at,
        answered: Some("do_not_use".into()),
        decided_by: Some("scope".into()),
        fingerprint_pinned: Some("a".repeat(64)),
        result: JournalResult::AsAsked,
        answered_at: Some(at + 1),
        undoes: None,
        moved_pin: true,
        pin_before: None,
        pin_before_state: None,
        pin_before_decision: None,
        pin_before_at: None,
        words: String::new(),
    }
}

fn tool(at: i64) -> KeptTool {
    KeptTool {
        server_url: URL.into(),
        name: "list_issues".into(),
        pin: Some(KeptPin { fingerprint: "a".repeat(64), state: "do_not_use".into(), at }),
        known: vec![KeptFinding { finding: "0123456789abcdef".into(), at: 3 }],
        seen: vec![KeptObservation { fingerprint: "a".repeat(64), from_at: 2, until_at: None }],
        marks: vec![KeptMark {
            what: MarkKind::Later,
            fingerprint: "a".repeat(64),
            group: Some(ReviewGroup::New),
            at: 4,
        }],
        journal: vec![decision(7, at)],
    }
}

#[tokio::test]
async fn what_is_taken_into_an_empty_ledger_is_what_was_kept() {
    let lab = Lab::new().await;
    let mut undo = KeptDecision { kind: JournalKind::Undone, undoes: Some(7), ..decision(9, 20) };
    (undo.pin_before_decision, undo.pin_before) = (Some(7), Some("a".repeat(64)));
    let mut whole = tool(10);
    whole.journal.push(undo);
    // Something else is there already, so that numbers in the file cannot be the numbers here.
    let other = KeptTool { name: "other".into(), seen: Vec::new(), ..tool(1) };
    lab.merge(&[other], Merge::Apply).await;
    assert_eq!(lab.merge(std::slice::from_ref(&whole), Merge::Apply).await, (1, 0));
    let (tools, definitions) = lab.kept().await;
    let back = tools.into_iter().find(|tool| tool.name == "list_issues").unwrap();
    assert_eq!((back.known, &definitions), (whole.known, &vec![definition()]));
    assert_eq!((back.seen, back.marks), (whole.seen, whole.marks));
    let (first, undone, pinned) = (&back.journal[0], &back.journal[1], &back.journal[2]);
    assert_eq!((pinned.kind, pinned.asked_at, back.journal.len()), (JournalKind::Imported, 1_000, 3));
    assert_ne!(first.id, 7);
    assert_eq!(*first, KeptDecision { id: first.id, ..decision(7, 10) });
    assert_eq!((undone.undoes, undone.pin_before_decision), (Some(first.id), Some(first.id)));
    assert_eq!(back.pin, whole.pin);
}

#[tokio::test]
async fn the_newer_pin_stays_whichever_side_it_is_on() {
    for (here, file, expected, stays) in
        [(10, 20, (1, 0), 20), (20, 10, (0, 1), 20), (20, 20, (0, 0), 20), (-5, 0, (1, 0), 0)]
    {
        let lab = Lab::new().await;
        lab.merge(&[tool(here)], Merge::Apply).await;
        assert_eq!(lab.merge(&[tool(file)], Merge::Apply).await, expected, "{here} here, {file} in the file");
        assert_eq!(lab.kept().await.0[0].pin.as_ref().unwrap().at, stays);
    }
}

#[tokio::test]
async fn taking_it_in_twice_is_taking_it_in_once() {
    let lab = Lab::new().await;
    let tools: Vec<KeptTool> = (0..50).map(|n| KeptTool { name: format!("tool_{n}"), ..tool(n) }).collect();
    assert_eq!(lab.merge(&tools, Merge::Apply).await, (50, 0));
    let once = lab.kept().await;
    assert_eq!(lab.merge(&tools, Merge::Apply).await, (0, 0));
    assert_eq!(lab.kept().await, once);
    assert_eq!(lab.merge(&once.0, Merge::Apply).await, (0, 0), "its own backup brings nothing");
    assert_eq!(lab.kept().await, once);
}

#[tokio::test]
async fn a_dry_run_counts_and_changes_nothing() {
    let lab = Lab::new().await;
    assert_eq!(lab.merge(&[tool(10)], Merge::DryRun).await, (1, 0));
    assert_eq!(lab.kept().await, (vec![], vec![]));
    assert_eq!(lab.merge(&[tool(10)], Merge::Apply).await, (1, 0), "it counted what applying does");
}

#[tokio::test]
async fn a_decision_that_was_on_its_way_has_an_unknown_end_here() {
    let lab = Lab::new().await;
    let mut tool = tool(10);
    tool.journal[0].result = JournalResult::Open;
    lab.merge(&[tool], Merge::Apply).await;
    assert_eq!(lab.kept().await.0[0].journal[0].result, JournalResult::Unknown);
}

#[tokio::test]
async fn another_project_is_neither_kept_nor_touched() {
    let lab = Lab::new().await;
    let other = lab.ledger.scope("https://us.posthog.com", "u", 2).await.unwrap();
    let kept = Kept { definitions: &[definition()], tools: &[tool(10)], ..Kept::default() };
    lab.ledger.merge(&other, kept, Merge::Apply, 1_000).await.unwrap();
    assert!(lab.kept().await.0.is_empty());
}

#[tokio::test]
async fn what_a_backup_brings_of_earlier_is_not_taken_for_something_later() {
    let lab = Lab::new().await;
    let decided = |at| KeptTool { pin: None, ..tool(at) };
    lab.merge(&[decided(20)], Merge::Apply).await;
    let mine = lab.kept().await.0[0].journal[0].id;
    let newer = async || lab.ledger.decision_to_undo(&lab.scope, mine).await.unwrap().unwrap().newer;
    lab.merge(&[decided(10)], Merge::Apply).await;
    assert!(!newer().await, "it was decided before mine");
    let decisions = lab.ledger.decisions(&lab.scope, URL, "list_issues").await.unwrap();
    let times: Vec<_> = decisions.iter().map(|decision| decision.asked_at).collect();
    assert_eq!(times, [20, 10], "the newest first");
    lab.merge(&[decided(30)], Merge::Apply).await;
    assert!(newer().await);
}

/// What the ledger says the tool was seen as: definition, from, until; then when it came back, if it did.
async fn past(lab: &Lab) -> (Vec<(String, i64, Option<i64>)>, Option<i64>) {
    let seen = lab.kept().await.0.into_iter().find(|tool| tool.name == "list_issues").unwrap().seen;
    let seen = seen.into_iter().map(|seen| (seen.fingerprint[..1].to_owned(), seen.from_at, seen.until_at));
    let facts = lab.ledger.review_facts(&lab.scope, URL).await.unwrap();
    (seen.collect(), facts.pasts["list_issues"].back_at)
}

#[tokio::test]
async fn what_was_seen_before_goes_before_what_is_seen_here() {
    let seen =
        |print: &str, from_at, until_at| KeptObservation { fingerprint: print.repeat(64), from_at, until_at };
    let old = |kept: Vec<KeptObservation>| KeptTool { seen: kept, pin: None, ..tool(10) };
    let row = |print: &str, from, until| (print.to_owned(), from, until);
    let mut definitions = vec![definition()];
    definitions.push(KeptDefinition { fingerprint: "b".repeat(64), ..definition() });
    for (file, expected, back_at) in [
        // The same stands: it stood all the time.
        (vec![seen("a", 10, None)], vec![row("a", 10, None)], None),
        (
            vec![seen("b", 5, Some(10)), seen("a", 10, None)],
            vec![row("b", 5, Some(10)), row("a", 10, None)],
            None,
        ),
        // Another stood: it changed meanwhile.
        (vec![seen("b", 10, None)], vec![row("b", 10, Some(50)), row("a", 50, None)], None),
        // It was gone: it came back.
        (vec![seen("a", 10, Some(20))], vec![row("a", 10, Some(20)), row("a", 50, None)], Some(50)),
        // The file is newer than what is seen here: from then on this ledger has seen for itself.
        (vec![seen("b", 60, None)], vec![row("a", 50, None)], None),
    ] {
        let lab = Lab::new().await;
        let here = KeptTool { seen: vec![seen("a", 50, None)], pin: None, ..tool(60) };
        let merge = async |tool: KeptTool| {
            lab.take_in(Kept { definitions: &definitions, tools: &[tool], ..Kept::default() }, Merge::Apply)
                .await;
        };
        merge(here).await;
        for _ in 0..2 {
            merge(old(file.clone())).await;
            assert_eq!(past(&lab).await, (expected.clone(), back_at), "{file:?}");
        }
    }
}

#[tokio::test]
async fn a_tool_that_only_the_backup_saw_had_gone_when_its_server_was_first_seen_here() {
    let lab = Lab::new().await;
    let print = "a".repeat(64);
    let seen = |from_at| vec![KeptObservation { fingerprint: print.clone(), from_at, until_at: None }];
    let other = KeptTool { name: "other".into(), seen: seen(50), ..tool(60) };
    lab.merge(&[other], Merge::Apply).await;
    lab.merge(&[KeptTool { seen: seen(10), ..tool(10) }], Merge::Apply).await;
    assert_eq!(past(&lab).await.0, [("a".to_owned(), 10, Some(50))]);
}

#[tokio::test]
async fn of_two_marks_the_newer_one_holds() {
    let lab = Lab::new().await;
    let mark = |print: &str, group, at| KeptMark {
        what: MarkKind::Later,
        fingerprint: print.repeat(64),
        group: Some(group),
        at,
    };
    let first = mark("a", ReviewGroup::ChangedAllowed, 20);
    let older = mark("b", ReviewGroup::New, 10);
    let newer = KeptMark { at: 30, ..older.clone() };
    for (taken_in, holds) in [(&first, &first), (&older, &first), (&newer, &newer)] {
        let tool = KeptTool { marks: vec![taken_in.clone()], pin: None, ..tool(10) };
        lab.merge(&[tool], Merge::Apply).await;
        assert_eq!(lab.kept().await.0[0].marks[0], *holds, "whole, with where it was put off");
    }
}
