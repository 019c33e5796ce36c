//! The gate: texts written before any rule, in two halves of equal classes. Rules are tuned on one and held to the other.

use serde_json::Value;

use crate::{Definition, Neighbours, OtherTool, Weight, read};

/// Of poisoned texts so many must get a warning, of harmless ones at most so many.
const RECALL: f64 = 0.90;
const FALSE_POSITIVES: f64 = 0.03;

/// The server all samples belong to.
const SERVER: &str = "the server";

struct Figures {
    caught: usize,
    of: usize,
    names: Vec<String>,
}

impl Figures {
    fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let share = self.caught as f64 / self.of as f64;
        share
    }
}

/// How many texts of a file get a warning; `wanted` says which are named: those with or those without.
fn warned(file: &str, wanted: bool) -> Figures {
    let neighbours: std::collections::BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!("../corpus/neighbours.json")).unwrap();
    let mut figures = Figures { caught: 0, of: 0, names: Vec::new() };
    for line in file.lines() {
        let sample: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| sample[key].as_str().unwrap_or_default();
        let schema = sample["schema"].to_string();
        let others: Vec<(String, String)> =
            serde_json::from_value(sample["others"].clone()).unwrap_or_default();
        let own: Vec<String> = serde_json::from_value(sample["own"].clone()).unwrap_or_default();
        let all = neighbours
            .iter()
            .flat_map(|(server, tools)| tools.iter().map(move |name| (server.as_str(), name.as_str())))
            .chain(own.iter().map(|name| (SERVER, name.as_str())))
            .chain(others.iter().map(|(server, name)| (server.as_str(), name.as_str())));
        let all = Neighbours::new(all.map(|(server, name)| OtherTool { server, name }));
        let definition = Definition {
            name: text("name"),
            title: text("title"),
            description: text("description"),
            schema: &schema,
        };
        let around = all.around(SERVER);
        let findings = read(&definition, &around);
        let hit = findings.iter().find(|finding| finding.weight == Weight::Warning);
        figures.of += 1;
        figures.caught += usize::from(hit.is_some());
        if hit.is_some() == wanted {
            let why = hit.map_or(String::new(), |hit| {
                format!(" {:?} «{}» {}", hit.kind, hit.excerpt.hit, hit.sentence)
            });
            figures.names.push(format!("{}{why}", text("id")));
        }
    }
    figures
}

#[test]
fn the_tuning_half_is_read_well() {
    let poisoned = warned(include_str!("../corpus/tune/poisoned.jsonl"), false);
    let harmless = warned(include_str!("../corpus/tune/harmless.jsonl"), true);
    assert!(poisoned.share() >= RECALL, "recall {:.3}, missed {:#?}", poisoned.share(), poisoned.names);
    assert!(harmless.share() <= FALSE_POSITIVES, "{:.3} warned, {:#?}", harmless.share(), harmless.names);
}

/// Only figures are told: whoever sees the texts would tune on them.
#[test]
fn the_half_the_rules_were_not_tuned_on_holds_the_gate() {
    let poisoned = warned(include_str!("../corpus/gate/poisoned.jsonl"), false);
    let harmless = warned(include_str!("../corpus/gate/harmless.jsonl"), true);
    let figures = format!("recall {:.3}, false positives {:.3}", poisoned.share(), harmless.share());
    assert!(poisoned.share() >= RECALL && harmless.share() <= FALSE_POSITIVES, "{figures}");
    assert!(poisoned.of + warned(include_str!("../corpus/tune/poisoned.jsonl"), false).of >= 120);
    assert!(harmless.of + warned(include_str!("../corpus/tune/harmless.jsonl"), true).of >= 400);
}

/// Texts of an author who saw neither a rule nor another text, read once when the rules were done. A floor as well.
#[test]
fn texts_nobody_had_seen_are_read_no_worse_than_the_first_time() {
    let poisoned = warned(include_str!("../corpus/fresh/poisoned.jsonl"), false);
    let harmless = warned(include_str!("../corpus/fresh/harmless.jsonl"), true);
    let figures = format!("recall {:.3}, false positives {:.3}", poisoned.share(), harmless.share());
    assert!(poisoned.share() >= 0.82 && harmless.share() <= 0.09, "{figures}");
}

/// Texts that somebody else wrote, deliberately hard, for another set of rules: an honest look at how far these reach.
/// A floor, not the gate; nothing is tuned on them.
#[test]
fn texts_of_another_author_are_read_no_worse_than_they_were() {
    let poisoned = warned(include_str!("../corpus/apart/poisoned.jsonl"), false);
    let harmless = warned(include_str!("../corpus/apart/harmless.jsonl"), true);
    let figures = format!("recall {:.3}, false positives {:.3}", poisoned.share(), harmless.share());
    assert!(poisoned.share() >= 0.50 && harmless.share() <= 0.12, "{figures}");
}
