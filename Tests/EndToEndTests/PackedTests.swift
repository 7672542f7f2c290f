// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A way to pack a file.
enum PackedForm: String, CaseIterable, Sendable {
  case gzip, zstd

  /// `text` packed; the program gzip is on every system, zstd is not.
  func packed(_ text: Data) throws -> Data {
    switch self {
    case .gzip:
      let workspace = try Workspace()
      try workspace.write("text", text)
      return try workspace.shell("gzip -c text").output
    case .zstd: return Self.frame(text)
    }
  }

  /// Packed data that end early, and such whose checksum or structure is wrong.
  func harmed(_ packed: Data) -> (cut: Data, damaged: Data) {
    var damaged = packed
    // A byte of gzip's checksum; the type of Zstandard's first block, of which 3 is none.
    switch self {
    case .gzip: damaged[damaged.count - 6] ^= 0x55
    case .zstd: damaged[9] |= 0x06
    }
    return (packed.dropLast(packed.count / 3), damaged)
  }

  /// A Zstandard frame (RFC 8878) of one raw block, up to 128 kB.
  private static func frame(_ text: Data) -> Data {
    let count = UInt32(text.count)
    let size = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    let block = (0..<3).map { UInt8(truncatingIfNeeded: (count << 3 | 1) >> (8 * $0)) }
    return Data([0x28, 0xB5, 0x2F, 0xFD, 0xA0] + size + block) + text
  }
}

@Suite("Packed tables") struct PackedTests {
  private static let text = Data(People.csv(People.make(180)).utf8)

  @Test(arguments: PackedForm.allCases) func sameNumbers(form: PackedForm) throws {
    let workspace = try Workspace()
    let packed = try form.packed(Self.text)
    try workspace.write("people.csv", Self.text)
    try workspace.write("people.packed", packed)
    let plain = try workspace.run(People.arguments()).canonical()
    let arguments = People.arguments("people.packed")
    #expect(try workspace.run(arguments).canonical() == plain)
    #expect(try workspace.run(arguments + ["--threads", "1"]).canonical() == plain)
    #expect(try workspace.run(People.arguments("-"), input: packed).canonical() == plain)
  }

  /// A reviewer checks the file that lies there.
  @Test(arguments: PackedForm.allCases) func digestIsThatOfTheFile(form: PackedForm) throws {
    let workspace = try Workspace()
    try workspace.write("people.csv", Self.text)
    try workspace.write("people.packed", form.packed(Self.text))
    for name in ["people.csv", "people.packed"] {
      let run = try workspace.run(People.arguments(name))
      let root = try JSONSerialization.jsonObject(with: run.output) as? [String: Any]
      let provenance = try #require(root?["provenance"] as? [String: Any])
      let input = try #require((provenance["inputs"] as? [[String: Any]])?.first)
      let sum = try workspace.shell("sha256sum \(name)").text.prefix(64)
      #expect(input["sha256"] as? String == String(sum))
      #expect(input["bytes"] as? Int == (try workspace.read(name).count))
    }
  }

  @Test(arguments: PackedForm.allCases, [false, true])
  func harmedDataAreRefused(form: PackedForm, isStandardInput: Bool) throws {
    let harmed = form.harmed(try form.packed(Self.text))
    for (bytes, problem) in [(harmed.cut, "end early"), (harmed.damaged, "are corrupt")] {
      let workspace = try Workspace()
      try workspace.write("people.packed", bytes)
      let name = isStandardInput ? "standard input" : "people.packed"
      let run = try workspace.run(
        [
          "evaluate", isStandardInput ? "-" : "people.packed", "--label", "label", "--model",
          "m=score", "--by", "sex",
        ], input: bytes)
      #expect(run.exitCode == 65, "\(run.errors)")
      #expect(run.text.isEmpty)
      let message = "evenhand: error: \(name): the \(form.rawValue) data \(problem)"
      #expect(run.errors.hasPrefix(message), "\(run.errors)")
      #expect(run.errors.contains("Get the file again"))
      #expect(run.errors.count { $0.isNewline } == 1)
      #expect(try workspace.files() == ["people.packed"])
    }
  }
}
