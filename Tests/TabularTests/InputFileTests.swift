// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Foundation
import Testing

@Suite("Input files") struct InputFileTests {
  /// A file with `text` that is removed after `body`.
  private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }

  private func bytes(_ file: InputFile) -> [UInt8] {
    file.withBytes { bytes in bytes.indices.map { bytes[$0] } }
  }

  @Test func mappedEqualsRead() throws {
    let text = "g,x\n" + (0..<2000).map { "v\($0 % 5),0.\($0)\n" }.joined()
    try withFile(text) { path in
      let mapped = try InputFile.open(path: path, mappingAbove: 0)
      let read = try InputFile.open(path: path)
      #expect(bytes(mapped) == Array(text.utf8))
      #expect(bytes(read) == Array(text.utf8))
      #expect(mapped.byteCount == read.byteCount)
      #expect(mapped.name == path)
      let columns = requests(["g"], numbers: ["x"])
      let tables = try [mapped, read].map { try TableReader().read($0, columns: columns) }
      #expect(tables[0].columns == tables[1].columns)
    }
  }

  /// The scanner takes 64 bytes at a time and a mapping ends with a page: what lies beyond the end of
  /// files around both is never read, and the last row is.
  @Test(arguments: [64, 128, 4096, 8192, 16384], ["7", "7\n", "7\r\n", "\"7\""])
  func endsAroundBlocksAndPages(size: Int, end: String) throws {
    for size in size - 9...size + 9 {
      let (rows, rest) = (size - 7 - end.utf8.count).quotientAndRemainder(dividingBy: 4)
      let start = "g,x\n" + String(repeating: "z", count: rest)
      let text = start + String(repeating: "a,1\n", count: rows) + "bb," + end
      #expect(text.utf8.count == size)
      try withFile(text) { path in
        let file = try InputFile.open(path: path, mappingAbove: 0)
        let table = try TableReader().read(file, columns: requests(["g"], numbers: ["x"]))
        #expect(table.rowCount == rows + 1)
        #expect(try table.number("x").values.last == 7)
      }
    }
  }

  @Test func emptyFileIsOpened() throws {
    try withFile("") { path in
      let file = try InputFile.open(path: path, mappingAbove: 0)
      #expect(file.byteCount == 0)
    }
  }

  @Test func pipesAreReadToTheEnd() throws {
    let pipe = Pipe()
    let text = "g\n" + String(repeating: "abc\n", count: 5000)
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(bytes(try InputFile.open(path: path)) == Array(text.utf8))
  }
}
