// SPDX-License-Identifier: Apache-2.0
import EvenhandScorecards
import Testing

@Suite struct FormatTests {
  @Test(arguments: [
    (0.0962976, "0.0963"), (0.2602455, "0.260"), (0.3700261313, "0.370"), (0.0, "0"), (1.0, "1"),
    (0.9999, "1.000"), (1.2345, "1.23"), (12.345, "12.3"), (123.45, "123"), (-0.05, "−0.0500"),
    (16_561.4, "16,561"), (-1234.4, "−1,234"), (0.00001, "<0.0001"), (-0.00001, ">−0.0001"),
    (0.0006, "0.0006"), (.infinity, "∞"), (1_000_000.0, "1,000,000"),
  ])
  func numbers(_ value: Double, _ text: String) {
    #expect(Format.number(value) == text)
  }

  @Test func countsAndIntervals() {
    #expect(Format.count(0) == "0")
    #expect(Format.count(999) == "999")
    #expect(Format.count(1000) == "1,000")
    #expect(Format.count(1_234_567) == "1,234,567")
    #expect(Format.interval(0.08828, 0.1049) == "[0.0883, 0.105]")
    #expect(Format.interval(0.5, nil) == "[0.500, ∞]")
    #expect(Format.percent(0.33108) == "33.1 %")
    #expect(Format.percent(0.0001) == "<0.1 %")
    #expect(Format.level(0.95) == "95 %")
    #expect(Format.level(0.999) == "99.9 %")
    #expect(Format.pValue(0.0004) == "p < 0.001")
    #expect(Format.pValue(0.0236) == "p = 0.024")
  }

  /// At most four significant digits, whatever the value.
  @Test func significantDigits() {
    var generator = Linear(seed: 3)
    for _ in 0..<2000 {
      let value =
        Double.random(in: -1000...1000, using: &generator)
        * Double.random(in: 0...1, using: &generator)
      let digits = Format.number(value).filter(\.isNumber).drop { $0 == "0" }
      #expect(digits.count <= 4, "\(value)")
    }
  }

  @Test(arguments: [
    (0.0, 0.353, [0, 0.1, 0.2, 0.3, 0.4], ["0.0", "0.1", "0.2", "0.3", "0.4"]),
    (0.2, 0.86, [0.2, 0.4, 0.6, 0.8, 1], ["0.2", "0.4", "0.6", "0.8", "1.0"]),
    (-30, 55, [-50, 0, 50, 100], ["−50", "0", "50", "100"]),
    (0.0, 0.0031, [0, 0.001, 0.002, 0.003, 0.004], ["0.000", "0.001", "0.002", "0.003", "0.004"]),
  ])
  func ticks(_ low: Double, _ high: Double, _ ticks: [Double], _ labels: [String]) {
    let axis = Axis(covering: low...high, steps: 4)
    #expect(axis.ticks == ticks)
    #expect(axis.labels == labels)
  }

  /// Every axis covers its range, and its step is 1, 2 or 5 times a power of ten.
  @Test func axisLaws() {
    var generator = Linear(seed: 11)
    for _ in 0..<2000 {
      let low = Double.random(in: -100...100, using: &generator)
      let width = 10 * Double.random(in: 0.0001...1, using: &generator)
      let axis = Axis(
        covering: low...(low + width), steps: Int.random(in: 1...6, using: &generator))
      #expect(axis.lower <= low + 1e-6 && axis.upper >= low + width - 1e-6)
      #expect(axis.ticks.count >= 2 && axis.ticks.count <= 9)
      #expect(Set(axis.labels).count == axis.labels.count)
      var step = axis.ticks[1] - axis.ticks[0]
      while step < 0.999 { step *= 10 }
      while step > 9.99 { step /= 10 }
      #expect([1, 2, 5, 10].contains { abs($0 - step) < 1e-3 }, "\(step)")
    }
  }

  @Test func axesOfNoWidthOrNoEnd() {
    for range in [0.0...0.0, 5.0...5.0, -2.0...(-2.0), 0.0...Double.infinity] {
      let axis = Axis(covering: range, steps: 4)
      #expect(axis.lower < axis.upper)
      #expect(axis.position(.infinity) == 1 && axis.position(-.infinity) == 0)
    }
  }
}
