#!/usr/bin/env bash
# The fast half of the tests: format, lints, the core and the sandbox, the interface without a browser.
source "$(dirname "$0")/common.sh"
need cargo node npm
scripts/install-system-packages.sh build
ui_packages

step "Format and lints of the interface"
npm --prefix ui run --silent format:check
npm --prefix ui run --silent lint
npm --prefix ui run --silent typecheck
step "Format and lints of the Rust code"
cargo fmt --all --check
cargo clippy --locked --workspace --all-targets -- -D warnings
step "Tests of the interface"
npm --prefix ui test --silent
step "Tests of the core, the sandbox and the house"
cargo test --locked --quiet -p hedgerow-core -p hedgerow-sandbox
cargo test --locked --quiet -p hedgerow --test house
