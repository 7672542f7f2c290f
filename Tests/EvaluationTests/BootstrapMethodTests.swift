// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Foundation
import Testing

/// `--method bootstrap`: resampled rows against closed forms.
@Suite("Method bootstrap")
struct BootstrapMethodTests {
  /// Three unequal groups of calibrated scores.
  private static func rows(_ n: Int) -> [Row] {
    (0..<n).map { index in
      var stream = RandomStream(seed: 20, family: 900, replicate: UInt32(index))
      let score = 1 / (1 + exp(-1.5 * stream.normal()))
      let group = index % 6 == 0 ? "small" : index % 2 == 0 ? "middle" : "large"
      return Row(groups: [group], label: stream.uniform() < score, score: score)
    }
  }

  private static let metrics: Set<String> = [
    "brier_score", "log_loss", "mean_score", "calibration_ratio",
  ]

  private static func result(_ method: EvenhandEvaluation.Method) throws -> EvaluationResult {
    let configuration = Configuration.scores().with {
      $0.method = method
      $0.metrics = metrics
      $0.replicates = 4000
    }
    return try Evaluator(configuration).evaluate(rows(1200).table())
  }

  @Test("intervals of means and losses agree with the influence function's")
  func intervalsAgree() throws {
    let closed = try Self.result(.auto)
    let resampled = try Self.result(.bootstrap)
    var compared = 0
    for (a, b) in zip(closed.measurements, resampled.measurements) {
      guard let first = a.interval, let second = b.interval, let high = first.high,
        let otherHigh = second.high
      else { continue }
      #expect(first.method == "influence_function" && second.method == "studentized_bootstrap")
      #expect(a.value == b.value)
      // 4,000 replicates leave about 3 % of noise in a limit's distance; skewness adds to it.
      let (width, otherWidth) = (high - first.low, otherHigh - second.low)
      #expect(abs(otherWidth / width - 1) < 0.12, "\(a.metric) \(a.slice)")
      #expect(abs(first.low - second.low) < 0.12 * width, "\(a.metric) \(a.slice)")
      compared += 1
    }
    #expect(compared == 4 * 4)
  }

  @Test("critical values come from the replicates, never below normal theory's")
  func criticalValues() throws {
    let closed = try Self.result(.auto).gaps
    let resampled = try Self.result(.bootstrap).gaps
    #expect(closed.count == resampled.count && !closed.isEmpty)
    for (a, b) in zip(closed, resampled) {
      let theory = try #require(a.interval?.family?.critical)
      let found = try #require(b.interval?.family?.critical)
      #expect(b.interval?.method == "max_t" && a.interval?.method != "max_t")
      #expect(found >= theory - 1e-9 && found < 1.2 * theory, "\(a.metric) \(a.kind)")
      #expect(a.value == b.value)
    }
  }

  @Test("the covariance of losses over replicates shows in gaps against overall")
  func overallGapsAreNarrower() throws {
    // A group that is most of its context differs little from it: its contrast must know that they
    // share rows.
    let result = try Self.result(.bootstrap)
    let gap = try #require(
      result.gaps.first {
        $0.kind == .differenceToOverall && $0.metric == "brier_score"
          && $0.slice == Slice([.init(attribute: "a", group: "large")])
      })
    let group = try #require(
      result.measurement("brier_score", Slice([.init(attribute: "a", group: "large")])))
    let error = try #require(gap.standardError)
    #expect(error < 0.8 * (group.standardError ?? 0))
  }

  @Test("the same seed gives the same numbers on any number of threads")
  func threads() throws {
    let configuration = Configuration.scores().with {
      $0.method = .bootstrap
      $0.metrics = Self.metrics
      $0.replicates = 200
    }
    let table = try Self.rows(400).table()
    let results = try [1, 2, 3].map { threads in
      try Evaluator(configuration.with { $0.threads = threads }).evaluate(table)
    }
    #expect(results[0].measurements == results[1].measurements)
    #expect(results[0].gaps == results[1].gaps && results[1].gaps == results[2].gaps)
  }
}
