//! What is computed of each definition: its fingerprint, what differs from another, what the reader finds.

use std::hint::black_box;
use std::time::{Duration, Instant};

use hedgerow_core::review::diff::{self, summary};
use hedgerow_core::review::fingerprint;
use hedgerow_reader::{Definition, Neighbours, OtherTool, read};
use serde_json::{Value, json};

use crate::{RUNS, made, median, ms, row};

/// A definition as it is stored.
struct Text {
    name: String,
    title: String,
    description: String,
    schema: String,
}

pub(crate) fn rows(n: usize) -> [Value; 3] {
    let texts: Vec<Text> = (0..=n).map(text).collect();
    let per_second = |time: Duration| u64::try_from(n).unwrap() * 1_000 / ms(time).max(1);
    [
        row("fingerprints", n, "ms", ms(fingerprints(&texts[..n])), 1_000, json!({})),
        row("diffs", n, "ms", ms(diffs(&texts)), 10_000, json!({})),
        row("reader", n, "texts/s", per_second(readings(&texts[..n])), 1_000, json!({})),
    ]
}

fn text(index: usize) -> Text {
    let tool = made::tool(index);
    let [name, title, description] =
        ["name", "title", "description"].map(|part| tool[part].as_str().unwrap().to_owned());
    Text { name, title, description, schema: tool["input_schema"].to_string() }
}

fn fingerprints(texts: &[Text]) -> Duration {
    timed(|| {
        for text in texts {
            black_box(fingerprint(&text.name, &text.title, &text.description, &text.schema));
        }
    })
}

/// Each tool beside the next one: another description, and eight parameters described in other words.
fn diffs(texts: &[Text]) -> Duration {
    timed(|| {
        for pair in texts.windows(2) {
            let [before, after] = [&pair[0], &pair[1]].map(|text| diff::Definition {
                title: &text.title,
                description: &text.description,
                schema: &text.schema,
            });
            black_box(summary(&before, &after));
            black_box(diff::text(before.description, after.description));
        }
    })
}

/// What the reader says of each tool, with all of them known as another server's.
fn readings(texts: &[Text]) -> Duration {
    let others = texts.iter().map(|text| OtherTool { server: "other", name: &text.name });
    let neighbours = Neighbours::new(others);
    let around = neighbours.around("this");
    timed(|| {
        for Text { name, title, description, schema } in texts {
            black_box(read(&Definition { name, title, description, schema }, &around));
        }
    })
}

fn timed(work: impl Fn()) -> Duration {
    let run = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    median((0..RUNS).map(run).collect())
}
