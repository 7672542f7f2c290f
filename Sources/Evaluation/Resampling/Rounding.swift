// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Six significant digits: what is kept of a number that replicates produced.
///
/// Simulated digits beyond these are noise, and the last bits of a sum may differ between processors.
func rounded(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value }
  let exponent = 5 - Int(Double.log10(abs(value)).rounded(.down))
  guard abs(exponent) <= 300 else { return value }
  // Scaling by a whole power of ten keeps 0.05 at 0.05, where multiplying by 1e-6 would not.
  let scale = Double.pow(10, abs(exponent))
  return exponent >= 0
    ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
}

func rounded(_ interval: ReportedInterval, containing value: Double) -> ReportedInterval {
  var result = interval
  result.low = min(rounded(interval.low), value)
  result.high = interval.high.map { max(rounded($0), value) }
  if let error = interval.monteCarloError {
    result.monteCarloError = MonteCarloError(
      low: error.low.map(rounded), high: error.high.map(rounded))
  }
  return result
}
