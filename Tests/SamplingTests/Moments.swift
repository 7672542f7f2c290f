// SPDX-License-Identifier: Apache-2.0

/// Mean and variance of numbers seen one at a time (Welford).
struct Moments {
  private(set) var count = 0.0
  private(set) var mean = 0.0
  private var squares = 0.0
  var variance: Double { squares / (count - 1) }

  mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / count
    squares += distance * (value - mean)
  }
}
