// SPDX-License-Identifier: Apache-2.0
import EvenhandCoverageStudy
import Testing

extension Trial: CustomTestStringConvertible {
  package var testDescription: String { title }
}

/// How often intervals hold the true value, and tests reject what is true, over data sets drawn from
/// known populations: the coverage study with fewer data sets.
///
/// Seeds are fixed, so every count is reproducible. A promise is refuted when the 99 % upper
/// Clopper–Pearson bound of the measured coverage lies below it.
@Suite("Coverage", .serialized, .tags(.coverage))
struct CoverageTests {
  @Test("Every default holds what it promises", arguments: Study.trials.filter(\.isInTests))
  func defaults(trial: Trial) async throws {
    let rows = try await trial.run(most: Study.shortDataSets)
    for row in rows where row.claim.role == .standard {
      #expect(row.dataSets > 0, "\(row.claim.number), \(row.claim.method)")
      #expect(row.isValid, "\(row.claim.number), \(row.claim.method): \(row.coverage)")
    }
  }

  @Test("The findings in the documentation are of this study")
  func findings() throws {
    let findings = try Findings(reading: Reference.root.appending(path: Findings.path))
    let found = Set(findings.rows.map(\.id))
    #expect(found == Set(Study.trials.map(\.id)))
    for row in findings.rows where row.claim.role == .standard {
      #expect(row.dataSets >= 1000, "\(row.id), \(row.claim.number)")
    }
  }
}
