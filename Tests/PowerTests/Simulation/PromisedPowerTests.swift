// SPDX-License-Identifier: Apache-2.0
import EvenhandPower
import Foundation
import Testing

@Suite("The power promised is had") struct PromisedPowerTests {
  @Test(arguments: SimulatedDesign.all.indices)
  func simulated(index: Int) throws {
    let design = SimulatedDesign.all[index]
    let (power, interval) = design.run(family: UInt32(index))
    #expect(interval.high >= SimulatedDesign.promised, "\(design.name): \(power)")
    // Not by asking for far more rows than are needed either.
    #expect(power < 0.9, "\(design.name): \(power)")
    // Pairs are judged by another interval than the one that is enumerated.
    if let exact = design.exactPower, !design.name.contains("pairs") {
      let error = (exact * (1 - exact) / Double(design.trials)).squareRoot()
      #expect(abs(power - exact) < 3.3 * error, "\(design.name): \(exact)")
    }
    let row = Self.row(design, power, interval.low, interval.high)
    #expect(try Self.article().contains(row), "the article does not have this row: \(row)")
  }

  /// The row of the article's table.
  private static func row(
    _ design: SimulatedDesign, _ power: Double, _ low: Double, _ high: Double
  ) -> String {
    func shown(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
    func rows(_ sizes: SampleSizes) -> String {
      let (own, other) = (Int(sizes.group), Int(sizes.reference))
      return own == other ? "\(own)" : "\(own) and \(other)"
    }
    return "| \(design.name) | \(rows(design.formula)) | \(shown(design.exactPowerOfFormula)) "
      + "| \(rows(design.planned)) | \(shown(design.exactPower)) "
      + "| \(shown(power)) [\(shown(low)), \(shown(high))] |"
  }

  private static func article() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "Sources/Evenhand/Documentation.docc/Articles/Power.md"),
      encoding: .utf8)
  }
}
