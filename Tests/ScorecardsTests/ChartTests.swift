// SPDX-License-Identifier: Apache-2.0
import EvenhandScorecards
import Testing

@Suite struct ChartTests {
  /// Steps add up to the rounded places: thirds, each rounded by itself, would end at 99.9.
  @Test func pathsEndWhereTheyShould() {
    let thirds = [0.0, 100.0 / 3, 200.0 / 3, 100.0].map { (x: $0, y: 0.0) }
    #expect(Pixel.path(thirds) == "M0 0h33.3h33.4h33.3")
    #expect(
      Pixel.path([(x: 1.5, y: 2), (x: 1.5, y: 1.75), (x: 1.04, y: 3), (x: 1.01, y: 3.01)])
        == "M1.5 2v-.2l-.5 1.2")
    #expect(Pixel.path([]) == "")
  }

  /// Douglas and Peucker by hand: the top is 5 from the base line, then the feet of the bump are 3.29
  /// and 2.89 from the lines to the top; the others are 0.9 and 0.6 from the lines between those.
  @Test func linesKeepTheirCorners() {
    let line: [Pixel.Point] = [(0, 0), (10, 0.9), (20, 0), (30, 5), (40, 0.4), (50, -0.4), (60, 0)]
    let kept = Pixel.simplified(line, within: 1)
    #expect(kept.map(\.x) == [0, 20, 30, 40, 60])
    #expect(Pixel.simplified(line, within: 0).count == line.count)
    #expect(Pixel.simplified(line, within: 9).map(\.x) == [0, 60])
    #expect(Pixel.simplified([], within: 1).isEmpty)
    #expect(Pixel.simplified([(1, 1)], within: 1).count == 1)
  }

  /// A ROC curve with 400 vertices on a quarter circle: every vertex left out is within the tolerance.
  @Test func noPointIsFartherThanTheTolerance() {
    let curve: [Pixel.Point] = (0...400).map { step in
      let x = Double(step) / 400
      return (x: 150 * x, y: 150 * (1 - (x * (2 - x)).squareRoot()))
    }
    let kept = Pixel.simplified(curve, within: 0.25)
    #expect(kept.count > 5 && kept.count < 40)
    for point in curve {
      let nearest = zip(kept, kept.dropFirst()).first { $0.x <= point.x && point.x <= $1.x }
      guard let (left, right) = nearest else { continue }
      let share = (point.x - left.x) / (right.x - left.x)
      let length = ((right.x - left.x), (right.y - left.y))
      let vertical = abs(left.y + share * length.1 - point.y)
      let distance =
        vertical * length.0 / (length.0 * length.0 + length.1 * length.1).squareRoot()
      #expect(distance <= 0.25 + 1e-9)
    }
  }

  @Test func equalDrawingsStandOnce() {
    var stencils = Stencils()
    #expect(stencils.svg.isEmpty)
    #expect(stencils.use("<path d=\"M0 0h1\"/>") == "<use href=\"#d1\"/>")
    #expect(stencils.use("<path d=\"M0 0h2\"/>") == "<use href=\"#d2\"/>")
    #expect(stencils.use("<path d=\"M0 0h1\"/>", x: 4.25) == "<use href=\"#d1\" x=\"4.3\"/>")
    #expect(stencils.svg.ranges(of: "<path").count == 2)
  }

  /// An interval that leaves the scale ends in an arrow at the edge, and the point that is beyond it is
  /// not drawn.
  @Test func whatLeavesTheScale() {
    func draw(_ value: Double, _ low: Double, _ high: Double?) -> String {
      var stencils = Stencils()
      let mark = StripChart.Mark(series: 0, value: value, low: low, high: high, filled: true)
      let chart = StripChart(axis: Axis(covering: 0...1), marks: [mark], width: 128)
      return SVG.draw(.strip(chart), &stencils)
    }
    #expect(draw(0.5, 0.25, 0.75).contains("M39 13h50\" stroke"))
    #expect(draw(0.5, 0.25, nil).contains("M39 13h75M110 10l4 3l-4 3\" fill=\"none\""))
    #expect(draw(0.5, -1, 0.75).contains("M14 13h75M18 10l-4 3l4 3\" fill=\"none\""))
    #expect(draw(0.5, -1, 2).contains("<use"))
    #expect(!draw(1.5, 1.2, 2).contains("<use"))
  }
}
