// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// A linear congruential generator (Knuth's MMIX constants): enough to fill a matrix.
struct Random {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(1 << 53) * 2 - 1
  }

  func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    var copy = self
    return Matrix(
      rows: rows, columns: columns, elements: (0..<(rows * columns)).map { _ in copy.next() })
  }
}

func identity(_ size: Int) -> Matrix {
  var result = Matrix(rows: size, columns: size)
  for index in 0..<size { result[index, index] = 1 }
  return result
}

func transpose(_ matrix: Matrix) -> Matrix {
  var result = Matrix(rows: matrix.columns, columns: matrix.rows)
  for row in 0..<matrix.rows {
    for column in 0..<matrix.columns { result[column, row] = matrix[row, column] }
  }
  return result
}

/// The product by its definition.
func product(_ left: Matrix, _ right: Matrix) -> Matrix {
  var result = Matrix(rows: left.rows, columns: right.columns)
  for row in 0..<left.rows {
    for column in 0..<right.columns {
      for index in 0..<left.columns {
        result[row, column] += left[row, index] * right[index, column]
      }
    }
  }
  return result
}

func agree(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-12) -> Bool {
  found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

func agree(_ found: Matrix, _ expected: Matrix, within tolerance: Double = 1e-11) -> Bool {
  found.rows == expected.rows && found.columns == expected.columns
    && agree(found.elements, expected.elements, within: tolerance)
}
