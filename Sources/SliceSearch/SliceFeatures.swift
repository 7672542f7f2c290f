// SPDX-License-Identifier: Apache-2.0

/// The encoded columns that slices are made of, with the multiplicities of their rows.
///
/// A row whose value is missing belongs to no predicate of that column, but counts among all rows. A
/// counted table equals its expansion: everything computed from the one is, to the last bit, what is
/// computed from the other. Rows of multiplicity 0 take no part.
public struct SliceFeatures: Sendable {
  /// The columns.
  public let features: [SliceFeature]
  /// By row how often it occurs; `nil` when every row occurs once.
  public let multiplicities: [Int]?
  /// Rows as they are stored.
  public let rowCount: Int
  /// Rows as they are counted: the sum of the multiplicities.
  public let total: Int

  /// - Parameters:
  ///   - features: at least one; as many codes in each.
  ///   - multiplicities: by row, none negative; `nil` when every row occurs once.
  /// - Throws: `SliceSearchError` when a column has another length or a code outside its values, a
  ///   multiplicity is negative, their sum does not fit 32 bits, or there are no columns or rows.
  public init(_ features: [SliceFeature], multiplicities: [Int]? = nil) throws(SliceSearchError) {
    guard let rows = features.first?.codes.count else { throw .noFeatures }
    for (index, feature) in features.enumerated() {
      guard feature.codes.count == rows else {
        throw .lengthMismatch(expected: rows, found: feature.codes.count)
      }
      let valid = -1..<Int32(clamping: feature.values.count)
      if let row = feature.codes.firstIndex(where: { !valid.contains($0) }) {
        throw .codeOutOfRange(feature: index, row: row)
      }
    }
    self.features = features
    self.multiplicities = multiplicities
    rowCount = rows
    total = try Self.total(of: multiplicities, rows: rows)
  }

  private static func total(of multiplicities: [Int]?, rows: Int) throws(SliceSearchError) -> Int {
    if let multiplicities, multiplicities.count != rows {
      throw .lengthMismatch(expected: rows, found: multiplicities.count)
    }
    if let row = multiplicities?.firstIndex(where: { $0 < 0 }) {
      throw .negativeMultiplicity(row: row)
    }
    var total = 0
    for multiplicity in multiplicities ?? [rows] {
      let (sum, overflow) = total.addingReportingOverflow(multiplicity)
      if overflow || sum > Int(Int32.max) { throw .tooManyRows }
      total = sum
    }
    if total == 0 { throw .noRows }
    return total
  }

  /// How often a row occurs.
  public func multiplicity(_ row: Int) -> Int { multiplicities?[row] ?? 1 }

  /// Whether a row belongs to a slice.
  public func contains(_ slice: Slice, row: Int) -> Bool {
    slice.predicates.allSatisfy { features[$0.feature].codes[row] == Int32($0.value) }
  }

  /// The same table without the rows that are not marked: what is left for a search when some rows are
  /// held out, or what a metric conditions on.
  ///
  /// - Throws: `SliceSearchError` when there are not as many marks as rows, or no row is left.
  public func keeping(_ marks: [Bool]) throws(SliceSearchError) -> SliceFeatures {
    guard marks.count == rowCount else {
      throw .lengthMismatch(expected: rowCount, found: marks.count)
    }
    return try SliceFeatures(
      features, multiplicities: marks.indices.map { marks[$0] ? multiplicity($0) : 0 })
  }

  /// A slice as a reader writes it: `race = Black, sex = Female`.
  public func description(of slice: Slice) -> String {
    slice.predicates.map { predicate in
      let feature = features[predicate.feature]
      return "\(feature.name) = \(feature.values[predicate.value])"
    }.joined(separator: ", ")
  }
}
