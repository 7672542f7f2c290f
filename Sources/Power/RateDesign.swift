// SPDX-License-Identifier: Apache-2.0

/// A comparison of two rates, whose power can also be had without a formula.
public protocol RateDesign: PowerDesign {
  /// The group's true rate.
  var group: Double { get }
  /// The reference's true rate.
  var reference: Double { get }
  /// What the interval must show.
  var claim: ExactPower.Claim { get }
  /// Which interval shows it.
  var method: ExactPower.Method { get }
}

extension RateDesign {
  /// The power with whole numbers of rows, by enumeration; `nil` beyond `ExactPower.mostRows`.
  public func exactPower(_ sizes: SampleSizes) -> Double? {
    guard sizes.group + sizes.reference <= ExactPower.mostRows else { return nil }
    return exact(sizes).power(group: group, reference: reference)
  }

  /// The sizes from which on the enumerated power stays at the target; the reference has `allocation`
  /// times the group's rows, rounded up.
  ///
  /// Counts are few, so that a row more may lower the power: the first size that reaches the target is
  /// not yet the answer, and sizes up to a quarter above it are looked at. `nil` beyond
  /// `ExactPower.mostRows`.
  public func exactSizes(power target: Double, allocation: Double = 1) -> SampleSizes? {
    settled(target) { SampleSizes(group: $0, reference: SampleSizes.up(allocation * $0)) }
  }

  /// The same for the group alone beside a reference of fixed size.
  public func exactGroupSize(power target: Double, reference: Double) -> Double? {
    settled(target) { SampleSizes(group: $0, reference: reference) }?.group
  }

  private func exact(_ sizes: SampleSizes) -> ExactPower {
    let rows = Int(sizes.group)
    return ExactPower(
      claim, method: method, critical: critical, group: rows, reference: Int(sizes.reference),
      counts: BinomialMasses.possible(trials: rows, rate: group))
  }

  private func settled(_ target: Double, _ sizes: (Double) -> SampleSizes) -> SampleSizes? {
    func suffices(_ rows: Int) -> Bool {
      exact(sizes(Double(rows))).power(group: group, reference: reference) >= target
    }
    // Doubling keeps the search away from large sizes, which cost most.
    var end = 16
    while true {
      let both = sizes(Double(end))
      guard both.group + both.reference <= ExactPower.mostRows else { return nil }
      if suffices(end) { break }
      end *= 2
    }
    guard let crossing = Search.first(in: 2...end, where: suffices) else { return nil }
    let window = crossing / 4 + 10
    end = crossing + window
    while !suffices(end) { end += window }
    // At large sizes a dip is as wide as it is shallow: steps do not miss it.
    let step = max(1, window / 64)
    while end - step >= crossing && suffices(end - step) { end -= step }
    let first = Search.first(in: max(crossing, end - step + 1)...end, where: suffices)
    return sizes(Double(first ?? end))
  }
}
