// SPDX-License-Identifier: Apache-2.0
import EvenhandScorecards
import Testing

@Suite struct EscaperTests {
  @Test func htmlEscapesByBytes() {
    #expect(HTMLEscaper.escape("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;")
    // A quotation mark and an accent are one Character but two scalars.
    #expect(Array(HTMLEscaper.escape("\"\u{301}").utf8) == Array("&quot;\u{301}".utf8))
  }

  /// Whatever the bytes: nothing that opens or closes markup is left, and reading the entities back
  /// gives the bytes.
  @Test func htmlLaws() {
    var generator = Linear(seed: 7)
    let entities: [(String, UInt8)] = [
      ("&amp;", 38), ("&lt;", 60), ("&gt;", 62), ("&quot;", 34), ("&#39;", 39),
    ]
    for _ in 0..<500 {
      let bytes = (0..<64).map { _ -> UInt8 in
        let value = UInt8(truncatingIfNeeded: generator.next() >> 32)
        return value < 64 ? Array("&<>\"'a;#".utf8)[Int(value) % 8] : value
      }
      let escaped = HTMLEscaper.escape(bytes)
      #expect(!escaped.contains { [60, 62, 34, 39].contains($0) })
      var back: [UInt8] = []
      var index = 0
      while index < escaped.count {
        if let (name, byte) = entities.first(where: { escaped[index...].starts(with: $0.0.utf8) }) {
          back.append(byte)
          index += name.utf8.count
        } else {
          #expect(escaped[index] != 38)
          back.append(escaped[index])
          index += 1
        }
      }
      #expect(back == bytes)
    }
  }

  @Test(arguments: [0x00, 0x1B, 0x0A, 0x85, 0x200B, 0x200E, 0x202E, 0x2028, 0x2066, 0x2069, 0xFEFF])
  func hiddenCharactersAreSpelledOut(_ code: Int) throws {
    let scalar = try #require(Unicode.Scalar(UInt32(code)))
    let shown = Visible.spelledOut("a\(scalar)b")
    let digits = String(code, radix: 16, uppercase: true)
    #expect(shown == "a⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩b")
    #expect(Visible.spelledOut(shown) == shown)
  }

  @Test func lettersOfAllScriptsStay() {
    for text in ["Ελληνικά", "中文", "العربية", "naïve", "👩🏽", "a × b"] {
      #expect(Visible.spelledOut(text) == text)
    }
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("*x*", "\\*x\\*"), ("`c`", "\\`c\\`"), ("<b>", "&lt;b&gt;"),
    ("[t](u)", "\\[t\\](u)"), ("a\nb", "a⟨U+000A⟩b"), ("1. x", "1\\. x"), ("- x", "\\- x"),
    ("0.5", "0.5"), ("17-24", "17-24"), ("_a_", "\\_a\\_"), ("&lt;", "&amp;lt;"),
  ])
  func markdown(_ raw: String, _ escaped: String) {
    #expect(MarkdownEscaper.escape(raw) == escaped)
  }

  /// A label must neither notify people nor become a link where the forge finds links by itself.
  @Test func markdownBreaksLinksAndMentions() {
    for label in ["@admin", "#12", "https://example.org", "www.example.org"] {
      let escaped = MarkdownEscaper.escape(label)
      for bare in ["@a", "#1", "://", "www."] { #expect(!escaped.contains(bare)) }
    }
  }
}

/// A small repeatable generator for test data (Knuth's MMIX constants).
struct Linear: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
