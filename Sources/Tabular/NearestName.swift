// SPDX-License-Identifier: Apache-2.0

extension DataError {
  /// A column that is not there: names the nearest one and lists those that are.
  static func noColumn(_ name: String, role: String? = nil, among names: [String]) -> DataError {
    let asked = role.map { " (asked for as \($0))" } ?? ""
    let shown = names.prefix(20).map { "'\($0.cut())'" }.joined(separator: ", ")
    let more = names.count > 20 ? " and \(names.count - 20) more" : ""
    var remedy = "The columns are \(shown)\(more)."
    if let nearest = nearestName(to: name, among: names) {
      remedy = "Did you mean '\(nearest.cut())'? " + remedy
    }
    return DataError(
      kind: .usage, problem: "there is no such column" + asked, column: name, remedy: remedy)
  }
}

/// The candidate at the least edit distance from `name`, letter case aside, if one is near enough to
/// be a slip of the pen: at most a third of the letters, at least two.
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars.prefix(200))
  let limit = max(2, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates where !candidate.isEmpty {
    let letters = Array(candidate.lowercased().unicodeScalars.prefix(200))
    let distance = editDistance(wanted, letters)
    let isSlip = distance <= limit && distance < max(wanted.count, letters.count)
    if isSlip && distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Levenshtein distance: the fewest insertions, deletions and replacements from `a` to `b`.
/// - Complexity: O(a.count · b.count) time, O(b.count) space.
func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
