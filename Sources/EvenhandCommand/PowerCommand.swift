// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand power`: how many rows a comparison needs, or which gap the rows there are can show.
struct PowerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "power",
    abstract: "Plan a comparison: the rows that a gap needs, the gap that rows can show.",
    discussion: """
      Without a table, for values that are supposed; the reference's comes first.
      With a table, for its groups: how large each one is, and which gap it can show.

      Examples:
        evenhand power --rates 0.30,0.25
        evenhand power --rate 0.30 --n 5000,500
        evenhand power --rate 0.85 --non-inferiority 0.10
        evenhand power predictions.csv --by sex,race --label label \\
          --decision m=pred --metric true_positive_rate --margin 0.05
      """)

  @Argument(help: "A table of people or predictions; '-' reads standard input.")
  var table: String?

  @OptionGroup(title: "What is supposed") var supposed: PowerSupposedOptions
  @OptionGroup(title: "How sure one must be") var assurance: PowerAssuranceOptions
  @OptionGroup(title: "Groups of a table") var groups: PowerTableOptions
  @OptionGroup(title: "Columns of a table") var columns: ColumnOptions
  @OptionGroup(title: "Output") var output: PowerOutputOptions

  func run() throws {
    // What is asked, and what is read of a table: a configuration file says the second only.
    var request = Settings()
    supposed.apply(to: &request)
    assurance.apply(to: &request)
    output.apply(to: &request)
    let sink = try PowerOutput(request)
    var reading = Settings()
    if let table {
      if let config = groups.config { try reading.read(path: config) }
      request.adopt("confidence", from: reading)
      columns.apply(to: &reading)
      groups.apply(to: &reading)
      if columns.condition != nil {
        throw reading.failure("condition", "power is not reckoned within strata; leave it out")
      }
      try sink.write(try PowerTable(path: table, request: request, reading: reading).report())
    } else {
      columns.apply(to: &reading)
      groups.apply(to: &reading)
      if let flag = reading.firstGiven ?? groups.config.map({ _ in "--config" }) {
        throw Failure(
          .usage, "\(flag): there is no table; name it first: evenhand power TABLE \(flag) …")
      }
      try sink.write(PowerAnswers(try PowerPlan(request)).report())
    }
  }
}

extension Settings {
  /// Another's value where there is none.
  fileprivate mutating func adopt(_ key: String, from other: Settings) {
    if items(key).isEmpty { set(key, other.items(key)) }
  }

  /// The first flag of this verb's tables that is given.
  fileprivate var firstGiven: String? {
    let keys = Self.keys.union(["metric"]).sorted()
    return keys.first { !items($0).isEmpty }
      .map { "--" + $0.replacingOccurrences(of: "_", with: "-") }
  }
}
