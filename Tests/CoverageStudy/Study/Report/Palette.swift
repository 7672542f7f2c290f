// SPDX-License-Identifier: Apache-2.0

/// The colours of the figure; images in the documentation cannot take the page's.
package struct Palette: Sendable {
  var ink: String
  var muted: String
  var line: String
  var standard: String
  var offered: String
  var short: String

  package static let light = Palette(
    ink: "#1d1d1f", muted: "#5c5c61", line: "#d2d2d7", standard: "#0a58ca", offered: "#6e6e73",
    short: "#b3261e")
  package static let dark = Palette(
    ink: "#f5f5f7", muted: "#a1a1a6", line: "#424245", standard: "#6cb0ff", offered: "#aeaeb2",
    short: "#ff8a80")
}
