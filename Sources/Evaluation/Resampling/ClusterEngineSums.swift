// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

extension ClusterEngine {
  /// The sums and products of every slice in some replicates.
  struct Sums: Sendable {
    /// By slice: one row a replicate, columns as in `Layout`.
    private(set) var slices: [Matrix]
    /// By link: one row a replicate, the products of the first slice's vectors with the second's.
    private(set) var links: [Matrix]
    let layout: Layout

    /// Clusters in a tile.
    private static let tile = 512

    /// What one replicate takes, its draws included.
    static func bytes(_ clusters: Clusters, _ layout: Layout) -> Int {
      let parts = clusters.ofCells.count + clusters.ofSlices.count
      return 8 * (parts * layout.columnCount + clusters.links.count * layout.productCount)
        + 4 * clusters.count
    }

    /// - Parameter drawn: how often each cluster is drawn, cluster after cluster, replicate by replicate.
    init(
      _ clusters: Clusters, _ slices: SliceTable, _ layout: Layout, _ drawn: [UInt32], count: Int
    ) {
      self.layout = layout
      let cells = clusters.ofCells.map { Self.sums($0, layout, drawn, count) }
      var own = slices.cells.map { members in
        var sum = Matrix(rows: count, columns: layout.columnCount)
        for cell in members where !clusters.ofCells[Int(cell)].clusters.isEmpty {
          sum.add(cells[Int(cell)])
        }
        return sum
      }
      // Within one cell a cluster adds the same to a slice and to its context.
      links = clusters.links.map { link in
        var products = Matrix(rows: count, columns: layout.productCount)
        if link.isWithContext { products = Self.products(of: own[link.first], layout) }
        Self.add(link, clusters, layout, drawn, count, to: &products)
        return products
      }
      for slice in own.indices where !clusters.ofSlices[slice].clusters.isEmpty {
        own[slice].add(Self.sums(clusters.ofSlices[slice], layout, drawn, count))
      }
      self.slices = own
    }

    private static func products(of sums: Matrix, _ layout: Layout) -> Matrix {
      let (width, first) = (layout.columnCount, layout.sumCount)
      return Matrix(
        rows: sums.rows, columns: layout.productCount,
        elements: (0..<sums.rows).flatMap {
          sums.elements[$0 * width + first..<($0 + 1) * width]
        })
    }

    /// Weights against the columns of a part's clusters.
    private static func sums(
      _ part: Clusters.Part, _ layout: Layout, _ drawn: [UInt32], _ count: Int
    ) -> Matrix {
      var result = Matrix(rows: count, columns: layout.columnCount)
      let width = layout.entries.count
      for start in stride(from: 0, to: part.clusters.count, by: tile) {
        let range = start..<min(start + tile, part.clusters.count)
        var columns: [Double] = []
        columns.reserveCapacity(range.count * layout.columnCount)
        for place in range {
          let vector = part.vectors[place * width..<(place + 1) * width]
          columns.append(1)
          columns.append(contentsOf: vector)
          for unit in layout.units {
            columns.append(unit.contains { vector[vector.startIndex + $0] > 0 } ? 1 : 0)
          }
          appendProducts(vector, vector, layout, to: &columns)
        }
        result.addTransposedProduct(
          weights(part.clusters[range], drawn, count),
          Matrix(rows: range.count, columns: layout.columnCount, elements: columns))
      }
      return result
    }

    /// Weights against the products of a link's two vectors of each cluster.
    private static func add(
      _ link: Clusters.Link, _ clusters: Clusters, _ layout: Layout, _ drawn: [UInt32],
      _ count: Int, to result: inout Matrix
    ) {
      let (first, second) = (clusters.ofSlices[link.first], clusters.ofSlices[link.second])
      let width = layout.entries.count
      for start in stride(from: 0, to: link.places.count, by: tile) {
        let places = link.places[start..<min(start + tile, link.places.count)]
        var columns: [Double] = []
        columns.reserveCapacity(places.count * layout.productCount)
        for (own, other) in places {
          appendProducts(
            first.vectors[Int(own) * width..<Int(own + 1) * width],
            second.vectors[Int(other) * width..<Int(other + 1) * width], layout, to: &columns)
        }
        let shared = places.map { first.clusters[Int($0.0)] }
        result.addTransposedProduct(
          weights(shared[...], drawn, count),
          Matrix(rows: places.count, columns: layout.productCount, elements: columns))
      }
    }

    private static func appendProducts(
      _ left: ArraySlice<Double>, _ right: ArraySlice<Double>, _ layout: Layout,
      to columns: inout [Double]
    ) {
      for block in layout.blocks {
        for row in block {
          let factor = left[left.startIndex + row]
          for column in block { columns.append(factor * right[right.startIndex + column]) }
        }
      }
    }

    /// One row a cluster, one column a replicate.
    private static func weights(_ clusters: ArraySlice<Int32>, _ drawn: [UInt32], _ count: Int)
      -> Matrix
    {
      var elements: [Double] = []
      elements.reserveCapacity(clusters.count * count)
      for cluster in clusters {
        for index in Int(cluster) * count..<(Int(cluster) + 1) * count {
          elements.append(Double(drawn[index]))
        }
      }
      return Matrix(rows: clusters.count, columns: count, elements: elements)
    }
  }
}

extension ClusterEngine.Sums {
  /// The clusters drawn that have a row in a slice.
  func clusters(_ slice: Int, _ replicate: Int) -> Double { slices[slice][replicate, 0] }

  /// The clusters drawn that have a row in a rate's denominator.
  func units(_ unit: Int, _ slice: Int, _ replicate: Int) -> Double {
    slices[slice][replicate, 1 + layout.entries.count + unit]
  }

  /// A form's sums over a slice, where its kernel expects them.
  func sums(_ form: ClusterEngine.Form, _ slice: Int, _ replicate: Int) -> SIMD8<Double> {
    var result = SIMD8<Double>()
    let start = replicate * layout.columnCount + 1
    for (slot, place) in zip(form.slots, form.places) {
      result[slot] = slices[slice].elements[start + place]
    }
    return result
  }

  /// leftᵀ (Σ w z·zᵀ) right over a slice.
  func product(
    _ form: ClusterEngine.Form, slice: Int, _ replicate: Int, _ left: SIMD8<Double>,
    _ right: SIMD8<Double>
  ) -> Double {
    let start = replicate * layout.columnCount + layout.sumCount + form.products
    return Self.product(slices[slice].elements, start, form.places.count, left, right)
  }

  /// The same with the vectors of a link's two slices.
  func product(
    _ form: ClusterEngine.Form, link: Int, _ replicate: Int, _ left: SIMD8<Double>,
    _ right: SIMD8<Double>
  ) -> Double {
    let start = replicate * layout.productCount + form.products
    return Self.product(links[link].elements, start, form.places.count, left, right)
  }

  private static func product(
    _ elements: [Double], _ start: Int, _ size: Int, _ left: SIMD8<Double>, _ right: SIMD8<Double>
  ) -> Double {
    var result = 0.0
    for row in 0..<size {
      var inner = 0.0
      for column in 0..<size { inner += elements[start + row * size + column] * right[column] }
      result += left[row] * inner
    }
    return result
  }

  /// Σ ∇² Σ w z²: what a variance is small against when it is rounding.
  func magnitude(
    _ form: ClusterEngine.Form, _ slice: Int, _ replicate: Int, _ slope: SIMD8<Double>
  ) -> Double {
    let start = replicate * layout.columnCount + layout.sumCount + form.products
    return form.places.indices.reduce(0) { sum, row in
      sum + slope[row] * slope[row] * slices[slice].elements[start + row * (form.places.count + 1)]
    }
  }
}
