// SPDX-License-Identifier: Apache-2.0
import EvenhandPower
import Testing

@Suite("Formulas against R, epiR, statsmodels and scipy") struct FormulaTests {
  @Test("n and power of two proportions, as R's power.prop.test")
  func proportions() throws {
    for row in try Fixture.r().proportions {
      let design = TwoProportionPower(
        group: row.group, reference: row.reference, critical: critical(alpha: row.alpha))
      #expect(agree(design.sizes(power: row.power)?.group, row.n, within: 1e-9))
      #expect(agree(design.power(SampleSizes(each: 100)), row.powerAt100, within: 1e-9))
    }
  }

  @Test("the numbers of textbooks")
  func textbook() {
    let c = critical(alpha: 0.05)
    func n(_ reference: Double, _ group: Double) -> Double? {
      TwoProportionPower(group: group, reference: reference, critical: c).sizes(power: 0.8)?
        .whole.group
    }
    #expect(n(0.5, 0.6) == 388)
    #expect(n(0.10, 0.08) == 3213)
    let kept = NonInferiorityPower(group: 0.85, reference: 0.85, margin: 0.10, critical: c)
    #expect(kept.sizes(power: 0.8)?.whole.group == 201)
    func gap(_ rate: Double, _ n: Double, _ m: Double) -> Double {
      DetectableGap.atEqualVariance(
        rate: rate, sizes: SampleSizes(group: n, reference: m), critical: c, power: 0.8)
    }
    for (found, printed) in [
      (gap(0.5, 100, 100), 0.1981), (gap(0.2, 50, 5000), 0.1593), (gap(0.1, 500, 500), 0.0532),
      (gap(0.65, 509, 2936), 0.0642),
    ] { #expect(abs(found - printed) < 0.00005) }
  }

  @Test("detectable rates, as R's power.prop.test solved for p2")
  func detectable() throws {
    for row in try Fixture.r().rates {
      let design = TwoProportionPower(
        group: 1, reference: row.reference, critical: critical(alpha: 0.05))
      let rate = design.detectable(
        isAbove: true, sizes: SampleSizes(each: row.n), power: row.power)
      #expect(agree(rate, row.above, within: 1e-8))
    }
  }

  @Test("unequal sizes, as statsmodels")
  func unequal() throws {
    for row in try Fixture.python().unequal {
      let design = TwoProportionPower(
        group: row.group, reference: row.reference, critical: critical(alpha: row.alpha))
      let sizes = design.sizes(power: row.power, allocation: row.allocation)
      #expect(agree(sizes?.group, row.n, within: 1e-8))
      #expect(agree(sizes?.reference, row.n * row.allocation, within: 1e-8))
      let at = design.power(SampleSizes(group: 150, allocation: row.allocation))
      #expect(agree(at, row.powerAt150, within: 1e-9))
    }
  }

  @Test("non-inferiority, as epiR's epi.ssninfb")
  func nonInferiority() throws {
    for row in try Fixture.r().nonInferiority {
      let design = NonInferiorityPower(
        group: row.group, reference: row.reference, margin: row.margin,
        critical: critical(alpha: 2 * row.oneSided))
      let sizes = design.sizes(power: row.power, allocation: row.referenceN / row.groupN)
      #expect(agree(sizes?.group, row.groupN, within: 1e-9))
    }
  }

  @Test("equivalence of equal rates, as epiR's epi.ssequb")
  func equivalence() throws {
    for row in try Fixture.r().equivalence {
      let design = EquivalencePower(
        group: row.rate, reference: row.rate, margin: row.margin,
        critical: critical(alpha: 2 * row.oneSided))
      #expect(agree(design.sizes(power: row.power)?.group, row.n, within: 1e-9))
    }
  }

  @Test("means, as R's power.t.test")
  func means() throws {
    for row in try Fixture.r().means {
      let design = MeanPower(
        group: row.difference, groupDeviation: row.deviation,
        referenceDeviation: row.deviation, critical: critical(alpha: row.alpha))
      #expect(agree(design.sizes(power: row.power)?.group, row.n, within: 1e-6))
      #expect(agree(design.power(SampleSizes(each: 20)), row.powerAt20, within: 1e-8))
      let gap = design.detectable(isAbove: true, sizes: SampleSizes(each: 20), power: row.power)
      #expect(agree(gap, row.detectableAt20, within: 1e-7))
    }
  }

  @Test("means of unequal sizes and deviations, as statsmodels and scipy's noncentral t")
  func unequalMeans() throws {
    for row in try Fixture.python().means {
      let design = MeanPower(
        group: row.difference, groupDeviation: row.groupDeviation,
        referenceDeviation: row.referenceDeviation, critical: critical(alpha: row.alpha))
      let power = design.power(SampleSizes(group: row.group, reference: row.reference))
      #expect(agree(power, row.power, within: 1e-8))
    }
  }

  @Test("areas and ratios, as their definitions in numpy")
  func areasAndRatios() throws {
    let values = try Fixture.python()
    for row in values.areas {
      let design = AreaPower(
        group: row.group, reference: row.reference, positiveShare: row.positiveShare,
        critical: critical(alpha: 0.05))
      let power = design.power(SampleSizes(group: row.groupN, reference: row.referenceN))
      #expect(agree(power, row.power, within: 1e-10))
    }
    for row in values.ratios {
      let design = RatioPower(
        group: row.group, reference: row.reference, limit: row.limit,
        critical: critical(alpha: 0.05))
      let power = design.power(SampleSizes(group: row.groupN, reference: row.referenceN))
      #expect(agree(power, row.power, within: 1e-10))
    }
  }

  @Test("critical values of families, as scipy's studentized range and quadrature")
  func families() throws {
    let families = try Fixture.python().families
    for row in families.pairs {
      let value = ComparisonFamily.pairs(groups: row.groups).critical(confidence: row.confidence)
      #expect(agree(value, row.critical, within: 1e-6))
    }
    for row in families.reference {
      let value = ComparisonFamily.reference(groups: row.groups)
        .critical(confidence: row.confidence, allocation: row.allocation ?? 1)
      #expect(agree(value, row.critical, within: 1e-8))
    }
  }
}
