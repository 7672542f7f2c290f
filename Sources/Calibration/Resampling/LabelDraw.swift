// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// One draw of labels: independent single rows, repeated rows and normal sums, each added to an
/// entry.
struct LabelDraw: Sendable {
  // Single rows: the entry, the score as a fraction of 2⁶⁴, the weight.
  private var targets: [Int32] = []
  private var thresholds: [UInt64] = []
  private var weights: [Double] = []
  private var repeated: [Repeated] = []
  private var sums: [NormalSum] = []

  private struct Repeated {
    var target: Int
    var rows: Int
    var score: Double
    var weight: Double
  }

  /// A sum of many rows: rounded to a count where the rows weigh the same.
  private struct NormalSum {
    var target: Int
    var mean: Double
    var deviation: Double
    var most: Double
    var weight: Double?
  }

  /// Adds the rows of an entry of a sample.
  mutating func add(_ entry: Int, of sample: CalibrationSample, to target: Int) {
    let (score, weight) = (sample.scores[entry], sample.weights[entry])
    if sample.rows[entry] == 1 {
      // A score of 1 cannot be expressed; it falls short of it by 2⁻⁶⁴.
      let scaled = score * 0x1p64
      targets.append(Int32(target))
      thresholds.append(scaled < 0x1p64 ? UInt64(scaled) : .max)
      weights.append(weight)
    } else {
      add(rows: sample.rows[entry], score: score, weight: weight, to: target)
    }
  }

  /// Adds rows of one score and weight.
  mutating func add(rows: Double, score: Double, weight: Double, to target: Int) {
    repeated.append(Repeated(target: target, rows: Int(rows), score: score, weight: weight))
  }

  /// Adds rows whose positives' weight is close to normal. Where all weigh `weight`, the draw is
  /// rounded to a count, which adds 1/12 to its variance: the normal has that much less.
  mutating func addSum(
    mean: Double, variance: Double, most: Double, weight: Double?, to target: Int
  ) {
    let rounding = weight.map { $0 * $0 / 12 } ?? 0
    sums.append(
      NormalSum(
        target: target, mean: mean, deviation: max(0, variance - rounding).squareRoot(),
        most: most, weight: weight))
  }

  func draw(into positives: inout [Double], using stream: inout RandomStream) {
    for index in positives.indices { positives[index] = 0 }
    drawSingleRows(into: &positives, using: &stream)
    for item in repeated {
      let count = Binomial.sample(trials: item.rows, probability: item.score, using: &stream)
      positives[item.target] += item.weight * Double(count)
    }
    for item in sums {
      let sum = item.mean + item.deviation * stream.normal()
      let nearest = item.weight.map { (sum / $0).rounded() * $0 } ?? sum
      positives[item.target] += min(item.most, max(0, nearest))
    }
  }

  /// A quarter of 64 random bits decides a row; on a tie, which comes once in 2¹⁶, the other 48
  /// bits are drawn. What is added is masked rather than branched on: labels cannot be predicted.
  private func drawSingleRows(into positives: inout [Double], using stream: inout RandomStream) {
    var output = positives.mutableSpan
    let (targets, thresholds) = (self.targets.span, self.thresholds.span)
    let weights = self.weights.span
    var bits: UInt64 = 0
    for index in targets.indices {
      bits = index & 3 == 0 ? stream.next() : bits >> 16
      let (first, threshold) = (bits & 0xFFFF, thresholds[index])
      let high = threshold >> 48
      // The borrow of first − high: 1 if first < high.
      var isPositive = (first &- high) >> 63
      if first == high {
        isPositive = stream.next() >> 16 < threshold & 0xFFFF_FFFF_FFFF ? 1 : 0
      }
      let added = Double(bitPattern: weights[index].bitPattern & (0 &- isPositive))
      output[Int(targets[index])] += added
    }
  }
}
