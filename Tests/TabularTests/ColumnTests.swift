// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("Columns and tables") struct ColumnTests {
  @Test(arguments: [
    (["b", "a", "B", "é", "z", ""], ["", "B", "a", "b", "z", "é"], ValueKind.text),
    (["10", "9", "-1", "1", "01", "2"], ["-1", "01", "1", "2", "9", "10"], .integer),
    (["1.0", "1", "1e-1", "-2"], ["-2", "1e-1", "1", "1.0"], .number),
    (["1", "0", "1"], ["0", "1"], .boolean),
    (["yes", "No", "TRUE", "false", "0"], ["0", "No", "TRUE", "false", "yes"], .boolean),
    (["1", "yes", "2"], ["1", "2", "yes"], .text),
    (["10", "9", "1e999"], ["10", "1e999", "9"], .text),
    (["aaaaaaaab", "aaaaaaaa", "aaaaaaaaa"], ["aaaaaaaa", "aaaaaaaaa", "aaaaaaaab"], .text),
    (["id-2", "id-10", "id-1", "id-"], ["id-", "id-1", "id-10", "id-2"], .text),
    ([], [], .text),
  ])
  func canonicalOrderAndKind(values: [String], order: [String], kind: ValueKind) {
    let column = CategoryColumn(name: "c", values: values)
    #expect(column.values == order)
    #expect(column.kind == kind)
    #expect(rows(column) == values)
  }

  @Test func orderDoesNotDependOnRows() throws {
    var random = SplitMix(state: 4)
    var values = (0..<1000).map { "id\($0 * 7919 % 1000)" }
    let column = CategoryColumn(name: "c", values: values)
    for _ in 0..<5 {
      values.shuffle(using: &random)
      let shuffled = try TableReader()
        .read(input("c\n" + values.joined(separator: "\n")), columns: requests(["c"])).category("c")
      #expect(shuffled.values == column.values)
      #expect(rows(shuffled) == values)
    }
  }

  @Test func fromArrays() throws {
    #expect(rows(CategoryColumn(name: "c", values: ["b", nil, "a"])) == ["b", nil, "a"])
    #expect(CategoryColumn(name: "c", values: ["b", nil, "a"]).codes == [1, -1, 0])
    let flags = CategoryColumn(name: "c", values: [true, nil, false])
    #expect(rows(flags) == ["true", nil, "false"])
    #expect(flags.kind == .boolean)
    #expect(CategoryColumn(name: "c", values: [10, 9, nil]).values == ["9", "10"])
    #expect(throws: DataError.self) { try NumberColumn(name: "x", values: [1, -.infinity]) }
  }

  @Test func tables() throws {
    let group = Column.category(CategoryColumn(name: "g", values: ["a", "b"]))
    let score = Column.number(try NumberColumn(name: "x", values: [1, 2]))
    let table = try Table(columns: [group, score])
    #expect(table.rowCount == 2)
    #expect(table.source == "arrays")
    #expect(table["g"] == group)
    #expect(table["h"] == nil)
    #expect(throws: DataError.self) { try Table(columns: [group, group]) }
    #expect(throws: DataError.self) {
      try Table(columns: [group, .number(NumberColumn(name: "y", values: [1]))])
    }
    let bins = try #require(throws: DataError.self) { try table.category("x") }
    #expect(bins.kind == .usage && bins.description.contains("--bins"))
    let absent = try #require(throws: DataError.self) { try table.number("xy") }
    #expect(absent.description.contains("Did you mean 'x'?"))
    #expect(throws: DataError.self) { try table.number("g") }
  }
}
