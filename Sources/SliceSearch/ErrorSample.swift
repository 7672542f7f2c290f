// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The number, mean and variance of some errors.
struct ErrorSample: Sendable, Equatable {
  private(set) var size = 0
  private(set) var sum = 0.0
  /// Σ (e − mean)².
  private(set) var squares = 0.0

  /// Runs of equal errors, ascending, so that sums do not depend on the order of the rows.
  init(_ runs: [(error: Double, count: Int)]) {
    for run in runs {
      size += run.count
      sum += run.error * Double(run.count)
    }
    guard size > 0, runs.count > 1 else { return }
    squares = runs.reduce(0) { $0 + Double($1.count) * ($1.error - mean) * ($1.error - mean) }
  }

  /// sum / size; nothing to ask of an empty sample.
  var mean: Double { sum / Double(size) }

  /// The variance of the mean, squares / (size − 1) / size.
  var varianceOfMean: Double { squares / Double(size - 1) / Double(size) }

  var moments: Welch.Sample {
    Welch.Sample(mean: mean, varianceOfMean: varianceOfMean, count: size)
  }
}
