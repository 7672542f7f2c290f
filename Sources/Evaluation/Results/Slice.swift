// SPDX-License-Identifier: Apache-2.0

/// A conjunction of attribute values: `{}` is everybody, `{"sex": "Female"}` a group,
/// `{"race": "Other", "sex": "Female"}` an intersection. A `nil` value stands for a missing one.
public struct Slice: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
  public struct Assignment: Sendable, Hashable {
    public var attribute: String
    public var group: String?

    public init(attribute: String, group: String?) {
      self.attribute = attribute
      self.group = group
    }
  }

  /// In the order of the attributes' names.
  public let assignments: [Assignment]

  public static let overall = Slice([])

  public init(_ assignments: [Assignment]) {
    self.assignments = assignments.sorted { $0.attribute < $1.attribute }
  }

  public var attributes: [String] { assignments.map(\.attribute) }

  /// The group of an attribute; the outer `nil` if the slice does not name it.
  public func group(of attribute: String) -> String?? {
    assignments.first { $0.attribute == attribute }.map(\.group)
  }

  /// How a missing attribute value is shown.
  public static let missing = "(missing)"

  /// What people read: `Overall`, `Female`, `Other × Female`.
  public var description: String {
    assignments.isEmpty
      ? "Overall" : assignments.map { $0.group ?? Self.missing }.joined(separator: " × ")
  }

  /// Whether a value of some attribute is missing.
  public var hasMissing: Bool { assignments.contains { $0.group == nil } }

  /// The slice without one attribute.
  public func without(_ attribute: String) -> Slice {
    Slice(assignments.filter { $0.attribute != attribute })
  }

  public static func < (left: Slice, right: Slice) -> Bool {
    if left.assignments.count != right.assignments.count {
      return left.assignments.count < right.assignments.count
    }
    return left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  private var sortKey: [String] {
    // A missing group comes after every named one.
    attributes + assignments.map { $0.group.map { "0" + $0 } ?? "1" }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ stringValue: String) { self.stringValue = stringValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.allKeys.map {
        let group =
          try container.decodeNil(forKey: $0) ? nil : container.decode(String.self, forKey: $0)
        return Assignment(attribute: $0.stringValue, group: group)
      })
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for assignment in assignments {
      let key = Key(assignment.attribute)
      if let group = assignment.group {
        try container.encode(group, forKey: key)
      } else {
        try container.encodeNil(forKey: key)
      }
    }
  }
}
