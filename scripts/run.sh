#!/usr/bin/env bash
# Installs what is missing, builds the interface and the app, opens the app. Arguments are handed to the app.
source "$(dirname "$0")/common.sh"

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  stop "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty), so Hedgerow cannot open its window."
fi
need cargo node npm
scripts/install-system-packages.sh build
ui_packages
ui_build
step "Building and opening Hedgerow"
exec cargo run --locked -- "$@"
