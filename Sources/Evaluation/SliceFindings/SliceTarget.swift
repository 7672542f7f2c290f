// SPDX-License-Identifier: Apache-2.0

/// What counts as the error of a row when slices are searched.
public enum SliceTarget: Sendable, Equatable {
  /// 1 where the decision is not the label.
  case error
  /// 1 where the decision is positive, among the rows whose label is negative.
  case falsePositiveRate
  /// 1 where the decision is negative, among the rows whose label is positive.
  case falseNegativeRate
  /// Score − label and label − score, in two searches: where scores are too high, where too low.
  case calibrationResidual
  /// A nonnegative column.
  case loss(column: String)

  /// As it is written on the command line and in JSON.
  public var id: String {
    switch self {
    case .error: "error"
    case .falsePositiveRate: "false_positive_rate"
    case .falseNegativeRate: "false_negative_rate"
    case .calibrationResidual: "calibration_residual"
    case .loss: "loss"
    }
  }

  /// The targets by id; `loss=COLUMN` names its column.
  public init?(_ text: String) {
    let named: [SliceTarget] = [
      .error, .falsePositiveRate, .falseNegativeRate, .calibrationResidual,
    ]
    if let target = named.first(where: { $0.id == text }) {
      self = target
    } else if text.hasPrefix("loss="), text.utf8.count > 5 {
      self = .loss(column: String(text.dropFirst(5)))
    } else {
      return nil
    }
  }

  /// The column of a loss.
  public var column: String? {
    if case .loss(let column) = self { column } else { nil }
  }

  /// The searches it takes.
  var directions: [SliceDirection] {
    self == .calibrationResidual ? [.scoresTooHigh, .scoresTooLow] : [.worse]
  }
}

/// Which kind of error a search looks for.
public enum SliceDirection: String, Sendable, Codable, Equatable {
  case worse
  case scoresTooHigh = "scores_too_high"
  case scoresTooLow = "scores_too_low"

  /// What is added to a residual, so that no error is negative; a mean error is shown without it.
  var shift: Double { self == .worse ? 0 : 1 }
}

/// Rows that are kept out of the search, to estimate anew what was found.
public enum SliceHoldout: Sendable, Equatable {
  /// Every row is held out with this probability, drawn from the seed.
  case share(Double)
  /// The rows with this value of a column.
  case rows(column: String, value: String)
}
