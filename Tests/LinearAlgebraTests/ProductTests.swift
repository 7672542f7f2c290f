// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import Testing

@Suite("Matrix products")
struct ProductTests {
  @Test("AᵀB worked out by hand")
  func transposedProduct() {
    let left = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    let right = Matrix(rows: 2, columns: 2, elements: [1, 0, 2, 1])
    var sum = Matrix(rows: 3, columns: 2)
    sum.addTransposedProduct(left, right)
    #expect(sum.elements == [9, 4, 12, 5, 15, 6])
    // It adds: a second call doubles.
    sum.addTransposedProduct(left, right)
    #expect(sum.elements == [18, 8, 24, 10, 30, 12])
  }

  @Test("Tiles in single precision add up to the product in double, to its digits")
  func tileProduct() {
    let (replicates, columns) = (7, 5)
    let values = Random(seed: 4).matrix(300, columns)
    let weights = Random(seed: 5).matrix(replicates, 300)
    var sums = Matrix(rows: replicates, columns: columns)
    var tiles = TileProduct(replicates: replicates, columns: columns)
    let single = values.elements.map(Float.init)
    for rows in [0..<128, 128..<128, 128..<297, 297..<300] {
      let tile = (0..<replicates).flatMap { row in rows.map { Float(weights[row, $0]) } }
      tiles.add(tile, single, rows: rows, to: &sums)
    }
    let expected = product(weights, values)
    for (found, known) in zip(sums.elements, expected.elements) {
      #expect(abs(found - known) < 1e-4)
    }
  }

  @Test("AᵀA worked out by hand, both triangles")
  func crossProduct() {
    let matrix = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix.crossProduct().elements == [35, 44, 44, 56])
  }

  @Test("Products agree with their definition", arguments: [(1, 1, 1), (7, 3, 2), (65, 33, 17)])
  func definition(shape: (Int, Int, Int)) {
    let (k, m, n) = shape
    let left = Random(seed: 1).matrix(k, m)
    let right = Random(seed: 2).matrix(k, n)
    let start = Random(seed: 3).matrix(m, n)
    var sum = start
    sum.addTransposedProduct(left, right)
    var expected = product(transpose(left), right)
    for row in 0..<m {
      for column in 0..<n { expected[row, column] += start[row, column] }
    }
    #expect(agree(sum, expected))
    #expect(agree(left.crossProduct(), product(transpose(left), left)))
  }

  @Test("Tiles of rows add up to the whole")
  func tiles() {
    let whole = Random(seed: 4).matrix(10, 4)
    let upper = Matrix(rows: 6, columns: 4, elements: Array(whole.elements[..<24]))
    let lower = Matrix(rows: 4, columns: 4, elements: Array(whole.elements[24...]))
    var sum = Matrix(rows: 4, columns: 4)
    sum.addTransposedProduct(upper, upper)
    sum.addTransposedProduct(lower, lower)
    #expect(agree(sum, whole.crossProduct()))
  }

  @Test("Sums of small integers are exact")
  func integers() {
    let rows = 4099
    let ones = Matrix(rows: rows, columns: 1, elements: (0..<rows).map { Double($0 % 2) })
    let counts = Matrix(rows: rows, columns: 1, elements: (0..<rows).map { Double($0 % 5) })
    var sum = Matrix(rows: 1, columns: 1)
    sum.addTransposedProduct(ones, counts)
    let expected = (0..<rows).reduce(0) { $0 + ($1 % 2) * ($1 % 5) }
    #expect(sum.elements == [Double(expected)])
  }

  @Test("Empty shapes", arguments: [(0, 3, 2), (3, 0, 2), (3, 2, 0), (0, 0, 0)])
  func empty(shape: (Int, Int, Int)) {
    let (k, m, n) = shape
    var sum = Matrix(rows: m, columns: n, repeating: 7)
    sum.addTransposedProduct(Matrix(rows: k, columns: m), Matrix(rows: k, columns: n))
    #expect(sum == Matrix(rows: m, columns: n, repeating: 7))
    #expect(Matrix(rows: k, columns: m).crossProduct() == Matrix(rows: m, columns: m))
  }

  @Test("Elements lie row after row")
  func layout() {
    var matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[0, 2] == 3 && matrix[1, 0] == 4)
    matrix[1, 1] = 50
    #expect(matrix.elements == [1, 2, 3, 4, 50, 6])
  }

  @Test("The library in use is named and has one thread's worth of settings")
  func runtime() {
    LinearAlgebraRuntime.useOneThread()
    #expect(LinearAlgebraRuntime.configuration.contains("OpenBLAS"))
    #expect(!LinearAlgebraRuntime.core.isEmpty && LinearAlgebraRuntime.core != "unknown")
  }
}
