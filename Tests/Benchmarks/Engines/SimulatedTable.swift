// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import EvenhandTabular
import RealModule

/// A table of simulated predictions: attributes `a0`, `a1`, …, a label, scores `s0`, `s1`, … that know
/// something of it.
struct SimulatedTable {
  var rows: Int
  /// How many groups each attribute has.
  var groups = [2, 5, 6]
  var models = 1

  func table() throws -> Table {
    var stream = RandomStream(seed: 1, family: 1, replicate: 0)
    var codes = groups.map { _ in [String]() }
    var labels: [Bool] = []
    var scores = (0..<models).map { _ in [Double]() }
    for _ in 0..<rows {
      for (attribute, count) in groups.enumerated() {
        codes[attribute].append("g\(Int(stream.uniform() * Double(count)))")
      }
      let risk = 1.5 * stream.normal() - 0.5
      labels.append(stream.uniform() < 1 / (1 + Double.exp(-risk)))
      for model in 0..<models {
        scores[model].append(1 / (1 + Double.exp(-risk - 0.7 * stream.normal())))
      }
    }
    var columns: [Column] = codes.enumerated().map {
      .category(CategoryColumn(name: "a\($0)", values: $1))
    }
    columns.append(.category(CategoryColumn(name: "label", values: labels)))
    for (model, values) in scores.enumerated() {
      columns.append(.number(try NumberColumn(name: "s\(model)", values: values)))
    }
    return try Table(columns: columns)
  }

  /// On one thread.
  func configuration(_ metrics: Set<String>, method: Method, replicates: Int)
    -> Configuration
  {
    var result = Configuration(
      label: "label",
      models: (0..<models).map {
        ModelRole("m\($0)", column: "s\($0)", output: .score(threshold: nil))
      },
      by: groups.indices.map { "a\($0)" })
    result.metrics = metrics
    result.method = method
    result.replicates = replicates
    result.maxGroups = 100
    result.threads = 1
    return result
  }
}
