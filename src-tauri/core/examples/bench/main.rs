//! Measures what a person waits for, beside what others need for the same answers. `make bench` runs it in release.
//!
//! Method: a sandbox in this process, over loopback; five runs each, the median counts, but for the decisions and the
//! refresh of what has all changed, which run once. *First* begins with no files and nobody signed in, and ends when the
//! list is on disk; *unchanged* asks again when nothing moved. `curl` fetches the same addresses four at a time and keeps
//! nothing; the Node script fetches them likewise and keeps the parsed JSON in memory. PostHog's limits are at their real
//! rates for the decisions and off for all else. A limit is what this project allows itself on a small machine of two
//! cores; a row beyond it is marked.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program for the terminal")]

mod decisions;
mod made;
mod review;
mod syncs;
mod texts;

use std::time::Duration;

use serde_json::{Value, json};

const RUNS: usize = 5;

#[tokio::main]
async fn main() {
    let mut rows = Vec::new();
    for n in [1_000, 10_000] {
        rows.extend(syncs::rows(n).await);
    }
    rows.extend(review::rows(10_000).await);
    rows.extend(decisions::rows(500).await);
    rows.extend(texts::rows(10_000));
    rows.extend(starts());
    println!("{:<34}{:>8}{:>12}{:>10}{:>14}  others", "", "n", "unit", "ours", "limit");
    rows.iter().for_each(print);
    std::fs::write("target/bench.json", serde_json::to_string_pretty(&rows).unwrap()).unwrap();
}

fn print(row: &Value) {
    let [ours, limit] = ["ours", "limit"].map(|part| row[part].as_u64().unwrap());
    let at_least = row["unit"].as_str().unwrap().ends_with("/s");
    let beyond = if at_least { ours < limit } else { ours > limit };
    let [name, unit] = ["name", "unit"].map(|part| row[part].as_str().unwrap());
    let limit = format!("{} {limit}", if at_least { "at least" } else { "at most" });
    let others = row["others"].as_object().unwrap().iter();
    let others: Vec<String> = others.map(|(name, figure)| format!("{name} {figure}")).collect();
    let mark = if beyond { "  BEYOND ITS LIMIT" } else { "" };
    println!("{name:<34}{:>8}{unit:>12}{ours:>10}{limit:>14}  {}{mark}", row["n"], others.join(", "));
}

/// A row of the table. What ends in `/s` has a least limit, all else a greatest one.
fn row(name: &str, n: usize, unit: &str, ours: u64, limit: usize, others: Value) -> Value {
    json!({"name": name, "n": n, "unit": unit, "ours": ours, "others": others, "limit": limit})
}

/// What `tests/e2e/measure.rs` left: starts of the real window.
fn starts() -> Option<Value> {
    let row = std::fs::read_to_string("target/bench-start.json").ok()?;
    Some(serde_json::from_str(&row).unwrap())
}

fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
