// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Foundation

/// Flags over file over defaults: every setting by its snake_case key, with where it comes from.
struct Settings {
  enum Value: Equatable {
    /// As typed; lists are separated by commas.
    case text(String)
    case list([String])
  }

  private(set) var values: [String: Value] = [:]
  private var origins: [String: String] = [:]
  private(set) var metadata = Metadata()

  /// The keys that a configuration file may have, besides `metadata`.
  static let keys: Set<String> = [
    "label", "positive", "model", "decision", "threshold", "score_kind", "by", "bins", "attributes",
    "id", "allow_unmatched", "intersections", "reference", "weight", "count", "cluster",
    "condition",
    "confidence", "replicates", "seed", "method", "minimum", "max_groups", "suppress_below",
    "interval", "resampling", "permutations", "label_draws", "favorable", "delimiter", "missing",
    "missing_as_group", "small_groups", "baseline", "pareto", "costs", "net_benefit", "sweep",
    "propose", "metrics",
    "threads", "output", "format", "quiet", "gates", "junit", "junit_inconclusive", "step_summary",
    "annotations",
  ]

  /// A flag's value; `nil` and an empty list leave the file's or the default.
  mutating func set(_ key: String, _ value: String?) {
    guard let value else { return }
    values[key] = .text(value)
    origins[key] = "--" + key.replacingOccurrences(of: "_", with: "-")
  }

  /// A flag that may be repeated.
  mutating func set(_ key: String, _ list: [String]) {
    guard !list.isEmpty else { return }
    values[key] = .list(list)
    origins[key] = "--" + key.replacingOccurrences(of: "_", with: "-")
  }

  mutating func set(_ key: String, _ flag: Bool) {
    if flag { set(key, "true") }
  }

  /// A value for what neither a flag nor the file sets.
  mutating func setDefault(_ key: String, _ value: String) {
    if values[key] == nil { values[key] = .text(value) }
  }

  /// A value with where it comes from, for messages.
  mutating func set(_ key: String, _ value: Value, origin: String) {
    values[key] = value
    origins[key] = origin
  }

  /// A text of the metadata; `nil` where nothing is stated.
  mutating func setMetadata(_ place: WritableKeyPath<Metadata, String?>, _ text: String?) {
    metadata[keyPath: place] = text
  }

  /// Forgets all other keys.
  mutating func keep(_ keys: Set<String>) {
    values = values.filter { keys.contains($0.key) }
  }

  func failure(_ key: String, _ problem: String) -> Failure {
    Failure(.usage, "\(origins[key] ?? key): \(problem)")
  }
}
