// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration

/// The labelled scores of one model, slice by slice.
extension ScoreOrder {
  /// The sample of some places.
  func sample(_ places: some RandomAccessCollection<UInt32>) -> CalibrationSample {
    var sample = CalibrationSample(capacity: places.count)
    for place in places.lazy.map(Int.init) {
      guard let label = label(place) else { continue }
      sample.append(
        score: scores[place], label: label, weight: weight(place), rows: multiplicities[place])
    }
    return sample
  }

  /// Calls `body` with every labelled row, by score, then weight.
  func forEachLabelled(
    _ body: (_ score: Double, _ label: Bool, _ cell: Int, _ weight: Double, _ rows: Double) -> Void
  ) {
    for place in 0..<count {
      guard let label = label(place) else { continue }
      body(scores[place], label, Int(cells[place]), weight(place), multiplicities[place])
    }
  }
}
