// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import Testing

@Suite("Pivoted Cholesky factorisation")
struct PivotedCholeskyTests {
  private func restored(_ found: PivotedCholesky) -> Matrix {
    product(transpose(found.factor), found.factor)
  }

  @Test("Two perfectly correlated values and one that is their opposite: rank 1, by hand")
  func perfectCorrelation() throws {
    let matrix = Matrix(rows: 3, columns: 3, elements: [4, 2, -2, 2, 1, -1, -2, -1, 1])
    let found = try #require(PivotedCholesky(matrix, tolerance: 1e-12))
    #expect(found.rank == 1)
    // The largest diagonal element is the pivot: (4, 2, −2) / √4.
    #expect(agree(found.factor.elements, [2, 1, -1]))
  }

  @Test("Differences of two of three values depend linearly: rank 2, by hand")
  func differences() throws {
    // Var(a − b) = 2, Cov(a − b, a − c) = 1, Cov(a − b, b − c) = −1.
    let matrix = Matrix(rows: 3, columns: 3, elements: [2, 1, -1, 1, 2, 1, -1, 1, 2])
    let found = try #require(PivotedCholesky(matrix, tolerance: 1e-12))
    #expect(found.rank == 2)
    #expect(agree(restored(found), matrix))
  }

  @Test("Random matrices of every rank are restored", arguments: [1, 3, 10, 70, 150])
  func restores(rank: Int) throws {
    let size = 150
    let matrix = Random(seed: UInt64(rank)).matrix(rank, size).crossProduct()
    let found = try #require(PivotedCholesky(matrix, tolerance: 1e-10 * Double(rank)))
    #expect(found.rank == rank)
    #expect(agree(restored(found), matrix, within: 1e-9))
  }

  @Test("A positive definite matrix: the factor of the plain factorisation up to the order of rows")
  func definite() throws {
    let matrix = Matrix(rows: 3, columns: 3, elements: [4, 2, -2, 2, 10, 2, -2, 2, 6])
    let found = try #require(PivotedCholesky(matrix, tolerance: 1e-12))
    #expect(found.rank == 3)
    #expect(agree(restored(found), matrix))
    // The pivot is 10: the first row is A's second over √10.
    #expect(agree(Array(found.factor.elements.prefix(3)), [2, 10, 2].map { $0 / 10.squareRoot() }))
  }

  @Test("What the tolerance leaves out is no larger than it", arguments: [1e-6, 1e-3, 0.1])
  func tolerance(tolerance: Double) throws {
    // Hilbert's matrix, whose eigenvalues fall geometrically.
    let size = 30
    let elements = (0..<(size * size)).map { 1 / Double($0 / size + $0 % size + 1) }
    let matrix = Matrix(rows: size, columns: size, elements: elements)
    let found = try #require(PivotedCholesky(matrix, tolerance: tolerance))
    #expect(found.rank < size)
    let left = zip(restored(found).elements, elements).map { abs($0 - $1) }.max()
    #expect(try #require(left) <= tolerance)
  }

  @Test("Zeros and nothing have rank 0; values that are not finite have no factor")
  func degenerate() throws {
    #expect(
      try #require(PivotedCholesky(Matrix(rows: 2, columns: 2), tolerance: 1e-12)).rank == 0)
    #expect(
      try #require(PivotedCholesky(Matrix(rows: 0, columns: 0), tolerance: 1e-12)).rank == 0)
    for value in [Double.nan, .infinity] {
      let matrix = Matrix(rows: 2, columns: 2, elements: [1, value, value, 1])
      #expect(PivotedCholesky(matrix, tolerance: 1e-12) == nil)
    }
  }
}
