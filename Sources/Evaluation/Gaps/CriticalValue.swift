// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// How many standard errors a family's limits lie from its estimates, and its adjusted p-values.
///
/// For studentized intervals the larger of two answers, for score intervals the second: the quantile of the largest |t*| over replicates, where there are any,
/// and the one of normal theory. That is Tukey's studentized range for pairs, Dunnett's integral
/// against a reference, both for independent groups, and Šidák's bound against all rows and for
/// clustered rows, valid for any correlation.
struct CriticalValue: Sendable {
  let family: ContrastFamily
  let value: Double
  let methodName: String
  /// `nil`: studentized intervals.
  let method: ScoreMethod?
  /// Of `value`, where replicates set it.
  let monteCarloError: Double?
  private let replicates: MaxT?
  /// The replicates' own critical value over the one in use; at most 1.
  private let stretch: Double
  private let theory: Theory
  private let size: Int

  private enum Theory: Sendable {
    case tukey(groups: Int)
    case dunnett(referenceVariance: Double, variances: [Double])
    case sidak(degrees: Double)
  }

  /// - Parameter maxima: the family's largest |t*| by replicate, or none.
  init(
    _ family: ContrastFamily, _ estimates: MetricEstimates, _ slices: SliceTable,
    confidence: Double, tukey: TukeyTable, maxima: [Double]?, method: ScoreMethod? = nil
  ) {
    self.method = method
    self.family = family
    size = max(1, family.size)
    theory = Self.theory(family, estimates, slices)
    let fromTheory = Self.critical(theory, size: size, confidence: confidence, tukey)
    // Replicates are of studentized contrasts.
    replicates = method == nil ? maxima.map(MaxT.init(maxima:)) : nil
    let fromReplicates = replicates?.criticalValue(confidence: confidence) ?? 0
    value = rounded(max(fromTheory, fromReplicates))
    stretch = min(1, fromReplicates / value)
    monteCarloError =
      fromReplicates > fromTheory
      ? replicates?.criticalValueError(confidence: confidence) : nil
    methodName = method?.name ?? Self.name(theory, isSimulated: replicates != nil)
  }

  private static func name(_ theory: Theory, isSimulated: Bool) -> String {
    if isSimulated { return "max_t" }
    return switch theory {
    case .tukey: "tukey"
    case .dunnett: "dunnett"
    case .sidak: "sidak"
    }
  }

  private static func theory(
    _ family: ContrastFamily, _ estimates: MetricEstimates, _ slices: SliceTable
  ) -> Theory {
    let involved = family.slices + (family.anchor.map { [$0] } ?? [])
    let degrees = involved.map(estimates.degrees).min() ?? .infinity
    if degrees.isFinite || family.against == .overall { return .sidak(degrees: degrees) }
    if family.against == .pairs { return .tukey(groups: family.slices.count) }
    func variance(_ slice: Int) -> Double {
      (family.isRatio ? estimates.estimates[slice].logarithm?.variance : nil)
        ?? estimates.estimates[slice].variance ?? 1
    }
    return .dunnett(
      referenceVariance: family.anchor.map(variance) ?? 0, variances: family.slices.map(variance))
  }

  private static func critical(
    _ theory: Theory, size: Int, confidence: Double, _ tukey: TukeyTable
  ) -> Double {
    switch theory {
    case .tukey(let groups):
      return tukey.critical(groups: groups)
    case .dunnett(let reference, let variances):
      return Dunnett.criticalValue(
        confidence: confidence, referenceVariance: reference, variances: variances)
    case .sidak(let degrees):
      let each = Sidak.each(confidence, count: size)
      return StudentT.quantile((1 + each) / 2, degreesOfFreedom: degrees)
    }
  }

  /// Normal theory is not trusted further out than this; a p-value is never 0.
  static let smallestP = 1e-15

  /// The two-sided p-value of one contrast by itself.
  func pValue(_ t: Double) -> Double {
    guard case .sidak(let degrees) = theory else {
      return rounded(max(2 * Normal.cumulative(-t), Self.smallestP))
    }
    return rounded(max(2 * StudentT.cumulative(-t, degreesOfFreedom: degrees), Self.smallestP))
  }

  /// The p-value of a contrast among its whole family; never 0.
  ///
  /// Where theory sets the critical value, the replicates' distribution is stretched to it, so that p
  /// and the interval always agree.
  func adjustedPValue(_ t: Double) -> Double {
    let family: Double
    if let replicates {
      family = replicates.pValue(t * stretch)
    } else {
      switch theory {
      case .tukey(let groups):
        family = 1 - StudentizedRange.cumulative(t * 2.0.squareRoot(), groups: groups)
      case .dunnett(let reference, let variances):
        family = 1 - Dunnett.cumulative(t, referenceVariance: reference, variances: variances)
      case .sidak:
        family = Sidak.adjusted(pValue(t), count: size)
      }
    }
    return rounded(min(1, max(family, pValue(t), Self.smallestP)))
  }

  /// As it stands in a scorecard.
  func record(metric: String, slices: SliceTable) -> Family {
    let grouping = slices.groupings[family.grouping]
    let context = slices.slices[grouping.context]
    var id = "\(metric)/\(grouping.attributes.joined(separator: "×"))/\(family.against.rawValue)"
    if family.isRatio { id += "/ratio" }
    if !context.assignments.isEmpty { id += "/\(context)" }
    return Family(id: id, size: family.size, critical: value)
  }
}

/// Tukey's critical values by number of groups, each reckoned once.
struct TukeyTable: Sendable {
  private let values: [Int: Double]
  private let confidence: Double

  /// For the numbers of groups that families have.
  init(confidence: Double, groups: Set<Int>) {
    self.confidence = confidence
    values = Dictionary(
      uniqueKeysWithValues: groups.filter { $0 > 1 }.map { ($0, Self.critical(confidence, $0)) })
  }

  /// q/√2 for all pairs of at least two groups.
  func critical(groups: Int) -> Double { values[groups] ?? Self.critical(confidence, groups) }

  private static func critical(_ confidence: Double, _ groups: Int) -> Double {
    StudentizedRange.quantile(confidence, groups: groups) / 2.0.squareRoot()
  }
}
