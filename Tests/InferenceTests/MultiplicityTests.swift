// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

/// Adjusted p-values of Holm, Benjamini & Hochberg and Benjamini & Yekutieli.
@Suite struct MultiplicityTests {
  static let methods: [any PValueAdjustment] = [Holm(), BenjaminiHochberg(), BenjaminiYekutieli()]

  /// The 15 p-values of Benjamini & Hochberg 1995, section 4.1, and what each method rejects at .05.
  @Test func rejectionsOfBenjaminiAndHochberg1995() {
    let pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
      0.6528, 0.759, 1.0,
    ]
    let rejected = Self.methods.map { method in
      method.adjusted(pValues).count { $0 <= 0.05 }
    }
    #expect(rejected == [3, 4, 3])
  }

  @Test func statsmodels() {
    for each in MultiplicityValues.cases {
      let expected = [each.holm, each.benjaminiHochberg, each.benjaminiYekutieli]
      for (method, values) in zip(Self.methods, expected) {
        let adjusted = method.adjusted(each.pValues)
        #expect(adjusted.count == values.count)
        for (a, b) in zip(adjusted, values) { #expect(agree(a, b, within: 1e-13), "\(method)") }
      }
    }
  }

  /// Between the p-value and 1, in the order of the p-values and equal where they are, carried
  /// along when they are reordered; Hochberg's never above the other two.
  @Test func laws() {
    var stream = RandomStream(seed: 71, family: 0, replicate: 0)
    for size in 0..<60 {
      let grid = size.isMultiple(of: 2) ? 20.0 : 1e9
      let pValues = (0..<size).map { _ in
        (stream.uniform() * stream.uniform() * grid).rounded() / grid
      }
      let order = pValues.indices.shuffled(using: &stream)
      for method in Self.methods {
        let adjusted = method.adjusted(pValues)
        #expect(zip(adjusted, pValues).allSatisfy { $0 >= $1 && $0 <= 1 })
        #expect(method.adjusted(order.map { pValues[$0] }) == order.map { adjusted[$0] })
        for (i, p) in pValues.enumerated() {
          for (j, q) in pValues.enumerated() {
            #expect(p == q ? adjusted[i] == adjusted[j] : p > q || adjusted[i] <= adjusted[j])
          }
        }
      }
      let least = BenjaminiHochberg().adjusted(pValues)
      for method in Self.methods {
        #expect(zip(least, method.adjusted(pValues)).allSatisfy { $0 <= $1 * (1 + 1e-15) })
      }
    }
  }

  /// Holm's step-down by its definition: reject while p(j) ≤ α / (m + 1 − j).
  @Test func decisionsByDefinition() {
    var stream = RandomStream(seed: 72, family: 0, replicate: 0)
    for size in 1..<40 {
      let pValues = (0..<size).map { _ in stream.uniform() * stream.uniform() * stream.uniform() }
      let sorted = pValues.sorted()
      let alpha = 0.01 + 0.3 * stream.uniform()
      let stop = sorted.indices.first { sorted[$0] > alpha / Double(size - $0) } ?? size
      #expect(Holm().adjusted(pValues).count { $0 <= alpha } == stop)
      let last = sorted.indices.last { sorted[$0] <= alpha * Double($0 + 1) / Double(size) } ?? -1
      #expect(BenjaminiHochberg().adjusted(pValues).count { $0 <= alpha } == last + 1)
    }
  }
}
