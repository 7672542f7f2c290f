// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import Foundation
import RealModule
import Testing

@Suite("Calibration")
struct CalibrationTests {
  /// Values of statsmodels' GLM, from Tests/Reference/adult/reference.json (overall).
  @Test(
    "Fits of both Adult models: intercept (sandwich error), slope (Hessian), by NumPy",
    arguments: [
      (
        "score_logistic", [0.025330198297335862, 0.9845951414640582],
        [0.024524655844086668, 0.01743422699873598]
      ),
      (
        "score_boosted", [0.03767104070670464, 0.9856289852162219],
        [0.026253248008878165, 0.017741683424833378]
      ),
    ])
  func adult(column: String, values: [Double], errors: [Double]) throws {
    let view = try AdultScores.view(column)
    let large = try CalibrationIntercept().estimate(view)
    let joint = try CalibrationSlope().estimate(view)
    #expect(agree(large.value, values[0], within: 1e-9))
    #expect(agree(large.variance.squareRoot(), errors[0], within: 1e-9))
    #expect(agree(joint.value, values[1], within: 1e-9))
    #expect(agree(joint.variance.squareRoot(), errors[1], within: 1e-9))
  }

  @Test("The edges and the calibration error of the boosted Adult model")
  func adultError() throws {
    let view = try AdultScores.view("score_boosted")
    let edges = BinEdges(equalMass: view)
    #expect(
      Array(edges.edges.prefix(6)) == [0.002228, 0.007757, 0.016539, 0.032398, 0.070693, 0.156101])
    let value = try ExpectedCalibrationError().value(BinnedScores(view, edges: edges))
    #expect(agree(value, 0.008169721272869995, within: 1e-12))
  }

  /// Two scores only: the fit passes through both observed logits, so slope and intercept are exact.
  @Test("A fit through two points, worked out by hand")
  func twoPoints() throws {
    // At 0.2: 1 of 4 positive; at 0.8: 3 of 4. Observed logits ∓log 3 over ∓log 4.
    let view = RankedScores(
      scores: [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8],
      labels: [true, false, false, false, true, true, true, false])
    let fit = try CalibrationSlope().estimate(view)
    #expect(agree(fit.value, Double.log(3) / Double.log(4)))
    // Information on the slope: Σ n p(1−p) x² with x = ±log 4; the cross term vanishes.
    let information = 2 * 4 * 0.25 * 0.75 * Double.log(4) * Double.log(4)
    #expect(agree(fit.variance, 1 / information))
    #expect(agree(try CalibrationIntercept().value(view), 0, within: 1e-12))
  }

  @Test("Scores that say what happens: slope 1, intercept 0")
  func calibrated() throws {
    // n·s positives of n at each score.
    var view = RankedScores()
    for score in [0.1, 0.25, 0.5, 0.75, 0.9] {
      view.append(score: score, label: true, rows: 200 * score)
      view.append(score: score, label: false, rows: 200 * (1 - score))
    }
    #expect(agree(try CalibrationSlope().value(view), 1))
    #expect(agree(try CalibrationIntercept().value(view), 0))
    let bins = BinnedScores(view, edges: BinEdges(equalMass: view))
    #expect(agree(try ExpectedCalibrationError().value(bins), 0))
  }

  @Test("Separated classes have no slope, in either direction, ties at the border included")
  func separated() {
    let cases: [([Double], [Bool?])] = [
      ([0.1, 0.2, 0.8, 0.9], [false, false, true, true]),
      ([0.1, 0.2, 0.8, 0.9], [true, true, false, false]),
      // Quasi-separation: both classes at one score, and nowhere else.
      ([0.1, 0.5, 0.5, 0.9], [false, false, true, true]),
      ([0.1, 0.5, 0.5, 0.9], [true, false, true, false]),
    ]
    for (scores, labels) in cases {
      let view = RankedScores(scores: scores, labels: labels)
      do throws(Undefined) {
        let value = try CalibrationSlope().value(view)
        Issue.record("\(scores) \(labels) has the slope \(value)")
      } catch {
        #expect(error.reason.hasPrefix("separated"))
      }
      #expect(throws: Never.self) { try CalibrationIntercept().value(view) }
    }
  }

  /// The means of neighbouring scores, from which the fit to a long view starts, are separated here; the
  /// scores themselves are not. The slope is that of Newton's method in numpy, from (0, 1).
  @Test("A long view with one pair out of order has a slope")
  func nearlySeparated() throws {
    let scores = (0..<20_000).map { (Double($0) + 0.5) / 20_000 }
    let labels = (0..<20_000).map { place -> Bool? in
      place == 9_999 || place > 10_000
    }
    let view = RankedScores(scores: scores, labels: labels)
    #expect(agree(try CalibrationSlope().value(view), 6_550.65088186, within: 1e-8))
    #expect(abs(try CalibrationIntercept().value(view)) < 1e-9)
  }

  /// The classes overlap, so the maximum exists. By symmetry the intercept is 0; the slope solves the
  /// score equation (bisection in double precision).
  @Test("Certain scores are clipped and still give a fit")
  func certain() throws {
    let view = RankedScores(
      scores: [0, 0, 0.4, 0.6, 1, 1], labels: [false, true, false, true, false, true])
    let slope = try CalibrationSlope().value(view)
    #expect(agree(slope / 3.120850599746623e-4, 1, within: 1e-9))
  }

  /// Votes of ten trees, 3 % of labels turned over: some rows are certain and wrong.
  @Test("A forest's scores have a slope")
  func forest() throws {
    var view = RankedScores()
    for votes in 0...10 {
      let share = 0.03 + 0.94 * Double(votes) / 10
      let rows = votes == 0 || votes == 10 ? 200.0 : 30
      let positives = (rows * share).rounded()
      view.append(score: Double(votes) / 10, label: true, rows: positives)
      view.append(score: Double(votes) / 10, label: false, rows: rows - positives)
    }
    let slope = try CalibrationSlope().value(view)
    #expect(slope > 0.05 && slope < 0.2)
  }

  @Test("Fewer than ten distinct scores: one bin a score")
  func fewScores() {
    let view = RankedScores(
      scores: [1, 2, 2, 3, 3, 3].map { $0 / 10 }, labels: Array(repeating: true, count: 6))
    let edges = BinEdges(equalMass: view)
    #expect(edges.edges == [0.1, 0.2] && edges.count == 3)
    #expect([0.05, 0.1, 0.15, 0.2, 0.3, 0.9].map(edges.bin(of:)) == [0, 0, 1, 1, 2, 2])
  }

  @Test("Equal-mass edges: the score of rank ⌈jn/10⌉, equal ones merged, ties never split")
  func edges() {
    let scores = (1...100).map { Double($0) / 100 }
    let view = RankedScores(scores: scores, labels: Array(repeating: nil, count: 100))
    #expect(BinEdges(equalMass: view).edges == (1...9).map { Double($0 * 10) / 100 })
    // 60 rows at one score: the edges of six bins merge.
    let tied = (0..<60).map { _ in 0.5 } + (1...40).map { 0.5 + Double($0) / 100 }
    let merged = BinEdges(
      equalMass: RankedScores(scores: tied, labels: Array(repeating: nil, count: 100)))
    #expect(merged.edges == [0.5, 0.6, 0.7, 0.8])
  }

  @Test("The calibration error by its definition, and its parts")
  func definition() throws {
    var draws = Draws(71)
    for grid in [7.0, 1000] {
      let rows = draws.rows(300, grid: grid, unlabelled: 0.1, weighted: true)
      let view = RankedScores(rows)
      let edges = BinEdges(equalMass: view)
      let bins = BinnedScores(view, edges: edges)
      var (sums, total) = (Array(repeating: 0.0, count: edges.count), 0.0)
      for row in rows {
        guard let label = row.label else { continue }
        sums[edges.bin(of: row.score)] += row.weight * (row.score - (label ? 1 : 0))
        total += row.weight
      }
      let expected = sums.reduce(0) { $0 + abs($1) } / total
      let value = try ExpectedCalibrationError().value(bins)
      #expect(agree(value, expected) && (0...1).contains(value))
    }
  }
}
