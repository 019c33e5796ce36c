//! The program itself.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hedgerow-sandbox"))
}

#[cfg(unix)]
#[test]
fn it_prints_one_line_outlives_its_input_and_ends_when_told() {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/plain.json");
    let mut child = program()
        .args(["--port", "0", "--fixture", fixture])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    assert!(said["url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert!(said["key"].as_str().unwrap().starts_with("phx_"));
    assert_eq!(said["project_id"], 1);
    assert_eq!(said["control_url"], format!("{}/__control", said["url"].as_str().unwrap()));
    assert_eq!(said["control_token"].as_str().unwrap().len(), 43);
    assert!(child.try_wait().unwrap().is_none(), "the end of its input is not its end");
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_fixture_that_is_wrong_is_named_and_nothing_starts() {
    let output = program().args(["--fixture", "no-such-file.json"]).output().unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-file.json"));
    let output = program().args(["--colour", "red"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("usage: hedgerow-sandbox"));
    let output = program().args(["--generation", "D"]).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("D is not a generation"));
}
