// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics

/// The joint errors of the curves of some samples whose rows come in clusters, which may have rows
/// in several samples: influences are summed by cluster and sample, with √(G / (G − 1)) for a
/// sample of G clusters.
struct ClusterErrors {
  /// A cluster's entries in one sample.
  private struct Segment {
    var cluster: Int32
    var sample: Int
    var entries: Range<Int>
  }

  private let samples: [CurvePoints]
  private let entries: [[BucketedRows.Entry]]
  /// Ordered by cluster.
  private let segments: [Segment]
  /// By sample.
  let clusters: [Int]
  /// Whether a cluster has rows in two samples.
  let areShared: Bool
  private let distinct: Int
  /// Where each sample's columns begin; last, how many there are.
  private let offsets: [Int]

  init(_ samples: [CurvePoints]) {
    self.samples = samples
    let entries = samples.map(\.sample.clusterEntries)
    var segments: [Segment] = []
    for sample in samples.indices {
      var start = 0
      while start < entries[sample].count {
        let cluster = entries[sample][start].cluster
        var end = start + 1
        while end < entries[sample].count, entries[sample][end].cluster == cluster { end += 1 }
        segments.append(Segment(cluster: cluster, sample: sample, entries: start..<end))
        start = end
      }
    }
    clusters = samples.indices.map { sample in segments.count { $0.sample == sample } }
    segments.sort { ($0.cluster, $0.sample) < ($1.cluster, $1.sample) }
    let changes = zip(segments, segments.dropFirst()).count { $0.cluster != $1.cluster }
    distinct = segments.isEmpty ? 0 : changes + 1
    areShared = distinct < segments.count
    offsets = samples.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.sufficient.count) }
    self.entries = entries
    self.segments = segments
  }

  /// By sample, with cluster variances where they are larger than those of independent rows.
  ///
  /// A share without variation between clusters, all of whose rows are of one kind, counts each
  /// cluster as one row and is smoothed like unweighted ones. Where nothing varies between clusters
  /// errors are the same at all thresholds of one kind, as they are nested, and independent of
  /// others.
  ///
  /// - Parameter stream: of the first sample, and of all if clusters are shared.
  /// - Complexity: entries × thresholds + min(clusters, columns) · columns · clusters.
  func errors(stream: Int) -> [SampleErrors] {
    var (factor, variances) = factorAndVariances()
    let normals = factor.rows
    factor = factor.withRows(normals + 2 * samples.count)
    return samples.indices.map { sample in
      let points = samples[sample]
      var result = SampleErrors(independent: points, stream: stream)
      for (column, threshold) in points.sufficient.enumerated() {
        let place = offsets[sample] + column
        let value = points.values[threshold] ?? 0
        variances[place] *= correction(sample)
        if variances[place] > negligible {
          result.centres[column] = value
        } else {
          for row in 0..<normals { factor[row, place] = 0 }
          factor[normals + 2 * sample + (value > 0.5 ? 1 : 0), place] = 1
          guard let form = points.form else { continue }
          let n = Double(units(sample, threshold, form)) + 2
          let share = (form.share(of: points.counts[threshold].cells) * (n - 2) + 1) / n
          let slope = form.slope(at: share)
          variances[place] = share * (1 - share) / n * slope * slope
          result.centres[column] = form.value(of: share)
        }
        result.standardErrors[column] = max(
          result.rowErrors[column], variances[place].squareRoot())
      }
      result.factor = factor.columns(offsets[sample]..<offsets[sample + 1])
      result.degrees = Double(clusters[sample] - 1)
      return result
    }
  }

  private func correction(_ sample: Int) -> Double {
    let count = Double(clusters[sample])
    return count > 1 ? count / (count - 1) : 0
  }

  /// Few clusters are their own factor; of many only the cross-products are kept.
  private func factorAndVariances() -> (Matrix, [Double]) {
    let width = offsets[samples.count]
    let influences = samples.map(Self.influences)
    if distinct <= width {
      let sums = sums(of: segments[...], influences)
      return (CorrelationFactor.normalized(sums), sums.columnLengths.map { $0 * $0 })
    }
    var covariance = Matrix(rows: width, columns: width)
    var start = 0
    while start < segments.count {
      var end = min(start + 512, segments.count)
      while end < segments.count, segments[end].cluster == segments[end - 1].cluster { end += 1 }
      let sums = sums(of: segments[start..<end], influences)
      covariance.addTransposedProduct(sums, sums)
      start = end
    }
    return (CorrelationFactor.of(covariance: covariance), (0..<width).map { covariance[$0, $0] })
  }

  /// Clusters × columns: each cluster's influence on every curve.
  private func sums(of segments: ArraySlice<Segment>, _ influences: [[Double]]) -> Matrix {
    let width = offsets[samples.count]
    var sums: [Double] = []
    var cluster: Int32?
    for segment in segments {
      if segment.cluster != cluster {
        cluster = segment.cluster
        sums.append(contentsOf: repeatElement(0, count: width))
      }
      let start = sums.count - width + offsets[segment.sample]
      let thresholds = samples[segment.sample].sufficient.count
      for entry in segment.entries {
        let entry = entries[segment.sample][entry]
        let source = Int(entry.category) * thresholds
        for column in 0..<thresholds {
          sums[start + column] += entry.weight * influences[segment.sample][source + column]
        }
      }
    }
    return Matrix(rows: width > 0 ? sums.count / width : 0, columns: width, elements: sums)
  }

  /// What a weight of one moves the curve by: by category, at each sufficient threshold.
  private static func influences(of points: CurvePoints) -> [Double] {
    let categories = points.sample.categories
    return (0..<categories.count).flatMap { category in
      points.sufficient.indices.map { column in
        points.slopes[column][categories.cell(category, at: points.sufficient[column])]
      }
    }
  }

  /// How many clusters have a row in a share's denominator.
  private func units(_ sample: Int, _ threshold: Int, _ form: ShareForm) -> Int {
    let categories = samples[sample].sample.categories
    return segments.count { segment in
      segment.sample == sample
        && segment.entries.contains { entry in
          let category = Int(entries[sample][entry].category)
          return form.cells[categories.cell(category, at: threshold)] > 0
        }
    }
  }
}

extension Matrix {
  /// The matrix with rows of zeros added up to a number of rows.
  func withRows(_ count: Int) -> Matrix {
    Matrix(
      rows: count, columns: columns,
      elements: elements + Array(repeating: 0, count: (count - rows) * columns))
  }

  /// Some of the columns.
  func columns(_ range: Range<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(rows * range.count)
    for row in 0..<rows {
      let start = row * columns
      elements += self.elements[start + range.lowerBound..<start + range.upperBound]
    }
    return Matrix(rows: rows, columns: range.count, elements: elements)
  }
}
