// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("CSV by RFC 4180") struct CSVTests {
  /// Section 2 of RFC 4180: each rule's example, read back field by field.
  @Test(arguments: [
    ("aaa,bbb\r\nzzz,yyy\r\n", ["zzz"], ["yyy"]),
    ("aaa,bbb\r\nzzz,yyy", ["zzz"], ["yyy"]),
    ("\"aaa\",\"bbb\"\r\nzzz,\"yyy\"\r\n", ["zzz"], ["yyy"]),
    ("aaa,bbb\r\n\"b \r\nbb\",\"ccc\"\r\nzzz,yyy", ["b \r\nbb", "zzz"], ["ccc", "yyy"]),
    ("aaa,bbb\n\"b\"\"bb\",\"\"\"\"\n", ["b\"bb"], ["\""]),
    ("aaa,bbb\n\"a,b\",\",\"\n", ["a,b"], [","]),
    ("aaa,bbb\n a , b \n", [" a "], [" b "]),
  ])
  func rules(text: String, first: [String], second: [String]) throws {
    #expect(try categories(text, "aaa") == first)
    #expect(try categories(text, "bbb") == second)
  }

  static let variants = [
    "g,x,t\na,1,\"p,q\"\nb,,r\na,-2.5e1,NA\n",
    "g,x,t\r\na,1,\"p,q\"\r\nb,,r\r\na,-2.5e1,NA\r\n",
    "g,x,t\na,1,\"p,q\"\nb,,r\na,-2.5e1,NA",
    "\u{FEFF}g,x,t\na,1,\"p,q\"\nb,,r\na,-2.5e1,NA\n",
    "\"g\",\"x\",\"t\"\n\"a\",\"1\",\"p,q\"\n\"b\",\"\",\"r\"\n\"a\",\"-2.5e1\",\"NA\"\n",
    "g;x;t\na;1;p,q\nb;;r\na;-2.5e1;NA\n",
    "g\tx\tt\na\t 1 \tp,q\nb\tNaN\tr\na\t-25.0\tNA\n",
    "g|x|t\na|+1|p,q\nb||r\na|-25|\n\n\r\n\n",
    "unused,t,x,g\n\"\n\",\"p,q\",1,a\n,r,null,b\nz,null,-25,a\n",
    "{\"g\":\"a\",\"x\":1,\"t\":\"p,q\"}\n{\"g\":\"b\",\"t\":\"r\"}\n{\"x\":-25,\"g\":\"a\",\"t\":\"NA\"}\n",
    " \n{ \"t\" : \"\\u0070,q\", \"z\":{\"g\":[7]}, \"x\" : 1.0, \"g\" : \"\\u0061\" }\r\n\r\n"
      + "{\"g\":\"b\",\"x\":null,\"t\":\"r\"}\r\n{\"x\":-2.5E+1,\"g\":\"a\",\"t\":\"\"} ",
  ]

  @Test(arguments: variants) func variantsAreEqual(text: String) throws {
    let table = try TableReader().read(input(text), columns: requests(["g", "t"], numbers: ["x"]))
    #expect(rows(try table.category("g")) == ["a", "b", "a"])
    #expect(rows(try table.category("t")) == ["p,q", "r", nil])
    #expect(try table.number("x") == NumberColumn(name: "x", values: [1, .nan, -25]))
  }

  @Test func linesAreThoseOfTheFile() throws {
    let text = "g,x\n\"a\n\n\",1\nb,2\n\"c\r\nc\",3\nd,4\n"
    let table = try TableReader().read(input(text), columns: requests(["g"]))
    #expect((0..<table.rowCount).map { table.line(ofRow: $0) } == [2, 5, 6, 8])
    #expect(try Table(columns: []).line(ofRow: 0) == nil)
  }

  @Test func blankLinesInOneColumn() throws {
    #expect(try categories("g\na\n\n\r\nb\n\n\n", "g") == ["a", nil, nil, "b"])
  }

  @Test func unnamedColumnsMayRepeat() throws {
    #expect(try categories(",g,\n0,a,1\n", "g") == ["a"])
    #expect(try TableReader().columnNames(of: input(",g,\n0,a,1\n")) == ["", "g", ""])
    #expect(throws: DataError.self) { try categories(",g,\n0,a,1\n", "") }
  }

  @Test func missingTokensAreExact() throws {
    var reader = TableReader()
    reader.missing = ["-999", "n a"]
    let text = "g,x\n-999,-999\n -999,-999.0\n,n a\nn a,0\n"
    let table = try reader.read(input(text), columns: requests(["g"], numbers: ["x"]))
    #expect(rows(try table.category("g")) == [nil, " -999", "", nil])
    #expect(try table.number("x") == NumberColumn(name: "x", values: [.nan, -999, .nan, 0]))
  }

  @Test func delimiterInQuotesIsNotCounted() throws {
    #expect(try TableReader().columnNames(of: input("\"a,b,c\";d\n1;2\n")) == ["a,b,c", "d"])
  }

  @Test func formatAndDelimiterCanBeStated() throws {
    var reader = TableReader()
    reader.format = .csv
    reader.delimiter = UInt8(ascii: ":")
    #expect(try categories("{a:b\n1:2\n", "{a", reader: reader) == ["1"])
  }

  /// More rows than any block holds, with an error in the last one.
  @Test func manyRows() throws {
    let text = "g,x\n" + (0..<5000).map { "v\($0 % 7),\($0)\n" }.joined()
    let table = try TableReader().read(input(text), columns: requests(["g"], numbers: ["x"]))
    #expect(try table.number("x").values == (0..<5000).map { Double($0) })
    #expect(rows(try table.category("g")) == (0..<5000).map { "v\($0 % 7)" })
    let error = #expect(throws: DataError.self) {
      try TableReader().read(input(text + "v,?\n"), columns: requests([], numbers: ["x"]))
    }
    #expect(error?.line == 5002)
  }

  static let hostile = [
    "<script>alert(1)</script>", "\"\u{301} onmouseover=x", "\u{202E}evil\u{2066}", "\u{7F}\u{1}\r",
    String(repeating: "x", count: 10_000), "=cmd|' /C calc'!A0", "e\u{301}", "\u{E9}", "🏳️‍🌈",
  ]

  @Test func hostileLabelsSurviveUnchanged() throws {
    let quoted = Self.hostile.map { label in
      "\"" + label.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\"\n"
    }
    let read = try categories("g\n" + quoted.joined(), "g")
    #expect(read.map { $0.map { Array($0.utf8) } } == Self.hostile.map { Array($0.utf8) })
    let column = try TableReader()
      .read(input("g\n" + quoted.joined()), columns: requests(["g"])).category("g")
    #expect(column.values.count == Self.hostile.count)
  }
}
