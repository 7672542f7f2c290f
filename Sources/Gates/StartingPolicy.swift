// SPDX-License-Identifier: Apache-2.0

/// A commented policy to start from.
public enum StartingPolicy: String, Sendable, CaseIterable {
  case hiring, lending, health, generic

  /// The policy as YAML.
  public var yaml: String { Self.head(self) + Self.gates(self) }

  private static func head(_ kind: StartingPolicy) -> String {
    """
    # A starting policy for \(kind == .generic ? "any model" : kind.rawValue). Every limit in it is a choice, not a rule of law: decide each one,
    # write down why, and remove what does not apply. Use it with
    #   evenhand evaluate TABLE --config evenhand.yaml --gates policy.yaml
    #   evenhand gate scorecard/scorecard.json policy.yaml

    # The one-sided error rate: how often chance may pass a limit that is just broken, or fail one that is
    # just kept.
    alpha: 0.05

    gates:

    """
  }

  private static func gates(_ kind: StartingPolicy) -> String {
    switch kind {
    case .hiring: ratio("selection rates", "four-fifths screen") + floor("true_positive_rate", 0.5)
    case .lending: ratio("approval rates", "approval ratio") + gap("false_negative_rate", 0.05)
    case .health: gap("true_positive_rate", 0.05) + floor("true_positive_rate", 0.8) + calibration
    case .generic: performance + gap("accuracy", 0.05)
    }
  }

  private static func ratio(_ what: String, _ name: String) -> String {
    """
      - name: \(name)
        metric: selection_rate   # 'evenhand metrics' lists all metrics
        gap: ratio               # the lower of two \(what) over the higher
        of: pairs                # every two groups, in both directions
        over: [sex]              # the attribute; several are crossed
        min: 0.8                 # a choice: four fifths is a rule of thumb, and no safe harbour
        on: interval             # judge by bounds; 'point' judges by the value alone
        on_inconclusive: fail    # too few rows to tell: exit code 2. Or warn, or pass
        severity: block          # a failure stops the pipeline; 'warn' never does
        min_n: 30                # a rate that rests on fewer rows never passes
        owner: ""                # who answers for this limit
        rationale: ""            # why this limit

    """.replacing("    owner: \"\" ", with: "    # owner: \"\"").replacing(
      "    rationale: \"\" ", with: "    # rationale: \"\"")
  }

  private static func floor(_ metric: String, _ limit: Double) -> String {
    """
      - name: \(metric) of every group
        metric: \(metric)
        over: [sex]              # each group's own number; without this line, everybody's
        min: \(limit)                 # a choice: the lowest number that is good enough for any group

    """
  }

  private static func gap(_ metric: String, _ limit: Double) -> String {
    """
      - name: \(metric) gap
        metric: \(metric)
        gap: difference
        of: pairs
        over: [sex]
        max: \(limit)                # a choice: the largest difference between two groups, either way

    """
  }

  private static var calibration: String {
    """
      - name: calibration of every group
        metric: calibration_intercept   # 0: as many outcomes as the scores promise (log odds)
        over: [sex]
        min: -0.2                # choices: both directions matter
        max: 0.2
        severity: warn           # shown, never blocking

    """
  }

  private static var performance: String {
    """
      - name: balanced accuracy
        metric: balanced_accuracy
        min: 0.6                 # a choice: what the model must reach for everybody together

    """
  }
}
