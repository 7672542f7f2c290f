// SPDX-License-Identifier: Apache-2.0

/// What is in a file: its form and a profile of each column.
public struct Inspection: Sendable, Equatable {
  public let source: String
  public let format: TableFormat
  /// Of a CSV file.
  public let delimiter: UInt8?
  public let rowCount: Int
  public let columns: [ColumnProfile]
}

/// What a column holds.
public struct ColumnProfile: Sendable, Equatable {
  /// A value and the number of rows that have it.
  public struct Frequency: Sendable, Equatable {
    public let value: String
    public let count: Int
  }

  public let name: String
  /// What all values look like; `.text` if every row is missing.
  public let kind: ValueKind
  /// Different texts: "1" and "1.0" are two.
  public let distinctCount: Int
  public let missingCount: Int
  /// Least and greatest value of a column of numbers.
  public let range: ClosedRange<Double>?
  /// The most frequent values, descending; equally frequent ones by their bytes.
  public let frequent: [Frequency]
}

extension TableReader {
  /// Reads all columns and tells what each holds, with up to `frequentLimit` values.
  ///
  /// Nested JSON values count as text.
  /// - Complexity: memory for every different value of the file.
  public func inspect(
    _ file: InputFile, frequentLimit: Int = 10
  ) throws(DataError) -> Inspection {
    try withText(of: file) { (bytes, text) throws(DataError) -> Inspection in
      let names: [String]
      var delimiter: UInt8?
      let scan: TableScan
      switch text.format {
      case .csv:
        let header = try csvHeader(bytes, text.start)
        (names, delimiter) = (header.names, header.delimiter)
        scan = try scanCSV(
          bytes, text, header, keeping: Array(names.indices), into: profileSinks(names.count))
      case .jsonLines:
        names = try columnNames(of: file)
        scan = try scanJSONLines(bytes, text, keeping: names, into: profileSinks(names.count))
      }
      let profiles = parallel.map(names.count) { slot in
        scan.columns[slot].withAll { sink in
          (sink as? CategoryBuilder).map {
            ColumnProfile(name: names[slot], $0, frequentLimit: frequentLimit)
          }
        }
      }
      return Inspection(
        source: file.name, format: text.format, delimiter: delimiter, rowCount: scan.rowCount,
        columns: profiles.compactMap { $0 })
    }
  }

  private func profileSinks(_ count: Int) -> [any FieldSink] {
    let builder = CategoryBuilder(missing: MissingTokens(missing), keepsNested: true)
    return [any FieldSink](repeating: builder, count: count)
  }
}

extension ColumnProfile {
  init(name: String, _ builder: CategoryBuilder, frequentLimit: Int) {
    let dictionary = builder.dictionary
    var counts = [Int](repeating: 0, count: dictionary.count)
    var missingCount = 0
    for index in builder.indices {
      if index < 0 { missingCount += 1 } else { counts[Int(index)] += 1 }
    }
    let values = builder.valueRange
    let kind = dictionary.kind(of: values)
    self.name = name
    self.kind = kind
    self.distinctCount = values.count
    self.missingCount = missingCount
    self.range = kind == .text ? nil : Self.range(of: values, in: dictionary)
    self.frequent = Self.mostFrequent(values, counts, limit: frequentLimit) {
      dictionary.precedes($0, $1)
    }.map { Frequency(value: dictionary.string($0), count: counts[$0]) }
  }

  /// Least and greatest number; nil if a value is none, such as "true".
  private static func range(
    of values: Range<Int>, in dictionary: ByteDictionary
  ) -> ClosedRange<Double>? {
    var low = Double.infinity
    var high = -Double.infinity
    for index in values {
      guard let value = dictionary.withBytes(of: index, { ValueReadings.of($0).number }) else {
        return nil
      }
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : nil
  }

  /// By insertion into a short sorted list: most values are rarer than its last and cost one
  /// comparison.
  private static func mostFrequent(
    _ values: Range<Int>, _ counts: [Int], limit: Int, precedes: (Int, Int) -> Bool
  ) -> [Int] {
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      counts[a] != counts[b] ? counts[a] > counts[b] : precedes(a, b)
    }
    var top: [Int] = []
    for value in values {
      if top.count >= limit {
        guard let last = top.last, isBefore(value, last) else { continue }
        top.removeLast()
      }
      top.insert(value, at: top.firstIndex { isBefore(value, $0) } ?? top.count)
    }
    return top
  }
}
