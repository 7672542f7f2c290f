// SPDX-License-Identifier: Apache-2.0
internal import Crypto
public import EvenhandTabular

/// The size and the SHA-256 of a file as it is stored, packed or not.
public struct Fingerprint: Sendable, Equatable {
  public let byteCount: Int
  /// In hexadecimal, as `sha256sum FILE` prints it.
  public let sha256: String

  /// Of a file that was taken in.
  public init(of file: InputFile) {
    var hash = SHA256()
    file.stored.withBytes { bytes in
      // Why unsafe: the hash takes a raw buffer; it is read within this call only.
      unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }
    byteCount = file.stored.byteCount
    sha256 = hash.finalize().hexadecimal
  }
}

extension InputFile {
  /// Size and SHA-256 of the file as it is stored.
  public var fingerprint: Fingerprint { Fingerprint(of: self) }
}

extension SHA256.Digest {
  /// Two digits a byte, in lower case.
  var hexadecimal: String {
    map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
