// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import Testing

@Suite struct MaxTTests {
  /// Maxima 1 to 999: the 950th at 95 %, p-values in thousandths.
  @Test func ranksOfOneToNineHundredNinetyNine() {
    let family = MaxT(maxima: (1...999).reversed().map(Double.init))
    #expect(family.criticalValue(confidence: 0.95) == 950)
    #expect(family.criticalValue(confidence: 0.9) == 900)
    #expect(family.criticalValue(confidence: 0.9991) == .infinity)
    #expect(family.pValue(950) == 0.051)
    #expect(family.pValue(-950.5) == 0.05)
    #expect(family.pValue(5000) == 0.001)
    #expect(family.pValue(0) == 1)
  }

  /// Ties count as larger; an interval excludes 0 exactly when its p-value is below α.
  @Test func intervalsAndPValuesAgree() {
    var stream = RandomStream(seed: 4, family: 0, replicate: 0)
    for count in [19, 20, 99, 500, 1999] {
      let maxima = (0..<count).map { _ in (abs(stream.normal()) * 4).rounded() / 4 }
      let family = MaxT(maxima: maxima)
      let critical = family.criticalValue(confidence: 0.95)
      for t in stride(from: 0.0, to: 4, by: 0.125) {
        #expect((t > critical) == (family.pValue(t) <= 0.05 + 1e-12), "\(count) \(t)")
        #expect(family.pValue(t) == family.pValue(-t) && family.pValue(t) > 0)
      }
    }
  }

  /// Maxima 1 to 999: the rank's uncertainty √(999 · .95 · .05). Otherwise what other seeds would
  /// change: the standard deviation of the critical value over 400 runs of 999 replicates.
  @Test func criticalValueErrors() {
    let grid = MaxT(maxima: (1...999).reversed().map(Double.init))
    #expect(agree(grid.criticalValueError(confidence: 0.95), 6.888578, within: 1e-6))
    var (values, errors): ([Double], [Double]) = ([], [])
    for run in 0..<400 as Range<UInt32> {
      var stream = RandomStream(seed: 5, family: 0, replicate: run)
      let maxima = (0..<999).map { _ in (0..<6).reduce(0) { m, _ in max(m, abs(stream.normal())) } }
      values.append(MaxT(maxima: maxima).criticalValue(confidence: 0.95))
      errors.append(MaxT(maxima: maxima).criticalValueError(confidence: 0.95))
    }
    let mean = values.reduce(0, +) / 400
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399).squareRoot()
    let stated = (errors.reduce(0) { $0 + $1 * $1 } / 400).squareRoot()
    #expect(abs(stated / deviation - 1) < 0.15, "\(stated) \(deviation)")
  }

  @Test func tooFewReplicates() {
    #expect(MaxT(maxima: [1, 2, 3]).criticalValueError(confidence: 0.95) == .infinity)
    #expect(MaxT(maxima: [1]).criticalValueError(confidence: 0.5) == .infinity)
    #expect(MaxT(maxima: [1, 2, 3]).criticalValue(confidence: 0.95) == .infinity)
    #expect(MaxT(maxima: []).pValue(2) == 1)
  }
}
