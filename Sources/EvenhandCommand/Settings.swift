// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular
import Foundation
import Yams

/// Flags over file over defaults: every setting by its snake_case key, with where it comes from.
struct Settings {
  enum Value: Equatable {
    /// As typed; lists are separated by commas.
    case text(String)
    case list([String])
  }

  private var values: [String: Value] = [:]
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

  /// Forgets all other keys.
  mutating func keep(_ keys: Set<String>) {
    values = values.filter { keys.contains($0.key) }
  }

  func failure(_ key: String, _ problem: String) -> Failure {
    Failure(.usage, "\(origins[key] ?? key): \(problem)")
  }
}

// MARK: - Reading a file

extension Settings {
  /// Reads a configuration file; keys that it does not know are errors with their line.
  mutating func read(path: String) throws {
    guard let root = try ConfigurationFile.root(of: path) else { return }
    guard case .mapping(let mapping) = root else {
      throw Failure(.usage, "\(path): a configuration is a map of keys and values")
    }
    for (key, value) in mapping {
      let name = key.string ?? ""
      let place = "\(path):\(key.mark?.line ?? 1)"
      if name == "metadata" {
        try readMetadata(value, path: path)
      } else if Self.keys.contains(name) {
        if let value = try Self.value(value, place: "\(place): \(name)") {
          values[name] = value
          origins[name] = "\(place): \(name)"
        }
      } else {
        throw Failure(.usage, "\(place): unknown key '\(name)'\(Self.suggestion(name, Self.keys))")
      }
    }
  }

  /// Scalars are texts, sequences lists, maps lists of NAME=VALUE.
  private static func value(_ node: Node, place: String) throws -> Value? {
    switch node {
    case .scalar(let scalar):
      return node.null != nil && scalar.style == .plain ? nil : .text(scalar.string)
    case .sequence(let sequence):
      return .list(
        try sequence.map {
          guard let text = $0.scalar?.string else {
            throw Failure(.usage, "\(place): a list of plain values is expected")
          }
          return text
        })
    case .mapping(let mapping):
      return .list(
        try mapping.map { key, value in
          if let list = value.sequence {
            return "\(key.string ?? "")=" + list.compactMap(\.scalar?.string).joined(separator: ",")
          }
          guard let text = value.scalar?.string else {
            throw Failure(.usage, "\(place): a map of plain values is expected")
          }
          return "\(key.string ?? "")=\(text)"
        })
    case .alias:
      throw Failure(.usage, "\(place): aliases are not supported")
    }
  }

  private mutating func readMetadata(_ node: Node, path: String) throws {
    guard case .mapping(let mapping) = node else {
      throw Failure(.usage, "\(path): metadata is a map of texts")
    }
    let places: [String: WritableKeyPath<Metadata, String?>] = [
      "system": \.system, "version": \.version, "intended_use": \.intendedUse,
      "population": \.population, "period": \.period, "labels_from": \.labelsFrom,
      "attributes_from": \.attributesFrom, "owner": \.owner,
      "threshold_chosen_by": \.thresholdChosenBy, "threshold_reason": \.thresholdReason,
    ]
    for (key, value) in mapping {
      let name = key.string ?? ""
      let place = "\(path):\(key.mark?.line ?? 1)"
      guard let keyPath = places[name] else {
        let suggestion = Self.suggestion(name, Set(places.keys))
        throw Failure(.usage, "\(place): unknown key 'metadata.\(name)'\(suggestion)")
      }
      guard let text = value.scalar?.string else {
        throw Failure(.usage, "\(place): metadata.\(name) is a text")
      }
      let isStated = !text.isEmpty && (value.null == nil || value.scalar?.style != .plain)
      metadata[keyPath: keyPath] = isStated ? text : nil
    }
  }

  /// "; did you mean 'x'?" where a known name is near.
  static func suggestion(_ name: String, _ known: Set<String>) -> String {
    guard let nearest = nearestName(to: name, among: known.sorted()) else {
      return "; known: \(known.sorted().joined(separator: ", "))"
    }
    return "; did you mean '\(nearest)'?"
  }

  /// The metric of an id or alias that does not exist.
  static func noMetric(_ name: String) -> String {
    let known = Catalogue.standard.all.flatMap { [$0.id] + $0.aliases }
    let nearest = nearestName(to: name, among: known.sorted())
    let remedy = nearest.map { "did you mean '\($0)'?" } ?? "'evenhand metrics' lists them"
    return "no metric '\(name)'; \(remedy)"
  }
}

// MARK: - Typed values

extension Settings {
  func text(_ key: String) throws -> String? {
    switch values[key] {
    case nil: return nil
    case .text(let text): return text
    case .list(let list):
      guard list.count == 1 else { throw failure(key, "one value is expected, not \(list.count)") }
      return list[0]
    }
  }

  /// Texts separated by commas, or a list's items as they are.
  func list(_ key: String) -> [String]? {
    switch values[key] {
    case nil: nil
    case .text(let text):
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    case .list(let list): list
    }
  }

  /// The items of a flag that may be repeated, none of them split.
  func items(_ key: String) -> [String] {
    switch values[key] {
    case nil: []
    case .text(let text): [text]
    case .list(let list): list
    }
  }

  func integer(_ key: String) throws -> Int? {
    guard let text = try text(key) else { return nil }
    guard let value = Int(text) else {
      throw failure(key, "'\(text)' is not a whole number")
    }
    return value
  }

  func number(_ key: String) throws -> Double? {
    guard let text = try text(key) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw failure(key, "'\(text)' is not a number")
    }
    return value
  }

  func flag(_ key: String, or standard: Bool = false) throws -> Bool {
    switch try text(key) {
    case nil: return standard
    case "false", "no": return false
    case "true", "yes": return true
    case .some(let text): throw failure(key, "'\(text)' is neither true nor false")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice?
  where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    guard let value = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(key, "'\(text)' is not one of \(known)")
    }
    return value
  }

  /// `form` such as NAME=COLUMN, split at the first equals sign.
  func pairs(_ key: String, form: String) throws -> [(name: String, value: String)] {
    try items(key).map { item in
      guard let equals = item.firstIndex(of: "="), equals > item.startIndex else {
        throw failure(key, "'\(item)' is not of the form \(form)")
      }
      return (String(item[..<equals]), String(item[item.index(after: equals)...]))
    }
  }
}
