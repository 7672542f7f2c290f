// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// The `evenhand` command.
struct EvenhandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evenhand",
    abstract: "Evaluates predictive models per demographic slice, with honest uncertainty.",
    discussion: """
      Predictions in, scorecards out. Start with 'evenhand inspect TABLE', which shows what is in a \
      file and a configuration to start from.

      Exit codes: 0 done · 64 usage or configuration · 65 data · 66 no input · 73 output cannot be \
      created · 74 writing failed · 70 anything else.
      """,
    version: "evenhand \(EvenhandVersion.current)",
    subcommands: [
      EvaluateCommand.self, InspectCommand.self, RenderCommand.self, MetricsCommand.self,
      DoctorCommand.self,
    ])
}

@main
enum Main {
  /// No thrown error leaves as 1 or 2: those are verdicts.
  static func main() {
    // A reader that closes the pipe early is no failure; the write then ends with an error instead.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try EvenhandCommand.parseAsRoot()
      do {
        try command.run()
      } catch let failure as Failure {
        Failure.report(failure)
      } catch let exit as ExitCode {
        throw exit
      } catch {
        Failure.report(Failure(error))
      }
    } catch {
      EvenhandCommand.exit(withError: error)
    }
  }
}
