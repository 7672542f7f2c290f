// SPDX-License-Identifier: Apache-2.0

/// The text of a packed file, which comes in pieces, and the packed bytes themselves.
struct UnpackedFile: ~Copyable {
  private(set) var text = GrowingBytes()
  private var packed = GrowingBytes()
  private let unpacker: any Unpacker

  init(_ packing: Packing) { unpacker = packing.unpacker() }

  mutating func append(_ piece: Span<UInt8>) throws(DataError) {
    try unpacker.unpack(piece, at: packed.count, into: &text)
    try packed.append(piece)
  }

  /// All of it, after a check that the file may end here.
  consuming func finish(named name: String) throws(DataError) -> InputFile {
    try unpacker.finish(at: packed.count)
    return InputFile(
      name: name, contents: text, packed: InputFile(name: name, contents: packed))
  }
}
