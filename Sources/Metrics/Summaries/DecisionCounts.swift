// SPDX-License-Identifier: Apache-2.0

/// The cells of labels × decisions, as a set: what a rate counts, and among what.
public struct DecisionCells: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let truePositive = DecisionCells(rawValue: 1 << 0)
  public static let falsePositive = DecisionCells(rawValue: 1 << 1)
  public static let falseNegative = DecisionCells(rawValue: 1 << 2)
  public static let trueNegative = DecisionCells(rawValue: 1 << 3)
  /// Selected, but the label is missing.
  public static let selectedUnlabelled = DecisionCells(rawValue: 1 << 4)
  /// Not selected, and the label is missing.
  public static let rejectedUnlabelled = DecisionCells(rawValue: 1 << 5)
  /// The label is positive, but there is no decision.
  public static let positiveUndecided = DecisionCells(rawValue: 1 << 6)
  /// The label is negative, and there is no decision.
  public static let negativeUndecided = DecisionCells(rawValue: 1 << 7)

  public static let labelledAndDecided: DecisionCells = [
    .truePositive, .falsePositive, .falseNegative, .trueNegative,
  ]

  /// One where a cell belongs to the set, zero elsewhere.
  public var indicator: SIMD8<Double> {
    let bits = SIMD8<Int64>(repeating: Int64(rawValue)) & SIMD8(1, 2, 4, 8, 16, 32, 64, 128)
    return SIMD8<Double>(repeating: 0).replacing(with: 1, where: bits .!= 0)
  }
}

/// How many rows, or how much weight, fall into each cell of labels × decisions.
///
/// Additive: the counts of a union of disjoint slices are the sum of theirs. Unweighted counts are
/// integers, held exactly as doubles up to 2⁵³.
public struct DecisionCounts: Sendable, Equatable {
  /// In the order of `DecisionCells`.
  public var cells: SIMD8<Double>

  public init(_ cells: SIMD8<Double> = SIMD8()) {
    self.cells = cells
  }

  public init(
    truePositives: Double, falsePositives: Double, falseNegatives: Double, trueNegatives: Double
  ) {
    cells = SIMD8(truePositives, falsePositives, falseNegatives, trueNegatives, 0, 0, 0, 0)
  }

  public var truePositives: Double { cells[0] }
  public var falsePositives: Double { cells[1] }
  public var falseNegatives: Double { cells[2] }
  public var trueNegatives: Double { cells[3] }
  public var positives: Double { cells[0] + cells[2] }
  public var negatives: Double { cells[1] + cells[3] }

  /// The sum over the cells of a set.
  public func sum(_ set: DecisionCells) -> Double { (cells * set.indicator).sum() }

  public static func + (left: Self, right: Self) -> Self { Self(left.cells + right.cells) }
  public static func += (left: inout Self, right: Self) { left.cells += right.cells }

  /// The index of the cell of a label and a decision (`nil`: missing), or `nil` if both are missing.
  public static func cell(label: Bool?, decision: Bool?) -> Int? {
    switch (label, decision) {
    case (true, true): 0
    case (false, true): 1
    case (true, false): 2
    case (false, false): 3
    case (nil, true): 4
    case (nil, false): 5
    case (true, nil): 6
    case (false, nil): 7
    case (nil, nil): nil
    }
  }
}
