// SPDX-License-Identifier: Apache-2.0

/// When a scenario is hard, so that 93 % are enough: fixed before the first run, from the design alone.
package enum Hardness {
  /// Fewer successes or failures than this are expected in some group.
  package static let counts = 5.0
  /// Fewer clusters than this.
  package static let clusters = 30
  /// Fewer rows of the rarer class than this are expected, for rankings and fits.
  package static let classRows = 20.0

  package static func ofRates(_ groups: [(trials: Int, rate: Double)]) -> Bool {
    groups.contains { Double($0.trials) * min($0.rate, 1 - $0.rate) < counts - 1e-9 }
  }

  /// Of a composite: the expected numbers of the cells that it is made of.
  package static func ofCells(_ expected: [Double]) -> Bool {
    expected.contains { $0 < counts - 1e-9 }
  }

  package static func ofClusters(_ count: Int) -> Bool { count < clusters }

  package static func ofClasses(_ rows: Double) -> Bool { rows < classRows - 1e-9 }
}
