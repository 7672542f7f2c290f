// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// How the slices were searched and judged.
struct SliceMethodSection {
  let reading: SliceReading

  var section: Section {
    Section(
      "how", "How it was searched",
      [.definitions([error, slices, tests, established, order, folding, intervals] + heldOut)])
  }

  private var error: Fact {
    let model = reading.findings.model.map { " of \(reading.labels[$0])" } ?? ""
    let words: RichText =
      switch reading.findings.target {
      case "error": "1 where the decision\(model) is not the label, else 0."
      case "false_positive_rate":
        "1 where the decision\(model) is positive, among rows whose label is negative."
      case "false_negative_rate":
        "1 where the decision\(model) is negative, among rows whose label is positive."
      case "calibration_residual":
        """
        Score − label\(model) for scores that are too high, label − score for those too low, each \
        shifted by 1 for the search; shown without the shift.
        """
      default:
        "The column \(code: reading.findings.lossColumn.map { reading.labels[$0] } ?? "")."
      }
    return Fact("Error of a row", words)
  }

  private var slices: Fact {
    let settings = reading.settings
    let counts = reading.findings.searches.first?.familyByDepth ?? []
    let byDepth = counts.enumerated().filter { $0.element > 0 }.map { depth, count in
      "\(Format.count(count)) with \(Format.plural(depth + 1, "condition"))"
    }
    return Fact(
      "Slices",
      """
      All conjunctions of up to \(Format.plural(settings.depth, "condition")) on different columns, with \
      at least \(Format.plural(settings.minimum, "row")): \(Format.list(byDepth)). None is left out for \
      its errors, so that the family does not depend on what is found.
      """)
  }

  private var tests: Fact {
    let least = 1 / Double(reading.settings.replicates + 1)
    return Fact(
      "Tests",
      """
      Errors are permuted across the rows \(Format.count(reading.settings.replicates)) times; a slice's \
      standardised error sum is compared with those of the permutations. Adjusted p: step-down max-T \
      over the family (Westfall and Young 1993), one-sided, no smaller than \(reading.number(least)). BH \
      and BY: adjusted for the false discovery rate, under positive \
      (doi:10.1111/j.2517-6161.1995.tb02031.x) and under any dependence (doi:10.1214/aos/1013699998).
      """)
  }

  private var established: Fact {
    Fact(
      "Established",
      """
      Adjusted p of at most \(reading.alpha): if the errors had nothing \
      to do with the columns, any such slice would be named in at most that share of searches.
      """)
  }

  private var order: Fact {
    let alpha = reading.settings.alpha
    return Fact(
      "Order",
      """
      By SliceLine's score, α (slice's mean error ÷ overall − 1) − (1 − α) (all rows ÷ slice's rows − 1) \
      with α = \(alpha.description) (doi:10.1145/3448016.3457323): how much worse, weighed against how \
      small.\(reading.findings.searches.count > 1 ? " It is taken of the shifted errors." : "")
      """)
  }

  private var folding: Fact {
    Fact(
      "Folding",
      """
      From general to special, an established slice is folded into one before it with which it shares 95 % \
      of the rows of either, or within which its errors are not significantly worse than those of the \
      other rows (permutations there, adjusted over all its parts, at \(reading.level)).
      """)
  }

  private var intervals: Fact {
    let methods = reading.findings.searches.flatMap(\.slices).compactMap(\.interval?.method)
    let names =
      methods.allSatisfy { $0 == "wilson" }
      ? "Wilson's for rates and Newcombe's for differences"
      : "Student's t for means and Welch's for differences"
    return Fact(
      "Intervals",
      """
      \(names), with the critical value that the largest slice of the family exceeds in \
      a share of \(reading.alpha) of the permutations, in place of that of a single \
      interval.
      """)
  }

  private var heldOut: [Fact] {
    guard reading.findings.data.heldOut > 0 else { return [] }
    return [
      Fact(
        "Held-out rows",
        """
        Not looked at in the search. Their estimates are those of slices chosen beforehand: Newcombe's \
        intervals and Fisher's exact test for rates, Welch's for other errors.
        """)
    ]
  }
}
