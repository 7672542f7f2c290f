// SPDX-License-Identifier: Apache-2.0

/// A scorecard as a document: what is said, in which order, with which tables and figures.
///
/// It depends on the scorecard alone, so that the same `scorecard.json` gives the same bytes in every
/// format at any time.
public struct Document: Sendable, Equatable {
  public var title: String
  /// What stands above the title.
  public var kind = "Evaluation scorecard"
  public var blocks: [Block]

  public init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }

  public init(_ scorecard: Scorecard) {
    let reading = Reading(scorecard)
    let overview = OverviewSection(reading: reading)
    title = overview.title
    let comparison = ComparisonSection(reading: reading).section
    if comparison != nil { kind = "Comparison scorecard" }
    let sections: [Section?] =
      [GatesSection(reading: reading).section, overview.section]
      + (comparison.map { [$0] + Self.beside(reading) } ?? Self.ofEvaluation(reading)) + [
        DataSection(reading: reading).section,
        DefinitionsSection(reading: reading).section,
        MethodsSection(reading: reading).section,
        ProvenanceSection(reading: reading).section,
        LimitsSection(reading: reading).section,
        FullNamesSection(reading: reading).section,
      ]
    blocks = overview.lead + sections.compactMap { $0 }.map(Block.section)
  }

  /// What an evaluation found, model beside model.
  private static func ofEvaluation(_ reading: Reading) -> [Section?] {
    let curves = CurvesSection(reading: reading)
    return [
      FindingsSection(reading: reading).section,
      GapsSection(reading: reading).section,
      StrataSection(reading: reading).section,
      MetricsSection(reading: reading).section,
      HeatTableSection(reading: reading).section,
      CalibrationSection(reading: reading).section ?? curves.reliability,
      curves.roc,
      curves.distributions,
      ThresholdsSection(reading: reading).section,
      IntersectionsSection(reading: reading).section,
      SmallGroupsSection(reading: reading).section,
    ]
  }

  /// What a comparison shows of the models themselves: the rest is in an evaluation without a baseline,
  /// and all numbers in scorecard.json.
  private static func beside(_ reading: Reading) -> [Section?] {
    [
      FindingsSection(reading: reading).section, CurvesSection(reading: reading).roc,
      ThresholdsSection(reading: reading).section,
    ]
  }
}
