// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import EvenhandLinearAlgebra
import Foundation

/// The `evenhand` command.
struct EvenhandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evenhand",
    abstract: "Evaluates predictive models per demographic slice, with honest uncertainty.",
    discussion: """
      Predictions in, scorecards out. Start with 'evenhand inspect TABLE', which shows what is in a \
      file and a configuration to start from.

      Exit codes: 0 done · 1 a blocking gate failed or could not be measured, or a scorecard is not \
      verified · 2 a gate is inconclusive · 64 usage, configuration or policy · 65 data · 66 no input · \
      73 output cannot be created · 74 writing failed · 70 anything else.
      """,
    version: "evenhand \(EvenhandVersion.current)",
    subcommands: [
      EvaluateCommand.self, CompareCommand.self, InspectCommand.self, GateCommand.self,
      SignCommand.self, VerifyCommand.self, RenderCommand.self, MetricsCommand.self,
      DoctorCommand.self, SlicesCommand.self, PowerCommand.self,
    ])
}

@main
enum Main {
  /// No thrown error leaves as 1 or 2: those are verdicts.
  static func main() {
    // A reader that closes the pipe early is no failure, and a file that may not grow is one to
    // report: the write then ends with an error instead of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    LinearAlgebraRuntime.endIdleThreads()
    do {
      var command = try EvenhandCommand.parseAsRoot()
      try command.run()
    } catch let verdict as GateExit {
      exit(verdict.code)
    } catch {
      switch EvenhandCommand.exitCode(for: error) {
      case .success: EvenhandCommand.exit(withError: error)  // help and version
      case .validationFailure: Failure.report(Failure(.usage, misuse(error)))
      default: Failure.report(Failure(error))
      }
    }
  }

  /// What is wrong with the arguments, in the form of all other messages.
  private static func misuse(_ error: any Error) -> String {
    let verbs = EvenhandCommand.configuration.subcommands.compactMap {
      $0.configuration.commandName
    }
    let first = CommandLine.arguments.dropFirst().first ?? ""
    guard verbs.contains(first) else {
      let isVerb = !first.isEmpty && !first.hasPrefix("-")
      let problem =
        isVerb ? "no verb '\(first)'\(Settings.suggestion(first, Set(verbs)))" : said(error)
      return problem + " See 'evenhand --help'."
    }
    return said(error) + " See 'evenhand \(first) --help'."
  }

  /// The parser's own words, as a sentence of one line.
  private static func said(_ error: any Error) -> String {
    let words = EvenhandCommand.message(for: error)
    let sentence = (words.first.map { $0.lowercased() } ?? "") + words.dropFirst()
    return sentence + (sentence.hasSuffix("?") || sentence.hasSuffix(".") ? "" : ".")
  }
}
