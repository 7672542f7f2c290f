// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular

/// The rows of a table as a search sees them: groups, error, multiplicity, part.
struct SearchRows: Sendable {
  var columns: [SearchedColumn] = []
  /// By column, by row.
  var codes: [[Int32]] = []
  /// By row: 0 or 1, a loss, or score − label; NaN where the row is left out.
  var errors: [Double] = []
  var multiplicities: [Int] = []
  /// Whether a row is kept out of the search by its value.
  var isHeldOut: [Bool] = []
  var total = 0
  var used = 0
  var leftOut: [LeftOut] = []

  init(_ table: Table, _ request: SliceRequest) throws(DataError) {
    try readMultiplicities(table, request)
    for name in request.columns {
      let read = try SearchCodes(
        name, in: table, bins: request.bins.first { $0.column == name },
        multiplicities: multiplicities)
      columns.append(read.column)
      codes.append(read.codes)
    }
    if let column = request.target.column {
      try readLoss(column, table)
    } else {
      try readErrors(table, request)
    }
    used = zip(errors, multiplicities).reduce(0) { $0 + ($1.0.isNaN ? 0 : $1.1) }
    isHeldOut = try Self.heldOut(table, request.holdout)
  }

  private mutating func readMultiplicities(_ table: Table, _ request: SliceRequest)
    throws(DataError)
  {
    multiplicities = Array(repeating: 1, count: table.rowCount)
    if let name = request.count {
      let counts = try table.number(name).values
      for (row, value) in counts.enumerated() {
        guard value >= 0, value == value.rounded(), value <= Double(Int32.max) else {
          throw DataError(
            problem: "a count is a whole number, 0 or more", file: table.source,
            line: table.line(ofRow: row), column: name,
            value: value.isNaN ? "(missing)" : "\(value)")
        }
        multiplicities[row] = Int(value)
      }
    }
    total = multiplicities.reduce(0, +)
    guard total > 0, total <= Int(Int32.max) else {
      throw DataError(
        problem: total == 0
          ? "no rows to search: every count is 0" : "the counts add up to more than 2147483647",
        file: table.source, column: request.count)
    }
  }

  private mutating func readLoss(_ name: String, _ table: Table) throws(DataError) {
    errors = try table.number(name).values
    if let row = errors.firstIndex(where: { $0 < 0 }) {
      throw DataError(
        problem: "a loss is a number, 0 or more", file: table.source,
        line: table.line(ofRow: row), column: name, value: "\(errors[row])",
        remedy: "Give each row how wrong the model is on it, such as a squared error.")
    }
    let losses = errors
    leaveOut("no loss in \(name)") { losses[$0].isNaN }
  }

  private mutating func readErrors(_ table: Table, _ request: SliceRequest) throws(DataError) {
    guard let label = request.label, let model = request.model else { return }
    let labels = try BinaryColumn.read(
      try table.category(label), positive: request.positive, role: "label", table: table)
    let outputs = try ModelOutputs(table, model, request).values
    errors = zip(labels, outputs).map { label, output in
      label == BinaryColumn.missing
        ? .nan
        : request.target == .calibrationResidual
          ? output - Double(label) : output.isNaN ? .nan : output == Double(label) ? 0 : 1
    }
    leaveOut("no label") { labels[$0] == BinaryColumn.missing }
    leaveOut("no value in \(model.column)") {
      labels[$0] != BinaryColumn.missing && outputs[$0].isNaN
    }
    let condition: UInt8? =
      request.target == .falsePositiveRate ? 0 : request.target == .falseNegativeRate ? 1 : nil
    guard let condition else { return }
    let others = errors.indices.filter { !errors[$0].isNaN && labels[$0] != condition }
    let isOther = Set(others)
    leaveOut(
      condition == 0
        ? "label is positive: no false positive can be"
        : "label is negative: no false negative can be"
    ) { isOther.contains($0) }
    for row in others { errors[row] = .nan }
  }

  private mutating func leaveOut(_ reason: String, _ isOut: (Int) -> Bool) {
    let rows = multiplicities.indices.reduce(0) { $0 + (isOut($1) ? multiplicities[$1] : 0) }
    if rows > 0 { leftOut.append(LeftOut(reason: reason, rows: rows)) }
  }

  private static func heldOut(_ table: Table, _ holdout: SliceHoldout?) throws(DataError)
    -> [Bool]
  {
    guard case .rows(let name, let value)? = holdout else {
      return Array(repeating: false, count: table.rowCount)
    }
    let column = try table.category(name)
    guard let code = column.values.firstIndex(of: value) else {
      throw DataError(
        kind: .usage, problem: "no row has the value to hold out", file: table.source,
        column: name, value: value,
        remedy: "The values are \(column.values.prefix(5).joined(separator: ", ")).")
    }
    return column.codes.map { $0 == Int32(code) }
  }
}

/// What a model says of every row: its decision as 0 or 1, or its score; NaN is missing.
private struct ModelOutputs {
  let values: [Double]

  init(_ table: Table, _ model: ModelRole, _ request: SliceRequest) throws(DataError) {
    guard case .score(let given) = model.output else {
      let decisions = try BinaryColumn.read(
        try table.category(model.column), positive: request.positive, role: "decision",
        table: table)
      values = decisions.map { $0 == BinaryColumn.missing ? .nan : Double($0) }
      return
    }
    let scores = try table.number(model.column).values
    let needsProbability =
      request.target == .calibrationResidual || request.scoreKind == .probability
    if let row = scores.firstIndex(where: { $0 < 0 || $0 > 1 }),
      needsProbability || given == nil
    {
      throw DataError(
        problem: needsProbability
          ? "not a probability" : "scores outside [0, 1] have no default threshold",
        file: table.source, line: table.line(ofRow: row), column: model.column,
        value: "\(scores[row])",
        remedy: needsProbability
          ? "Residuals need scores that are probabilities."
          : "Give the score from which on a row is selected: --threshold \(model.name)=T.")
    }
    let threshold = given ?? 0.5
    values =
      request.target == .calibrationResidual
      ? scores : scores.map { $0.isNaN ? .nan : $0 >= threshold ? 1 : 0 }
  }
}
