// SPDX-License-Identifier: Apache-2.0

/// The mean negative logarithm of the probability given to what happened:
/// −Σ (y log s + (1−y) log(1−s)) / n.
public struct LogLoss: ProbabilityMetric {
  public let id = "log_loss"
  public let title = "Log loss"
  public let aliases = ["cross_entropy"]
  public let range = 0...Double.infinity
  public let direction = Direction.lowerIsBetter
  public let numerator = 6
  public let denominator = 2
  public let supportName = "labelled rows with a score"
  public let definition = """
    −Σ (y log s + (1−y) log(1−s)) / n, natural logarithm, probabilities clipped to [2⁻⁵², 1 − 2⁻⁵²]; the \
    number clipped is a warning. Defined for a slice with one class too.
    """
  public let meaning = "the mean surprise at what happened; confident errors cost most"

  public init() {}
}
