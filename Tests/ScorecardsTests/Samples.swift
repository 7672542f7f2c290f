// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// Small scorecards made by hand.
enum Samples {
  static func group(_ attribute: String, _ group: String?) -> Slice {
    Slice([.init(attribute: attribute, group: group)])
  }

  static let provenance = Provenance(
    evenhandVersion: "0.1.0", createdAt: "2026-01-01T00:00:00Z",
    inputs: [.init(role: "table", name: "people.csv", bytes: 12_345, sha256: "ab12")], seed: 1,
    replicates: 2000, plan: ["decision": "counts"], linearAlgebra: "OpenBLAS",
    linearAlgebraCore: "Haswell", threads: 1, swiftVersion: "6.3")

  static func scorecard(_ result: EvaluationResult, favorable: String? = nil) -> Scorecard {
    Scorecard(
      result, configuration: favorable.map { ["favorable": .text($0)] } ?? [:],
      metadata: Metadata(), provenance: provenance)
  }

  static func measurement(
    _ model: String?, _ metric: String, _ slice: Slice, _ value: Double, _ low: Double,
    _ high: Double, n: Int
  ) -> SliceMeasurement {
    var item = SliceMeasurement(model: model, metric: metric, slice: slice, n: n)
    item.value = value
    item.interval = ReportedInterval(low: low, high: high, level: 0.95, method: "wilson")
    return item
  }

  static func gap(
    _ metric: String, _ attribute: String, _ high: Slice, _ low: Slice, _ value: Double,
    _ interval: ClosedRange<Double>, model: String = "credit"
  ) -> Gap {
    var gap = Gap(model: model, metric: metric, kind: .maxMinDifference, attributes: [attribute])
    gap.slice = high
    gap.reference = low
    gap.value = value
    gap.interval = ReportedInterval(
      low: interval.lowerBound, high: interval.upperBound, level: 0.95, method: "max_t",
      family: Family(id: "\(metric)/\(attribute)", size: 1, critical: 1.96))
    gap.noiseFloor = NoiseFloor(expected: 0.0124, upper95: 0.0234, lower95: nil)
    gap.minimumDetectable = 0.0345
    return gap
  }

  /// Two groups of one attribute, every kind of block filled; all names can be chosen.
  static func result(
    model: String = "credit", attribute: String = "sex", first: String = "Female",
    second: String = "Male"
  ) -> EvaluationResult {
    let (low, high) = (group(attribute, first), group(attribute, second))
    var result = EvaluationResult(
      data: DataRecord(
        rows: 16_570, used: 16_561, leftOut: [.init(reason: "no label", rows: 9)],
        distinctRows: 16_480,
        columns: [.init(name: attribute, role: "attribute", kind: "category", missing: 0)]))
    result.models = [
      ModelRecord(name: model, kind: "probability", threshold: 0.5, lowest: 0.001, highest: 0.999)
    ]
    result.attributes = [
      AttributeRecord(name: attribute, groups: [first, second], reference: second, missing: 0)
    ]
    for (slice, n, base) in [
      (Slice.overall, 16_561, 0.242), (low, 5483, 0.112), (high, 11_078, 0.307),
    ] {
      var record = SliceRecord(slice: slice)
      record.n = n
      record.share = Double(n) / 16_561
      record.positives = (Double(n) * base).rounded()
      record.baseRate = base
      result.slices.append(record)
      let curve = curves(model, slice)
      result.curves.append(curve)
    }
    result.measurements = [
      measurement(nil, "base_rate", low, 0.112, 0.104, 0.121, n: 5483),
      measurement(nil, "base_rate", high, 0.307, 0.298, 0.316, n: 11_078),
      measurement(model, "selection_rate", .overall, 0.206, 0.2, 0.212, n: 16_561),
      measurement(model, "selection_rate", low, 0.0962976, 0.08828, 0.1049, n: 5483),
      measurement(model, "selection_rate", high, 0.2602455, 0.252, 0.268, n: 11_078),
      measurement(model, "precision", .overall, 0.773, 0.759, 0.787, n: 16_561),
      measurement(model, "precision", low, 0.75, 0.711, 0.785, n: 5483),
      measurement(model, "precision", high, 0.778, 0.762, 0.792, n: 11_078),
    ]
    var ratio = Gap(
      model: model, metric: "selection_rate", kind: .minMaxRatio, attributes: [attribute])
    ratio.slice = low
    ratio.reference = high
    ratio.value = 0.3700261313
    result.gaps = [
      gap("precision", attribute, high, low, 0.0277, 0...0.05, model: model),
      gap("selection_rate", attribute, high, low, 0.1639, 0.148...0.18, model: model),
      ratio,
    ]
    result.warnings = [Warning("small_cell", "2 slices have fewer than 5 people")]
    return result
  }

  static func curves(_ model: String, _ slice: Slice) -> SliceCurves {
    var curve = SliceCurves(model: model, slice: slice)
    curve.roc = [[0, 0], [0.1, 0.6], [1, 1]]
    curve.reliability = [
      ReliabilityBin(meanScore: 0.1, observedRate: 0.12, low: 0.1, high: 0.14, n: 500),
      ReliabilityBin(meanScore: 0.7, observedRate: 0.68, low: 0.61, high: 0.74, n: 480),
    ]
    curve.histogram = ScoreHistogram(low: 0, high: 1, shares: [0.5, 0.3, 0.2])
    return curve
  }

  static func renderings(_ scorecard: Scorecard) -> (
    html: String, markdown: String, terminal: String
  ) {
    let document = Document(scorecard)
    return (
      HTMLRenderer.render(document), MarkdownRenderer.render(document),
      TerminalRenderer(width: 88).render(document)
    )
  }
}

extension Samples {
  /// Many models, attributes and groups with long names, and every pair of attributes.
  static func crowd(models: Int, attributes: Int, groups: Int) -> Scorecard {
    var result = EvaluationResult(
      data: DataRecord(rows: 1_000_000, used: 1_000_000, leftOut: [], distinctRows: 9, columns: []))
    let names = (0..<models).map { "model \($0) with a rather long name" }
    result.models = names.map {
      ModelRecord(name: $0, kind: "probability", threshold: 0.5, lowest: 0, highest: 1)
    }
    var slices = [Slice.overall]
    for a in 0..<attributes {
      let labels = (0..<groups).map { "group \($0) \"of\" <people> & 'others' in attribute \(a)" }
      result.attributes.append(
        AttributeRecord(name: "attribute \(a)", groups: labels, reference: labels[0], missing: 0))
      slices += labels.map { group("attribute \(a)", $0) }
    }
    let single = slices.dropFirst()
    for left in single {
      for right in single where left.attributes[0] < right.attributes[0] && slices.count < 1500 {
        slices.append(Slice(left.assignments + right.assignments))
      }
    }
    for slice in slices {
      var record = SliceRecord(slice: slice)
      record.n = 1234
      result.slices.append(record)
      for model in names {
        if slice.assignments.count < 2 { result.curves.append(curves(model, slice)) }
        let shown = slice.assignments.count < 2 ? everyMetric[...] : everyMetric.prefix(4)
        for metric in shown {
          result.measurements.append(
            measurement(model, metric, slice, 0.5, 0.4321, 0.5678, n: 1234))
        }
      }
    }
    for model in names {
      for metric in everyMetric {
        for attribute in result.attributes {
          let (first, last) = (attribute.groups[0], attribute.groups[groups - 1])
          var gap = Samples.gap(
            metric, attribute.name, group(attribute.name, last), group(attribute.name, first),
            0.1234, 0.0567...0.1987, model: model)
          gap.excluded = attribute.groups.map {
            Exclusion(slice: group(attribute.name, $0), denominator: 4, reason: "too few")
          }
          result.gaps.append(gap)
        }
      }
    }
    return scorecard(result)
  }

  static let everyMetric = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "balanced_accuracy", "true_negative_rate", "false_negative_rate", "negative_predictive_value",
    "false_discovery_rate", "false_omission_rate", "f1", "matthews_correlation", "threat_score",
    "roc_auc", "average_precision", "brier_score", "log_loss", "mean_score", "calibration_ratio",
    "calibration_intercept", "calibration_slope", "expected_calibration_error",
    "score_quantile_50",
  ]
}
