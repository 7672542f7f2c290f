// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule
import Testing

/// Laws of metrics that need the scores in order.
@Suite("Laws of ranking metrics")
struct RankingLawTests {
  private let metrics = Catalogue.standard.ranked

  /// Tables with many ties and with few, unweighted and weighted.
  private static func tables(_ family: UInt32) -> [[ScoredRow]] {
    var draws = Draws(family)
    return (0..<24).map { index in
      draws.rows(
        40 + 5 * index, grid: index % 2 == 0 ? 10 : 1e6, unlabelled: index % 3 == 0 ? 0.2 : 0,
        weighted: index % 4 > 1)
    }
  }

  @Test("AUC is the weighted share of pairs ranked rightly, ties half", arguments: tables(51))
  func pairs(rows: [ScoredRow]) throws {
    var (won, total) = (0.0, 0.0)
    for one in rows where one.label == true {
      for other in rows where other.label == false {
        let weight = one.weight * other.weight
        total += weight
        won += weight * (one.score > other.score ? 1 : one.score == other.score ? 0.5 : 0)
      }
    }
    #expect(agree(try AreaUnderROC().value(RankedScores(rows)), won / total))
  }

  @Test("Average precision is Σ (Rₜ − Rₜ₋₁) Pₜ over thresholds", arguments: tables(52))
  func steps(rows: [ScoredRow]) throws {
    let labelled = rows.filter { $0.label != nil }
    let positives = labelled.filter { $0.label == true }.reduce(0) { $0 + $1.weight }
    var (sum, before) = (0.0, 0.0)
    for threshold in Set(labelled.map(\.score)).sorted(by: >) {
      let selected = labelled.filter { $0.score >= threshold }
      let right = selected.filter { $0.label == true }.reduce(0) { $0 + $1.weight }
      sum += (right - before) / positives * right / selected.reduce(0) { $0 + $1.weight }
      before = right
    }
    #expect(agree(try AveragePrecision().value(RankedScores(rows)), sum))
  }

  @Test("DeLong's variance by its definition, from all pairs", arguments: tables(53))
  func delong(rows: [ScoredRow]) throws {
    let positives = rows.filter { $0.label == true }.map(\.score)
    let negatives = rows.filter { $0.label == false }.map(\.score)
    func wins(_ a: Double, _ b: Double) -> Double { a > b ? 1 : a == b ? 0.5 : 0 }
    func variance(_ values: [Double]) -> Double {
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) / n
    }
    let first = positives.map { p in
      negatives.reduce(0) { $0 + wins(p, $1) } / Double(negatives.count)
    }
    let second = negatives.map { n in
      positives.reduce(0) { $0 + wins($1, n) } / Double(positives.count)
    }
    let view = RankedScores(scores: rows.map(\.score), labels: rows.map(\.label))
    let found = try AreaUnderROC().estimate(view).variance
    #expect(agree(found / (variance(first) + variance(second)), 1, within: 1e-10))
  }

  @Test("Reversed scores have the AUC 1 − AUC and the same variance", arguments: tables(54))
  func reversal(rows: [ScoredRow]) throws {
    let reversed = rows.map { ScoredRow(score: 1 - $0.score, label: $0.label, weight: $0.weight) }
    let one = try AreaUnderROC().estimate(RankedScores(rows))
    let other = try AreaUnderROC().estimate(RankedScores(reversed))
    #expect(agree(one.value + other.value, 1))
    #expect(agree(one.variance / other.variance, 1, within: 1e-9))
  }

  @Test("Influences are derivatives by a row's weight (central differences)", arguments: tables(55))
  func influence(rows: [ScoredRow]) throws {
    let view = RankedScores(rows)
    let step = 1e-4
    for metric in metrics {
      guard let estimate = try? metric.estimate(view) else { continue }
      for index in stride(from: 0, to: rows.count, by: 7) {
        guard let label = rows[index].label,
          let place = view.scores.firstIndex(of: rows[index].score)
        else { continue }
        func value(_ change: Double) throws -> Double {
          var moved = rows
          moved[index].weight += change
          return try metric.value(RankedScores(moved))
        }
        let slope = (try value(step) - value(-step)) / (2 * step)
        let found = label ? estimate.influence.positive[place] : estimate.influence.negative[place]
        #expect(abs(found - slope) <= 1e-6 * max(1, abs(slope)), "\(metric.id)")
      }
    }
  }

  @Test("Influences sum to 0 over the rows, and give the variance", arguments: tables(56))
  func influenceSums(rows: [ScoredRow]) throws {
    let view = RankedScores(rows)
    for metric in metrics {
      guard let estimate = try? metric.estimate(view) else { continue }
      var (sum, squares) = (0.0, 0.0)
      for row in rows {
        guard let label = row.label, let place = view.scores.firstIndex(of: row.score) else {
          continue
        }
        let influence =
          label ? estimate.influence.positive[place] : estimate.influence.negative[place]
        sum += row.weight * influence
        squares += row.weight * row.weight * influence * influence
      }
      #expect(abs(sum) <= 1e-9, "\(metric.id)")
      #expect(agree(estimate.influence.variance(view) / squares, 1, within: 1e-9), "\(metric.id)")
      let own = estimate.influence.covariance(view, with: estimate.influence, of: view)
      #expect(agree(own / squares, 1, within: 1e-9), "\(metric.id)")
    }
  }

  @Test("A part's covariance with the whole is Σ w²ψψ′ over the part's rows", arguments: tables(57))
  func covariance(rows: [ScoredRow]) throws {
    let part = Array(rows[..<(rows.count / 2)])
    let (view, container) = (RankedScores(part), RankedScores(rows))
    for metric in metrics {
      guard let own = try? metric.estimate(view), let other = try? metric.estimate(container)
      else { continue }
      var expected = 0.0
      for row in part {
        guard let label = row.label, let here = view.scores.firstIndex(of: row.score),
          let there = container.scores.firstIndex(of: row.score)
        else { continue }
        let a = label ? own.influence.positive[here] : own.influence.negative[here]
        let b = label ? other.influence.positive[there] : other.influence.negative[there]
        expected += row.weight * row.weight * a * b
      }
      let found = own.influence.covariance(view, with: other.influence, of: container)
      #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(metric.id)")
    }
  }

  @Test("Range, order of rows, unit of weights, unlabelled rows", arguments: tables(58))
  func laws(rows: [ScoredRow]) throws {
    var draws = Draws(59)
    let view = RankedScores(rows)
    let shuffled = RankedScores(draws.shuffled(rows))
    let heavier = RankedScores(
      rows.map { ScoredRow(score: $0.score, label: $0.label, weight: $0.weight * 7) })
    let labelled = RankedScores(rows.filter { $0.label != nil })
    for metric in metrics {
      guard let value = try? metric.value(view) else { continue }
      #expect(metric.range.contains(value), "\(metric.id)")
      #expect(agree(try metric.value(shuffled), value), "\(metric.id)")
      #expect(agree(try metric.value(heavier), value, within: 1e-9), "\(metric.id)")
      #expect(try metric.value(labelled) == value, "\(metric.id)")
    }
    for metric in Catalogue.standard.quantiles {
      let value = try metric.value(view)
      #expect(try metric.value(shuffled) == value && metric.value(heavier) == value)
      // At least q % of the weight at or below, at most q % strictly below.
      let total = rows.reduce(0) { $0 + $1.weight }
      let share = Double(metric.percent) / 100 * total
      #expect(rows.filter { $0.score <= value }.reduce(0) { $0 + $1.weight } >= share - 1e-9)
      #expect(rows.filter { $0.score < value }.reduce(0) { $0 + $1.weight } <= share + 1e-9)
    }
  }

  @Test("A row of multiplicity c is c rows", arguments: tables(60))
  func multiplicity(rows: [ScoredRow]) throws {
    var (counted, expanded) = (RankedScores(), RankedScores())
    for (index, row) in rows.sorted(by: { $0.score < $1.score }).enumerated() {
      let rows = index % 4
      if rows > 0 {
        counted.append(
          score: row.score, label: row.label, weight: row.weight, rows: Double(rows))
      }
      for _ in 0..<rows { expanded.append(score: row.score, label: row.label, weight: row.weight) }
    }
    #expect(counted.rows == expanded.rows && counted.scores == expanded.scores)
    for metric in metrics {
      guard let one = try? metric.estimate(counted) else { continue }
      let other = try metric.estimate(expanded)
      #expect(agree(one.value, other.value) && agree(one.variance / other.variance, 1))
    }
  }
}
