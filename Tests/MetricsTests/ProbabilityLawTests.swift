// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule
import Testing

/// Laws that hold for every metric of score moments.
@Suite("Laws of probability metrics")
struct ProbabilityLawTests {
  private let metrics = Catalogue.standard.probability

  private func moments(_ family: UInt32) -> [ScoreMoments] {
    var draws = Draws(family)
    return (1...60).map { ScoreMoments(draws.rows(5 + $0, unlabelled: 0.2, weighted: true)) }
  }

  @Test("A value lies within the metric's range")
  func range() {
    for moments in moments(41) {
      for metric in metrics {
        guard let value = try? metric.value(moments) else { continue }
        #expect(metric.range.contains(value), "\(metric.id)")
      }
    }
  }

  @Test("Order does not matter, parts add up, a repeated row is a weight")
  func merge() throws {
    var draws = Draws(42)
    let rows = draws.rows(200, unlabelled: 0.1)
    let whole = ScoreMoments(rows)
    let parts = ScoreMoments(Array(rows[..<77])) + ScoreMoments(Array(rows[77...]))
    let shuffled = ScoreMoments(draws.shuffled(rows))
    var doubled = rows
    for index in doubled.indices { doubled[index].weight = 3 }
    let repeated = ScoreMoments(rows + rows + rows)
    for metric in metrics {
      let value = try metric.value(whole)
      #expect(agree(try metric.value(parts), value), "\(metric.id)")
      #expect(agree(try metric.value(shuffled), value), "\(metric.id)")
      #expect(
        agree(try metric.value(repeated), try metric.value(ScoreMoments(doubled))), "\(metric.id)")
      #expect(agree(try metric.value(ScoreMoments(whole.sums * 7)), value), "\(metric.id)")
    }
  }

  @Test("The gradient is the derivative, and orthogonal to the totals")
  func gradient() throws {
    for moments in moments(43) where moments.positives > 0 {
      for metric in metrics {
        let gradient = try metric.gradient(moments)
        #expect(abs((gradient * moments.sums).sum()) <= 1e-12, "\(metric.id)")
        for place in 0..<8 {
          let step = 1e-4
          var (up, down) = (moments, moments)
          up.sums[place] += step
          down.sums[place] -= step
          let slope = (try metric.value(up) - metric.value(down)) / (2 * step)
          #expect(abs(gradient[place] - slope) <= 1e-6, "\(metric.id), sum \(place)")
        }
      }
    }
  }

  @Test("The Brier score splits into variance, bias and covariance")
  func brier() throws {
    // Σ(s−y)²/n = var(s) + var(y) − 2 cov + (mean s − mean y)², all with denominator n.
    var draws = Draws(44)
    let rows = draws.rows(300)
    let n = Double(rows.count)
    let y = rows.map { $0.label == true ? 1.0 : 0 }
    let s = rows.map(\.score)
    let (meanY, meanS) = (y.reduce(0, +) / n, s.reduce(0, +) / n)
    func covariance(_ a: [Double], _ b: [Double], _ meanA: Double, _ meanB: Double) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) } / n
    }
    let expected =
      covariance(s, s, meanS, meanS) + covariance(y, y, meanY, meanY)
      - 2 * covariance(s, y, meanS, meanY) + (meanS - meanY) * (meanS - meanY)
    #expect(agree(try BrierScore().value(ScoreMoments(rows)), expected))
    #expect(agree(try CalibrationRatio().value(ScoreMoments(rows)), meanS / meanY))
  }
}
