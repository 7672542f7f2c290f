// SPDX-License-Identifier: Apache-2.0

/// One clear error about input data: what is wrong, where, and what to do about it.
///
/// `description` is one line, safe for a terminal: control, format and bidirectional characters are
/// written as `\u{..}`, and a value or a column name is cut at 80 characters.
public struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of an error; the command maps it to its exit code.
  public enum Kind: Sendable, Equatable {
    /// Malformed or unusable content (exit 65).
    case data
    /// No such file, or it cannot be read (exit 66).
    case missingInput
    /// A request that does not fit the data: a column that is not there, bad edges (exit 64).
    case usage
  }

  public var kind: Kind
  /// What is wrong, without place and value: "not a number".
  public var problem: String
  public var file: String?
  /// Physical line in the file, counted from 1 (the header of a CSV file is line 1).
  public var line: Int?
  public var column: String?
  public var value: String?
  /// What the reader of the message can do about it, a sentence.
  public var remedy: String?

  public init(
    kind: Kind = .data, problem: String, file: String? = nil, line: Int? = nil,
    column: String? = nil, value: String? = nil, remedy: String? = nil
  ) {
    self.kind = kind
    self.problem = problem
    self.file = file
    self.line = line
    self.column = column
    self.value = value
    self.remedy = remedy
  }

  public var description: String {
    var text = ""
    switch (file, line) {
    case (let file?, let line?): text += "\(file):\(line): "
    case (let file?, nil): text += "\(file): "
    case (nil, let line?): text += "line \(line): "
    case (nil, nil): break
    }
    if let column { text += "column '\(column.cut())': " }
    text += problem
    if let value { text += ": \"\(value.cut())\"" }
    if let remedy { text += ". \(remedy)" }
    return text.escapingControls()
  }
}

extension DataError {
  /// The same error, said to be about `file`.
  func inFile(_ file: String) -> DataError {
    var error = self
    error.file = error.file ?? file
    return error
  }
}

extension String {
  /// At most `limit` Unicode scalars and then "…"; one `Character` may hold thousands of them.
  func cut(at limit: Int = 80) -> String {
    guard let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex),
      end < endIndex
    else { return self }
    return String(unicodeScalars[..<end]) + "…"
  }

  /// Characters that could move the cursor, reorder or hide text become `\u{..}`.
  package func escapingControls() -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
