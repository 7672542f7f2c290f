// SPDX-License-Identifier: Apache-2.0

/// Draws a tree: labels on the left, joined by lines; bars; numbers on the right.
struct TreeDrawing {
  private static let row = 22.0
  private static let indent = 16.0
  /// The most room for labels, and how much a character takes.
  private static let mostRoom = 360.0
  private static let character = 6.7
  private static let barLength = 160.0
  private static let top = 24.0
  private let tree: TreeChart
  /// Room for labels, and for the numbers behind the bars.
  private let room: Double
  private let detailRoom: Double

  init(_ tree: TreeChart) {
    self.tree = tree
    let ends = tree.nodes.map { Self.left($0.depth) + Self.width($0.label) }
    room = min(Self.mostRoom, (ends.max() ?? 0).rounded(.up) + 4)
    detailRoom = (tree.nodes.map { Self.width($0.detail) }.max() ?? 0).rounded(.up) + 4
  }

  private var bars: ClosedRange<Double> { room + 14...room + 14 + Self.barLength }

  private static func width(_ text: String) -> Double {
    Double(DisplayWidth.of(text)) * character
  }

  var svg: String {
    let height = Self.top + Double(tree.nodes.count) * Self.row + 6
    let content = """
      <g font-size="12" font-family="sans-serif" fill="currentColor">\(scale(height))\(branches)\
      \(tree.nodes.indices.map(node).joined())</g>
      """
    return SVG.image(
      width: bars.upperBound + 12 + detailRoom, height: height, title: tree.title,
      attributes: " class=\"tree\"", content)
  }

  private func x(_ value: Double) -> Double {
    bars.lowerBound
      + (bars.upperBound - bars.lowerBound) * tree.axis.position(value)
  }

  /// The middle of a node's row.
  private func y(_ place: Int) -> Double { Self.top + (Double(place) + 0.5) * Self.row }

  private static func left(_ depth: Int) -> Double { 2 + Double(min(depth, 6)) * Self.indent }

  private func scale(_ height: Double) -> String {
    var text = ""
    var lines = ""
    for (tick, label) in zip(tree.axis.ticks, tree.axis.labels) {
      let place = Pixel.text(x(tick))
      text += """
        <text x="\(place)" y="13" font-size="11" text-anchor="middle">\(label)</text>
        """
      lines += "M\(place) 17v5"
    }
    var result = text + "<path d=\"\(lines)\" stroke=\"currentColor\"/>"
    if let rule = tree.rule {
      result += """
        <path d="M\(Pixel.text(x(rule))) 22v\(Pixel.text(height - 24))" stroke="currentColor" \
        stroke-opacity=".6" stroke-dasharray="2 2"/>
        """
    }
    return result
  }

  /// From below the label of each node down to its branches, and across to each.
  private var branches: String {
    var path = ""
    for (place, node) in tree.nodes.enumerated() where node.depth > 0 {
      let parent = tree.nodes[..<place].lastIndex { $0.depth < node.depth }
      guard let parent else { continue }
      let start = Self.left(tree.nodes[parent].depth) + 4
      path += Pixel.path([
        (x: start, y: y(parent) + 8), (x: start, y: y(place)),
        (x: Self.left(node.depth) - 2, y: y(place)),
      ])
    }
    return path.isEmpty
      ? "" : "<path d=\"\(path)\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".45\"/>"
  }

  private func node(_ place: Int) -> String {
    let node = tree.nodes[place]
    let (start, middle) = (Self.left(node.depth), y(place))
    let label = HTMLEscaper.escape(Self.cut(node.label, room: room - start))
    let emphasis =
      node.value == nil ? " font-style=\"italic\"" : node.isFilled ? " font-weight=\"600\"" : ""
    var text =
      "<text x=\"\(Pixel.text(start + 1))\" y=\"\(Pixel.text(middle + 4))\"\(emphasis)>\(label)</text>"
    guard let value = node.value else { return text }
    let (zero, end) = (x(max(tree.axis.lower, min(0, tree.axis.upper))), x(value))
    let fill =
      node.isFilled ? "fill=\"\(SeriesStyle.colour(0))\"" : "fill=\"none\""
    text += """
      <rect x="\(Pixel.text(min(zero, end)))" y="\(Pixel.text(middle - 5))" \
      width="\(Pixel.text(max(1, abs(end - zero))))" height="10" \(fill) \
      stroke="\(SeriesStyle.colour(0))"/>\
      <text x="\(Pixel.text(bars.upperBound + 12))" y="\(Pixel.text(middle + 4))">\
      \(HTMLEscaper.escape(node.detail))</text>
      """
    return text
  }

  /// The label as far as there is room; wide characters take that of two.
  private static func cut(_ label: String, room: Double) -> String {
    let most = Int(room / character)
    guard DisplayWidth.of(label) > most else { return label }
    var result = ""
    for character in label {
      guard DisplayWidth.of(result) + DisplayWidth.of(String(character)) < most else { break }
      result.append(character)
    }
    return result + "…"
  }
}
