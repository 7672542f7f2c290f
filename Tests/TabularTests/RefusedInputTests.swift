// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

/// An input that must be refused, and what its error must say.
///
/// The columns "g" (category) and "x" (number) are asked for.
struct RefusedInput: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var kind = DataError.Kind.data
  var line: Int?
  var column: String?
  var value: String?
  var says: [String]

  init(
    _ name: String, _ text: String, kind: DataError.Kind = .data, line: Int? = nil,
    column: String? = nil, value: String? = nil, says: [String]
  ) {
    self.init(
      name, bytes: Array(text.utf8), kind: kind, line: line, column: column, value: value,
      says: says)
  }

  init(
    _ name: String, bytes: [UInt8], kind: DataError.Kind = .data, line: Int? = nil,
    column: String? = nil, value: String? = nil, says: [String]
  ) {
    self.name = name
    self.bytes = bytes
    self.kind = kind
    self.line = line
    self.column = column
    self.value = value
    self.says = says
  }

  var testDescription: String { name }

  static let csv: [RefusedInput] = [
    .init("empty file", "", says: ["empty"]),
    .init("byte order mark only", bytes: [0xEF, 0xBB, 0xBF], says: ["nothing but line ends"]),
    .init("line ends only", "\n\r\n\n", says: ["nothing but line ends"]),
    .init("header only", "g,x\n", says: ["header but no row"]),
    .init("header and blank lines", "g,x\n\n\n", says: ["header but no row"]),
    .init("blank first line", "\ng,x\na,1\n", line: 1, says: ["first line is blank"]),
    .init(
      "column not there", "g,xx\na,1\n", kind: .usage, column: "x",
      says: ["no such column (asked for as score)", "Did you mean 'xx'?", "'g', 'xx'"]),
    .init("repeated name", "g,x,g\na,1,b\n", line: 1, column: "g", says: ["two columns"]),
    .init("short row", "g,x,z\na,1,2\na,1\n", line: 3, says: ["2 fields", "header has 3"]),
    .init(
      "long row", "g,x\na,1\nb,2,3\n", line: 3, says: ["3 fields", "has 2", "--delimiter"]),
    .init(
      "short row after a line break in quotes", "g,x\n\"a\nb\",1\nc\n", line: 4,
      says: ["1 field,"]),
    .init("blank line between rows", "g,x\na,1\n\nb,2\n", line: 3, says: ["blank line"]),
    .init("blank CRLF line", "g,x\r\na,1\r\n\r\nb,2\r\n", line: 3, says: ["blank line"]),
    .init("unclosed quote", "g,x\na,1\n\"b,2\nc,3\n", line: 3, column: "g", says: ["never closed"]),
    .init("text after a quote", "g,x\n\"a\"b,1\n", line: 2, column: "g", says: ["closing quote"]),
    .init("quote in a field", "g,x\na,1\nb\"c,1\n", line: 3, column: "g", says: ["quote inside"]),
    .init("lone CR", "g,x\na,1\rb,2\n", line: 2, column: "x", says: ["carriage return"]),
    .init("lone CR in all", "g,x\ra,1\rb,2\r", line: 1, says: ["carriage return", "tr"]),
    .init(
      "invalid UTF-8", bytes: Array("g,x\na,1\n".utf8) + [0x4A, 0xE9, 0x2C, 0x31], line: 3,
      says: ["0xE9 at offset 9", "iconv"]),
    .init("NUL", bytes: Array("g,x\na".utf8) + [0], line: 2, says: ["NUL byte at offset 5"]),
    .init("gzip", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0], says: ["gzip file", "gzip -dc"]),
    .init("zip", bytes: [0x50, 0x4B, 3, 4, 20, 0, 0, 0], says: ["zip file", "Excel"]),
    .init("Parquet", bytes: Array("PAR1".utf8) + [0x15, 0, 0x15], says: ["Parquet", "Export"]),
    .init("UTF-16", bytes: [0xFF, 0xFE, 0x67, 0, 0x2C, 0], says: ["UTF-16", "iconv"]),
    .init("JSON array", "[\n {\"g\": \"a\", \"x\": 1}\n]\n", says: ["JSON array", "jq"]),
    .init(
      "text for a number", "g,x\na,1\nb,abc\n", line: 3, column: "x", value: "abc",
      says: ["not a number: \"abc\"", "--missing abc"]),
    .init(
      "decimal comma", "g;x\na;0,5\n", line: 2, column: "x", value: "0,5", says: ["decimal comma"]),
    .init(
      "spaces in a value", "g,x\na,n a\n", line: 2, column: "x", value: "n a",
      says: ["Use --missing if"]),
    .init("infinity", "g,x\na,-inf\n", line: 2, column: "x", value: "-inf", says: ["finite"]),
    .init("Infinity", "g,x\na,Infinity\n", line: 2, column: "x", says: ["not a finite number"]),
    .init("hexadecimal", "g,x\na,0x1p3\n", line: 2, column: "x", says: ["not a"]),
    .init("hexadecimal digits", "g,x\na,0xFF\n", line: 2, column: "x", says: ["not a finite"]),
    .init("overflow", "g,x\na,1e400\n", line: 2, column: "x", value: "1e400", says: ["finite"]),
    .init("first error by line", "x,g\nbad,a\n1\n", line: 2, column: "x", says: ["not a number"]),
    .init("earlier line, later column", "x,g\n1\nbad,a\n", line: 2, says: ["ragged"]),
  ]

  static let jsonLines: [RefusedInput] = [
    .init("line ends early", "{\"g\": \"a\", \"x\": 1\n}\n", line: 1, says: ["comma or }"]),
    .init(
      "no object", "{\"g\": \"a\", \"x\": 1}\n7\n", line: 2, says: ["does not begin with {"]),
    .init("trailing text", "{\"g\": \"a\", \"x\": 1} x\n", line: 1, says: ["text after"]),
    .init("trailing comma", "{\"g\": \"a\", \"x\": 1,}\n", line: 1, says: ["a key in quotes"]),
    .init("no colon", "{\"g\" \"a\"}\n", line: 1, says: ["colon"]),
    .init("blank lines count", "\n\n{\"g\": }\n", line: 3, says: ["a value is expected"]),
    .init(
      "repeated key", "{\"g\":\"a\",\"x\":1,\"g\":\"b\"}\n", line: 1, column: "g",
      says: ["twice"]),
    .init(
      "repeated key, escaped", "{\"g\":\"a\",\"x\":1,\"\\u0067\":\"b\"}\n", line: 1, column: "g",
      says: ["twice"]),
    .init(
      "nested", "{\"g\":[1,\"]\"],\"x\":1}\n", line: 1, column: "g", value: "[1,\"]\"]",
      says: ["object or array"]),
    .init(
      "quoted number", "{\"g\":\"a\",\"x\":\"0.5\"}\n", line: 1, column: "x", value: "0.5",
      says: ["a string, not a number", "without quotes"]),
    .init(
      "boolean for a number", "{\"g\":\"a\",\"x\":true}\n", line: 1, column: "x", value: "true",
      says: ["not a number"]),
    .init("NaN", "{\"g\":\"a\",\"x\":NaN}\n", line: 1, says: ["NaN", "null"]),
    .init("leading zero", "{\"g\":\"a\",\"x\":01}\n", line: 1, says: ["number 01 is malformed"]),
    .init("no digit after point", "{\"g\":\"a\",\"x\":1.}\n", line: 1, says: ["malformed"]),
    .init("overflow", "{\"g\":\"a\",\"x\":1e999}\n", line: 1, column: "x", says: ["finite"]),
    .init("half a pair", "{\"g\":\"\\ud83d\",\"x\":1}\n", line: 1, says: ["surrogate"]),
    .init("two leads", "{\"g\":\"\\ud83d\\ud83d\",\"x\":1}\n", line: 1, says: ["surrogate"]),
    .init("bad escape", "{\"g\":\"\\q\",\"x\":1}\n", line: 1, says: ["unknown escape"]),
    .init("bad digits", "{\"g\":\"\\u00g0\",\"x\":1}\n", line: 1, says: ["bad \\u escape"]),
    .init("control character", "{\"g\":\"a\tb\",\"x\":1}\n", line: 1, says: ["control"]),
    .init("unclosed string", "{\"g\":\"a\n", line: 1, says: ["string does not end"]),
    .init("unclosed nested", "{\"z\":[1,2\n", line: 1, says: ["end of a nested value"]),
    .init(
      "deep", "{\"z\":" + String(repeating: "[", count: 100_000), line: 1, says: ["too deeply"]),
    .init(
      "column not there", "{\"g\":\"a\",\"y\":1}\n", kind: .usage, column: "x",
      says: ["no such column", "'g', 'y'"]),
  ]
}

@Suite("Refused inputs") struct RefusedInputTests {
  @Test(arguments: RefusedInput.csv + RefusedInput.jsonLines)
  func oneClearError(refused: RefusedInput) throws {
    let error = try #require(throws: DataError.self) {
      try TableReader().read(input(refused.bytes), columns: requests(["g"], numbers: ["x"]))
    }
    #expect(error.kind == refused.kind)
    #expect(error.file == "table.csv")
    #expect(error.line == refused.line)
    if let column = refused.column { #expect(error.column == column) }
    if let value = refused.value { #expect(error.value == value) }
    for part in refused.says { #expect(error.description.contains(part), "\(error)") }
  }

  /// Every prefix of these files is either read or refused, never a crash; and what is read from a
  /// CSV file has the rows that are whole.
  @Test func prefixes() {
    let texts = [
      "g,x\r\n\"a\"\"\n,\",1\r\nb,-2.5e-3\r\n",
      "{\"g\":\"\\ud83d\\ude00\\n\",\"x\":-1.5e+3,\"z\":[{\"a\":[]},null]}\n{\"x\":1}\n",
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      var readCount = 0
      for end in 0...bytes.count {
        let columns = requests(["g"], numbers: ["x"])
        let table = try? TableReader().read(input(Array(bytes[..<end])), columns: columns)
        if let table {
          readCount += 1
          #expect((1...2).contains(table.rowCount))
        }
      }
      #expect(readCount > 1)
    }
  }

  @Test func noSuchFile() throws {
    let error = try #require(throws: DataError.self) {
      try InputFile.open(path: "/nowhere/predictions.csv")
    }
    #expect(error.kind == .missingInput)
    #expect(error.description.contains("/nowhere/predictions.csv: there is no such file"))
  }

  @Test func directory() throws {
    let error = try #require(throws: DataError.self) { try InputFile.open(path: "/") }
    #expect(error.kind == .missingInput)
    #expect(error.description.contains("directory"))
  }

  @Test func oneColumnOfTwoKinds() throws {
    let error = try #require(throws: DataError.self) {
      try TableReader().read(input("x\n1\n"), columns: requests(["x"], numbers: ["x"]))
    }
    #expect(error.kind == .usage)
    #expect(error.description.contains("attribute, score"))
  }

  @Test(arguments: [UInt8(ascii: "\""), UInt8(ascii: "\n"), 0, 0xC3])
  func delimiterThatIsNone(delimiter: UInt8) throws {
    var reader = TableReader()
    reader.delimiter = delimiter
    let error = try #require(throws: DataError.self) {
      try reader.read(input("x\n1\n"), columns: requests(["x"]))
    }
    #expect(error.kind == .usage)
  }
}
