// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation
import Testing

@Suite("Keys") struct KeyTests {
  @Test(
    "keys of openssl sign, and their public keys verify",
    arguments: [
      ("ed25519", SignatureAlgorithm.ed25519), ("p256", .ecdsaP256SHA256),
      ("p256_sec1", .ecdsaP256SHA256),
    ])
  func pairs(name: String, algorithm: SignatureAlgorithm) throws {
    let secret = try SigningKey(pem: try Fixtures.text("\(name).pem"))
    let published = try VerificationKey(pem: try Fixtures.text("\(name).pub.pem"))
    #expect(secret.verificationKey == published)
    #expect(published.algorithm == algorithm)
    let message = Data("message".utf8)
    let signature = try secret.signature(for: message)
    #expect(published.isValid(signature, for: message))
    #expect(!published.isValid(signature, for: Data("massage".utf8)))
    #expect(!published.isValid(signature.dropLast(), for: message))
    #expect(!published.isValid(Data(), for: message))
  }

  @Test("a signature made by openssl is valid", arguments: ["ed25519", "p256"])
  func opensslSignature(name: String) throws {
    let key = try VerificationKey(pem: try Fixtures.text("\(name).pub.pem"))
    let signature = try #require(
      Data(base64Encoded: try Fixtures.text("\(name).signature.base64")))
    let message = try Fixtures.bytes("message.txt")
    #expect(key.isValid(signature, for: message))
    #expect(!key.isValid(signature, for: message.dropLast()))
    let other = try VerificationKey(
      pem: try Fixtures.text(name == "p256" ? "ed25519.pub.pem" : "p256.pub.pem"))
    #expect(!other.isValid(signature, for: message))
  }

  @Test("PEM is written as openssl writes it", arguments: ["ed25519", "p256"])
  func writtenAsRead(name: String) throws {
    let secret = try Fixtures.text("\(name).pem")
    #expect(try SigningKey(pem: secret).pem == secret)
    let published = try Fixtures.text("\(name).pub.pem")
    #expect(try VerificationKey(pem: published).pem == published)
  }

  @Test func newKeysDifferAndRoundTrip() throws {
    let keys = (0..<3).map { _ in SigningKey() }
    #expect(Set(keys.map(\.verificationKey)).count == 3)
    for key in keys {
      #expect(try SigningKey(pem: key.pem).verificationKey == key.verificationKey)
      #expect(try VerificationKey(pem: key.verificationKey.pem) == key.verificationKey)
    }
  }

  @Test(
    "refused private keys",
    arguments: [
      ("refused_rsa.pem", "neither Ed25519 nor P-256"),
      ("refused_p384.pem", "neither Ed25519 nor P-256"),
      ("refused_x25519.pem", "neither Ed25519 nor P-256"),
      ("refused_encrypted.pem", "encrypted"), ("ed25519.pub.pem", "public key"),
      ("message.txt", "no PEM block"),
    ])
  func refusedPrivate(name: String, says: String) throws {
    let text = try Fixtures.text(name)
    let error = try #require(throws: SigningError.self) { try SigningKey(pem: text) }
    #expect(error.description.contains(says))
  }

  @Test func refusedPublic() throws {
    for (name, says) in [("ed25519.pem", "private key"), ("message.txt", "no PEM block")] {
      let text = try Fixtures.text(name)
      let error = try #require(throws: SigningError.self) { try VerificationKey(pem: text) }
      #expect(error.description.contains(says))
    }
  }

  @Test("truncated or doubled keys are refused", arguments: ["ed25519", "p256"])
  func damaged(name: String) throws {
    let text = try Fixtures.text("\(name).pem")
    for count in 0..<(text.count - 1) {
      #expect(throws: SigningError.self) { try SigningKey(pem: String(text.prefix(count))) }
    }
    #expect(throws: SigningError.self) { try SigningKey(pem: text + text) }
    let published = try VerificationKey(pem: try Fixtures.text("\(name).pub.pem")).der
    for count in 0..<published.count {
      #expect(throws: SigningError.self) { try VerificationKey(der: published.prefix(count)) }
    }
    #expect(throws: SigningError.self) { try VerificationKey(der: published + [0]) }
  }
}
