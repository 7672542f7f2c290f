// SPDX-License-Identifier: Apache-2.0

/// What a slice search found, and among how much.
public struct SliceFindings: Sendable, Codable, Equatable {
  /// The name of the model; `null` for a loss.
  @ExplicitNull public var model: String?
  /// The id of the target: `error`, `false_positive_rate`, …
  public var target: String
  /// The column of a loss.
  @ExplicitNull public var lossColumn: String?
  public var data: SearchData
  public var columns: [SearchedColumn]
  public var settings: SearchSettings
  /// One, or two for residuals: scores too high, scores too low.
  public var searches: [SliceSearch]
  public var warnings: [Warning]

  public init(
    model: String?, target: String, lossColumn: String? = nil, data: SearchData,
    columns: [SearchedColumn], settings: SearchSettings, searches: [SliceSearch],
    warnings: [Warning] = []
  ) {
    _model = ExplicitNull(wrappedValue: model)
    self.target = target
    _lossColumn = ExplicitNull(wrappedValue: lossColumn)
    self.data = data
    self.columns = columns
    self.settings = settings
    self.searches = searches
    self.warnings = warnings
  }
}

/// What became of the rows: rows = searched + held out + Σ leftOut.
public struct SearchData: Sendable, Codable, Equatable {
  public var rows: Int
  public var searched: Int
  public var heldOut: Int
  public var leftOut: [LeftOut]

  public init(rows: Int, searched: Int, heldOut: Int, leftOut: [LeftOut]) {
    self.rows = rows
    self.searched = searched
    self.heldOut = heldOut
    self.leftOut = leftOut
  }
}

/// How it was searched.
public struct SearchSettings: Sendable, Codable, Equatable {
  public var depth: Int
  /// Rows a slice needed.
  public var minimum: Int
  /// SliceLine's α.
  public var alpha: Double
  public var confidence: Double
  public var replicates: Int
  public var top: Int

  public init(
    depth: Int, minimum: Int, alpha: Double, confidence: Double, replicates: Int, top: Int
  ) {
    self.depth = depth
    self.minimum = minimum
    self.alpha = alpha
    self.confidence = confidence
    self.replicates = replicates
    self.top = top
  }
}

/// One search: a family of slices, judged together.
public struct SliceSearch: Sendable, Codable, Equatable {
  public var direction: SliceDirection
  /// Of all searched rows.
  public var meanError: Double
  /// How many slices have the minimum support.
  public var familySize: Int
  /// The same by the number of predicates, from 1.
  public var familyByDepth: [Int]
  /// The largest standardised error of the family lies above it in a share of 1 − confidence of the
  /// permutations.
  public var critical: Double
  /// Slices whose adjusted p-value is at most 1 − confidence.
  public var establishedCount: Int
  /// Those of them that no other one stands for.
  public var standingCount: Int
  /// The standing slices with the highest scores; then the highest scores that are not established.
  public var slices: [FoundSlice]

  public init(
    direction: SliceDirection, meanError: Double, familySize: Int, familyByDepth: [Int],
    critical: Double, establishedCount: Int, standingCount: Int, slices: [FoundSlice]
  ) {
    self.direction = direction
    self.meanError = meanError
    self.familySize = familySize
    self.familyByDepth = familyByDepth
    self.critical = critical
    self.establishedCount = establishedCount
    self.standingCount = standingCount
    self.slices = slices
  }

  public var established: [FoundSlice] { slices.filter(\.isEstablished) }
}
