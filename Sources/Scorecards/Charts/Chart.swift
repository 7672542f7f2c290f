// SPDX-License-Identifier: Apache-2.0

/// A figure as data. Its numbers stand in a table beside it, so that a renderer without figures may
/// leave it out.
public enum Chart: Sendable, Equatable {
  case strip(StripChart)
  case axis(StripAxis)
  case panel(PanelChart)
  case tree(TreeChart)
  /// The mark of a series, for legends.
  case mark(series: Int, filled: Bool)
}

/// Points with intervals on a horizontal scale: one row of a forest plot. The row says the same in words
/// and numbers, so that readers who cannot see it miss nothing.
public struct StripChart: Sendable, Equatable {
  public struct Mark: Sendable, Equatable {
    public var series: Int
    public var value: Double
    public var low: Double?
    public var high: Double?
    /// Filled where the interval excludes the reference value, hollow where it does not.
    public var filled: Bool

    public init(series: Int, value: Double, low: Double?, high: Double?, filled: Bool) {
      self.series = series
      self.value = value
      self.low = low
      self.high = high
      self.filled = filled
    }
  }

  public var axis: Axis
  public var marks: [Mark]
  /// Reference values by series, drawn as dashed lines.
  public var rules: [Double]
  /// What chance alone would show.
  public var band: ClosedRange<Double>?
  public var width: Double

  public init(
    axis: Axis, marks: [Mark], rules: [Double] = [], band: ClosedRange<Double>? = nil,
    width: Double = 300
  ) {
    self.axis = axis
    self.marks = marks
    self.rules = rules
    self.band = band
    self.width = width
  }
}

/// The scale above a column of strips.
public struct StripAxis: Sendable, Equatable {
  public var title: String
  public var axis: Axis
  public var width: Double

  public init(title: String, axis: Axis, width: Double = 300) {
    self.title = title
    self.axis = axis
    self.width = width
  }
}

/// A small x–y plot.
public struct PanelChart: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    public var low: Double?
    public var high: Double?
    /// Limits along the x axis, for a cross.
    public var left: Double?
    public var right: Double?

    public init(
      x: Double, y: Double, low: Double? = nil, high: Double? = nil, left: Double? = nil,
      right: Double? = nil
    ) {
      self.x = x
      self.y = y
      self.low = low
      self.high = high
      self.left = left
      self.right = right
    }
  }

  /// The lower and the upper line of a band at a place.
  public struct Limits: Sendable, Equatable {
    public var x: Double
    public var low: Double
    public var high: Double

    public init(x: Double, low: Double, high: Double) {
      self.x = x
      self.low = low
      self.high = high
    }
  }

  public enum Layer: Sendable, Equatable {
    /// A thin line in the colour of the text, to compare with.
    case reference([Point])
    case line(series: Int, [Point])
    case points(series: Int, [Point])
    /// The area between two lines.
    case band(series: Int, [Limits])
    /// The outline of bars of equal width from one end of the x axis to the other.
    case steps(series: Int?, [Double], from: Double, to: Double)
    /// The diagonal on which x equals y.
    case diagonal
  }

  public var title: String
  public var x: Axis
  public var y: Axis
  public var xTitle: String
  public var yTitle: String
  public var layers: [Layer]

  public init(
    title: String, x: Axis, y: Axis, xTitle: String, yTitle: String, layers: [Layer]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.layers = layers
  }
}
