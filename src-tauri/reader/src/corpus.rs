//! The gate: texts in two halves of equal classes. Rules are tuned on one and held to the other.

use serde_json::Value;

use crate::{Definition, Neighbours, OtherTool, Surroundings, Weight, read};

/// Of poisoned texts so many must get a warning, of harmless ones at most so many. The goal for both halves; only the
/// half the rules were tuned on reaches it.
const RECALL: f64 = 0.90;
const FALSE_POSITIVES: f64 = 0.03;

/// What the other half reaches, rounded a little: a floor that no change may fall through. The goal is *not* reached
/// there (0.855 and 0.058 when this was written).
const RECALL_FLOOR: f64 = 0.84;
const FALSE_POSITIVES_CEILING: f64 = 0.06;

/// The server all samples belong to.
const SERVER: &str = "the server";

/// Rules may be read against these.
const TUNE_POISONED: [&str; 2] =
    [include_str!("../corpus/tune/poisoned.jsonl"), include_str!("../corpus/tune/more-poisoned.jsonl")];
const TUNE_HARMLESS: [&str; 2] =
    [include_str!("../corpus/tune/harmless.jsonl"), include_str!("../corpus/tune/more-harmless.jsonl")];
/// And must never be read against these.
const GATE_POISONED: [&str; 1] = [include_str!("../corpus/gate/poisoned.jsonl")];
const GATE_HARMLESS: [&str; 1] = [include_str!("../corpus/gate/harmless.jsonl")];

/// One text and what was found in it.
struct Read {
    id: String,
    class: String,
    /// Rule and words of the first warning.
    warning: Option<(String, String)>,
}

fn read_all(files: &[&str]) -> Vec<Read> {
    let neighbours: std::collections::BTreeMap<String, Vec<String>> =
        serde_json::from_str(include_str!("../corpus/neighbours.json")).unwrap();
    files.iter().flat_map(|file| file.lines()).map(|line| read_one(line, &neighbours)).collect()
}

fn read_one(line: &str, neighbours: &std::collections::BTreeMap<String, Vec<String>>) -> Read {
    let sample: Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| sample[key].as_str().unwrap_or_default();
    let schema = sample["schema"].to_string();
    let others: Vec<(String, String)> = serde_json::from_value(sample["others"].clone()).unwrap_or_default();
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
    let findings = read(&definition, &Surroundings { server: SERVER, neighbours: &all });
    let warning = findings.into_iter().find(|finding| finding.weight == Weight::Warning);
    Read {
        id: text("id").to_owned(),
        class: text("class").to_owned(),
        warning: warning.map(|hit| (format!("{:?}: {}", hit.kind, hit.sentence), hit.excerpt.hit)),
    }
}

fn share_warned(all: &[Read]) -> f64 {
    let warned = all.iter().filter(|read| read.warning.is_some()).count();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let share = warned as f64 / all.len() as f64;
    share
}

#[test]
fn the_half_the_rules_were_tuned_on_is_read_well() {
    let (poisoned, harmless) = (read_all(&TUNE_POISONED), read_all(&TUNE_HARMLESS));
    let missed: Vec<_> = poisoned.iter().filter(|read| read.warning.is_none()).map(|read| &read.id).collect();
    let warned: Vec<_> =
        harmless.iter().filter_map(|read| Some((&read.id, read.warning.as_ref()?))).collect();
    assert!(share_warned(&poisoned) >= RECALL, "missed {missed:#?}");
    assert!(share_warned(&harmless) <= FALSE_POSITIVES, "warned {warned:#?}");
}

/// Only classes and rules are told, no texts: whoever sees the texts would tune on them.
#[test]
fn the_half_the_rules_were_not_tuned_on_stays_above_its_floor() {
    let (poisoned, harmless) = (read_all(&GATE_POISONED), read_all(&GATE_HARMLESS));
    let (recall, false_positives) = (share_warned(&poisoned), share_warned(&harmless));
    let mut missed: Vec<_> =
        poisoned.iter().filter(|read| read.warning.is_none()).map(|read| &read.class).collect();
    let mut warned: Vec<_> = harmless.iter().filter_map(|read| Some(&read.warning.as_ref()?.0)).collect();
    missed.sort();
    warned.sort();
    assert!(
        recall >= RECALL_FLOOR && false_positives <= FALSE_POSITIVES_CEILING,
        "recall {recall:.3}, false positives {false_positives:.3}; missed {missed:#?}, warned {warned:#?}"
    );
}

#[test]
fn there_are_enough_texts_for_the_figures_to_mean_something() {
    for (poisoned, harmless) in [(&TUNE_POISONED[..], &TUNE_HARMLESS[..]), (&GATE_POISONED, &GATE_HARMLESS)] {
        assert!(read_all(poisoned).len() >= 80);
        assert!(read_all(harmless).len() >= 240);
    }
}
