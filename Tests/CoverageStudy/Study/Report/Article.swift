// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The article and the figures of the documentation, as far as they are made from findings.
package struct Article {
  private static let (opening, closing) = ("<!-- figures -->\n", "<!-- end of figures -->")

  package struct NoMarkers: Error, CustomStringConvertible {
    package var description: String
  }

  /// Writes the tables between the markers of Articles/Coverage.md, and Resources/coverage.svg for
  /// light and for dark pages.
  ///
  /// - Parameter folder: `Sources/Evenhand/Documentation.docc`.
  package static func write(_ findings: Findings, to folder: URL) throws {
    let article = folder.appending(path: "Articles/Coverage.md")
    var text = try String(contentsOf: article, encoding: .utf8)
    guard let start = text.range(of: opening)?.upperBound,
      let end = text.range(of: closing)?.lowerBound, start <= end
    else { throw NoMarkers(description: "\(article.path()) has no markers for figures") }
    text.replaceSubrange(start..<end, with: "\n" + Tables(findings).markdown + "\n\n")
    try Data(text.utf8).write(to: article)
    for (name, palette) in [("coverage.svg", Palette.light), ("coverage~dark.svg", .dark)] {
      let picture = Figure(findings, palette: palette).svg
      try Data(picture.utf8).write(to: folder.appending(path: "Resources/" + name))
    }
  }
}
