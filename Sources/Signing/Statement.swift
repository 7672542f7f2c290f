// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The part of a sign-off that is signed.
struct Statement: Encodable {
  var algorithm: SignatureAlgorithm
  var comment: String
  var decision: SignOff.Decision
  var publicKey: String
  var reviewer: String
  var role: String
  var scorecardSha256: String
  var time: String

  var bytes: Data {
    // Texts and names of cases always have a JSON.
    (try? CanonicalJSON.encode(self)) ?? Data()
  }

  func check() throws(SigningError) {
    for (name, text) in [("reviewer", reviewer), ("role", role)] {
      guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
        throw SigningError("\(name): a name is expected")
      }
      try Self.checkControls(text, name, allowed: "")
    }
    try Self.checkControls(comment, "comment", allowed: "\n\t")
    guard Self.isDigest(scorecardSha256) else {
      throw SigningError("scorecardSha256: 64 hexadecimal digits are expected")
    }
    guard time.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z/) != nil
    else { throw SigningError("time: a time such as 2026-01-31T12:00:00Z is expected") }
  }

  static func isDigest(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9a-f]{64}/) != nil
  }

  /// Control characters could hide text from those who read a file in a terminal.
  private static func checkControls(_ text: String, _ name: String, allowed: String)
    throws(SigningError)
  {
    let refused = text.unicodeScalars.contains {
      $0.properties.generalCategory == .control && !allowed.unicodeScalars.contains($0)
    }
    guard !refused else { throw SigningError("\(name): control characters are not allowed") }
  }
}

/// The one form in which signatures are written, and signed.
enum CanonicalJSON {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }
}
