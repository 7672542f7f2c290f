// SPDX-License-Identifier: Apache-2.0
public import EvenhandTabular

/// What to search for, and in which columns.
public struct SliceRequest: Sendable, Equatable {
  public var target: SliceTarget
  public var label: String?
  /// The label's value that counts as positive; needed unless it is 1, true or yes.
  public var positive: String?
  /// None for a loss.
  public var model: ModelRole?
  /// `nil`: scores that all lie in [0, 1] are probabilities.
  public var scoreKind: ScoreKind?
  /// The columns that slices are made of.
  public var columns: [String]
  public var bins: [Bins] = []
  /// How many rows each row stands for.
  public var count: String?
  /// Predicates a slice may have.
  public var depth = 3
  /// How many slices are listed.
  public var top = 10
  /// Rows a slice needs; `nil`: the larger of 32 and 1 % of all.
  public var minimum: Int?
  /// SliceLine's α: the weight of the errors against that of the size.
  public var alpha = 0.95
  public var confidence = 0.95
  /// How often the errors are permuted.
  public var replicates = 999
  public var seed: UInt64 = 1
  public var holdout: SliceHoldout?
  /// Threads; `nil`: as many as there are cores. No number depends on it.
  public var threads: Int?

  /// The most slices a family may have.
  public static let mostSlices = 200_000
  /// Numbers with more distinct values are cut at their quartiles.
  public static let mostNumbers = 20
  /// A column of texts with more values is refused.
  public static let mostValues = 1000

  public init(_ target: SliceTarget, model: ModelRole?, label: String?, columns: [String]) {
    self.target = target
    self.model = model
    self.label = label
    self.columns = columns
  }

  /// The level of the tests: 1 − confidence.
  var level: Double { 1 - confidence }

  /// The columns that the search needs, each once.
  public var columnRequests: [ColumnRequest] {
    var requests: [ColumnRequest] = []
    func add(_ name: String?, _ kind: ColumnRequest.Kind, _ role: String) {
      guard let name, !requests.contains(where: { $0.name == name && $0.kind == kind }) else {
        return
      }
      requests.append(ColumnRequest(name: name, kind: kind, role: role))
    }
    if target.column == nil {
      add(label, .category, "label")
      switch model?.output {
      case .score: add(model?.column, .number, "score")
      case .decision: add(model?.column, .category, "decision")
      case nil: break
      }
    }
    add(target.column, .number, "loss")
    for column in columns { add(column, .category, "search") }
    if case .rows(let column, _)? = holdout { add(column, .category, "holdout") }
    add(count, .number, "count")
    return requests
  }

  /// Throws the first contradiction within the request itself.
  public func validate() throws(ConfigurationError) {
    try validateRoles()
    guard (1...8).contains(depth) else {
      throw ConfigurationError("--depth lies between 1 and 8; it is \(depth)")
    }
    guard (1...100).contains(top) else {
      throw ConfigurationError("--top lies between 1 and 100; it is \(top)")
    }
    if let minimum, minimum < 1 {
      throw ConfigurationError("--minimum is at least 1; it is \(minimum)")
    }
    guard alpha > 0 && alpha <= 1 else {
      throw ConfigurationError("--alpha lies above 0 and up to 1, such as 0.95; it is \(alpha)")
    }
    guard confidence > 0.5 && confidence < 1 else {
      throw ConfigurationError(
        "--confidence lies between 0.5 and 1, such as 0.95; it is \(confidence)")
    }
    let least = max(19, Int((1 / level - 1 - 1e-9).rounded(.up)))
    guard (least...1_000_000).contains(replicates) else {
      throw ConfigurationError(
        "--replicates lies between \(least) and 1000000 at --confidence \(confidence); it is "
          + "\(replicates)")
    }
    if case .share(let share)? = holdout, !(share > 0 && share < 1) {
      throw ConfigurationError(
        "--holdout is a share between 0 and 1, such as 0.3, or COLUMN=VALUE; it is \(share)")
    }
  }

  private func validateRoles() throws(ConfigurationError) {
    guard !columns.isEmpty else {
      throw ConfigurationError("no column to search: name at least one (--search COLUMN)")
    }
    for (place, column) in columns.enumerated() where columns[..<place].contains(column) {
      throw ConfigurationError("--search names a column twice: '\(column)'")
    }
    for bins in bins where !columns.contains(bins.column) {
      throw ConfigurationError(
        "--bins names '\(bins.column)', which is not among the searched columns (--search)")
    }
    if target.column != nil {
      guard model == nil, label == nil else {
        throw ConfigurationError(
          "--target loss takes its errors from a column: leave out the model and --label")
      }
      return
    }
    guard let model else {
      throw ConfigurationError(
        "no model: name a score column (--model) or a decision column (--decision)")
    }
    guard label != nil else {
      throw ConfigurationError(
        "--target \(target.id) compares with the true outcome: name its column with --label")
    }
    if target == .calibrationResidual, model.output == .decision {
      throw ConfigurationError(
        "--target calibration_residual needs scores: name their column with --model")
    }
  }
}
