// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The cosine transform of values at the centres of equal cells of [0, 1], and its inverse, of four
/// sets of values at once.
///
/// cₖ = Σⱼ vⱼ cos(πk(j + ½)/M). Cosines are what reflection at both ends leaves unchanged in shape, so
/// every smoothing by a reflected kernel multiplies each cₖ by a number.
///
/// Source: Lee 1984, doi:10.1109/TASSP.1984.1164443. M log₂ M additions and half as many
/// multiplications. What the source does by recursion is done here for all blocks of one length in
/// turn.
struct CosineTransform: Sendable {
  typealias Lanes = SIMD4<Double>

  /// M, a power of two.
  let size: Int
  /// 1 / (2 cos(π(i + ½)/length)) at length/2 + i: one run for every length that blocks have.
  private let factors: [Double]

  init(size: Int) {
    precondition(size >= 2 && size & (size - 1) == 0, "the size is a power of two")
    self.size = size
    var factors = Array(repeating: 0.0, count: size)
    var half = 1
    while half < size {
      for index in 0..<half {
        factors[half + index] = 0.5 / Double.cos(.pi * (Double(index) + 0.5) / Double(2 * half))
      }
      half *= 2
    }
    self.factors = factors
  }

  /// Replaces values by their coefficients.
  func forward(_ values: inout [Lanes]) {
    precondition(values.count == size)
    var scratch = values
    var length = size
    while length > 1 {
      fold(values.span, &scratch, length)
      swap(&values, &scratch)
      length /= 2
    }
    length = 4
    while length <= size {
      interleave(values.span, &scratch, length)
      swap(&values, &scratch)
      length *= 2
    }
  }

  /// Replaces coefficients by the values that have them.
  func inverse(_ coefficients: inout [Lanes]) {
    precondition(coefficients.count == size)
    coefficients[0] *= 0.5
    var scratch = coefficients
    var length = size
    while length > 2 {
      separate(coefficients.span, &scratch, length)
      swap(&coefficients, &scratch)
      length /= 2
    }
    while length <= size {
      unfold(coefficients.span, &scratch, length)
      swap(&coefficients, &scratch)
      length *= 2
    }
    let scale = 2 / Double(size)
    for index in coefficients.indices { coefficients[index] *= scale }
  }

  /// Sums and weighted differences of each block's first half and its mirrored second half.
  private func fold(_ input: Span<Lanes>, _ output: inout [Lanes], _ length: Int) {
    let (half, factors) = (length / 2, factors.span)
    var output = output.mutableSpan
    for start in stride(from: 0, to: size, by: length) {
      for index in 0..<half {
        let (x, y) = (input[start + index], input[start + length - 1 - index])
        output[start + index] = x + y
        output[start + half + index] = (x - y) * factors[half + index]
      }
    }
  }

  private func unfold(_ input: Span<Lanes>, _ output: inout [Lanes], _ length: Int) {
    let (half, factors) = (length / 2, factors.span)
    var output = output.mutableSpan
    for start in stride(from: 0, to: size, by: length) {
      for index in 0..<half {
        let (x, y) = (input[start + index], input[start + half + index] * factors[half + index])
        output[start + index] = x + y
        output[start + length - 1 - index] = x - y
      }
    }
  }

  /// Coefficients of even order from each block's first half, of odd order from neighbours' sums in the
  /// second.
  private func interleave(_ input: Span<Lanes>, _ output: inout [Lanes], _ length: Int) {
    let half = length / 2
    var output = output.mutableSpan
    for start in stride(from: 0, to: size, by: length) {
      var after = Lanes.zero
      for index in stride(from: half - 1, through: 0, by: -1) {
        let odd = input[start + half + index]
        output[start + 2 * index] = input[start + index]
        output[start + 2 * index + 1] = odd + after
        after = odd
      }
    }
  }

  private func separate(_ input: Span<Lanes>, _ output: inout [Lanes], _ length: Int) {
    let half = length / 2
    var output = output.mutableSpan
    for start in stride(from: 0, to: size, by: length) {
      var before = Lanes.zero
      for index in 0..<half {
        let odd = input[start + 2 * index + 1]
        output[start + index] = input[start + 2 * index]
        output[start + half + index] = before + odd
        before = odd
      }
    }
  }
}
