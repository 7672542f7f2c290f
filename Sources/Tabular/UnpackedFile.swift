// SPDX-License-Identifier: Apache-2.0

/// The text of a packed file, which comes in pieces, and what identifies the file itself.
struct UnpackedFile: ~Copyable {
  private(set) var text = GrowingBytes()
  private var packed = Fingerprinting()
  private let unpacker: any Unpacker

  init(_ packing: Packing) { unpacker = packing.unpacker() }

  mutating func append(_ piece: Span<UInt8>) throws(DataError) {
    try unpacker.unpack(piece, at: packed.byteCount, into: &text)
    packed.add(piece)
  }

  /// All of it, after a check that the file may end here.
  consuming func finish(named name: String) throws(DataError) -> InputFile {
    try unpacker.finish(at: packed.byteCount)
    return InputFile(name: name, contents: text, packed: packed.fingerprint)
  }
}
