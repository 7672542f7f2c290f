// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of a comparison of two rates by enumeration: the probability of all pairs of counts whose
/// interval shows what is claimed.
///
/// It holds for any sizes and rates, and for the very interval that is going to be reported. The
/// limits of these intervals rise with the group's count and fall with the reference's: for each count
/// of the group those of the reference that establish the claim are neighbours, whose ends only move
/// upwards. Finding them takes n₁ + n₂ intervals, the power at any two rates as many additions.
public struct ExactPower: Sendable {
  /// What the whole interval has to show.
  public enum Claim: Sendable, Equatable {
    /// The comparison is above a value: the lower limit is.
    case exceeds(Double)
    /// The upper limit is below a value.
    case isBelow(Double)
    /// Both limits lie between two values.
    case liesWithin(Double, Double)
  }

  /// Which interval; the names are those of `--interval`.
  public enum Method: String, Sendable, CaseIterable {
    /// Of a difference; the first is what Evenhand makes by default.
    case newcombeT = "newcombe_t"
    case newcombe
    case mee
    case miettinenNurminen = "miettinen_nurminen"
    /// Of a ratio; the first is what Evenhand makes by default.
    case koopmanT = "koopman_t"
    case koopman

    /// Whether it is an interval of the ratio rather than of the difference.
    public var isRatio: Bool { self == .koopmanT || self == .koopman }
  }

  /// Rows of both groups beyond which nothing is enumerated: formula and enumeration agree there.
  public static let mostRows = 200_000.0

  private let trials: (group: Int, reference: Int)
  /// The group's counts that are looked at.
  private let counts: ClosedRange<Int>
  /// By those counts: the reference's counts that establish the claim.
  private let established: [Range<Int>]

  /// Finds the pairs of counts that establish the claim.
  ///
  /// - Parameters:
  ///   - critical: two-sided, of the normal distribution; the methods with Student's t carry it over
  ///     on the rows of the smaller group less one, at least 9.
  ///   - group: rows of the group, at least 1.
  ///   - reference: rows of the reference, at least 1.
  public init(
    _ claim: Claim, method: Method, critical: Double, group: Int, reference: Int
  ) {
    self.init(
      claim, method: method, critical: critical, group: group, reference: reference,
      counts: 0...group)
  }

  /// The same for some counts of the group only: all others must be impossible at its rate.
  init(
    _ claim: Claim, method: Method, critical: Double, group: Int, reference: Int,
    counts: ClosedRange<Int>
  ) {
    precondition(group > 0 && reference > 0 && critical > 0)
    let interval = method.rule(critical: critical, smaller: min(group, reference))
    let pairs = CountPairs(
      group: group, reference: reference, counts: counts, interval: interval)
    trials = (group, reference)
    self.counts = counts
    established =
      switch claim {
      case .exceeds(let value): pairs.above(value).map { 0..<$0 }
      case .isBelow(let value): pairs.below(value).map { $0..<(reference + 1) }
      case .liesWithin(let low, let high):
        zip(pairs.below(high), pairs.above(low)).map { $0..<max($0, $1) }
      }
  }

  /// The probability of establishing the claim when these are the true rates, each in [0, 1].
  public func power(group: Double, reference: Double) -> Double {
    let own = BinomialMasses(trials: trials.group, rate: group)
    let other = BinomialMasses(trials: trials.reference, rate: reference)
    var power = 0.0
    for (count, range) in zip(counts, established) where own.masses[count] > 0 {
      power += own.masses[count] * other.probability(of: range)
    }
    return min(1, power)
  }

  /// The group's rate nearest to the reference's that is told from it with the power; `nil` where not
  /// even a rate of 0 or 1 is.
  ///
  /// - Parameter isAbove: whether the rate above is sought; the claim must be that the group exceeds
  ///   the reference, or is below it.
  public func detectableRate(
    reference: Double, isAbove: Bool, power target: Double
  ) -> Double? {
    func suffices(_ rate: Double) -> Bool { power(group: rate, reference: reference) >= target }
    if isAbove {
      guard reference < 1 else { return nil }
      return Search.first(in: reference...1, where: suffices)
    }
    guard reference > 0 else { return nil }
    return Search.first(in: 0...reference) { suffices(reference - $0) }.map { reference - $0 }
  }
}

extension ExactPower.Method {
  /// The limits of two proportions.
  func rule(critical: Double, smaller: Int) -> @Sendable (Proportion, Proportion) -> Interval {
    let student = StudentCritical.value(critical, degreesOfFreedom: max(9, Double(smaller - 1)))
    return switch self {
    case .newcombeT: { Newcombe.difference($0, $1, critical: student) }
    case .newcombe: { Newcombe.difference($0, $1, critical: critical) }
    case .mee: { Mee.difference($0, $1, critical: critical) }
    case .miettinenNurminen: { MiettinenNurminen.difference($0, $1, critical: critical) }
    case .koopmanT: { Koopman.ratio($0, $1, critical: student) }
    case .koopman: { Koopman.ratio($0, $1, critical: critical) }
    }
  }
}
