#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the documentation's picture of a scorecard: its head, its first gaps and a forest plot, one
# below the other.
#
# usage: picture.sh FILE.html OUT.png        CHROMIUM=path chooses another browser
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: picture.sh FILE.html OUT.png" >&2; exit 64; }
[ -f "$1" ] || { echo "picture.sh: there is no file $1" >&2; exit 66; }
browser=${CHROMIUM:-chromium}
command -v "$browser" >/dev/null ||
  { echo "picture.sh: $browser is missing; install it (Debian: apt-get install chromium)." >&2; exit 69; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$1" "$work/scorecard.html"
cat >"$work/frames.html" <<'HTML'
<!doctype html>
<style>
  body { margin: 0 }
  iframe { border: 0; border-bottom: 1px solid #ccc; width: 1200px; display: block }
</style>
<iframe src="scorecard.html" style="height: 442px"></iframe>
<iframe src="scorecard.html#gaps" style="height: 527px"></iframe>
<iframe src="scorecard.html#metric-selection-rate" style="height: 685px"></iframe>
HTML
timeout 120 "$browser" --headless=new --no-sandbox --disable-gpu --hide-scrollbars \
  --no-first-run --user-data-dir="$work/profile" --virtual-time-budget=5000 \
  --window-size=1200,1657 --screenshot="$work/picture.png" "file://$work/frames.html" 2>/dev/null
size=$(stat -c %s "$work/picture.png")
[ "$size" -le 300000 ] || { echo "picture.sh: $size bytes are more than 300 KB" >&2; exit 1; }
mv "$work/picture.png" "$2"
