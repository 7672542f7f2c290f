// SPDX-License-Identifier: Apache-2.0
import EvenhandSigning
import Foundation
import Testing

@Suite("Comparing what was made again") struct JSONComparisonTests {
  private func compare(_ stored: String, _ found: String, tolerance: Double = 0)
    throws -> JSONComparison
  {
    try JSONComparison(
      stored: Data(stored.utf8), found: Data(found.utf8), leavingOut: ["provenance"],
      tolerance: tolerance)
  }

  @Test func identical() throws {
    let text = #"{"gaps":[{"value":0.1,"reason":null,"ok":true}],"provenance":1}"#
    let same = try compare(text, text.replacingOccurrences(of: ":1}", with: ":2,\"new\":3}"))
    #expect(same.differenceCount == 0 && same.roundedCount == 0 && same.valueCount == 3)
  }

  @Test func namesWhatChanged() throws {
    let comparison = try compare(
      #"{"gaps":[{"value":0.1},{"value":0.2,"status":"ok"}],"tests":[1,2]}"#,
      #"{"gaps":[{"value":0.1},{"value":null,"status":"undefined"}],"tests":[1,2,3]}"#)
    #expect(
      comparison.differences.map { [$0.path, $0.stored, $0.found] } == [
        ["gaps[1].status", "\"ok\"", "\"undefined\""], ["gaps[1].value", "0.2", "null"],
        ["tests", "2 entries", "3 entries"],
      ])
  }

  @Test func tolerance() throws {
    let stored = #"{"a":0.5,"b":1e-30,"c":-3}"#
    let near = #"{"a":0.5000000004,"b":1.0000000001e-30,"c":-3}"#
    let exact = try compare(stored, near)
    #expect(exact.differences.map(\.path) == ["a", "b"])
    let rounded = try compare(stored, near, tolerance: 1e-9)
    #expect(rounded.differenceCount == 0 && rounded.roundedCount == 2)
    #expect(abs(rounded.largestRelative - 8e-10) < 1e-15)
    let far = try compare(stored, #"{"a":0.500000001,"b":0,"c":3}"#, tolerance: 1e-9)
    #expect(far.differences.map(\.path) == ["a", "b", "c"])
  }

  @Test func keepsTheFirstAndCountsAll() throws {
    let list = (0..<40).map(String.init).joined(separator: ",")
    let other = (1...40).map(String.init).joined(separator: ",")
    let comparison = try compare("{\"a\":[\(list)]}", "{\"a\":[\(other)]}")
    #expect(comparison.differenceCount == 40 && comparison.differences.count == 5)
    #expect(comparison.differences[0].path == "a[0]")
  }

  @Test func noObject() {
    #expect(throws: SigningError.self) { try compare("[]", "{}") }
    #expect(throws: SigningError.self) { try compare("{}", "{") }
  }
}
