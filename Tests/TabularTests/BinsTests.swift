// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("Bins") struct BinsTests {
  @Test func edgesBelongToTheUpperGroup() throws {
    let ages = try NumberColumn(name: "age", values: [65, 24.9, 25, .nan, 44, 45, 100, -3])
    let column = try Bins(parsing: "age=25,45,65").cut(ages)
    #expect(column.values == ["<25", "25–<45", "45–<65", "≥65"])
    #expect(column.codes == [3, 0, 1, -1, 1, 2, 3, 0])
  }

  @Test func orderIsByValueAndEmptyGroupsAreLeftOut() throws {
    let bins = try Bins(column: "x", edges: [-10, -2.5, 0, 9, 1e20])
    #expect(bins.labels == ["<-10", "-10–<-2.5", "-2.5–<0", "0–<9", "9–<1e+20", "≥1e+20"])
    let column = bins.cut(try NumberColumn(name: "x", values: [10, -11, -1]))
    #expect(column.values == ["<-10", "-2.5–<0", "9–<1e+20"])
    #expect(column.codes == [2, 0, 1])
  }

  @Test func tableKeepsItsOtherColumnsAndLines() throws {
    let table = try TableReader().read(
      input("g,age\na,70\n\"b\n\",1\nc,30\n"), columns: requests(["g"], numbers: ["age"]))
    let cut = try Bins(parsing: "age= 25 ,65").cut(table)
    #expect(rows(try cut.category("age")) == ["≥65", "<25", "25–<65"])
    #expect(try cut.category("g") == table.category("g"))
    #expect(cut.line(ofRow: 2) == 5)
  }

  @Test(arguments: [
    ("age", "COLUMN=EDGE"), ("=1,2", "COLUMN=EDGE"), ("age=", "not a finite number"),
    ("age=1,,2", "not a finite"), ("age=1,x", "not a finite"), ("age=1,inf", "not a finite"),
    ("age=2,1", "do not increase"), ("age=1,1.0", "do not increase"),
  ])
  func refused(text: String, says: String) throws {
    let error = try #require(throws: DataError.self) { try Bins(parsing: text) }
    #expect(error.kind == .usage)
    #expect(error.description.contains(says))
  }

  @Test func nameMayHoldAnEqualsSign() throws {
    #expect(try Bins(parsing: "a=b=1").column == "a=b")
  }
}
