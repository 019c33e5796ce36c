#!/usr/bin/env bash
# Installs the Debian packages that are missing. Nothing happens, and no password is asked for, when all are there.
#   install-system-packages.sh build   what compiling and running the app needs
#   install-system-packages.sh test    that, and what the end-to-end tests need: a display, a keyring, two browsers
source "$(dirname "$0")/common.sh"

build=(
  build-essential pkg-config libwebkit2gtk-4.1-dev
  ca-certificates  # reqwest trusts the system's certificates
  xdg-utils desktop-file-utils # who handles posthog-code:// links
)
test=(
  xvfb openbox           # a display and a window manager
  dbus gnome-keyring     # a session bus and a Secret Service
  webkit2gtk-driver      # drives the app's own window
  chromium chromium-driver # the person's browser, and what drives it
  dunst                  # shows notifications
  libglib2.0-bin         # gio hands links to programs, gdbus waits for the keyring
  fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji # hostile texts, as people would see them
)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  *) stop "usage: install-system-packages.sh build|test" ;;
esac

[ "$(uname -s)" = Linux ] || exit 0 # other systems bring their own web view
if ! command -v dpkg-query >/dev/null; then # not Debian or a relative: look for the things themselves
  programs=(cc pkg-config xdg-mime update-desktop-database)
  [ "$1" = build ] || programs+=(Xvfb openbox dbus-run-session gnome-keyring-daemon WebKitWebDriver dunst chromium chromedriver gdbus)
  missing=()
  for program in "${programs[@]}"; do command -v "$program" >/dev/null || missing+=("$program"); done
  pkg-config --exists webkit2gtk-4.1 2>/dev/null || missing+=("the development files of webkit2gtk-4.1")
  [ ${#missing[@]} -eq 0 ] || stop "Missing here, under whatever name your system has them: ${missing[*]}"
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=(sudo)
else
  stop "These packages are missing and only root can install them: apt-get install --no-install-recommends ${missing[*]}"
fi

step "Installing: ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300)
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null
