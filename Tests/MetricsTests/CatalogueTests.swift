// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import Foundation
import Testing

@Suite("Catalogue")
struct CatalogueTests {
  private let all = Catalogue.standard.all

  @Test("Ids and aliases are unique and in snake_case")
  func names() {
    let names = all.flatMap { [$0.id] + $0.aliases }
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z][a-z0-9]*(_[a-z0-9]+)*/) != nil, "\(name)")
    }
  }

  @Test("Ids and aliases find their metric; anything else finds none")
  func lookup() {
    for metric in all {
      for name in [metric.id] + metric.aliases {
        #expect(Catalogue.standard.metric(name)?.id == metric.id)
      }
    }
    #expect(Catalogue.standard.metric("no_such_metric") == nil)
    // fairlearn's and scikit-learn's names.
    #expect(Catalogue.standard.metric("recall_score")?.id == "true_positive_rate")
    #expect(Catalogue.standard.metric("brier_score_loss")?.id == "brier_score")
    #expect(Catalogue.standard.metric("roc_auc_score")?.id == "roc_auc")
  }

  @Test("Every metric explains itself, and says where it is undefined if it can be")
  func texts() {
    for metric in all {
      #expect(!metric.title.isEmpty && !metric.meaning.isEmpty, "\(metric.id)")
      #expect(metric.definition.hasSuffix("."), "\(metric.id)")
    }
    for metric in Catalogue.standard.decision {
      #expect(metric.definition.localizedCaseInsensitiveContains("undefined"), "\(metric.id)")
    }
  }

  @Test("The issue's metrics are there")
  func complete() {
    let expected = [
      "selection_rate", "base_rate", "accuracy", "balanced_accuracy", "true_positive_rate",
      "false_positive_rate", "true_negative_rate", "false_negative_rate", "precision",
      "negative_predictive_value", "false_discovery_rate", "false_omission_rate", "f1",
      "matthews_correlation", "threat_score", "true_positives", "false_positives",
      "false_negatives", "true_negatives", "roc_auc", "average_precision", "brier_score",
      "log_loss", "mean_score", "calibration_ratio", "calibration_intercept", "calibration_slope",
      "expected_calibration_error", "score_quantile_50",
    ]
    #expect(Set(expected).isSubset(of: all.map(\.id)))
  }

  private static let ids = Catalogue.standard.all.map { $0.id }

  @Test("A catalogue of some metrics keeps those alone", arguments: ids)
  func filter(id: String) {
    #expect(Catalogue.standard.filter { $0.id == id }.all.map { $0.id } == [id])
  }

  @Test("A metric whose ideal lies at the end of its range says so")
  func boundary() {
    #expect(all.filter(\.nullAtBoundary).map(\.id) == ["expected_calibration_error"])
    #expect(ExpectedCalibrationError().comparison == .none)
  }
}
