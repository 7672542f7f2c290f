// SPDX-License-Identifier: Apache-2.0

/// A dictionary-encoded column: one code a row, and the values the codes stand for.
///
/// `values` holds only values that occur, each once, in canonical order, which never depends on the
/// order of the rows: ascending number (ties such as "1" and "1.0" by bytes) where `kind` is
/// `.integer` or `.number`; ascending group for `Bins`; ascending UTF-8 bytes otherwise. Values are
/// told apart by their bytes: two Unicode spellings of one text are two values.
public struct CategoryColumn: Sendable, Equatable {
  public let name: String
  /// A row's index in `values`; −1 is missing.
  public let codes: [Int32]
  public let values: [String]
  /// What all values look like, to be told to the user.
  public let kind: ValueKind

  /// Takes values that are in canonical order and all occur; see `compacted` for those that do not.
  package init(name: String, codes: [Int32], values: [String], kind: ValueKind) {
    self.name = name
    self.codes = codes
    self.values = values
    self.kind = kind
  }

  /// A column from an array; `nil` is missing, the empty string is a value.
  public init(name: String, values: [String?]) {
    var builder = CategoryBuilder()
    builder.reserve(values.count)
    for value in values {
      if let value {
        builder.append(value.utf8.span)
      } else {
        builder.appendMissing()
      }
    }
    self = builder.takeCategoryColumn(named: name)
  }

  /// A column of "true" and "false".
  public init(name: String, values: [Bool?]) {
    self.init(name: name, values: values.map { $0.map { $0 ? "true" : "false" } })
  }

  /// A column of whole numbers in decimal.
  public init(name: String, values: [Int?]) {
    self.init(name: name, values: values.map { $0.map { String($0) } })
  }

  /// Drops the values that no code uses.
  package func compacted() -> CategoryColumn {
    var isUsed = [Bool](repeating: false, count: values.count)
    for code in codes where code >= 0 { isUsed[Int(code)] = true }
    if !isUsed.contains(false) { return self }
    var next: Int32 = 0
    let newCodes = isUsed.map { used -> Int32 in
      defer { next += used ? 1 : 0 }
      return next
    }
    return CategoryColumn(
      name: name, codes: codes.map { $0 < 0 ? -1 : newCodes[Int($0)] },
      values: zip(values, isUsed).filter { $0.1 }.map { $0.0 }, kind: kind)
  }
}
