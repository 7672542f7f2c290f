// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import EvenhandSigning
import Foundation

/// `evenhand verify SCORECARD.json`: is it what was signed, and do the data give it again?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a scorecard's signatures, and its numbers against the data.",
    usage: "evenhand verify <scorecard> [--key <file> ...] [--data <table>] [<options>]",
    discussion: """
      Checks the SHA-256 of the scorecard and the signature of every sign-off. With --key all \
      sign-offs must be by one of the keys given. With --data the numbers are made again, with the \
      configuration that the scorecard records, and compared. Whether reviewers approved is for you \
      to read: only what was recorded is verified.

      Exit codes: 0 verified · 1 not verified · others as for every verb.

      Example:
        evenhand verify scorecard/scorecard.json --key reviewer.pem.pub --data predictions.csv
      """)

  @Argument(help: "A scorecard.json.")
  var scorecard: String
  @Option(
    help: ArgumentHelp(
      "The file of signatures. (default: SCORECARD.signatures.json)", valueName: "file"))
  var signatures: String?
  @Option(
    help: ArgumentHelp("A public key that is trusted, PEM. May be repeated.", valueName: "file"))
  var key: [String] = []
  @Option(
    help: ArgumentHelp(
      "The table that was evaluated; several, in their order, that were compared.",
      valueName: "table"))
  var data: [String] = []
  @Option(
    help: ArgumentHelp("The table of attributes that was joined to it.", valueName: "file"))
  var attributes: String?
  @Option(help: ArgumentHelp("The policy of gates that was applied.", valueName: "file"))
  var policy: String?

  func run() throws {
    guard scorecard != "-", !data.contains("-"), attributes != "-" else {
      throw Failure(.usage, "verify compares files as they are stored; standard input is none")
    }
    guard attributes == nil || !data.isEmpty else {
      throw Failure(.usage, "--attributes: there is nothing to join: add --data TABLE")
    }
    let keys = try key.map { (path: $0, key: try KeyFile.verification($0)) }
    let file = try InputFile.open(path: scorecard)
    let card = try ScorecardFile.read(file)
    let path = signatures ?? SignatureFile.path(beside: scorecard)
    let signed = try SignatureFile.read(path)
    var report = Verification()
    check(signed, path, digest: file.fingerprint.sha256, keys, in: &report)
    if let policy { try check(policy, of: card, in: &report) }
    if !data.isEmpty {
      let again = Recomputation(
        card: card, file: file, data: data, attributes: attributes)
      try again.check(in: &report)
    }
    try report.finish()
  }

  private func check(
    _ signed: SignatureFile, _ path: String, digest: String,
    _ keys: [(path: String, key: VerificationKey)], in report: inout Verification
  ) {
    if signed.scorecardSha256 == digest {
      report.state("Scorecard: SHA-256 \(digest), as in \(path)")
    } else {
      report.fail(
        "\(scorecard): SHA-256 is \(digest), expected \(signed.scorecardSha256) as in \(path): "
          + "the scorecard was changed after signing, or is another one")
    }
    if signed.signOffs.isEmpty { report.fail("\(path): there is no sign-off in it") }
    for check in signed.checks(against: digest) {
      let signOff = check.signOff
      report.state(
        "\(check.index + 1). \(signOff.decision.rawValue) by \(signOff.reviewer), "
          + "\(signOff.role), at \(signOff.time)")
      for line in signOff.comment.split(separator: "\n") { report.state("   \"\(line)\"") }
      let trusted = keys.first { $0.key == signOff.key }
      if let complaint = check.complaint {
        report.fail("\(check.name): \(complaint)", line: "   FAILED: \(complaint)")
      } else if let trusted {
        report.state("   signature valid, key is \(trusted.path)")
      } else {
        let key = "\(signOff.algorithm.rawValue) \(signOff.key?.fingerprint ?? "")"
        let words = "signature valid, key not among any given: \(key)"
        if keys.isEmpty {
          report.state("   \(words)")
        } else {
          report.fail("\(check.name): \(words)", line: "   FAILED: \(words)")
        }
      }
    }
    for (path, key) in keys where !signed.signOffs.contains(where: { $0.key == key }) {
      report.state("No sign-off by \(path)")
    }
  }

  /// The policy's bytes are those that the scorecard records.
  private func check(_ path: String, of card: Scorecard, in report: inout Verification) throws {
    let found = try InputFile.open(path: path).fingerprint.sha256
    guard let recorded = card.provenance.inputs.first(where: { $0.role == "policy" }) else {
      return report.fail("\(path): the scorecard records no policy")
    }
    if recorded.sha256 == found {
      report.state("Policy: SHA-256 of \(path) as recorded")
    } else {
      report.fail(
        "\(path): SHA-256 is \(found), expected \(recorded.sha256) as the scorecard records: "
          + "another policy, or changed since")
    }
  }
}
