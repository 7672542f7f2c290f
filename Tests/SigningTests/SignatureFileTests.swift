// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation
import Testing

@Suite("Files of signatures") struct SignatureFileTests {
  @Test(
    "refused files",
    arguments: [
      ("\"ecdsa_p256_sha256\"", "\"rsa\"", "signOffs[1].algorithm: not one of ed25519"),
      ("\"approved\"", "\"compelled\"", "signOffs[0].decision: not one of approved"),
      ("evenhand.signatures/1", "evenhand.signatures/2", "evenhand.signatures/2"),
      ("\"comment\":", "\"decision\":\"rejected\",\"comment\":", "given twice"),
      ("\"comment\":", "\"note\":\"x\",\"comment\":", "unknown"),
      ("\"role\":", "\"part\":", "there is no 'signOffs[0].role'"),
      ("\"reviewer\":\"Zoë Öz\"", "\"reviewer\":7", "'signOffs[0].reviewer' is of another type"),
      ("\"signOffs\":[", "\"signOffs\": [", "layout"),
      ("T12:00:00Z", "T12:00:00+01:00", "signOffs[0].time"),
      ("Model risk", "\\u001b[2J", "signOffs[0].role: control characters"),
    ])
  func refused(old: String, new: String, says: String) throws {
    let bytes = try Fixtures.file(replacing: old, with: new)
    let error = try #require(throws: SigningError.self) { try SignatureFile(json: bytes) }
    #expect(error.description.contains(says), "\(error)")
  }

  @Test func truncated() throws {
    let bytes = try Fixtures.file().json()
    for count in 0..<bytes.count {
      #expect(throws: SigningError.self) { try SignatureFile(json: bytes.prefix(count)) }
    }
  }

  /// 1,000 files with 1 to 4 bytes changed, removed, inserted or doubled: none is accepted whole.
  @Test func mutated() throws {
    let original = try Fixtures.file().json()
    var random = SplitMix(state: 6)
    var accepted = 0
    var parsed = 0
    for _ in 0..<1000 {
      var bytes = Array(original)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch random.next() % 4 {
        case 0: bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
        default: bytes.insert(contentsOf: bytes[place..<min(place + 40, bytes.count)], at: place)
        }
      }
      guard Data(bytes) != original, let file = try? SignatureFile(json: Data(bytes)) else {
        continue
      }
      parsed += 1
      let checks = file.checks(against: Fixtures.digest)
      let isWhole =
        file.scorecardSha256 == Fixtures.digest && !checks.isEmpty
        && checks.allSatisfy { $0.problem == nil }
      accepted += isWhole ? 1 : 0
    }
    #expect(accepted == 0)
    // Else the signatures themselves would not have been tried.
    #expect(parsed > 50, "\(parsed)")
  }

  /// Changes that leave the file's form intact, so that only the signature can tell.
  @Test func mutatedSignatures() throws {
    var random = SplitMix(state: 7)
    let file = try Fixtures.file()
    let whole = String(decoding: try file.json(), as: UTF8.self)
    for (index, signOff) in file.signOffs.enumerated() {
      for _ in 0..<500 {
        var bytes = try #require(Data(base64Encoded: signOff.signature))
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        let text = whole.replacingOccurrences(
          of: signOff.signature, with: bytes.base64EncodedString())
        let changed = try SignatureFile(json: Data(text.utf8))
        #expect(changed.checks(against: Fixtures.digest)[index].problem == .signatureInvalid)
      }
    }
  }
}

/// A deterministic source of random numbers, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
