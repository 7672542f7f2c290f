// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import Testing

@Suite("Cholesky factorisation")
struct CholeskyTests {
  /// [[4, 2, −2], [2, 10, 2], [−2, 2, 6]] = L·Lᵀ with L = [[2, 0, 0], [1, 3, 0], [−1, 1, 2]].
  private let matrix = Matrix(rows: 3, columns: 3, elements: [4, 2, -2, 2, 10, 2, -2, 2, 6])

  @Test("The factor of a matrix worked out by hand")
  func factor() throws {
    let found = try #require(Cholesky(matrix))
    #expect(agree(found.factor.elements, [2, 0, 0, 1, 3, 0, -1, 1, 2]))
  }

  @Test("Only the lower triangle is read")
  func lowerTriangle() throws {
    var other = matrix
    other[0, 1] = 99
    other[0, 2] = -99
    other[1, 2] = 99
    #expect(try #require(Cholesky(other)).factor == #require(Cholesky(matrix)).factor)
  }

  @Test("Solving and inverting, worked out by hand")
  func solution() throws {
    let found = try #require(Cholesky(matrix))
    // A·(1, 2, 3) = (4 + 4 − 6, 2 + 20 + 6, −2 + 4 + 18).
    #expect(agree(found.solve([2, 28, 20]), [1, 2, 3]))
    // det A = (2·3·2)² = 144; the adjugate by cofactors.
    let adjugate = [56.0, -16, 24, -16, 20, -12, 24, -12, 36]
    #expect(agree(found.inverse().elements, adjugate.map { $0 / 144 }))
  }

  @Test("L times independent values has covariance A: L·e₁ is the first column of L")
  func correlate() throws {
    let found = try #require(Cholesky(matrix))
    #expect(agree(found.correlate([1, 0, 0]), [2, 1, -1]))
    #expect(agree(found.correlate([0.5, -1, 2]), [1, -2.5, 2.5]))
  }

  @Test("Identities on random positive definite matrices", arguments: [1, 2, 5, 17, 40])
  func identities(size: Int) throws {
    var matrix = Random(seed: UInt64(size)).matrix(size + 3, size).crossProduct()
    for index in 0..<size { matrix[index, index] += 1 }
    let found = try #require(Cholesky(matrix))
    #expect(agree(product(found.factor, transpose(found.factor)), matrix))
    #expect(agree(product(matrix, found.inverse()), identity(size)))
    let right = (0..<size).map { Double($0) - 2.5 }
    let solution = Matrix(rows: size, columns: 1, elements: found.solve(right))
    #expect(agree(product(matrix, solution).elements, right, within: 1e-10))
  }

  @Test(
    "Not positive definite: indefinite, singular, zero, negative",
    arguments: [[1.0, 2, 2, 1], [0, 0, 0, 0], [-1, 0, 0, 1], [1, 1, 1, 1]])
  func notPositiveDefinite(elements: [Double]) {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: elements)) == nil)
  }

  @Test("A value that is not finite", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    for place in 0..<4 {
      var elements = [2.0, 1, 1, 2]
      elements[place] = value
      #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: elements)) == nil)
    }
  }

  @Test("Nothing has an empty factor")
  func empty() throws {
    let found = try #require(Cholesky(Matrix(rows: 0, columns: 0)))
    #expect(found.solve([]).isEmpty)
    #expect(found.inverse() == Matrix(rows: 0, columns: 0))
    #expect(found.correlate([]).isEmpty)
  }
}
