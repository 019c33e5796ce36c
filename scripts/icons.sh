#!/usr/bin/env bash
# Draws the PNG icons again from the one SVG. For developers who change the icon; needs rsvg-convert (librsvg2-bin).
set -euo pipefail
cd "$(dirname "$0")/../src-tauri/icons"
command -v rsvg-convert >/dev/null || { echo "rsvg-convert is missing: install librsvg2-bin" >&2; exit 1; }
rsvg-convert --width 32 --height 32 icon.svg --output 32x32.png
rsvg-convert --width 128 --height 128 icon.svg --output 128x128.png
rsvg-convert --width 512 --height 512 icon.svg --output icon.png
