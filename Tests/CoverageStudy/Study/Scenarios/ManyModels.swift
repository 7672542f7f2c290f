// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import EvenhandTabular

/// People judged by several models whose scores agree in part.
struct ManyModels: Sendable {
  private var group: [Int] = []
  private var label: [Bool] = []
  private var scores: [[Double]]

  /// Logistic scores of normal numbers with a correlation of 0.8; those of positives are shifted by as
  /// much as the model is good.
  init(rows: Int, _ shifts: [Double], _ stream: inout RandomStream) {
    scores = shifts.map { _ in [] }
    for row in 0..<rows {
      let isPositive = stream.uniform() < 0.35
      let common = 0.8.squareRoot() * stream.normal()
      for (model, shift) in shifts.enumerated() {
        let own = common + 0.2.squareRoot() * stream.normal() - 1
        scores[model].append(Expectation.logistic(own + (isPositive ? shift : 0)))
      }
      label.append(isPositive)
      group.append(row % 4 == 0 ? 1 : 0)
    }
  }

  func evaluate(_ configuration: Configuration, seed: UInt64) throws -> EvaluationResult {
    var own = configuration
    own.threads = 1
    own.seed = seed
    let columns: [Column] = [
      .category(CategoryColumn(name: People.Name.group, values: group.map { Int?($0) })),
      .category(CategoryColumn(name: People.Name.label, values: label.map { Bool?($0) })),
    ]
    let models = try scores.enumerated().map { model, values in
      Column.number(try NumberColumn(name: "m\(model)", values: values))
    }
    return try Evaluator(own).evaluate(Table(columns: columns + models))
  }
}
