// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

/// Whether two numbers agree to a relative tolerance.
func agree(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  value == expected || abs(value - expected) <= tolerance * abs(expected)
}

/// Whether an interval agrees with printed limits to an absolute tolerance.
func agree(_ interval: Interval, _ limits: [Double], within tolerance: Double) -> Bool {
  abs(interval.low - limits[0]) <= tolerance && abs(interval.high - limits[1]) <= tolerance
}

/// Small random 2 × 2 tables, with many zero and full cells, and a confidence.
struct RandomTables: Sequence, IteratorProtocol {
  private var stream: RandomStream
  private var left: Int

  init(seed: UInt64, count: Int) {
    stream = RandomStream(seed: seed, family: 0, replicate: 0)
    left = count
  }

  mutating func next() -> (x: Double, n: Double, y: Double, m: Double, confidence: Double)? {
    left -= 1
    if left < 0 { return nil }
    let confidence = [0.5, 0.8, 0.9, 0.95, 0.99, 0.9999].randomElement(using: &stream) ?? 0.95
    let (x, n) = proportion()
    let (y, m) = proportion()
    return (x, n, y, m, confidence)
  }

  private mutating func proportion() -> (Double, Double) {
    let trials = Int.random(in: 1...(Bool.random(using: &stream) ? 12 : 2000), using: &stream)
    switch Int.random(in: 0..<4, using: &stream) {
    case 0: return (0, Double(trials))
    case 1: return (Double(trials), Double(trials))
    default: return (Double(Int.random(in: 0...trials, using: &stream)), Double(trials))
    }
  }
}
