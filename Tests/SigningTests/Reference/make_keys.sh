#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Keys, and signatures of message.txt, made by openssl (3.0.19) alone. Every run makes new ones.
# The private keys sign nothing but these tests.
set -euo pipefail
cd "$(dirname "$0")"
printf 'What openssl signed: 0.6451 ± 0.02\n' > message.txt

openssl genpkey -algorithm ed25519 -out ed25519.pem
openssl pkey -in ed25519.pem -pubout -out ed25519.pub.pem
openssl pkeyutl -sign -inkey ed25519.pem -rawin -in message.txt -out ed25519.signature

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem
openssl pkey -in p256.pem -pubout -out p256.pub.pem
openssl dgst -sha256 -sign p256.pem -out p256.signature message.txt
openssl ecparam -name prime256v1 -genkey -out p256_sec1.pem  # EC PARAMETERS and EC PRIVATE KEY
openssl pkey -in p256_sec1.pem -pubout -out p256_sec1.pub.pem

# What must be refused.
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out refused_rsa.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out refused_p384.pem
openssl genpkey -algorithm x25519 -out refused_x25519.pem
openssl pkey -in ed25519.pem -aes256 -passout pass:secret -out refused_encrypted.pem
for file in *.signature; do base64 -w 0 "$file" > "$file.base64"; rm "$file"; done
