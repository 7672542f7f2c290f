// SPDX-License-Identifier: Apache-2.0
internal import Crypto
public import Foundation

/// A private key that signs: Ed25519 or P-256.
public struct SigningKey: Sendable {
  private enum Secret: Sendable {
    case ed25519(Curve25519.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
  }

  private let secret: Secret

  /// A new Ed25519 key from the system's random numbers.
  public init() { secret = .ed25519(Curve25519.Signing.PrivateKey()) }

  /// Reads an unencrypted key as openssl writes it: PKCS#8 (`PRIVATE KEY`), or for P-256 also SEC 1
  /// (`EC PRIVATE KEY`).
  ///
  /// - Throws: `SigningError` for any other text, a public or an encrypted key, another curve.
  public init(pem: String) throws(SigningError) {
    let blocks = try PEMBlock.blocks(in: pem).filter { $0.label != "EC PARAMETERS" }
    guard let block = blocks.first, blocks.count == 1 else {
      throw SigningError("there is more than one key in it")
    }
    switch block.label {
    case "PRIVATE KEY", "EC PRIVATE KEY": break
    case "ENCRYPTED PRIVATE KEY":
      throw SigningError("the key is encrypted; 'openssl pkey -in FILE -out PLAIN' decrypts it")
    case "PUBLIC KEY": throw SigningError("this is a public key; the private one signs")
    default: throw SigningError("'\(block.label)' is no private key")
    }
    if let bytes = Ed25519DER.key(block.bytes, after: Ed25519DER.privatePrefix),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    {
      secret = .ed25519(key)
    } else if let key = try? P256.Signing.PrivateKey(derRepresentation: block.bytes) {
      secret = .p256(key)
    } else {
      throw SigningError("the key is neither Ed25519 nor P-256")
    }
  }

  /// PKCS#8, as `openssl genpkey` writes it.
  public var pem: String {
    switch secret {
    case .ed25519(let key):
      PEMBlock(label: "PRIVATE KEY", bytes: Ed25519DER.privatePrefix + key.rawRepresentation).text
    case .p256(let key):
      PEMBlock(label: "PRIVATE KEY", bytes: Array(key.derRepresentation)).text
    }
  }

  public var verificationKey: VerificationKey {
    switch secret {
    case .ed25519(let key): VerificationKey(key.publicKey)
    case .p256(let key): VerificationKey(key.publicKey)
    }
  }

  /// - Throws: `SigningError` if the library refuses.
  public func signature(for bytes: Data) throws(SigningError) -> Data {
    do {
      return switch secret {
      case .ed25519(let key): try key.signature(for: bytes)
      case .p256(let key): try key.signature(for: bytes).derRepresentation
      }
    } catch {
      throw SigningError("signing failed: \(error)")
    }
  }
}
