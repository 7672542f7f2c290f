// SPDX-License-Identifier: Apache-2.0

/// A polyline thinned for drawing, and how far it is from the curve it stands for.
///
/// The first and the last vertex are kept; then, again and again, the vertex that lies farthest
/// above or below the line so far is added, until none lies off it or the limit is reached.
/// Vertices are never moved, so that a rising curve stays one. Cost O(vertices · limit).
///
/// Source: Douglas & Peucker 1973, doi:10.3138/FM57-6770-U75U-7727, with vertical distances.
public struct DrawnCurve: Sendable, Equatable {
  public struct Vertex: Sendable, Equatable {
    public var score: Double
    public var rate: Double

    public init(score: Double, rate: Double) {
      self.score = score
      self.rate = rate
    }
  }

  /// In strictly ascending order of scores.
  public let vertices: [Vertex]
  /// The largest vertical distance between a vertex left out and the line drawn; 0 if none is left
  /// out.
  public let deviation: Double

  /// Thins vertices with strictly ascending scores.
  public init(_ curve: [Vertex], atMost limit: Int) {
    precondition(limit >= 2, "a line has two ends")
    guard curve.count > 2 else {
      (vertices, deviation) = (curve, 0)
      return
    }
    var gaps = [Gap(curve, from: 0, to: curve.count - 1)]
    while gaps.count + 1 < limit,
      let widest = gaps.indices.max(by: { gaps[$0].distance < gaps[$1].distance }),
      gaps[widest].distance > 0
    {
      let gap = gaps[widest]
      gaps[widest] = Gap(curve, from: gap.start, to: gap.farthest)
      gaps.insert(Gap(curve, from: gap.farthest, to: gap.end), at: widest + 1)
    }
    vertices = [curve[0]] + gaps.map { curve[$0.end] }
    deviation = gaps.reduce(0) { max($0, $1.distance) }
  }

  /// A straight piece and the vertex between its ends that is farthest from it.
  private struct Gap {
    var start: Int
    var end: Int
    var farthest: Int
    var distance = 0.0

    init(_ curve: [Vertex], from start: Int, to end: Int) {
      (self.start, self.end, farthest) = (start, end, start)
      let slope = (curve[end].rate - curve[start].rate) / (curve[end].score - curve[start].score)
      for index in start + 1..<max(start + 1, end) {
        let line = curve[start].rate + slope * (curve[index].score - curve[start].score)
        let off = abs(curve[index].rate - line)
        if off > distance { (farthest, distance) = (index, off) }
      }
    }
  }
}
