// SPDX-License-Identifier: Apache-2.0

/// A dense matrix of doubles, stored row by row.
///
/// Shapes are part of every precondition: a mismatch is a programming error and stops the program,
/// because BLAS itself only prints a line and returns.
public struct Matrix: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// The elements, row after row; `rows * columns` of them.
  public private(set) var elements: [Double]

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative dimension")
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: value, count: rows * columns)
  }

  /// The matrix whose rows follow one another in `elements`.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns, "\(rows) × \(columns) needs as many elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public subscript(row: Int, column: Int) -> Double {
    get { elements[index(row, column)] }
    set { elements[index(row, column)] = newValue }
  }

  private func index(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
    return row * columns + column
  }

  /// Adds another matrix of the same shape.
  public mutating func add(_ other: Matrix) {
    precondition(other.rows == rows && other.columns == columns, "the shapes differ")
    for index in elements.indices { elements[index] += other.elements[index] }
  }

  /// Gives BLAS the elements to write into; the count cannot change.
  mutating func withElements<Result>(_ body: (inout [Double]) -> Result) -> Result {
    let result = body(&elements)
    precondition(elements.count == rows * columns, "the number of elements is fixed")
    return result
  }
}
