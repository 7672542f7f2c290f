// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Exact hypergeometric draws: how many marked units are among those drawn without replacement.
///
/// Rejection from a binomial proposal. Given their sum, two binomial counts of one probability are
/// hypergeometric: f(k) ∝ B(k; g, p) · B(n − k; b, p) for any p. With p = n/N and g the smallest of the
/// four margins, k is proposed by B(g, p) and accepted with the second factor over its maximum. At least
/// about seven in ten proposals are accepted, so that the cost is bounded whatever the counts. Most
/// acceptances are decided by a bound, without a logarithm.
public struct Hypergeometric: Sendable {
  /// How many of `draws` units drawn without replacement from `marked + unmarked` are marked.
  public static func sample(
    marked: Int, unmarked: Int, draws: Int, using stream: inout RandomStream
  ) -> Int {
    precondition(marked >= 0 && unmarked >= 0 && draws >= 0 && draws <= marked + unmarked)
    let rest = marked + unmarked - draws
    // The cell of the smaller row and the smaller column; any cell gives the other three.
    let isRare = marked <= unmarked
    let isFew = draws <= rest
    let cell = smallestCell(
      min(marked, unmarked), min(draws, rest), total: marked + unmarked, using: &stream)
    switch (isRare, isFew) {
    case (true, true): return cell
    case (true, false): return marked - cell
    case (false, true): return draws - cell
    case (false, false): return draws - (unmarked - cell)
    }
  }

  /// Deals marked units over groups: a multivariate hypergeometric draw.
  ///
  /// Every group has places; the units, marked and not, fill all of them in random order.
  ///
  /// - Parameters:
  ///   - marked: at most the sum of `places`.
  ///   - places: by group; what the marked units take is taken away.
  ///   - body: called with every group and how many marked units it gets.
  @inlinable
  public static func deal(
    _ marked: Int, into places: inout [Int], using stream: inout RandomStream,
    _ body: (_ group: Int, _ count: Int) -> Void
  ) {
    var left = marked
    var total = 0
    for group in places.indices { total += places[group] }
    precondition(marked <= total)
    for group in places.indices {
      if left == 0 { return }
      let size = places[group]
      let count = sample(marked: left, unmarked: total - left, draws: size, using: &stream)
      total -= size
      left -= count
      places[group] = size - count
      body(group, count)
    }
  }

  /// The upper left cell of a table whose first row and first column are the smaller ones.
  private static func smallestCell(
    _ row: Int, _ column: Int, total: Int, using stream: inout RandomStream
  ) -> Int {
    // The table is as good as its transpose.
    let (trials, drawn) = (min(row, column), max(row, column))
    if trials == 0 { return 0 }
    let p = Double(drawn) / Double(total)
    if trials == 1 { return stream.uniform() < p ? 1 : 0 }
    let factor = SecondFactor(trials: Double(total - trials), probability: p)
    while true {
      let proposal = Binomial.sample(trials: trials, probability: p, using: &stream)
      if factor.accepts(Double(drawn - proposal), stream.uniform()) { return proposal }
    }
  }
}

/// The binomial probability B(j; b, p) relative to its maximum.
private struct SecondFactor {
  let trials: Double
  let odds: Double
  let mode: Double
  /// 1 − d(d + 1)/above bounds the ratio from below at mode + d, 1 − d(d + 1)/below at mode − d.
  let above: Double
  let below: Double

  init(trials: Double, probability p: Double) {
    self.trials = trials
    odds = p / (1 - p)
    mode = ((trials + 1) * p).rounded(.down)
    above = 2 * (mode + 1) * (1 - p)
    below = 2 * (trials - mode + 1) * p
  }

  /// Whether `uniform` lies below the ratio at `count`.
  @inline(__always)
  func accepts(_ count: Double, _ uniform: Double) -> Bool {
    let d = count - mode
    // f(j)/f(j−1) = 1 − (j − (b+1)p)/(jq), and a product of 1 − xᵢ is at least 1 − Σxᵢ.
    let bound = d > 0 ? d * (d + 1) / above : d * (d - 1) / below
    if uniform <= 1 - bound { return true }
    return Double.log(uniform) <= logRatio(count, d)
  }

  /// log f(count) − log f(mode), with the factorials' large parts cancelled on paper.
  private func logRatio(_ count: Double, _ d: Double) -> Double {
    let (rest, restAtMode) = (trials - count, trials - mode)
    let main =
      (count + 0.5) * Double.log(onePlus: -d / (count + 1))
      + (rest + 0.5) * Double.log(onePlus: d / (rest + 1))
      + d * Double.log(odds * (restAtMode + 1) / (mode + 1))
    return main + Stirling.correction(mode + 1) - Stirling.correction(count + 1)
      + Stirling.correction(restAtMode + 1) - Stirling.correction(rest + 1)
  }
}
