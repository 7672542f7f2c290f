// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandThresholds
import Testing

/// Curves of a small table against numpy and scipy, which reckon row by row.
struct ReferenceTests {
  enum Kind: String, CaseIterable {
    case plain, weighted, clustered

    var expected: String {
      switch self {
      case .plain: ReferenceValues.plain
      case .weighted: ReferenceValues.weighted
      case .clustered: ReferenceValues.clustered
      }
    }
  }

  static func sample(_ kind: Kind, _ thresholds: [Double], group: Int? = nil) -> BucketedRows {
    let grid = ThresholdGrid(thresholds)
    var sample = BucketedRows(thresholds: thresholds.count, isClustered: kind == .clustered)
    for row in ReferenceValues.rows.split(whereSeparator: \.isWhitespace) {
      let fields = row.split(separator: ",").compactMap { Double($0) }
      if let group, fields[4] != Double(group) { continue }
      sample.add(
        bucket: fields[0] < 0 ? nil : grid.bucket(of: fields[0]),
        label: fields[1] < 0 ? nil : fields[1] == 1, weight: kind == .weighted ? fields[2] : 1,
        rows: 1, cluster: kind == .clustered ? Int32(fields[3]) : nil)
    }
    return sample
  }

  static let estimator = CurveEstimator(CurveSettings(minimum: 1, seed: 1, family: 1))

  static func metric(_ id: Substring) throws -> any DecisionMetric {
    try #require(Catalogue.standard.metric(String(id)) as? any DecisionMetric)
  }

  @Test(arguments: Kind.allCases)
  func `values, standard errors and limits of single thresholds`(_ kind: Kind) throws {
    let sample = Self.sample(kind, ReferenceValues.grid)
    var place = 0
    for line in kind.expected.split(separator: "\n") where !line.hasPrefix("=") {
      let words = line.split(separator: " ")
      let expected = words.dropFirst().compactMap { Double($0) }
      let metric = try Self.metric(words[0])
      let threshold = place % ReferenceValues.grid.count
      let errors = Self.estimator.errors(metric, sample)
      #expect(errors.thresholds.count == ReferenceValues.grid.count)
      let value = try metric.value(sample.counts(at: threshold))
      #expect(isNear(value, expected[0]))
      #expect(isNear(errors.standardErrors[threshold], expected[1]))
      let single = Self.sample(kind, [ReferenceValues.grid[threshold]])
      let curve = Self.estimator.curve(metric, single)
      #expect(isNear(curve.values[0], expected[0]), "\(line)")
      #expect(isNear(curve.low[0], expected[2]), "\(line)")
      #expect(isNear(curve.high[0], expected[3]), "\(line)")
      place += 1
    }
    #expect(place == 8 * ReferenceValues.grid.count)
  }

  @Test(arguments: Kind.allCases)
  func correlations(_ kind: Kind) throws {
    let sample = Self.sample(kind, ReferenceValues.grid)
    var expected: [Substring: [Double]] = [:]
    var name: Substring = ""
    for line in kind.expected.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words[0] != "=" { name = words[0] }
      guard words[0] == "=" else { continue }
      expected[name, default: []] += words.dropFirst().compactMap { Double($0) }
    }
    #expect(expected.count == 8)
    for (name, expected) in expected {
      let correlations = Self.estimator.errors(try Self.metric(name), sample).correlations
      let own = correlations.indices.flatMap { correlations[$0][($0 + 1)...] }
      #expect(own.count == expected.count)
      for (own, expected) in zip(own, expected) { #expect(isNear(own, expected), "\(name)") }
    }
  }

  @Test func `gaps of single thresholds`() throws {
    var count = 0
    for line in ReferenceValues.gaps.split(separator: "\n") {
      let words = line.split(separator: " ")
      let kind = try #require(Kind(rawValue: String(words[0])))
      let metric = try Self.metric(words[1])
      let threshold = try #require(Int(words[2]))
      let expected = words.dropFirst(3).compactMap { Double($0) }
      let groups = [0, 1].map {
        Self.sample(kind, [ReferenceValues.grid[threshold]], group: $0)
      }
      var curves = [Self.estimator.difference(metric, groups)]
      if expected.count == 6 { curves.append(Self.estimator.ratio(metric, groups)) }
      for (place, curve) in curves.enumerated() {
        #expect(isNear(curve.values[0], expected[3 * place]), "\(line)")
        #expect(isNear(curve.low[0], expected[3 * place + 1]), "\(line)")
        #expect(isNear(curve.high[0], expected[3 * place + 2]), "\(line)")
      }
      count += 1
    }
    #expect(count == 36)
  }
}

/// Within 1e-9, absolutely or relatively; the reference has 12 digits.
func isNear(_ value: Double?, _ expected: Double?, tolerance: Double = 1e-9) -> Bool {
  guard let value, let expected else { return value == nil && expected == nil }
  return (value - expected).magnitude <= tolerance * max(1, expected.magnitude)
}
