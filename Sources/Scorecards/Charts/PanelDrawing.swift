// SPDX-License-Identifier: Apache-2.0

/// Draws one small x–y plot.
struct PanelDrawing {
  private static let size = (width: 216.0, height: 196.0)
  private static let plot = (left: 34.0, top: 8.0, width: 172.0, height: 150.0)
  private let panel: PanelChart

  init(_ panel: PanelChart) { self.panel = panel }

  var svg: String {
    SVG.image(
      width: Self.size.width, height: Self.size.height, title: panel.title,
      axes + panel.layers.map(draw).joined())
  }

  private func x(_ value: Double) -> Double {
    Self.plot.left + Self.plot.width * panel.x.position(value)
  }

  private func y(_ value: Double) -> Double {
    Self.plot.top + Self.plot.height * (1 - panel.y.position(value))
  }

  private var axes: String {
    let (left, bottom) = (Self.plot.left, Self.plot.top + Self.plot.height)
    var grid = ""
    var labels = ""
    for (tick, label) in zip(panel.x.ticks, panel.x.labels) {
      grid += "M\(Pixel.text(x(tick))) \(Pixel.text(bottom))v-\(Pixel.text(Self.plot.height))"
      labels += text(label, x: x(tick), y: bottom + 13, anchor: "middle")
    }
    for (tick, label) in zip(panel.y.ticks, panel.y.labels) {
      grid += "M\(Pixel.text(left)) \(Pixel.text(y(tick)))h\(Pixel.text(Self.plot.width))"
      labels += text(label, x: left - 5, y: y(tick) + 3.5, anchor: "end")
    }
    let title = HTMLEscaper.escape(panel.xTitle)
    labels += text(title, x: left + Self.plot.width / 2, y: bottom + 29, anchor: "middle")
    return """
      <path d="\(grid)" stroke="currentColor" stroke-opacity=".12"/>\
      <path d="M\(Pixel.text(left)) \(Pixel.text(Self.plot.top))\
      V\(Pixel.text(bottom))h\(Pixel.text(Self.plot.width))" fill="none" stroke="currentColor" \
      stroke-opacity=".6"/><g font-size="10.5" font-family="sans-serif" fill="currentColor">\
      \(labels)</g>
      """
  }

  private func text(_ content: String, x: Double, y: Double, anchor: String) -> String {
    """
    <text x="\(Pixel.text(x))" y="\(Pixel.text(y))" text-anchor="\(anchor)">\(content)</text>
    """
  }

  private func draw(_ layer: PanelChart.Layer) -> String {
    switch layer {
    case .diagonal:
      let low = max(panel.x.lower, panel.y.lower)
      let high = min(panel.x.upper, panel.y.upper)
      let ends = [PanelChart.Point(x: low, y: low), PanelChart.Point(x: high, y: high)]
      return stroke(path(ends), "currentColor", "stroke-opacity=\".5\" stroke-dasharray=\"2 3\"")
    case .reference(let points):
      return stroke(path(points), "currentColor", "stroke-opacity=\".45\"")
    case .line(let series, let points):
      return stroke(path(points), SeriesStyle.colour(series), strokeStyle(series))
    case .points(let series, let points):
      return draw(points, series)
    case .steps(let series, let shares, let from, let to):
      let outline = steps(shares, from, to)
      guard let series else {
        return "<path d=\"\(outline)\" fill=\"currentColor\" fill-opacity=\".13\"/>"
      }
      return stroke(outline, SeriesStyle.colour(series), strokeStyle(series))
    }
  }

  private func strokeStyle(_ series: Int) -> String {
    let dashes = SeriesStyle.dashes(series).map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "stroke-width=\"1.8\"" + dashes
  }

  private func stroke(_ path: String, _ colour: String, _ attributes: String) -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" \(attributes)/>"
  }

  /// Vertices closer than a pixel to the last one drawn are left out, but for the last. Steps are
  /// relative, from one rounded place to the next, so that rounding does not add up.
  private func path(_ points: [PanelChart.Point]) -> String {
    var result = ""
    var last = (x: 0.0, y: 0.0)
    for (index, point) in points.enumerated() {
      let here = (x: Pixel.round(x(point.x)), y: Pixel.round(y(point.y)))
      let step = (x: here.x - last.x, y: here.y - last.y)
      if index == 0 {
        result = "M\(Pixel.text(here.x)) \(Pixel.text(here.y))"
      } else {
        let isLast = index == points.count - 1
        guard isLast || abs(step.x) + abs(step.y) >= 2.5 else { continue }
        let (right, down) = (Pixel.text(step.x), Pixel.text(step.y))
        result += "l\(right)\(down.hasPrefix("-") ? "" : " ")\(down)"
      }
      last = here
    }
    return result
  }

  private func draw(_ points: [PanelChart.Point], _ series: Int) -> String {
    let colour = SeriesStyle.colour(series)
    var bars = ""
    var marks = ""
    for point in points {
      // Series stand beside each other, not on top.
      let centre = x(point.x) + Double(series) * 2
      if let low = point.low, let high = point.high {
        bars += "M\(Pixel.text(centre)) \(Pixel.text(y(low)))V\(Pixel.text(y(high)))"
      }
      marks += SeriesStyle.outline(series, x: centre, y: y(point.y))
    }
    return """
      <path d="\(bars)" stroke="\(colour)" stroke-width="1.5" stroke-opacity=".7"/>\
      <path d="\(marks)" fill="\(colour)"/>
      """
  }

  private func steps(_ shares: [Double], _ from: Double, _ to: Double) -> String {
    guard !shares.isEmpty else { return "" }
    let width = (to - from) / Double(shares.count)
    var result = "M\(Pixel.text(x(from))) \(Pixel.text(y(0)))"
    for (bin, share) in shares.enumerated() {
      result += "V\(Pixel.text(y(share)))H\(Pixel.text(x(from + width * Double(bin + 1))))"
    }
    return result + "V\(Pixel.text(y(0)))"
  }
}
