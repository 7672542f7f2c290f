// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Foundation
import Testing

/// `scorecard.json`: the fast writer against Foundation's encoder, and back again.
@Suite("JSON")
struct JSONTests {
  /// Every optional filled once and empty once, texts that need escaping, numbers of all sizes.
  private static var scorecards: [Scorecard] {
    var result = Samples.result(
      first: "quote \" backslash \\ newline \n tab \t null-like \u{1} é 日本 🙂", second: "a/b")
    var gap = Gap(model: nil, metric: "m", kind: .ratioToOverall, attributes: ["x", "y"])
    gap.name = "named"
    gap.condition = Samples.group("stratum", nil)
    gap.status = .insufficient
    gap.reason = "too few"
    gap.value = 1e-17
    gap.standardError = 123_456_789_012_345_680
    gap.interval = ReportedInterval(low: -0.5, high: nil, level: 0.9, method: "max_t")
    gap.pValue = Double.leastNonzeroMagnitude
    gap.noiseFloor = NoiseFloor(expected: 1, upper95: nil, lower95: 0.25)
    gap.components = [GapComponent(metric: "part", value: nil), .init(metric: "rest", value: 0.1)]
    gap.excluded = [Exclusion(slice: Samples.group("x", nil), denominator: nil, reason: "why")]
    result.gaps.append(gap)
    var measurement = SliceMeasurement(model: nil, metric: "m", slice: .overall, n: nil)
    measurement.status = .suppressed
    measurement.nullReference = NullReference(
      hypothesis: "perfectly calibrated", expected: 0.1, upper95: 0.2, pValue: 1)
    result.measurements.append(measurement)
    return [
      Samples.scorecard(result), Samples.scorecard(EvaluationResult(data: result.data)),
      Samples.crowd(models: 2, attributes: 2, groups: 3),
    ]
  }

  @Test("the same objects as Foundation's encoder writes, with every key")
  func equalsFoundation() throws {
    for scorecard in Self.scorecards {
      let own = try JSONSerialization.jsonObject(with: scorecard.json())
      let oracle = try JSONSerialization.jsonObject(with: JSONEncoder().encode(scorecard))
      #expect((own as? NSDictionary) == (oracle as? NSDictionary))
    }
  }

  @Test("keys are sorted, and the text ends with a newline")
  func sorted() throws {
    let text = String(decoding: try Self.scorecards[0].json(), as: UTF8.self)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let oracle = String(decoding: try encoder.encode(Self.scorecards[0].gaps), as: UTF8.self)
    #expect(text.contains("\"gaps\":" + oracle))
    #expect(text.hasSuffix("}\n") && text.contains("\"tally\":null"))
  }

  @Test("no byte depends on how many threads write")
  func threads() throws {
    for scorecard in Self.scorecards {
      #expect(try scorecard.json(threads: 1) == scorecard.json(threads: 4))
    }
  }

  @Test("what is written is read back equal")
  func roundTrip() throws {
    for scorecard in Self.scorecards {
      #expect(try Scorecard(json: scorecard.json()) == scorecard)
    }
  }
}
