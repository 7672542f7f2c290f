// SPDX-License-Identifier: Apache-2.0

/// Where a model stands among all models by one metric.
public struct ModelStanding: Sendable, Codable, Equatable {
  public var model: String
  public var value: Double
  /// The best and the worst rank that the data leave open, at the level of the evaluation.
  public var bestRank: Int
  public var worstRank: Int
  /// The share of draws in which no other model is better.
  public var leads: Double
  /// The models from which it cannot be told apart.
  public var tiedWith: [String]

  public init(
    model: String, value: Double, bestRank: Int, worstRank: Int, leads: Double, tiedWith: [String]
  ) {
    self.model = model
    self.value = value
    self.bestRank = bestRank
    self.worstRank = worstRank
    self.leads = leads
    self.tiedWith = tiedWith
  }
}

/// All models by one metric over everybody, the best value first.
public struct ModelStandings: Sendable, Codable, Equatable {
  public var metric: String
  /// Differences between two models beyond so many standard errors tell them apart.
  public var critical: Double
  public var models: [ModelStanding]

  public init(metric: String, critical: Double, models: [ModelStanding]) {
    self.metric = metric
    self.critical = critical
    self.models = models
  }
}
