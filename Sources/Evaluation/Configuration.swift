// SPDX-License-Identifier: Apache-2.0
public import EvenhandMetrics
public import EvenhandTabular

/// A model to evaluate: its name and the column of its scores or decisions.
public struct ModelRole: Sendable, Equatable {
  public enum Output: Sendable, Equatable {
    /// Scores, made decisions by score ≥ threshold; `nil`: 0.5 for scores in [0, 1].
    case score(threshold: Double?)
    case decision
  }

  public var name: String
  public var column: String
  public var output: Output

  public init(_ name: String, column: String, output: Output = .score(threshold: nil)) {
    self.name = name
    self.column = column
    self.output = output
  }
}

public enum ScoreKind: String, Sendable, CaseIterable {
  case probability, score
}

/// Who is better off with a positive decision; decides words only, no number.
public enum Favorable: String, Sendable, CaseIterable {
  case positive, negative, unstated
}

public enum Method: String, Sendable, CaseIterable {
  /// A closed form where there is one, replicates where there is none.
  case auto
  /// Replicates wherever an engine exists: intervals of losses, means, areas under curves and quantiles
  /// too.
  case bootstrap
}

/// What to evaluate and how: the roles of columns and the statistical choices.
public struct Configuration: Sendable, Equatable {
  public var label: String?
  /// The label's value that counts as positive; needed unless it is 1, true or yes.
  public var positive: String?
  public var models: [ModelRole]
  /// `nil`: scores that all lie in [0, 1] are probabilities.
  public var scoreKind: ScoreKind?
  /// The attributes that slice people.
  public var attributes: [String]
  public var bins: [Bins] = []
  /// How many attributes are crossed at most.
  public var intersections = 2
  /// The reference group of an attribute; else the largest, then the first by name.
  public var references: [String: String] = [:]
  public var weight: String?
  public var count: String?
  public var cluster: String?
  /// Gaps are given within each value of this column too.
  public var condition: String?
  public var confidence = 0.95
  public var replicates = 2000
  public var seed: UInt64 = 1
  public var method = Method.auto
  /// Which method makes the intervals of each kind of number.
  public var intervals = IntervalChoice()
  public var resampling = Resampling.auto
  /// How often groups are dealt anew in permutation tests; 0: no such tests.
  public var permutations = 2000
  /// How often labels are drawn from the scores, to see what calibration errors perfect calibration
  /// would show; 0: no such comparison.
  public var labelDraws = 999
  /// Whether small groups are looked at beside their raw rates.
  public var smallGroups = true
  /// The model that all others are compared with; `nil`: models stand side by side only.
  public var baseline: String?
  /// The two criteria by which models are weighed beside the baseline; none: accuracy and the baseline's
  /// widest gap in selection.
  public var pareto: [CriterionChoice] = []
  /// A denominator below this makes a number `insufficient`.
  public var minimum = 10
  public var maxGroups = 50
  /// Slices with fewer rows, and what could reveal them, are withheld.
  public var suppressBelow: Int?
  public var favorable = Favorable.unstated
  /// Whether people whose attribute is missing are a group of their own in pairs and ranges.
  public var missingAsGroup = false
  /// What each outcome of a decision costs; `nil`: no expected cost is measured.
  public var costs: CostMatrix?
  /// The threshold probability of the net benefit, within (0, 1); `nil`: none is measured.
  public var netBenefit: Double?
  /// Whether metrics and gaps are shown at other thresholds too.
  public var sweep = false
  /// What thresholds are looked for; any makes a sweep.
  public var aims: [ThresholdAim] = []
  /// Ids of the metrics to reckon; `nil`: all.
  public var metrics: Set<String>?
  /// Threads; `nil`: as many as there are cores. No number depends on it.
  public var threads: Int?

  public init(label: String? = nil, models: [ModelRole], by attributes: [String]) {
    self.label = label
    self.models = models
    self.attributes = attributes
  }

  /// The metrics to reckon, with the costs and the threshold probability that are stated.
  package var catalogue: Catalogue {
    let stated = Catalogue.standard.stating(costs: costs, netBenefit: netBenefit)
    return metrics.map { wanted in stated.filter { wanted.contains($0.id) } } ?? stated
  }

  /// The columns that the evaluation needs, each once.
  public var columnRequests: [ColumnRequest] {
    var requests: [ColumnRequest] = []
    func add(_ name: String?, _ kind: ColumnRequest.Kind, _ role: String) {
      guard let name, !requests.contains(where: { $0.name == name && $0.kind == kind }) else {
        return
      }
      requests.append(ColumnRequest(name: name, kind: kind, role: role))
    }
    add(label, .category, "label")
    for model in models {
      switch model.output {
      case .score: add(model.column, .number, "score")
      case .decision: add(model.column, .category, "decision")
      }
    }
    let binned = Set(bins.map(\.column))
    for attribute in attributes {
      add(attribute, binned.contains(attribute) ? .number : .category, "attribute")
    }
    add(condition, .category, "condition")
    add(weight, .number, "weight")
    add(count, .number, "count")
    add(cluster, .category, "cluster")
    return requests
  }
}
