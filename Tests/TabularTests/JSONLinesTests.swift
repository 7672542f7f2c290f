// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("JSON Lines") struct JSONLinesTests {
  @Test func escapes() throws {
    let text = #"{"g":"\"\\\/\b\f\n\r\t\u00e9\u20AC\uD83D\uDE00"}"#
    #expect(try categories(text, "g") == ["\"\\/\u{8}\u{C}\n\r\té€😀"])
  }

  @Test func escapedKeys() throws {
    #expect(try categories(#"{"\u0067\"":"a"}"#, "g\"") == ["a"])
  }

  @Test func literalsKeepTheirText() throws {
    let text = "{\"g\":1.50}\n{\"g\":true}\n{\"g\":null}\n{}\n{\"g\":-0e-1}\n{\"g\":\"\"}\n"
    #expect(try categories(text, "g") == ["1.50", "true", nil, nil, "-0e-1", nil])
  }

  @Test func keysInOrderOfFirstAppearance() throws {
    let text = "{\"b\":1,\"a\":{\"x\":1}}\n\n{\"c\":[],\"a\":2}\n"
    #expect(try TableReader().columnNames(of: input(text)) == ["b", "a", "c"])
  }

  @Test func linesAreThoseOfTheFile() throws {
    let table = try TableReader().read(
      input("\n{\"g\":1}\n\n \n{\"g\":2}\n{\"g\":3}"), columns: requests(["g"]))
    #expect((0..<3).map { table.line(ofRow: $0) } == [2, 5, 6])
  }

  @Test func missingTokenAsStringInNumbers() throws {
    let table = try TableReader().read(
      input("{\"x\":\"NA\"}\n{\"x\":2}\n"), columns: requests([], numbers: ["x"]))
    #expect(try table.number("x") == NumberColumn(name: "x", values: [.nan, 2]))
  }
}
