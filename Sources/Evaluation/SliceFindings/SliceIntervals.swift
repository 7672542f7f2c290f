// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSliceSearch

/// Intervals of the slices of a search, with the critical value of the family's largest statistic: the
/// lower limits hold for all slices of the family together, approximately, whatever was selected.
///
/// Rates have Wilson's interval and differences of rates Newcombe's; other errors have those of means
/// with unequal variances, whose critical value is that of Student's t with the same tail.
struct SliceIntervals {
  private let table: SliceFeatures
  private let errors: SliceErrors
  private let isRate: Bool
  private let shift: Double
  private let confidence: Double
  private let family: Family

  init(
    _ table: SliceFeatures, _ errors: SliceErrors, isRate: Bool, shift: Double, confidence: Double,
    family: Family
  ) {
    self.table = table
    self.errors = errors
    self.isRate = isRate
    self.shift = shift
    self.confidence = confidence
    self.family = family
  }

  /// Of the mean error, and of its difference from the rest.
  func intervals(of slice: EvenhandSliceSearch.Slice, _ found: FoundSlice) -> (
    ReportedInterval?, ReportedInterval?
  ) {
    isRate ? rates(found) : means(slice, found)
  }

  private func rates(_ found: FoundSlice) -> (ReportedInterval?, ReportedInterval?) {
    let sample = proportion(found.meanError, found.n)
    let own = Wilson.interval(sample, critical: family.critical)
    guard let rest = found.restMeanError, let difference = found.difference else {
      return (reported(own, "wilson", found.meanError), nil)
    }
    let other = Newcombe.difference(
      sample, proportion(rest, found.restN), critical: family.critical)
    return (
      reported(own, "wilson", found.meanError), reported(other, "newcombe", difference)
    )
  }

  private func proportion(_ rate: Double, _ n: Int) -> Proportion {
    Proportion(successes: (rate * Double(n)).rounded(), trials: Double(n))
  }

  private func means(_ slice: EvenhandSliceSearch.Slice, _ found: FoundSlice) -> (
    ReportedInterval?, ReportedInterval?
  ) {
    var squares = (inside: 0.0, outside: 0.0)
    let (mean, rest) = (found.meanError + shift, (found.restMeanError ?? 0) + shift)
    for row in 0..<table.rowCount where table.multiplicity(row) > 0 {
      let isInside = table.contains(slice, row: row)
      let distance = errors.values[row] - (isInside ? mean : rest)
      let square = distance * distance * Double(table.multiplicity(row))
      if isInside { squares.inside += square } else { squares.outside += square }
    }
    let (size, other) = (Double(found.n), Double(found.restN))
    guard size > 1, squares.inside > 0 else { return (nil, nil) }
    let own = squares.inside / (size - 1) / size
    let reach = own.squareRoot() * critical(degreesOfFreedom: size - 1)
    let interval = reported(
      Interval(low: found.meanError - reach, high: found.meanError + reach), "student_t",
      found.meanError)
    guard other > 1, let difference = found.difference else { return (interval, nil) }
    let others = squares.outside / (other - 1) / other
    let variance = own + others
    let freedom = variance * variance / (own * own / (size - 1) + others * others / (other - 1))
    let wide = variance.squareRoot() * critical(degreesOfFreedom: freedom)
    return (
      interval,
      reported(Interval(low: difference - wide, high: difference + wide), "welch", difference)
    )
  }

  private func critical(degreesOfFreedom: Double) -> Double {
    -StudentT.quantile(Normal.cumulative(-family.critical), degreesOfFreedom: degreesOfFreedom)
  }

  private func reported(_ interval: Interval, _ method: String, _ value: Double)
    -> ReportedInterval
  {
    var family = family
    family.critical = rounded(family.critical)
    return rounded(
      ReportedInterval(
        low: interval.low, high: interval.high, level: confidence, method: method, family: family),
      containing: value)
  }
}
