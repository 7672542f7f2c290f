// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandMetrics
import RealModule
import Testing

@Suite struct DebiasedCalibrationTests {
  /// Cumulants of (δ − e)² by enumeration of the binomial distribution.
  @Test(arguments: [(5, 0.2, 0.1), (12, 0.5, -0.3), (30, 0.03, 0.02), (2, 0.9, 0)])
  func cumulantsAreThoseOfBinomialBins(_ rows: Int, _ probability: Double, _ gap: Double) {
    var form = QuadraticForm()
    form.add(share: 0.4, rows: Double(rows), gap: gap, probability: probability)
    var (mass, first, second, third) = (Double.pow(1 - probability, rows), 0.0, 0.0, 0.0)
    var points: [(mass: Double, value: Double)] = []
    for count in 0...rows {
      let off = gap - (Double(count) / Double(rows) - probability)
      points.append((mass, 0.4 * off * off))
      mass *= Double(rows - count) / Double(count + 1) * probability / (1 - probability)
    }
    first = points.reduce(0) { $0 + $1.mass * $1.value }
    for point in points {
      let off = point.value - first
      second += point.mass * off * off
      third += point.mass * off * off * off
    }
    #expect(abs(form.theta - 0.4 * gap * gap) < 1e-15)
    #expect(abs(form.mean - first) < 1e-13)
    #expect(abs(form.variance - second) < 1e-13)
    #expect(abs(form.third - third) < 1e-13)
  }

  private static let truths: [@Sendable (Double) -> Double] = [
    { $0 }, { _ in 0 }, { 1 - $0 }, { $0 * $0 },
  ]

  @Test(arguments: 0..<40 as Range<UInt32>) func intervalLaws(_ replicate: UInt32) throws {
    var random = RandomSamples(30, replicate: replicate)
    let sizes = [2, 3, 10, 40, 300, 5000]
    let sample = random.sample(
      sizes[Int(replicate) % 6], weights: replicate % 2 == 0 ? [1] : [0.5, 1, 2],
      truth: Self.truths[Int(replicate / 6) % 4])
    guard let estimate = try? DebiasedCalibrationError().estimate(sample) else {
      #expect(sample.count < 4)
      return
    }
    #expect(estimate.value == (try DebiasedCalibrationError().value(sample)))
    #expect(estimate.interval.low <= estimate.value && estimate.value <= estimate.interval.high)
    #expect(estimate.interval.low < estimate.interval.high && estimate.interval.high > 0)
    #expect(estimate.interval.high <= 1 && estimate.standardError > 0)
    let wider = try DebiasedCalibrationError().estimate(sample, confidence: 0.99)
    #expect(wider.interval.high >= estimate.interval.high)
    #expect(wider.interval.low <= estimate.interval.low)
    // A difference with itself is 0, with others it is antisymmetric.
    let other = try DebiasedCalibrationError().estimate(random.sample(100))
    let (there, back) = (estimate.minus(other), other.minus(estimate))
    #expect(there.value == -back.value && there.standardError == back.standardError)
    #expect(there.interval == Interval(low: -back.interval.high, high: -back.interval.low))
    #expect(there.interval.low <= there.value && there.value <= there.interval.high)
    #expect(there.interval.low < there.interval.high)
  }

  @Test func swappingLabelsChangesNothing() throws {
    var random = RandomSamples(31)
    let rows = random.rows(160, truth: { 0.6 * $0 })
    let swapped = rows.map { CalibrationRow(score: 1 - $0.score, label: !$0.label) }
    let one = try DebiasedCalibrationError(bins: 8).estimate(CalibrationSample(rows))
    let two = try DebiasedCalibrationError(bins: 8).estimate(CalibrationSample(swapped))
    #expect(abs(one.value - two.value) < 1e-12)
    #expect(abs(one.standardError - two.standardError) < 1e-12)
  }

  /// A hundred bins of many rows: the error is nearly normal, and interval and standard error
  /// agree.
  @Test func intervalIsNearlyNormalInLargeSamples() throws {
    var random = RandomSamples(32)
    let estimate = try DebiasedCalibrationError().estimate(
      random.sample(100_000, truth: { 0.5 * $0 + 0.25 }))
    let half = 1.959964 * estimate.standardError
    #expect(abs(estimate.interval.low - (estimate.value - half)) < 0.05 * half)
    #expect(abs(estimate.interval.high - (estimate.value + half)) < 0.1 * half)
  }

  struct Design: Sendable, CustomTestStringConvertible {
    var rows: Int
    var name: String
    var truth: @Sendable (Double) -> Double
    var testDescription: String { "\(name), n = \(rows)" }
  }

  static let designs = [50, 140, 500, 2000].flatMap { rows in
    [
      Design(rows: rows, name: "perfect", truth: { $0 }),
      Design(rows: rows, name: "slight", truth: { 0.8 * $0 + 0.05 }),
      Design(rows: rows, name: "strong", truth: { 0.5 * $0 + 0.25 }),
    ]
  }

  /// θ given the scores: Σ (n_b/n) (f̄_b − p̄_b)², p̄_b the mean true probability of the bin's
  /// rows.
  private func squaredError(
    _ sample: CalibrationSample, truth: (Double) -> Double
  ) throws -> Double {
    let bins = try DebiasedCalibrationError().prepare(sample).bins
    let expected = bins.sums(zip(sample.scores, sample.masses).map { truth($0) * $1 })
    return expected.indices.reduce(0) { sum, bin in
      let gap = (bins.scoreSums[bin] - expected[bin]) / bins.masses[bin]
      return sum + bins.masses[bin] / bins.total * gap * gap
    }
  }

  /// Covered if the 99 % Clopper–Pearson upper limit of the coverage reaches 95 % (93 % under 100
  /// rows).
  private func reaches(_ covered: Int, of sets: Int, rows: Int) -> Bool {
    let limit = ClopperPearson.interval(
      successes: Double(covered), trials: Double(sets), confidence: 0.99)
    return limit.high >= (rows < 100 ? 0.93 : 0.95)
  }

  @Test(arguments: designs) func intervalsCover(_ design: Design) throws {
    var random = RandomSamples(33, replicate: UInt32(design.rows))
    var (covered, apart) = (0, 0)
    var before: (estimate: DebiasedCalibrationEstimate, theta: Double)?
    let sets = 300
    for _ in 0..<sets {
      let sample = random.sample(design.rows, truth: design.truth)
      let theta = try squaredError(sample, truth: design.truth)
      let estimate = try DebiasedCalibrationError().estimate(sample)
      if estimate.interval.low <= theta && theta <= estimate.interval.high { covered += 1 }
      if let before {
        let interval = estimate.minus(before.estimate).interval
        let difference = theta - before.theta
        if interval.low <= difference && difference <= interval.high { apart += 1 }
      }
      before = (estimate, theta)
    }
    #expect(reaches(covered, of: sets, rows: design.rows))
    #expect(reaches(apart, of: sets - 1, rows: design.rows))
  }
}
