// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A criterion as it is asked for: `accuracy`, `true_positive_rate:sex=Female` or, for the size of a
/// difference, `selection_rate:sex=Female-Male`.
public struct CriterionChoice: Sendable, Equatable {
  /// The id of a metric.
  public var metric: String
  /// The attribute whose groups are meant; `nil`: everybody.
  public var attribute: String?
  /// A group, or two with a hyphen between them.
  public var groups: String?

  /// - Parameters:
  ///   - metric: the id of a metric.
  ///   - attribute: the attribute whose groups are meant; `nil`: everybody.
  ///   - groups: a group, or two with a hyphen between them.
  public init(metric: String, attribute: String? = nil, groups: String? = nil) {
    self.metric = metric
    self.attribute = attribute
    self.groups = groups
  }

  /// - Parameter text: METRIC, METRIC:ATTRIBUTE=GROUP or METRIC:ATTRIBUTE=GROUP-GROUP.
  /// - Throws: `ConfigurationError` for another form and for an unknown metric.
  public init(parsing text: String) throws(ConfigurationError) {
    let form = "'\(text)' is not METRIC, METRIC:ATTRIBUTE=GROUP or METRIC:ATTRIBUTE=GROUP-GROUP"
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else { throw ConfigurationError(form) }
    guard let found = Catalogue.standard.metric(String(first)) else {
      throw ConfigurationError("there is no metric '\(first)'")
    }
    self.init(metric: found.id)
    guard parts.count == 2 else { return }
    let ends = parts[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, !ends[0].isEmpty, !ends[1].isEmpty else {
      throw ConfigurationError(form)
    }
    attribute = String(ends[0])
    groups = String(ends[1])
  }

  /// As it stands in a configuration.
  public var text: String {
    guard let attribute, let groups else { return metric }
    return "\(metric):\(attribute)=\(groups)"
  }

  /// The slices that are meant: a group, or a group and the one that it is compared with.
  ///
  /// Names may hold hyphens themselves: the text is a group as a whole, or is cut where both parts are.
  ///
  /// - Throws: `ConfigurationError` where there is no such attribute or group.
  func slices(_ plan: Plan) throws(ConfigurationError) -> (own: Slice, reference: Slice?) {
    guard let attribute, let groups else { return (.overall, nil) }
    guard let known = plan.attributes.first(where: { $0.name == attribute }) else {
      throw ConfigurationError(
        "--pareto \(text): '\(attribute)' is not among the attributes (--by)")
    }
    func slice(_ name: String) -> Slice { Slice([.init(attribute: attribute, group: name)]) }
    let names = Set(known.groups.compactMap { $0 })
    if names.contains(groups) { return (slice(groups), nil) }
    for place in groups.indices where groups[place] == "-" {
      let (one, other) = (
        String(groups[..<place]), String(groups[groups.index(after: place)...])
      )
      if names.contains(one), names.contains(other) { return (slice(one), slice(other)) }
    }
    throw ConfigurationError(
      "--pareto \(text): no group or pair of groups '\(groups)'; the groups are "
        + names.sorted().joined(separator: ", "))
  }
}
