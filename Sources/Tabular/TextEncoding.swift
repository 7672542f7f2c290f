// SPDX-License-Identifier: Apache-2.0

/// What makes bytes no text at all: they are not UTF-8, or hold a NUL byte.
enum TextEncoding {
  /// Throws what is wrong with `bytes`.
  static func check(_ bytes: Span<UInt8>) throws(DataError) {
    do {
      _ = try UTF8Span(validating: bytes)
    } catch {
      let offset = error.byteOffsets.lowerBound
      let code = String(bytes[offset], radix: 16, uppercase: true)
      throw binaryFormat(bytes) ?? noText(bytes.extracting(first: min(bytes.count, 1024)))
        ?? DataError(
          problem: "not valid UTF-8: byte 0x\(code) at offset \(offset)",
          line: lineNumber(of: offset, in: bytes),
          remedy: "Convert the file, for example with iconv -f WINDOWS-1252 -t UTF-8.")
    }
    if let error = noText(bytes) { throw binaryFormat(bytes) ?? error }
  }

  /// Text has no NUL byte.
  private static func noText(_ bytes: Span<UInt8>) -> DataError? {
    guard let offset = firstNUL(bytes) else { return nil }
    return DataError(
      problem: "a NUL byte at offset \(offset): this is not a text file",
      line: lineNumber(of: offset, in: bytes),
      remedy: "Export the table as CSV or JSON Lines in UTF-8.")
  }

  private static func firstNUL(_ bytes: Span<UInt8>) -> Int? {
    bytes.indices.first { bytes[$0] == 0 }
  }

  private static func lineNumber(of offset: Int, in bytes: Span<UInt8>) -> Int {
    var line = 1
    for i in 0..<offset where bytes[i] == UInt8(ascii: "\n") { line += 1 }
    return line
  }

  /// Names a well-known format by its first bytes.
  ///
  /// Asked only about bytes that are not text, for a column may be called PAR1.
  private static func binaryFormat(_ bytes: Span<UInt8>) -> DataError? {
    let unpack = "Unpack it first."
    let export = "Export the table as CSV or JSON Lines."
    let convert = "Convert it with iconv -f UTF-16 -t UTF-8."
    let signatures: [(bytes: [UInt8], name: String, remedy: String)] = [
      ([0x1F, 0x8B], "a gzip file", "Unpack it first: gzip -dc FILE."),
      ([0x50, 0x4B, 0x03, 0x04], "a zip file or an Excel workbook", unpack + " Or: " + export),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file", export),
      (Array("ARROW1".utf8), "an Arrow file", export),
      (Array("FEA1".utf8), "a Feather file", export),
      ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file", "Unpack it first: zstd -dc FILE."),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file", "Unpack it first: xz -dc FILE."),
      (Array("BZh".utf8), "a bzip2 file", "Unpack it first: bzip2 -dc FILE."),
      (Array("SQLite format 3\0".utf8), "an SQLite database", export),
      ([0xFF, 0xFE], "UTF-16 text", convert),
      ([0xFE, 0xFF], "UTF-16 text", convert),
    ]
    for signature in signatures where bytes.count >= signature.bytes.count {
      if signature.bytes.indices.allSatisfy({ bytes[$0] == signature.bytes[$0] }) {
        return DataError(
          problem: "this looks like \(signature.name), not like a text table",
          remedy: signature.remedy)
      }
    }
    return nil
  }
}
