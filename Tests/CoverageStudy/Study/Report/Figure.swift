// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A dot plot as SVG: a row for each method of each kind, a dot with its 99 % bar for each scenario.
///
/// Filled dots are defaults, hollow ones methods by request or for comparison; what falls short is
/// drawn in another colour and as a diamond. Below 85 % an arrow with a number stands for the dots.
package struct Figure {
  private let palette: Palette
  private let lanes: [Lane]

  private struct Lane {
    var heading: String?
    var label: String
    var rows: [StudyRow]
  }

  private static let (left, right, top) = (330.0, 960.0, 56.0)
  private static let (lowest, laneHeight, headingHeight) = (0.85, 24.0, 26.0)

  package init(_ findings: Findings, palette: Palette) {
    self.palette = palette
    lanes = StudyKind.allCases.filter { $0 != .tests }.flatMap { kind -> [Lane] in
      let rows = findings.rows(kind) { $0.dataSets > 0 }
      // Metrics of one kind share a lane: the method is what is compared.
      let methods = rows.map { Method($0.claim) }.uniqued().sorted { !$0.isOther && $1.isOther }
      return methods.enumerated().map { place, method in
        Lane(
          heading: place == 0 ? kind.title : nil, label: method.name,
          rows: rows.filter { Method($0.claim) == method })
      }
    }
  }

  private struct Method: Hashable {
    var name: String
    var isOther: Bool

    init(_ claim: Claim) {
      name = claim.method
      isOther = claim.role != .standard
    }
  }

  package var svg: String {
    var y = Self.top
    var body: [String] = []
    for lane in lanes {
      if let heading = lane.heading {
        y += Self.headingHeight
        body.append(text(heading, x: 12, y: y - 8, weight: 600))
      }
      y += Self.laneHeight
      body.append(draw(lane, y: y - Self.laneHeight / 2))
    }
    let height = y + 30
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 \(Self.fixed(height))" \
      width="1000" height="\(Self.fixed(height))" font-family="system-ui, sans-serif" \
      font-size="13" role="img">
      <title>Coverage of every method in every scenario, with 99 % bounds</title>
      \(axis(bottom: y + 4))
      \(legend)
      \(body.joined(separator: "\n"))
      </svg>

      """
  }

  private static func fixed(_ value: Double) -> String { String(format: "%.1f", value) }

  private static func x(_ coverage: Double) -> Double {
    left + (max(lowest, coverage) - lowest) / (1 - lowest) * (right - left)
  }

  private func text(
    _ words: String, x: Double, y: Double, weight: Int = 400, anchor: String = "start",
    colour: String? = nil
  ) -> String {
    "<text x=\"\(Self.fixed(x))\" y=\"\(Self.fixed(y))\" font-weight=\"\(weight)\" "
      + "text-anchor=\"\(anchor)\" fill=\"\(colour ?? palette.ink)\">\(words)</text>"
  }

  private func axis(bottom: Double) -> String {
    [0.85, 0.90, 0.93, 0.95, 1].map { coverage in
      let x = Self.x(coverage)
      let colour = coverage == 0.95 ? palette.ink : palette.line
      let dashes = coverage == 0.93 ? " stroke-dasharray=\"3 3\"" : ""
      return
        "<line x1=\"\(Self.fixed(x))\" x2=\"\(Self.fixed(x))\" y1=\"\(Self.fixed(Self.top))\" "
        + "y2=\"\(Self.fixed(bottom))\" stroke=\"\(colour)\"\(dashes)/>"
        + text("\(Int((100 * coverage).rounded())) %", x: x, y: Self.top - 8, anchor: "middle")
    }.joined(separator: "\n")
  }

  private var legend: String {
    let entries: [(String, Bool, Bool, Double)] = [
      ("default", true, false, 12), ("by request or for comparison", false, false, 100),
      ("falls short", true, true, 330),
    ]
    return entries.map { name, isFilled, isShort, x in
      dot(x: x + 5, y: 16, isFilled: isFilled, isShort: isShort)
        + text(name, x: x + 16, y: 20, colour: palette.muted)
    }.joined(separator: "\n")
  }

  private func draw(_ lane: Lane, y: Double) -> String {
    var parts = [text(lane.label, x: 24, y: y + 4, colour: palette.muted)]
    let outside = lane.rows.filter { $0.coverage < Self.lowest }
    for (place, row) in lane.rows.enumerated() where row.coverage >= Self.lowest {
      // Neighbours are set apart, in the same way each time.
      let height = y + (Double(place * 7 % 11) - 5) * 1.5
      let bounds = row.bounds
      let colour = colour(isFilled: row.claim.role == .standard, isShort: !row.isValid)
      parts.append(
        "<line x1=\"\(Self.fixed(Self.x(bounds.low)))\" x2=\"\(Self.fixed(Self.x(bounds.high)))\" "
          + "y1=\"\(Self.fixed(height))\" y2=\"\(Self.fixed(height))\" stroke=\"\(colour)\" "
          + "stroke-opacity=\"0.45\"/>")
      parts.append(
        dot(
          x: Self.x(row.coverage), y: height, isFilled: row.claim.role == .standard,
          isShort: !row.isValid))
    }
    if let lowest = outside.map(\.coverage).min() {
      parts.append(
        text(
          "◀ \(outside.count), from \(Tables.percent(lowest))", x: Self.left + 2, y: y + 4,
          weight: 600, colour: palette.short))
    }
    return parts.joined(separator: "\n")
  }

  private func colour(isFilled: Bool, isShort: Bool) -> String {
    isShort ? palette.short : isFilled ? palette.standard : palette.offered
  }

  private func dot(x: Double, y: Double, isFilled: Bool, isShort: Bool) -> String {
    let colour = colour(isFilled: isFilled, isShort: isShort)
    let paint = "fill=\"\(isFilled ? colour : "none")\" stroke=\"\(colour)\""
    if isShort {
      let corners = [(x, y - 4), (x + 4, y), (x, y + 4), (x - 4, y)]
        .map { "\(Self.fixed($0.0)),\(Self.fixed($0.1))" }
      return "<polygon points=\"\(corners.joined(separator: " "))\" \(paint)/>"
    }
    return "<circle cx=\"\(Self.fixed(x))\" cy=\"\(Self.fixed(y))\" r=\"3\" \(paint)/>"
  }
}
