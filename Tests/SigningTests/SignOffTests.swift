// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation
import Testing

@Suite("Sign-offs") struct SignOffTests {
  @Test func roundTrip() throws {
    let file = try Fixtures.file()
    let read = try SignatureFile(json: try file.json())
    #expect(read == file)
    #expect(read.checks(against: Fixtures.digest).map(\.problem) == [nil, nil])
    #expect(read.signOffs.map(\.algorithm) == [.ed25519, .ecdsaP256SHA256])
    #expect(read.signOffs[1].decision == .deferred)
  }

  /// The form is what others must be able to write without this library.
  @Test func whatIsSigned() throws {
    let signOff = try Fixtures.signOff(try SigningKey(pem: try Fixtures.text("ed25519.pem")))
    #expect(
      String(decoding: signOff.signedBytes, as: UTF8.self)
        == #"{"algorithm":"ed25519","comment":"Gap of 0.02 accepted until the \"new\" label arrives;"#
        + #" see §4.\nSecond line","decision":"approved","publicKey":"\#(signOff.publicKey)","#
        + #""reviewer":"Zoë Öz","role":"Model risk / EU","scorecardSha256":"\#(Fixtures.digest)","#
        + #""time":"2026-01-31T12:00:00Z"}"#)
    // sha256sum of the same bytes.
    #expect(
      SignOff.digest(of: Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func tamperedScorecard() throws {
    let file = try Fixtures.file()
    for index in Fixtures.scorecard.indices {
      var bytes = Fixtures.scorecard
      bytes[index] ^= 1
      let problems = file.checks(against: SignOff.digest(of: bytes)).map(\.problem)
      #expect(problems == [.anotherScorecard, .anotherScorecard])
    }
  }

  @Test(
    "a changed field",
    arguments: [
      ("Gap of 0.02", "Gap of 0.20"), ("Second line", "Second  line"), ("Zoë", "Zoe\u{308}"),
      ("Model risk", "Model Risk"), ("approved", "rejected"), ("deferred", "approved"),
      ("2026-01-31", "2026-01-30"),
    ])
  func tamperedField(old: String, new: String) throws {
    let file = try SignatureFile(json: try Fixtures.file(replacing: old, with: new))
    #expect(file.checks(against: Fixtures.digest).contains { $0.problem == .signatureInvalid })
  }

  @Test func swappedSignatures() throws {
    let file = try Fixtures.file()
    let (first, second) = (file.signOffs[0].signature, file.signOffs[1].signature)
    let text = String(decoding: try file.json(), as: UTF8.self)
    let swapped = text.replacingOccurrences(of: first, with: "#")
      .replacingOccurrences(of: second, with: first).replacingOccurrences(of: "#", with: second)
    let read = try SignatureFile(json: Data(swapped.utf8))
    #expect(
      read.checks(against: Fixtures.digest).map(\.problem) == [
        .signatureInvalid, .signatureInvalid,
      ])
  }

  @Test("another key than the one that signed", arguments: ["ed25519", "p256", "p256_sec1"])
  func wrongKey(name: String) throws {
    let key = try SigningKey(pem: try Fixtures.text("\(name).pem")).verificationKey
    let stranger = name == "ed25519" ? SigningKey().verificationKey : key
    let own = try Fixtures.file().signOffs[name == "ed25519" ? 0 : 1].publicKey
    let other =
      name == "p256" ? try Fixtures.text("ed25519.pub.pem") : stranger.pem
    let replacement = try VerificationKey(pem: other).der.base64EncodedString()
    let file = try SignatureFile(json: try Fixtures.file(replacing: own, with: replacement))
    let expected: SignOffCheck.Problem = name == "p256" ? .keyUnreadable : .signatureInvalid
    #expect(file.checks(against: Fixtures.digest).compactMap(\.problem) == [expected])
  }

  @Test func aCopyIsNoSecondSignOff() throws {
    var file = try Fixtures.file()
    try file.append(file.signOffs[0])
    #expect(file.checks(against: Fixtures.digest).map(\.problem) == [nil, nil, .repeated(0)])
  }

  @Test func anotherScorecardIsNotAppended() throws {
    var file = try Fixtures.file()
    let other = try Fixtures.signOff(SigningKey(), digest: String(repeating: "0", count: 64))
    #expect(throws: SigningError.self) { try file.append(other) }
  }

  @Test("refused texts", arguments: ["", "  ", "—", "Ada\u{1B}[2J", "A\nB", "A\u{0}"])
  func refusedNames(name: String) throws {
    #expect(throws: SigningError.self) {
      try SignOff(
        reviewer: name, role: "Risk", decision: .approved, time: "2026-01-31T12:00:00Z",
        scorecardSha256: Fixtures.digest, key: SigningKey())
    }
    #expect(throws: SigningError.self) {
      try SignOff(
        reviewer: "Ada", role: name, decision: .approved, time: "2026-01-31T12:00:00Z",
        scorecardSha256: Fixtures.digest, key: SigningKey())
    }
  }

  @Test func pathBeside() {
    #expect(SignatureFile.path(beside: "a/scorecard.json") == "a/scorecard.signatures.json")
    #expect(SignatureFile.path(beside: "card") == "card.signatures.json")
  }
}
