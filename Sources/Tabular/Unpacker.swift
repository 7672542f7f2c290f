// SPDX-License-Identifier: Apache-2.0

/// Unpacks compressed data that come in pieces.
protocol Unpacker: AnyObject {
  /// Appends what `packed` adds to `contents`; `offset` is that of `packed` in the data.
  func unpack(
    _ packed: Span<UInt8>, at offset: Int, into contents: inout GrowingBytes
  ) throws(DataError)

  /// Checks that data of `count` bytes may end here.
  func finish(at count: Int) throws(DataError)
}

/// The formats that are unpacked, told by their first four bytes.
enum Packing: String {
  case gzip, zstd

  init?(_ start: Span<UInt8>) {
    guard start.count >= 4 else { return nil }
    switch (start[0], start[1], start[2], start[3]) {
    // Deflate is the only method there is.
    case (0x1F, 0x8B, 8, _): self = .gzip
    case (0x28, 0xB5, 0x2F, 0xFD): self = .zstd
    default: return nil
    }
  }

  func unpacker() -> any Unpacker {
    switch self {
    case .gzip: GzipUnpacker()
    case .zstd: ZstandardUnpacker()
    }
  }

  func endsEarly(at offset: Int) -> DataError {
    DataError(
      problem: "the \(rawValue) data end early at byte \(offset)",
      remedy: "Get the file again; \(rawValue) -dc FILE shows what there is of it.")
  }

  func isCorrupt(at offset: Int, _ reason: String) -> DataError {
    DataError(
      problem: "the \(rawValue) data are corrupt near byte \(offset) (\(reason))",
      remedy: "Get the file again; \(rawValue) -dc FILE shows what there is of it.")
  }
}
