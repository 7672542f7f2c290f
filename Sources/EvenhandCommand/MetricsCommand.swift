// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand metrics`: the catalogue, with definitions.
struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "List the metrics, or define one.")

  @Argument(help: "A metric's id or alias; all of them are listed otherwise.")
  var name: String?

  func run() throws {
    guard let name else {
      let all = Catalogue.standard.all
      let width = all.map(\.id.count).max() ?? 0
      let lines = all.map {
        $0.id.padding(toLength: width + 2, withPad: " ", startingAt: 0) + $0.meaning
      }
      return try StandardOutput.write(
        Data((lines.joined(separator: "\n") + "\n\nOne in full: evenhand metrics NAME\n").utf8))
    }
    guard let metric = Catalogue.standard.metric(name) else {
      throw Failure(.usage, Settings.noMetric(name))
    }
    var lines = ["\(metric.title) (\(metric.id))", "", metric.definition, ""]
    lines.append("Means: \(metric.meaning).")
    lines.append("Better: \(Self.describe(metric.direction)).")
    if !metric.aliases.isEmpty {
      lines.append("Also accepted: \(metric.aliases.joined(separator: ", ")).")
    }
    try StandardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  private static func describe(_ direction: Direction) -> String {
    switch direction {
    case .higherIsBetter: "higher"
    case .lowerIsBetter: "lower"
    case .closer(let target): "closer to \(Int(target))"
    case .descriptive: "neither way by itself"
    }
  }
}
