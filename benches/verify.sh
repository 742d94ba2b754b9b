#!/usr/bin/env bash
# Measures what a contributor waits for, in seconds; warm, the median of five.
#   benches/verify.sh            warm runs
#   benches/verify.sh --cold     also a first run with an empty target folder
# Asserts nothing: figures depend on the machine.
set -euo pipefail
cd "$(dirname "$0")/.."
listing=listings/composing/join.rs
original=$(mktemp)
cp -p "$listing" "$original"
trap 'cp -p "$original" "$listing"; rm -f "$original"' EXIT

# Runs a command and prints how long it took, in milliseconds.
milliseconds() {
    local start=${EPOCHREALTIME/./}
    "$@" >/dev/null 2>&1 || { echo "failed: $*" >&2; return 1; }
    echo $(((${EPOCHREALTIME/./} - start) / 1000))
}

show() { printf '%-50s %4d.%03d s\n' "$1" $(($2 / 1000)) $(($2 % 1000)); }

# Runs the command that `before` names, then the measured one, five times.
median() {
    local name=$1 runs=() run
    shift
    for _ in 1 2 3 4 5; do
        "$before"
        run=$(milliseconds "$@")
        runs+=("$run")
    done
    show "$name" "$(printf '%s\n' "${runs[@]}" | sort -n | sed -n 3p)"
}

if [ "${1:-}" = --cold ]; then
    cargo fetch --quiet --locked
    cold=$(mktemp -d)
    export CARGO_TARGET_DIR=$cold
    show "cargo test, nothing built, crates downloaded" "$(milliseconds cargo test --locked)"
    unset CARGO_TARGET_DIR
    rm -rf "$cold"
fi

cargo test --quiet --locked >/dev/null
before=true
median "cargo test, nothing changed" cargo test --locked

# A comment is an edit, too: cargo builds the listing again.
edits=0
edit() {
    edits=$((edits + 1))
    { cat "$original"; echo "// Edit $edits"; } >"$listing"
}
cargo run --quiet -- test composing/join >/dev/null 2>&1
before=edit
median "cargo run -- test composing/join, after an edit" cargo run -- test composing/join
