// SPDX-License-Identifier: Apache-2.0
import EvenhandScorecards
import Testing

@Suite struct TerminalTests {
  private let document = Document(
    Samples.scorecard(Samples.result(first: "女性の応募者", second: "Male")))

  @Test(arguments: [40, 60, 88, 120])
  func linesFit(_ width: Int) {
    let text = TerminalRenderer(width: width).render(document)
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width) }
    #expect(text.contains("Findings") && text.contains("Gaps"))
  }

  @Test func escapesOnlyWhenAsked() {
    #expect(!TerminalRenderer(width: 88).render(document).unicodeScalars.contains("\u{1B}"))
    let coloured = TerminalRenderer(width: 88, colour: true).render(document)
    #expect(coloured.unicodeScalars.contains("\u{1B}"))
    let bare = coloured.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "")
    #expect(bare == TerminalRenderer(width: 88).render(document))
  }

  @Test(arguments: [("abc", 3), ("女性", 4), ("e\u{301}", 1), ("ｆｕｌｌ", 8), ("−0.05", 5), ("한국", 4)])
  func widths(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
    #expect(DisplayWidth.of(DisplayWidth.fit(text, 10)) == 10)
    #expect(DisplayWidth.of(DisplayWidth.fit(text, 2)) == 2)
  }

  @Test func wrapping() {
    #expect(DisplayWidth.wrap("one two three", 7) == ["one two", "three"])
    #expect(DisplayWidth.wrap("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(DisplayWidth.wrap("女性女性", 5) == ["女性", "女性"])
  }
}
