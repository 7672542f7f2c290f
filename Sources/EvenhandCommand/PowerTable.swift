// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandPower

/// Which gaps the groups of a table can show.
///
/// The table is evaluated as it would be for a scorecard, for one metric only: groups, denominators,
/// values and standard errors are those of a scorecard.
struct PowerTable {
  let path: String
  let request: Settings
  private(set) var reading: Settings

  /// A table whose decisions are not there yet gets a column in which all are alike: what rates rest on
  /// does not depend on it.
  private static let placeholder = "(no decisions yet)"

  init(path: String, request: Settings, reading: Settings) {
    self.path = path
    self.request = request
    self.reading = reading
  }

  /// What says nothing about a table.
  private func refuseSupposed() throws {
    let remedies = [
      "rates": "the table has the groups' rates; --rate supposes another one of the reference",
      "n": "the table has the rows", "groups": "the table has the groups",
      "allocation": "the table has the rows", "cluster_size": "name the column: --cluster COLUMN",
      "icc": "name the column: --cluster COLUMN",
      "standard_deviation": "the table has the numbers; name a metric such as mean_score",
      "area": "the table has the scores; use --metric roc_auc",
      "base_rate": "the table has the labels",
      "ratio": "with a table a gap is a difference: --margin",
      "non_inferiority": "with a table a gap is a difference: --margin",
      "equivalence": "with a table a gap is a difference: --margin",
    ]
    for key in remedies.keys.sorted() where request.list(key) != nil {
      throw request.failure(key, "not with a table: \(remedies[key] ?? "")")
    }
  }

  func report() throws -> PowerReport {
    try refuseSupposed()
    let assurance = try PowerAssurance(request)
    let margin = try margin()
    let metric = try metric()
    let supposed = try rate(metric)
    let (result, source) = try evaluate(metric, assurance)
    var families: [PowerTableRecord.Family] = []
    for model in models(of: metric, in: result) {
      for attribute in result.attributes {
        let family = PowerGroups(
          metric: metric, model: model, attribute: attribute, result: result,
          assurance: assurance, margin: margin, supposedRate: supposed,
          isSimple: try text("weight") == nil && text("cluster") == nil)
        families.append(family.record)
      }
    }
    return PowerReport(
      request: PowerRequest(
        question: .table, test: Self.test(metric),
        confidence: assurance.confidence, power: assurance.power,
        comparisons: .init(kind: assurance.kind, groups: nil, count: nil, critical: nil),
        reference: supposed, margin: margin, limit: nil, standardDeviations: nil, baseRate: nil,
        allocation: 1, cluster: nil),
      table: PowerTableRecord(
        source: source, rows: result.data.rows, metric: metric.id, families: families))
  }
}

// MARK: - What is asked

extension PowerTable {
  private static func test(_ metric: any Metric) -> PowerRequest.Test {
    metric is any Rate
      ? .difference : metric is AreaUnderROC ? .areaDifference : .meanDifference
  }

  private func text(_ key: String) throws -> String? { try reading.text(key) }

  private var hasModels: Bool {
    !reading.items("model").isEmpty || !reading.items("decision").isEmpty
  }

  private func margin() throws -> Double? {
    guard request.list("margin") != nil else { return nil }
    return try request.positive("margin", "0.05")
  }

  private func metric() throws -> any Metric {
    let usual = !hasModels && reading.list("label") != nil ? BaseRate().id : SelectionRate().id
    let name = try text("metric") ?? usual
    guard let metric = Catalogue.standard.metric(name) else {
      throw reading.failure("metric", Settings.noMetric(name))
    }
    guard metric.comparison != .none else {
      throw reading.failure(
        "metric", "'\(metric.id)' is not compared between groups; 'evenhand metrics' lists others")
    }
    if try reading.text("label") == nil, metric.id != SelectionRate().id, !Self.needsNoLabel(metric)
    {
      throw reading.failure(
        "metric", "'\(metric.id)' needs labels: name their column with --label")
    }
    if !hasModels && !Self.restsOnLabels(metric) {
      throw reading.failure(
        "metric",
        "'\(metric.id)' needs predictions: name a column with --model NAME=COLUMN or --decision "
          + "NAME=COLUMN")
    }
    if !(metric is any DecisionMetric), reading.items("model").isEmpty {
      throw reading.failure(
        "metric", "'\(metric.id)' needs scores: name their column with --model NAME=COLUMN")
    }
    return metric
  }

  private static func needsNoLabel(_ metric: any Metric) -> Bool {
    metric is ScoreQuantile || metric is MeanScore
  }

  /// Whether the rows below the fraction line are the same whatever is decided.
  private static func restsOnLabels(_ metric: any Metric) -> Bool {
    guard let rate = metric as? any Rate else { return false }
    let decided: [(DecisionCells, DecisionCells)] = [
      (.truePositive, .falseNegative), (.falsePositive, .trueNegative),
      (.selectedUnlabelled, .rejectedUnlabelled),
    ]
    return decided.allSatisfy { rate.among.contains($0.0) == rate.among.contains($0.1) }
  }

  /// The reference's supposed rate.
  private func rate(_ metric: any Metric) throws -> Double? {
    guard request.list("rate") != nil else {
      return metric is any Rate && !hasModels && metric.id != BaseRate().id ? 0.5 : nil
    }
    guard metric is any Rate else {
      throw request.failure("rate", "'\(metric.id)' is no rate; leave it out")
    }
    return try request.numbers("rate", count: 1...1, "a rate between 0 and 1") {
      $0 > 0 && $0 < 1
    }[0]
  }
}

// MARK: - Evaluation

extension PowerTable {
  private func evaluate(_ metric: any Metric, _ assurance: PowerAssurance) throws
    -> (EvaluationResult, source: String)
  {
    var settings = reading
    if !hasModels { settings.set("decision", ["\(Self.placeholder)=\(Self.placeholder)"]) }
    settings.set("metrics", metric.id)
    var (configuration, reader) = try settings.resolve()
    let planned = configuration.models
    if !hasModels { configuration.models = [] }
    configuration.condition = nil
    var (table, _) = try TableSource(settings: settings, reader: reader, path: path)
      .read(for: configuration)
    if !hasModels {
      let alike = CategoryColumn(
        name: Self.placeholder, values: [Int?](repeating: 1, count: table.rowCount))
      table = try table.replacing(.category(alike))
      configuration.models = planned
    }
    configuration.confidence = assurance.confidence
    configuration.intersections = 1
    // Nothing is taken from replicates or permutations.
    configuration.permutations = 0
    configuration.replicates = max(100, Int(4 / (1 - assurance.confidence)))
    configuration.method = .auto
    configuration.resampling = .auto
    configuration.intervals = IntervalChoice()
    return (try Evaluator(configuration).evaluate(table), table.source)
  }

  private func models(of metric: any Metric, in result: EvaluationResult) -> [String?] {
    guard hasModels, metric.id != BaseRate().id else { return [nil] }
    return result.models.filter { $0.kind != "decision" || metric is any DecisionMetric }.map(
      \.name)
  }
}
