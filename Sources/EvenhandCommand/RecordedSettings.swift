// SPDX-License-Identifier: Apache-2.0
import Evenhand

extension Settings {
  /// The settings that a scorecard was made with, so that it can be made again by the same way.
  ///
  /// - Throws: `Failure` for a key that this version does not know, or a value that no key has.
  init(recorded configuration: [String: ConfigurationValue], in file: String) throws {
    self.init()
    for (key, value) in configuration.sorted(by: { $0.key < $1.key }) where value != .null {
      let place = "\(file): configuration.\(key)"
      guard Self.keys.contains(key) else {
        throw Failure(
          .data, "\(place): no key of 'evaluate' in this version: it cannot be made again")
      }
      switch value {
      case .list([]): break
      case .list(let list):
        set(key, .list(try list.map { try Self.text($0, place) }), origin: place)
      default: set(key, .text(try Self.text(value, place)), origin: place)
      }
    }
  }

  private static func text(_ value: ConfigurationValue, _ place: String) throws -> String {
    switch value {
    case .text(let text): return text
    case .flag(let flag): return "\(flag)"
    case .integer(let number): return "\(number)"
    case .number(let number): return "\(number)"
    case .null, .list, .map: throw Failure(.data, "\(place): a plain value is expected")
    }
  }
}
