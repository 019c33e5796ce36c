#!/usr/bin/env bash
# Builds the .deb. Its desktop entry handles posthog-code:// links, so an installed Hedgerow need not claim them.
source "$(dirname "$0")/common.sh"
need cargo node npm
scripts/install-system-packages.sh build
ui_packages
npm exec --prefix ui -- tauri build --bundles deb
step "Made"
ls -l "${CARGO_TARGET_DIR:-target}"/release/bundle/deb/*.deb
