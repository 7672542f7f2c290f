// SPDX-License-Identifier: Apache-2.0
public import EvenhandEvaluation
import Foundation

/// The scorecard as data: what `scorecard.json` holds, and all that any renderer reads.
public struct Scorecard: Sendable, Codable, Equatable {
  public static let currentSchema = "evenhand.scorecard/1"

  public var schema: String
  public var provenance: Provenance
  /// The merged configuration, key by key as in `evenhand.yaml`.
  public var configuration: [String: ConfigurationValue]
  public var metadata: Metadata
  public var models: [ModelRecord]
  public var attributes: [AttributeRecord]
  public var data: DataRecord
  public var slices: [SliceRecord]
  @ExplicitNull public var tally: Tally?
  public var measurements: [SliceMeasurement]
  public var gaps: [Gap]
  /// Omnibus and permutation tests of each metric over the groups of each attribute.
  public var tests: [GroupTest]
  public var curves: [SliceCurves]
  /// How far scores are worth what they say, by slice.
  public var calibration: CalibrationRecord
  /// Small groups in the light of the others.
  public var smallGroups: SmallGroupsRecord
  /// Changes from the baseline to each other model; none without a baseline.
  public var comparisons: [ModelComparison]
  /// Whom each candidate decides otherwise.
  public var flips: [ModelFlips]
  /// Where all models stand.
  public var standings: [ModelStandings]
  /// All models by two criteria.
  @ExplicitNull public var pareto: ParetoRecord?
  /// What depends on thresholds; none unless asked for.
  public var sweeps: [ThresholdSweep]
  /// The verdicts on a policy's gates, in its order.
  public var gates: [GateVerdict]
  /// Filled by the KPIs of deployed models.
  public var kpis: [ConfigurationValue]
  public var warnings: [Warning]

  public init(
    _ result: EvaluationResult, configuration: [String: ConfigurationValue], metadata: Metadata,
    provenance: Provenance
  ) {
    schema = Self.currentSchema
    self.provenance = provenance
    self.configuration = configuration
    self.metadata = metadata
    models = result.models
    attributes = result.attributes
    data = result.data
    slices = result.slices
    measurements = result.measurements
    gaps = result.gaps
    tests = result.tests
    curves = result.curves
    calibration = result.calibration
    smallGroups = result.smallGroups
    comparisons = result.comparisons
    flips = result.flips
    standings = result.standings
    pareto = result.pareto
    sweeps = result.sweeps
    gates = []
    kpis = []
    warnings = result.warnings
    tally = result.tally
  }
}

extension KeyedDecodingContainer {
  /// A scorecard from before there were tests has none.
  func decode(_ type: [GroupTest].Type, forKey key: Key) throws -> [GroupTest] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  /// A scorecard from before calibration was measured by slice says nothing of it.
  func decode(_ type: CalibrationRecord.Type, forKey key: Key) throws -> CalibrationRecord {
    try decodeIfPresent(type, forKey: key) ?? CalibrationRecord()
  }

  /// Scorecards from before models were compared say nothing of it.
  func decode(_ type: [ModelFlips].Type, forKey key: Key) throws -> [ModelFlips] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [ModelStandings].Type, forKey key: Key) throws -> [ModelStandings] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  /// A scorecard from before thresholds were swept has none of it.
  func decode(_ type: [ThresholdSweep].Type, forKey key: Key) throws -> [ThresholdSweep] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  /// A scorecard from before small groups were looked at says nothing of them.
  func decode(_ type: SmallGroupsRecord.Type, forKey key: Key) throws -> SmallGroupsRecord {
    try decodeIfPresent(type, forKey: key) ?? SmallGroupsRecord()
  }
}

/// A configuration value as it stands in `evenhand.yaml` and in the scorecard.
public enum ConfigurationValue: Sendable, Codable, Equatable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([ConfigurationValue])
  case map([String: ConfigurationValue])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([ConfigurationValue].self) {
      self = .list(value)
    } else {
      self = .map(try container.decode([String: ConfigurationValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .map(let value): try container.encode(value)
    }
  }
}

/// What the people who run the model state about it; printed first, "not stated" where absent.
public struct Metadata: Sendable, Codable, Equatable {
  @ExplicitNull public var system: String?
  @ExplicitNull public var version: String?
  @ExplicitNull public var intendedUse: String?
  @ExplicitNull public var population: String?
  @ExplicitNull public var period: String?
  @ExplicitNull public var labelsFrom: String?
  @ExplicitNull public var attributesFrom: String?
  @ExplicitNull public var owner: String?
  @ExplicitNull public var thresholdChosenBy: String?
  @ExplicitNull public var thresholdReason: String?

  public init() {}
}

/// Where the numbers come from. Lies outside the equality of two scorecards' numbers.
public struct Provenance: Sendable, Codable, Equatable {
  public struct Input: Sendable, Codable, Equatable {
    public var role: String
    public var name: String
    public var bytes: Int
    public var sha256: String

    public init(role: String, name: String, bytes: Int, sha256: String) {
      self.role = role
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  public var evenhandVersion: String
  /// ISO 8601, from SOURCE_DATE_EPOCH where that is set.
  public var createdAt: String
  public var inputs: [Input]
  public var seed: Int
  public var replicates: Int
  /// Which engine reckoned which family of numbers.
  public var plan: [String: String]
  public var linearAlgebra: String
  public var linearAlgebraCore: String
  public var threads: Int
  public var swiftVersion: String

  public init(
    evenhandVersion: String, createdAt: String, inputs: [Input], seed: Int, replicates: Int,
    plan: [String: String], linearAlgebra: String, linearAlgebraCore: String, threads: Int,
    swiftVersion: String
  ) {
    self.evenhandVersion = evenhandVersion
    self.createdAt = createdAt
    self.inputs = inputs
    self.seed = seed
    self.replicates = replicates
    self.plan = plan
    self.linearAlgebra = linearAlgebra
    self.linearAlgebraCore = linearAlgebraCore
    self.threads = threads
    self.swiftVersion = swiftVersion
  }
}
