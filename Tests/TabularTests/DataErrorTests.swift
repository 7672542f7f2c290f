// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

@Suite("Error messages") struct DataErrorTests {
  @Test func everyPartInOneLine() {
    let error = DataError(
      problem: "not a number", file: "predictions.csv", line: 17, column: "score", value: "abc",
      remedy: "Use --missing abc if it stands for a missing value.")
    #expect(
      error.description
        == "predictions.csv:17: column 'score': not a number: \"abc\". "
        + "Use --missing abc if it stands for a missing value.")
  }

  @Test func onlyTheProblem() {
    #expect(DataError(problem: "the file is empty").description == "the file is empty")
  }

  @Test func controlsAndReorderingAreEscaped() {
    let error = DataError(problem: "bad", file: "a\nb", value: "\u{1B}[31m\u{202E}x\u{2028}")
    #expect(error.description == #"a\u{a}b: bad: "\u{1b}[31m\u{202e}x\u{2028}""#)
  }

  @Test func longValuesAreCutEvenInOneCharacter() {
    let marks = "e" + String(repeating: "\u{301}", count: 10_000)
    let text = DataError(problem: "bad", column: String(repeating: "c", count: 200), value: marks)
      .description
    #expect(text.unicodeScalars.count < 200)
    #expect(text.contains(String(repeating: "c", count: 80) + "…'"))
  }
}
