// SPDX-License-Identifier: Apache-2.0

/// A scenario ready to run: every data set has an index, which alone decides its random numbers.
package struct Trial: Sendable {
  struct Job: Sendable {
    var claims: [Claim]
    var dataSets: Int
    var measure: @Sendable (_ dataSet: Int) throws -> [Outcome?]
  }

  /// Fixed before the first run.
  static let seed: UInt64 = 20_260_101
  private static let chunk = 25

  package var id: String
  package var title: String
  package var isHard: Bool
  package var yardstick: String?
  package var isInTests: Bool
  var jobs: [Job]

  package var kinds: Set<StudyKind> { Set(jobs.flatMap(\.claims).map(\.kind)) }

  /// The 32-bit FNV-1a hash.
  static func family(_ id: String) -> UInt32 {
    id.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// Runs every data set on all cores; no number depends on how many there are.
  ///
  /// - Parameter most: draws no more data sets than this.
  package func run(most: Int = .max) async throws -> [StudyRow] {
    var rows: [StudyRow] = []
    for job in jobs {
      let counts = try await count(job, dataSets: min(job.dataSets, most))
      rows += zip(job.claims, counts).map { StudyRow(self, $0, $1) }
    }
    return Comparison.compared(rows)
  }

  private func count(_ job: Job, dataSets: Int) async throws -> [OutcomeCount] {
    let starts = Array(stride(from: 0, to: dataSets, by: Self.chunk))
    let parts = try await withThrowingTaskGroup(of: (Int, [OutcomeCount]).self) { group in
      for first in starts {
        group.addTask {
          var counts = job.claims.map { _ in OutcomeCount() }
          for index in first..<min(first + Self.chunk, dataSets) {
            for (place, outcome) in try job.measure(index).enumerated() {
              counts[place].add(outcome)
            }
          }
          return (first, counts)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    // Sums are formed in the order of the data sets.
    var total = job.claims.map { _ in OutcomeCount() }
    for first in starts {
      for (place, part) in (parts[first] ?? []).enumerated() { total[place].add(part) }
    }
    return total
  }
}
