// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandPower
import EvenhandSampling

/// A plan whose promise is tried out: data are drawn as supposed and judged as Evenhand judges them.
struct SimulatedDesign: Sendable {
  var name: String
  /// What is planned: by enumeration where there is one, by formula otherwise.
  var planned: SampleSizes
  /// What the formula alone asks for, and what these sizes have by enumeration.
  var formula: SampleSizes
  var exactPowerOfFormula: Double?
  var exactPower: Double?
  var trials = 10_000
  /// Whether what was to be established is, in one data set.
  var isEstablished: @Sendable (inout RandomStream) -> Bool

  static let promised = 0.8
  static let confidence = 0.95

  /// Two rates, judged by an interval of their own.
  init(
    _ name: String, _ design: any RateDesign, allocation: Double = 1,
    isEstablished: @escaping @Sendable (Proportion, Proportion) -> Bool
  ) {
    self.name = name
    let formula = Self.formula(design, allocation)
    let exact = design.exactSizes(power: Self.promised, allocation: allocation) ?? formula
    let planned = SampleSizes(
      group: max(formula.group, exact.group), reference: max(formula.reference, exact.reference))
    self.formula = formula
    self.planned = planned
    exactPowerOfFormula = design.exactPower(formula)
    exactPower = design.exactPower(planned)
    let (p, q) = (design.group, design.reference)
    self.isEstablished = { stream in
      let own = Self.draw(planned.group, p, &stream)
      let other = Self.draw(planned.reference, q, &stream)
      return isEstablished(own, other)
    }
  }

  /// Anything else, planned by formula.
  init(
    _ name: String, planned: SampleSizes, trials: Int = 10_000,
    isEstablished: @escaping @Sendable (inout RandomStream) -> Bool
  ) {
    self.name = name
    self.planned = planned
    formula = planned
    self.trials = trials
    self.isEstablished = isEstablished
  }

  static func formula(_ design: any PowerDesign, _ allocation: Double = 1) -> SampleSizes {
    guard let sizes = design.sizes(power: promised, allocation: allocation) else {
      preconditionFailure("no such size")
    }
    return sizes.whole
  }

  private static func draw(
    _ trials: Double, _ rate: Double, _ stream: inout RandomStream
  ) -> Proportion {
    let count = Binomial.sample(trials: Int(trials), probability: rate, using: &stream)
    return Proportion(successes: Double(count), trials: trials)
  }

  /// How often it was established, with the 99 % interval of that power.
  func run(seed: UInt64 = 7, family: UInt32) -> (power: Double, interval: Interval) {
    var hits = 0
    for trial in 0..<trials {
      var stream = RandomStream(seed: seed, family: family, replicate: UInt32(trial))
      if isEstablished(&stream) { hits += 1 }
    }
    return (
      Double(hits) / Double(trials),
      Wilson.interval(successes: Double(hits), trials: Double(trials), confidence: 0.99)
    )
  }
}
