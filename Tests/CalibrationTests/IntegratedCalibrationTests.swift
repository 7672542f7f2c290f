// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import Testing

/// Against R's loess fitted at every score: Reference/make_reference_r.R.
@Suite("Integrated calibration index")
struct IntegratedCalibrationTests {
  struct Document: Decodable {
    var loess: [String: Distances]
  }

  struct Distances: Decodable {
    var n: Double
    var ici: Double
    var e50: Double
    var e90: Double
  }

  @Test("Adult by race and one age group, both models, 139 to 4,325 rows: as in R")
  func adult() throws {
    let document = try AdultPredictions.reference("reference_r.json", as: Document.self)
    #expect(document.loess.count == 10)
    for (key, expected) in document.loess {
      let parts = key.split(separator: "/").map(String.init)
      let attribute = parts[1] == "25-34" ? "age_group" : "race"
      let sample = try AdultPredictions.sample(parts[0], attribute, parts[1])
      #expect(sample.rowCount == expected.n)
      let prepared = try IntegratedCalibrationIndex().prepare(sample)
      let found = prepared.distances(positives: sample.positiveMasses)
      // Fitted at every score up to 256 distinct ones.
      let tolerance = sample.count <= 256 ? 1e-10 : 1e-5
      #expect(abs(found.mean - expected.ici) < tolerance, "\(key)")
      #expect(abs(found.median - expected.e50) < 5 * tolerance, "\(key)")
      #expect(abs(found.ninetieth - expected.e90) < 5 * tolerance, "\(key)")
    }
  }

  @Test("Rates that are a quadratic of the score come back exactly, on few and on many scores")
  func quadratic() throws {
    var random = RandomRows(60)
    for rows in [40, 2000] {
      let scores = random.uniform(rows).map { $0 * $0 }
      let sample = CalibrationSample(scores: scores, labels: random.labels(scores))
      let rates = sample.scores.map { 0.1 + 0.3 * $0 + 0.5 * $0 * $0 }
      let prepared = try IntegratedCalibrationIndex().prepare(sample)
      let positives = zip(sample.masses, rates).map { $0 * $1 }
      let curve = prepared.curve(positives: positives)
      let worst = zip(prepared.nodes, curve).reduce(0) { worst, point in
        let (node, rate) = point
        return max(worst, abs(rate - (0.1 + 0.3 * node + 0.5 * node * node)))
      }
      // Sharing rows between nodes moves a curve most at its ends.
      #expect(worst < (rows == 40 ? 1e-12 : 1e-4))
      let expected = zip(sample.scores, rates).reduce(0) { $0 + abs($1.0 - $1.1) }
      let index = prepared.value(positives: positives)
      #expect(abs(index - expected / Double(rows)) < (rows == 40 ? 1e-12 : 1e-5))
    }
  }

  @Test("One score, two scores, rows piled on one score")
  func few() throws {
    var sample = CalibrationSample()
    sample.append(score: 0.3, label: true, rows: 6)
    sample.append(score: 0.3, label: false, rows: 4)
    #expect(abs(try IntegratedCalibrationIndex().value(sample) - 0.3) < 1e-12)
    // The pile holds 75 % of the rows: nothing else is within its reach. The other score's reach
    // ends at the pile, where the weight is 0.
    sample.append(score: 0.7, label: true, rows: 1)
    sample.append(score: 0.7, label: false, rows: 2)
    let expected = (10 * 0.3 + 3 * (0.7 - 1.0 / 3)) / 13
    #expect(abs(try IntegratedCalibrationIndex().value(sample) - expected) < 1e-12)
    #expect(throws: Undefined.self) { try IntegratedCalibrationIndex().value(CalibrationSample()) }
  }
}
