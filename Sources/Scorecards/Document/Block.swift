// SPDX-License-Identifier: Apache-2.0

/// A part of a document. Renderers walk blocks and decide nothing about what is said.
public indirect enum Block: Sendable, Equatable {
  case section(Section)
  case paragraph(RichText)
  /// An explanation of what follows, set more quietly than a paragraph.
  case note(RichText)
  /// Something that the reader must not miss.
  case notice(RichText)
  case list([RichText], ordered: Bool)
  case table(DocumentTable)
  case figures(FigureGroup)
  /// What is shown on request only, under a summary line.
  case disclosure(RichText, [Block])
  /// The few figures of the first glance.
  case keyFacts([Fact])
  case definitions([Fact])
}

/// A heading and what stands under it. Its level is its depth, so that no level can be skipped.
public struct Section: Sendable, Equatable {
  /// An anchor: lower-case ASCII letters, digits and hyphens.
  public var id: String
  public var title: String
  public var blocks: [Block]
  /// Whether it belongs to the summary that a terminal shows.
  public var inSummary: Bool

  public init(_ id: String, _ title: String, inSummary: Bool = false, _ blocks: [Block]) {
    self.id = id
    self.title = title
    self.inSummary = inSummary
    self.blocks = blocks
  }
}

/// A term and what is said of it.
public struct Fact: Sendable, Equatable {
  public var term: RichText
  public var detail: RichText

  public init(_ term: RichText, _ detail: RichText) {
    self.term = term
    self.detail = detail
  }
}

/// Small multiples with a common caption; the table with their numbers follows as its own block.
public struct FigureGroup: Sendable, Equatable {
  public struct Figure: Sendable, Equatable {
    public var chart: Chart
    public var caption: RichText

    public init(_ chart: Chart, caption: RichText) {
      self.chart = chart
      self.caption = caption
    }
  }

  public var caption: RichText
  public var legend: [LegendEntry]
  public var figures: [Figure]

  public init(caption: RichText, legend: [LegendEntry] = [], figures: [Figure]) {
    self.caption = caption
    self.legend = legend
    self.figures = figures
  }
}

/// Which mark stands for what.
public struct LegendEntry: Sendable, Equatable {
  public var chart: Chart
  public var text: String

  public init(_ chart: Chart, _ text: String) {
    self.chart = chart
    self.text = text
  }
}
