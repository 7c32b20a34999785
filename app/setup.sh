# SPDX-License-Identifier: GPL-3.0-or-later
# What app/run and tests/run share: install what is missing, configure, build. To be sourced by a
# script that has set "root" to the folder of the source.

say () {
  printf '%s\n' "$*" >&2
}

fail () {
  say "$@"
  exit 1
}

# Prints the packages named in the given list files that are not installed.
missing_packages () {
  for package in $(cat "$@" | grep -v '^#'); do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s ' "$package"
  done
}

# Installs what the given list files name, as root or by sudo; elsewhere says what is needed.
install_packages () {
  if ! command -v dpkg-query >/dev/null; then
    say "This is not Debian: install what corresponds to these Debian 12 packages yourself:"
    say "  $(cat "$@" | grep -v '^#' | tr '\n' ' ')"
    return 0
  fi

  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
  else
    fail "These packages are missing. As root, run this and start again:
  apt-get update && apt-get install --no-install-recommends $missing"
  fi

  say "Installing: $missing"
  # shellcheck disable=SC2086 # A list of packages is to be split.
  $as_root apt-get update -q >&2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends $missing >&2 ||
    fail "These packages could not be installed: $missing"
}

# configure FOLDER [MESON OPTION...]: a build folder that was configured before is kept as it is.
configure () {
  folder=$1
  shift
  [ -f "$folder/build.ninja" ] && return 0
  mkdir -p "$folder"
  meson setup "$@" "$folder" "$root" >"$folder/configure.log" 2>&1 || {
    tail -n 30 "$folder/configure.log" >&2
    fail "The build could not be configured; all of meson's output is in $folder/configure.log"
  }
}

# build FOLDER [TARGET...]: what ninja prints is shown only when it fails.
build () {
  folder=$1
  shift
  say "Building in $folder ..."
  ninja -C "$folder" "$@" >"$folder/build.log" 2>&1 || {
    grep -v '^\[' "$folder/build.log" | tail -n 60 >&2
    fail "The build failed; all of its output is in $folder/build.log"
  }
}
