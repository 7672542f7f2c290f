// SPDX-License-Identifier: Apache-2.0

/// A test to be made: one metric of one model over the groups of a grouping that can be compared.
struct TestEntry: Sendable {
  /// Its place among the tests.
  var test: Int
  /// The entry of `Estimation.estimates`.
  var place: Int
  var grouping: Int
  /// Slices.
  var groups: [Int]
}

/// Tests that share permutations: those of a model over one grouping.
protocol PermutationJob: Sendable {
  /// By statistic: the tests that it answers.
  var tests: [[Int]] { get }
  /// What is dealt; see `PermutationTest.unit`.
  var unit: String { get }
  /// By statistic: how many of some permutations reach the observed one.
  func reached(_ permutations: Range<Int>) -> [Reached]
}

/// What one job works with.
struct PermutationContext: Sendable {
  let plan: Plan
  let tally: ModelTally
  let model: Int
  let grouping: Int

  var seed: UInt64 { plan.configuration.seed }

  /// What is dealt where rows are independent.
  var unitOfRows: String {
    let isWhole = plan.slices.groupings[grouping].context == 0
    return plan.condition != nil && isWhole ? "rows within strata" : "rows"
  }

  /// The stream's family: of the model, the grouping, and one of 256 kinds of deals.
  ///
  /// So a p-value does not depend on which other metrics are asked for. Beyond 4096 models ×
  /// groupings, families serve again, which no single test notices.
  func family(_ kind: UInt8) -> UInt32 {
    let own = UInt32(truncatingIfNeeded: model * plan.slices.groupings.count + grouping)
    return StreamFamily.permutations &+ UInt32(kind) << 8 &+ own << 20
  }

  /// The group of each cell, or −1.
  func groupOfCell(_ groups: [Int]) -> [Int32] {
    var result = Array(repeating: Int32(-1), count: plan.slices.cellCount)
    for (group, slice) in groups.enumerated() {
      for cell in plan.slices.cells[slice] { result[Int(cell)] = Int32(group) }
    }
    return result
  }
}
