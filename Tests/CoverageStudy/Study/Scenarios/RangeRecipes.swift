// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// Intervals of ranges reckoned here, not by Evenhand: what its own are held against.
extension RangeScenarios {
  /// Rates of groups with the variances that a studentized recipe goes by.
  private struct Smoothed {
    var rates: [Double] = []
    var variances: [Double] = []
    var logarithms: [Double] = []
    var logVariances: [Double] = []

    /// p̃ = (x + 1)/(n + 2), v = p̃ (1 − p̃)/(n + 2), of ln p̃: v/p̃².
    init(_ selected: [Double], _ sizes: [Double]) {
      for (x, n) in zip(selected, sizes) {
        let p = (x + 1) / (n + 2)
        let variance = p * (1 - p) / (n + 2)
        rates.append(n > 0 ? x / n : .nan)
        variances.append(variance)
        logarithms.append(.log(p))
        logVariances.append(variance / (p * p))
      }
    }
  }

  /// Pairs of values, each with the standard error of its difference.
  private static func largest(
    _ values: [Double], _ variances: [Double],
    _ combine: (_ distance: Double, _ error: Double) -> Double
  ) -> Double {
    var result = 0.0
    for first in values.indices {
      for second in values[..<first].indices {
        let error = (variances[first] + variances[second]).squareRoot()
        result = max(result, combine(abs(values[first] - values[second]), error))
      }
    }
    return result
  }

  /// The 95 % quantile over replicates of the largest |d* − d|/se* of a pair gives c; the range then
  /// lies between the largest |d| − c se and the largest |d| + c se. A ratio: the same of ln p̃.
  static func recipe(_ rates: Rates) -> Procedure<[Int]> {
    Procedure(
      [
        Claim(.ranges, difference, recipe, .comparison), Claim(.ranges, ratio, recipe, .comparison),
      ], dataSets: 2000
    ) { selected, seed in
      let found = Smoothed(selected.map(Double.init), rates.groups.map { Double($0.trials) })
      var (plain, logarithmic): ([Double], [Double]) = ([], [])
      rates.resampled(selected, replicates: 999, seed: seed) { drawn, sizes in
        let again = Smoothed(drawn, sizes)
        let errors = zip(again.rates, found.rates).map { $0 - $1 }
        guard errors.allSatisfy(\.isFinite) else { return }
        plain.append(largest(errors, again.variances) { $0 / $1 })
        let logErrors = zip(again.logarithms, found.logarithms).map { $0 - $1 }
        logarithmic.append(largest(logErrors, again.logVariances) { $0 / $1 })
      }
      let c = upper(plain)
      let logarithm = upper(logarithmic)
      let low = largest(found.rates, found.variances) { max(0, $0 - c * $1) }
      let high = largest(found.rates, found.variances) { min(1, $0 + c * $1) }
      let near = largest(found.logarithms, found.logVariances) { max(0, $0 - logarithm * $1) }
      let far = largest(found.logarithms, found.logVariances) { $0 + logarithm * $1 }
      return [
        Outcome(low: low, high: high, truth: rates.difference, neutral: 0),
        Outcome(low: .exp(-far), high: .exp(-near), truth: rates.ratio, neutral: 1),
      ]
    }
  }

  private static func upper(_ values: [Double]) -> Double {
    quantile(0.95, ofSorted: values.sorted())
  }

  /// Replicates of the range itself, whose 2.5 % and 97.5 % quantiles are the limits.
  static func fairlearn(_ rates: Rates) -> Procedure<[Int]> {
    Procedure(
      [
        Claim(.ranges, difference, percentile, .comparison),
        Claim(.ranges, ratio, percentile, .comparison),
      ], dataSets: 2000
    ) { selected, seed in
      var (differences, ratios): ([Double], [Double]) = ([], [])
      rates.resampled(selected, replicates: 999, seed: seed) { drawn, sizes in
        let values = zip(drawn, sizes).filter { $1 > 0 }.map { $0 / $1 }
        guard let high = values.max(), let low = values.min() else { return }
        differences.append(high - low)
        if high > 0 { ratios.append(low / high) }
      }
      func outcome(_ values: [Double], _ truth: Double, _ neutral: Double) -> Outcome {
        let ordered = values.sorted()
        return Outcome(
          low: quantile(0.025, ofSorted: ordered), high: quantile(0.975, ofSorted: ordered),
          truth: truth, neutral: neutral)
      }
      return [outcome(differences, rates.difference, 0), outcome(ratios, rates.ratio, 1)]
    }
  }
}
