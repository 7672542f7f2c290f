// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Yams

/// A map of a policy file whose keys are known beforehand; everything else is an error with its line.
struct PolicyMap {
  private var values: [String: (node: Node, line: Int)] = [:]
  let line: Int
  private let file: String
  private let what: String

  /// - Parameter what: how the map is called in an error: `a gate`.
  init(_ node: Node, keys: Set<String>, what: String, file: String) throws(PolicyError) {
    self.file = file
    self.what = what
    line = node.mark?.line ?? 1
    guard case .mapping(let mapping) = node else {
      throw PolicyError("\(what) is a map of keys and values", file: file, line: line)
    }
    for (key, value) in mapping {
      let place = key.mark?.line ?? line
      guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
        let name = key.scalar?.string ?? ""
        let near = nearestName(to: name, among: keys.sorted())
        let remedy =
          near.map { "did you mean '\($0)'?" }
          ?? "known: \(keys.sorted().joined(separator: ", "))"
        throw PolicyError("unknown key '\(name)' in \(what); \(remedy)", file: file, line: place)
      }
      guard values.updateValue((value, value.mark?.line ?? place), forKey: scalar.string) == nil
      else {
        throw PolicyError("the key '\(scalar.string)' is given twice", file: file, line: place)
      }
    }
  }

  func has(_ key: String) -> Bool { values[key] != nil }
  func node(_ key: String) -> Node? { values[key]?.node }

  func failure(_ key: String?, _ problem: String) -> PolicyError {
    let place = key.flatMap { values[$0]?.line } ?? line
    return PolicyError(key.map { "\($0): \(problem)" } ?? problem, file: file, line: place)
  }

  func text(_ key: String) throws(PolicyError) -> String? {
    guard let node = values[key]?.node else { return nil }
    guard let text = Self.text(node) else { throw failure(key, "a text is expected") }
    return text
  }

  func required(_ key: String) throws(PolicyError) -> String {
    guard let text = try text(key) else { throw failure(nil, "\(what) needs '\(key)'") }
    return text
  }

  /// A plain decimal number.
  func number(_ key: String) throws(PolicyError) -> Double? {
    guard let node = values[key]?.node else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      scalar.string.utf8.allSatisfy({ Self.numeric.contains($0) }),
      let value = Double(scalar.string), value.isFinite
    else { throw failure(key, "a number is expected, such as 0.8") }
    return value == 0 ? 0 : value
  }

  func count(_ key: String) throws(PolicyError) -> Int? {
    guard let value = try number(key) else { return nil }
    guard value >= 0, value == value.rounded(), value < 1e15 else {
      throw failure(key, "a whole number is expected, 0 or more")
    }
    return Int(value)
  }

  /// A list of texts; one text is a list of one.
  func texts(_ key: String) throws(PolicyError) -> [String] {
    guard let node = values[key]?.node else { return [] }
    if let text = Self.text(node) { return [text] }
    guard case .sequence(let sequence) = node else {
      throw failure(key, "a list of texts is expected")
    }
    var result: [String] = []
    for item in sequence {
      guard let text = Self.text(item) else { throw failure(key, "a list of texts is expected") }
      guard !result.contains(text) else { throw failure(key, "'\(text)' is given twice") }
      result.append(text)
    }
    return result
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws(PolicyError) -> Choice?
  where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(key, "'\(text)' is not one of \(known)")
    }
    return value
  }

  func day(_ key: String) throws(PolicyError) -> CalendarDay? {
    guard let text = try text(key) else { return nil }
    guard let day = CalendarDay(text) else {
      throw failure(key, "'\(text)' is not a day such as 2026-12-31")
    }
    return day
  }

  func list(_ key: String) throws(PolicyError) -> [Node] {
    guard let node = values[key]?.node else { return [] }
    guard case .sequence(let sequence) = node else { throw failure(key, "a list is expected") }
    return Array(sequence)
  }

  func map(_ key: String, keys: Set<String>) throws(PolicyError) -> PolicyMap? {
    guard let node = values[key]?.node else { return nil }
    return try PolicyMap(node, keys: keys, what: key, file: file)
  }

  /// A scalar that says something; `~` and an empty value do not.
  static func text(_ node: Node) -> String? {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty,
      scalar.style != .plain || !["null", "Null", "NULL", "~"].contains(scalar.string)
    else { return nil }
    return scalar.string
  }

  private static let numeric = Set("+-.0123456789eE".utf8)
}
