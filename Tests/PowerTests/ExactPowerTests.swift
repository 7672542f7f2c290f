// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandPower
import RealModule
import Testing

@Suite("Power by enumeration") struct ExactPowerTests {
  private static func claim(_ name: String, _ values: [Double]) -> ExactPower.Claim {
    switch name {
    case "exceeds": .exceeds(values[0])
    case "is_below": .isBelow(values[0])
    default: .liesWithin(values[0], values[1])
    }
  }

  @Test("as summed over all pairs of counts in numpy")
  func summation() throws {
    for row in try Fixture.python().enumerated {
      let method = try #require(ExactPower.Method(rawValue: row.method))
      let exact = ExactPower(
        Self.claim(row.claim, row.values), method: method, critical: row.critical,
        group: row.groupN, reference: row.referenceN)
      let power = exact.power(group: row.group, reference: row.reference)
      #expect(abs(power - row.power) < 1e-9, "\(row)")
    }
  }

  /// Counts that establish a claim are neighbours and their ends only rise: taken one by one, all
  /// pairs say the same.
  @Test(
    "no pair of counts is missed",
    arguments: ExactPower.Method.allCases, [(1, 1), (1, 7), (9, 4), (17, 23), (40, 12)])
  func neighbours(method: ExactPower.Method, trials: (Int, Int)) {
    let claims: [ExactPower.Claim] =
      method.isRatio
      ? [.exceeds(1), .exceeds(0.8), .isBelow(0.8), .isBelow(1.25), .liesWithin(0.5, 2)]
      : [.exceeds(0), .isBelow(0), .exceeds(-0.2), .isBelow(0.3), .liesWithin(-0.4, 0.3)]
    for (claim, c) in claims.flatMap({ claim in [1.0, 1.96, 2.7].map { (claim, $0) } }) {
      let exact = ExactPower(
        claim, method: method, critical: c, group: trials.0, reference: trials.1)
      for (p, q) in [(0.3, 0.3), (0.9, 0.2), (0.05, 0.6)] {
        var sum = 0.0
        for x in 0...trials.0 {
          for y in 0...trials.1
          where Self.isEstablished(claim, Self.interval(method, c, (x, trials.0), (y, trials.1))) {
            sum += Self.mass(x, trials.0, p) * Self.mass(y, trials.1, q)
          }
        }
        #expect(abs(exact.power(group: p, reference: q) - sum) < 1e-12)
      }
    }
  }

  private static func interval(
    _ method: ExactPower.Method, _ c: Double, _ x: (Int, Int), _ y: (Int, Int)
  ) -> Interval {
    let own = Proportion(successes: Double(x.0), trials: Double(x.1))
    let other = Proportion(successes: Double(y.0), trials: Double(y.1))
    let t = -StudentT.quantile(
      Normal.cumulative(-c), degreesOfFreedom: max(9, Double(min(x.1, y.1)) - 1))
    return switch method {
    case .newcombeT: Newcombe.difference(own, other, critical: t)
    case .newcombe: Newcombe.difference(own, other, critical: c)
    case .mee: Mee.difference(own, other, critical: c)
    case .miettinenNurminen: MiettinenNurminen.difference(own, other, critical: c)
    case .koopmanT: Koopman.ratio(own, other, critical: t)
    case .koopman: Koopman.ratio(own, other, critical: c)
    }
  }

  private static func isEstablished(_ claim: ExactPower.Claim, _ interval: Interval) -> Bool {
    switch claim {
    case .exceeds(let value): interval.low > value
    case .isBelow(let value): interval.high < value
    case .liesWithin(let low, let high): interval.low > low && interval.high < high
    }
  }

  private static func mass(_ x: Int, _ n: Int, _ p: Double) -> Double {
    let (x, n) = (Double(x), Double(n))
    let choices = Double.logGamma(n + 1) - Double.logGamma(x + 1) - Double.logGamma(n - x + 1)
    return Double.exp(choices + x * Double.log(p) + (n - x) * Double.log(1 - p))
  }

  @Test("without a difference the errors stay near what is promised")
  func size() {
    for (n, m, p) in [(20, 20, 0.5), (50, 400, 0.1), (388, 388, 0.5), (30, 30, 0.02)] {
      let errors = [ExactPower.Claim.exceeds(0), .isBelow(0)].map {
        ExactPower($0, method: .newcombeT, critical: 1.96, group: n, reference: m)
          .power(group: p, reference: p)
      }
      #expect(errors.reduce(0, +) < 0.053, "\(n) \(m) \(p): \(errors)")
    }
  }

  @Test("rates of 0 and 1 are certain")
  func ends() {
    let above = ExactPower(
      .exceeds(0), method: .newcombeT, critical: 1.96, group: 20, reference: 30)
    #expect(above.power(group: 1, reference: 0) == 1)
    #expect(above.power(group: 0, reference: 1) == 0)
    #expect(above.power(group: 0, reference: 0) == 0)
  }

  @Test("a formula and the enumeration of a thousand rows agree to a hundredth")
  func largeSamples() throws {
    for (p, q) in [(0.30, 0.25), (0.10, 0.08), (0.02, 0.04)] {
      let design = TwoProportionPower(group: p, reference: q, critical: 1.96)
      let sizes = try #require(design.sizes(power: 0.8)).whole
      let exact = try #require(design.exactPower(sizes))
      #expect(abs(exact - design.power(sizes)) < 0.01)
    }
  }
}
