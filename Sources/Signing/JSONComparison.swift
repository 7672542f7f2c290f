// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// The values of a stored JSON object beside those of one made again.
public struct JSONComparison: Sendable {
  public struct Difference: Sendable, Equatable {
    /// Such as `gaps[3].interval.low`.
    public let path: String
    public let stored: String
    public let found: String

    /// A place and what stands there.
    public init(path: String, stored: String, found: String) {
      self.path = path
      self.stored = stored
      self.found = found
    }
  }

  /// The first ones; `differenceCount` counts all.
  public private(set) var differences: [Difference] = []
  public private(set) var differenceCount = 0
  /// Numbers, texts, flags and nulls that were compared.
  public private(set) var valueCount = 0
  /// Numbers that are not identical but within the tolerance.
  public private(set) var roundedCount = 0
  /// The largest |a − b| ÷ max(|a|, |b|) of those.
  public private(set) var largestRelative = 0.0

  private let tolerance: Double
  private let limit: Int

  /// Compares all members of `stored` but those left out; members that only `found` has are those of
  /// a later version.
  ///
  /// - Parameters:
  ///   - stored: a JSON object, as it was kept.
  ///   - found: the object that it should be.
  ///   - leavingOut: members of `stored` that are not compared.
  ///   - tolerance: numbers with |a − b| ≤ tolerance · max(|a|, |b|) count as equal.
  ///   - limit: how many differences are kept.
  /// - Throws: `SigningError` if one of them is no JSON object.
  public init(
    stored: Data, found: Data, leavingOut: Set<String> = [], tolerance: Double, limit: Int = 5
  ) throws(SigningError) {
    self.tolerance = tolerance
    self.limit = limit
    let stored = try Self.object(stored)
    let found = try Self.object(found)
    for key in stored.keys.sorted() where !leavingOut.contains(key) {
      compare(stored[key], found[key], key)
    }
  }

  private static func object(_ bytes: Data) throws(SigningError) -> [String: Any] {
    guard let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
      throw SigningError("no JSON object")
    }
    return object
  }

  private mutating func compare(_ stored: Any?, _ found: Any?, _ path: String) {
    switch (stored, found) {
    case (let stored as [String: Any], let found as [String: Any]):
      for key in Set(stored.keys).union(found.keys).sorted() {
        compare(stored[key], found[key], "\(path).\(key)")
      }
    case (let stored as [Any], let found as [Any]):
      if stored.count != found.count {
        differ(path, "\(stored.count) entries", "\(found.count) entries")
      }
      for (index, pair) in zip(stored, found).enumerated() {
        compare(pair.0, pair.1, "\(path)[\(index)]")
      }
    case (let stored as String, let found as String):
      valueCount += 1
      if stored != found { differ(path, "\"\(stored)\"", "\"\(found)\"") }
    case (is NSNull, is NSNull): valueCount += 1
    case (let stored as NSNumber, let found as NSNumber):
      valueCount += 1
      compare(stored.doubleValue, found.doubleValue, path)
    default: differ(path, Self.shown(stored), Self.shown(found))
    }
  }

  private mutating func compare(_ stored: Double, _ found: Double, _ path: String) {
    guard stored != found else { return }
    let relative = abs(stored - found) / max(abs(stored), abs(found))
    guard relative <= tolerance else { return differ(path, "\(stored)", "\(found)") }
    roundedCount += 1
    largestRelative = max(largestRelative, relative)
  }

  private mutating func differ(_ path: String, _ stored: String, _ found: String) {
    differenceCount += 1
    guard differences.count < limit else { return }
    differences.append(Difference(path: path, stored: stored, found: found))
  }

  private static func shown(_ value: Any?) -> String {
    switch value {
    case nil: "nothing"
    case is NSNull: "null"
    case let text as String: "\"\(text)\""
    case let list as [Any]: "\(list.count) entries"
    case let object as [String: Any]: "an object of \(object.count)"
    case let number as NSNumber: "\(number)"
    default: "another value"
    }
  }
}
