// SPDX-License-Identifier: Apache-2.0

/// A sample's entries with equal scores taken together, so that rows of one score get one fitted
/// rate whatever they weigh.
struct DistinctScores: Sendable {
  /// Strictly ascending.
  let scores: [Double]
  let masses: [Double]
  let rows: [Double]
  /// The first entry of every score, and the number of entries; `nil` where every entry has its
  /// own.
  private let starts: [Int]?
  /// The score of every entry; `nil` likewise.
  private let places: [Int32]?
  /// Weight of all scores before each, and of all.
  let cumulated: [Double]

  init(_ sample: CalibrationSample) {
    let all = sample.scores
    var starts = all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }
    scores = starts.map { all[$0] }
    starts.append(all.count)
    self.starts = scores.count == all.count ? nil : starts
    masses = Self.sums(sample.masses, self.starts)
    rows = Self.sums(sample.rows, self.starts)
    cumulated = Self.cumulated(masses)
    guard scores.count < all.count else {
      places = nil
      return
    }
    places = starts.indices.dropLast().flatMap { place in
      Array(repeating: Int32(place), count: starts[place + 1] - starts[place])
    }
  }

  /// The place of an entry's score.
  func place(ofEntry entry: Int32) -> Int { Int(places?[Int(entry)] ?? entry) }

  /// The first entry of the score at a place, or the number of entries.
  func firstEntry(_ place: Int) -> Int { starts?[place] ?? place }

  /// Sums over the entries of every score.
  func sums(_ values: [Double]) -> [Double] { Self.sums(values, starts) }

  /// 0 and the running sums of some values.
  static func cumulated(_ values: some Collection<Double>) -> [Double] {
    var result = [0.0]
    result.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value
      result.append(sum)
    }
    return result
  }

  /// The isotonic regression of a vector's labels on the scores.
  func fit(_ labels: LabelVectors, _ vector: Int) -> PoolAdjacentViolators {
    let places = labels.places(vector)
    var pooling = PositivePooling(atMost: places.count)
    let (entries, masses, cumulated) = (labels.entries.span, labels.masses.span, cumulated.span)
    for index in places {
      pooling.add(masses[index], at: place(ofEntry: entries[index]), cumulated)
    }
    return pooling.finish(cumulated)
  }

  private static func sums(_ values: [Double], _ starts: [Int]?) -> [Double] {
    guard let starts else { return values }
    return zip(starts, starts.dropFirst()).map { values[$0..<$1].reduce(0, +) }
  }
}
