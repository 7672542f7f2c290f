// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch

/// A small table drawn at random, with missing values and multiplicities.
struct RandomTable {
  /// By feature, by row.
  let codes: [[Int32]]
  let widths: [Int]
  let multiplicities: [Int]
  let errors: [Double]

  init(
    _ stream: inout RandomStream, rows: ClosedRange<Int>, features: ClosedRange<Int>,
    isBinary: Bool, isCounted: Bool
  ) {
    let count = Int.random(in: rows, using: &stream)
    let widths = (0..<Int.random(in: features, using: &stream)).map { _ in
      Int.random(in: 1...4, using: &stream)
    }
    codes = widths.map { width in
      (0..<count).map { _ in
        stream.uniform() < 0.1 ? -1 : Int32.random(in: 0..<Int32(width), using: &stream)
      }
    }
    self.widths = widths
    multiplicities = (0..<count).map { _ in isCounted ? Int.random(in: 0...5, using: &stream) : 1 }
    // Few distinct losses, so that scores tie.
    errors = (0..<count).map { _ in
      isBinary
        ? (stream.uniform() < 0.3 ? 1 : 0) : Double(Int.random(in: 0...6, using: &stream)) * 0.37
    }
  }

  /// The table with other rows, in the given order.
  private init(_ table: RandomTable, rows: [Int], multiplicities: [Int]) {
    codes = table.codes.map { column in rows.map { column[$0] } }
    widths = table.widths
    errors = rows.map { table.errors[$0] }
    self.multiplicities = multiplicities
  }

  var expanded: RandomTable {
    let rows = multiplicities.enumerated().flatMap { repeatElement($0, count: $1) }
    return RandomTable(self, rows: rows, multiplicities: rows.map { _ in 1 })
  }

  func shuffled(_ stream: inout RandomStream) -> RandomTable {
    let rows = errors.indices.shuffled(using: &stream)
    return RandomTable(self, rows: rows, multiplicities: rows.map { multiplicities[$0] })
  }

  var total: Int { multiplicities.reduce(0, +) }

  func features() throws -> SliceFeatures {
    try SliceFeatures(
      zip(codes, widths).enumerated().map { index, column in
        SliceFeature(
          name: "f\(index)", values: (0..<column.1).map { "v\($0)" }, codes: column.0)
      }, multiplicities: multiplicities)
  }

  /// Every slice with its rows, by plain enumeration.
  func slices(depth: Int, minimum: Int) -> [(slice: Slice, rows: [Int])] {
    var found: [(slice: Slice, rows: [Int])] = []
    func grow(_ predicates: [SlicePredicate], _ rows: [Int], from first: Int) {
      if predicates.count == depth { return }
      for feature in first..<codes.count {
        for value in 0..<widths[feature] {
          let part = rows.filter { codes[feature][$0] == Int32(value) }
          if part.reduce(0, { $0 + multiplicities[$1] }) < minimum { continue }
          let longer = predicates + [SlicePredicate(feature: feature, value: value)]
          found.append((Slice(longer), part))
          grow(longer, part, from: feature + 1)
        }
      }
    }
    grow([], Array(errors.indices), from: 0)
    return found.sorted { $0.slice < $1.slice }
  }

  func size(_ rows: [Int]) -> Int { rows.reduce(0) { $0 + multiplicities[$1] } }

  func sum(_ rows: [Int]) -> Double {
    rows.reduce(0) { $0 + Double(multiplicities[$1]) * errors[$1] }
  }
}
