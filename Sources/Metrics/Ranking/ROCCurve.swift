// SPDX-License-Identifier: Apache-2.0

/// True against false positive rates as the threshold falls, from (0, 0) to (1, 1).
public struct ROCCurve: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public var falsePositiveRate: Double
    public var truePositiveRate: Double

    public init(falsePositiveRate: Double, truePositiveRate: Double) {
      self.falsePositiveRate = falsePositiveRate
      self.truePositiveRate = truePositiveRate
    }
  }

  public var points: [Point]

  /// The curve of a view, thinned to at most `vertices` points that lie evenly along it.
  ///
  /// Thinning keeps true vertices; no point is interpolated.
  public init(_ view: RankedScores, vertices: Int = 200) throws(Undefined) {
    try view.requireBothClasses()
    let (positives, negatives) = (view.positiveWeight, view.negativeWeight)
    var (x, y, along) = (0.0, 0.0, 0.0)
    var kept = [Point(falsePositiveRate: 0, truePositiveRate: 0)]
    for index in view.scores.indices.reversed() {
      x += view.negatives[index]
      y += view.positives[index]
      let point = Point(
        falsePositiveRate: min(x / negatives, 1), truePositiveRate: min(y / positives, 1))
      let length = point.falsePositiveRate + point.truePositiveRate
      // The whole curve is 2 long by this measure; each kept point advances by at least its share.
      if length - along >= 2 / Double(vertices - 2) {
        kept.append(point)
        along = length
      }
    }
    let end = Point(falsePositiveRate: 1, truePositiveRate: 1)
    if kept.last != end { kept.append(end) }
    points = kept
  }
}
