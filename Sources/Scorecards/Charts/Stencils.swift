// SPDX-License-Identifier: Apache-2.0

/// Drawings that many figures show, such as an axis or the mark of a series: each stands once in the
/// page, and figures refer to it.
package struct Stencils: Sendable {
  private var numbers: [String: Int] = [:]
  private var definitions = ""

  package init() {}

  /// A reference to a drawing, moved to the right. Equal drawings become one; colour and line width
  /// that a drawing leaves open are those of the figure.
  package mutating func use(_ drawing: String, x: Double = 0) -> String {
    let number = numbers[drawing] ?? define(drawing)
    let place = x == 0 ? "" : " x=\"\(Pixel.text(x))\""
    return "<use href=\"#d\(number)\"\(place)/>"
  }

  private mutating func define(_ drawing: String) -> Int {
    let number = numbers.count + 1
    numbers[drawing] = number
    definitions += "<g id=\"d\(number)\">\(drawing)</g>\n"
    return number
  }

  /// All drawings, in an image that takes no room. It belongs outside of what can be folded away.
  package var svg: String {
    guard !definitions.isEmpty else { return "" }
    return """
      <svg width="0" height="0" aria-hidden="true"><defs>
      \(definitions)</defs></svg>

      """
  }
}
