// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The cosine transform of values at the centres of equal cells of [0, 1], and its inverse.
///
/// cₖ = Σⱼ vⱼ cos(πk(j + ½)/M). Cosines are what reflection at both ends leaves unchanged in shape, so
/// every smoothing by a reflected kernel multiplies each cₖ by a number.
///
/// Source: Lee 1984, doi:10.1109/TASSP.1984.1164443. M log₂ M additions and half as many
/// multiplications.
struct CosineTransform: Sendable {
  /// M, a power of two.
  let size: Int
  /// 1 / (2 cos(π(i + ½)/length)) at length/2 + i: one run for every length that the recursion meets.
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
  func forward(_ values: inout [Double], scratch: inout [Double]) {
    precondition(values.count == size && scratch.count == size)
    forward(&values, &scratch, 0, size)
  }

  private func forward(
    _ values: inout [Double], _ scratch: inout [Double], _ start: Int, _ length: Int
  ) {
    let half = length / 2
    if half == 1 {
      let (x, y) = (values[start], values[start + 1])
      values[start] = x + y
      values[start + 1] = (x - y) * factors[1]
      return
    }
    for index in 0..<half {
      let (x, y) = (values[start + index], values[start + length - 1 - index])
      scratch[start + index] = x + y
      scratch[start + half + index] = (x - y) * factors[half + index]
    }
    forward(&scratch, &values, start, half)
    forward(&scratch, &values, start + half, half)
    for index in 0..<(half - 1) {
      values[start + 2 * index] = scratch[start + index]
      values[start + 2 * index + 1] =
        scratch[start + half + index] + scratch[start + half + index + 1]
    }
    values[start + length - 2] = scratch[start + half - 1]
    values[start + length - 1] = scratch[start + length - 1]
  }

  /// Replaces coefficients by the values that have them.
  func inverse(_ coefficients: inout [Double], scratch: inout [Double]) {
    precondition(coefficients.count == size && scratch.count == size)
    coefficients[0] /= 2
    inverse(&coefficients, &scratch, 0, size)
    let scale = 2 / Double(size)
    for index in 0..<size { coefficients[index] *= scale }
  }

  private func inverse(
    _ values: inout [Double], _ scratch: inout [Double], _ start: Int, _ length: Int
  ) {
    let half = length / 2
    if half == 1 {
      let (x, y) = (values[start], values[start + 1] * factors[1])
      values[start] = x + y
      values[start + 1] = x - y
      return
    }
    scratch[start] = values[start]
    scratch[start + half] = values[start + 1]
    for index in 1..<half {
      scratch[start + index] = values[start + 2 * index]
      scratch[start + half + index] = values[start + 2 * index - 1] + values[start + 2 * index + 1]
    }
    inverse(&scratch, &values, start, half)
    inverse(&scratch, &values, start + half, half)
    for index in 0..<half {
      let x = scratch[start + index]
      let y = scratch[start + half + index] * factors[half + index]
      values[start + index] = x + y
      values[start + length - 1 - index] = x - y
    }
  }
}
