// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

/// The standard library's `Double(_: String)` rounds correctly and is the judge.
@Suite("Numbers") struct NumberReadingTests {
  private func expectStandardReading(_ texts: [String]) throws {
    let text = "x\n" + texts.joined(separator: "\n") + "\n"
    let values = try TableReader()
      .read(input(text), columns: requests([], numbers: ["x"])).number("x").values
    #expect(values.count == texts.count)
    for (text, value) in zip(texts, values) {
      #expect(value.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func edges() throws {
    try expectStandardReading([
      "0", "-0", "+7", "007", ".5", "5.", "-.5e1", "1E5", "1e+05", "1e-5", "9007199254740992",
      "9007199254740993", "9007199254740992.9999", "18446744073709551615", "18446744073709551616",
      "9999999999999999999", "0.1", "0.3", "1e22", "1e23", "8.5e27", "9e27", "1e28", "1e-27",
      "1e-28", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
      "2.2250738585072011e-308", "1.7976931348623157e308", "1e-400", "0e999999999999999999999",
      "-0.0e-99999999999999999999", "0.000000000000000000000000000000000000000012345",
      "1" + String(repeating: "0", count: 300), "0." + String(repeating: "0", count: 300) + "1",
      String(repeating: "9", count: 40) + "e-40",
    ])
  }

  /// Shortest forms of random doubles, of scores in 0...1 and of any size: 15 to 17 digits.
  @Test func shortestForms() throws {
    var random = SplitMix(state: 1)
    let scores = (0..<5000).map { _ in "\(Double.random(in: 0...1, using: &random))" }
    let any = (0..<5000).compactMap { _ -> String? in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : nil
    }
    try expectStandardReading(scores + any)
  }

  /// Random digits with a random point and exponent.
  @Test func randomDecimals() throws {
    var random = SplitMix(state: 2)
    try expectStandardReading(
      (0..<20_000).map { _ in
        let count = Int.random(in: 1...22, using: &random)
        var digits = (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }
        digits.insert(".", at: Int.random(in: 0...count, using: &random))
        return (Bool.random(using: &random) ? "-" : "") + digits.joined()
          + "e\(Int.random(in: -35...35, using: &random))"
      })
  }

  /// Midpoints between neighbouring doubles, where the tie goes to the even one, and their decimal
  /// neighbours.
  @Test func ties() throws {
    var random = SplitMix(state: 3)
    var texts: [String] = []
    for _ in 0..<2000 {
      // Odd 54-bit integers lie halfway between two doubles; 2 · m + 1 over 2^k for k ≤ 3 is exact
      // in 19 digits.
      let tie = (UInt64.random(in: 1 << 52..<1 << 53, using: &random) << 1) | 1
      texts += ["\(tie)", "\(tie).0", "\(tie)e0", "\(tie - 1)", "\(tie + 1)", "\(tie)00e-2"]
      let whole = tie >> 1
      texts += ["\(whole).5", "\(whole).49", "\(whole).51", "\(tie)e3", "\(tie)e-3", "\(tie)e11"]
    }
    try expectStandardReading(texts)
  }

  /// A million decimals of all lengths and sizes: few digits, shortest forms, random ones of up to 25
  /// digits with exponents over the whole range, and those around subnormal numbers and overflow.
  @Test func aMillionDecimals() throws {
    var random = SplitMix(state: 4)
    for _ in 0..<50 {
      try expectStandardReading((0..<20_000).map { decimal(kind: $0 % 5, &random) })
    }
  }

  private func decimal(kind: Int, _ random: inout SplitMix) -> String {
    let digits = { (count: Int, random: inout SplitMix) in
      (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
    }
    switch kind {
    case 0:
      return digits(Int.random(in: 0...4, using: &random), &random) + "."
        + digits(Int.random(in: 1...9, using: &random), &random)
    case 1: return "\(Double.random(in: 0...1, using: &random))"
    case 2:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : "0"
    case 3:
      return digits(Int.random(in: 1...25, using: &random), &random)
        + "e\(Int.random(in: -345...280, using: &random))"
    default:
      // Subnormal numbers, and the midpoints above them as far as 19 digits tell them.
      let value = Double(bitPattern: UInt64.random(in: 1...1 << 53, using: &random))
      return Bool.random(using: &random)
        ? "\(value)" : digits(19, &random) + "e-\(Int.random(in: 325...345, using: &random))"
    }
  }

  /// The exact decimal expansions of midpoints, of up to 770 digits: above, at and below the tie.
  @Test func exactMidpoints() throws {
    var random = SplitMix(state: 5)
    var texts: [String] = []
    for _ in 0..<300 {
      let significand = UInt64.random(in: 1 << 52..<1 << 53, using: &random) * 2 + 1
      let exponent = Int.random(in: 1...1074, using: &random)
      // significand / 2^exponent = significand · 5^exponent / 10^exponent
      let digits = product(significand, ofFives: exponent)
      texts += ["\(digits)e-\(exponent)", "\(digits)1e-\(exponent + 1)"]
      texts.append("\(digits.dropLast())4e-\(exponent)")
    }
    try expectStandardReading(texts)
  }

  /// The decimal digits of `factor` · 5^`count`.
  private func product(_ factor: UInt64, ofFives count: Int) -> String {
    var digits = "\(factor)".utf8.reversed().map { Int($0) - 48 }
    for _ in 0..<count {
      var carry = 0
      for i in digits.indices {
        carry += digits[i] * 5
        digits[i] = carry % 10
        carry /= 10
      }
      if carry > 0 { digits.append(carry) }
    }
    return digits.reversed().map { "\($0)" }.joined()
  }

  @Test func spacesAreTolerated() throws {
    let table = try TableReader().read(
      input("x,y\n 1 ,\t-2.5e0\t\n,  \n"), columns: requests([], numbers: ["x", "y"]))
    #expect(try table.number("x") == NumberColumn(name: "x", values: [1, .nan]))
    #expect(try table.number("y") == NumberColumn(name: "y", values: [-2.5, .nan]))
  }

  @Test(arguments: [
    "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 2", "--1", "1_000", "1,5e", "0x", "١", "1f", "½",
  ])
  func notNumbers(text: String) throws {
    let error = try #require(throws: DataError.self) {
      try TableReader().read(input("x\n\"\(text)\"\n"), columns: requests([], numbers: ["x"]))
    }
    #expect(error.problem == "not a number")
    #expect(error.value == text)
  }
}
