// SPDX-License-Identifier: Apache-2.0
import EvenhandCoverageStudy
import Foundation

/// `coverage-study [--short] [--only KIND]… [--results FILE] [--render] [--write DIR]`
///
/// Runs the study, or the kinds named, and prints its tables. `--results` keeps the rows in a file, in
/// which those run anew take the place of their former ones; `--render` runs nothing and reads that
/// file; `--write` puts tables and figure into the documentation in DIR.
@main
struct CoverageStudyCommand {
  private var isShort = false
  private var kinds = Set(StudyKind.allCases)
  private var results: URL?
  private var isRendering = false
  private var documentation: URL?

  static func main() async {
    do {
      try await Self(CommandLine.arguments.dropFirst()).run()
    } catch {
      say("coverage-study: \(error)")
      exit(2)
    }
  }

  private struct Usage: Error, CustomStringConvertible {
    var description: String
  }

  private init(_ arguments: ArraySlice<String>) throws {
    var rest = Array(arguments)
    var named: Set<StudyKind> = []
    func value(_ option: String) throws -> String {
      guard !rest.isEmpty else { throw Usage(description: "\(option) needs a value") }
      return rest.removeFirst()
    }
    while !rest.isEmpty {
      switch rest.removeFirst() {
      case "--short": isShort = true
      case "--render": isRendering = true
      case "--results": results = URL(filePath: try value("--results"))
      case "--write": documentation = URL(filePath: try value("--write"))
      case "--only":
        let name = try value("--only")
        guard let kind = StudyKind(rawValue: name) else {
          let all = StudyKind.allCases.map(\.rawValue).joined(separator: ", ")
          throw Usage(description: "no kind is called \(name); there are \(all)")
        }
        named.insert(kind)
      case let other: throw Usage(description: "what is \(other)?")
      }
    }
    if !named.isEmpty { kinds = named }
  }

  private func run() async throws {
    var findings = try results.map { try Findings(reading: $0) } ?? Findings()
    findings.replace(isRendering ? [] : try await rows())
    if let results, !isRendering { try findings.write(to: results) }
    if let documentation { try Article.write(findings, to: documentation) }
    print(Tables(findings).markdown)
  }

  private func rows() async throws -> [StudyRow] {
    let trials = Study.trials(of: kinds).filter { !isShort || $0.isInTests }
    var rows: [StudyRow] = []
    for (place, trial) in trials.enumerated() {
      let start = ContinuousClock.now
      rows += try await trial.run(most: isShort ? Study.shortDataSets : .max)
      let seconds = (ContinuousClock.now - start).formatted(
        .units(allowed: [.seconds], fractionalPart: .show(length: 1)))
      say("\(place + 1) of \(trials.count): \(trial.title), \(seconds)")
    }
    return rows
  }
}

/// Progress and errors, apart from the tables.
private func say(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
