// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("Inspection") struct InspectionTests {
  static let csv = "id,g,y,x\nr1,a,0,0.5\nr2,b,1,-2\nr3,b,1,\nr4,NA,0,1e1\n"

  @Test func profiles() throws {
    let result = try TableReader().inspect(input(Self.csv), frequentLimit: 2)
    #expect(result.format == .csv)
    #expect(result.delimiter == UInt8(ascii: ","))
    #expect(result.rowCount == 4)
    #expect(result.columns.map(\.name) == ["id", "g", "y", "x"])
    #expect(result.columns.map(\.kind) == [.text, .text, .boolean, .number])
    #expect(result.columns.map(\.distinctCount) == [4, 2, 2, 3])
    #expect(result.columns.map(\.missingCount) == [0, 1, 0, 1])
    #expect(result.columns.map(\.range) == [nil, nil, 0...1, -2...10])
    #expect(result.columns[1].frequent.map(\.value) == ["b", "a"])
    #expect(result.columns[1].frequent.map(\.count) == [2, 1])
    #expect(result.columns[0].frequent.map(\.value) == ["r1", "r2"])
  }

  @Test func jsonLinesEqualCSV() throws {
    let text = """
      {"id":"r1","g":"a","y":0,"x":0.5}
      {"id":"r2","g":"b","y":1,"x":-2}
      {"id":"r3","g":"b","y":1,"x":null}
      {"id":"r4","y":0,"x":1e1}
      """
    let columns = try TableReader().inspect(input(text)).columns
    #expect(columns == (try TableReader().inspect(input(Self.csv)).columns))
  }

  @Test func unusualColumns() throws {
    let nested = try TableReader().inspect(input("{\"a\":[1, 2],\"b\":true}\n{\"a\":{}}\n"))
    #expect(nested.columns.map(\.kind) == [.text, .boolean])
    #expect(nested.columns.map(\.range) == [nil, nil])
    let missing = try TableReader().inspect(input("a,,\nNA,1,\n"))
    #expect(missing.columns.map(\.name) == ["a", "", ""])
    #expect(missing.columns.map(\.kind) == [.text, .boolean, .text])
    #expect(missing.columns[0].distinctCount == 0)
  }

  @Test func frequenciesEqualACount() throws {
    var random = SplitMix(state: 5)
    let values = (0..<3000).map { _ in
      "v\(min(Int.random(in: 0..<40, using: &random), Int.random(in: 0..<40, using: &random)))"
    }
    let profile = try TableReader()
      .inspect(input("c\n" + values.joined(separator: "\n")), frequentLimit: 7).columns[0]
    let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    let expected = counts.sorted {
      $0.value != $1.value
        ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }.prefix(7)
    #expect(profile.frequent.map(\.value) == expected.map(\.key))
    #expect(profile.frequent.map(\.count) == expected.map(\.value))
    #expect(profile.distinctCount == counts.count)
  }
}
