// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics

/// All differences of one kind, to the reference or to overall, over every metric and slice of a model.
///
/// Statistics are normal deviates of the differences' two-sided p-values (`cautiousPValue`),
/// |z| = Φ⁻¹(1 − p/2), so that all degrees of freedom are on one scale: Westfall & Young's minimal p.
/// Under the null hypotheses they are drawn from a normal distribution with the correlations of the
/// differences: the correlations of estimates from `JointCovariance`, scaled by the standard errors
/// that the scorecard reports, which are smoothed.
///
/// A metric that is 1 minus another one poses the same hypothesis a second time: it is not counted
/// again and has the other's adjusted p-values.
struct AcrossFamily: Sendable {
  let name: String
  /// The differences, by their place among the gaps, and those that each shares its hypothesis with.
  private let hypotheses: [Hypothesis]
  /// Larger families are judged by Šidák's bound and its step-down form, which hold for any
  /// correlation of normal statistics: the draws would take seconds.
  static let mostDrawn = 2500

  struct Hypothesis: Sendable {
    var entry: Int
    var slice: Int
    var reference: Int
    /// For judging it among the others.
    var pValue: Double
    /// Places of gaps.
    var gaps: [Int]
  }

  init(name: String, hypotheses: [Hypothesis]) {
    self.name = name
    self.hypotheses = hypotheses
  }

  /// Whether draws are worth their time; a single hypothesis keeps its p-value.
  var isDrawn: Bool { (2...Self.mostDrawn).contains(hypotheses.count) }

  /// The estimates that the hypotheses are about: metric and slice.
  var needed: [Int: Set<Int>] {
    hypotheses.reduce(into: [:]) { $0[$1.entry, default: []].formUnion([$1.slice, $1.reference]) }
  }

  /// What is drawn; `nil` for a family that is not.
  func correlated(_ covariance: JointCovariance?, _ estimates: [MetricEstimates])
    -> CorrelatedFamily?
  {
    guard isDrawn, let covariance else { return nil }
    return CorrelatedFamily(
      correlation: correlation(covariance, estimates),
      deviates: hypotheses.map { -Normal.quantile($0.pValue / 2) })
  }

  /// The adjusted p-values by place among the gaps.
  func adjusted(_ draws: JointDraws?) -> [(gap: Int, value: AcrossMetrics)] {
    let pValues = hypotheses.map(\.pValue)
    let holm = Holm().adjusted(pValues)
    let hochberg = BenjaminiHochberg().adjusted(pValues)
    let yekutieli = BenjaminiYekutieli().adjusted(pValues)
    // Both bounds hold for normal statistics whatever their correlation; draws cannot tell p-values
    // below 1/(draws + 1) apart.
    let (single, stepDown) = (
      pValues.map { Sidak.adjusted($0, count: pValues.count) }, stepDownSidak(pValues)
    )
    return hypotheses.indices.flatMap { place in
      // Neither is below the p-value of the difference by itself.
      let maxT = max(min(single[place], draws?.maxT[place] ?? 1), pValues[place])
      let drawn = min(stepDown[place], draws?.romanoWolf[place] ?? 1)
      let value = AcrossMetrics(
        family: name, size: hypotheses.count, maxT: rounded(maxT),
        romanoWolf: rounded(max(min(drawn, maxT), pValues[place])), holm: rounded(holm[place]),
        benjaminiHochberg: rounded(hochberg[place]),
        benjaminiYekutieli: rounded(yekutieli[place]))
      return hypotheses[place].gaps.map { ($0, value) }
    }
  }

  /// Šidák's over the hypotheses that are no more significant, from the smallest p up.
  private func stepDownSidak(_ pValues: [Double]) -> [Double] {
    var (result, greatest) = (pValues, 0.0)
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, place) in order.enumerated() {
      greatest = max(greatest, Sidak.adjusted(pValues[place], count: pValues.count - rank))
      result[place] = greatest
    }
    return result
  }

  /// The correlations of the differences.
  private func correlation(_ covariance: JointCovariance, _ estimates: [MetricEstimates]) -> Matrix
  {
    let scaled = covariance.scaled { column in
      estimates[column.entry].estimates[column.slice].variance?.squareRoot() ?? 0
    }
    let ends = hypotheses.map { hypothesis in
      [hypothesis.slice, hypothesis.reference].compactMap {
        covariance.place(hypothesis.entry, $0)
      }
    }
    let width = scaled.columns
    var result = Matrix(rows: ends.count, columns: ends.count)
    var errors = Array(repeating: 0.0, count: ends.count)
    for row in ends.indices {
      result[row, row] = 1
      guard ends[row].count == 2 else { continue }
      // The covariances of the difference with every estimate.
      let (own, other) = (ends[row][0] * width, ends[row][1] * width)
      let shared = (0..<width).map { scaled.elements[own + $0] - scaled.elements[other + $0] }
      func share(_ column: Int) -> Double { shared[ends[column][0]] - shared[ends[column][1]] }
      errors[row] = max(0, share(row)).squareRoot()
      guard errors[row] > 0 else { continue }
      for column in 0..<row where errors[column] > 0 {
        result[row, column] = share(column) / (errors[row] * errors[column])
        result[column, row] = result[row, column]
      }
    }
    return result
  }
}
