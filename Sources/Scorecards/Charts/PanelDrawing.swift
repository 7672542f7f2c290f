// SPDX-License-Identifier: Apache-2.0

/// Draws one small x–y plot. What small multiples have in common, axes and what they compare with, is
/// drawn once for all.
struct PanelDrawing {
  private static let size = (width: 216.0, height: 196.0)
  private static let plot = (left: 34.0, top: 8.0, width: 172.0, height: 150.0)
  private let panel: PanelChart

  init(_ panel: PanelChart) { self.panel = panel }

  func svg(_ stencils: inout Stencils) -> String {
    var content = stencils.use(axes)
    for layer in panel.layers {
      content += layer.isCommon ? stencils.use(draw(layer)) : draw(layer)
    }
    return SVG.image(
      width: Self.size.width, height: Self.size.height, title: panel.title, content)
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
      stroke-opacity=".6"/>\
      <g font-size="10.5" font-family="sans-serif" fill="currentColor">\
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
    case .band(let series, let limits):
      let colour = SeriesStyle.colour(series)
      return "<path d=\"\(area(limits))\" fill=\"\(colour)\" fill-opacity=\".18\"/>"
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

  /// The line as it looks: what is closer to it than a quarter of a pixel is left out.
  private func path(_ points: [PanelChart.Point]) -> String {
    Pixel.path(Pixel.simplified(points.map { (x: x($0.x), y: y($0.y)) }, within: 0.25))
  }

  /// Along the upper line and back along the lower one, each as it looks.
  private func area(_ limits: [PanelChart.Limits]) -> String {
    let upper = limits.map { (x: x($0.x), y: y($0.high)) }
    let lower = limits.reversed().map { (x: x($0.x), y: y($0.low)) }
    return Pixel.path(
      Pixel.simplified(upper, within: 0.5) + Pixel.simplified(lower, within: 0.5)) + "z"
  }

  private func draw(_ points: [PanelChart.Point], _ series: Int) -> String {
    let colour = SeriesStyle.colour(series)
    var bars = ""
    var marks = ""
    for point in points {
      // Series stand beside each other, not on top; a cross stands where it is.
      let centre = x(point.x) + (point.left == nil ? Double(series) * 2 : 0)
      if let left = point.left, let right = point.right {
        bars += "M\(Pixel.text(x(left))) \(Pixel.text(y(point.y)))H\(Pixel.text(x(right)))"
      }
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
    let bars = shares.enumerated().flatMap { bin, share in
      [bin, bin + 1].map { (x: x(from + width * Double($0)), y: y(share)) }
    }
    return Pixel.path([(x: x(from), y: y(0))] + bars + [(x: x(to), y: y(0))])
  }
}

extension PanelChart.Layer {
  /// Whether small multiples share it.
  fileprivate var isCommon: Bool {
    switch self {
    case .diagonal, .reference, .steps(series: nil, _, from: _, to: _): true
    default: false
    }
  }
}
