// SPDX-License-Identifier: Apache-2.0

/// How the marks of a series look. Hue, shape and dashes each tell series apart on their own.
///
/// The hues are Okabe and Ito's (jfly.uni-koeln.de/color) that keep a contrast of 3:1 on white and on
/// near black.
package enum SeriesStyle {
  /// How many series a figure can tell apart.
  package static let limit = 4

  package static func colour(_ series: Int) -> String {
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7"][series % limit]
  }

  package static func dashes(_ series: Int) -> String? {
    [nil, "5 2", "2 2", "7 2 2 2"][series % limit]
  }

  /// Circle, square, diamond, triangle: the outline around (x, y), as a path.
  package static func outline(_ series: Int, x: Double, y: Double) -> String {
    func start(_ dx: Double, _ dy: Double) -> String {
      "M\(Pixel.text(x + dx)) \(Pixel.text(y + dy))"
    }
    return switch series % limit {
    // One arc all the way round, up to a tenth of a pixel.
    case 0: start(0, -3.5) + "a3.5 3.5 0 1 0 .1 0z"
    case 1: start(-3.2, -3.2) + "h6.4v6.4h-6.4z"
    case 2: start(0, -4.4) + "l4.4 4.4l-4.4 4.4l-4.4-4.4z"
    default: start(0, -4.2) + "l4.2 7.4h-8.4z"
    }
  }
}
