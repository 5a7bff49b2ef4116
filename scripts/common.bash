# shellcheck shell=bash
# What the scripts share. Source it: it sets `root`, the repository's directory, and goes there.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd "$root" || exit

# shellcheck disable=SC2034 # used by those who source this
vendor="$root/.tauro/vendor"

# One line for people, on the error stream, so that a script's output stays its own.
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# One line that says what to do, and the end.
stop() {
  say "$*"
  exit 1
}

# Runs a step with a line before and the seconds after: step "what is waited for" command…
# A function that is run so goes on after a failing command, whatever `set -e` says: join its commands with &&.
step() {
  local began=$SECONDS what=$1
  shift
  say "$what …"
  "$@" || stop "that failed: $what"
  say "$what: done in $((SECONDS - began)) s"
}

# The Python 3.11 that the vendored DuckDB belongs to.
find_python() {
  local candidate
  for candidate in python3.11 python3 /usr/bin/python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  return 1
}
