// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

@Suite struct ScaleTests {
  static let scales: [(Scale, ClosedRange<Double>)] = [
    (.identity, -5...5), (.logit, 0...1), (.fisherZ, -1...1), (.logarithm, 0...20),
  ]

  @Test func inverseAndDerivative() {
    for (scale, range) in Self.scales {
      for share in [0.01, 0.2, 0.5, 0.77, 0.99] {
        let x = range.lowerBound + share * (range.upperBound - range.lowerBound)
        #expect(abs(scale.inverse(scale.transform(x)) - x) < 1e-14 * max(1, abs(x)))
        let h = 1e-6
        let slope = (scale.transform(x + h) - scale.transform(x - h)) / (2 * h)
        #expect(agree(scale.derivative(at: x), slope, within: 1e-6))
      }
    }
  }

  /// Fisher's textbook interval of a correlation: r = 0.6 from 28 pairs, se (1 − r²)/√25.
  @Test func fisherInterval() {
    let interval = Scale.fisherZ.interval(
      value: 0.6, standardError: 0.64 / 5, critical: 1.959963984540054)
    let z = Double.atanh(0.6)
    let expected = [Double.tanh(z - 0.391992796908), Double.tanh(z + 0.391992796908)]
    #expect(agree(interval, expected, within: 1e-11))
  }

  /// Wilson's limit of no success, here in 0.97/0.03 trials: 1 − c²/(n + c²) = 0.8938.
  @Test func endsOfTheRange() {
    let one = Scale.logit.interval(value: 1, standardError: 0.03, critical: 1.959963984540054)
    #expect(
      one.high == 1 && agree(one.low, 0.97 / (0.97 + 0.03 * 3.841458820694124), within: 1e-12))
    let zero = Scale.logit.interval(value: 0, standardError: 0.03, critical: 1.959963984540054)
    #expect(zero.low == 0 && agree(zero.high, 1 - one.low, within: 1e-12))
    let minus = Scale.fisherZ.interval(value: -1, standardError: 0.06, critical: 1.959963984540054)
    #expect(minus.low == -1 && agree(minus.high, 2 * zero.high - 1, within: 1e-12))
    let none = Scale.logarithm.interval(value: 0, standardError: 0.5, critical: 2)
    #expect(none == Interval(low: 0, high: 2))
  }

  /// Low ≤ value ≤ high, low < high, within the range; limits rise with the value, no jumps.
  @Test func lawsOverTheWholeRange() {
    for (scale, range) in Self.scales {
      let width = range.upperBound - range.lowerBound
      for error in [1e-4, 0.01, 0.03, 0.2, 0.7, 3] {
        for critical in [0.7, 1.96, 3.5] {
          var previous: Interval?
          for step in 0...2000 {
            let value = range.lowerBound + width * Double(step) / 2000
            let interval = scale.interval(value: value, standardError: error, critical: critical)
            #expect(interval.low <= value && value <= interval.high)
            #expect(interval.low < interval.high)
            if scale != .identity { #expect(interval.low >= range.lowerBound) }
            if scale == .logit || scale == .fisherZ {
              #expect(interval.high <= range.upperBound)
              if let previous, error >= 0.01, error < width / 4 {
                #expect(abs(interval.high - previous.high) < 0.2 * width)
                #expect(abs(interval.low - previous.low) < 0.2 * width)
              }
            }
            previous = interval
          }
        }
      }
    }
  }

  /// Continuity where the rule of the ends takes over, one standard error from an end.
  @Test func theRulesMeet() {
    for scale in [Scale.logit, .logarithm] {
      for error in [0.001, 0.03, 0.2] {
        let inside = scale.interval(value: error * (1 + 1e-9), standardError: error, critical: 2)
        let outside = scale.interval(value: error * (1 - 1e-9), standardError: error, critical: 2)
        #expect(agree(inside, [outside.low, outside.high], within: 1e-7 * error))
      }
    }
  }
}
