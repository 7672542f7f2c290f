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
    let sections: [Section?] = [
      GatesSection(reading: reading).section,
      overview.section,
      FindingsSection(reading: reading).section,
      GapsSection(reading: reading).section,
      StrataSection(reading: reading).section,
      MetricsSection(reading: reading).section,
      HeatTableSection(reading: reading).section,
      CalibrationSection(reading: reading).section ?? CurvesSection(reading: reading).reliability,
      CurvesSection(reading: reading).roc,
      CurvesSection(reading: reading).distributions,
      IntersectionsSection(reading: reading).section,
      SmallGroupsSection(reading: reading).section,
      DataSection(reading: reading).section,
      DefinitionsSection(reading: reading).section,
      MethodsSection(reading: reading).section,
      ProvenanceSection(reading: reading).section,
      LimitsSection(reading: reading).section,
      FullNamesSection(reading: reading).section,
    ]
    blocks = overview.lead + sections.compactMap { $0 }.map(Block.section)
  }
}
