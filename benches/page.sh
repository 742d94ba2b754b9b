#!/usr/bin/env bash
# What a page weighs and how well it does: builds the site, serves it as a static
# host would, and has Lighthouse load the longest chapter five times, as a phone and
# as a desktop. Then the Nu HTML checker reads every page, and epubcheck the EPUB
# if it is installed. Prints the medians; fails if one misses its budget, or if
# a page or the EPUB is not valid.
#
#   benches/page.sh [RUNS]    RUNS, an odd number, is 5
#
# Needs node with npm, java and Chromium (Debian: apt install npm default-jre-headless
# chromium). Another program at work makes the performance worse than it is.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
work=$PWD/target/page
lighthouse=12.8.2
vnu=26.9.27

for program in node npm java chromium; do
    command -v "$program" >/dev/null || { echo "there is no $program on this machine" >&2; exit 2; }
done
mkdir -p "$work"
rm -rf "$work/reports"
mkdir "$work/reports"
npm install --silent --no-audit --no-fund --prefix "$work" "lighthouse@$lighthouse" "vnu-jar@$vnu"

# A port that is free now; the pages name it as their address.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
address=http://127.0.0.1:$port/
export MDBOOK_BUILD__BUILD_DIR=$work/book
export MDBOOK_OUTPUT__SITE__ADDRESS=$address
site=$work/book/html
cargo build --quiet --locked
book=target/debug/book
"$book" build

# Made first, so that there is something to look into.
: >"$work/server"
"$book" serve --built --port "$port" 2>"$work/server" &
server=$!
trap 'kill -INT $server; wait $server || true' EXIT
until grep -q '^Serving' "$work/server"; do
    kill -0 $server 2>/dev/null || { cat "$work/server" >&2; trap - EXIT; exit 1; }
    read -rt 0.1 <> <(:) || true
done

# The chapters are the numbered pages of the contents.
chapter=$(grep -o '<a href="[^"#]*"[^>]*><span class="number">' "$site/index.html" |
    sed 's/<a href="\([^"]*\)".*/\1/' | sort -u |
    while read -r page; do echo "$(wc -c <"$site/$page") $page"; done | sort -rn | sed -n '1s/.* //p')
echo "The longest chapter: $chapter"

export CHROME_PATH
CHROME_PATH=$(command -v chromium)
flags="--headless --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
[[ $(id -u) != 0 ]] || flags+=" --no-sandbox"
for run in $(seq "$runs"); do
    for kind in mobile desktop; do
        options=()
        [[ $kind == mobile ]] || options=(--preset=desktop)
        "$work/node_modules/.bin/lighthouse" "$address$chapter" "${options[@]}" --quiet \
            --chrome-flags="$flags" --no-enable-error-reporting \
            --only-categories=performance,accessibility,best-practices,seo \
            --output=json --output-path="$work/reports/$kind-$run.json"
    done
done
failed=0
node benches/page.mjs "$work/reports" || failed=1

mapfile -t pages < <(cd "$site" && printf "$address%s\n" *.html)
echo "The Nu HTML checker $vnu reads ${#pages[@]} pages"
java -Dnu.validator.servlet.allow-forbidden-hosts=true -jar "$work/node_modules/vnu-jar/build/dist/vnu.jar" --Werror --stdout "${pages[@]}" |
    sed "s,^\"$address,\"," || failed=1

for epub in "$site"/*.epub; do
    [[ -e $epub ]] || continue
    if command -v epubcheck >/dev/null; then
        # Debian's command is a jar, which not every system can start by itself.
        java -jar "$(command -v epubcheck)" --quiet "$epub" || failed=1
    else
        echo "epubcheck is not installed, so it was not asked: apt install epubcheck"
    fi
done
exit $failed
