// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Synchronization
import Testing

@Suite("Progress of an evaluation")
struct ProgressTests {
  /// What was reported, on any thread.
  private final class Log: Sendable {
    let reports = Mutex<[EvaluationProgress]>([])
  }

  @Test("Every long part ends at its total and changes no number")
  func parts() throws {
    var stream = RandomStream(seed: 5, family: 1, replicate: 0)
    let rows = (0..<400).map { index in
      let score = stream.uniform()
      return Row(groups: ["\(index % 3)"], label: stream.uniform() < score, score: score)
    }
    let configuration = Configuration.scores().with {
      $0.method = .bootstrap
      $0.replicates = 130
      $0.permutations = 100
      $0.threads = 2
    }
    let log = Log()
    var evaluator = Evaluator(configuration)
    let silent = try evaluator.evaluate(rows.table())
    evaluator.report = { progress in log.reports.withLock { $0.append(progress) } }
    #expect(try evaluator.evaluate(rows.table()).measurements == silent.measurements)
    let reports = log.reports.withLock { $0 }
    #expect(
      Set(reports.map(\.part)) == [
        "resampling counts", "resampling rows", "permuting groups", "drawing labels",
      ])
    for (part, own) in Dictionary(grouping: reports, by: \.part) {
      let totals = Set(own.map(\.total))
      #expect(own.allSatisfy { $0.done > 0 && $0.done <= $0.total }, "\(part)")
      #expect(totals.allSatisfy { total in own.contains { $0.done == total } }, "\(part)")
    }
    #expect(reports.first { $0.part == "resampling rows" }?.total == 130)
  }
}
