// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// The omnibus and the permutation test of every metric and model over every grouping.
  ///
  /// Over the groups that can be compared; the others stand in `excluded`. To be called after
  /// `resample`, which may find groups that cannot be compared.
  func groupTests() -> [GroupTest] {
    let places = estimates.indices.filter { estimates[$0].metric.comparison != .none }
    let groupings = plan.slices.groupings.indices
    var tests = parallel.map(places) { place in groupings.map { groupTest(place, $0) } }
      .flatMap { $0 }
    var entries: [TestEntry] = []
    for (test, index) in zip(tests, tests.indices) where test.status == .ok {
      let (place, grouping) = (places[index / groupings.count], index % groupings.count)
      entries.append(
        TestEntry(
          test: index, place: place, grouping: grouping, groups: compared(place, grouping)))
    }
    addPermutations(to: &tests, entries)
    return tests
  }

  private func compared(_ place: Int, _ grouping: Int) -> [Int] {
    plan.slices.groupings[grouping].comparable.filter(estimates[place].isComparable)
  }

  /// The test without its permutations.
  private func groupTest(_ place: Int, _ index: Int) -> GroupTest {
    let (own, grouping) = (estimates[place], plan.slices.groupings[index])
    let groups = compared(place, index)
    var test = GroupTest(
      model: own.model.map { plan.models[$0].name }, metric: own.metric.id,
      attributes: grouping.attributes, groups: groups.count)
    let context = plan.slices.slices[grouping.context]
    if !context.assignments.isEmpty { test.condition = context }
    test.excluded = GapBuilder.exclusions(own, grouping, plan.slices)
    guard groups.count > 1 else {
      test.status = test.excluded.isEmpty ? .undefined : .insufficient
      test.reason =
        grouping.comparable.count < 2
        ? "only one group" : "fewer than two groups can be compared"
      test.permutationReason = test.reason
      return test
    }
    do throws(Omnibus.Undefined) {
      test.omnibus = try Omnibus(
        own, groups: groups, grouping: index, plan.slices, isSimple: plan.rows.isSimple
      ).test()
    } catch {
      test.status = .undefined
      test.reason = error.reason
      test.permutationReason = error.reason
    }
    test.betweenGroup = betweenGroups(place, index)
    return test
  }
}
