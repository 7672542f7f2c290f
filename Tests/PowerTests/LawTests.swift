// SPDX-License-Identifier: Apache-2.0
import EvenhandPower
import Testing

@Suite("Laws of power") struct LawTests {
  static let designs: [any PowerDesign] = [
    TwoProportionPower(group: 0.25, reference: 0.30, critical: 1.96),
    TwoProportionPower(group: 0.999, reference: 0.9, critical: 2.73),
    NonInferiorityPower(group: 0.84, reference: 0.85, margin: 0.05, critical: 1.96),
    EquivalencePower(group: 0.52, reference: 0.5, margin: 0.1, critical: 1.645),
    RatioPower(group: 0.29, reference: 0.30, limit: 0.8, critical: 1.96),
    RatioPower(group: 0.2, reference: 0.30, limit: 0.8, critical: 1.96),
    MeanPower(group: 1, groupDeviation: 3, referenceDeviation: 3, critical: 1.96),
    MeanPower(group: -9, groupDeviation: 3, referenceDeviation: 1, critical: 2.5),
    AreaPower(group: 0.8, reference: 0.75, positiveShare: 0.2, critical: 1.96),
    ClusteredPower(
      TwoProportionPower(group: 0.25, reference: 0.30, critical: 1.96), clusterSize: 6,
      correlation: 0.2),
  ]

  @Test("the size found has the power asked for, and no smaller one", arguments: designs.indices)
  func inverse(index: Int) throws {
    let design = Self.designs[index]
    for (power, allocation) in [(0.5, 1.0), (0.8, 1), (0.8, 10), (0.95, 0.3)] {
      let sizes = try #require(design.sizes(power: power, allocation: allocation))
      #expect(design.power(sizes) >= power)
      let less = SampleSizes(group: sizes.group * 0.9999, allocation: allocation)
      #expect(design.power(less) < power)
    }
  }

  @Test("power grows with either size and stays a probability", arguments: designs.indices)
  func monotone(index: Int) {
    let design = Self.designs[index]
    var last = (group: 0.0, reference: 0.0, both: 0.0)
    for n in [2.0, 10, 100, 1000, 10_000, 1e6] {
      let group = design.power(SampleSizes(group: n, reference: 500))
      let reference = design.power(SampleSizes(group: 500, reference: n))
      let both = design.power(SampleSizes(each: n))
      for (now, before) in [(group, last.group), (reference, last.reference), (both, last.both)] {
        #expect((0...1).contains(now) && now >= before - 1e-12)
      }
      last = (group, reference, both)
    }
    #expect(last.both > 0.999)
  }

  @Test("the detectable rate has the power, and a nearer one has not")
  func detectable() throws {
    for (p, n, m) in [(0.3, 500.0, 500.0), (0.05, 40, 4000), (0.97, 300, 100), (0.5, 12, 9)] {
      for isAbove in [true, false] {
        let sizes = SampleSizes(group: n, reference: m)
        let exact = ExactPower(
          isAbove ? .exceeds(0) : .isBelow(0), method: .newcombeT, critical: 1.96,
          group: Int(n), reference: Int(m))
        func power(_ rate: Double) -> Double {
          TwoProportionPower(group: rate, reference: p, critical: 1.96).power(sizes)
        }
        let reach = isAbove ? 1.0 : 0.0
        let design = TwoProportionPower(group: 0.5, reference: p, critical: 1.96)
        if let rate = design.detectable(isAbove: isAbove, sizes: sizes, power: 0.8) {
          #expect(abs(power(rate) - 0.8) < 1e-9)
          #expect(power(p + (rate - p) * 0.999) < 0.8)
        } else {
          #expect(power(reach) < 0.8)
        }
        if let rate = exact.detectableRate(reference: p, isAbove: isAbove, power: 0.8) {
          #expect(abs(exact.power(group: rate, reference: p) - 0.8) < 1e-9)
        } else {
          #expect(exact.power(group: reach, reference: p) < 0.8)
        }
      }
    }
  }

  @Test("areas, means and clusters: the detectable value has the power, a nearer one has not")
  func detectableValues() throws {
    let area = AreaPower(group: 0.5, reference: 0.8, positiveShare: 0.3, critical: 1.96)
    let mean = MeanPower(
      group: 0, reference: 10, groupDeviation: 3, referenceDeviation: 5, critical: 1.96)
    let rate = ClusteredPower(
      TwoProportionPower(group: 0.5, reference: 0.3, critical: 1.96), clusterSize: 5,
      correlation: 0.1)
    let sizes = SampleSizes(group: 300, reference: 900)
    let designs: [any GapDesign] = [area, mean, rate]
    for (var design, isAbove) in designs.flatMap({ [($0, true), ($0, false)] }) {
      let value = try #require(design.detectable(isAbove: isAbove, sizes: sizes, power: 0.8))
      #expect((value > design.reference) == isAbove)
      design.group = value
      #expect(abs(design.power(sizes) - 0.8) < 1e-9)
      design.group = design.reference + (value - design.reference) * 0.999
      #expect(design.power(sizes) < 0.8)
    }
  }

  @Test("from the enumerated size on the power stays")
  func settled() throws {
    for (p, q, target, allocation) in [
      (0.5, 0.6, 0.8, 1.0), (0.02, 0.06, 0.8, 1), (0.5, 0.9, 0.9, 1), (0.3, 0.2, 0.8, 10),
    ] {
      let design = TwoProportionPower(group: q, reference: p, critical: 1.96)
      let sizes = try #require(design.exactSizes(power: target, allocation: allocation))
      func power(_ n: Double) throws -> Double {
        let m = (allocation * n).rounded(.up)
        return try #require(design.exactPower(SampleSizes(group: n, reference: m)))
      }
      #expect(try power(sizes.group - 1) < target)
      for more in 0...Int(sizes.group / 4) {
        #expect(try power(sizes.group + Double(more)) >= target)
      }
    }
  }

  @Test("beside a reference that is too small no group is large enough")
  func tooSmall() throws {
    let design = TwoProportionPower(group: 0.25, reference: 0.30, critical: 1.96)
    #expect(design.groupSize(power: 0.8, reference: 500) == nil)
    let rows = try #require(design.groupSize(power: 0.8, reference: 10_000))
    #expect(agree(design.power(SampleSizes(group: rows, reference: 10_000)), 0.8, within: 1e-9))
    let hopeless = NonInferiorityPower(group: 0.7, reference: 0.8, margin: 0.1, critical: 1.96)
    #expect(hopeless.sizes(power: 0.8) == nil)
    let different = EquivalencePower(group: 0.7, reference: 0.8, margin: 0.1, critical: 1.96)
    #expect(different.sizes(power: 0.8) == nil)
  }

  @Test("clusters of one row, or without correlation, cost what t costs")
  func clusters() throws {
    let base = TwoProportionPower(group: 0.25, reference: 0.30, critical: 1.96)
    let alone = ClusteredPower(base, clusterSize: 1, correlation: 0.5)
    #expect(alone.designEffect == 1)
    let plain = try #require(base.sizes(power: 0.8)).group
    #expect(agree(alone.sizes(power: 0.8)?.group, plain, within: 2e-3))
    let clustered = ClusteredPower(base, clusterSize: 6, correlation: 0.2)
    #expect(clustered.designEffect == 2)
    let sizes = try #require(clustered.sizes(power: 0.8))
    #expect(agree(sizes.group, 2 * plain, within: 0.01))
    let whole = clustered.whole(sizes).group
    #expect(whole.truncatingRemainder(dividingBy: 6) == 0 && whole - sizes.group < 6)
  }

  @Test("more comparisons need more rows, the reference fewer than pairs")
  func families() {
    let none = ComparisonFamily.single.critical(confidence: 0.95)
    let reference = ComparisonFamily.reference(groups: 5).critical(confidence: 0.95)
    let pairs = ComparisonFamily.pairs(groups: 5).critical(confidence: 0.95)
    #expect(none < reference && reference < pairs)
    #expect(ComparisonFamily.pairs(groups: 5).count == 10)
    #expect(ComparisonFamily.reference(groups: 5).count == 4)
    #expect(ComparisonFamily.pairs(groups: 2).critical(confidence: 0.95) == none)
  }
}
