// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Rules of thumb for the gap that is established with a given power.
///
/// They know no direction and no bounds; `GapDesign.detectable` solves for the value itself.
public enum DetectableGap {
  /// (c + z) se, z the normal quantile of the power: of two estimates whose difference has the
  /// standard error `se` whatever the gap is. The detectable gap of a scorecard.
  public static func atStandardError(
    _ standardError: Double, critical: Double, power: Double
  ) -> Double {
    precondition(standardError >= 0 && critical > 0 && power > 0 && power < 1)
    return max(0, critical + Normal.quantile(power)) * standardError
  }

  /// (c + z) √(p(1−p)(1/n₁ + 1/n₂)): both groups vary as if the rate of both were p.
  public static func atEqualVariance(
    rate: Double, sizes: SampleSizes, critical: Double, power: Double
  ) -> Double {
    precondition((0...1).contains(rate))
    return atStandardError(
      RateError.ofDifference(rate, rate, sizes), critical: critical, power: power)
  }
}
