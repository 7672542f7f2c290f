// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Foundation
import Testing

@Suite("Random inputs") struct RandomInputTests {
  /// Accepts the same CSV texts as a character-by-character state machine, with the same fields.
  @Test func csvAgreesWithStateMachine() throws {
    var random = SplitMix(state: 6)
    var reader = TableReader()
    (reader.format, reader.delimiter, reader.missing) = (.csv, UInt8(ascii: ","), [])
    var acceptedCount = 0
    for _ in 0..<40_000 {
      let text = randomText(&random)
      let expected = expectedRecords(text)
      guard let header = expected?.first else {
        let table = try? reader.read(input(text), columns: [])
        if table != nil { Issue.record("accepted: \(text.debugDescription)") }
        continue
      }
      acceptedCount += 1
      let table = try reader.read(input(text), columns: requests(header.filter { !$0.isEmpty }))
      let records = expected?.dropFirst() ?? []
      #expect(table.rowCount == records.count)
      for (index, name) in header.enumerated() where !name.isEmpty {
        let fields = rows(try table.category(name))
        #expect(fields == records.map { $0[index] }, "\(text.debugDescription)")
      }
    }
    #expect(acceptedCount > 500)
  }

  /// Whatever is accepted as a line of JSON is JSON for Foundation's parser too.
  @Test func acceptedLinesAreJSON() throws {
    var random = SplitMix(state: 7)
    let line = Array(#"{"g":"a\u00e9\n","x":-1.5e+3,"z":[{"k":[]},null,true,0.1]}"#.utf8)
    let alphabet = Array(#"{}[]:,"\u01.-+e nt"#.utf8)
    var reader = TableReader()
    reader.format = .jsonLines
    var acceptedCount = 0
    for _ in 0..<30_000 {
      var bytes = line
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: index)
        default: bytes.remove(at: index)
        }
      }
      guard (try? reader.read(input(bytes), columns: requests([]))) != nil else { continue }
      acceptedCount += 1
      #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
        try JSONSerialization.jsonObject(with: Data(bytes))
      }
    }
    #expect(acceptedCount > 500)
  }

  private func randomText(_ random: inout SplitMix) -> String {
    let parts = ["a", "b", "c", ",", "\n", "\n", "\r\n", "\"", "\"", "\"\"", "\"a,\"", "\r", " "]
    return (0..<Int.random(in: 0...10, using: &random)).map { _ in
      parts[Int.random(in: 0..<parts.count, using: &random)]
    }.joined()
  }

  /// The header and rows of a well-formed table; nil if `text` is none.
  private func expectedRecords(_ text: String) -> [[String]]? {
    guard var records = parse(Array(text.unicodeScalars)) else { return nil }
    while let last = records.last, last.isBlank { records.removeLast() }
    guard let header = records.first, !header.isBlank, records.count > 1 else { return nil }
    let names = header.fields.filter { !$0.isEmpty }
    guard Set(names).count == names.count else { return nil }
    guard records.allSatisfy({ $0.fields.count == header.fields.count }) else { return nil }
    return records.map(\.fields)
  }

  private struct Record {
    var fields = [""]
    var isQuoted = false
    var isBlank: Bool { fields == [""] && !isQuoted }
    mutating func append(_ scalar: Unicode.Scalar) {
      fields[fields.count - 1].unicodeScalars.append(scalar)
    }
  }

  private enum State { case start, plain, quoted, quoteInQuoted, carriageReturn }

  private func parse(_ text: [Unicode.Scalar]) -> [Record]? {
    var records = [Record()]
    var state = State.start
    for scalar in text {
      let last = records.count - 1
      switch (state, scalar) {
      case (.quoted, "\""): state = .quoteInQuoted
      case (.quoted, _): records[last].append(scalar)
      case (.carriageReturn, "\n"), (.start, "\n"), (.plain, "\n"), (.quoteInQuoted, "\n"):
        records.append(Record())
        state = .start
      case (.carriageReturn, _): return nil
      case (_, "\r"): state = .carriageReturn
      case (_, ","):
        records[last].fields.append("")
        state = .start
      case (.start, "\""):
        records[last].isQuoted = true
        state = .quoted
      case (.quoteInQuoted, "\""):
        records[last].append(scalar)
        state = .quoted
      case (.quoteInQuoted, _), (.plain, "\""): return nil
      default:
        records[last].append(scalar)
        state = .plain
      }
    }
    return state == .quoted || state == .carriageReturn ? nil : records
  }
}
