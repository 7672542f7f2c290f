// SPDX-License-Identifier: Apache-2.0

/// Slices that partition their context: the groups of one attribute, or of several crossed.
struct Grouping: Sendable {
  var attributes: [String]
  /// The slice whose rows the members divide: everybody, or a stratum of the condition.
  var context: Int
  /// Slices, in the order of their groups; those with a missing value last.
  var members: [Int]
  /// Members that take part in pairs, ranges and as reference.
  var comparable: [Int]
  /// The member of each cell, or −1 for cells outside the context.
  var memberOfCell: [Int32]
  /// The reference slice, for single attributes.
  var reference: Int?
  /// How many combinations of groups have no row.
  var emptyCombinations: Int
}

/// All slices of an evaluation, as unions of full-depth cells.
struct SliceTable: Sendable {
  var slices: [Slice] = []
  /// The cells of each slice, ascending.
  var cells: [[Int32]] = []
  var cellCount = 0
  /// The slice of each cell at full depth (all attributes and the condition).
  var cellSlices: [Slice] = []
  /// For every slice, the context it lies in.
  var contexts: [Int] = []
  var groupings: [Grouping] = []
  /// The code of the condition of each cell; 0 without a condition.
  var strata: [Int] = []

  init() {}

  /// - Parameter cellGroups: for every cell, the group codes of the attributes, then of the condition.
  init(plan: Plan, cellGroups: [[Int32]]) {
    cellCount = cellGroups.count
    let columns = plan.attributes + (plan.condition.map { [$0] } ?? [])
    cellSlices = cellGroups.map { groups in
      Slice(
        zip(columns, groups).map {
          Slice.Assignment(attribute: $0.name, group: $0.groups[Int($1)])
        })
    }
    strata = cellGroups.map { groups in
      plan.condition == nil ? 0 : Int(groups[plan.attributes.count])
    }
    var sizes = Array(repeating: 0.0, count: cellCount)
    for row in 0..<plan.rows.count {
      sizes[Int(plan.rows.cells[row])] += plan.rows.multiplicities[row]
    }
    let everywhere = Array(Int32(0)..<Int32(cellCount))
    addContext(.overall, everywhere, plan, cellGroups, sizes)
    guard let condition = plan.condition else { return }
    for (code, group) in condition.groups.enumerated() {
      let inside = everywhere.filter { cellGroups[Int($0)][plan.attributes.count] == code }
      guard !inside.isEmpty else { continue }
      let stratum = Slice([.init(attribute: condition.name, group: group)])
      addContext(stratum, inside, plan, cellGroups, sizes)
    }
  }

  /// Adds a context slice and every grouping of its cells.
  private mutating func addContext(
    _ context: Slice, _ inside: [Int32], _ plan: Plan, _ cellGroups: [[Int32]], _ sizes: [Double]
  ) {
    let contextIndex = add(context, inside, context: slices.count)
    for depth in 1...min(plan.configuration.intersections, plan.attributes.count) {
      for chosen in Self.combinations(plan.attributes.count, depth) {
        addGrouping(of: chosen, in: contextIndex, inside, plan, cellGroups, sizes)
      }
    }
  }

  private mutating func addGrouping(
    of chosen: [Int], in context: Int, _ inside: [Int32], _ plan: Plan, _ cellGroups: [[Int32]],
    _ sizes: [Double]
  ) {
    let attributes = chosen.map { plan.attributes[$0] }
    var cellsByGroups: [[Int32]: [Int32]] = [:]
    for cell in inside {
      cellsByGroups[chosen.map { cellGroups[Int(cell)][$0] }, default: []].append(cell)
    }
    var grouping = Grouping(
      attributes: attributes.map(\.name), context: context, members: [], comparable: [],
      memberOfCell: Array(repeating: -1, count: cellCount), reference: nil, emptyCombinations: 0)
    for groups in cellsByGroups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let assignments = zip(attributes, groups).map {
        Slice.Assignment(attribute: $0.name, group: $0.groups[Int($1)])
      }
      let slice = Slice(slices[context].assignments + assignments)
      let members = cellsByGroups[groups] ?? []
      let index = add(slice, members, context: context)
      grouping.members.append(index)
      let isMissing = assignments.contains { $0.group == nil }
      if !isMissing || plan.configuration.missingAsGroup { grouping.comparable.append(index) }
      for cell in members { grouping.memberOfCell[Int(cell)] = Int32(grouping.members.count - 1) }
    }
    let combinations = attributes.reduce(1) { $0 * $1.groups.count { $0 != nil } }
    grouping.emptyCombinations =
      combinations - grouping.members.count { !slices[$0].hasMissing }
    if chosen.count == 1 { grouping.reference = reference(of: grouping, plan, sizes) }
    groupings.append(grouping)
  }

  /// The stated reference, else the largest named group overall, then the first by name.
  private func reference(of grouping: Grouping, _ plan: Plan, _ sizes: [Double]) -> Int? {
    let attribute = grouping.attributes[0]
    if let stated = plan.configuration.references[attribute] {
      return grouping.members.first { slices[$0].group(of: attribute) == .some(stated) }
    }
    // A stratum uses the reference of the whole table, so that strata can be read side by side.
    if let whole = groupings.first(where: { $0.attributes == grouping.attributes }),
      whole.context != grouping.context
    {
      guard let index = whole.reference, let name = slices[index].group(of: attribute) else {
        return nil
      }
      return grouping.members.first { slices[$0].group(of: attribute) == .some(name) }
    }
    let named = grouping.comparable.filter { slices[$0].group(of: attribute) != .some(nil) }
    func size(_ slice: Int) -> Double { cells[slice].reduce(0) { $0 + sizes[Int($1)] } }
    // `max` keeps the first of equals only when compared strictly from the left.
    return named.reduce(nil as Int?) { best, next in
      guard let best else { return next }
      return size(next) > size(best) ? next : best
    }
  }

  private mutating func add(_ slice: Slice, _ members: [Int32], context: Int) -> Int {
    slices.append(slice)
    cells.append(members)
    contexts.append(context)
    return slices.count - 1
  }

  /// All ways to choose `depth` of `count` indices, in lexicographic order.
  static func combinations(_ count: Int, _ depth: Int) -> [[Int]] {
    guard depth > 0 else { return [[]] }
    return (0..<count).flatMap { first in
      combinations(count - first - 1, depth - 1).map { [first] + $0.map { $0 + first + 1 } }
    }
  }
}
