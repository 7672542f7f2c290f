// SPDX-License-Identifier: Apache-2.0

/// Coordinates with one decimal.
package enum Pixel {
  package typealias Point = (x: Double, y: Double)

  package static func round(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  package static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    if tenths.isMultiple(of: 10) { return String(tenths / 10) }
    let whole = tenths.magnitude / 10
    return "\(tenths < 0 ? "-" : "")\(whole == 0 ? "" : String(whole)).\(tenths.magnitude % 10)"
  }

  /// The path through points. Its steps are relative, from one rounded place to the next, so that
  /// rounding does not add up.
  package static func path(_ points: [Point]) -> String {
    guard let first = points.first else { return "" }
    let rounded = points.map { (x: round($0.x), y: round($0.y)) }
    return "M\(text(first.x)) \(text(first.y))"
      + zip(rounded, rounded.dropFirst()).map { step($1.x - $0.x, $1.y - $0.y) }.joined()
  }

  private static func step(_ right: Double, _ down: Double) -> String {
    let (right, down) = (text(right), text(down))
    if down == "0" { return right == "0" ? "" : "h" + right }
    if right == "0" { return "v" + down }
    return "l\(right)\(down.hasPrefix("-") ? "" : " ")\(down)"
  }

  /// The line with as few of its points as show it within a tolerance: a point goes if it lies so
  /// close to the line between those that stay (Douglas and Peucker, doi:10.3138/FM57-6770-U75U-7727).
  package static func simplified(_ points: [Point], within tolerance: Double) -> [Point] {
    var isKept = points.indices.map { $0 == 0 || $0 == points.count - 1 }
    var open = [(0, points.count - 1)]
    while let (start, end) = open.popLast() {
      guard start + 1 < end else { continue }
      let distances = (start + 1..<end).map { distance(points[$0], points[start], points[end]) }
      guard let most = distances.max(), most > tolerance else { continue }
      let farthest = start + 1 + (distances.firstIndex(of: most) ?? 0)
      isKept[farthest] = true
      open += [(start, farthest), (farthest, end)]
    }
    return zip(points, isKept).filter(\.1).map(\.0)
  }

  /// From a point to the segment between two others.
  private static func distance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (right, down) = (end.x - start.x, end.y - start.y)
    let square = right * right + down * down
    let along = (point.x - start.x) * right + (point.y - start.y) * down
    let share = square > 0 ? min(1, max(0, along / square)) : 0
    let (x, y) = (start.x + share * right - point.x, start.y + share * down - point.y)
    return (x * x + y * y).squareRoot()
  }
}
