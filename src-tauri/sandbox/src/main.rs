//! `hedgerow-sandbox --port PORT --fixture FILE --generation A0|A|B|C`: a local PostHog until SIGTERM or Ctrl-C.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use hedgerow_sandbox::{Fixture, Generation, Options, start};

const USAGE: &str = "usage: hedgerow-sandbox [--port PORT] [--fixture FILE] [--generation A0|A|B|C]";

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options { port: 0, fixture: Fixture::sample() };
    let mut generation: Option<Generation> = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match argument.as_str() {
            "--port" => options.port = value.parse().map_err(|_| format!("{value} is not a port"))?,
            "--fixture" => {
                let text = std::fs::read_to_string(&value).map_err(|error| format!("{value}: {error}"))?;
                options.fixture = Fixture::from_json(&text)?;
            }
            "--generation" => generation = Some(value.parse()?),
            _ => return Err(USAGE.into()),
        }
    }
    if let Some(generation) = generation {
        options.fixture = options.fixture.in_generation(generation);
    }
    Ok(options)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let sandbox = start(options()?).await?;
    let line = serde_json::json!({
        "url": sandbox.url(),
        "key": sandbox.key(),
        "project_id": sandbox.project_id(),
        "control_url": sandbox.control_url(),
        "control_token": sandbox.control_token(),
    });
    writeln!(std::io::stdout(), "{line}")?;
    stop_signal().await?;
    sandbox.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn stop_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupt = tokio::signal::ctrl_c() => interrupt,
    }
}

#[cfg(not(unix))]
async fn stop_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to tell when the error stream is closed as well.
            let _ = writeln!(std::io::stderr(), "hedgerow-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
