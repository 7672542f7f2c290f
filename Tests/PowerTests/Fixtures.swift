// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Foundation

/// What R and epiR return; Reference/make_power.R says how.
struct RValues: Decodable {
  struct Proportions: Decodable, Sendable {
    var reference, group, alpha, power, n, powerAt100: Double
  }
  struct Rate: Decodable, Sendable {
    var reference, n, power, above: Double
  }
  struct Mean: Decodable, Sendable {
    var difference, deviation, alpha, power, n, powerAt20, detectableAt20: Double
  }
  struct NonInferiority: Decodable, Sendable {
    var group, reference, margin, oneSided, power, groupN, referenceN: Double
  }
  struct Equivalence: Decodable, Sendable {
    var rate, margin, oneSided, power, n: Double
  }

  var proportions: [Proportions]
  var rates: [Rate]
  var means: [Mean]
  var nonInferiority: [NonInferiority]
  var equivalence: [Equivalence]
}

/// What statsmodels, scipy and plain summation return; Reference/make_power.py says how.
struct PythonValues: Decodable {
  struct Unequal: Decodable, Sendable {
    var group, reference, allocation, alpha, power, n, powerAt150: Double
  }
  struct Mean: Decodable, Sendable {
    var difference, groupDeviation, referenceDeviation, group, reference, alpha, power: Double
  }
  struct Area: Decodable, Sendable {
    var group, reference, positiveShare, groupN, referenceN, power: Double
  }
  struct Ratio: Decodable, Sendable {
    var group, reference, limit, groupN, referenceN, power: Double
  }
  struct Enumerated: Decodable, Sendable {
    var method, claim: String
    var values: [Double]
    var groupN, referenceN: Int
    var group, reference, critical, power: Double
  }
  struct Family: Decodable, Sendable {
    var groups: Int
    var allocation: Double?
    var confidence, critical: Double
  }
  struct Families: Decodable, Sendable {
    var pairs, reference: [Family]
  }

  var unequal: [Unequal]
  var means: [Mean]
  var areas: [Area]
  var ratios: [Ratio]
  var enumerated: [Enumerated]
  var families: Families
}

enum Fixture {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static func r() throws -> RValues { try read("power_r.json") }
  static func python() throws -> PythonValues { try read("power_python.json") }

  private static func read<Content: Decodable>(_ name: String) throws -> Content {
    let data = try Data(contentsOf: folder.appending(path: "Reference/" + name))
    return try JSONDecoder().decode(Content.self, from: data)
  }
}

/// The two-sided critical value of one comparison.
func critical(alpha: Double) -> Double { -Normal.quantile(alpha / 2) }

/// Whether two numbers agree to a relative tolerance.
func agree(_ value: Double?, _ expected: Double, within tolerance: Double) -> Bool {
  value.map { abs($0 - expected) <= tolerance * abs(expected) } ?? false
}
