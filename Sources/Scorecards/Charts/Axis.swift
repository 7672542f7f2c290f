// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A linear scale whose ends and ticks are round numbers: 1, 2 or 5 times a power of ten.
public struct Axis: Sendable, Equatable {
  public var lower: Double
  public var upper: Double
  public var ticks: [Double]
  public var labels: [String]

  /// The axis that covers a range with about so many steps.
  public init(covering range: ClosedRange<Double>, steps: Int = 4) {
    var low = range.lowerBound
    var high = range.upperBound
    // What no scale can show, such as an infinite limit, gets the unit's scale.
    if !(abs(low) < 1e12 && abs(high) < 1e12) { (low, high) = (0, 1) }
    // A range without width still needs one: a twentieth of its place, or a unit around zero.
    let least = max(abs(low), abs(high)) * 1e-6
    if high - low <= least {
      let half = max(abs(low) / 20, low == 0 ? 0.5 : 1e-6)
      (low, high) = (low - half, high + half)
    }
    let raw = (high - low) / Double(max(steps, 1))
    var exponent = Int(log10(raw).rounded(.down))
    let fraction = raw / pow(10, Double(exponent))
    var factor = fraction <= 1.0001 ? 1 : fraction <= 2.0001 ? 2 : fraction <= 5.0001 ? 5 : 10
    if factor == 10 { (factor, exponent) = (1, exponent + 1) }
    let step = Axis.multiple(1, factor, exponent)
    // A limit that is a tick but for rounding is that tick.
    let first = Int((low / step + 1e-9).rounded(.down))
    let last = max(first + 1, Int((high / step - 1e-9).rounded(.up)))
    ticks = (first...last).map { Axis.multiple($0, factor, exponent) }
    lower = Axis.multiple(first, factor, exponent)
    upper = Axis.multiple(last, factor, exponent)
    let decimals = max(0, -exponent)
    labels = ticks.map {
      let text = String(format: "%.\(decimals)f", abs($0))
      return $0 < 0 ? Format.minus + text : text
    }
  }

  /// index · factor · 10^exponent without the rounding of a repeated sum.
  private static func multiple(_ index: Int, _ factor: Int, _ exponent: Int) -> Double {
    let whole = Double(index * factor)
    return exponent < 0 ? whole / pow(10, Double(-exponent)) : whole * pow(10, Double(exponent))
  }

  /// Where a value lies between the ends: 0…1, clamped.
  public func position(_ value: Double) -> Double {
    min(1, max(0, (value - lower) / (upper - lower)))
  }
}
