// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

/// One thread that takes the whole text at once is the judge: the table, its lines and the error must
/// not depend on the number of threads or on where the text is cut.
@Suite("Threads and pieces") struct ThreadTests {
  private func reader(threads: Int, pieceSize: Int) -> TableReader {
    var reader = TableReader()
    (reader.threads, reader.pieceSize) = (threads, pieceSize)
    return reader
  }

  /// What reading gives, to be compared as a whole.
  private struct Outcome: Equatable {
    var columns: [Column] = []
    var lines: [Int?] = []
    var names: [String] = []
    var inspection: Inspection?
    var errors: [DataError] = []

    init(_ reader: TableReader, _ text: [UInt8], _ requests: [ColumnRequest]) {
      do {
        let table = try reader.read(input(text), columns: requests)
        columns = table.columns
        lines = (0..<table.rowCount).map { table.line(ofRow: $0) }
      } catch { errors.append(error) }
      do { names = try reader.columnNames(of: input(text)) } catch { errors.append(error) }
      do { inspection = try reader.inspect(input(text)) } catch { errors.append(error) }
    }
  }

  /// The outcome with one thread and one piece, after a check that others give the same.
  @discardableResult
  private func outcome(_ text: String, _ requests: [ColumnRequest]) -> Outcome {
    let bytes = Array(text.utf8)
    let expected = Outcome(reader(threads: 1, pieceSize: 1 << 30), bytes, requests)
    for (threads, pieceSize) in [(1, 1), (2, 3), (3, 7), (8, 20), (2, 64), (4, 100), (8, 1000)] {
      let found = Outcome(reader(threads: threads, pieceSize: pieceSize), bytes, requests)
      let cut = text.debugDescription.prefix(2000)
      #expect(found == expected, "threads \(threads), pieces of \(pieceSize): \(cut)")
    }
    return expected
  }

  private static let labels = [
    "a", "b", "", "NA", "a longer label", "12345678", "123456789", "é", "日本語", " x ", "🏳️‍🌈",
  ]

  /// A table of the columns "g" (text), "x" (numbers), "t" (text), in which quotes, line ends and
  /// blank lines are as `random` says.
  private func table(_ random: inout SplitMix, rows: Int) -> String {
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let quoted = Int.random(in: 0...3, using: &random)
    var text = (Bool.random(using: &random) ? "\u{FEFF}" : "") + "g,x,t" + end
    for _ in 0..<rows {
      let fields = (0..<3).map { column -> String in
        if column == 1 {
          return Int.random(in: 0...9, using: &random) == 0
            ? "" : "\(Double.random(in: -1...1, using: &random))"
        }
        var label = Self.labels[Int.random(in: 0..<Self.labels.count, using: &random)]
        guard Int.random(in: 0...3, using: &random) < quoted else { return label }
        if Int.random(in: 0...3, using: &random) == 0 {
          label += ["\n", "\"\"", ",", "\r\n", "\n\n", "\r"][Int.random(in: 0...5, using: &random)]
        }
        return "\"\(label)\""
      }
      text += fields.joined(separator: ",") + end
    }
    return Bool.random(using: &random) ? text : String(text.unicodeScalars.dropLast(end.utf8.count))
  }

  @Test func randomTables() throws {
    var random = SplitMix(state: 11)
    for _ in 0..<150 {
      let rows = Int.random(in: 1...60, using: &random)
      let found = outcome(table(&random, rows: rows), requests(["g", "t"], numbers: ["x"]))
      #expect(found.errors.isEmpty)
      #expect(found.lines.count == rows)
    }
  }

  /// One to three bytes changed: most such texts are refused, at the same place for all.
  @Test func randomDamage() throws {
    var random = SplitMix(state: 12)
    var refusedCount = 0
    for _ in 0..<400 {
      var text = Array(table(&random, rows: Int.random(in: 1...30, using: &random)).unicodeScalars)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let parts = Array("\"\"\"\n\r,x\u{0}".unicodeScalars)
        let part = parts[Int.random(in: 0..<parts.count, using: &random)]
        text[Int.random(in: 0..<text.count, using: &random)] = part
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text)
      let found = outcome(String(view), requests(["g", "t"], numbers: ["x"]))
      refusedCount += found.errors.isEmpty ? 0 : 1
    }
    #expect(refusedCount > 100)
  }

  /// Rows longer than any window of the scanner, and text that ends inside of quotes.
  @Test(arguments: ["", "\"", "\n", "\r", "a,1,\"b", "a,1,b\"", "a,1,\"b\"", "a,1", "a,1,2\"\"\r"])
  func longFields(end: String) throws {
    let long = String(repeating: "0123456789", count: 5000)
    let text = "g,x,t\n\(long),1,\"\(long)\n\(long)\"\"\"\nb,2,c\n\"\(long)\",3,\"d\"\n" + end
    outcome(text, requests(["g", "t"], numbers: ["x"]))
  }

  /// Many rows of each kind, so that windows are filled by blocks and the reverse.
  @Test(
    arguments: ["\n", "\r\n"],
    ["a,0.5,bc", "\"a\",0.5,\"b\"\"c\"", "\"a\n\",\"1\",\"\"", ",,"])
  func manyRows(end: String, row: String) throws {
    let text = "g,x,t" + end + String(repeating: row + end, count: 3000)
    let columns = requests(["g", "t"], numbers: ["x"])
    let expected = Outcome(reader(threads: 1, pieceSize: 1 << 30), Array(text.utf8), columns)
    #expect(expected.errors.isEmpty)
    #expect(expected.lines.count == 3000)
    let height = row.utf8.count { $0 == 0x0A } + 1
    #expect(expected.lines == (0..<3000).map { 2 + $0 * height })
    let found = Outcome(reader(threads: 3, pieceSize: 1000), Array(text.utf8), columns)
    #expect(found == expected)
    var bad = reader(threads: 4, pieceSize: 2000)
    bad.missing = [""]
    let error = #expect(throws: DataError.self) {
      try bad.read(input(text + "a,?,c" + end + "\"" + end), columns: columns)
    }
    #expect(error?.line == 2 + 3000 * height)
    #expect(error?.value == "?")
  }

  @Test func jsonLines() throws {
    var random = SplitMix(state: 13)
    for _ in 0..<100 {
      var text = ""
      for row in 0..<Int.random(in: 1...40, using: &random) {
        let label = Self.labels[Int.random(in: 0..<Self.labels.count, using: &random)]
        text += ["", "\n", " \r\n"][Int.random(in: 0...2, using: &random)]
        text += "{\"g\":\"\(label)\",\"k\(row % 7)\":null,\"x\":\(row)}\n"
      }
      #expect(outcome(text, requests(["g"], numbers: ["x"])).errors.isEmpty)
      outcome(text + "{\"g\":1,\"g\":2}\n{", requests(["g"], numbers: ["x"]))
    }
  }

  /// The offset of what is no text is that in the file, whichever piece holds it.
  ///
  /// Pieces of one byte, so that a stray continuation byte begins one, behind ASCII and behind others.
  @Test func encoding() throws {
    let start = Array(("g,x\n" + String(repeating: "日本,1\n", count: 12)).utf8)
    for offset in start.indices {
      for byte in [0xE9, 0x80, 0] as [UInt8] {
        var bytes = start
        bytes[offset] = byte
        let expected = Outcome(reader(threads: 1, pieceSize: 1 << 30), bytes, requests(["g"]))
        for pieceSize in [1, 5] {
          let found = Outcome(reader(threads: 2, pieceSize: pieceSize), bytes, requests(["g"]))
          #expect(found == expected)
        }
        let isText = byte != 0 && String(validating: bytes, as: UTF8.self) != nil
        #expect(expected.errors.isEmpty == isText)
      }
    }
  }
}
