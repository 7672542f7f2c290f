// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import EvenhandTabular
import RealModule
import Testing

/// Studentized permutation tests against all permutations, counted one by one.
@Suite("Permutation tests")
struct PermutationTests {
  private static let permutations = 20_000

  private func configuration(_ metric: String, scores: Bool) -> Configuration {
    (scores ? Configuration.scores() : .decisions()).with {
      $0.method = .bootstrap
      $0.metrics = [metric]
      $0.minimum = 2
      $0.replicates = 100
      $0.permutations = Self.permutations
    }
  }

  /// Whether a simulated p-value lies within four and a half standard errors of the exact one.
  private func isNear(_ p: Double?, _ exact: Double) -> Bool {
    guard let p else { return false }
    let b = Double(Self.permutations)
    return abs(p - exact) <= 4.5 * (exact * (1 - exact) / b).squareRoot() + 1 / b
  }

  @Test("Means of two groups of five: 14 of 252 splits reach |t|")
  func means() throws {
    // t² = 5.135951661631418 and 14 splits by itertools and numpy.var(ddof=1).
    let first = [0.13, 0.71, 0.42, 0.95, 0.55]
    let second = [0.22, 0.05, 0.37, 0.31, 0.11]
    let rows =
      first.map { Row(groups: ["a"], label: true, score: $0) }
      + second.map { Row(groups: ["b"], label: true, score: $0) }
    let test = try #require(
      Evaluator(configuration("mean_score", scores: true)).evaluate(rows.table())
        .test("mean_score", by: ["a"]))
    #expect(agreeRelatively(test.omnibus?.statistic, 5.135951661631418))
    #expect(isNear(test.permutation?.pValue, 14.0 / 252))
    #expect(test.permutation?.rangePValue == test.permutation?.pValue)
    #expect(test.permutation?.unit == "rows")
    #expect(test.permutation?.permutations == Self.permutations)
  }

  /// With so many rows deals and the F distribution say the same; 24,000 scores are merged into 128.
  @Test("Of many scores neighbours are merged", arguments: ["brier_score", "roc_auc"])
  func manyScores(_ metric: String) throws {
    var stream = RandomStream(seed: 41, family: 1, replicate: 0)
    let rows = (0..<24_000).map { index in
      let score = stream.uniform()
      // Labels of the first group follow the score a little less.
      let rate = index % 3 == 0 ? 0.5 + 0.97 * (score - 0.5) : score
      return Row(groups: ["\(index % 3)"], label: stream.uniform() < rate, score: score)
    }
    let own = configuration(metric, scores: true).with { $0.permutations = 2_000 }
    let test = try #require(Evaluator(own).evaluate(rows.table()).test(metric, by: ["a"]))
    let p = try #require(test.omnibus?.pValue)
    let error = (p * (1 - p) / 2_000).squareRoot()
    #expect(abs((test.permutation?.pValue ?? .nan) - p) < 4.5 * error + 0.01)
    #expect(p > 1e-6 && p < 0.9)
  }

  @Test("Rates 9/12 and 4/15: the hypergeometric probability of a t as large")
  func rates() throws {
    let rows = (0..<27).map { index in
      Row(groups: [index < 12 ? "a" : "b"], decision: index < 9 || index >= 23)
    }
    var own = configuration("selection_rate", scores: false)
    own.label = nil
    let test = try #require(
      Evaluator(own).evaluate(rows.table()).test("selection_rate", by: ["a"]))
    // scipy.stats.hypergeom summed over the tables whose t² reaches 8.720165386839934.
    #expect(agreeRelatively(test.omnibus?.statistic, 8.720165386839934))
    #expect(isNear(test.permutation?.pValue, 0.021300907853606745))
  }

  @Test("Areas of two groups of three positives and four negatives: all 1400 deals")
  func areas() throws {
    let positives = [0.9, 0.4, 0.7, 0.8, 0.35, 0.6]
    let negatives = [0.1, 0.5, 0.3, 0.2, 0.55, 0.85, 0.4, 0.65]
    func rows(_ scores: [Double], _ label: Bool) -> [Row] {
      scores.enumerated().map {
        Row(groups: [$0 < scores.count / 2 ? "a" : "b"], label: label, score: $1)
      }
    }
    func square(_ a: [Double], _ b: [Double], _ c: [Double], _ d: [Double]) -> Double {
      func part(_ own: DeLong) -> (Double, Double) {
        if let variance = own.variance, variance > 0 { return (own.auc, variance) }
        // A perfect or inverted ranking is smoothed: three of the smaller class.
        let p = (own.auc * 3 + 1) / 5
        return (own.auc, p * (1 - p) / 5)
      }
      let one = part(DeLong(positives: a, negatives: b))
      let two = part(DeLong(positives: c, negatives: d))
      return (one.0 - two.0) * (one.0 - two.0) / (one.1 + two.1)
    }
    let observed = square(
      Array(positives[..<3]), Array(negatives[..<4]), Array(positives[3...]),
      Array(negatives[4...]))
    var (reaching, deals) = (0, 0)
    for p in subsets(of: 6, size: 3) {
      for n in subsets(of: 8, size: 4) {
        let t = square(
          p.map { positives[$0] }, n.map { negatives[$0] },
          (0..<6).filter { !p.contains($0) }.map { positives[$0] },
          (0..<8).filter { !n.contains($0) }.map { negatives[$0] })
        if t >= observed - 1e-9 { reaching += 1 }
        deals += 1
      }
    }
    #expect(deals == 1400)
    // Drawn within group and label, no replicate is without an area.
    let own = configuration("roc_auc", scores: true).with { $0.resampling = .groupLabel }
    let test = try #require(
      Evaluator(own)
        .evaluate((rows(positives, true) + rows(negatives, false)).table())
        .test("roc_auc", by: ["a"]))
    #expect(agree(test.omnibus?.statistic, observed))
    #expect(isNear(test.permutation?.pValue, Double(reaching) / 1400))
  }

  /// All subsets of the numbers below `count`, in lexicographic order.
  private func subsets(of count: Int, size: Int, from first: Int = 0) -> [[Int]] {
    if size == 0 { return [[]] }
    return (first..<count).flatMap { start in
      subsets(of: count, size: size - 1, from: start + 1).map { [start] + $0 }
    }
  }

  @Test("Clusters in one group each: all 70 deals of eight clusters")
  func clusters() throws {
    let sizes = [3, 4, 2, 5, 4, 3, 6, 2]
    let selected = [1, 3, 2, 4, 1, 1, 2, 0]
    let rows = sizes.indices.flatMap { cluster in
      (0..<sizes[cluster]).map { index in
        Row(
          groups: [cluster < 4 ? "a" : "b"], decision: index < selected[cluster],
          cluster: "c\(cluster)")
      }
    }
    func part(_ own: [Int]) -> (Double, Double) {
      let n = Double(own.reduce(0) { $0 + sizes[$1] })
      let rate = Double(own.reduce(0) { $0 + selected[$1] }) / n
      let sum = own.reduce(0) { sum, cluster in
        let residual = Double(selected[cluster]) - rate * Double(sizes[cluster])
        return sum + residual * residual
      }
      return (rate, sum / (n * n) * 4 / 3)
    }
    func square(_ own: [Int]) -> Double {
      let (a, b) = (part(own), part((0..<8).filter { !own.contains($0) }))
      return (a.0 - b.0) * (a.0 - b.0) / (a.1 + b.1)
    }
    let observed = square([0, 1, 2, 3])
    let reaching = subsets(of: 8, size: 4).count { square($0) >= observed - 1e-9 }
    var own = configuration("selection_rate", scores: false)
    own.label = nil
    own.cluster = Name.cluster
    let test = try #require(
      Evaluator(own).evaluate(rows.table()).test("selection_rate", by: ["a"]))
    #expect(agree(test.omnibus?.statistic, observed))
    #expect(test.permutation?.unit == "clusters")
    #expect(isNear(test.permutation?.pValue, Double(reaching) / 70))
  }

  @Test("Clusters across groups: all 4·6·3 = 72 deals of rows within three clusters")
  func withinClusters() throws {
    // By cluster: its rows' decisions, and how many of its rows are in group a.
    let decisions = [[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 0]]
    let inFirst = [1, 2, 1]
    let chosen = [[0], [0, 1], [1]]
    let rows = decisions.indices.flatMap { cluster in
      decisions[cluster].indices.map { index in
        Row(
          groups: [chosen[cluster].contains(index) ? "a" : "b"],
          decision: decisions[cluster][index] == 1, cluster: "c\(cluster)")
      }
    }
    func square(_ first: [[Int]]) -> Double {
      var sizes = [0.0, 0.0]
      var sums = [0.0, 0.0]
      for cluster in decisions.indices {
        for index in decisions[cluster].indices {
          let group = first[cluster].contains(index) ? 0 : 1
          sizes[group] += 1
          sums[group] += Double(decisions[cluster][index])
        }
      }
      let rates = zip(sums, sizes).map { $0 / $1 }
      var variance = [0.0, 0.0]
      var between = 0.0
      for cluster in decisions.indices {
        var residuals = [0.0, 0.0]
        for index in decisions[cluster].indices {
          let group = first[cluster].contains(index) ? 0 : 1
          residuals[group] += (Double(decisions[cluster][index]) - rates[group]) / sizes[group]
        }
        for group in 0..<2 { variance[group] += residuals[group] * residuals[group] * 3 / 2 }
        between += residuals[0] * residuals[1] * 3 / 2
      }
      for group in 0..<2 where variance[group] < 1e-30 {
        let p = (rates[group] * 3 + 1) / 5
        variance[group] = p * (1 - p) / 5
      }
      let distance = rates[0] - rates[1]
      return distance * distance / (variance[0] + variance[1] - 2 * between)
    }
    let observed = square(chosen)
    var (reaching, deals) = (0, 0)
    for a in subsets(of: 4, size: inFirst[0]) {
      for b in subsets(of: 4, size: inFirst[1]) {
        for c in subsets(of: 3, size: inFirst[2]) {
          if square([a, b, c]) >= observed - 1e-9 { reaching += 1 }
          deals += 1
        }
      }
    }
    #expect(deals == 72 && reaching < 72)
    var own = configuration("selection_rate", scores: false)
    own.label = nil
    own.cluster = Name.cluster
    let test = try #require(
      Evaluator(own).evaluate(rows.table()).test("selection_rate", by: ["a"]))
    #expect(agree(test.omnibus?.statistic, observed))
    #expect(test.permutation?.unit == "rows within clusters")
    #expect(isNear(test.permutation?.pValue, Double(reaching) / 72))
  }

  @Test("Groups change places within the values of a condition only")
  func strata() throws {
    // Group a is mostly in the stratum where 80 % are selected, b where 20 % are; within a stratum
    // both have the same rate.
    let rows = (0..<400).map { index in
      let isHigh = index % 2 == 0
      let isFirst = isHigh ? index % 10 < 8 : index % 10 < 2
      return Row(
        groups: [isFirst ? "a" : "b"], decision: isHigh ? index / 10 % 5 < 4 : index / 10 % 5 < 1,
        stratum: isHigh ? "high" : "low")
    }
    var own = configuration("selection_rate", scores: false)
    own.label = nil
    let without = try #require(
      Evaluator(own).evaluate(rows.table()).test("selection_rate", by: ["a"]))
    #expect(without.permutation?.pValue == rounded6(1 / Double(Self.permutations + 1)))
    own.condition = Name.stratum
    let result = try Evaluator(own).evaluate(rows.table())
    let within = try #require(result.test("selection_rate", by: ["a"]))
    #expect(within.permutation?.unit == "rows within strata")
    #expect((within.permutation?.pValue ?? 0) > 0.3)
    #expect(within.omnibus == without.omnibus)
    let strata = result.tests.filter { $0.condition != nil }
    #expect(strata.count == 2 && strata.allSatisfy { $0.permutation?.unit == "rows" })
  }

  private func rounded6(_ value: Double) -> Double {
    let scale = Double.pow(10, 5 - Double.log10(value).rounded(.down))
    return (value * scale).rounded() / scale
  }
}
