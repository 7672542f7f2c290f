// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// Joint covariances of estimates whose rows come in clusters: influences are summed by cluster, their
/// cross-product matrix is a rank update, and each slice is corrected by √(G/(G−1)) (CR1).
struct ClusterCovariance: Sendable {
  private let plan: Plan
  /// Distinct rows ordered by cluster.
  private let order: [UInt32]
  /// Clusters with a row in each slice.
  let clusters: [Int]
  private static let tile = 512

  init(_ plan: Plan) {
    self.plan = plan
    var order = Array(UInt32(0)..<UInt32(plan.rows.count))
    RadixSort.sort(&order, by: plan.rows.clusters.map { UInt64($0) })
    self.order = order
    clusters = plan.slices.cells.map { cells in
      var inside = Array(repeating: false, count: plan.slices.cellCount)
      for cell in cells { inside[Int(cell)] = true }
      var (count, last) = (0, Int32(-1))
      for row in order.lazy.map(Int.init) where inside[Int(plan.rows.cells[row])] {
        if plan.rows.clusters[row] != last {
          count += 1
          last = plan.rows.clusters[row]
        }
      }
      return count
    }
  }

  /// How many clusters have a row of a slice that counts.
  func count(in slice: Int, where counts: (_ row: Int) -> Bool) -> Int {
    var inside = Array(repeating: false, count: plan.slices.cellCount)
    for cell in plan.slices.cells[slice] { inside[Int(cell)] = true }
    var (count, last) = (0, Int32(-1))
    for row in order.lazy.map(Int.init)
    where inside[Int(plan.rows.cells[row])] && plan.rows.clusters[row] != last && counts(row) {
      count += 1
      last = plan.rows.clusters[row]
    }
    return count
  }

  /// The variance between clusters of one estimate over a slice.
  ///
  /// - Parameter influence: what one unit of a distinct row of the slice moves the estimate by.
  func variance(_ slice: Int, influence: (_ row: Int) -> Double) -> Double {
    var inside = Array(repeating: false, count: plan.slices.cellCount)
    for cell in plan.slices.cells[slice] { inside[Int(cell)] = true }
    var (sum, total, last) = (0.0, 0.0, Int32(-1))
    for row in order.lazy.map(Int.init) where inside[Int(plan.rows.cells[row])] {
      if plan.rows.clusters[row] != last {
        sum += total * total
        (total, last) = (0, plan.rows.clusters[row])
      }
      total += plan.rows.multiplicities[row] * influence(row)
    }
    sum += total * total
    let count = Double(clusters[slice])
    return count > 1 ? sum * count / (count - 1) : sum
  }

  /// Replaces the variances of `estimates` by those between clusters.
  ///
  /// - Parameter influence: what one unit of a distinct row moves the estimate of a slice by.
  func apply(to estimates: inout MetricEstimates, influence: (_ row: Int, _ slice: Int) -> Double) {
    estimates.degreesOfFreedom = clusters.map { Double(max(1, $0 - 1)) }
    estimates.joint = plan.slices.groupings.map { matrix($0, influence) }
    for (grouping, joint) in zip(plan.slices.groupings, estimates.joint) {
      let last = grouping.members.count
      for (place, slice) in grouping.members.enumerated() {
        estimates.estimates[slice].variance = joint[place, place]
        estimates.estimates[slice].covarianceWithContext = joint[place, last]
      }
      estimates.estimates[grouping.context].variance = joint[last, last]
      estimates.estimates[grouping.context].covarianceWithContext = joint[last, last]
    }
  }

  /// The covariance of a grouping's members and, last, its context.
  private func matrix(_ grouping: Grouping, _ influence: (Int, Int) -> Double) -> Matrix {
    let width = grouping.members.count + 1
    var sum = Matrix(rows: width, columns: width)
    var tile = Matrix(rows: Self.tile, columns: width)
    var (used, cluster) = (-1, Int32(-1))
    for row in order.lazy.map(Int.init) {
      let member = Int(grouping.memberOfCell[Int(plan.rows.cells[row])])
      guard member >= 0 else { continue }
      if plan.rows.clusters[row] != cluster {
        cluster = plan.rows.clusters[row]
        used += 1
        if used == Self.tile {
          sum.addTransposedProduct(tile, tile)
          tile = Matrix(rows: Self.tile, columns: width)
          used = 0
        }
      }
      let multiplicity = plan.rows.multiplicities[row]
      tile[used, member] += multiplicity * influence(row, grouping.members[member])
      tile[used, width - 1] += multiplicity * influence(row, grouping.context)
    }
    sum.addTransposedProduct(tile, tile)
    return corrected(sum, grouping)
  }

  private func corrected(_ sum: Matrix, _ grouping: Grouping) -> Matrix {
    let factors = (grouping.members + [grouping.context]).map { slice in
      let count = Double(clusters[slice])
      return count > 1 ? (count / (count - 1)).squareRoot() : 1
    }
    var result = sum
    for row in 0..<sum.rows {
      for column in 0..<sum.columns { result[row, column] *= factors[row] * factors[column] }
    }
    return result
  }
}
