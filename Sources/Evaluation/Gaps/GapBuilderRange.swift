// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule

extension GapBuilder {
  /// The largest contrast of a family: max − min, or min ÷ max.
  func range(_ judged: [JudgedContrast], _ critical: CriticalValue) -> Gap {
    let family = critical.family
    let kind = family.isRatio ? GapKind.minMaxRatio : .maxMinDifference
    var gap = blank(kind, slices.groupings[family.grouping])
    let values = family.slices.map { ($0, estimates.estimates[$0].value ?? .nan) }
    guard let (highest, lowest) = Self.ends(values),
      let nearest = judged.max(by: { $0.nearest < $1.nearest }),
      let farthest = judged.max(by: { $0.farthest < $1.farthest })
    else { return unmeasured(family.grouping, family.isRatio) }
    gap.slice = slices.slices[family.isRatio ? lowest.0 : highest.0]
    gap.reference = slices.slices[family.isRatio ? highest.0 : lowest.0]
    if family.isRatio && highest.1 <= 0 {
      gap.status = .undefined
      gap.reason = "every group's value is 0"
      return gap
    }
    let value = family.isRatio ? lowest.1 / highest.1 : highest.1 - lowest.1
    gap.value = value
    if family.isRatio {
      setInterval(
        &gap, (farthest, Double.exp(-farthest.farthest)), (nearest, Double.exp(-nearest.nearest)),
        value, critical)
    } else {
      setInterval(
        &gap, (nearest, nearest.nearest), (farthest, min(width, farthest.farthest)), value,
        critical)
    }
    let ends = judged.first {
      Set([$0.contrast.slice, $0.contrast.reference]) == Set([highest.0, lowest.0])
    }
    if let ends {
      gap.standardError = ends.contrast.standardError
      gap.minimumDetectable = detectable(ends.contrast.standardError, critical, kind)
    }
    gap.adjustedPValue = critical.adjustedPValue(judged.map(\.t).max() ?? 0)
    gap.noiseFloor = theory.noise.ofRange(family, estimates, plan)
    gap.missingBounds = missing.range(
      grouping: family.grouping, slices: family.slices, isRatio: family.isRatio)
    return gap
  }

  /// The slices with the highest and with the lowest value, never the same one.
  static func ends(_ values: [(Int, Double)]) -> (highest: (Int, Double), lowest: (Int, Double))? {
    guard let highest = values.max(by: { $0.1 < $1.1 }),
      let lowest = values.filter({ $0.0 != highest.0 }).min(by: { $0.1 < $1.1 })
    else { return nil }
    return (highest, lowest)
  }
}
