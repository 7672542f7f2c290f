// SPDX-License-Identifier: Apache-2.0

/// Draws charts as inline SVG with presentation attributes only: no style sheet, no script, text and
/// axes in the colour of the surrounding text, hue on marks.
package enum SVG {
  package static func draw(_ chart: Chart) -> String {
    switch chart {
    case .strip(let strip): draw(strip)
    case .axis(let axis): draw(axis)
    case .panel(let panel): PanelDrawing(panel).svg
    case .mark(let series, let filled): legendMark(series, filled: filled)
    }
  }

  /// An image of that size. The title is escaped here; the content must already be markup.
  package static func image(
    width: Double, height: Double, title: String, attributes: String = "", _ content: String
  )
    -> String
  {
    let (w, h) = (Pixel.text(width), Pixel.text(height))
    return """
      <svg width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" role="img"\(attributes)>\
      <title>\(HTMLEscaper.escape(title))</title>\(content)</svg>
      """
  }

  /// Room at both ends of a strip, so that marks and tick labels are not cut.
  static let margin = 14.0

  static func height(ofSeries count: Int) -> Double { count <= 1 ? 26 : Double(count) * 11 + 10 }

  private static func draw(_ strip: StripChart) -> String {
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
    for (series, rule) in strip.rules.enumerated() {
      let isCommon = strip.rules.count == 1
      let colour = isCommon ? "currentColor" : SeriesStyle.colour(series)
      let opacity = isCommon ? " stroke-opacity=\".5\"" : ""
      content += """
        <path d="M\(Pixel.text(x(rule))) 0v\(Pixel.text(height))" stroke="\(colour)" \
        stroke-dasharray="2 2"\(opacity)/>
        """
    }
    for mark in strip.marks {
      let y = lanes == 1 ? height / 2 : 10.5 + Double(mark.series) * 11
      content += draw(mark, on: strip.axis, x: x, y: y)
    }
    return image(
      width: strip.width, height: height, title: strip.title,
      attributes: " fill=\"none\" stroke-width=\"1.6\"", content)
  }

  /// A point and its interval; where the interval leaves the scale, its end is an arrow.
  private static func draw(
    _ mark: StripChart.Mark, on axis: Axis, x: (Double) -> Double, y: Double
  ) -> String {
    let colour = SeriesStyle.colour(mark.series)
    var path = ""
    if let low = mark.low {
      let high = mark.high ?? .infinity
      path += "M\(Pixel.text(x(low))) \(Pixel.text(y))H\(Pixel.text(x(high)))"
      if low < axis.lower {
        path += "M\(Pixel.text(x(low) + 4)) \(Pixel.text(y - 3))l-4 3l4 3"
      }
      if high > axis.upper {
        path += "M\(Pixel.text(x(high) - 4)) \(Pixel.text(y - 3))l4 3l-4 3"
      }
    }
    let isOnScale = axis.lower <= mark.value && mark.value <= axis.upper
    if isOnScale, mark.filled {
      path += SeriesStyle.outline(mark.series, x: x(mark.value), y: y)
    }
    let fill = mark.filled ? " fill=\"\(colour)\"" : ""
    let line = "<path d=\"\(path)\"\(fill) stroke=\"\(colour)\"/>"
    // A hollow mark covers its interval, so it is a second path.
    return isOnScale && !mark.filled
      ? line + point(mark.series, filled: false, x: x(mark.value), y: y) : line
  }

  private static func point(_ series: Int, filled: Bool, x: Double, y: Double) -> String {
    let colour = SeriesStyle.colour(series)
    // A hollow mark is filled with the page, which only a style sheet knows: without one it is clear.
    let fill = filled ? " fill=\"\(colour)\"" : " class=\"hollow\""
    let path = SeriesStyle.outline(series, x: x, y: y)
    return "<path d=\"\(path)\"\(fill) stroke=\"\(colour)\"/>"
  }

  private static func draw(_ scale: StripAxis) -> String {
    let span = scale.width - 2 * margin
    var content =
      "<g font-size=\"11\" font-family=\"sans-serif\" fill=\"currentColor\" text-anchor=\"middle\">"
    for (tick, label) in zip(scale.axis.ticks, scale.axis.labels) {
      let x = Pixel.text(margin + span * scale.axis.position(tick))
      content += "<text x=\"\(x)\" y=\"11\">\(label)</text>"
      content += "<path d=\"M\(x) 15v4\" stroke=\"currentColor\"/>"
    }
    content += "</g>"
    return image(width: scale.width, height: 19, title: scale.title, content)
  }

  private static func legendMark(_ series: Int, filled: Bool) -> String {
    let colour = SeriesStyle.colour(series)
    var line = "<path d=\"M1 7h22\" stroke=\"\(colour)\" stroke-width=\"2\""
    if let dashes = SeriesStyle.dashes(series) { line += " stroke-dasharray=\"\(dashes)\"" }
    return image(
      width: 24, height: 14, title: "mark", attributes: " fill=\"none\" stroke-width=\"1.6\"",
      line + "/>" + point(series, filled: filled, x: 12, y: 7))
  }
}
