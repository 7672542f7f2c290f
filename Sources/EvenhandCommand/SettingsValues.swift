// SPDX-License-Identifier: Apache-2.0

extension Settings {
  func text(_ key: String) throws -> String? {
    switch values[key] {
    case nil: return nil
    case .text(let text): return text
    case .list(let list):
      guard list.count == 1 else { throw failure(key, "one value is expected, not \(list.count)") }
      return list[0]
    }
  }

  /// Texts separated by commas, or a list's items as they are.
  func list(_ key: String) -> [String]? {
    switch values[key] {
    case nil: nil
    case .text(let text):
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    case .list(let list): list
    }
  }

  /// The items of a flag that may be repeated, none of them split.
  func items(_ key: String) -> [String] {
    switch values[key] {
    case nil: []
    case .text(let text): [text]
    case .list(let list): list
    }
  }

  func integer(_ key: String) throws -> Int? {
    guard let text = try text(key) else { return nil }
    guard let value = Int(text) else {
      throw failure(key, "'\(text)' is not a whole number")
    }
    return value
  }

  func number(_ key: String) throws -> Double? {
    guard let text = try text(key) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw failure(key, "'\(text)' is not a number")
    }
    return value
  }

  func flag(_ key: String, or standard: Bool = false) throws -> Bool {
    switch try text(key) {
    case nil: return standard
    case "false", "no": return false
    case "true", "yes": return true
    case .some(let text): throw failure(key, "'\(text)' is neither true nor false")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice?
  where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(key, "'\(text)' is not one of \(known)")
    }
    return value
  }

  /// `form` such as NAME=COLUMN, split at the first equals sign.
  func pairs(_ key: String, form: String) throws -> [(name: String, value: String)] {
    try items(key).map { item in
      guard let equals = item.firstIndex(of: "="), equals > item.startIndex else {
        throw failure(key, "'\(item)' is not of the form \(form)")
      }
      return (String(item[..<equals]), String(item[item.index(after: equals)...]))
    }
  }
}
