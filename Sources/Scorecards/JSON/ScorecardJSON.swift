// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel
public import Foundation

extension Scorecard {
  /// The bytes of `scorecard.json`: sorted keys, no key absent, no NaN or infinity, one newline at the
  /// end.
  ///
  /// - Parameter threads: how many write at once, as many as there are processors if not given; no byte
  ///   depends on it.
  /// - Throws: what `JSONEncoder` throws.
  public func json(threads: Int? = nil) throws -> Data {
    let members = members
    let texts = try Parallel(threads: threads).map(members) { member in
      Result {
        var text = JSONText()
        try member.write(&text)
        return text.bytes
      }
    }.map { try $0.get() }
    // Assembled where it stays: there may be tens of megabytes.
    var data = Data(capacity: texts.reduce(2) { $0 + $1.count + 32 })
    for (member, bytes) in zip(members, texts) {
      data.append(contentsOf: (data.isEmpty ? "{" : ",").utf8)
      data.append(contentsOf: "\"\(member.key)\":".utf8)
      data.append(contentsOf: bytes)
    }
    data.append(contentsOf: "}\n".utf8)
    return data
  }

  /// A member of the object, and how its value is written.
  private struct Member: Sendable {
    let key: StaticString
    let write: @Sendable (inout JSONText) throws -> Void

    /// Many values, one by one.
    init<Element: Sendable>(
      _ key: StaticString, _ elements: [Element],
      _ element: @escaping @Sendable (inout JSONText, Element) -> Void
    ) {
      self.key = key
      write = { json in json.array(elements, element) }
    }

    init(_ key: StaticString, _ value: some Encodable & Sendable) {
      self.key = key
      write = { json in
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        json.json(try encoder.encode(value))
      }
    }
  }

  /// In the order of their keys.
  private var members: [Member] {
    [
      Member("attributes", attributes), Member("calibration", calibration),
      Member("comparisons", comparisons) { $1.write(to: &$0) },
      Member("configuration", configuration), Member("curves", curves), Member("data", data),
      Member("flips", flips), Member("gaps", gaps) { $1.write(to: &$0) }, Member("gates", gates),
      Member("kpis", kpis), Member("measurements", measurements) { $1.write(to: &$0) },
      Member("metadata", metadata), Member("models", models), Member("pareto", pareto),
      Member("provenance", provenance), Member("schema", schema), Member("slices", slices),
      Member("smallGroups", smallGroups), Member("standings", standings),
      Member("sweeps", sweeps), Member("tally", tally), Member("tests", tests),
      Member("warnings", warnings),
    ]
  }

  /// Reads a scorecard back from its JSON.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(Scorecard.self, from: json)
  }
}
