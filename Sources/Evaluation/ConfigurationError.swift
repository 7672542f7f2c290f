// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A configuration that cannot be carried out; usage, not data.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) {
    self.description = description
  }
}

extension Configuration {
  /// Throws the first contradiction within the configuration itself.
  func validate() throws(ConfigurationError) {
    guard !models.isEmpty else {
      throw ConfigurationError(
        "no model: name a score column (--model) or a decision column (--decision)")
    }
    guard !attributes.isEmpty else {
      throw ConfigurationError("no attribute to slice by: name at least one column (--by)")
    }
    try requireDistinct(models.map(\.name), "two models are called")
    guard pareto.isEmpty || (pareto.count == 2 && baseline != nil) else {
      throw ConfigurationError(
        baseline == nil
          ? "--pareto weighs models that are compared: name one with --baseline"
          : "--pareto takes two criteria; there are \(pareto.count)")
    }
    if let baseline {
      guard models.contains(where: { $0.name == baseline }) else {
        throw ConfigurationError(
          "--baseline names '\(baseline)', which is no model; the models are "
            + models.map(\.name).joined(separator: ", "))
      }
      guard models.count > 1 else {
        throw ConfigurationError("--baseline needs another model to compare with")
      }
    }
    try validateCosts()
    try validateSweep()
    try requireDistinct(attributes, "--by names a column twice:")
    if let condition, attributes.contains(condition) {
      throw ConfigurationError("'\(condition)' cannot be both an attribute and the condition")
    }
    if let label, attributes.contains(label) {
      throw ConfigurationError("'\(label)' cannot be both the label and an attribute")
    }
    guard confidence > 0.5 && confidence < 1 else {
      throw ConfigurationError(
        "--confidence lies between 0.5 and 1, such as 0.95; it is \(confidence)")
    }
    guard (100...1_000_000).contains(replicates) else {
      throw ConfigurationError("--replicates lies between 100 and 1000000; it is \(replicates)")
    }
    let needed = (2 / (1 - confidence) - 1 - 1e-9).rounded(.up)
    guard Double(replicates) >= needed else {
      throw ConfigurationError(
        "--confidence \(confidence) needs at least \(Int(needed)) replicates; --replicates is "
          + "\(replicates)")
    }
    guard permutations == 0 || (100...1_000_000).contains(permutations) else {
      throw ConfigurationError(
        "--permutations is 0 or lies between 100 and 1000000; it is \(permutations)")
    }
    guard labelDraws == 0 || (19...100_000).contains(labelDraws) else {
      throw ConfigurationError(
        "--label-draws is 0 or lies between 19 and 100000; it is \(labelDraws)")
    }
    try validateMethods()
    guard minimum >= 1 else {
      throw ConfigurationError("--minimum is at least 1; it is \(minimum)")
    }
    guard (1...8).contains(intersections) else {
      throw ConfigurationError("--intersections lies between 1 and 8; it is \(intersections)")
    }
    if let suppressBelow, suppressBelow < 2 {
      throw ConfigurationError("--suppress-below is at least 2; it is \(suppressBelow)")
    }
    if cluster != nil && count != nil {
      throw ConfigurationError(
        "--count and --cluster exclude each other: a counted row is many units")
    }
    for name in references.keys.sorted() where !attributes.contains(name) {
      throw ConfigurationError(
        "--reference names '\(name)', which is not among the attributes (--by)")
    }
    for bins in bins where !attributes.contains(bins.column) {
      throw ConfigurationError(
        "--bins names '\(bins.column)', which is not among the attributes (--by)")
    }
  }

  /// Costs and preferences are stated, never assumed.
  private func validateCosts() throws(ConfigurationError) {
    if let netBenefit, !(netBenefit > 0 && netBenefit < 1) {
      throw ConfigurationError(
        "--net-benefit is a threshold probability between 0 and 1; it is \(netBenefit)")
    }
    let wanted = metrics ?? []
    if wanted.contains(ExpectedCost().id), costs == nil {
      throw ConfigurationError(
        "--metrics names \(ExpectedCost().id), which needs the costs of errors: --costs fp=1,fn=5")
    }
    if wanted.contains(NetBenefit().id), netBenefit == nil {
      throw ConfigurationError(
        "--metrics names \(NetBenefit().id), which needs the risk from which on acting is worth its "
          + "harm: --net-benefit 0.2")
    }
    if label == nil, costs != nil || netBenefit != nil {
      throw ConfigurationError(
        "--\(costs != nil ? "costs" : "net-benefit") needs true outcomes: --label COLUMN")
    }
  }

  /// A sweep needs scores, and an aim what it speaks of.
  private func validateSweep() throws(ConfigurationError) {
    guard sweep || !aims.isEmpty else { return }
    guard models.contains(where: { $0.output != .decision }) else {
      throw ConfigurationError(
        "--\(aims.isEmpty ? "sweep" : "propose") needs a model of scores (--model): decisions have no "
          + "threshold")
    }
    let known = Set(catalogue.decision.map(\.id))
    for aim in aims {
      if let attribute = aim.attribute, !attributes.contains(attribute) {
        throw ConfigurationError(
          "--propose \(aim.text): '\(attribute)' is not among the attributes (--by)")
      }
      guard known.contains(aim.metric) else {
        throw ConfigurationError(
          "--propose \(aim.text): \(aim.metric) is not measured"
            + (aim.metric == ExpectedCost().id ? "; state what errors cost: --costs fp=1,fn=5" : "")
        )
      }
      guard label != nil || aim.metric == SelectionRate().id else {
        throw ConfigurationError("--propose \(aim.text) needs true outcomes: --label COLUMN")
      }
    }
  }

  /// Methods that do not go with weights, clusters or without a condition.
  private func validateMethods() throws(ConfigurationError) {
    let spread = cluster != nil ? "--cluster" : weight != nil ? "--weight" : nil
    if let spread, intervals.asksForCounts {
      throw ConfigurationError(
        "--interval: score and exact methods count independent rows; they are not available with "
          + "\(spread), where linearised variances are used")
    }
    if cluster != nil, intervals.bootstrap != .studentized {
      throw ConfigurationError(
        "--interval bootstrap=\(intervals.bootstrap.rawValue) is not available with --cluster: "
          + "replicates of clusters are studentized")
    }
    if let spread, resampling != .auto {
      throw ConfigurationError(
        "--resampling \(resampling.rawValue) is not available with \(spread)")
    }
    if resampling == .condition && condition == nil {
      throw ConfigurationError("--resampling condition needs a column: --condition")
    }
    if resampling == .groupLabel && label == nil {
      throw ConfigurationError("--resampling group_label needs labels: --label")
    }
  }

  private func requireDistinct(_ names: [String], _ what: String) throws(ConfigurationError) {
    var seen = Set<String>()
    for name in names where !seen.insert(name).inserted {
      throw ConfigurationError("\(what) '\(name)'")
    }
  }
}
