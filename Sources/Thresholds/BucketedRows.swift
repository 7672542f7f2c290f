// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The rows of a slice by the bucket of their score and their label.
///
/// Sums by category, whatever the number of rows; clustered rows keep a sum by cluster and
/// category.
package struct BucketedRows: Sendable {
  /// The sum of the weights of a cluster's rows of one category.
  struct Entry: Sendable {
    var cluster: Int32
    var category: Int32
    var weight: Double
  }

  let categories: RowCategories
  let isClustered: Bool
  /// Whether a row has another weight than 1.
  private(set) var isWeighted = false
  /// By category: numbers of rows, Σw and Σw².
  private(set) var rows: [Double]
  private(set) var weights: [Double]
  private(set) var squares: [Double]
  /// Ordered by cluster and category, each pair once; then those added since.
  private var entries: [Entry] = []
  private var ordered = 0

  package init(thresholds: Int, isClustered: Bool) {
    precondition(thresholds > 0)
    categories = RowCategories(thresholds: thresholds)
    self.isClustered = isClustered
    rows = Array(repeating: 0, count: categories.count)
    weights = rows
    squares = rows
  }

  var thresholds: Int { categories.thresholds }

  /// Adds equal rows.
  ///
  /// - Parameters:
  ///   - bucket: of their score, in 0…T; `nil` without a score.
  ///   - weight: of each, at least 0.
  ///   - rows: how many.
  ///   - cluster: that they belong to; needed when the rows are clustered.
  package mutating func add(
    bucket: Int?, label: Bool?, weight: Double, rows: Double, cluster: Int32?
  ) {
    precondition(weight >= 0 && weight.isFinite && rows >= 0 && rows.isFinite)
    precondition((cluster != nil) == isClustered, "clustered rows, and only they, have a cluster")
    guard rows > 0, let category = categories.category(bucket: bucket, label: label) else { return }
    isWeighted = isWeighted || weight != 1
    self.rows[category] += rows
    weights[category] += weight * rows
    squares[category] += weight * weight * rows
    guard let cluster else { return }
    entries.append(Entry(cluster: cluster, category: Int32(category), weight: weight * rows))
    // Merging when the list has doubled keeps it as long as it must be, at a logarithmic cost.
    if entries.count >= max(1024, 2 * ordered) { merge() }
  }

  /// Merges what was added. Worth a call after the last row: else every curve does it for itself.
  package mutating func merge() {
    guard ordered < entries.count else { return }
    entries.sort { ($0.cluster, $0.category) < ($1.cluster, $1.category) }
    var merged: [Entry] = []
    merged.reserveCapacity(entries.count)
    for entry in entries {
      if let last = merged.indices.last, merged[last].cluster == entry.cluster,
        merged[last].category == entry.category
      {
        merged[last].weight += entry.weight
      } else {
        merged.append(entry)
      }
    }
    entries = merged
    ordered = merged.count
  }

  /// By cluster and category, each pair once.
  var clusterEntries: [Entry] {
    guard ordered < entries.count else { return entries }
    var copy = self
    copy.merge()
    return copy.entries
  }

  var clusterCount: Int {
    let entries = clusterEntries
    return entries.isEmpty
      ? 0 : 1 + zip(entries, entries.dropFirst()).count { $0.cluster != $1.cluster }
  }

  /// The weights in each cell at a threshold k in 0..<T.
  ///
  /// - Complexity: O(T).
  package func counts(at threshold: Int) -> DecisionCounts {
    DecisionCounts(categories.cumulated(weights)[threshold])
  }

  /// The numbers of rows in each cell at a threshold, whatever they weigh.
  package func rows(at threshold: Int) -> DecisionCounts {
    DecisionCounts(categories.cumulated(rows)[threshold])
  }
}
