// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// The sign-offs of one scorecard: `scorecard.signatures.json` beside it.
public struct SignatureFile: Sendable, Codable, Equatable {
  public static let currentSchema = "evenhand.signatures/1"

  public let schema: String
  /// Of the bytes of `scorecard.json` as they are stored.
  public let scorecardSha256: String
  /// In the order in which they were made.
  public private(set) var signOffs: [SignOff]

  public init(scorecardSha256: String) {
    schema = Self.currentSchema
    self.scorecardSha256 = scorecardSha256
    signOffs = []
  }

  /// Where the signatures of a scorecard lie: `a.json` has `a.signatures.json`.
  public static func path(beside scorecard: String) -> String {
    let stem = scorecard.hasSuffix(".json") ? String(scorecard.dropLast(5)) : scorecard
    return stem + ".signatures.json"
  }

  /// - Throws: `SigningError` if the sign-off is of another scorecard.
  public mutating func append(_ signOff: SignOff) throws(SigningError) {
    guard signOff.scorecardSha256 == scorecardSha256 else {
      throw SigningError("the sign-off is of another scorecard")
    }
    signOffs.append(signOff)
  }

  /// What becomes of each sign-off when it is checked against a scorecard.
  ///
  /// - Parameter digest: of the scorecard's bytes.
  public func checks(against digest: String) -> [SignOffCheck] {
    signOffs.indices.map { index in
      let signOff = signOffs[index]
      let problem: SignOffCheck.Problem? =
        if signOff.key == nil {
          .keyUnreadable
        } else if !signOff.hasValidSignature {
          .signatureInvalid
        } else if signOff.scorecardSha256 != digest {
          .anotherScorecard
        } else if let earlier = signOffs[..<index].firstIndex(of: signOff) {
          .repeated(earlier)
        } else {
          nil
        }
      return SignOffCheck(index: index, signOff: signOff, problem: problem)
    }
  }
}

// MARK: - The file's bytes

extension SignatureFile {
  /// Sorted keys, no space outside texts, one newline at the end.
  public func json() throws -> Data {
    try CanonicalJSON.encode(self) + Data("\n".utf8)
  }

  /// Reads exactly the form that `json` writes: a file with unknown, doubled or missing keys, or of
  /// another layout, might show its reader what nobody signed.
  ///
  /// - Throws: `SigningError`.
  public init(json: Data) throws(SigningError) {
    do {
      self = try JSONDecoder().decode(SignatureFile.self, from: json)
    } catch {
      throw SigningError("not a file of signatures: \(Self.explain(error))")
    }
    guard schema == Self.currentSchema else {
      throw SigningError("schema '\(schema)' is not \(Self.currentSchema)")
    }
    guard Statement.isDigest(scorecardSha256) else {
      throw SigningError("scorecardSha256: 64 hexadecimal digits are expected")
    }
    for (index, signOff) in signOffs.enumerated() {
      do {
        try signOff.statement.check()
      } catch {
        throw SigningError("signOffs[\(index)].\(error.description)")
      }
    }
    guard let written = try? self.json(), written == json else {
      throw SigningError(
        "the file is not as it was written: keys that are unknown or given twice, or another layout "
          + "('jq -cS .' restores the layout)")
    }
  }

  private static func explain(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop {
        $0 == "."
      }.description
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      return "there is no '\(place(context.codingPath + [key]))'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "'\(place(context.codingPath))' is of another type"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      let known = (SignatureAlgorithm.allCases.map(\.rawValue), SignOff.Decision.allCases)
      let values =
        switch context.codingPath.last?.stringValue {
        case "algorithm": ": not one of " + known.0.joined(separator: ", ")
        case "decision": ": not one of " + known.1.map(\.rawValue).joined(separator: ", ")
        default: ": not a value it can have"
        }
      return place(context.codingPath) + values
    default: return "it is no valid JSON"
    }
  }
}
