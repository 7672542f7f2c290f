// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// The standard normal numbers of an estimator's draws, which all its curves share.
///
/// Drawn once: a curve takes longer to draw them than to do anything else with them.
struct NormalNumbers: Sendable {
  /// Draws enter products in tiles of as many.
  static let tile = 256

  private let settings: CurveSettings
  /// By stream and tile, row after row.
  private let drawn: [[[Double]]]

  /// - Parameters:
  ///   - streams: how many independent samples a family has at most; further ones draw their own.
  ///   - rows: of numbers that a sample needs at most; those that need more draw their own.
  init(_ settings: CurveSettings, streams: Int, rows: Int) {
    self.settings = settings
    let tiles = (settings.draws + Self.tile - 1) / Self.tile
    drawn = (0..<streams).map { stream in
      (0..<tiles).map { Self.draw(settings, stream: stream, tile: $0, rows: rows) }
    }
  }

  /// Rows × draws of a tile. A sample that needs fewer rows has the first of those of another.
  func numbers(stream: Int, tile: Int, rows: Int) -> [Double] {
    let count = rows * Self.tile
    guard stream < drawn.count, drawn[stream][tile].count >= count else {
      return Self.draw(settings, stream: stream, tile: tile, rows: rows)
    }
    return Array(drawn[stream][tile][..<count])
  }

  private static func draw(_ settings: CurveSettings, stream: Int, tile: Int, rows: Int) -> [Double]
  {
    var random = RandomStream(
      seed: settings.seed, family: settings.family,
      replicate: UInt32(stream) << 16 | UInt32(tile))
    return (0..<rows * Self.tile).map { _ in random.normal() }
  }
}
