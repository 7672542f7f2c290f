#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Verifies every sign-off of a scorecard without Evenhand: openssl, sha256sum and python3.
# Usage: verify_with_openssl.sh SCORECARD.json [SIGNATURES.json]
set -euo pipefail
scorecard=$1
signatures=${2:-${scorecard%.json}.signatures.json}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$signatures" "$work" <<'PYTHON'
import base64, json, sys

signatures, work = sys.argv[1:]
for i, one in enumerate(json.load(open(signatures, encoding="utf-8"))["signOffs"]):
    write = lambda name, data: open(f"{work}/{i}.{name}", "wb").write(data)
    write("signature", base64.b64decode(one.pop("signature"), validate=True))
    write("der", base64.b64decode(one["publicKey"], validate=True))
    write("algorithm", one["algorithm"].encode())
    write("sha256", one["scorecardSha256"].encode())
    text = json.dumps(one, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    write("signed", text.encode("utf-8"))
PYTHON

digest=$(sha256sum "$scorecard" | cut -d ' ' -f 1)
for key in "$work"/*.der; do
  one=${key%.der}
  openssl pkey -pubin -inform DER -in "$key" -out "$one.pem"
  [ "$(cat "$one.sha256")" = "$digest" ] || { echo "another scorecard"; exit 1; }
  case $(cat "$one.algorithm") in
    ed25519)
      openssl pkeyutl -verify -pubin -inkey "$one.pem" -rawin -in "$one.signed" \
        -sigfile "$one.signature" ;;
    ecdsa_p256_sha256)
      openssl dgst -sha256 -verify "$one.pem" -signature "$one.signature" "$one.signed" ;;
    *) echo "unknown algorithm"; exit 1 ;;
  esac
done
