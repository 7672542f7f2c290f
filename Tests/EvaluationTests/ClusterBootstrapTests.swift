// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import RealModule
import Testing

@Suite("The cluster bootstrap")
struct ClusterBootstrapTests {
  /// 40 clusters of 1 to 9 rows. `mixes`: their rows lie in several groups; else in one.
  private static func rows(_ seed: UInt64, mixes: Bool, gaps: Bool = false) -> [Row] {
    var stream = RandomStream(seed: seed, family: 950, replicate: mixes ? 1 : 0)
    return (0..<40).flatMap { cluster -> [Row] in
      let effect = stream.normal()
      let own = [cluster % 3, cluster % 2]
      return (0..<Int.random(in: 1...9, using: &stream)).map { _ in
        var row = Row()
        let groups = mixes ? [Int(3 * stream.uniform()), Int(2 * stream.uniform())] : own
        row.groups = groups.map { "g\($0)" }
        row.score = 1 / (1 + Double.exp(-0.8 * effect - stream.normal()))
        row.label = stream.uniform() < 0.8 * row.score + 0.1
        row.weight = 0.5 + 3 * stream.uniform()
        row.cluster = "c\(100 + cluster)"
        if gaps && stream.uniform() < 0.1 { row.label = nil }
        if gaps && stream.uniform() < 0.1 { row.score = .nan }
        return row
      }
    }
  }

  private static let configuration = Configuration.scores(depth: 2).with {
    $0.cluster = Name.cluster
    $0.references = ["a": "g0", "b": "g0"]
    $0.minimum = 1
    $0.replicates = 200
    $0.metrics = Set(metrics)
  }

  private static let metrics = [
    "selection_rate", "base_rate", "accuracy", "balanced_accuracy", "true_positive_rate",
    "false_positive_rate", "precision", "negative_predictive_value", "f1", "matthews_correlation",
    "threat_score", "average_odds", "brier_score", "log_loss", "mean_score", "calibration_ratio",
  ]

  /// What a replicate stands for: the rows of the drawn clusters, each draw a cluster of its own.
  private static func drawn(_ rows: [Row], _ counts: [Int]) -> [Row] {
    let ids = Set(rows.compactMap(\.cluster)).sorted()
    return zip(ids, counts).flatMap { id, count in
      (0..<count).flatMap { draw in
        rows.filter { $0.cluster == id }.map { row in
          var row = row
          row.cluster = "\(id) \(draw)"
          return row
        }
      }
    }
  }

  enum Design: CaseIterable { case pure, mixed, weighted, incomplete }

  private static func table(_ design: Design, _ seed: UInt64) -> ([Row], Configuration) {
    let rows = rows(seed, mixes: design != .pure, gaps: design == .incomplete)
    let isWeighted = design == .weighted || design == .incomplete
    return (rows, configuration.with { $0.weight = isWeighted ? Name.weight : nil })
  }

  @Test(
    "A replicate's values and variances are those of the table of the drawn clusters",
    arguments: Design.allCases, 0..<3)
  func replicatesAreTables(design: Design, replicate: Int) throws {
    let (rows, configuration) = Self.table(design, UInt64(replicate))
    let evaluator = Evaluator(configuration)
    let found = try evaluator.clusterReplicate(replicate, of: rows.table())
    #expect(found.drawn.reduce(0, +) == 40)
    let naive = try evaluator.evaluate(Self.drawn(rows, found.drawn).table())
    var compared = 0
    for state in found.values {
      guard let expected = naive.measurement(state.metric, state.slice), expected.value != nil
      else {
        #expect(state.value.isNaN, "\(state.metric) on \(state.slice)")
        continue
      }
      #expect(agree(state.value, expected.value), "\(state.metric) on \(state.slice)")
      guard let error = expected.standardError, error > 1e-9 else {
        #expect(state.variance.isNaN, "\(state.metric) on \(state.slice)")
        continue
      }
      #expect(
        agreeRelatively(state.variance, error * error), "\(state.metric) on \(state.slice)")
      compared += 1
    }
    #expect(compared > 120)
  }

  @Test(
    "A replicate's largest |t| is that of the gaps of the drawn clusters' table",
    arguments: Design.allCases, 0..<3)
  func maximaAreGaps(design: Design, replicate: Int) throws {
    let (rows, configuration) = Self.table(design, UInt64(replicate))
    let evaluator = Evaluator(configuration)
    let found = try evaluator.clusterReplicate(replicate, of: rows.table())
    let original = try evaluator.evaluate(rows.table())
    let naive = try evaluator.evaluate(Self.drawn(rows, found.drawn).table())
    let kinds: [GapKind: (against: String, isRatio: Bool)] = [
      .pairwiseDifference: ("pairs", false), .differenceToReference: ("reference", false),
      .ratioToReference: ("reference", true), .differenceToOverall: ("overall", false),
      .ratioToOverall: ("overall", true),
    ]
    var compared = 0
    for (kind, family) in kinds {
      for maximum in found.maxima
      where maximum.against == family.against && maximum.isRatio == family.isRatio {
        let estimates = original.gaps(maximum.metric, kind, by: maximum.attributes)
        let drawn = naive.gaps(maximum.metric, kind, by: maximum.attributes)
        // Pairs of crossed groups are reported by their range only.
        guard !estimates.isEmpty else { continue }
        let ts = estimates.compactMap { own -> Double? in
          let twin = drawn.first { $0.slice == own.slice && $0.reference == own.reference }
          guard let a = own.value, let b = twin?.value, let error = twin?.standardError,
            error > 1e-9
          else { return nil }
          return abs(kind.isRatio ? Double.log(b) - Double.log(a) : b - a) / error
        }.filter(\.isFinite)
        #expect(
          agree(maximum.value, ts.max() ?? 0, within: 1e-7),
          "\(kind) of \(maximum.metric) by \(maximum.attributes)")
        compared += 1
      }
    }
    #expect(compared > 80)
  }

  @Test("Clusters are drawn evenly: 1 ± 5/√B on average, G draws a replicate")
  func draws() throws {
    let table = try Self.rows(3, mixes: false).table()
    let evaluator = Evaluator(Self.configuration.with { $0.metrics = ["selection_rate"] })
    var sums = Array(repeating: 0, count: 40)
    var squares = 0
    for replicate in 0..<500 {
      let drawn = try evaluator.clusterReplicate(replicate, of: table).drawn
      #expect(drawn.count == 40 && drawn.reduce(0, +) == 40)
      for (cluster, count) in drawn.enumerated() { sums[cluster] += count }
      squares += drawn.reduce(0) { $0 + ($1 - 1) * ($1 - 1) }
    }
    for sum in sums { #expect(abs(Double(sum) / 500 - 1) < 5 / 500.0.squareRoot()) }
    // Var = 1 − 1/G of a multinomial count; 20,000 of them leave about 1 % of noise.
    #expect(abs(Double(squares) / 20_000 - (1 - 1.0 / 40)) < 0.06)
  }

  @Test("Threads and the order of rows change nothing", arguments: Design.allCases)
  func determinism(design: Design) throws {
    let (rows, own) = Self.table(design, 7)
    let configuration = own.with { $0.method = .bootstrap }
    let one = try Evaluator(configuration.with { $0.threads = 1 }).evaluate(rows.table())
    var stream = RandomStream(seed: 3, family: 3, replicate: 3)
    for threads in [2, 3] {
      let other = try Evaluator(configuration.with { $0.threads = threads })
        .evaluate(rows.shuffled(using: &stream).table())
      #expect(other.measurements == one.measurements && other.gaps == one.gaps)
    }
  }

  @Test("Every number of decisions, means and losses gets its interval from the replicates")
  func methods() throws {
    let rows = Self.rows(11, mixes: true)
    let closed = try Evaluator(Self.configuration).evaluate(rows.table())
    let resampled = try Evaluator(
      Self.configuration.with {
        $0.method = .bootstrap
        $0.replicates = 999
      }
    ).evaluate(rows.table())
    var compared = 0
    for (a, b) in zip(closed.measurements, resampled.measurements) where a.slice == .overall {
      guard let first = a.interval, let second = b.interval, let high = first.high,
        let otherHigh = second.high
      else { continue }
      #expect(a.value == b.value && a.standardError == b.standardError)
      #expect(first.method == "cluster_linearised" && second.method == "cluster_bootstrap")
      let width = high - first.low
      #expect(abs((otherHigh - second.low) / width - 1) < 0.35, "\(a.metric)")
      compared += 1
    }
    #expect(compared == 16)
    var families = 0
    for gap in resampled.gaps where gap.status == .ok {
      guard let found = gap.interval?.family?.critical, gap.metric != "equalized_odds" else {
        continue
      }
      let twin = closed.gaps.first {
        $0.metric == gap.metric && $0.kind == gap.kind && $0.slice == gap.slice
          && $0.reference == gap.reference && $0.excluded == gap.excluded
      }
      guard let theory = twin?.interval?.family, theory.size == gap.interval?.family?.size else {
        continue
      }
      #expect(gap.interval?.method == "max_t" && found >= theory.critical - 1e-9)
      families += 1
    }
    #expect(families > 200)
  }

  @Test("Where all clusters agree, the closed form stays")
  func agreement() throws {
    let rows = (0..<60).map { Row(decision: true, cluster: "c\($0 / 3)") }
    let configuration = Configuration.decisions().with {
      $0.label = nil
      $0.cluster = Name.cluster
      $0.metrics = ["selection_rate"]
      $0.replicates = 200
    }
    let closed = try Evaluator(configuration).evaluate(rows.table())
    let resampled = try Evaluator(configuration.with { $0.method = .bootstrap })
      .evaluate(rows.table())
    let interval = try #require(resampled.measurement("selection_rate")?.interval)
    #expect(interval == closed.measurement("selection_rate")?.interval)
    #expect(interval.high == 1 && interval.low < 1)
  }
}
