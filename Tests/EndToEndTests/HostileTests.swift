// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Names that come from strangers' files.
enum Hostile {
  static let labels = [
    "<script>alert(1)</script>", "\"\u{301} onmouseover=alert(1) x=\"", "' onfocus='alert(1)",
    "a|b", "`code` **bold** [x](javascript:alert(1))", "two\nlines", "\u{202E}reversed\u{2066}",
    "\u{1B}[31mred\u{7}", String(repeating: "long ", count: 2_000), "-->]]></style></svg>",
    "&lt;&#39;",
    "\\", "# heading", "<\u{200D}img src=x onerror=alert(1)>",
  ]

  static func quoted(_ text: String) -> String {
    // By scalars: a quote and a combining mark are one character.
    let inner = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + inner.joined() + "\""
  }

  /// A table whose attribute is called `name` and whose groups are the labels.
  static func table(attribute: String, score: String) -> String {
    var random = SplitMix(state: 11)
    var text = "\(quoted(attribute)),sex,label,\(quoted(score))\n"
    for label in labels {
      for index in 0..<24 {
        let value = Int.random(in: 1...99, using: &random)
        let isPositive = Int.random(in: 0..<100, using: &random) < value
        let sex = index % 2 == 0 ? "<b>F</b>" : "M|x"
        text += "\(quoted(label)),\(sex),\(isPositive ? 1 : 0),0.\(value < 10 ? "0" : "")\(value)\n"
      }
    }
    return text
  }
}

@Suite("Hostile labels") struct HostileTests {
  private static let attribute = "race\"><script>alert(2)</script>|`"
  private static let score = "s`|<u>"

  /// Evaluates in all formats, with hostile metadata too.
  private func rendered() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      "<t>.csv", Hostile.table(attribute: Self.attribute, score: Self.score))
    let yaml = try JSONSerialization.data(withJSONObject: [
      "label": "label", "model": ["<m>|`=\(Self.score)"], "by": [Self.attribute, "sex"],
      "metadata": [
        "system": Hostile.labels[0], "owner": Hostile.labels[1], "version": Hostile.labels[3],
        "population": Hostile.labels[5], "period": Hostile.labels[7],
        "intended_use": Hostile.labels[9], "threshold_reason": Hostile.labels[4],
      ],
    ])
    try workspace.write("evenhand.yaml", yaml)
    let run = try workspace.run([
      "evaluate", "<t>.csv", "--config", "evenhand.yaml", "--output", "out", "--format",
      "html,markdown,json,terminal",
    ])
    try #require(run.exitCode == 0, "\(run.errors)")
    try workspace.write("summary.txt", run.output)
    return workspace
  }

  @Test func html() throws {
    let workspace = try rendered()
    let html = try workspace.text("out/scorecard.html")
    #expect(!html.lowercased().contains("<script"))
    #expect(!html.contains("<img") && !html.contains("<b>F") && !html.contains("<u>"))
    // Byte by byte: a combining mark must not shield a quote.
    let bytes = Array(html.utf8)
    #expect(!contains(bytes, Array("\"\u{301}".utf8)))
    #expect(!contains(bytes, [0x1B]) && !contains(bytes, [0x07]))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    for scalar in ["\u{202E}", "\u{2066}"] { #expect(!contains(bytes, Array(scalar.utf8))) }
    #expect(bytes.count < 500_000)
  }

  /// No tag of the document has an attribute that runs a script.
  @Test func eventHandlers() throws {
    let html = try rendered().text("out/scorecard.html")
    var count = 0
    for tag in html.matches(of: /<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>/) {
      count += 1
      let bare = tag.output.replacing(/"[^"]*"|'[^']*'/, with: "")
      #expect(bare.firstMatch(of: /[\s\/]on[a-z]+\s*=/) == nil, "\(tag.output)")
    }
    #expect(count > 500)
  }

  @Test func htmlByAParser() throws {
    let workspace = try rendered()
    let script = Workspace.repository.appendingPathComponent("Tests/Look/check_html.py").path
    let run = try workspace.shell(
      """
      for python in "${EVENHAND_PYTHON:-}" /usr/bin/python3 python3; do
        if [ -n "$python" ] && "$python" -c 'import html5lib' 2> /dev/null; then
          exec "$python" '\(script)' out/scorecard.html
        fi
      done
      exit 69
      """,
      environment: ["EVENHAND_PYTHON": ProcessInfo.processInfo.environment["EVENHAND_PYTHON"] ?? ""]
    )
    guard run.exitCode != 69 else {
      print("Skipped: no Python with html5lib was found (Debian: python3-html5lib).")
      return
    }
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.text.contains("clean"))
  }

  /// Every row of a table has as many cells as its head.
  @Test func markdown() throws {
    let markdown = try rendered().text("out/scorecard.md")
    #expect(!markdown.lowercased().contains("<script"))
    #expect(markdown.firstMatch(of: /(?:^|[^\\])\]\(javascript:/) == nil)
    var rows = 0
    var expected: Int?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        expected = nil
        continue
      }
      rows += 1
      let cells = cellCount(line)
      #expect(cells == expected ?? cells, "\(line.prefix(300))")
      expected = cells
    }
    #expect(rows > 100)
    #expect(!markdown.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  /// Bars that no backslash escapes.
  private func cellCount(_ line: Substring) -> Int {
    var count = 0
    var isEscaped = false
    for character in line.unicodeScalars {
      if character == "|" && !isEscaped { count += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return count
  }

  @Test(arguments: ["summary.txt", "out/scorecard.txt"])
  func terminal(file: String) throws {
    let text = try rendered().text(file)
    #expect(text.contains("<script>alert(1)</script>"))
    let forbidden = text.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
        || $0.properties.generalCategory == .format
    }
    #expect(forbidden.isEmpty)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  /// JSON keeps every label as it was.
  @Test func json() throws {
    let card = try JSONDecoder().decode(Card.self, from: rendered().read("out/scorecard.json"))
    let groups = card.slices.filter { $0.slice.count == 1 }.compactMap {
      $0.slice[Self.attribute] ?? nil
    }
    #expect(Set(groups.map { Array($0.utf8) }) == Set(Hostile.labels.map { Array($0.utf8) }))
  }

  /// Messages about hostile files are one line that cannot move the cursor.
  @Test func messages() throws {
    let workspace = try Workspace()
    try workspace.write("t.csv", "sex,label,score\nF,1,\"\u{1B}[2J\n\u{202E}\"\n")
    for arguments in [
      ["evaluate", "t.csv", "--label", "label", "--model", "m=score", "--by", "sex"],
      ["evaluate", "t.csv", "--label", "\u{1B}[2J\n", "--model", "m=label", "--by", "sex"],
      ["evaluate", "\u{1B}[2J\n.csv", "--label", "label", "--model", "m=score", "--by", "sex"],
      ["evaluate", "t.csv", "--\u{1B}[2J\n"], ["metrics", "\u{1B}[2J\n"],
      ["evaluate", "t.csv", "--config", "\u{1B}[2J\n"], ["\u{1B}[2J\n"],
      ["evaluate", "t.csv", "--by", "sex", "--model", "m=score", "--method", "\u{1B}[2J\n"],
    ] {
      let run = try workspace.run(arguments)
      #expect(run.exitCode >= 64)
      #expect(
        !run.errors.dropLast().unicodeScalars.contains {
          $0.value < 0x20 || $0.properties.generalCategory == .format
        }, "\(run.errors.debugDescription)")
    }
    let inspected = try workspace.run(["inspect", "t.csv"])
    #expect(
      !inspected.text.unicodeScalars.contains {
        ($0.value < 0x20 && $0 != "\n") || $0.properties.generalCategory == .format
      })
  }

  private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    bytes.indices.dropLast(part.count - 1).contains { bytes[$0...].starts(with: part) }
  }
}
