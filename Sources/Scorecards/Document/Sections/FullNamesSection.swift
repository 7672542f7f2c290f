// SPDX-License-Identifier: Apache-2.0

/// The names that were too long for tables, in full.
struct FullNamesSection {
  /// More than this many characters in all are left to scorecard.json.
  private static let room = 40_000
  let reading: Reading

  var section: Section? {
    let cut = reading.labels.cut
    guard !cut.isEmpty else { return nil }
    var used = 0
    var facts: [Fact] = []
    for (index, name) in cut.enumerated() {
      used += name.full.utf8.count
      guard used <= Self.room else { break }
      facts.append(Fact(RichText("#" + String(index + 1)), "\(code: name.full)"))
    }
    let more = cut.count - facts.count
    return Section(
      "names", "Full names",
      [.definitions(facts)]
        + (more > 0 ? [.note("\(Format.count(more)) more in scorecard.json.")] : []))
  }
}
