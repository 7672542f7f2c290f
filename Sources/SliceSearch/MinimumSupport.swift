// SPDX-License-Identifier: Apache-2.0

/// How many rows a slice needs before anything is said about it.
enum MinimumSupport {
  /// The number asked for, or the larger of 32 and one row in a hundred.
  ///
  /// Source of the default: Sagadeeva & Boehm 2021, doi:10.1145/3448016.3457323.
  static func rows(_ asked: Int?, of total: Int) -> Int {
    asked ?? max(32, (total + 99) / 100)
  }

  static func check(_ asked: Int?) throws(SliceSearchError) {
    if let asked, asked < 1 { throw .invalidSetting("a minimum support is at least 1 row") }
  }
}
