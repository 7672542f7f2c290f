// SPDX-License-Identifier: Apache-2.0
public import EvenhandEvaluation
import EvenhandLinearAlgebra
public import EvenhandTabular
public import Foundation

/// A slice search as data: what `slices.json` holds, and all that its document reads.
public struct SliceReport: Sendable, Codable, Equatable {
  public static let currentSchema = "evenhand.slices/1"

  public var schema: String
  public var provenance: Provenance
  /// The request, flag by flag in snake_case; everything that can change a number.
  public var configuration: [String: ConfigurationValue]
  public var findings: SliceFindings

  public init(
    _ findings: SliceFindings, configuration: [String: ConfigurationValue], provenance: Provenance
  ) {
    schema = Self.currentSchema
    self.findings = findings
    self.configuration = configuration
    self.provenance = provenance
  }

  /// Searches a table and keeps, beside what was found, what it was found in.
  ///
  /// - Parameters:
  ///   - table: what is searched.
  ///   - request: what for, and how.
  ///   - inputs: the files behind the table, by role; none for a table made of arrays.
  ///   - reading: how the table was read, kept beside the configuration.
  /// - Throws: `ConfigurationError`, `DataError`.
  public init(
    searching table: Table, _ request: SliceRequest, inputs: [Provenance.Input] = [],
    reading: [String: ConfigurationValue] = [:]
  ) throws {
    let findings = try SliceFinder(request).find(in: table)
    let provenance = Provenance(
      evenhandVersion: EvenhandVersion.current, createdAt: Provenance.timestamp(), inputs: inputs,
      seed: Int(clamping: request.seed), replicates: request.replicates, plan: [:],
      linearAlgebra: LinearAlgebraRuntime.configuration,
      linearAlgebraCore: LinearAlgebraRuntime.core,
      threads: request.threads ?? ProcessInfo.processInfo.activeProcessorCount,
      swiftVersion: Provenance.compiler)
    self.init(
      findings, configuration: request.record.merging(reading) { own, _ in own },
      provenance: provenance)
  }

  /// The bytes of `slices.json`: sorted keys, no key absent, no NaN or infinity, one newline at the end.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a search back from its JSON.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(SliceReport.self, from: json)
  }
}

extension SliceRequest {
  /// The request as it stands in the report, defaults included. The number of threads is not in it.
  var record: [String: ConfigurationValue] {
    func text(_ value: String?) -> ConfigurationValue { value.map { .text($0) } ?? .null }
    var (score, decision, threshold) = (String?.none, String?.none, Double?.none)
    switch model?.output {
    case .score(let given):
      (score, threshold) = (model.map { "\($0.name)=\($0.column)" }, given)
    case .decision: decision = model.map { "\($0.name)=\($0.column)" }
    case nil: break
    }
    let heldOut: ConfigurationValue =
      switch holdout {
      case nil: .null
      case .share(let share): .number(share)
      case .rows(let column, let value): .text("\(column)=\(value)")
      }
    return [
      "target": .text(target.column.map { "loss=\($0)" } ?? target.id), "label": text(label),
      "positive": text(positive), "model": text(score), "decision": text(decision),
      "threshold": threshold.map { .number($0) } ?? .null,
      "score_kind": text(scoreKind?.rawValue), "search": .list(columns.map { .text($0) }),
      "bins": .list(
        bins.map { bins in
          .text("\(bins.column)=\(bins.edges.map { "\($0)" }.joined(separator: ","))")
        }),
      "count": text(count), "depth": .integer(depth), "top": .integer(top),
      "minimum": minimum.map { .integer($0) } ?? .null, "alpha": .number(alpha),
      "confidence": .number(confidence), "replicates": .integer(replicates),
      "seed": .integer(Int(clamping: seed)), "holdout": heldOut,
    ]
  }
}
