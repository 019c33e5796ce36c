#!/usr/bin/env bash
# Figures that exist so far, measured on this machine; no limits are enforced.
source "$(dirname "$0")/common.sh"
need cargo

step "Size"
found=
for binary in target/release/hedgerow target/debug/hedgerow target/release/bundle/deb/*.deb; do
  [ -f "$binary" ] || continue
  found=yes
  printf '%-55s %8.1f MB\n' "$binary" "$(stat --format=%s "$binary" | awk '{ print $1 / 1e6 }')"
done
[ -n "$found" ] || echo "nothing is built yet: make run or make package"

step "Not measured here yet"
echo "exec to first list: the end-to-end run prints it (make test)"
