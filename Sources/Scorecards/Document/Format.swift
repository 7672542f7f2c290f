// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How numbers are spelled, the same in every renderer.
package enum Format {
  package static let minus = "\u{2212}"

  /// Three significant digits, at most four decimals; whole numbers and zero as they are; thousands
  /// separated. Not a number for what is not finite: `∞`.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "undefined" : value < 0 ? minus + "∞" : "∞" }
    let size = abs(value)
    if size == 0 { return "0" }
    if size < 0.000_05 { return value < 0 ? ">\(minus)0.0001" : "<0.0001" }
    if size >= 999.5 { return value < 0 ? minus + count(size) : count(size) }
    if value == value.rounded() { return signed(value, decimals: 0) }
    let decimals = size < 0.1 ? 4 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0
    return signed(value, decimals: decimals)
  }

  /// A threshold as people write it, `0.5`, with four significant digits at most.
  package static func threshold(_ value: Double) -> String {
    let text = String(format: "%.4g", abs(value))
    return value < 0 ? minus + text : text
  }

  /// A number of rows: `16,561`. Sums of weights are rounded.
  package static func count(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return String(format: "%.3g", value) }
    return count(Int(value.rounded()))
  }

  package static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? minus : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `[0.0883, 0.105]`; no upper limit is `∞`.
  package static func interval(_ low: Double, _ high: Double?) -> String {
    "[\(number(low)), \(high.map(number) ?? "∞")]"
  }

  /// `33.1 %`
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    if percent == 0 || percent == 100 { return signed(percent, decimals: 0) + " %" }
    if percent < 0.05 { return "<0.1 %" }
    return signed(percent, decimals: 1) + " %"
  }

  /// `95 %`
  package static func level(_ level: Double) -> String {
    let percent = level * 100
    let whole = abs(percent - percent.rounded()) < 1e-9
    return (whole ? signed(percent, decimals: 0) : String(format: "%.4g", percent)) + " %"
  }

  /// `0.023`, `<0.001`
  package static func probability(_ value: Double) -> String {
    value < 0.001 ? "<0.001" : signed(value, decimals: 3)
  }

  /// `p = 0.023`, `p < 0.001`
  package static func pValue(_ value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = " + signed(value, decimals: 3)
  }

  /// `1 group`, `5,483 groups`
  package static func plural(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    Self.count(count) + " " + (count == 1 ? one : many ?? one + "s")
  }

  /// `a`, `a and b`, `a, b and c`
  package static func list(_ items: [String]) -> String {
    guard let last = items.last else { return "" }
    return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// `selected_unlabelled` → `selected unlabelled`
  package static func words(_ id: String) -> String { id.replacing("_", with: " ") }

  /// The text with its first letter in upper case.
  package static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static func signed(_ value: Double, decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", abs(value))
    let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? minus + text : text
  }
}
