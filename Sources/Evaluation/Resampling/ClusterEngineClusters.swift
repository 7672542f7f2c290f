// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension ClusterEngine {
  /// What every cluster adds to the slices that it has rows in.
  ///
  /// Most clusters lie within one full-depth cell: they are kept by cell, and add the same to all
  /// slices of the cell. Mixed ones are kept by slice, with a link for every two slices that share
  /// some of them.
  struct Clusters: Sendable {
    /// Clusters, in the order of their ids, and their vectors, one after the other.
    struct Part: Sendable {
      var clusters: [Int32] = []
      var vectors: [Double] = []
    }

    /// Two slices of which one is the other's context, or which stand side by side in a grouping.
    struct Link: Sendable {
      var first: Int
      var second: Int
      /// The mixed clusters with rows in both, as places in the two slices' parts.
      var places: [(Int32, Int32)] = []
      var isWithContext: Bool
    }

    /// The links of a grouping's members, by place; empty where members share no clusters.
    struct PairLinks: Sendable {
      var members: Int
      private var links: [Int32] = []

      init(members: Int) {
        self.members = members
      }

      subscript(first: Int, second: Int) -> Int? {
        get {
          guard !links.isEmpty, links[first * members + second] >= 0 else { return nil }
          return Int(links[first * members + second])
        }
        set {
          if links.isEmpty { links = Array(repeating: -1, count: members * members) }
          links[first * members + second] = newValue.map { Int32($0) } ?? -1
        }
      }
    }

    /// Clusters that occur.
    private(set) var count = 0
    /// By full-depth cell: clusters with rows in no other.
    private(set) var ofCells: [Part]
    /// By slice: mixed clusters.
    private(set) var ofSlices: [Part]
    private(set) var links: [Link] = []
    /// By slice: its link with its context; −1 where it has no mixed clusters.
    private(set) var contextLinks: [Int]
    /// By grouping.
    private(set) var pairLinks: [PairLinks] = []
    /// By slice: its place among the members of its grouping.
    private(set) var memberPlaces: [Int]

    init(_ plan: Plan, _ layout: Layout) {
      let slices = plan.slices
      ofCells = Array(repeating: Part(), count: slices.cellCount)
      ofSlices = Array(repeating: Part(), count: slices.slices.count)
      contextLinks = Array(repeating: -1, count: slices.slices.count)
      memberPlaces = Array(repeating: 0, count: slices.slices.count)
      fill(plan, layout)
      linkContexts(slices)
      for grouping in slices.groupings { linkPairs(grouping) }
    }

    /// The vectors of all clusters, one cluster after the other.
    private mutating func fill(_ plan: Plan, _ layout: Layout) {
      let rows = plan.rows
      var slicesOfCell = Array(repeating: [Int](), count: plan.slices.cellCount)
      for (slice, cells) in plan.slices.cells.enumerated() {
        for cell in cells { slicesOfCell[Int(cell)].append(slice) }
      }
      // Rows ascend by cell, and the sort is stable: a cluster's rows of one cell stand together.
      var order = Array(UInt32(0)..<UInt32(rows.count))
      RadixSort.sort(&order, by: rows.clusters.map { UInt64($0) })
      let width = layout.entries.count
      var (start, end) = (0, 0)
      while start < order.count {
        let cluster = rows.clusters[Int(order[start])]
        while end < order.count, rows.clusters[Int(order[end])] == cluster { end += 1 }
        let cells = (rows.cells[Int(order[start])], rows.cells[Int(order[end - 1])])
        for row in order[start..<end].lazy.map(Int.init) {
          let cell = Int(rows.cells[row])
          if cells.0 == cells.1 {
            ofCells[cell].add(row, Int32(count), width, plan, layout)
          } else {
            for slice in slicesOfCell[cell] {
              ofSlices[slice].add(row, Int32(count), width, plan, layout)
            }
          }
        }
        count += 1
        start = end
      }
    }

    private mutating func linkContexts(_ slices: SliceTable) {
      for slice in slices.slices.indices where !ofSlices[slice].clusters.isEmpty {
        let context = slices.contexts[slice]
        guard context != slice else { continue }
        var link = Link(first: slice, second: context, isWithContext: true)
        var place = 0
        for (own, cluster) in ofSlices[slice].clusters.enumerated() {
          while ofSlices[context].clusters[place] < cluster { place += 1 }
          link.places.append((Int32(own), Int32(place)))
        }
        contextLinks[slice] = links.count
        links.append(link)
      }
    }

    private mutating func linkPairs(_ grouping: Grouping) {
      var touched = Array(repeating: [(member: Int, place: Int32)](), count: count)
      for (member, slice) in grouping.members.enumerated() {
        memberPlaces[slice] = member
        for (place, cluster) in ofSlices[slice].clusters.enumerated() {
          touched[Int(cluster)].append((member, Int32(place)))
        }
      }
      var table = PairLinks(members: grouping.members.count)
      for members in touched where members.count > 1 {
        for (index, second) in members.enumerated() {
          for first in members[..<index] {
            if table[first.member, second.member] == nil {
              table[first.member, second.member] = links.count
              links.append(
                Link(
                  first: grouping.members[first.member], second: grouping.members[second.member],
                  isWithContext: false))
            }
            guard let link = table[first.member, second.member] else { continue }
            links[link].places.append((first.place, second.place))
          }
        }
      }
      pairLinks.append(table)
    }

    /// The link of two members of a grouping, given in the order in which they stand in it.
    func link(_ grouping: Int, _ first: Int, _ second: Int) -> Int? {
      pairLinks[grouping][memberPlaces[first], memberPlaces[second]]
    }
  }
}

extension ClusterEngine.Clusters.Part {
  /// Adds a row to the vector of its cluster, which comes after all others.
  fileprivate mutating func add(
    _ row: Int, _ cluster: Int32, _ width: Int, _ plan: Plan, _ layout: ClusterEngine.Layout
  ) {
    if clusters.last != cluster {
      clusters.append(cluster)
      vectors.append(contentsOf: repeatElement(0, count: width))
    }
    let rows = plan.rows
    let amount = rows.weight(row) * rows.multiplicities[row]
    let start = vectors.count - width
    for model in plan.models.indices {
      let cell = DecisionCounts.cell(label: rows.label(row), decision: rows.decision(model, row))
      let score = rows.scores[model].isEmpty ? .nan : rows.scores[model][row]
      let moments =
        score.isNaN ? SIMD8() : ScoreMoments.row(score: score, label: rows.label(row))
      for (place, entry) in layout.entries.enumerated() where entry.model == model {
        if entry.index >= 8 {
          vectors[start + place] += amount * moments[entry.index - 8]
        } else if entry.index == cell {
          vectors[start + place] += amount
        }
      }
    }
  }
}
