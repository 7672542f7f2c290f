// SPDX-License-Identifier: Apache-2.0

/// How a family of slices is tested.
public struct PermutationSettings: Sendable, Equatable {
  public var alternative: SliceAlternative
  /// B: how often the errors are permuted. The smallest p-value is 1/(B + 1).
  public var replicates: Int
  public var seed: UInt64
  /// The family of random streams that the permutations draw from; `RedundantSlices` draws from those
  /// that follow it, one a general slice.
  public var streamFamily: UInt32
  /// By default as many as there are processors; results do not depend on it.
  public var threads: Int?

  public init(
    alternative: SliceAlternative = .worse, replicates: Int = 999, seed: UInt64 = 1,
    streamFamily: UInt32 = 1 << 20, threads: Int? = nil
  ) {
    self.alternative = alternative
    self.replicates = replicates
    self.seed = seed
    self.streamFamily = streamFamily
    self.threads = threads
  }
}
