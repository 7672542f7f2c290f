// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Foundation
import Testing

@Suite("Packed inputs") struct PackedInputTests {
  /// The contents that opening a file of `bytes` gives.
  private func opened(_ bytes: [UInt8], mappingAbove limit: Int = 64 << 20) throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).packed")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return contents(try InputFile.open(path: url.path, mappingAbove: limit))
  }

  private func contents(_ file: InputFile) -> [UInt8] {
    file.withBytes { bytes in bytes.indices.map { bytes[$0] } }
  }

  private func packed(_ format: String) throws -> [UInt8] {
    try #require(PackedBytes.packed[format])
  }

  @Test(arguments: ["gzip", "zstd"], [0, 64 << 20])
  func contentsAreThoseOfTheFile(format: String, mappingAbove limit: Int) throws {
    let text = Array(PackedBytes.text.utf8)
    #expect(try opened(try packed(format), mappingAbove: limit) == text)
  }

  /// What files are told apart by is how they are stored, whatever is in them.
  @Test(arguments: ["gzip", "zstd"]) func storedBytesAreThePackedOnes(format: String) throws {
    let bytes = try packed(format)
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).packed")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(contents(try InputFile.open(path: url.path).stored) == bytes)
    #expect(contents(input("abc").stored) == Array("abc".utf8))
  }

  @Test(arguments: ["gzip", "zstd"]) func membersFollowEachOther(format: String) throws {
    let text = Array(PackedBytes.text.utf8)
    let empty = try #require(PackedBytes.empty[format])
    let member = try packed(format)
    #expect(try opened(member + empty + member) == text + text)
    #expect(try opened(empty) == [])
  }

  @Test(arguments: ["gzip", "zstd"]) func prefixesEndEarly(format: String) throws {
    let bytes = try packed(format)
    for end in stride(from: 4, to: bytes.count, by: 9) {
      let error = try #require(throws: DataError.self) { try opened(Array(bytes[..<end])) }
      #expect(error.problem == "the \(format) data end early at byte \(end)")
      #expect(error.file?.hasSuffix(".packed") == true)
    }
    let error = #expect(throws: DataError.self) { try opened(bytes + bytes.dropLast()) }
    #expect(error?.problem == "the \(format) data end early at byte \(bytes.count * 2 - 1)")
  }

  /// The checksum is four bytes before the length in gzip data, and the last four of Zstandard's.
  @Test(arguments: [("gzip", 8), ("zstd", 4)])
  func checksumIsChecked(format: String, fromEnd: Int) throws {
    var bytes = try packed(format)
    bytes[bytes.count - fromEnd] ^= 1
    let error = try #require(throws: DataError.self) { try opened(bytes) }
    #expect(error.problem.hasPrefix("the \(format) data are corrupt near byte "))
    #expect(error.remedy?.contains("\(format) -dc FILE") == true)
  }

  @Test(arguments: ["gzip", "zstd"]) func textBehindDataIsRefused(format: String) throws {
    let bytes = try packed(format) + Array("g,x\na,1\n".utf8)
    let error = try #require(throws: DataError.self) { try opened(bytes) }
    #expect(error.problem.contains("corrupt near byte"))
  }

  /// A pipe gives its data as they come, here two bytes first.
  @Test(arguments: ["gzip", "zstd"]) func pipe(format: String) throws {
    let bytes = try packed(format)
    let pipe = Pipe()
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: Data(bytes[..<2]))
      Thread.sleep(forTimeInterval: 0.02)
      try? pipe.fileHandleForWriting.write(contentsOf: Data(bytes[2...]))
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let file = try InputFile.open(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
    #expect(contents(file) == Array(PackedBytes.text.utf8))
    let table = try TableReader().read(file, columns: requests(["g"], numbers: ["x"]))
    #expect(table.rowCount == 100_000)
  }
}
