// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel
import EvenhandTabular

/// A metric of decisions on a slice, or its difference between two slices.
package struct CountedQuestion: Sendable, Hashable {
  package var metric: String
  package var slice: Slice
  /// A disjoint slice, or all rows; `nil`: the slice's own value.
  package var reference: Slice?

  package init(metric: String, slice: Slice, reference: Slice?) {
    self.metric = metric
    self.slice = slice
    self.reference = reference
  }
}

/// Limits at any level of numbers that are functions of counts, drawn again from a scorecard's tally.
///
/// The same engine, seed and replicates as the evaluation's: where one model was evaluated the draws
/// are the same, and at the scorecard's level so are the limits of single values and of a family of
/// one. Every question is a family of its own, so that its limits hold for it alone.
package struct CountedBounds: Sendable {
  private let plan: Plan
  private let estimation: Estimation
  private let answers: [CountedQuestion: Answer]

  private struct Answer: Sendable {
    var place: Int
    var slice: Int
    var family: ContrastFamily?
    /// Of a value: t* or T*; of a difference: the largest |t*|.
    var replicates: [Double]
    var target: CountsEngine.Target
  }

  /// - Parameters:
  ///   - tally: of unweighted, independent rows.
  ///   - model: the model's place in the tally.
  ///   - columns: the attributes in their order, then the condition if there is one.
  ///   - configuration: that of the evaluation; its columns of models, labels and counts are replaced.
  package init(
    _ tally: Tally, model: Int, columns: [CountedTable.Column], _ configuration: Configuration,
    _ questions: Set<CountedQuestion>
  ) throws(DataError) {
    let counted = try CountedTable(tally, model: model, columns: columns)
    var own = configuration
    own.label = configuration.label == nil ? nil : counted.label
    own.positive = nil
    own.models = [
      ModelRole(tally.models[model], column: counted.decision, output: .decision)
    ]
    own.count = counted.count
    own.bins = []
    own.references = [:]
    own.intersections = max(1, own.attributes.count)
    own.maxGroups = .max
    plan = try Plan(counted.table, own)
    let wanted = Set(questions.map(\.metric))
    let parallel = Parallel(threads: configuration.threads)
    estimation = Estimation(
      plan, own.catalogue.filter { $0 is any DecisionMetric && wanted.contains($0.id) },
      parallel)
    answers = Self.answers(questions, plan, estimation, parallel)
  }

  private static func answers(
    _ questions: Set<CountedQuestion>, _ plan: Plan, _ estimation: Estimation, _ parallel: Parallel
  ) -> [CountedQuestion: Answer] {
    var targets: [CountsEngine.Target] = []
    var asked: [(values: [CountedQuestion], differences: [CountedQuestion])] = []
    let places = Dictionary(
      plan.slices.slices.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for estimates in estimation.estimates {
      guard let metric = estimates.metric as? any DecisionMetric else { continue }
      let own = questions.filter {
        $0.metric == metric.id && places[$0.slice] != nil
          && ($0.reference.map { places[$0] != nil } ?? true)
      }.sorted { ($0.slice, $0.reference ?? .overall) < ($1.slice, $1.reference ?? .overall) }
      let values = own.filter {
        $0.reference == nil && places[$0.slice].flatMap { estimates.estimates[$0].value } != nil
      }
      let differences = own.filter { $0.reference != nil }
      let families = differences.compactMap { family($0, places, plan) }
      targets.append(
        CountsEngine.Target(
          model: 0, metric: metric, estimates: estimates, families: families,
          isStudentized: families.map { _ in true },
          sampledSlices: values.compactMap { places[$0.slice] },
          keepsPivots: SampledInterval.needsPivots(plan.configuration.intervals.bootstrap)))
      asked.append((values, differences))
    }
    let found = CountsEngine(plan, parallel).run(targets, parallel)
    var result: [CountedQuestion: Answer] = [:]
    for (target, (asked, found)) in zip(targets, zip(asked, found)) {
      guard
        let place = estimation.estimates.firstIndex(where: { $0.metric.id == target.metric.id })
      else { continue }
      for (question, samples) in zip(asked.values, found.samples) {
        result[question] = Answer(
          place: place, slice: places[question.slice] ?? 0, family: nil, replicates: samples,
          target: target)
      }
      for (question, (family, maxima)) in zip(
        asked.differences, zip(target.families, found.maxima))
      {
        result[question] = Answer(
          place: place, slice: places[question.slice] ?? 0, family: family, replicates: maxima,
          target: target)
      }
    }
    return result
  }

  private static func family(
    _ question: CountedQuestion, _ places: [Slice: Int], _ plan: Plan
  ) -> ContrastFamily? {
    guard let slice = places[question.slice], let reference = question.reference,
      let other = places[reference]
    else { return nil }
    let grouping = plan.slices.groupings.firstIndex { $0.members.contains(slice) } ?? 0
    return other == plan.slices.contexts[slice]
      ? ContrastFamily(
        against: .overall, isRatio: false, grouping: grouping, slices: [slice], anchor: other)
      : ContrastFamily(against: .pairs, isRatio: false, grouping: grouping, slices: [other, slice])
  }

  /// The limits of an answer, or `nil` where the counts show no variation.
  package func interval(_ question: CountedQuestion, confidence: Double) -> ReportedInterval? {
    guard let answer = answers[question] else { return nil }
    let estimates = estimation.estimates[answer.place]
    guard let family = answer.family else {
      var estimate = estimates.estimates[answer.slice]
      var sampled = estimation.sampledInterval(estimates.metric.range)
      sampled.confidence = confidence
      sampled.apply(to: &estimate, samples: answer.replicates) {
        estimation.acceleration(answer.target, answer.slice)
      }
      return estimate.interval
    }
    let maxima = answer.replicates.filter { !$0.isNaN }
    let critical = CriticalValue(
      family, estimates, plan.slices, confidence: confidence,
      tukey: TukeyTable(confidence: confidence, groups: [2]), maxima: maxima)
    guard let contrast = estimates.contrasts(family, plan.slices).first else { return nil }
    let range = estimates.metric.range
    let judged = critical.judge(
      contrast, estimates, width: range.upperBound - range.lowerBound)
    return rounded(
      ReportedInterval(
        low: min(judged.low, contrast.distance), high: max(judged.high, contrast.distance),
        level: confidence, method: critical.methodName), containing: contrast.distance)
  }
}
