// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling
import EvenhandTabular
import RealModule
import Testing

/// The ranks engine against each replicate's rows put into a score-ordered view of their own.
@Suite("The ranks engine")
struct RanksEngineTests {
  /// What makes tables different.
  enum Design: CaseIterable { case smooth, tied, counted, gaps, manyTied, certain }

  private static let metrics = [
    "roc_auc", "average_precision", "score_quantile_10", "score_quantile_50", "score_quantile_90",
  ]

  /// Two models, three attributes; more rows than a tile of the score order has.
  private static func table(_ design: Design, _ seed: UInt64, rows: Int) throws -> Table {
    var stream = RandomStream(seed: seed, family: 960, replicate: 0)
    var scores: [[Double]] = [[], []]
    var (labels, counts): ([Bool?], [Double]) = ([], [])
    var groups: [[String]] = [[], []]
    for _ in 0..<rows {
      let label = stream.uniform() < 0.35
      for model in 0..<2 {
        let x = stream.normal() + (label ? 1 : 0) * Double(model + 1)
        var score = 1 / (1 + Double.exp(-x))
        switch design {
        case .tied: score = (score * 20).rounded() / 20
        case .manyTied: score = (score * 3).rounded() / 3
        case .certain: score = label ? 0.75 : 0.25
        case .gaps where stream.uniform() < 0.1: score = .nan
        case .smooth, .counted, .gaps: break
        }
        scores[model].append(score)
      }
      labels.append(design == .gaps && stream.uniform() < 0.1 ? nil : label)
      let size = stream.uniform()
      counts.append(
        design != .counted ? 1 : size < 0.5 ? 1 : size < 0.9 ? 3 : size < 0.99 ? 40 : 700)
      groups[0].append(stream.uniform() < 0.1 ? "rare" : "frequent")
      groups[1].append("g\(Int(3 * stream.uniform()))")
    }
    return try Table(columns: [
      .category(CategoryColumn(name: "a", values: groups[0])),
      .category(CategoryColumn(name: "b", values: groups[1])),
      .category(CategoryColumn(name: "label", values: labels)),
      .number(try NumberColumn(name: "one", values: scores[0])),
      .number(try NumberColumn(name: "two", values: scores[1])),
      .number(try NumberColumn(name: "count", values: counts)),
    ])
  }

  private static func configuration(_ design: Design, _ resampling: Resampling = .auto)
    -> Configuration
  {
    Configuration(
      label: "label", models: [ModelRole("one", column: "one"), ModelRole("two", column: "two")],
      by: ["a", "b"]
    ).with {
      $0.count = design == .counted ? "count" : nil
      $0.method = .bootstrap
      $0.resampling = resampling
      $0.replicates = 100
      $0.labelDraws = 19
      $0.metrics = Set(metrics)
    }
  }

  /// The rows of a slice as a replicate draws them.
  private static func view(
    _ found: RankedReplicates, _ slice: Slice, model: Int, replicate: Int
  ) -> RankedScores {
    var view = RankedScores()
    let inside = found.rows.filter { row in
      !row.scores[model].isNaN && row.drawn[replicate] > 0
        && slice.assignments.allSatisfy(row.slice.assignments.contains)
    }
    for row in inside.sorted(by: { $0.scores[model] < $1.scores[model] }) {
      view.append(
        score: row.scores[model], label: row.label, rows: Double(row.drawn[replicate]))
    }
    return view
  }

  /// The variance as single slices report it: smoothed where nothing varies.
  private static func variance(_ found: RankedEstimate, _ support: Double) -> Double {
    guard found.variance <= 1e-24 else { return found.variance }
    let smoothed = (found.value * support + 1) / (support + 2)
    return smoothed * (1 - smoothed) / (support + 2)
  }

  private static func compare(_ found: RankedReplicates, replicates: some Sequence<Int>) {
    for entry in found.values {
      let metric = Catalogue.standard.ranked.first { $0.id == entry.metric }
      for replicate in replicates {
        let view = view(found, entry.slice, model: entry.model, replicate: replicate)
        let (value, variance) = (entry.values[replicate], entry.variances[replicate])
        if let metric {
          guard let expected = try? metric.estimate(view) else {
            #expect(value.isNaN && variance.isNaN)
            continue
          }
          let own = Self.variance(expected, metric.support(view))
          #expect(
            agreeRelatively(value, expected.value, within: 1e-6),
            "\(entry.metric) \(entry.slice) \(value) \(expected.value)")
          // Influences in single precision: the less they vary, the fewer digits are left of that.
          let spread = own * metric.support(view)
          let precision = 5e-6 + (metric is AveragePrecision ? 0x1p-23 / spread : 0)
          #expect(
            agreeRelatively(variance, own, within: precision),
            "\(entry.metric) \(entry.slice) \(variance) \(own)")
        } else if let quantile = Catalogue.standard.quantiles.first(where: {
          $0.id == entry.metric
        }) {
          let expected = try? quantile.value(view)
          #expect(value == expected || (value.isNaN && expected == nil))
        }
      }
    }
  }

  @Test("replicates are the metrics of the drawn rows", arguments: Design.allCases)
  func replicatesAreTables(design: Design) throws {
    let found = try Evaluator(Self.configuration(design)).rankedReplicates(
      of: Self.table(design, 1, rows: 2600))
    #expect(found.values.count == 5 * 2 * 12)
    Self.compare(found, replicates: [0, 1, 2, 7, 23])
  }

  @Test("small tables, in which slices lose a label", arguments: 0..<20)
  func smallTables(seed: UInt64) throws {
    let design = Design.allCases[Int(seed) % Design.allCases.count]
    let found = try Evaluator(Self.configuration(design)).rankedReplicates(
      of: Self.table(design, seed, rows: 30))
    Self.compare(found, replicates: 0..<64)
  }

  @Test("rows drawn within groups and labels", arguments: [Design.tied, .counted])
  func withinStrata(design: Design) throws {
    let table = try Self.table(design, 3, rows: 600)
    let found = try Evaluator(Self.configuration(design, .groupLabel)).rankedReplicates(of: table)
    let whole = try Evaluator(Self.configuration(design)).rankedReplicates(
      of: table, resamples: false)
    for label in [true, false] {
      func total(_ rows: [RankedReplicates.Row], _ replicate: Int) -> Int {
        rows.reduce(0) { $0 + ($1.label == label ? $1.drawn[replicate] : 0) }
      }
      for replicate in 0..<24 {
        #expect(total(found.rows, replicate) == total(whole.rows, 0))
      }
    }
    Self.compare(found, replicates: [0, 5])
  }

  @Test("with every row as it is, replicates are the estimates", arguments: Design.allCases)
  func everyRow(design: Design) throws {
    let table = try Self.table(design, 2, rows: 5000)
    let closed = try Evaluator(Self.configuration(design).with { $0.method = .auto })
      .evaluate(table)
    let found = try Evaluator(Self.configuration(design)).rankedReplicates(
      of: table, resamples: false)
    var compared = 0
    for entry in found.values {
      let expected = try #require(
        closed.measurement(entry.metric, entry.slice, model: ["one", "two"][entry.model]))
      for replicate in [0, 13, 23] {
        let value = try #require(expected.value)
        #expect(agreeRelatively(entry.values[replicate], value, within: 1e-6))
        guard let error = expected.standardError else { continue }
        #expect(agreeRelatively(entry.variances[replicate].squareRoot(), error, within: 1e-6))
        compared += 1
      }
    }
    #expect(compared == 2 * 2 * 12 * 3)
  }

  @Test("draws are those of the rows engine: means and variances of Poisson numbers")
  func draws() throws {
    let table = try Self.table(.counted, 4, rows: 3000)
    let found = try Evaluator(Self.configuration(.counted).with { $0.replicates = 100 })
      .rankedReplicates(of: table)
    let whole = try Evaluator(Self.configuration(.counted)).rankedReplicates(
      of: table, resamples: false)
    for multiplicity in [1, 3, 40, 700] {
      let drawn = zip(found.rows, whole.rows).filter { $1.drawn[0] == multiplicity }
        .flatMap(\.0.drawn).map(Double.init)
      let mean = drawn.reduce(0, +) / Double(drawn.count)
      let variance = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(drawn.count)
      let scale = Double(multiplicity)
      // Five standard errors of a mean, and of a variance.
      #expect(abs(mean - scale) < 5 * (scale / Double(drawn.count)).squareRoot())
      #expect(abs(variance / scale - 1) < 5 * (3 / Double(drawn.count)).squareRoot())
    }
  }

  private static func results(_ configuration: Configuration, _ table: Table) throws
    -> EvaluationResult
  {
    try Evaluator(configuration.with { $0.replicates = 200 }).evaluate(table)
  }

  @Test("the same numbers on any number of threads", arguments: [Design.tied, .counted])
  func threads(design: Design) throws {
    let table = try Self.table(design, 5, rows: 900)
    let results = try [1, 2, 3].map { threads in
      try Self.results(Self.configuration(design).with { $0.threads = threads }, table)
    }
    #expect(results[0].measurements == results[1].measurements)
    #expect(results[1].measurements == results[2].measurements)
    #expect(results[0].gaps == results[1].gaps && results[1].gaps == results[2].gaps)
  }

  /// Rows of one model.
  private static func rows(_ count: Int, seed: UInt64) -> [Row] {
    var stream = RandomStream(seed: seed, family: 961, replicate: 0)
    return (0..<count).map { index in
      let label = stream.uniform() < 0.4
      let score = 1 / (1 + Double.exp(-stream.normal() - (label ? 1 : 0)))
      return Row(
        groups: [index % 3 == 0 ? "x" : "y"], label: label, score: (score * 50).rounded() / 50,
        count: Double(1 + index % 4))
    }
  }

  private static let oneModel = Configuration.scores().with {
    $0.method = .bootstrap
    $0.metrics = Set(metrics)
    $0.count = Name.count
  }

  @Test("the same numbers in any order of rows, and for rows written out")
  func orderAndCounts() throws {
    let rows = Self.rows(500, seed: 6)
    var stream = RandomStream(seed: 6, family: 961, replicate: 1)
    let expanded = rows.flatMap { row in
      Array(repeating: row, count: Int(row.count)).map { row in
        var row = row
        row.count = 1
        return row
      }
    }
    let given = try Self.results(Self.oneModel, rows.table())
    let shuffled = try Self.results(Self.oneModel, rows.shuffled(using: &stream).table())
    let written = try Self.results(
      Self.oneModel.with { $0.count = nil }, expanded.shuffled(using: &stream).table())
    for other in [shuffled, written] {
      #expect(given.measurements == other.measurements)
      #expect(given.gaps == other.gaps)
    }
    #expect(given.measurement("roc_auc")?.interval?.method == "studentized_bootstrap")
    #expect(given.measurement("score_quantile_50")?.interval?.method == "percentile_bootstrap")
    #expect(given.plan["rankings"] == "studentized bootstrap, ranks engine")
  }

  @Test("intervals agree with the closed forms'")
  func intervalsAgree() throws {
    let rows = Self.rows(1500, seed: 7)
    let closed = try Evaluator(Self.oneModel.with { $0.method = .auto }).evaluate(rows.table())
    for kind in IntervalChoice.Bootstrap.allCases {
      let configuration = Self.oneModel.with {
        $0.replicates = 2000
        $0.intervals.bootstrap = kind
      }
      let resampled = try Evaluator(configuration).evaluate(rows.table())
      for metric in ["roc_auc", "average_precision"] {
        for slice in [Slice.overall, .of(["a": "x"]), .of(["a": "y"])] {
          let first = try #require(closed.measurement(metric, slice)?.interval)
          let second = try #require(resampled.measurement(metric, slice)?.interval)
          let width = try #require(first.high) - first.low
          #expect(second.method == "\(kind.rawValue)_bootstrap")
          #expect(abs(second.low - first.low) < 0.1 * width, "\(kind) \(metric) \(slice)")
          #expect(abs((second.high ?? 0) - (first.high ?? 0)) < 0.1 * width)
        }
      }
      let gap = try #require(resampled.gap("roc_auc", .maxMinDifference, by: ["a"]))
      let theory = try #require(closed.gap("roc_auc", .maxMinDifference, by: ["a"]))
      #expect(gap.interval?.method == "max_t" && gap.value == theory.value)
      let critical = try #require(gap.interval?.family?.critical)
      let expected = try #require(theory.interval?.family?.critical)
      #expect(critical >= expected - 1e-9 && critical < 1.15 * expected)
    }
  }
}
