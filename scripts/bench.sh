#!/usr/bin/env bash
# Figures that exist so far, measured on this machine; no limits are enforced.
source "$(dirname "$0")/common.sh"
need cargo node npm

step "Size"
found=
target=${CARGO_TARGET_DIR:-target}
for binary in "$target"/{release,debug}/hedgerow "$target"/release/bundle/deb/*.deb; do
  [ -f "$binary" ] || continue
  found=yes
  printf '%-55s %8.1f MB\n' "$binary" "$(stat --format=%s "$binary" | awk '{ print $1 / 1e6 }')"
done
[ -n "$found" ] || echo "nothing is built yet: make run or make package"

step "Start, beside a bare Tauri window"
cargo build --locked --workspace --example bare_window --quiet
HEDGEROW_BENCH=1 scripts/e2e.sh --nocapture from_exec 2>&1 | grep 'exec to cached list'

step "Syncs, fingerprints, 500 decisions, differences, the reader, beside others (target/bench.json; the decisions take a minute)"
cargo run --locked --release --quiet -p hedgerow-core --example bench
