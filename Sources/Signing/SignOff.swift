// SPDX-License-Identifier: Apache-2.0
internal import Crypto
public import Foundation

/// What one reviewer decided about one scorecard, signed.
///
/// The signature is over ``signedBytes``: all fields but the signature itself, so that neither the
/// decision nor the comment can be changed or moved to another scorecard.
public struct SignOff: Sendable, Codable, Equatable {
  public enum Decision: String, Sendable, Codable, CaseIterable {
    case approved, rejected, deferred
  }

  public let algorithm: SignatureAlgorithm
  /// Empty where there is none.
  public let comment: String
  public let decision: Decision
  /// The SubjectPublicKeyInfo of the key in base64.
  public let publicKey: String
  public let reviewer: String
  public let role: String
  /// Of the bytes of `scorecard.json` as they are stored, in hexadecimal.
  public let scorecardSha256: String
  /// In base64: 64 bytes of Ed25519, or r and s of ECDSA in DER.
  public let signature: String
  /// What the signer's clock said, in UTC: `2026-01-31T12:00:00Z`.
  public let time: String

  /// Signs.
  ///
  /// - Throws: `SigningError` for a reviewer or role without letters, control characters, a digest or
  ///   a time of another form.
  public init(
    reviewer: String, role: String, decision: Decision, comment: String = "", time: String,
    scorecardSha256: String, key: SigningKey
  ) throws(SigningError) {
    let statement = Statement(
      algorithm: key.verificationKey.algorithm, comment: comment, decision: decision,
      publicKey: key.verificationKey.der.base64EncodedString(), reviewer: reviewer, role: role,
      scorecardSha256: scorecardSha256, time: time)
    try statement.check()
    let signature = try key.signature(for: statement.bytes)
    self.init(statement, signature: signature.base64EncodedString())
  }

  private init(_ statement: Statement, signature: String) {
    algorithm = statement.algorithm
    comment = statement.comment
    decision = statement.decision
    publicKey = statement.publicKey
    reviewer = statement.reviewer
    role = statement.role
    scorecardSha256 = statement.scorecardSha256
    time = statement.time
    self.signature = signature
  }

  var statement: Statement {
    Statement(
      algorithm: algorithm, comment: comment, decision: decision, publicKey: publicKey,
      reviewer: reviewer, role: role, scorecardSha256: scorecardSha256, time: time)
  }

  /// What is signed: a JSON object of all fields but `signature`, keys in alphabetical order, no space
  /// outside texts, UTF-8, only `"`, `\` and control characters escaped, no newline at the end.
  public var signedBytes: Data { statement.bytes }

  /// The public key that the sign-off carries; nil if it is none, or one of another algorithm.
  public var key: VerificationKey? {
    guard let der = Data(base64Encoded: publicKey), let key = try? VerificationKey(der: der),
      key.algorithm == algorithm
    else { return nil }
    return key
  }

  /// Whether the signature is of these fields, by the key that the sign-off carries.
  public var hasValidSignature: Bool {
    guard let key, let signature = Data(base64Encoded: signature) else { return false }
    return key.isValid(signature, for: signedBytes)
  }

  /// The SHA-256 of bytes in hexadecimal, as `sha256sum` prints it.
  public static func digest(of bytes: Data) -> String {
    SHA256.hash(data: bytes).hexadecimal
  }
}
