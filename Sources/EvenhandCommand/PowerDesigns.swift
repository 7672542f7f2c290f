// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandPower

/// The comparison that a plan stands for.
extension PowerPlan {
  var family: ComparisonFamily { assurance.family }
  private var cluster: (size: Double, correlation: Double)? { rows.cluster }

  var isMean: Bool { if case .mean = subject { true } else { false } }
  private var isRate: Bool { if case .rate = subject { true } else { false } }

  /// Whether counts can be enumerated.
  var isEnumerable: Bool { isRate && cluster == nil }

  var exactReason: String? {
    isRate
      ? cluster == nil ? nil : "rows of a cluster are not independent"
      : "only counts can be enumerated"
  }

  /// With the group's value, and clusters where there are any.
  func design(group: Double, critical: Double) -> any PowerDesign {
    if let design = rateDesign(group: group, critical: critical) { return clustered(design) }
    guard var design = gapDesign(critical: critical) else {
      preconditionFailure("a mean or an area has a gap")
    }
    design.group = group
    return design
  }

  /// Of two rates, without clusters.
  func rateDesign(group: Double, critical: Double) -> (any RateDesign)? {
    guard isRate else { return nil }
    return switch goal {
    case .differs: TwoProportionPower(group: group, reference: reference, critical: critical)
    case .ratio(let limit):
      RatioPower(group: group, reference: reference, limit: limit, critical: critical)
    case .nonInferiority(let margin):
      NonInferiorityPower(
        group: group, reference: reference, margin: margin, critical: critical)
    case .equivalence(let margin):
      EquivalencePower(group: group, reference: reference, margin: margin, critical: critical)
    }
  }

  /// Where the gap can be the question.
  func gapDesign(critical: Double) -> (any GapDesign)? {
    switch subject {
    case .rate:
      guard case .differs = goal else { return nil }
      return clustered(
        TwoProportionPower(group: reference, reference: reference, critical: critical))
    case .mean(let own, let other):
      return clustered(
        MeanPower(
          group: reference, reference: reference, groupDeviation: own, referenceDeviation: other,
          critical: critical))
    case .area(let share):
      return clustered(
        AreaPower(
          group: reference, reference: reference, positiveShare: share, critical: critical))
    }
  }

  private func clustered<Design: PowerDesign>(_ design: Design) -> any PowerDesign {
    guard let cluster else { return design }
    return ClusteredPower(design, clusterSize: cluster.size, correlation: cluster.correlation)
  }

  private func clustered<Design: GapDesign>(_ design: Design) -> any GapDesign {
    guard let cluster else { return design }
    return ClusteredPower(design, clusterSize: cluster.size, correlation: cluster.correlation)
  }

  /// Whether the group can have such a value.
  func isPossible(_ value: Double) -> Bool { isMean || (value > 0 && value < 1) }
}

// MARK: - Names

extension PowerPlan {
  var formulaName: String {
    switch (subject, goal) {
    case (.mean, _): "t"
    case (.area, _): "hanley_mcneil_z"
    case (.rate, .differs): "pooled_z"
    case (.rate, .ratio): "log_ratio_z"
    case (.rate, _): "unpooled_z"
    }
  }

  /// The interval that is enumerated.
  var exactName: String {
    let method: ExactPower.Method = if case .ratio = goal { .koopmanT } else { .newcombeT }
    return method.rawValue
  }

  var test: PowerRequest.Test {
    switch (subject, goal) {
    case (.mean, _): .meanDifference
    case (.area, _): .areaDifference
    case (.rate, .differs): .difference
    case (.rate, .ratio): .ratio
    case (.rate, .nonInferiority): .nonInferiority
    case (.rate, .equivalence): .equivalence
    }
  }
}

extension PowerAnswers {
  /// What was asked, for the record.
  var request: PowerRequest {
    let assurance = plan.assurance
    var deviations: PowerRequest.Deviations?
    if case .mean(let group, let reference) = plan.subject {
      deviations = .init(group: group, reference: reference)
    }
    var limit: Double?
    if case .ratio(let value) = plan.goal { limit = value }
    var share: Double?
    if case .area(let value) = plan.subject { share = value }
    return PowerRequest(
      question: plan.question, test: plan.test, confidence: assurance.confidence,
      power: plan.question == .power ? nil : assurance.power,
      comparisons: .init(
        kind: assurance.groups == nil ? .single : assurance.kind, groups: assurance.groups,
        count: plan.family.count, critical: critical),
      reference: plan.isMean ? nil : plan.reference, margin: plan.margin, limit: limit,
      standardDeviations: deviations, baseRate: share, allocation: plan.rows.allocation,
      cluster: plan.rows.cluster.map {
        .init(
          size: Int($0.size), correlation: $0.correlation,
          designEffect: 1 + ($0.size - 1) * $0.correlation)
      })
  }
}
