// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular
import Yams

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
          set(name, value, origin: "\(place): \(name)")
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
      setMetadata(keyPath, isStated ? text : nil)
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
