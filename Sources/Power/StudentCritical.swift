// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A critical value of the normal distribution carried over to Student's t by its tail.
public enum StudentCritical {
  /// The t with P(T > t) = P(Z > critical); for a family's critical value too.
  public static func value(_ critical: Double, degreesOfFreedom: Double) -> Double {
    -StudentT.quantile(Normal.cumulative(-critical), degreesOfFreedom: degreesOfFreedom)
  }
}
