#!/usr/bin/env bash
# Everything that can be proved on one machine, from a fresh clone: the project's one test command.
# Each test run writes to target/test-output as well, so that the last line can add up what they said.
source "$(dirname "$0")/common.sh"
need cargo node npm git
export NO_COLOR=1 CARGO_TERM_COLOR=never
scripts/install-system-packages.sh test
ui_packages
output=target/test-output
rm -rf "$output"
mkdir -p "$output"

# Runs a command, keeps a copy of what it says, and fails as it fails.
record() { local name=$1; shift; "$@" 2>&1 | tee "$output/$name.txt"; }

step "Format and lints of the interface"
npm --prefix ui run --silent format:check
npm --prefix ui run --silent lint
npm --prefix ui run --silent typecheck
ui_build
step "Format and lints of the Rust code"
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets -- -D warnings
step "Licences, sources and bans of the dependencies"
if cargo deny --version >/dev/null 2>&1; then
  cargo deny --log-level error check bans licenses sources
else
  echo "cargo-deny is not installed: left out (cargo install --locked cargo-deny)"
fi

step "Tests of the interface"
record interface npm --prefix ui test --silent
step "Accessibility of the interface, every screen in both themes"
record audit npm --prefix ui run --silent audit
step "Tests of the core, the sandbox, the app and the house"
record rust cargo test --locked --workspace --no-fail-fast
step "End to end: the real binary, a real keyring, a real browser"
record end-to-end scripts/e2e.sh

# cargo says "test result: ok. 12 passed; 0 failed; …", vitest "Tests  34 passed (34)".
awk '/^test result:/ { passed += $4; failed += $6 }
     /^ *Tests +[0-9]/ { for (i = 2; i < NF; i++) { if ($(i+1) ~ /^passed/) passed += $i; if ($(i+1) ~ /^failed/) failed += $i } }
     END { printf "\n%d passed, %d failed\n", passed, failed }' "$output"/*.txt
