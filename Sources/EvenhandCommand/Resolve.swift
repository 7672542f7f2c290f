// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular

extension Settings {
  /// The settings as a configuration of the evaluation and of the reader.
  func resolve() throws -> (Configuration, TableReader) {
    var configuration = Configuration(
      label: try text("label"), models: try models(), by: list("by") ?? [])
    try requireRoles(configuration)
    configuration.positive = try text("positive")
    configuration.scoreKind = try choice("score_kind")
    configuration.bins = try bins()
    for (name, value) in try pairs("reference", form: "COLUMN=VALUE") {
      guard configuration.references.updateValue(value, forKey: name) == nil else {
        throw failure("reference", "'\(name)' is given twice")
      }
    }
    configuration.weight = try text("weight")
    configuration.count = try text("count")
    configuration.cluster = try text("cluster")
    configuration.condition = try text("condition")
    if let value = try integer("intersections") { configuration.intersections = value }
    if let value = try number("confidence") { configuration.confidence = value }
    if let value = try integer("replicates") { configuration.replicates = value }
    if let value = try integer("minimum") { configuration.minimum = value }
    if let value = try integer("max_groups") { configuration.maxGroups = value }
    configuration.suppressBelow = try integer("suppress_below")
    if let value: EvenhandEvaluation.Method = try choice("method") { configuration.method = value }
    configuration.intervals = try intervals()
    if let value: Resampling = try choice("resampling") { configuration.resampling = value }
    if let value = try integer("permutations") { configuration.permutations = value }
    if let value = try integer("label_draws") { configuration.labelDraws = value }
    if let value: Favorable = try choice("favorable") { configuration.favorable = value }
    configuration.missingAsGroup = try flag("missing_as_group")
    configuration.smallGroups = try flag("small_groups", or: true)
    configuration.baseline = try text("baseline")
    configuration.pareto = try criteria()
    configuration.costs = try costs()
    configuration.netBenefit = try number("net_benefit")
    configuration.sweep = try flag("sweep")
    configuration.aims = try aims()
    configuration.metrics = try metrics()
    if let seed = try integer("seed") {
      guard seed >= 0 else { throw failure("seed", "\(seed) is negative") }
      configuration.seed = UInt64(seed)
    }
    configuration.threads = try threads()
    return (configuration, try reader())
  }

  /// What nothing can be evaluated without; said before a large table is read.
  private func requireRoles(_ configuration: Configuration) throws {
    let columns = "'evenhand inspect TABLE' lists the columns"
    if configuration.models.isEmpty {
      throw Failure(
        .usage,
        "no model: name a column of scores (--model NAME=COLUMN) or of decisions "
          + "(--decision NAME=COLUMN); \(columns)")
    }
    if configuration.attributes.isEmpty {
      throw Failure(.usage, "no attribute to slice by: name at least one (--by COLUMN); \(columns)")
    }
  }

  func bins() throws -> [Bins] {
    var bins: [Bins] = []
    for item in items("bins") {
      do {
        bins.append(try Bins(parsing: item))
      } catch {
        throw failure("bins", error.description)
      }
    }
    return bins
  }

  private func criteria() throws -> [CriterionChoice] {
    var criteria: [CriterionChoice] = []
    for item in items("pareto") {
      do {
        criteria.append(try CriterionChoice(parsing: item))
      } catch {
        throw failure("pareto", error.description)
      }
    }
    return criteria
  }

  private func aims() throws -> [ThresholdAim] {
    var aims: [ThresholdAim] = []
    for item in items("propose") {
      do {
        aims.append(try ThresholdAim(parsing: item))
      } catch {
        throw failure("propose", error.description)
      }
    }
    return aims
  }

  private func costs() throws -> CostMatrix? {
    guard let items = list("costs") else { return nil }
    do {
      return try CostMatrix(parsing: items)
    } catch {
      throw failure("costs", error.description)
    }
  }

  private func intervals() throws -> IntervalChoice {
    var choice = IntervalChoice()
    var seen = Set<String>()
    let items = items("interval").flatMap { $0.split(separator: ",").map(String.init) }
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw failure("interval", "'\(item)' is not KIND=METHOD") }
      guard seen.insert(parts[0]).inserted else {
        throw failure("interval", "'\(parts[0])' is given twice")
      }
      switch parts[0] {
      case "rate": choice.rate = try method(parts[1], of: "rate")
      case "difference": choice.difference = try method(parts[1], of: "difference")
      case "ratio": choice.ratio = try method(parts[1], of: "ratio")
      case "range": choice.range = try method(parts[1], of: "range")
      case "bootstrap": choice.bootstrap = try method(parts[1], of: "bootstrap")
      default:
        let kinds: Set = ["rate", "difference", "ratio", "range", "bootstrap"]
        throw failure("interval", "unknown kind '\(parts[0])'\(Self.suggestion(parts[0], kinds))")
      }
    }
    return choice
  }

  private func method<Choice: RawRepresentable & CaseIterable>(_ name: String, of kind: String)
    throws -> Choice where Choice.RawValue == String
  {
    guard let choice = Choice(rawValue: name) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure("interval", "'\(kind)=\(name)': not one of \(known)")
    }
    return choice
  }

  func models() throws -> [ModelRole] {
    var thresholds: [String: Double] = [:]
    var common: Double?
    for item in items("threshold") {
      let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
      guard let value = Double(parts.last ?? ""), value.isFinite else {
        throw failure("threshold", "'\(item)' is not of the form [NAME=]NUMBER")
      }
      let before = parts.count == 2 ? thresholds.updateValue(value, forKey: parts[0]) : common
      guard before == nil else { throw failure("threshold", "'\(item)' is the second one") }
      if parts.count == 1 { common = value }
    }
    let scored = try pairs("model", form: "NAME=COLUMN").map { name, column in
      ModelRole(name, column: column, output: .score(threshold: thresholds[name] ?? common))
    }
    let decided = try pairs("decision", form: "NAME=COLUMN").map { name, column in
      ModelRole(name, column: column, output: .decision)
    }
    for name in thresholds.keys.sorted() where !scored.contains(where: { $0.name == name }) {
      throw failure("threshold", "there is no model '\(name)' with scores")
    }
    return scored + decided
  }

  private func metrics() throws -> Set<String>? {
    guard let names = list("metrics") else { return nil }
    return Set(
      try names.map { name in
        guard let metric = Catalogue.standard.metric(name) else {
          throw failure("metrics", Self.noMetric(name))
        }
        return metric.id
      })
  }

  /// Nil: as many as there are processors.
  func threads() throws -> Int? {
    guard let threads = try integer("threads") else { return nil }
    guard threads >= 1 else { throw failure("threads", "at least 1 is needed") }
    return threads
  }

  func reader() throws -> TableReader {
    var reader = TableReader()
    reader.threads = try threads()
    if let missing = list("missing") {
      // An empty cell is missing whatever else is.
      reader.missing = Set(missing.map { $0 == "empty" ? "" : $0 }).union([""])
    }
    switch try text("delimiter") {
    case nil: break
    case ",", "comma": reader.delimiter = UInt8(ascii: ",")
    case ";", "semicolon": reader.delimiter = UInt8(ascii: ";")
    case "|", "pipe": reader.delimiter = UInt8(ascii: "|")
    case "\t", "tab", "\\t": reader.delimiter = UInt8(ascii: "\t")
    case .some(let other):
      throw failure("delimiter", "'\(other)' is not one of ',', ';', '|', 'tab'")
    }
    return reader
  }
}
