// SPDX-License-Identifier: Apache-2.0

/// The sample quantile of ascending values by linear interpolation (type 7, the default of R and
/// NumPy): the position 1 + (n − 1)·p among the ranks.
///
/// Source: Hyndman & Fan 1996, doi:10.2307/2684934.
public func quantile(_ probability: Double, ofSorted values: [Double]) -> Double {
  precondition(!values.isEmpty && probability >= 0 && probability <= 1)
  let position = Double(values.count - 1) * probability
  let index = min(Int(position), values.count - 1)
  let next = min(index + 1, values.count - 1)
  let fraction = position - Double(index)
  return fraction == 0
    ? values[index] : values[index] + fraction * (values[next] - values[index])
}
