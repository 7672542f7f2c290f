// SPDX-License-Identifier: Apache-2.0

/// How a sign-off is signed.
public enum SignatureAlgorithm: String, Sendable, Codable, CaseIterable {
  /// Ed25519 (RFC 8032): 64 bytes.
  case ed25519
  /// ECDSA on P-256 over the SHA-256 of what is signed (FIPS 186-5): r and s in DER.
  case ecdsaP256SHA256 = "ecdsa_p256_sha256"
}
