// SPDX-License-Identifier: Apache-2.0

/// A line of text with a few emphasised runs.
///
/// It is written as an interpolated literal: `"Gap of \(strong: name), see \(code: id)"`. Every run is
/// raw text; escaping is the renderers' duty.
public struct RichText: Sendable, Equatable, ExpressibleByStringInterpolation {
  public enum Style: Sendable, Equatable {
    case plain, strong, code, quiet
  }

  public struct Run: Sendable, Equatable {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  public var runs: [Run]

  public init(_ runs: [Run]) { self.runs = runs }

  public init(_ text: String) { runs = text.isEmpty ? [] : [Run(text)] }

  public init(stringLiteral value: String) { self.init(value) }

  public init(stringInterpolation: Interpolation) { runs = stringInterpolation.runs }

  /// The text without its emphasis.
  public var plain: String { runs.map(\.text).joined() }

  public var isEmpty: Bool { runs.allSatisfy { $0.text.isEmpty } }

  public static func + (left: RichText, right: RichText) -> RichText {
    RichText(left.runs + right.runs)
  }

  public struct Interpolation: StringInterpolationProtocol {
    var runs: [Run] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { runs.append(Run(literal)) }
    }

    public mutating func appendInterpolation(_ text: String) { appendLiteral(text) }

    public mutating func appendInterpolation(_ text: RichText) { runs += text.runs }

    public mutating func appendInterpolation(strong text: String) {
      runs.append(Run(text, .strong))
    }

    public mutating func appendInterpolation(code text: String) { runs.append(Run(text, .code)) }

    public mutating func appendInterpolation(quiet text: String) { runs.append(Run(text, .quiet)) }
  }
}
