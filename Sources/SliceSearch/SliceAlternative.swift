// SPDX-License-Identifier: Apache-2.0

/// In which direction a slice's mean error counts as evidence.
public enum SliceAlternative: String, Sendable, CaseIterable {
  /// The slice's errors are larger than those of the rest.
  case worse
  /// They are larger or smaller.
  case different

  /// What is compared between slices and with permuted errors: the larger, the more evidence.
  func evidence(_ statistic: Double) -> Double {
    switch self {
    case .worse: statistic
    case .different: statistic.magnitude
    }
  }
}
