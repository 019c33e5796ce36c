//! Batches and what was noticed.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::store::{NewBatch, NewDecision, NewItem};
use crate::view::{ActivityKind, BatchKind};

/// A whole backup.
#[derive(Clone, Debug, Default, PartialEq)]
struct Whole {
    tools: Vec<KeptTool>,
    batches: Vec<KeptBatch>,
    events: Vec<KeptEvent>,
}

impl Whole {
    fn kept(&self) -> Kept<'_> {
        let Self { tools, batches, events } = self;
        Kept { tools, batches, events, definitions: &[] }
    }

    /// With numbers counted in the order of the file: they tie things together and mean nothing else.
    fn numbered(mut self) -> Self {
        let mut batches = HashMap::new();
        for (nth, batch) in (0..).zip(&self.batches) {
            batches.insert(batch.id, nth);
        }
        let mut decisions = HashMap::new();
        for (nth, decision) in (0..).zip(self.tools.iter().flat_map(|tool| &tool.journal)) {
            decisions.insert(decision.id, nth);
        }
        for batch in &mut self.batches {
            batch.id = batches[&batch.id];
            batch.undoes = batch.undoes.map(|id| batches[&id]);
            for item in &mut batch.items {
                item.decision = item.decision.map(|id| decisions[&id]);
                item.undoes = item.undoes.map(|id| decisions[&id]);
            }
        }
        for decision in self.tools.iter_mut().flat_map(|tool| &mut tool.journal) {
            decision.id = decisions[&decision.id];
            decision.batch = decision.batch.map(|id| batches[&id]);
        }
        self
    }
}

impl Lab {
    async fn whole(&self) -> Whole {
        let mut batches = Vec::new();
        for batch in self.ledger.kept_batches(&self.scope).await.unwrap() {
            batches.push(self.ledger.kept_batch(batch).await.unwrap());
        }
        let mut events = Vec::new();
        let mut rows = self.ledger.kept_events(&self.scope);
        while let Some(kept) = rows.try_next().await.unwrap() {
            events.push(kept);
        }
        Whole { tools: self.kept().await.0, batches, events }
    }
}

const KINDS: [BatchKind; 3] = [BatchKind::Decide, BatchKind::Undo, BatchKind::Automatic];
const RESULTS: [KeptResult; 4] =
    [KeptResult::AsAsked, KeptResult::Refused, KeptResult::Unknown, KeptResult::Skipped];

/// The places of a batch: which tool, which result.
type Places = Vec<(usize, usize)>;

/// A backup in its own order, with much in it that is alike.
fn whole_of(batches: Vec<(usize, i64, bool, Places)>, mut events: Vec<KeptEvent>) -> Whole {
    let mut tools: Vec<KeptTool> = (0..3)
        .map(|n| KeptTool {
            name: format!("tool_{n}"),
            server_url: URL.into(),
            pin: None,
            known: Vec::new(),
            seen: Vec::new(),
            marks: Vec::new(),
            journal: Vec::new(),
        })
        .collect();
    let mut kept: Vec<KeptBatch> = Vec::new();
    let mut number = 100;
    for (kind, began_at, stopped, places) in batches {
        let id = 50 + i64::try_from(kept.len()).unwrap();
        let mut items = Vec::new();
        for (of, result) in places {
            let result = RESULTS[result];
            let decision_id = (result != KeptResult::Skipped).then_some(number);
            if let Some(id_there) = decision_id {
                tools[of].journal.push(KeptDecision { batch: Some(id), ..decision(id_there, id_there) });
                number += 1;
            }
            items.push(KeptItem {
                server_url: URL.into(),
                tool: tools[of].name.clone(),
                server_id: "s".into(),
                asked: "do_not_use".into(),
                before: "approved".into(),
                before_by: "preset".into(),
                fingerprint: "a".repeat(64),
                pin: true,
                undoes: None,
                result,
                decision: decision_id,
                problem: (result == KeptResult::Refused).then(|| "refused".to_owned()),
            });
        }
        kept.push(KeptBatch {
            id,
            kind: KINDS[kind],
            asked: None,
            undoes: None,
            state: if stopped { KeptState::Stopped } else { KeptState::Done },
            began_at,
            ended_at: (!stopped).then_some(began_at + 1),
            problem: None,
            words: String::new(),
            items,
        });
    }
    kept.sort_by_key(|batch| batch.began_at);
    // A later one takes an earlier one back.
    if let [first, .., last] = &mut kept[..] {
        last.undoes = Some(first.id);
    }
    tools.retain(|tool| !tool.journal.is_empty());
    events.sort_by_key(|event| event.at);
    Whole { tools, batches: kept, events }
}

fn event(at: i64, kind: ActivityKind, tool: Option<&str>) -> KeptEvent {
    KeptEvent { at, kind, server_url: URL.into(), tool: tool.map(str::to_owned), words: "w".into() }
}

#[test]
fn what_an_empty_ledger_takes_in_it_gives_again_and_twice_is_once() {
    let places = prop::collection::vec((0..3_usize, 0..4_usize), 0..4);
    let batches = prop::collection::vec((0..3_usize, 0..3_i64, any::<bool>(), places), 0..5);
    let events = prop::collection::vec((0..3_i64, any::<bool>(), any::<bool>()), 0..8);
    let events = events.prop_map(|events| {
        let of = |(at, broken, tool)| {
            let kind = if broken { ActivityKind::LoginBroken } else { ActivityKind::Changed };
            event(at, kind, if tool { Some("tool_0") } else { None })
        };
        events.into_iter().map(of).collect::<Vec<_>>()
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let run = runner.run(&(batches, events), |(batches, events)| {
        runtime.block_on(async {
            let file = whole_of(batches, events);
            let lab = Lab::new().await;
            let would = lab.take_in(file.kept(), Merge::DryRun).await;
            prop_assert_eq!(lab.whole().await, Whole::default());
            let did = lab.take_in(file.kept(), Merge::Apply).await;
            prop_assert_eq!((would.new_batches, would.new_events), (did.new_batches, did.new_events));
            prop_assert_eq!(did.new_batches as usize, file.batches.len());
            prop_assert_eq!(did.new_events as usize, file.events.len());
            let once = lab.whole().await;
            prop_assert_eq!(once.clone().numbered(), file.clone().numbered());
            for again in [&file, &once] {
                let merged = lab.take_in(again.kept(), Merge::Apply).await;
                prop_assert_eq!((merged.new_batches, merged.new_events), (0, 0));
                prop_assert_eq!(lab.whole().await, once.clone());
            }
            Ok(())
        })
    });
    run.unwrap();
}

#[tokio::test]
async fn a_batch_that_had_not_ended_is_stopped_elsewhere_and_goes_on_here() {
    for paused in [false, true] {
        let lab = Lab::new().await;
        let item = NewItem {
            server_url: URL,
            server_id: "s",
            tool: "list_issues",
            asked: "do_not_use",
            before: "approved",
            before_by: "default",
            fingerprint: "a",
            pin: true,
            undoes: None,
        };
        let new = NewBatch { kind: "automatic", asked: None, undoes: None, at: 1 };
        let items = [item, NewItem { tool: "other", ..item }];
        let batch = lab.ledger.begin_batch(&lab.scope, &new, &items).await.unwrap();
        let new = NewDecision {
            server_url: URL,
            tool: "list_issues",
            kind: "automatic",
            before: "approved",
            before_by: "default",
            asked: "do_not_use",
            fingerprint_seen: "a",
            undoes: None,
            at: 2,
        };
        lab.ledger.begin_place(&lab.scope, &new, (batch, 0)).await.unwrap().unwrap();
        if paused {
            lab.ledger.pause_batch(&lab.scope, batch).await.unwrap();
        } else {
            lab.ledger.interrupt_batch(batch, "offline", "").await.unwrap();
        }
        let file = lab.whole().await;
        let results: Vec<_> = file.batches[0].items.iter().map(|item| item.result).collect();
        assert_eq!(results, [KeptResult::Unknown, KeptResult::Skipped]);
        assert_eq!((file.batches[0].state, file.batches[0].ended_at), (KeptState::Stopped, None));

        let there = Lab::new().await;
        there.take_in(file.kept(), Merge::Apply).await;
        there.ledger.find_interrupted(&there.scope).await.unwrap();
        let [there_it_is] = &there.ledger.batches(&there.scope).await.unwrap()[..] else { panic!("one") };
        assert!(!there.ledger.resume_batch(&there.scope, there_it_is.id).await.unwrap());
        assert!(!there.ledger.resume_automatic(&there.scope).await.unwrap());
        assert_eq!(there.ledger.next_batch(&there.scope).await.unwrap(), None);

        assert_eq!(lab.take_in(file.kept(), Merge::Apply).await.new_batches, 0);
        assert!(lab.ledger.resume_batch(&lab.scope, batch).await.unwrap(), "what is here stays as it is");
        let next = lab.ledger.next_item(batch).await.unwrap().unwrap();
        assert_eq!(next.tool, "other");
    }
}

#[tokio::test]
async fn decisions_of_an_older_backup_join_the_step_that_a_later_one_tells_of() {
    let file = whole_of(vec![(0, 1, false, vec![(0, 0), (1, 0)])], Vec::new());
    let mut old = Whole { batches: Vec::new(), ..file.clone() };
    old.tools.iter_mut().flat_map(|tool| &mut tool.journal).for_each(|decision| decision.batch = None);
    let lab = Lab::new().await;
    lab.take_in(old.kept(), Merge::Apply).await;
    assert_eq!(lab.take_in(file.kept(), Merge::Apply).await.new_batches, 1);
    assert_eq!(lab.whole().await.numbered(), file.numbered());
    let [batch] = &lab.ledger.batches(&lab.scope).await.unwrap()[..] else { panic!("one batch") };
    assert_eq!(lab.ledger.batch_to_undo(&lab.scope, batch.id).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_place_is_tied_to_no_decision_of_another_tool_and_to_none_that_has_a_place() {
    let mut file =
        whole_of(vec![(0, 1, false, vec![(0, 0), (1, 0)]), (0, 2, false, vec![(0, 3)])], Vec::new());
    let of_another = file.batches[0].items[1].decision;
    file.batches[1].items[0].decision = file.batches[0].items[0].decision;
    file.batches[0].items[0].undoes = of_another;
    let lab = Lab::new().await;
    lab.take_in(file.kept(), Merge::Apply).await;
    let back = lab.whole().await;
    assert!(back.batches[0].items[0].decision.is_some());
    assert_eq!(back.batches[0].items[0].undoes, None);
    assert_eq!(back.batches[1].items[0].decision, None);
}

#[tokio::test]
async fn the_newest_batch_comes_first_whichever_machine_began_it() {
    let lab = Lab::new().await;
    let new = NewBatch { kind: "accept", asked: None, undoes: None, at: 20 };
    let own = lab.ledger.silent_batch(&lab.scope, &new, &[]).await.unwrap();
    let file = whole_of(vec![(0, 1, false, vec![(0, 0)])], Vec::new());
    lab.take_in(file.kept(), Merge::Apply).await;
    let batches = lab.ledger.batches(&lab.scope).await.unwrap();
    assert_eq!((batches[0].id, batches.len()), (own, 2));
}

#[tokio::test]
async fn a_pin_that_comes_along_is_no_later_step_unless_it_replaces_one() {
    for (here, newer) in [(None, false), (Some(5), true)] {
        let lab = Lab::new().await;
        if let Some(at) = here {
            lab.merge(&[KeptTool { journal: Vec::new(), ..tool(at) }], Merge::Apply).await;
        }
        lab.merge(&[tool(10)], Merge::Apply).await;
        let journal = &lab.kept().await.0[0].journal;
        let came = journal.iter().find(|decision| decision.kind == JournalKind::Decided).unwrap();
        let undo = lab.ledger.decision_to_undo(&lab.scope, came.id).await.unwrap().unwrap();
        assert_eq!(undo.newer, newer, "a pin of {here:?} here");
    }
}

#[test]
fn a_file_cannot_say_that_a_batch_runs_or_that_a_decision_was_noticed() {
    let file = whole_of(vec![(0, 1, false, vec![(0, 0)])], vec![event(1, ActivityKind::New, Some("t"))]);
    let batch = serde_json::to_string(&file.batches[0]).unwrap();
    assert!(serde_json::from_str::<KeptBatch>(&batch).is_ok());
    for (from, to) in [
        (r#""state":"done""#, r#""state":"running""#),
        (r#""result":"as_asked""#, r#""result":"waiting""#),
        (r#""items""#, r#""more":1,"items""#),
    ] {
        assert!(batch.contains(from));
        assert!(serde_json::from_str::<KeptBatch>(&batch.replace(from, to)).is_err(), "{to}");
    }
    let noticed = serde_json::to_string(&file.events[0]).unwrap();
    assert!(serde_json::from_str::<KeptEvent>(&noticed).is_ok());
    for kind in ["decided", "accepted", "baseline", "imported", "undone", "automatic", "odd"] {
        let words = noticed.replace(r#""new""#, &format!("{kind:?}"));
        assert!(serde_json::from_str::<KeptEvent>(&words).is_err(), "{kind}");
    }
}
