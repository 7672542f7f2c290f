// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The search for the width at which a smoothed error equals the width.
///
/// The σ of (0, 1] with error(σ) = σ, for an error that does not rise with σ and is at most 1, to about
/// 10⁻⁷. Near 0 where the error is 0.
///
/// Between two widths a smoothed error is nearly a power of σ, of mere chance 1/√σ: each step solves for σ
/// with the power of the last two, within a bracket that only shrinks, until a step is below 10⁻⁶.
struct FixedPoint {
  private static let tolerance = 1e-6

  /// The width to find the error at; the result once it is found.
  private(set) var width: Double
  private(set) var isFound = false
  private var (low, high, power) = (0.0, 1.0, -0.5)
  private var last: (width: Double, error: Double)?
  private var steps = 0

  init(from start: Double) {
    width = min(max(start, 1e-6), 1)
  }

  /// Takes the error at `width`.
  mutating func step(error found: Double) {
    if isFound { return }
    if found > width { low = width } else { high = width }
    if let last, last.width != width, last.error > 0, found > 0 {
      let slope = Double.log(found / last.error) / Double.log(width / last.width)
      if slope.isFinite { power = min(0, max(-2, slope)) }
    }
    last = (width, found)
    let next = width * Double.exp(Double.log(found / width) / (1 - power))
    steps += 1
    if abs(next - width) < Self.tolerance {
      (width, isFound) = (next, true)
    } else {
      width = next > low && next < high ? next : (low + high) / 2
      isFound = steps == 60
    }
  }

  /// Four searches at once.
  static func widths(
    from start: Double, _ error: (SIMD4<Double>) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    var searches = Array(repeating: FixedPoint(from: start), count: 4)
    func widths() -> SIMD4<Double> { SIMD4(searches.map(\.width)) }
    while searches.contains(where: { !$0.isFound }) {
      let found = error(widths())
      for lane in searches.indices { searches[lane].step(error: found[lane]) }
    }
    return widths()
  }
}
