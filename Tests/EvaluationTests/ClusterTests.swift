// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

@Suite("Clusters")
struct ClusterTests {
  private static let rows = {
    // A table with everything: 400 rows, smooth scores, random labels.
    let tables = (5000..<6000).lazy.map { RandomTable(seed: $0, design: .simple) }
    return tables.first {
      $0.rows.count == 400 && $0.description.contains("random labels, smooth")
    }?.rows ?? []
  }()

  private func evaluate(_ rows: [Row], _ change: (inout Configuration) -> Void) throws
    -> EvaluationResult
  {
    try Evaluator(
      Configuration.scores(depth: 2).with {
        $0.replicates = 100
        $0.metrics = nil
        change(&$0)
      }
    ).evaluate(rows.table())
  }

  private func clustered(_ rows: [Row], _ cluster: (Int) -> String) -> [Row] {
    rows.enumerated().map { index, row in
      var row = row
      row.cluster = cluster(index)
      row.weight = 1
      return row
    }
  }

  /// Unweighted rows given the weight 1 have the linearised variance n/(n−1) Σψ²; one cluster a row
  /// G/(G−1) Σψ², G being the rows of the slice. AUC's two classes have a factor each.
  @Test("Clusters of one row: the unclustered variance up to G/(G−1)")
  func singletons() throws {
    let rows = clustered(Self.rows) { "c\($0)" }
    let single = try evaluate(rows) { $0.cluster = Name.cluster }
    let plain = try evaluate(rows) { $0.weight = Name.weight }
    var compared = 0
    // The debiased error has no value for clusters.
    func comparable(_ result: EvaluationResult) -> [SliceMeasurement] {
      result.measurements.filter { $0.metric != "debiased_squared_calibration_error" }
    }
    let debiased = single.measurements.filter { $0.metric == "debiased_squared_calibration_error" }
    #expect(debiased.map(\.status) == [.notMeasured])
    for (a, b) in zip(comparable(single), comparable(plain)) {
      #expect(a.metric == b.metric && a.slice == b.slice && agree(a.value, b.value))
      guard a.status == .ok, let x = a.standardError, let y = b.standardError, y > 0 else {
        continue
      }
      // A rate of 0 or 1 shows no variation; its smoothed variance counts rows, not clusters.
      if a.value == 0 || a.value == 1 { continue }
      let g = Double(try #require(a.n))
      // Weighted: by the metric's denominator, none for rankings and fits.
      let isRanked = ["roc_auc", "average_precision", "calibration_slope", "calibration_intercept"]
        .contains(a.metric)
      let isComposite = ["balanced_accuracy", "average_odds", "matthews_correlation", "f1"]
        .contains(a.metric)
      let hasOtherRows = isComposite || ["calibration_ratio", "threat_score"].contains(a.metric)
      let n = hasOtherRows ? nil : b.denominator
      if isRanked {
        #expect(agreeRelatively(x * x, y * y * g / (g - 1)), "\(a.metric) on \(a.slice)")
      } else if let n {
        let factor = g / (g - 1) * (n - 1) / n
        #expect(agreeRelatively(x * x, y * y * factor), "\(a.metric) on \(a.slice)")
      } else {
        #expect(agreeRelatively(x * x, y * y, within: 0.2), "\(a.metric) on \(a.slice)")
      }
      compared += 1
    }
    #expect(compared > 100)
  }

  @Test("Every row twice in one cluster tells no more than once")
  func duplicates() throws {
    let once = clustered(Self.rows) { "c\($0)" }
    let twice = clustered(Self.rows + Self.rows) { "c\($0 % Self.rows.count)" }
    let one = try evaluate(once) { $0.cluster = Name.cluster }
    let two = try evaluate(twice) { $0.cluster = Name.cluster }
    var compared = 0
    for (a, b) in zip(one.measurements, two.measurements) where a.status == .ok {
      if a.metric.hasSuffix("positives") || a.metric.hasSuffix("negatives") { continue }
      #expect(a.slice == b.slice && agree(a.value, b.value), "\(a.metric) on \(a.slice)")
      guard let x = a.standardError, let y = b.standardError else { continue }
      #expect(agreeRelatively(y, x, within: 1e-7), "\(a.metric) on \(a.slice)")
      #expect(
        agree(a.interval?.low, b.interval?.low, within: 1e-6)
          && agree(a.interval?.high, b.interval?.high, within: 1e-6),
        "\(a.metric) on \(a.slice)")
      compared += 1
    }
    #expect(compared > 100)
  }

  @Test("Wilson's interval and draws of single rows are refused for clustered rows")
  func refused() throws {
    let result = try evaluate(clustered(Self.rows) { "c\($0 / 4)" }) { $0.cluster = Name.cluster }
    let methods = Set(result.measurements.compactMap { $0.interval?.method })
    #expect(methods == ["cluster_linearised"])
    let quantile = try #require(result.measurement("score_quantile_50"))
    #expect(quantile.interval == nil && quantile.intervalReason == "not_available (clustered)")
    let error = try #require(result.measurement("expected_calibration_error"))
    #expect(error.nullReference == nil && error.intervalReason == "not_available (clustered)")
  }
}
