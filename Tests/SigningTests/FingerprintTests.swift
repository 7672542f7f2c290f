// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import EvenhandTabular
import Foundation
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
  /// The published digest of "abc" (FIPS 180-4).
  @Test func knownDigest() {
    let fingerprint = InputFile(name: "abc", bytes: Array("abc".utf8)).fingerprint
    #expect(
      fingerprint.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(fingerprint.byteCount == 3)
  }

  /// Of a packed file the digest is that of the packed bytes, as `sha256sum` prints it.
  @Test func packedFile() throws {
    // The text "abc" by gzip, without a name or a time.
    let bytes: [UInt8] = [
      0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6, 0, 0xc2, 0x41, 0x24, 0x35, 3, 0, 0,
      0,
    ]
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let file = try InputFile.open(path: url.path)
    #expect(file.byteCount == 3)
    #expect(file.fingerprint.byteCount == bytes.count)
    #expect(file.fingerprint.sha256 == SignOff.digest(of: Data(bytes)))
  }
}
