// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation

/// What openssl wrote (`Reference/make_keys.sh`), and sign-offs of an invented scorecard.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("Reference")

  static func text(_ name: String) throws -> String {
    String(decoding: try bytes(name), as: UTF8.self)
  }

  static func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  static let scorecard = Data("{\"schema\":\"evenhand.scorecard/1\",\"value\":0.6451}\n".utf8)
  static let digest = SignOff.digest(of: scorecard)

  static func signOff(
    _ key: SigningKey, decision: SignOff.Decision = .approved,
    comment: String = "Gap of 0.02 accepted until the \"new\" label arrives; see §4.\nSecond line",
    digest: String = digest
  ) throws -> SignOff {
    try SignOff(
      reviewer: "Zoë Öz", role: "Model risk / EU", decision: decision, comment: comment,
      time: "2026-01-31T12:00:00Z", scorecardSha256: digest, key: key)
  }

  /// Two sign-offs: Ed25519, then P-256.
  static func file() throws -> SignatureFile {
    var file = SignatureFile(scorecardSha256: digest)
    try file.append(try signOff(try SigningKey(pem: try text("ed25519.pem"))))
    try file.append(try signOff(try SigningKey(pem: try text("p256.pem")), decision: .deferred))
    return file
  }

  /// The file with one text put for another, which must be there.
  static func file(replacing old: String, with new: String) throws -> Data {
    let text = String(decoding: try file().json(), as: UTF8.self)
    guard text.contains(old) else { throw SigningError("no \(old) in the fixture") }
    return Data(text.replacingOccurrences(of: old, with: new).utf8)
  }
}
