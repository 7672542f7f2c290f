// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Scorecard {
  /// The bytes of `scorecard.json`: sorted keys, no NaN or infinity, one trailing newline.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var data = try encoder.encode(self)
    data.append(UInt8(ascii: "\n"))
    return data
  }

  /// Reads a scorecard back from its JSON.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(Scorecard.self, from: json)
  }
}
