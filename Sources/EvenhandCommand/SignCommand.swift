// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import EvenhandSigning
import Foundation

/// `evenhand sign SCORECARD.json`: who decided what about a scorecard, signed.
struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Record a reviewer's decision about a scorecard.json, signed.",
    usage: """
      evenhand sign <scorecard> --key <file> --reviewer <name> --role <role> --decision <word>
      evenhand sign --new-key <file>
      """,
    discussion: """
      Adds a sign-off to SCORECARD.signatures.json beside the scorecard: reviewer, role, decision, \
      comment and time, with an Ed25519 or P-256 signature over them and the scorecard's SHA-256. \
      The scorecard itself is not changed.

      Example:
        evenhand sign --new-key reviewer.pem
        evenhand sign scorecard/scorecard.json --key reviewer.pem --reviewer "Ada Lovelace" \\
          --role "Model risk" --decision approved --comment "For the pilot in May only."
      """)

  @Argument(help: "A scorecard.json.")
  var scorecard: String?
  @Option(
    help: ArgumentHelp("The private key: Ed25519 or P-256, PEM, not encrypted.", valueName: "file"))
  var key: String?
  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var reviewer: String?
  @Option(help: ArgumentHelp("As what, such as 'Model risk'.", valueName: "role"))
  var role: String?
  @Option(help: ArgumentHelp("approved, rejected or deferred.", valueName: "decision"))
  var decision: String?
  @Option(help: ArgumentHelp("The reason, or what it depends on.", valueName: "text"))
  var comment = ""
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file of signatures, instead of the one beside the scorecard.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "Make a new Ed25519 key pair, FILE and FILE.pub, and sign nothing.", valueName: "file"))
  var newKey: String?

  func run() throws {
    if let newKey { return try make(newKey) }
    let scorecard = try given(scorecard, "a scorecard.json")
    guard scorecard != "-" else {
      throw Failure(.usage, "a sign-off stands beside a file; name the scorecard.json")
    }
    let keyPath = try given(key, "--key FILE ('evenhand sign --new-key FILE' makes one)")
    let reviewer = try given(reviewer, "--reviewer NAME")
    let role = try given(role, "--role ROLE")
    let known = SignOff.Decision.allCases.map(\.rawValue).joined(separator: ", ")
    let word = try given(decision, "--decision with one of \(known)")
    guard let decision = SignOff.Decision(rawValue: word) else {
      throw Failure(.usage, "--decision: '\(word)' is not one of \(known)")
    }
    let key = try KeyFile.signing(keyPath)
    let file = try InputFile.open(path: scorecard)
    _ = try ScorecardFile.read(file)
    let path = output ?? SignatureFile.path(beside: scorecard)
    let digest = file.fingerprint.sha256
    var signatures = try Self.earlier(path, digest)
    let signOff: SignOff
    do {
      signOff = try SignOff(
        reviewer: reviewer, role: role, decision: decision, comment: comment,
        time: Provenance.timestamp(), scorecardSha256: digest, key: key)
      try signatures.append(signOff)
    } catch {
      throw Failure(.usage, "--\(error.description)")
    }
    try OutputFile.write(try signatures.json(), to: path)
    let text = """
      Signed: \(decision.rawValue) by \(reviewer), \(role), at \(signOff.time)
        scorecard \(digest)
        key       \(key.verificationKey.fingerprint)
      Written:
        \(path) (sign-offs: \(signatures.signOffs.count))

      """
    try StandardOutput.write(Data(text.utf8))
  }

  private func given(_ value: String?, _ what: String) throws -> String {
    guard let value else { throw Failure(.usage, "missing: \(what)") }
    return value
  }

  /// What was signed before, which must be of this scorecard.
  private static func earlier(_ path: String, _ digest: String) throws -> SignatureFile {
    guard FileManager.default.fileExists(atPath: path) else {
      return SignatureFile(scorecardSha256: digest)
    }
    let signatures = try SignatureFile.read(path)
    guard signatures.scorecardSha256 == digest else {
      throw Failure(
        .data,
        "\(path): the earlier sign-offs are of a scorecard with SHA-256 "
          + "\(signatures.scorecardSha256), this one has \(digest); nothing was signed. "
          + "Move that file away, or choose --output")
    }
    for check in signatures.checks(against: digest) {
      guard let complaint = check.complaint else { continue }
      throw Failure(.data, "\(path): \(check.name): \(complaint); nothing was signed")
    }
    return signatures
  }

  private func make(_ path: String) throws {
    guard scorecard == nil, key == nil, output == nil else {
      throw Failure(.usage, "--new-key makes a key and signs nothing: leave out the rest")
    }
    let published = try KeyFile.make(at: path)
    let text = """
      Written:
        \(path) (keep it to yourself)
        \(path).pub (give it to those who verify)
      Key: \(published.fingerprint)

      """
    try StandardOutput.write(Data(text.utf8))
  }
}
