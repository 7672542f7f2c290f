// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import RealModule
import Testing

@Suite("Multicalibration")
struct MulticalibrationTests {
  private struct Row {
    var score: Double
    var label: Bool
    var cell: Int
    var weight = 1.0
    var rows = 1.0
  }

  /// Two attributes of 2 and 3 values: everybody, five values, six intersections.
  private static let crossed: [[Int]] =
    [Array(0..<6), [0, 1, 2], [3, 4, 5], [0, 3], [1, 4], [2, 5]] + (0..<6).map { [$0] }

  private func calibration(
    _ rows: [Row], groups: [[Int]] = crossed, bins: Int, minimum: Double = 10,
    leastVariance: Double = 5
  ) -> Multicalibration {
    let pooled = RankedScores(scores: rows.map(\.score), labels: rows.map(\.label))
    let cells = (groups.flatMap(\.self).max() ?? 0) + 1
    var result = Multicalibration(
      cellCount: cells, groups: groups, edges: BinEdges(equalMass: pooled, bins: bins),
      minimum: minimum, leastVariance: leastVariance)
    for row in rows {
      result.add(
        score: row.score, label: row.label, cell: row.cell, weight: row.weight, rows: row.rows)
    }
    return result
  }

  private func random(
    _ count: Int, _ random: inout RandomRows, score: (Double) -> Double = { $0 },
    rate: (Double, Int) -> Double = { score, _ in score }
  ) -> [Row] {
    (0..<count).map { _ in
      let score = score(random.stream.uniform())
      // Cells of unequal size: 2/7 down to 1/14 of the rows.
      let cells = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5]
      let cell = cells[Int.random(in: 0..<14, using: &random.stream)]
      return Row(score: score, label: random.stream.uniform() < rate(score, cell), cell: cell)
    }
  }

  @Test("Mean residual, standard error and z of each group and bin by their formulas")
  func regions() throws {
    var source = RandomRows(70)
    var rows = random(400, &source)
    for index in rows.indices { rows[index].weight = 0.5 + source.stream.uniform() }
    let calibration = calibration(rows, bins: 4)
    let regions = calibration.regions()
    #expect(regions.count == 48)
    for region in regions {
      let members = rows.filter {
        calibration.groups[region.group].contains($0.cell)
          && calibration.edges.bin(of: $0.score) == region.bin
      }
      let mass = members.reduce(0) { $0 + $1.weight }
      let sum = members.reduce(0) { $0 + $1.weight * (($1.label ? 1 : 0) - $1.score) }
      let variance = members.reduce(0) {
        $0 + $1.weight * $1.weight * $1.score * (1 - $1.score)
      }
      #expect(region.rows == Double(members.count))
      #expect(region.positives == Double(members.count { $0.label }))
      #expect(abs(region.meanResidual - sum / mass) < 1e-12)
      #expect(abs(region.standardError - variance.squareRoot() / mass) < 1e-12)
      let heaviest = members.reduce(0) { max($0, $1.weight) }
      let isLeftOut = members.count < 10 || variance < 5 * heaviest * heaviest
      #expect((region.excluded != nil) == isLeftOut)
      if let z = region.z { #expect(abs(z - sum / variance.squareRoot()) < 1e-9) }
    }
  }

  @Test("One cell of equal scores: |z| has the exact binomial law, drawn by rows or as a whole")
  func law() throws {
    // Variances 1.96 (rows), 38.2 and 158 (whole); skewness .69, .16 and .08.
    for (rows, score) in [(100, 0.02), (1950, 0.02), (1000, 0.2)] {
      let table = [Row(score: score, label: false, cell: 0, rows: Double(rows))]
      let calibration = calibration(table, groups: [[0]], bins: 1, leastVariance: 0)
      let drawn = LabelReplicates(calibration).maxima(0..<100_000, seed: 9, family: 3)
      let deviation = (Double(rows) * score * (1 - score)).squareRoot()
      for limit in [0.5, 1, 1.96, 2.6, 3.3] {
        let expected = binomialTail(rows, score, beyond: limit * deviation)
        let found = Double(drawn.count { $0 > limit }) / 1e5
        let error = (expected * (1 - expected) / 1e5).squareRoot()
        #expect(abs(found - expected) < 4 * error + 0.01 * expected, "\(rows) \(limit)")
      }
    }
  }

  /// P(|X − np| > distance) by summing the probabilities.
  private func binomialTail(_ n: Int, _ p: Double, beyond distance: Double) -> Double {
    var (mass, inside) = (Double.exp(Double(n) * Double.log(onePlus: -p)), 0.0)
    for count in 0...n {
      if abs(Double(count) - Double(n) * p) <= distance { inside += mass }
      mass *= Double(n - count) / Double(count + 1) * p / (1 - p)
    }
    return 1 - inside
  }

  @Test("Blocks of replicates, the order of rows and counting change no number")
  func invariance() throws {
    var source = RandomRows(71)
    let rows = random(800, &source, score: { ($0 * 40).rounded() / 40 })
    let replicates = LabelReplicates(calibration(rows, bins: 5))
    let whole = replicates.maxima(0..<60, seed: 4, family: 1)
    let parts = [0..<7, 7..<40, 40..<60].flatMap { replicates.maxima($0, seed: 4, family: 1) }
    #expect(parts == whole)
    let shuffled = calibration(rows.shuffled(using: &source.stream), bins: 5)
    var counted = Multicalibration(
      cellCount: 6, groups: Self.crossed, edges: shuffled.edges)
    for cell in 0..<6 {
      for score in Set(rows.map(\.score)) {
        for label in [false, true] {
          let count = rows.count { $0.cell == cell && $0.score == score && $0.label == label }
          if count > 0 { counted.add(score: score, label: label, cell: cell, rows: Double(count)) }
        }
      }
    }
    for other in [shuffled, counted] {
      let maxima = LabelReplicates(other).maxima(0..<60, seed: 4, family: 1)
      #expect(zip(maxima, whole).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test("Family-wise error at most .05 where every score is right: 2,000 tables of two kinds")
  func familyWiseError() throws {
    // Twelve groups of six small cells with skewed scores, drawn by rows; then two large cells, whose
    // sums have variances of about 50 and are drawn as wholes.
    for (rows, bins, groups) in [(240, 4, Self.crossed), (900, 2, [[0, 1], [0], [1]])] {
      let isSmall = groups.count > 3
      var source = RandomRows(72)
      var rejected = 0
      for table in 0..<2000 {
        var drawn = random(
          rows, &source, score: { isSmall ? $0 * $0 * $0 : 0.2 + 0.6 * $0 })
        if !isSmall { for row in drawn.indices { drawn[row].cell = drawn[row].cell < 2 ? 0 : 1 } }
        let calibration = calibration(drawn, groups: groups, bins: bins)
        let maxima = LabelReplicates(calibration).maxima(
          0..<199, seed: UInt64(table), family: UInt32(rows))
        let test = try MulticalibrationTest(calibration, maxima: maxima)
        let smallest = try #require(test.adjustedPValues[test.worst])
        if smallest <= 0.05 { rejected += 1 }
        let z = try #require(test.regions[test.worst].z)
        #expect((smallest <= 0.05) == (abs(z) > test.criticalValue))
      }
      let limits = ClopperPearson.interval(
        successes: Double(rejected), trials: 2000, confidence: 0.98)
      #expect(limits.low <= 0.05 && limits.high >= 0.04, "\(rejected) of 2,000")
    }
  }

  @Test("A cell whose scores are .15 too high is found, and named with the groups it weighs in")
  func power() throws {
    var source = RandomRows(73)
    let rows = random(
      3000, &source, score: { 0.2 + 0.6 * $0 }, rate: { $1 == 5 ? $0 - 0.15 : $0 })
    let calibration = calibration(rows, bins: 3)
    let maxima = LabelReplicates(calibration).maxima(0..<999, seed: 1, family: 2)
    let test = try MulticalibrationTest(calibration, maxima: maxima)
    let found = test.regions.indices.filter { (test.adjustedPValues[$0] ?? 1) <= 0.05 }
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { Self.crossed[test.regions[$0].group].contains(5) })
    #expect(Self.crossed[test.regions[test.worst].group] == [5])
    #expect(test.regions[test.worst].meanResidual < -0.05)
    // Twelve groups × three bins: between one normal limit and the Bonferroni one of 36.
    #expect(test.criticalValue > 1.96 && test.criticalValue < 3.4)
  }

  private static let tooSure = "scores so near 0 or 1 that chance has too little room"

  /// Of the second group one drawn label in five replicates would be 1.8, two in fifty 4 standard errors.
  @Test("A sum of labels with a variance under 5 is left out, one from 5 on is not")
  func leastVariance() {
    let rows = [
      Row(score: 0.5, label: false, cell: 0, rows: 20),
      Row(score: 0.001, label: false, cell: 1, rows: 200),
      Row(score: 0.5, label: false, cell: 2, rows: 19),
    ]
    let calibration = calibration(rows, groups: [[0], [1], [2]], bins: 1)
    #expect(calibration.regions().map(\.excluded) == [nil, Self.tooSure, Self.tooSure])
    let largest = LabelReplicates(calibration).maxima(0..<999, seed: 2, family: 2).max() ?? 0
    #expect(largest <= 20 * 0.5 / 5.0.squareRoot())
  }

  @Test("Small regions and scores of 0 and 1 are left out with their reasons")
  func excluded() throws {
    var rows = (0..<9).map { Row(score: 0.3, label: $0 < 3, cell: 0) }
    rows += (0..<12).map { Row(score: 1, label: $0 > 0, cell: 1) }
    let calibration = calibration(rows, groups: [[0], [1]], bins: 2)
    let reasons = calibration.regions().map(\.excluded)
    #expect(reasons == ["fewer than 10 rows", Self.tooSure])
    #expect(throws: Undefined.self) { try MulticalibrationTest(calibration, maxima: [0, 0]) }
  }
}
