// SPDX-License-Identifier: Apache-2.0
internal import Crypto
public import Foundation

/// A public key that checks signatures: Ed25519 or P-256.
public struct VerificationKey: Sendable, Hashable {
  /// SubjectPublicKeyInfo in DER.
  public let der: Data
  public let algorithm: SignatureAlgorithm

  init(_ key: Curve25519.Signing.PublicKey) {
    der = Data(Ed25519DER.publicPrefix + key.rawRepresentation)
    algorithm = .ed25519
  }

  init(_ key: P256.Signing.PublicKey) {
    der = key.derRepresentation
    algorithm = .ecdsaP256SHA256
  }

  /// - Parameter der: a SubjectPublicKeyInfo. One encoding of a key is accepted: a point of P-256 in
  ///   its uncompressed form, as openssl writes it by default.
  /// - Throws: `SigningError` for anything else.
  public init(der: Data) throws(SigningError) {
    let bytes = Array(der)
    if let raw = Ed25519DER.key(bytes, after: Ed25519DER.publicPrefix),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
    {
      self.init(key)
    } else if let key = try? P256.Signing.PublicKey(derRepresentation: bytes),
      key.derRepresentation == der
    {
      self.init(key)
    } else {
      throw SigningError("the key is neither an Ed25519 nor an uncompressed P-256 public key")
    }
  }

  /// Reads a `PUBLIC KEY`, as `openssl pkey -pubout` writes it.
  ///
  /// - Throws: `SigningError` for any other text, a private key included.
  public init(pem: String) throws(SigningError) {
    let blocks = try PEMBlock.blocks(in: pem)
    guard let block = blocks.first, blocks.count == 1 else {
      throw SigningError("there is more than one key in it")
    }
    guard block.label == "PUBLIC KEY" else {
      let isPrivate = block.label.hasSuffix("PRIVATE KEY")
      throw SigningError(
        isPrivate
          ? "this is a private key; 'openssl pkey -in FILE -pubout' prints its public one"
          : "'\(block.label)' is no public key")
    }
    try self.init(der: Data(block.bytes))
  }

  public var pem: String { PEMBlock(label: "PUBLIC KEY", bytes: Array(der)).text }

  /// The SHA-256 of `der` in hexadecimal, by which people tell keys apart.
  public var fingerprint: String { SignOff.digest(of: der) }

  /// Whether exactly these bytes were signed with the private key of this one.
  public func isValid(_ signature: Data, for bytes: Data) -> Bool {
    switch algorithm {
    case .ed25519:
      guard
        let raw = Ed25519DER.key(Array(der), after: Ed25519DER.publicPrefix),
        let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
      else { return false }
      return key.isValidSignature(signature, for: bytes)
    case .ecdsaP256SHA256:
      guard let key = try? P256.Signing.PublicKey(derRepresentation: der),
        let pair = try? P256.Signing.ECDSASignature(derRepresentation: signature)
      else { return false }
      return key.isValidSignature(pair, for: bytes)
    }
  }
}
