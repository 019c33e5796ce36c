//! Decodes recorded exchanges as the client would: `cargo run -p hedgerow-core --example decode -- FILE…`
//!
//! Prints `name<TAB>status<TAB>outcome`, a line for each exchange, and fails when one cannot be decoded.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use hedgerow_core::posthog::decoded;

fn main() -> io::Result<ExitCode> {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    if files.is_empty() {
        writeln!(err, "usage: decode FILE…")?;
        return Ok(ExitCode::from(2));
    }
    let mut failed = 0;
    for file in files {
        let read =
            std::fs::read_to_string(&file).and_then(|text| decoded::decode(&text).map_err(io::Error::other));
        match read {
            Ok(lines) => {
                failed += lines.iter().filter(|line| line.outcome.is_err()).count();
                for line in lines {
                    writeln!(out, "{line}")?;
                }
            }
            Err(error) => {
                writeln!(err, "{}: {error}", file.display())?;
                failed += 1;
            }
        }
    }
    if failed > 0 {
        writeln!(err, "{failed} could not be decoded")?;
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
