// SPDX-License-Identifier: Apache-2.0

/// Coordinates with one decimal.
package enum Pixel {
  package static func round(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  package static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    if tenths.isMultiple(of: 10) { return String(tenths / 10) }
    let whole = tenths.magnitude / 10
    return "\(tenths < 0 ? "-" : "")\(whole == 0 ? "" : String(whole)).\(tenths.magnitude % 10)"
  }
}
