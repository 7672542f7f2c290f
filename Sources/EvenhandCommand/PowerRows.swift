// SPDX-License-Identifier: Apache-2.0
import EvenhandPower

/// The rows there are, or how those that are asked for are spread.
struct PowerRows {
  /// `nil` where they are the question.
  let sizes: SampleSizes?
  /// The reference has so many times the group's rows.
  let allocation: Double
  let cluster: (size: Double, correlation: Double)?

  init(_ settings: Settings) throws {
    sizes = try Self.sizes(settings)
    allocation =
      settings.list("allocation") == nil
      ? 1
      : try settings.numbers("allocation", count: 1...1, "a number from 0.001 to 1000") {
        $0 >= 0.001 && $0 <= 1000
      }[0]
    cluster = try Self.cluster(settings)
    if let sizes, let cluster, sizes.smaller < 2 * cluster.size {
      throw settings.failure(
        "n",
        "fewer than two clusters of \(Int(cluster.size)) rows; give more rows or a smaller "
          + "--cluster-size")
    }
  }

  private static func sizes(_ settings: Settings) throws -> SampleSizes? {
    guard settings.list("n") != nil else { return nil }
    let rows = try settings.numbers("n", count: 1...2, "a whole number of rows, 2 or more") {
      $0 >= 2 && $0 <= PowerLimits.rows && $0 == $0.rounded()
    }
    if settings.list("allocation") != nil {
      throw settings.failure("allocation", "--n says the rows of both; leave out one of them")
    }
    return SampleSizes(group: rows.last ?? rows[0], reference: rows[0])
  }

  private static func cluster(_ settings: Settings) throws -> (Double, Double)? {
    let isClustered = settings.list("cluster_size") != nil
    guard isClustered == (settings.list("icc") != nil) else {
      throw isClustered
        ? settings.failure(
          "cluster_size", "say how alike the rows of a cluster are, such as --icc 0.1")
        : settings.failure("icc", "say how many rows a cluster has, such as --cluster-size 5")
    }
    guard isClustered else { return nil }
    let size = try settings.numbers("cluster_size", count: 1...1, "a whole number, 1 or more") {
      $0 >= 1 && $0 <= 1e6 && $0 == $0.rounded()
    }[0]
    let correlation = try settings.numbers("icc", count: 1...1, "a correlation from 0 to 1") {
      (0...1).contains($0)
    }[0]
    return (size, correlation)
  }

  /// Whole rows, or whole clusters.
  func whole(_ sizes: SampleSizes) -> SampleSizes {
    guard let cluster else { return sizes.whole }
    let clusters = sizes.divided(by: cluster.size).whole
    return SampleSizes(
      group: clusters.group * cluster.size, reference: clusters.reference * cluster.size)
  }
}
