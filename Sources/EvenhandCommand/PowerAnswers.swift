// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandPower
import EvenhandScorecards

/// Answers a request about supposed values.
struct PowerAnswers {
  let plan: PowerPlan
  let critical: Double
  private let target: Double

  init(_ plan: PowerPlan) {
    self.plan = plan
    target = plan.assurance.power
    let allocation = plan.rows.sizes.map { $0.reference / $0.group } ?? plan.rows.allocation
    critical = plan.family.critical(
      confidence: plan.assurance.confidence, allocation: allocation)
  }

  func report() -> PowerReport {
    let answers: [PowerAnswer] =
      if let sizes = plan.rows.sizes {
        plan.groups.isEmpty
          ? [false, true].filter { $0 || !plan.isMean }.map { gap(isAbove: $0, sizes) }
          : plan.groups.map { power(group: $0, sizes) }
      } else {
        plan.groups.map(rows)
      }
    return PowerReport(
      request: request, answers: answers, curve: hardest(answers).flatMap(curve), table: nil)
  }

  // MARK: Rows, power, gap

  private func rows(group: Double) -> PowerAnswer {
    let design = plan.design(group: group, critical: critical)
    var answer = blank(group)
    guard let sizes = design.sizes(power: target, allocation: plan.rows.allocation) else {
      answer.status = .undefined
      answer.reason = "no number of rows up to 10^12 a group is enough"
      return answer
    }
    let formula = plan.rows.whole(sizes)
    let exact = plan.rateDesign(group: group, critical: critical)?
      .exactSizes(power: target, allocation: plan.rows.allocation)
    let needed = SampleSizes(
      group: max(formula.group, exact?.group ?? 0),
      reference: max(formula.reference, exact?.reference ?? 0))
    setPower(&answer, group, needed)
    answer.formula.n = PowerSizes(formula)
    answer.exact?.n = exact.map(PowerSizes.init)
    return answer
  }

  private func power(group: Double, _ sizes: SampleSizes) -> PowerAnswer {
    var answer = blank(group)
    setPower(&answer, group, sizes)
    return answer
  }

  private func gap(isAbove: Bool, _ sizes: SampleSizes) -> PowerAnswer {
    let formula = plan.gapDesign(critical: critical)?
      .detectable(isAbove: isAbove, sizes: sizes, power: target)
    var exact: Double?
    let isEnumerated = plan.isEnumerable && sizes.group + sizes.reference <= ExactPower.mostRows
    if isEnumerated {
      exact = ExactPower(
        isAbove ? .exceeds(0) : .isBelow(0), method: .newcombeT, critical: critical,
        group: Int(sizes.group), reference: Int(sizes.reference)
      ).detectableRate(reference: plan.reference, isAbove: isAbove, power: target)
    }
    var answer = blank(nil)
    if let formula, !isEnumerated || exact != nil {
      // The farther one keeps the promise of both.
      let value = isAbove ? max(formula, exact ?? formula) : min(formula, exact ?? formula)
      answer = blank(value)
      setPower(&answer, value, sizes)
    } else {
      answer.status = .undefined
      answer.reason =
        "no value \(isAbove ? "above" : "below") \(Format.number(plan.reference)) is told from it "
        + "so surely with these rows"
      setPower(&answer, nil, sizes)
    }
    answer.formula.group = formula
    answer.exact?.group = exact
    return answer
  }

  private func blank(_ group: Double?) -> PowerAnswer {
    let reference = plan.reference
    return PowerAnswer(
      status: .ok, reason: nil, group: group, reference: reference,
      gap: group.map { $0 - reference },
      ratio: plan.isMean ? nil : group.map { $0 / reference }, n: nil, clusters: nil, power: nil,
      formula: .init(method: plan.formulaName), exact: nil, exactReason: plan.exactReason)
  }

  private func setPower(_ answer: inout PowerAnswer, _ group: Double?, _ sizes: SampleSizes) {
    answer.n = PowerSizes(sizes)
    if let cluster = plan.rows.cluster {
      answer.clusters = PowerSizes(sizes.divided(by: cluster.size).whole)
    }
    if plan.isEnumerable {
      let isTooLarge = sizes.group + sizes.reference > ExactPower.mostRows
      answer.exactReason =
        isTooLarge ? "more than \(Format.count(ExactPower.mostRows)) rows in all" : nil
      answer.exact = isTooLarge ? nil : .init(method: plan.exactName)
    }
    guard let group else { return }
    answer.formula.power = plan.design(group: group, critical: critical).power(sizes)
    answer.exact?.power = plan.rateDesign(group: group, critical: critical)?.exactPower(sizes)
    answer.power = answer.exact?.power ?? answer.formula.power
  }

  // MARK: Curve

  /// The answer that decides: the one with most rows, or with the least power; both gaps.
  private func hardest(_ answers: [PowerAnswer]) -> [PowerAnswer] {
    let answered = answers.filter { $0.status == .ok }
    let one: PowerAnswer? =
      switch plan.question {
      case .sampleSize: answered.max { ($0.n?.group ?? 0) < ($1.n?.group ?? 0) }
      case .power: answered.min { ($0.power ?? 1) < ($1.power ?? 1) }
      case .detectableGap, .table: nil
      }
    return one.map { [$0] } ?? answered
  }

  /// Power with fewer and with more rows; for a detectable gap with a smaller and with a larger one.
  private func curve(_ answer: PowerAnswer) -> [PowerPoint] {
    guard let group = answer.group, let n = answer.n else { return [] }
    if plan.question == .detectableGap {
      return [0.5, 0.75, 1, 1.25, 1.5].compactMap { factor in
        let value = plan.reference + factor * (group - plan.reference)
        return plan.isPossible(value) ? point(value, n) : nil
      }
    }
    return [0.25, 0.5, 0.75, 1, 1.5, 2].compactMap { factor in
      let sizes = plan.rows.whole(
        SampleSizes(group: factor * Double(n.group), reference: factor * Double(n.reference)))
      return sizes.smaller >= 2 ? point(group, PowerSizes(sizes)) : nil
    }
  }

  private func point(_ group: Double, _ n: PowerSizes) -> PowerPoint {
    let sizes = SampleSizes(group: Double(n.group), reference: Double(n.reference))
    return PowerPoint(
      group: group, reference: plan.reference, n: n,
      formula: plan.design(group: group, critical: critical).power(sizes),
      exact: plan.isEnumerable
        ? plan.rateDesign(group: group, critical: critical)?.exactPower(sizes) : nil)
  }
}

extension PowerSizes {
  init(_ sizes: SampleSizes) {
    self.init(group: Int(sizes.group), reference: Int(sizes.reference))
  }
}
