// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("Joins") struct JoinTests {
  private func table(_ text: String, _ names: [String], numbers: [String] = []) throws -> Table {
    try TableReader().read(input(text), columns: requests(names, numbers: numbers))
  }

  private let join = AttributeJoin(keys: ["id"])

  @Test func attributesFollowTheirIds() throws {
    let predictions = try table("id,x\n3,0.3\n1,0.1\n3,0.4\n", ["id"], numbers: ["x"])
    let attributes = try table(
      "id,g,age\n1,b,20\n2,unused,30\n3,a,\n", ["id", "g"], numbers: ["age"])
    let result = try join.join(predictions, attributes, adding: ["g", "age"])
    #expect(rows(try result.table.category("g")) == ["a", "b", "a"])
    #expect(try result.table.category("g").values == ["a", "b"])
    #expect(
      try result.table.number("age") == NumberColumn(name: "age", values: [.nan, 20, .nan]))
    #expect(try result.table.number("x").values == [0.3, 0.1, 0.4])
    #expect(result.unmatchedPredictions == 0)
    #expect(result.unusedAttributes == 1)
    #expect(result.table.line(ofRow: 1) == 3)
  }

  @Test func compositeIds() throws {
    let join = AttributeJoin(keys: ["a", "b", "c"])
    var attributeRows = ""
    var predictionRows = ""
    for a in 0..<4 {
      for b in 0..<4 {
        for c in 0..<4 where (a + b + c) % 2 == 0 {
          attributeRows += "\(c),\(a),\(b),g\(a)\(b)\(c)\n"
          predictionRows = "\(a),\(b),\(c)\n" + predictionRows
        }
      }
    }
    let attributes = try table("c,a,b,g\n" + attributeRows, ["a", "b", "c", "g"])
    let predictions = try table("a,b,c\n" + predictionRows, ["a", "b", "c"])
    let joined = try join.join(predictions, attributes, adding: ["g"]).table
    let expected = predictionRows.split(separator: "\n").map {
      "g" + $0.filter { $0 != "," }
    }
    #expect(rows(try joined.category("g")) == expected)
    let other = try table("a,b,c\n0,0,1\n", ["a", "b", "c"])
    let error = #expect(throws: DataError.self) { try join.join(other, attributes, adding: ["g"]) }
    #expect(error?.description.contains("\"0, 0, 1\"") == true)
  }

  @Test func unmatched() throws {
    let predictions = try table("id\n" + (0..<30).map { "p\($0)\n" }.joined(), ["id"])
    let attributes = try table("id,g\np0,a\np29,b\nq,c\n", ["id", "g"])
    let error = try #require(throws: DataError.self) {
      try join.join(predictions, attributes, adding: ["g"])
    }
    #expect(error.kind == .data)
    #expect(error.line == 3)
    #expect(error.problem.contains("28 of 30 rows"))
    #expect(error.problem.contains("\"p1\"") && error.problem.contains("\"p10\", …"))
    #expect(!error.problem.contains("\"p11\""))
    var lenient = join
    lenient.allowUnmatched = true
    let result = try lenient.join(predictions, attributes, adding: ["g"])
    #expect(result.unmatchedPredictions == 28)
    #expect(result.unusedAttributes == 1)
    let groups = rows(try result.table.category("g"))
    #expect(groups == ["a"] + [String?](repeating: nil, count: 28) + ["b"])
  }

  @Test func missingIds() throws {
    let predictions = try table("id,x\n1,0\n,0\n", ["id", "x"])
    let attributes = try table("id,g\n1,a\n", ["id", "g"])
    let error = #expect(throws: DataError.self) {
      try join.join(predictions, attributes, adding: ["g"])
    }
    #expect(error?.line == 3)
    #expect(error?.problem.contains("missing") == true)
    let lenient = AttributeJoin(keys: ["id"], allowUnmatched: true)
    let result = try lenient.join(predictions, attributes, adding: ["g"])
    #expect(rows(try result.table.category("g")) == ["a", nil])
    #expect(result.unmatchedPredictions == 1)
  }

  @Test func attributesRefused() throws {
    let predictions = try table("id,g\n1,a\n", ["id", "g"])
    let twice = try table("id,h\n1,a\n2,b\n1,c\n", ["id", "h"])
    let error = try #require(throws: DataError.self) {
      try join.join(predictions, twice, adding: ["h"])
    }
    #expect(error.line == 4 && error.value == "1" && error.description.contains("first: line 2"))
    let both = try table("id,g\n1,a\n", ["id", "g"])
    #expect(throws: DataError.self) { try join.join(predictions, both, adding: ["g"]) }
    #expect(throws: DataError.self) { try join.join(predictions, both, adding: ["h"]) }
    #expect(throws: DataError.self) {
      try AttributeJoin(keys: []).join(predictions, both, adding: [])
    }
  }

  @Test func repeatedIds() throws {
    let unique = try table("id\na\nb\n", ["id"])
    #expect(try join.repeatedIds(in: unique) == nil)
    let repeated = try table("id,x\na,\nb,\nc,\nb,\n,\nc,\nb,\n,\n", ["id", "x"])
    let result = try #require(try join.repeatedIds(in: repeated))
    #expect(result.rowCount == 5)
    #expect(result.example == "b")
    #expect(result.exampleLines == [3, 5])
  }
}
