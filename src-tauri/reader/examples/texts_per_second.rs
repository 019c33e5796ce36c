//! Reads the corpus over and over, and says how many definitions it read in a second:
//! `cargo run --release -p hedgerow-reader --example texts_per_second`.

#![expect(clippy::print_stdout, reason = "it is there to say a figure")]

use std::time::{Duration, Instant};

use hedgerow_reader::{Definition, Neighbours, OtherTool, read};
use serde_json::Value;

/// How long it reads.
const LASTS: Duration = Duration::from_secs(3);

fn main() {
    let corpus = concat!(
        include_str!("../corpus/tune/harmless.jsonl"),
        include_str!("../corpus/gate/harmless.jsonl"),
        include_str!("../corpus/tune/poisoned.jsonl"),
        include_str!("../corpus/gate/poisoned.jsonl"),
    );
    let samples: Vec<Value> = corpus.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let schemas: Vec<String> = samples.iter().map(|sample| sample["schema"].to_string()).collect();
    let text = |sample: &'static str, at: usize| samples[at][sample].as_str().unwrap_or_default();
    let names: Vec<String> = (0..samples.len()).map(|at| format!("{}_{at}", text("name", at))).collect();
    let neighbours = Neighbours::new(names.iter().map(|name| OtherTool { server: "other", name }));
    let around = neighbours.around("this");

    let read_one = |at: usize| {
        let definition = Definition {
            name: text("name", at),
            title: text("title", at),
            description: text("description", at),
            schema: &schemas[at],
        };
        read(&definition, &around).len()
    };
    // The first pass makes the patterns.
    let findings: usize = (0..samples.len()).map(read_one).sum();
    let start = Instant::now();
    let mut done = 0_u32;
    while start.elapsed() < LASTS {
        for at in 0..samples.len() {
            read_one(at);
            done += 1;
        }
    }
    let rate = f64::from(done) / start.elapsed().as_secs_f64();
    println!("{rate:.0} definitions a second, {} in all with {findings} findings", samples.len());
}
