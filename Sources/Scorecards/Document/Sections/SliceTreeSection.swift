// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The established slices as a tree: under each one those that refine it and those folded into it.
struct SliceTreeSection {
  private static let mostFolded = 2
  private static let mostNodes = 60
  let reading: SliceReading

  var section: Section? {
    let figures = reading.findings.searches.compactMap(figure)
    guard !figures.isEmpty else { return nil }
    return Section(
      "tree", "General slices and their parts",
      [
        .figures(
          FigureGroup(
            caption: """
              Established slices, each under the one that it is a part of. A branch names what it adds. \
              Filled bars are slices that stand on their own: significantly worse than the other rows of \
              the slice above. Hollow bars are established too, but folded: they add nothing to the \
              slice above. The numbers stand in the table below.
              """, figures: figures))
      ])
  }

  private func figure(_ search: SliceSearch) -> FigureGroup.Figure? {
    let all = search.slices.indices.filter {
      search.slices[$0].isEstablished && search.slices[$0].refines == nil
    }.flatMap { branch($0, of: search, depth: 0, above: []) }
    guard !all.isEmpty else { return nil }
    let nodes = Array(all.prefix(Self.mostNodes))
    let cut =
      nodes.count < all.count
      ? " The first \(Format.count(nodes.count)) of \(Format.count(all.count)) lines." : ""
    let values = nodes.compactMap(\.value) + [search.meanError]
    let axis = Axis(covering: min(0, values.min() ?? 0)...max(0, values.max() ?? 0), steps: 4)
    let measure = Format.sentence(reading.measure(search))
    let chart = TreeChart(
      title: "\(measure) of established slices, as a tree of general slices and their parts",
      axis: axis, rule: search.meanError, nodes: nodes)
    return FigureGroup.Figure(
      .tree(chart),
      caption: """
        \(measure); dashed: all searched \(reading.rows), \(reading.number(search.meanError)).\(cut)
        """)
  }

  /// A slice, those that refine it, and the first of those folded into it.
  private func branch(
    _ place: Int, of search: SliceSearch, depth: Int, above: [FoundPredicate]
  ) -> [TreeChart.Node] {
    let slice = search.slices[place]
    var nodes = [node(slice.predicates, slice.n, slice.meanError, depth, above, isFolded: false)]
    for child in search.slices.indices where search.slices[child].refines == place {
      nodes += branch(child, of: search, depth: depth + 1, above: slice.predicates)
    }
    for folded in slice.folded.prefix(Self.mostFolded) {
      nodes.append(
        node(
          folded.predicates, folded.n, folded.meanError, depth + 1, slice.predicates,
          isFolded: true))
    }
    let more = slice.foldedCount - min(slice.folded.count, Self.mostFolded)
    if more > 0 {
      nodes.append(
        TreeChart.Node(
          label: "\(Format.count(more)) more folded into it", depth: depth + 1, value: nil,
          detail: "", isFilled: false))
    }
    return nodes
  }

  private func node(
    _ predicates: [FoundPredicate], _ n: Int, _ value: Double, _ depth: Int,
    _ above: [FoundPredicate], isFolded: Bool
  ) -> TreeChart.Node {
    let added = predicates.filter { !above.contains($0) }
    // A slice with nearly the same rows may share no condition with the one above it.
    let isPart = above.allSatisfy(predicates.contains)
    let name = reading.name(isPart ? added : predicates)
    return TreeChart.Node(
      label: (depth == 0 ? "" : isPart ? "+ " : "≈ ") + name, depth: depth, value: value,
      detail: "\(reading.number(value)), n \(Format.count(n))", isFilled: !isFolded)
  }
}
