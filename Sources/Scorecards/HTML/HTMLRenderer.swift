// SPDX-License-Identifier: Apache-2.0

/// Renders a document as one self-contained page: no script, no network, no external font.
public enum HTMLRenderer {
  public static func render(_ document: Document) -> String {
    let title = HTMLEscaper.escape(document.title)
    var writer = HTMLWriter()
    for block in document.blocks { writer.write(block, depth: 2) }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Evenhand">
      <title>\(title)</title>
      <style>
      \(StyleSheet.text)
      </style>
      </head>
      <body>
      <a class="skip" href="#content">Skip to content</a>
      \(writer.stencils.svg)\
      <header>
      <p class="kind">\(HTMLEscaper.escape(document.kind))</p>
      <h1>\(title)</h1>
      </header>
      \(contents(document))<main id="content">
      \(writer.text)</main>
      </body>
      </html>

      """
  }

  private static func contents(_ document: Document) -> String {
    let sections = document.blocks.compactMap { block -> Section? in
      if case .section(let section) = block { section } else { nil }
    }
    guard sections.count > 1 else { return "" }
    let items = sections.map {
      "<li><a href=\"#\($0.id)\">\(HTMLEscaper.escape($0.title))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\"><ol>\n\(items.joined())</ol></nav>\n"
  }
}
