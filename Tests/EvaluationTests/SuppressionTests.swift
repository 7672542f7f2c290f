// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Foundation
import Testing

/// What is withheld cannot be had from what is shown.
@Suite("Suppression")
struct SuppressionTests {
  static let limit = 5

  /// Two or three attributes, sometimes a condition, with rare groups.
  static func table(_ seed: UInt64) -> RandomTable {
    var table = RandomTable(seed: seed, design: .simple)
    var stream = RandomStream(seed: seed, family: 902, replicate: 0)
    let depth = seed % 3 == 0 ? 3 : 2
    let size = Int.random(in: 40...160, using: &stream)
    table.rows = (0..<size).map { _ in
      let groups = (0..<depth).map { _ -> String? in
        // Shares 1/2, 1/4, 1/8, …: the last groups are rare.
        var group = 0
        while group < 3 && stream.uniform() < 0.5 { group += 1 }
        return "g\(group)"
      }
      let score = stream.uniform()
      return Row(
        groups: groups, label: stream.uniform() < 0.1 + 0.6 * score, score: score,
        stratum: "s\(Int.random(in: 0..<2, using: &stream))")
    }
    table.configuration = Configuration.scores(depth: depth).with {
      $0.replicates = 100
      $0.minimum = 1
      $0.condition = seed % 4 == 1 ? Name.stratum : nil
      $0.intersections = seed % 5 == 0 ? 1 : depth
      $0.suppressBelow = limit
    }
    return table
  }

  static let seeds = (0..<24).map { UInt64($0) }

  /// The rows of a slice, counted from the table.
  private func rows(_ slice: Slice, of table: RandomTable) -> [Row] {
    table.rows.filter { row in
      slice.assignments.allSatisfy { assignment in
        if assignment.attribute == Name.stratum { return row.stratum == assignment.group }
        let place = Name.attributes.firstIndex(of: assignment.attribute) ?? 0
        return row.groups[place] == assignment.group
      }
    }
  }

  @Test("Small slices and small classes are withheld, everywhere", arguments: seeds)
  func withheld(seed: UInt64) throws {
    let table = Self.table(seed)
    let result = try table.evaluate()
    let hidden = Set(result.slices.filter { $0.status == .suppressed }.map(\.slice))
    for record in result.slices {
      let own = rows(record.slice, of: table)
      let positives = own.count { $0.label == true }
      let isSmall = ([own.count] + [positives, own.count - positives].filter { $0 > 0 })
        .contains { $0 < Self.limit }
      if isSmall { #expect(hidden.contains(record.slice), "\(record.slice)") }
      if !hidden.contains(record.slice) { #expect(record.n == own.count) }
    }
    for found in result.measurements where hidden.contains(found.slice) {
      #expect(found.status == .suppressed && found.n == nil)
      #expect(found.value == nil && found.interval == nil && found.standardError == nil)
      #expect(found.numerator == nil && found.denominator == nil && found.nullReference == nil)
    }
    for gap in result.gaps {
      for slice in [gap.slice, gap.reference].compactMap({ $0 }) {
        #expect(!hidden.contains(slice))
      }
      for exclusion in gap.excluded where hidden.contains(exclusion.slice) {
        #expect(exclusion.denominator == nil)
      }
    }
    #expect(result.curves.allSatisfy { !hidden.contains($0.slice) })
    #expect(result.tally == nil)
  }

  @Test("No withheld slice is the one missing part of a shown one", arguments: seeds)
  func subtraction(seed: UInt64) throws {
    let table = Self.table(seed)
    let records = try table.evaluate().slices
    let hidden = Set(records.filter { $0.status == .suppressed }.map(\.slice))
    let shown = Set(records.map(\.slice)).subtracting(hidden)
    let attributes = Name.attributes + [Name.stratum]
    for slice in hidden {
      for attribute in attributes where slice.attributes.contains(attribute) {
        let whole = slice.without(attribute)
        guard shown.contains(whole) else { continue }
        let siblings = records.map(\.slice).filter {
          $0.attributes == slice.attributes && $0.without(attribute) == whole
        }
        #expect(siblings.count(where: hidden.contains) > 1, "\(slice) along \(attribute)")
      }
    }
  }

  /// The strongest reader: any linear combination of shown slices. A withheld slice is revealed if its
  /// rows' indicator over full-depth cells lies in the span of the shown ones.
  @Test("No small slice follows from any combination of shown ones", arguments: seeds)
  func combination(seed: UInt64) throws {
    let table = Self.table(seed)
    let records = try table.evaluate().slices
    let cells = Array(Set(table.rows.map { $0.groups.map { $0 ?? "" } + [$0.stratum ?? ""] }))
    let depth = table.configuration.attributes.count
    func indicator(_ slice: Slice) -> [Double] {
      cells.map { cell in
        slice.assignments.allSatisfy { assignment in
          let place =
            assignment.attribute == Name.stratum
            ? depth : Name.attributes.firstIndex(of: assignment.attribute) ?? 0
          return cell[place] == assignment.group
        } ? 1 : 0
      }
    }
    var span = Span(width: cells.count)
    for record in records where record.status != .suppressed { span.add(indicator(record.slice)) }
    for record in records where record.status == .suppressed {
      let own = rows(record.slice, of: table)
      let positives = own.count { $0.label == true }
      let isSmall = ([own.count] + [positives, own.count - positives].filter { $0 > 0 })
        .contains { $0 < Self.limit }
      if isSmall { #expect(!span.contains(indicator(record.slice)), "\(record.slice)") }
    }
  }

  /// The linear span of vectors, by Gaussian elimination.
  private struct Span {
    var width: Int
    /// Reduced vectors by their leading place.
    var basis: [Int: [Double]] = [:]

    private func reduced(_ vector: [Double]) -> [Double] {
      var rest = vector
      for place in 0..<width where abs(rest[place]) > 1e-9 {
        guard let base = basis[place] else { continue }
        let factor = rest[place]
        for index in 0..<width { rest[index] -= factor * base[index] }
      }
      return rest
    }

    mutating func add(_ vector: [Double]) {
      let rest = reduced(vector)
      guard let lead = rest.firstIndex(where: { abs($0) > 1e-9 }) else { return }
      basis[lead] = rest.map { $0 / rest[lead] }
    }

    func contains(_ vector: [Double]) -> Bool {
      reduced(vector).allSatisfy { abs($0) <= 1e-9 }
    }
  }

  @Test("The number of missing values does not give away a withheld group of missing values")
  func missing() throws {
    var table = Self.table(2)
    for index in 0..<3 { table.rows[index].groups[0] = nil }
    let result = try table.evaluate()
    let missing = try #require(result.slices.first { $0.slice == .of(["a": nil] as KeyValuePairs) })
    #expect(missing.status == .suppressed)
    #expect(result.attributes.allSatisfy { $0.missing != 3 })
    #expect(result.data.columns.allSatisfy { $0.missing != 3 })
  }
}
