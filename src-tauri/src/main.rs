//! The Hedgerow desktop app.

fn main() -> std::process::ExitCode {
    hedgerow_app::run()
}
