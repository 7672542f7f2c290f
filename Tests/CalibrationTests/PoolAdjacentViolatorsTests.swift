// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import Foundation
import Testing

/// Fits by scikit-learn: see Reference/make_isotonic.py.
struct IsotonicReference: Decodable {
  struct Sequence: Decodable {
    var values: [Double]
    var weights: [Double]
    var fit: [Double]
  }

  struct Sample: Decodable {
    var name: String
    var scores: [Double]
    var labels: [Int]
    var weights: [Double]
    var rates: [Double]
    var brier: Double
    var miscalibration: Double
    var discrimination: Double
    var uncertainty: Double

    var sample: CalibrationSample {
      CalibrationSample(
        scores.indices.map {
          CalibrationRow(score: scores[$0], label: labels[$0] == 1, weight: weights[$0])
        })
    }
  }

  var sequences: [Sequence]
  var samples: [Sample]

  static func read() throws -> IsotonicReference {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "Reference/isotonic.json")
    return try JSONDecoder().decode(IsotonicReference.self, from: Data(contentsOf: file))
  }
}

@Suite struct PoolAdjacentViolatorsTests {
  private func fit(_ values: [Double], _ weights: [Double]) -> [Double] {
    PoolAdjacentViolators(sums: zip(values, weights).map { $0 * $1 }, weights: weights).fitted
  }

  @Test func agreesWithScikitLearn() throws {
    let reference = try IsotonicReference.read()
    #expect(reference.sequences.count == 6)
    for sequence in reference.sequences {
      let own = fit(sequence.values, sequence.weights)
      #expect(own.count == sequence.fit.count)
      #expect(zip(own, sequence.fit).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test(arguments: 0..<20 as Range<UInt32>) func laws(_ replicate: UInt32) {
    var random = RandomSamples(1, replicate: replicate)
    let rows = random.rows(200, weights: [0.3, 1, 2.5, 7])
    let (values, weights) = (rows.map(\.score), rows.map(\.weight))
    let fitted = fit(values, weights)
    // Monotone, idempotent, the weighted mean kept.
    #expect(zip(fitted, fitted.dropFirst()).allSatisfy { $0 <= $1 })
    let again = fit(fitted, weights)
    #expect(zip(again, fitted).allSatisfy { abs($0 - $1) < 1e-12 })
    func mean(_ values: [Double]) -> Double { zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    #expect(abs(mean(fitted) - mean(values)) < 1e-9)
    // A weight of 2 is two entries of weight 1.
    let whole = weights.map { Double(Int($0) + 1) }
    let expanded = values.indices.flatMap { Array(repeating: values[$0], count: Int(whole[$0])) }
    let places = values.indices.flatMap { Array(repeating: $0, count: Int(whole[$0])) }
    let counted = fit(values, whole)
    let single = fit(expanded, Array(repeating: 1, count: expanded.count))
    #expect(zip(single, places).allSatisfy { abs($0 - counted[$1]) < 1e-12 })
  }

  @Test func weightlessEntriesJoinANeighbour() {
    let pooled = PoolAdjacentViolators(sums: [0, 1, 0, 2, 0], weights: [0, 2, 0, 2, 0])
    #expect(pooled.fitted == [0.5, 0.5, 0.5, 1, 1])
    #expect(PoolAdjacentViolators(sums: [], weights: []).blocks.isEmpty)
  }
}
