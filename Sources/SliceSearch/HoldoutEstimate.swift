// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A slice that was found on some rows, estimated on others: what is left of it without the luck of
/// having been selected.
///
/// The interval of the difference of the mean errors, slice − rest, is Newcombe's for errors of 0 or 1 and
/// Welch's otherwise; the one-sided p-value is that of Fisher's exact or Welch's test. Valid for slices
/// that were chosen without a look at the held-out rows.
public struct HoldoutEstimate: Sendable, Equatable {
  /// Why there is no interval and no p-value.
  public enum Status: String, Sendable {
    case ok
    /// None of the held-out rows is in the slice.
    case noRows = "no_rows"
    /// All held-out rows are in the slice.
    case noRest = "no_rest"
    /// A variance needs two rows in the slice and two outside.
    case tooFewRows = "too_few_rows"
    /// All errors in the slice are the same, and all errors outside are the same.
    case noVariation = "no_variation"
  }

  public let slice: Slice
  /// Held-out rows of the slice, with their multiplicities.
  public let size: Int
  /// The mean of their errors.
  public let meanError: Double?
  /// All other held-out rows.
  public let restSize: Int
  /// The mean of their errors.
  public let restMeanError: Double?
  /// meanError − restMeanError.
  public let difference: Double?
  /// An interval of the difference, each slice on its own.
  public let interval: Interval?
  /// Against "the slice's errors are not larger"; one-sided.
  public let pValue: Double?
  /// Adjusted by Holm over the given slices, those without a p-value counted as 1.
  public private(set) var adjustedPValue: Double
  public let status: Status

  /// Estimates of several slices, in their order.
  ///
  /// - Parameters:
  ///   - slices: found on other rows.
  ///   - heldOut: by row, whether it was kept out of the search.
  ///   - confidence: of the interval, in (0, 1).
  /// - Throws: `SliceSearchError` when there are not as many errors or marks as rows, no row is held
  ///   out, or the confidence is none.
  /// - Complexity: O(rows × (slices + log rows)).
  public static func estimates(
    of slices: [Slice], in table: SliceFeatures, _ errors: SliceErrors, heldOut: [Bool],
    confidence: Double = 0.95
  ) throws(SliceSearchError) -> [HoldoutEstimate] {
    guard confidence > 0 && confidence < 1 else {
      throw .invalidSetting("a confidence lies between 0 and 1")
    }
    guard errors.values.count == table.rowCount else {
      throw .lengthMismatch(expected: table.rowCount, found: errors.values.count)
    }
    let table = try table.keeping(heldOut)
    let rows = (0..<table.rowCount).filter { table.multiplicity($0) > 0 }
      .sorted { errors.values[$0] < errors.values[$1] }
    var estimates = slices.map { slice in
      let (inside, outside) = samples(slice, table, errors, rows)
      return HoldoutEstimate(
        slice, inside, outside, isBinary: errors.isBinary, confidence: confidence)
    }
    let adjusted = Holm().adjusted(estimates.map { $0.pValue ?? 1 })
    for place in estimates.indices { estimates[place].adjustedPValue = adjusted[place] }
    return estimates
  }

  /// The errors of the slice and those of the rest.
  ///
  /// - Parameter rows: in the order of their errors.
  private static func samples(
    _ slice: Slice, _ table: SliceFeatures, _ errors: SliceErrors, _ rows: [Int]
  ) -> (ErrorSample, ErrorSample) {
    var runs: [[(error: Double, count: Int)]] = [[], []]
    for row in rows {
      let side = table.contains(slice, row: row) ? 0 : 1
      if runs[side].last?.error != errors.values[row] { runs[side].append((errors.values[row], 0)) }
      runs[side][runs[side].count - 1].count += table.multiplicity(row)
    }
    return (ErrorSample(runs[0]), ErrorSample(runs[1]))
  }

  private init(
    _ slice: Slice, _ inside: ErrorSample, _ outside: ErrorSample, isBinary: Bool,
    confidence: Double
  ) {
    self.slice = slice
    size = inside.size
    restSize = outside.size
    meanError = inside.size > 0 ? inside.mean : nil
    restMeanError = outside.size > 0 ? outside.mean : nil
    adjustedPValue = 1
    guard inside.size > 0, outside.size > 0 else {
      (difference, interval, pValue) = (nil, nil, nil)
      status = inside.size > 0 ? .noRest : .noRows
      return
    }
    difference = inside.mean - outside.mean
    if isBinary {
      let (sample, reference) = (Self.proportion(inside), Self.proportion(outside))
      interval = Newcombe.difference(
        sample, reference, critical: Normal.critical(confidence: confidence))
      pValue = FisherExact.greaterPValue(sample, reference)
      status = .ok
    } else if let welch = Welch(inside.moments, outside.moments) {
      interval = welch.interval(confidence: confidence)
      pValue = welch.greaterPValue
      status = .ok
    } else {
      (interval, pValue) = (nil, nil)
      status = inside.size > 1 && outside.size > 1 ? .noVariation : .tooFewRows
    }
  }

  private static func proportion(_ sample: ErrorSample) -> Proportion {
    Proportion(successes: sample.sum, trials: Double(sample.size))
  }
}
