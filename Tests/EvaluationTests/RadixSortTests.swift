// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import RealModule
import Testing

/// Rows come in the order that a stable sort of the standard library gives them.
@Suite("Radix sort")
struct RadixSortTests {
  @Test(
    "doubles of any size, alike in their leading digits, or few and many times",
    arguments: [
      "six decimals", "close together", "few", "any size", "small counts",
    ])
  func sorts(kind: String) {
    var stream = RandomStream(seed: 11, family: 900, replicate: 0)
    let values = (0..<5_000).map { _ -> Double in
      let uniform = stream.uniform()
      switch kind {
      case "six decimals": return (uniform * 1e6).rounded() / 1e6
      // The upper halves of most of these keys are equal.
      case "close together": return 0.5 + (uniform * 4_000).rounded() * 0x1p-45
      case "few": return (uniform * 7).rounded() - 3
      default: return (uniform - 0.5) * Double.exp(uniform * 1200 - 600)
      }
    }
    let keys =
      kind == "small counts"
      ? values.indices.map { UInt64($0 * 7919 % 100) } : values.map(RadixSort.key)
    var order = values.indices.reversed().map(UInt32.init)
    let expected = order.enumerated().sorted {
      (keys[Int($0.element)], $0.offset) < (keys[Int($1.element)], $1.offset)
    }
    RadixSort.sort(&order, by: keys)
    #expect(order == expected.map(\.element))
  }
}
