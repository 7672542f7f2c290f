// SPDX-License-Identifier: Apache-2.0

/// A comparison whose gap can be the unknown: how far apart must the groups be to be told apart?
public protocol GapDesign: PowerDesign {
  /// The group's true value.
  var group: Double { get set }
  /// The reference's true value.
  var reference: Double { get }

  /// How far the group's value can lie above the reference's, or below it.
  func reach(isAbove: Bool, sizes: SampleSizes) -> Double
}

extension GapDesign {
  /// The group's value nearest to the reference's that is told from it with the power, the reference
  /// staying as it is; `nil` where no value on that side is.
  ///
  /// - Parameter isAbove: whether the value above the reference's is sought, or the one below.
  public func detectable(isAbove: Bool, sizes: SampleSizes, power target: Double) -> Double? {
    let reach = reach(isAbove: isAbove, sizes: sizes)
    func value(_ gap: Double) -> Double { isAbove ? reference + gap : reference - gap }
    func isSeen(_ gap: Double) -> Bool {
      var design = self
      design.group = value(gap)
      return design.power(sizes) >= target
    }
    guard reach > 0 else { return nil }
    // A formula's power may fall again towards the limit, where the variance under the hypothesis
    // still grows: steps first, then halving within one.
    let steps = 256
    for step in 1...steps where isSeen(reach * Double(step) / Double(steps)) {
      let last = reach * Double(step - 1) / Double(steps)
      return Search.first(in: last...(reach * Double(step) / Double(steps)), where: isSeen)
        .map(value)
    }
    return nil
  }
}
