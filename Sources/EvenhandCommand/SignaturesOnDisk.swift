// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation

extension SignatureFile {
  /// - Throws: `Failure` if the file cannot be read or is none of signatures.
  static func read(_ path: String) throws -> SignatureFile {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .missingInput,
        "\(path): no signatures can be read there; 'evenhand sign' makes them, --signatures names "
          + "another file")
    }
    do {
      return try SignatureFile(json: data)
    } catch {
      throw Failure(.data, "\(path): \(error.description)")
    }
  }
}

extension SignOffCheck {
  /// "sign-off 1 (approved by Ada Lovelace, Model risk)".
  var name: String {
    "sign-off \(index + 1) (\(signOff.decision.rawValue) by \(signOff.reviewer), \(signOff.role))"
  }

  /// What is wrong, nil if nothing is.
  var complaint: String? {
    switch problem {
    case nil: nil
    case .keyUnreadable:
      "its public key is none of '\(signOff.algorithm.rawValue)': the sign-off was changed"
    case .signatureInvalid:
      "the signature is not valid: the reviewer, role, decision, comment, time, digest, key or "
        + "signature was changed after signing"
    case .anotherScorecard:
      "the signature is valid, but of a scorecard with SHA-256 \(signOff.scorecardSha256)"
    case .repeated(let earlier): "it is a copy of sign-off \(earlier + 1)"
    }
  }
}
