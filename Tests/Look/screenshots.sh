#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Renders an HTML file as its readers will see it and prints the paths of the pictures:
# wide (light, dark), narrow (390 px), printed pages, and without styles (a strict policy).
#
# usage: screenshots.sh FILE.html OUTDIR        CHROMIUM=path chooses another browser
set -euo pipefail

[ $# -eq 2 ] || { echo "usage: screenshots.sh FILE.html OUTDIR" >&2; exit 64; }
[ -f "$1" ] || { echo "screenshots.sh: there is no file $1" >&2; exit 66; }

# need PROGRAM PACKAGE: installs the Debian package if PROGRAM is missing and this user may.
need() {
  command -v "$1" >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install --yes --quiet --no-install-recommends "$2" >&2 || true
    command -v "$1" >/dev/null && return
  fi
  echo "screenshots.sh: $1 is missing; install it (Debian: apt-get install $2)." >&2
  exit 69
}

browser=${CHROMIUM:-chromium}
need "$browser" chromium
need pdftoppm poppler-utils
need python3 python3

mkdir -p "$2"
rm -f "$2"/{wide-light,wide-dark,narrow-light,unstyled,print}*.png  # of an earlier run
here=$(dirname "$(readlink -f "$0")")
timeout 180 python3 "$here/capture.py" "$browser" "$1" "$2"
pdftoppm -r 70 -png "$2/print.pdf" "$2/print"
ls "$2"/print-*.png
