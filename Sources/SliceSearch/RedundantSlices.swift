// SPDX-License-Identifier: Apache-2.0

/// Folds significant slices that add nothing into those that stand for them.
///
/// A bad slice makes most of its parts significant, and every other name of nearly the same rows. Slices
/// are taken from the general to the special, at equal depth by their evidence, and each is folded
/// 1. into the tree of the slice that it shares the most rows with, if that is a share (Jaccard's index)
///    of at least `overlap`;
/// 2. else under a general slice of which it is a part and within which it is not significantly
///    worse: errors are permuted within the general slice (and stratum), and the p-values of all its
///    significant parts are step-down adjusted, at the same level. It needs to add nothing to one of the
///    general slices to be folded; the one with the largest p-value takes it.
///
/// What is left stands on its own. A general slice may owe its significance to a part of it: then both are
/// left, the part being significantly worse than the rest of the general one.
public struct RedundantSlices: Sendable {
  /// Adjusted p-values up to it are significant, in the family and within a general slice.
  public let level: Double
  /// The share of common rows from which on two slices are the same.
  public let overlap: Double

  /// - Throws: `SliceSearchError.invalidSetting` unless 0 < level < 1 and 0 < overlap ≤ 1.
  public init(level: Double = 0.05, overlap: Double = 0.95) throws(SliceSearchError) {
    guard level > 0 && level < 1 else { throw .invalidSetting("a level lies between 0 and 1") }
    guard overlap > 0 && overlap <= 1 else { throw .invalidSetting("an overlap lies in (0, 1]") }
    self.level = level
    self.overlap = overlap
  }

  /// The trees, the more general slices first, then the stronger evidence.
  ///
  /// - Parameters:
  ///   - test: of the family, with these errors; its settings are those of the further permutations.
  /// - Throws: `SliceSearchError.lengthMismatch` when there are not as many errors as rows.
  /// - Complexity: a test of the parts of every general slice on its rows, and a comparison of all pairs
  ///   of significant slices of nearly the same size.
  public func forest(
    _ test: FamilyTest, of family: EnumeratedFamily, _ errors: SliceErrors
  ) throws(SliceSearchError) -> [SliceTree] {
    var folding = SliceFolding(
      test.significant(level: level), test.settings, family, errors, self)
    try folding.run()
    return folding.trees
  }
}
