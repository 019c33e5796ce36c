#!/usr/bin/env bash
# Runs the end-to-end tests in a desktop session of their own: display, window manager, session bus, unlocked keyring,
# home folder. Nothing of the developer's own session is read or changed. Arguments filter the tests.
source "$(dirname "$0")/common.sh"

if [ "${1:-}" = --inside ]; then
  shift
  # The keyring has to be unlocked before anything asks for it: the bus would start a locked one by itself.
  printf %s "end to end" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  gdbus wait --session --timeout 20 org.freedesktop.secrets
  openbox >/dev/null 2>&1 &
  # The same selection of packages as `cargo test --workspace`, so that nothing is compiled a second time.
  [ -n "${HEDGEROW_BENCH:-}" ] || set -- --skip measure:: "$@"
  HEDGEROW_E2E=1 RUST_BACKTRACE=0 cargo test --locked --workspace --test e2e -- --ignored --test-threads=1 "$@"
  exit
fi

need cargo node npm
scripts/install-system-packages.sh test
ui_packages
ui_build
cargo test --locked --workspace --test e2e --no-run # outside, with the developer's own home

session=$(mktemp --directory --tmpdir hedgerow-e2e.XXXXXX)
display=
cleanup() {
  [ -z "$display" ] || kill "$display" 2>/dev/null || true
  rm -rf "$session"
}
trap cleanup EXIT
mkdir --mode=700 "$session/run"

mkfifo "$session/display"
Xvfb -displayfd 3 -screen 0 1280x860x24 -nolisten tcp 3>"$session/display" 2>"$session/xvfb.log" &
display=$!
read -r number <"$session/display" || stop "Xvfb did not start: $(cat "$session/xvfb.log")"

export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export DISPLAY=:$number GDK_BACKEND=x11 LANG=C.UTF-8 NO_AT_BRIDGE=1
export XDG_CURRENT_DESKTOP=GNOME # xdg-open then asks gio, which understands a quoted Exec line
export HOME=$session XDG_RUNTIME_DIR=$session/run
export XDG_CONFIG_HOME=$session/config XDG_DATA_HOME=$session/data XDG_CACHE_HOME=$session/cache XDG_STATE_HOME=$session/state
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
# The bus, the accessibility registry and the notification daemon tell every start or end of theirs; nothing in it is about Hedgerow.
dbus-run-session -- scripts/e2e.sh --inside "$@" 2> >(grep --line-buffered --invert-match -E '^dbus-daemon\[|^SpiRegistry|dbus_cb_name_lost' >&2)
