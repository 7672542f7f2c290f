// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// The words that depend on whether being selected is good for a person.
package struct Wording: Sendable {
  package enum Favorable: String, Sendable {
    case positive, negative, unstated
  }

  package let favorable: Favorable

  package init(_ scorecard: Scorecard) {
    if case .text(let value)? = scorecard.configuration["favorable"] {
      favorable = Favorable(rawValue: value) ?? .unstated
    } else {
      favorable = .unstated
    }
  }

  /// What the model does to a person whom it decides positively.
  package var selected: String {
    switch favorable {
    case .positive: "selected"
    case .negative: "flagged"
    case .unstated: "flagged positive"
    }
  }

  /// A text of the catalogue, which says "selected".
  package func adapt(_ text: String) -> String {
    text.replacing("selected", with: selected)
      .replacing("Selected", with: Format.sentence(selected))
  }

  /// What the configuration says about it, for the reader.
  package var statement: String {
    switch favorable {
    case .positive: "a positive decision is favorable to the person"
    case .negative: "a positive decision is unfavorable to the person"
    case .unstated: "not stated; groups are described without saying who is at a disadvantage"
    }
  }

  /// Whether the group with the lower (−1) or with the higher value (1) is at a disadvantage; 0 where
  /// the metric does not tell or nobody has said what is favorable.
  package func disadvantage(_ metric: String) -> Int {
    switch (metric, favorable) {
    case ("selection_rate", .positive), ("true_positive_rate", .positive): -1
    case ("false_negative_rate", .positive): 1
    case ("selection_rate", .negative), ("false_positive_rate", .negative): 1
    case ("true_negative_rate", .negative): -1
    default: 0
    }
  }
}
