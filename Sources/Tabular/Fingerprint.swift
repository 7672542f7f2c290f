// SPDX-License-Identifier: Apache-2.0
internal import Crypto

/// The size and the SHA-256 of a file as it is stored, packed or not.
public struct Fingerprint: Sendable, Equatable {
  public let byteCount: Int
  /// In hexadecimal, as `sha256sum FILE` prints it.
  public let sha256: String
}

/// Reckons the fingerprint of a file that comes in pieces.
struct Fingerprinting {
  private var hash = SHA256()
  private(set) var byteCount = 0

  mutating func add(_ piece: Span<UInt8>) {
    byteCount += piece.count
    // Why unsafe: the hash takes a raw buffer; it is read within this call only.
    unsafe piece.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
  }

  var fingerprint: Fingerprint {
    let digits = hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return Fingerprint(byteCount: byteCount, sha256: digits.joined())
  }
}
