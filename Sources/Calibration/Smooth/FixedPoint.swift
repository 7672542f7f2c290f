// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The width at which a smoothed error equals the width.
enum FixedPoint {
  private static let tolerance = 1e-6

  /// The σ of (0, 1] with error(σ) = σ, for an error that does not rise with σ and is at most 1, to
  /// about 10⁻⁷. Near 0 where the error is 0.
  ///
  /// Between two widths a smoothed error is nearly a power of σ: each step solves for σ with the power
  /// of the last two, within a bracket that only shrinks, until a step is below 10⁻⁶.
  static func width(from start: Double, _ error: (Double) -> Double) -> Double {
    var (low, high) = (0.0, 1.0)
    var (width, power) = (min(max(start, 1e-6), 1), -0.25)
    var last: (width: Double, error: Double)?
    for _ in 0..<60 {
      let found = error(width)
      if found > width { low = width } else { high = width }
      if let last, last.width != width, last.error > 0, found > 0 {
        let slope = Double.log(found / last.error) / Double.log(width / last.width)
        if slope.isFinite { power = min(0, max(-2, slope)) }
      }
      last = (width, found)
      let next = width * Double.exp(Double.log(found / width) / (1 - power))
      if abs(next - width) < tolerance { return next }
      width = next > low && next < high ? next : (low + high) / 2
    }
    return width
  }
}
