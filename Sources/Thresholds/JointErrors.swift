// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra

/// The joint distribution of the errors of some samples' curves: normal, or with clusters Student's
/// t.
struct JointErrors {
  /// A difference of two errors, or one error, in units of its standard error.
  struct Contrast {
    var left: Int
    var leftScale: Double
    /// The same as `left`, with a scale of 0, where there is only one.
    var right: Int
    var rightScale: Double
  }

  let samples: [SampleErrors]
  /// Where each sample's errors begin.
  let offsets: [Int]

  init(_ points: [CurvePoints]) {
    if points.first?.sample.isClustered == true {
      let clusters = ClusterErrors(points)
      samples =
        clusters.areShared
        ? clusters.errors(stream: 0)
        : points.indices.flatMap { ClusterErrors([points[$0]]).errors(stream: $0) }
    } else {
      samples = points.indices.map { SampleErrors(independent: points[$0], stream: $0) }
    }
    offsets = samples.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.standardErrors.count) }
  }

  /// Of the sample with the fewest clusters, of those with a sufficient threshold.
  var degrees: Double {
    let used = samples.filter { !$0.standardErrors.isEmpty && $0.degrees > 0 }
    return used.map(\.degrees).min() ?? .infinity
  }

  /// The correlation between two errors, of a sample's column each.
  func correlation(_ left: (sample: Int, column: Int), _ right: (sample: Int, column: Int))
    -> Double
  {
    guard samples[left.sample].stream == samples[right.sample].stream else { return 0 }
    let (a, b) = (samples[left.sample].factor, samples[right.sample].factor)
    return (0..<a.rows).reduce(0) { $0 + a[$1, left.column] * b[$1, right.column] }
  }

  /// One error.
  func contrast(sample: Int, column: Int) -> Contrast {
    let place = offsets[sample] + column
    return Contrast(left: place, leftScale: 1, right: place, rightScale: 0)
  }

  /// The difference of two errors, with its standard error; `nil` if it does not vary.
  ///
  /// - Parameter scales: what the standard errors are multiplied by, such as 1 / value for
  ///   logarithms.
  func contrast(
    _ left: (sample: Int, column: Int), _ right: (sample: Int, column: Int),
    scales: (Double, Double) = (1, 1)
  ) -> (Contrast, standardError: Double)? {
    let a = samples[left.sample].standardErrors[left.column] * scales.0
    let b = samples[right.sample].standardErrors[right.column] * scales.1
    let square = a * a + b * b - 2 * a * b * correlation(left, right)
    guard square > 1e-9 * (a * a + b * b), square > negligible else { return nil }
    let error = square.squareRoot()
    let contrast = Contrast(
      left: offsets[left.sample] + left.column, leftScale: a / error,
      right: offsets[right.sample] + right.column, rightScale: b / error)
    return (contrast, error)
  }

  /// By family of contrasts and draw, the largest |z|, or the largest z where one side counts.
  ///
  /// - Complexity: draws × (normal numbers × errors + contrasts).
  func maxima(_ families: [[Contrast]], _ estimator: CurveEstimator, twoSided: Bool) -> [[Double]] {
    let settings = estimator.settings
    var maxima = Array(
      repeating: Array(repeating: -Double.infinity, count: settings.draws), count: families.count)
    for start in stride(from: 0, to: settings.draws, by: NormalNumbers.tile) {
      let errors = draw(start / NormalNumbers.tile, estimator.normals)
      let count = min(NormalNumbers.tile, settings.draws - start)
      for (family, contrasts) in families.enumerated() {
        let largest = Self.largest(contrasts, errors, twoSided: twoSided)
        for draw in 0..<count { maxima[family][start + draw] = largest[draw / 8][draw % 8] }
      }
    }
    return maxima
  }

  /// By draw of a tile the largest of a family.
  private static func largest(
    _ contrasts: [Contrast], _ errors: [SIMD8<Double>], twoSided: Bool
  ) -> [SIMD8<Double>] {
    let width = NormalNumbers.tile / 8
    var largest = Array(repeating: SIMD8<Double>(repeating: -.infinity), count: width)
    for contrast in contrasts {
      let (left, right) = (contrast.left * width, contrast.right * width)
      for place in 0..<width {
        let z =
          contrast.leftScale * errors[left + place] - contrast.rightScale * errors[right + place]
        largest[place] = pointwiseMax(largest[place], twoSided ? pointwiseMax(z, -z) : z)
      }
    }
    return largest
  }

  /// Errors × draws of a tile, all samples' one after another.
  private func draw(_ tile: Int, _ normals: NormalNumbers) -> [SIMD8<Double>] {
    var result: [SIMD8<Double>] = []
    result.reserveCapacity((offsets.last ?? 0) * NormalNumbers.tile / 8)
    for sample in samples {
      let factor = sample.factor
      var errors = Matrix(rows: factor.columns, columns: NormalNumbers.tile)
      errors.addTransposedProduct(
        factor,
        Matrix(
          rows: factor.rows, columns: NormalNumbers.tile,
          elements: normals.numbers(stream: sample.stream, tile: tile, rows: factor.rows)))
      let elements = errors.elements.span
      for at in stride(from: 0, to: elements.count, by: 8) {
        result.append(
          SIMD8(
            elements[at], elements[at + 1], elements[at + 2], elements[at + 3], elements[at + 4],
            elements[at + 5], elements[at + 6], elements[at + 7]))
      }
    }
    return result
  }
}
