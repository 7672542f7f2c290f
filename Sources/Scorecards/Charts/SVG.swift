// SPDX-License-Identifier: Apache-2.0

/// Draws charts as inline SVG with presentation attributes only: no style sheet, no script, text and
/// axes in the colour of the surrounding text, hue on marks. What many charts show is a stencil.
package enum SVG {
  package static func draw(_ chart: Chart, _ stencils: inout Stencils) -> String {
    switch chart {
    case .strip(let strip): draw(strip, &stencils)
    case .axis(let axis): draw(axis)
    case .panel(let panel): PanelDrawing(panel).svg(&stencils)
    case .tree(let tree): TreeDrawing(tree).svg
    case .mark(let series, let filled): legendMark(series, filled: filled, &stencils)
    }
  }

  /// An image of that size in pixels. The title is escaped here, without one the image is for the eye
  /// only; the content must already be markup.
  package static func image(
    width: Double, height: Double, title: String? = nil, attributes: String = "",
    _ content: String
  ) -> String {
    let role = title == nil ? "aria-hidden=\"true\"" : "role=\"img\""
    let name = title.map { "<title>\(HTMLEscaper.escape($0))</title>" } ?? ""
    return """
      <svg width="\(Pixel.text(width))" height="\(Pixel.text(height))" \(role)\(attributes)>\
      \(name)\(content)</svg>
      """
  }

  /// Room at both ends of a strip, so that marks and tick labels are not cut.
  static let margin = 14.0

  static func height(ofSeries count: Int) -> Double { count <= 1 ? 26 : Double(count) * 11 + 10 }

  private static func draw(_ strip: StripChart, _ stencils: inout Stencils) -> String {
    let span = strip.width - 2 * margin
    func x(_ value: Double) -> Double { margin + span * strip.axis.position(value) }
    let lanes = max(1, (strip.marks.map(\.series).max() ?? 0) + 1, strip.rules.count)
    let height = height(ofSeries: lanes)
    var content = ""
    if let band = strip.band {
      let (left, right) = (x(band.lowerBound), x(band.upperBound))
      content += """
        <rect x="\(Pixel.text(left))" y="5" width="\(Pixel.text(max(1, right - left)))" \
        height="\(Pixel.text(height - 10))" fill="currentColor" fill-opacity=".16"/>
        """
    }
    if !strip.rules.isEmpty {
      content += stencils.use(rules(strip.rules.map(x), height: height))
    }
    for mark in strip.marks {
      let y = lanes == 1 ? height / 2 : 10.5 + Double(mark.series) * 11
      content += interval(mark, on: strip.axis, x: x, y: y)
      if strip.axis.lower <= mark.value && mark.value <= strip.axis.upper {
        content += stencils.use(point(mark.series, filled: mark.filled, y: y), x: x(mark.value))
      }
    }
    return image(
      width: strip.width, height: height, attributes: " stroke-width=\"1.6\"", content)
  }

  private static func rules(_ places: [Double], height: Double) -> String {
    places.enumerated().map { series, x in
      let isCommon = places.count == 1
      let colour = isCommon ? "currentColor" : SeriesStyle.colour(series)
      let opacity = isCommon ? " stroke-opacity=\".5\"" : ""
      return """
        <path d="M\(Pixel.text(x)) 0v\(Pixel.text(height))" stroke="\(colour)" \
        stroke-dasharray="2 2"\(opacity)/>
        """
    }.joined()
  }

  /// Where an interval leaves the scale, its end is an arrow.
  private static func interval(
    _ mark: StripChart.Mark, on axis: Axis, x: (Double) -> Double, y: Double
  ) -> String {
    guard let low = mark.low else { return "" }
    let high = mark.high ?? .infinity
    let (left, right) = (x(low), x(high))
    var path = Pixel.path([(x: left, y: y), (x: right, y: y)])
    if low < axis.lower { path += arrow(at: left, pointing: -4, y: y) }
    if high > axis.upper { path += arrow(at: right, pointing: 4, y: y) }
    let fill = low < axis.lower || high > axis.upper ? " fill=\"none\"" : ""
    return "<path d=\"\(path)\"\(fill) stroke=\"\(SeriesStyle.colour(mark.series))\"/>"
  }

  private static func arrow(at x: Double, pointing length: Double, y: Double) -> String {
    Pixel.path([(x: x - length, y: y - 3), (x: x, y: y), (x: x - length, y: y + 3)])
  }

  private static func point(_ series: Int, filled: Bool, x: Double = 0, y: Double) -> String {
    let colour = SeriesStyle.colour(series)
    // A hollow mark is filled with the page, which only a style sheet knows: without one it is clear.
    let fill = filled ? "fill=\"\(colour)\"" : "class=\"hollow\" fill=\"none\""
    let path = SeriesStyle.outline(series, x: x, y: y)
    return "<path d=\"\(path)\" \(fill) stroke=\"\(colour)\"/>"
  }

  private static func draw(_ scale: StripAxis) -> String {
    let span = scale.width - 2 * margin
    var labels = ""
    var ticks = ""
    for (tick, label) in zip(scale.axis.ticks, scale.axis.labels) {
      let x = Pixel.text(margin + span * scale.axis.position(tick))
      labels += "<text x=\"\(x)\" y=\"11\">\(label)</text>"
      ticks += "M\(x) 15v4"
    }
    let content = """
      <g font-size="11" font-family="sans-serif" fill="currentColor" text-anchor="middle">\
      \(labels)<path d="\(ticks)" stroke="currentColor"/></g>
      """
    return image(width: scale.width, height: 19, title: scale.title, content)
  }

  private static func legendMark(
    _ series: Int, filled: Bool, _ stencils: inout Stencils
  ) -> String {
    let colour = SeriesStyle.colour(series)
    var line = "<path d=\"M1 7h22\" stroke=\"\(colour)\" stroke-width=\"2\""
    if let dashes = SeriesStyle.dashes(series) { line += " stroke-dasharray=\"\(dashes)\"" }
    let mark = "<g stroke-width=\"1.6\">\(point(series, filled: filled, x: 12, y: 7))</g>"
    return image(width: 24, height: 14, stencils.use(line + "/>" + mark))
  }
}
