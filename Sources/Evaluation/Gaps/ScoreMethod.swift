// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// A closed-form interval of a difference or a ratio of the rates of two disjoint groups of rows, or of
/// the ratio of a group's rate to that of all rows.
///
/// With a family's critical value in place of the normal quantile the intervals of all its contrasts
/// hold at once.
///
/// Source: Agresti, Bini, Bertaccini & Ryu 2008, doi:10.1111/j.1541-0420.2008.00990.x.
struct ScoreMethod: Sendable {
  private typealias Rule = @Sendable (Proportion, Proportion, Double) -> Interval
  private typealias Statistic = @Sendable (Proportion, Proportion) -> Double

  let name: String
  private let rule: Rule
  private let touching: Statistic
  /// Whether critical values are those of Student's t for the rows of the smaller group.
  private let usesT: Bool
  /// Whether the reference is all rows, the slice's own among them.
  private var isAgainstAll = false

  /// The method chosen for a family's intervals; `nil` where they are studentized: by choice, for
  /// other metrics than rates, and for differences to all rows.
  init?(_ family: ContrastFamily, _ estimates: MetricEstimates, _ plan: Plan) {
    let intervals = plan.configuration.intervals
    guard plan.rows.isSimple, estimates.metric is any Rate else { return nil }
    switch family.against {
    case .reference: break
    case .pairs: guard intervals.range == .score else { return nil }
    case .overall: guard family.isRatio else { return nil }
    }
    if family.isRatio { self.init(intervals.ratio) } else { self.init(intervals.difference) }
    isAgainstAll = family.against == .overall
  }

  init?(_ choice: IntervalChoice.Difference) {
    name = choice.rawValue
    usesT = choice == .newcombeT
    switch choice {
    case .maxT: return nil
    case .newcombe, .newcombeT: (rule, touching) = (Newcombe.difference, Newcombe.statistic)
    case .mee: (rule, touching) = (Mee.difference, Mee.statistic)
    case .miettinenNurminen:
      (rule, touching) = (MiettinenNurminen.difference, MiettinenNurminen.statistic)
    }
  }

  init?(_ choice: IntervalChoice.Ratio, againstAll: Bool = false) {
    isAgainstAll = againstAll
    name = choice.rawValue
    usesT = choice == .koopmanT
    switch choice {
    case .maxT: return nil
    case .koopman, .koopmanT: (rule, touching) = (Koopman.ratio, Koopman.statistic)
    case .katz: (rule, touching) = (Katz.ratio, Katz.statistic)
    case .miettinenNurminen:
      (rule, touching) = (MiettinenNurminen.ratio, MiettinenNurminen.statistic)
    }
  }

  /// The interval at a critical value of the normal distribution, or of a family of such.
  func interval(_ sample: Proportion, _ reference: Proportion, critical: Double) -> Interval {
    guard isAgainstAll else { return apart(sample, reference, critical: critical) }
    let parts = RatioToAll(sample, all: reference)
    return parts.interval(apart(sample, parts.rest, critical: critical * parts.stretch))
  }

  /// The critical value at which the interval touches "no gap".
  func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    guard isAgainstAll else { return statistic(apart: sample, reference) }
    let parts = RatioToAll(sample, all: reference)
    return statistic(apart: sample, parts.rest) / parts.stretch
  }

  private func apart(_ sample: Proportion, _ reference: Proportion, critical: Double) -> Interval {
    guard usesT else { return rule(sample, reference, critical) }
    let tail = Normal.cumulative(-critical)
    return rule(
      sample, reference, -StudentT.quantile(tail, degreesOfFreedom: degrees(sample, reference)))
  }

  private func statistic(apart sample: Proportion, _ reference: Proportion) -> Double {
    let touching = touching(sample, reference)
    guard usesT else { return min(touching, Self.farthest) }
    let tail = StudentT.cumulative(-touching, degreesOfFreedom: degrees(sample, reference))
    return min(-Normal.quantile(min(tail, 0.5)), Self.farthest)
  }

  /// Beyond, the normal tail is 0 in double precision.
  private static let farthest = 38.0

  /// Rows of the smaller group less one. Below ten rows, which `--minimum` must allow, as for ten: a
  /// smaller number widens intervals beyond what their coverage needs.
  private func degrees(_ sample: Proportion, _ reference: Proportion) -> Double {
    max(9, min(sample.trials, reference.trials) - 1)
  }
}

extension Estimate {
  /// The rate that it is, where it is one.
  var proportion: Proportion? {
    guard let numerator, let denominator, denominator > 0,
      (0...denominator).contains(numerator)
    else { return nil }
    return Proportion(successes: numerator, trials: denominator)
  }
}
