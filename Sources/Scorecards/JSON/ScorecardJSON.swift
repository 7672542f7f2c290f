// SPDX-License-Identifier: Apache-2.0
public import Foundation

extension Scorecard {
  /// The bytes of `scorecard.json`: sorted keys, no key absent, no NaN or infinity, one newline at the
  /// end.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = JSONText()
    var failure: (any Error)?
    text.object { json in
      func member(_ key: StaticString, _ value: some Encodable) {
        json.key(key)
        do {
          json.json(try encoder.encode(value))
        } catch {
          failure = error
        }
      }
      member("attributes", attributes)
      member("calibration", calibration)
      json.key("comparisons")
      json.array(comparisons) { json, comparison in comparison.write(to: &json) }
      member("configuration", configuration)
      member("curves", curves)
      member("data", data)
      member("flips", flips)
      json.key("gaps")
      json.array(gaps) { json, gap in gap.write(to: &json) }
      member("gates", gates)
      member("kpis", kpis)
      json.key("measurements")
      json.array(measurements) { json, measurement in measurement.write(to: &json) }
      member("metadata", metadata)
      member("models", models)
      member("pareto", pareto)
      member("provenance", provenance)
      json.key("schema")
      json.value(schema)
      member("slices", slices)
      member("smallGroups", smallGroups)
      member("standings", standings)
      member("sweeps", sweeps)
      member("tally", tally)
      member("tests", tests)
      member("warnings", warnings)
    }
    if let failure { throw failure }
    return Data(text.bytes + [UInt8(ascii: "\n")])
  }

  /// Reads a scorecard back from its JSON.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(Scorecard.self, from: json)
  }
}
