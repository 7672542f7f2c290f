// SPDX-License-Identifier: Apache-2.0

extension Settings {
  /// Numbers that all satisfy a condition; `what` says of one which.
  func numbers(
    _ key: String, count: ClosedRange<Int>, _ what: String, where isRight: (Double) -> Bool
  ) throws -> [Double] {
    let texts = list(key) ?? []
    guard count.contains(texts.count) else {
      let wanted =
        switch (count.lowerBound, count.upperBound) {
        case (1, 1): "one number is expected"
        case (1, _): "one or two numbers are expected, with a comma between them"
        default: "two numbers are expected, with a comma between them"
        }
      throw failure(key, "\(wanted); it is '\(texts.joined(separator: ","))'")
    }
    return try texts.map { text in
      guard let value = Double(text.trimmed), value.isFinite, isRight(value) else {
        throw failure(key, "'\(text)' is not \(what)")
      }
      return value
    }
  }

  func positive(_ key: String, _ example: String) throws -> Double {
    try numbers(key, count: 1...1, "a number above 0, such as \(example)") { $0 > 0 }[0]
  }

  /// The one of several keys that is given, or none.
  func one(of keys: [String], required message: String?) throws -> String? {
    let given = keys.filter { list($0) != nil }
    if given.count > 1 {
      throw failure(given[1], "not together with --\(given[0].dashed); leave out one of them")
    }
    if let message, given.isEmpty { throw Failure(.usage, message) }
    return given.first
  }
}

extension String {
  /// A key as a flag.
  var dashed: String { replacing("_", with: "-") }

  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
