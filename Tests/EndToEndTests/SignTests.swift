// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Signing and verifying") struct SignTests {
  /// A small table, its scorecard, and a sign-off by a new key.
  private static func signed(_ more: String...) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("people.csv", People.csv(People.make(300)))
    let evaluated = try workspace.run(
      [
        "evaluate", "people.csv", "--label", "label", "--model", "m=score", "--by", "sex,age",
        "--bins", "age=30,50", "--reference", "sex=Male", "--threshold", "m=0.4", "--replicates",
        "300", "--permutations", "0", "--label-draws", "99", "--missing", "none", "--output", ".",
        "--format", "json", "--quiet",
      ] + more)
    #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
    #expect(try workspace.run(["sign", "--new-key", "key.pem"]).exitCode == 0)
    let run = try sign(workspace, "--comment", "For the \"pilot\" only")
    #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errors)")
    return workspace
  }

  private static func sign(_ workspace: Workspace, _ more: String...) throws -> Run {
    try workspace.run(
      [
        "sign", "scorecard.json", "--key", "key.pem", "--reviewer", "Ada Lovelace", "--role",
        "Model risk", "--decision", "approved",
      ] + more)
  }

  private static func verify(_ workspace: Workspace, _ more: String...) throws -> Run {
    try workspace.run(["verify", "scorecard.json"] + more)
  }

  @Test func verifiesWithTheData() throws {
    let workspace = try Self.signed()
    let plain = try Self.verify(workspace)
    #expect(plain.exitCode == 0 && plain.errors.isEmpty)
    for part in [
      "1. approved by Ada Lovelace, Model risk, at 2026-01-01T00:00:00Z", "For the \"pilot\" only",
      "signature valid, key not among any given", "Verified.",
    ] { #expect(plain.text.contains(part), "\(plain.text)") }
    let run = try Self.verify(workspace, "--key", "key.pem.pub", "--data", "people.csv")
    #expect(run.exitCode == 0, "\(run.text)")
    #expect(run.text.contains("key is key.pem.pub"))
    #expect(run.text.contains("values identical"))
    #expect(!run.text.lowercased().contains("compliant"))
  }

  @Test func recomputesWithJoinedAttributes() throws {
    let workspace = try Workspace()
    let people = People.make(300)
    try workspace.write("scores.csv", People.csv(people, ["id", "label", "score"]))
    try workspace.write("who.csv", People.csv(people, ["id", "sex"]))
    let evaluated = try workspace.run([
      "evaluate", "scores.csv", "--label", "label", "--model", "m=score", "--by", "sex",
      "--attributes", "who.csv", "--id", "id", "--replicates", "300", "--label-draws", "0",
      "--permutations", "0", "--output", ".", "--format", "json", "--quiet",
    ])
    #expect(evaluated.exitCode == 0, "\(evaluated.errors)")
    #expect(try workspace.run(["sign", "--new-key", "key.pem"]).exitCode == 0)
    #expect(try Self.sign(workspace).exitCode == 0)
    let lone = try Self.verify(workspace, "--data", "scores.csv")
    #expect(lone.exitCode == 64 && lone.errors.contains("add --attributes FILE"))
    let run = try Self.verify(workspace, "--data", "scores.csv", "--attributes", "who.csv")
    #expect(run.exitCode == 0, "\(run.text)")
    #expect(run.text.contains("values identical"))
  }

  @Test func namesAChangedNumber() throws {
    let workspace = try Self.signed()
    let text = try workspace.text("scorecard.json")
    let place = try #require(text.range(of: #""gaps":"#)).upperBound
    let value = try #require(
      text[place...].range(of: #"(?<="value":)0\.\d+"#, options: .regularExpression))
    try workspace.write("scorecard.json", text.replacingCharacters(in: value, with: "0.4321"))
    let run = try Self.verify(workspace, "--data", "people.csv")
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("not verified: scorecard.json: SHA-256 is"))
    #expect(run.errors.count { $0.isNewline } == 1)
    #expect(run.text.contains("1 of "))
    #expect(
      run.text.contains(/gaps\[\d+\]\.value is 0\.4321 in the scorecard, 0\.\d+ from the data/))
    let before = try workspace.read("scorecard.signatures.json")
    let refused = try Self.sign(workspace)
    #expect(refused.exitCode == 65 && refused.errors.contains("nothing was signed"))
    #expect(try workspace.read("scorecard.signatures.json") == before)
  }

  @Test func namesAChangedSignOff() throws {
    let workspace = try Self.signed()
    let text = try workspace.text("scorecard.signatures.json")
    try workspace.write(
      "scorecard.signatures.json", text.replacingOccurrences(of: "approved", with: "rejected"))
    let run = try Self.verify(workspace)
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("sign-off 1 (rejected by Ada Lovelace, Model risk)"))
    #expect(run.errors.contains("the signature is not valid"))
    try workspace.write("scorecard.signatures.json", String(text.prefix(200)))
    #expect(try Self.verify(workspace).exitCode == 65)
    #expect(try Self.sign(workspace).exitCode == 65)
  }

  @Test func namesOtherData() throws {
    let workspace = try Self.signed()
    try workspace.write("people.csv", People.csv(People.make(300, seed: 8)))
    let run = try Self.verify(workspace, "--data", "people.csv")
    #expect(run.exitCode == 1)
    #expect(run.errors.contains("people.csv: SHA-256 is"))
    #expect(run.text.contains("values differ"))
    #expect(run.text.contains(/; \d+ more\n/))
  }

  @Test func checksThePolicy() throws {
    let workspace = try Self.signed()
    try workspace.write("policy.yaml", "abc")
    let none = try Self.verify(workspace, "--policy", "policy.yaml")
    #expect(none.exitCode == 1 && none.errors.contains("records no policy"))
    // As `evaluate --gates` records it; the digest is that of "abc".
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let text = try workspace.text("scorecard.json").replacingOccurrences(
      of: #""inputs":["#,
      with: #""inputs":[{"bytes":3,"name":"p","role":"policy","sha256":"\#(digest)"},"#)
    try workspace.write("scorecard.json", text)
    #expect(try Self.sign(workspace, "--output", "new.json").exitCode == 0)
    let same = try Self.verify(workspace, "--signatures", "new.json", "--policy", "policy.yaml")
    #expect(same.exitCode == 0 && same.text.contains("as recorded"), "\(same.text)")
    try workspace.write("policy.yaml", "abcd")
    let other = try Self.verify(workspace, "--signatures", "new.json", "--policy", "policy.yaml")
    #expect(other.exitCode == 1 && other.errors.contains("expected \(digest)"))
  }

  @Test func trustsTheKeysGiven() throws {
    let workspace = try Self.signed()
    #expect(try workspace.run(["sign", "--new-key", "other.pem"]).exitCode == 0)
    let run = try Self.verify(workspace, "--key", "other.pem.pub")
    #expect(run.exitCode == 1 && run.errors.contains("key not among any given"))
    #expect(run.text.contains("No sign-off by other.pem.pub"))
    #expect(try Self.sign(workspace).exitCode == 0)
    let twice = try Self.verify(workspace, "--key", "key.pem.pub", "--key", "other.pem.pub")
    #expect(twice.exitCode == 0 && twice.text.contains("2. approved"), "\(twice.text)")
  }

  @Test func keysAreKept() throws {
    let workspace = try Self.signed()
    let key = try workspace.read("key.pem")
    let mode = try workspace.shell("stat -c %a key.pem; chmod 644 key.pem")
    #expect(mode.text == "600\n")
    let again = try workspace.run(["sign", "--new-key", "key.pem"])
    #expect(again.exitCode == 73 && again.errors.contains("never overwritten"))
    #expect(try workspace.read("key.pem") == key)
    let warned = try Self.sign(workspace)
    #expect(warned.exitCode == 0 && warned.errors.contains("warning: key.pem: others can read"))
    #expect(
      try workspace.files() == [
        "key.pem", "key.pem.pub", "people.csv", "scorecard.json", "scorecard.signatures.json",
      ])
  }

  @Test(
    "refused requests",
    arguments: [
      (["sign", "scorecard.json", "--key", "key.pem"], Int32(64), "--reviewer NAME"),
      (["sign", "-", "--key", "key.pem"], 64, "name the scorecard.json"),
      (["sign", "--new-key", "a", "--key", "key.pem"], 64, "leave out the rest"),
      (["verify", "-"], 64, "standard input"), (["verify", "none.json"], 66, "none.json"),
      (["verify", "people.csv"], 65, "not a scorecard"),
      (["verify", "scorecard.json", "--signatures", "none"], 66, "evenhand sign"),
      (["verify", "scorecard.json", "--key", "key.pem"], 65, "private key"),
      (["verify", "scorecard.json", "--key", "none"], 66, "no key"),
      (["verify", "scorecard.json", "--data", "none.csv"], 66, "none.csv"),
      (["verify", "scorecard.json", "--attributes", "people.csv"], 64, "add --data"),
    ])
  func refused(arguments: [String], exitCode: Int32, says: String) throws {
    let workspace = try Self.signed()
    let files = try workspace.files()
    let run = try workspace.run(arguments)
    #expect(run.exitCode == exitCode, "\(run.errors)")
    #expect(run.errors.hasPrefix("evenhand: error: ") && run.errors.contains(says), "\(run.errors)")
    #expect(run.text.isEmpty && run.errors.count { $0.isNewline } == 1)
    #expect(try workspace.files() == files)
  }
}
