// SPDX-License-Identifier: Apache-2.0
import EvenhandPower

/// How surely a gap is to be seen, and among how many comparisons.
struct PowerAssurance {
  let power: Double
  let confidence: Double
  let kind: PowerRequest.Comparisons.Kind
  /// `nil`: not said.
  let groups: Int?

  init(_ settings: Settings) throws {
    power = try Self.share("power", settings, 0.8)
    confidence = try Self.share("confidence", settings, 0.95)
    let groups = try settings.integer("groups")
    if let groups, !(2...500).contains(groups) {
      throw settings.failure(
        "groups", "from 2 to 500 groups can be compared; it is \(groups)")
    }
    self.groups = groups
    let named: PowerRequest.Comparisons.Kind? = try settings.choice("comparisons")
    guard named != .single else {
      throw settings.failure("comparisons", "'single' is not one of reference, pairs")
    }
    kind = named ?? .reference
  }

  /// One comparison unless groups are named.
  var family: ComparisonFamily {
    guard let groups else { return .single }
    return kind == .pairs ? .pairs(groups: groups) : .reference(groups: groups)
  }

  private static func share(
    _ key: String, _ settings: Settings, _ usual: Double
  ) throws -> Double {
    guard let value = try settings.number(key) else { return usual }
    guard value >= 0.5 && value < 1 else {
      throw settings.failure(
        key, "it lies between 0.5 and 1, such as \(usual); it is \(value)")
    }
    return value
  }
}
