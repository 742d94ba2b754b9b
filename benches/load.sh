#!/usr/bin/env bash
# Puts each server of the listings under load: 200 connections for ten seconds,
# then Ctrl-C while requests are in flight. Prints a row for each server; fails
# if one had a socket error, kept a file open, or did not end by itself with
# the status that its transcript states. Needs wrk (Debian: apt install wrk) and Linux's /proc.
#
#   benches/load.sh [FILTER]    FILTER is a part of `chapter/listing`
set -euo pipefail
cd "$(dirname "$0")/.."
filter=${1:-}
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

# A server's transcript starts it in the background, and it says its address.
servers=()
for transcript in listings/*/*.console; do
    listing=${transcript#listings/}
    listing=${listing%.console}
    if [[ $listing == *"$filter"* ]] && head -1 "$transcript" | grep -q ' &$' &&
        grep -q '^\$ curl .*http://127' "$transcript"; then
        servers+=("$listing")
    fi
done
[[ ${#servers[@]} -gt 0 ]] || { echo "no server is named \`$filter\`" >&2; exit 2; }
cargo build --release --quiet --package listings "${servers[@]/#*\//--example=}"

open_files() { find "/proc/$1/fd" -mindepth 1 | wc -l; }

failed=0
printf '%-36s %10s %9s %8s %7s %7s %5s\n' \
    listing 'requests/s' 'not 2xx' errors 'files' 'after' exit
for listing in "${servers[@]}"; do
    # The first address whose request succeeds there, or else the first.
    url=$(awk '/^\$ / { if (url) print url; url = "" }
               /^\$ curl/ { match($0, /http:\/\/127[^ ]*/); url = substr($0, RSTART, RLENGTH) }
               /^# exit status/ { url = "" }
               END { if (url) print url }' "listings/$listing.console" | head -1)
    [[ -n $url ]] || url=$(grep -o 'http://127[^ ]*/[^ ]*' "listings/$listing.console" | head -1)
    # The transcript's own command, so with its arguments.
    arguments=$(head -1 "listings/$listing.console" | sed -n 's/.* -- \(.*\) &$/\1/p')
    # What it ends with after Ctrl-C.
    wanted=$(grep -A1 '^\$ kill -INT %1' "listings/$listing.console" | sed -n 's/^# exit status //p')
    # shellcheck disable=SC2086 # they are words
    "target/release/examples/${listing#*/}" $arguments >"$log/server" 2>&1 &
    server=$!
    until grep -q 'http://127' "$log/server"; do
        kill -0 $server 2>/dev/null || { cat "$log/server" >&2; exit 1; }
        sleep 0.05
    done
    before=$(open_files $server)
    wrk -t1 -c200 -d10s --timeout 30s "$url" >"$log/wrk" 2>&1
    rate=$(sed -n 's,^Requests/sec: *,,p' "$log/wrk")
    other=$(sed -n 's,.*Non-2xx or 3xx responses: *,,p' "$log/wrk")
    errors=$(sed -n 's,.*Socket errors: *,,p' "$log/wrk" | tr -d 'a-z ,' | sed 's/^0*$//')
    # The server closes a connection when it has seen the client's end; one that
    # accepts few at a time comes late to the last ones.
    for _ in $(seq 1200); do
        after=$(open_files $server)
        [[ $after -le $before ]] && break
        sleep 0.1
    done
    wrk -t1 -c200 -d3s --timeout 30s "$url" >/dev/null 2>&1 &
    load=$!
    sleep 1
    kill -INT $server
    status=0
    timeout 20 tail --pid=$server -f /dev/null || { status=hangs; kill -KILL $server; }
    [[ $status == hangs ]] || wait $server || status=$?
    wait $load || true
    printf '%-36s %10s %9s %8s %7s %7s %5s\n' \
        "$listing" "$rate" "${other:-0}" "${errors:-0}" "$before" "$after" "$status"
    if [[ -n $errors || $after -gt $before || $status != "${wanted:-0}" ]]; then
        failed=1
        tail -n 5 "$log/wrk" "$log/server" >&2
    fi
done
exit $failed
