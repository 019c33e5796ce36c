# Sourced by the other scripts: where we are, how we speak, what every target needs first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A heading for a step of a longer run.
step() { printf '\n== %s\n' "$*"; }

# Says why nothing more happens, and stops.
stop() { printf '%s\n' "$*" >&2; exit 1; }

# Stops early and in one line when a prerequisite is not there.
need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || stop "$tool is missing. Hedgerow needs Rust 1.95 or newer, Node 20.19 or newer, git and make."
  done
}

# Installs the interface's packages when the lock file is newer than what is installed.
ui_packages() {
  if [ ! -f ui/node_modules/.package-lock.json ] || [ ui/package-lock.json -nt ui/node_modules/.package-lock.json ]; then
    step "Installing the interface's packages"
    npm --prefix ui ci --no-audit --no-fund
    touch ui/node_modules/.package-lock.json
  fi
}

# Builds the interface into ui/dist, which the app embeds, when its sources are newer than that.
ui_build() {
  local sources=(ui/src ui/index.html ui/package-lock.json ui/tsconfig.json ui/vite.config.ts)
  # Without assets it is the placeholder that src-tauri/build.rs writes for a bare `cargo check`.
  if [ ! -d ui/dist/assets ] || [ -n "$(find "${sources[@]}" -newer ui/dist/index.html -print -quit)" ]; then
    step "Building the interface"
    npm --prefix ui run --silent build
  fi
}
