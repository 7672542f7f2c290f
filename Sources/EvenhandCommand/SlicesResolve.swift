// SPDX-License-Identifier: Apache-2.0
import Evenhand

extension Settings {
  /// The settings as a request to search for slices, checked before a large table is read.
  func sliceRequest() throws -> SliceRequest {
    let target = try sliceTarget()
    let models = try self.models()
    guard models.count <= 1 else {
      let names = models.map { "'\($0.name)'" }.joined(separator: ", ")
      throw Failure(.usage, "one model is searched at a time: choose one of \(names)")
    }
    var request = SliceRequest(
      target, model: models.first, label: try text("label"),
      columns: list("search") ?? list("by") ?? [])
    request.positive = try text("positive")
    request.bins = try bins()
    request.count = try text("count")
    if let value = try integer("depth") { request.depth = value }
    if let value = try integer("top") { request.top = value }
    request.minimum = try integer("minimum")
    if let value = try number("alpha") { request.alpha = value }
    if let value = try number("confidence") { request.confidence = value }
    if let value = try integer("replicates") { request.replicates = value }
    if let seed = try integer("seed") {
      guard seed >= 0 else { throw failure("seed", "\(seed) is negative") }
      request.seed = UInt64(seed)
    }
    request.threads = try threads()
    request.holdout = try sliceHoldout()
    try request.validate()
    return request
  }

  private func sliceTarget() throws -> SliceTarget {
    guard let text = try text("target") else { return .error }
    guard let target = SliceTarget(text) else {
      throw failure(
        "target",
        "'\(text)' is not one of error, false_positive_rate, false_negative_rate, "
          + "calibration_residual, loss=COLUMN")
    }
    return target
  }

  /// A share, or COLUMN=VALUE.
  private func sliceHoldout() throws -> SliceHoldout? {
    guard let text = try text("holdout") else { return nil }
    guard text.contains("=") else { return try number("holdout").map { .share($0) } }
    let pair = try pairs("holdout", form: "COLUMN=VALUE")[0]
    return .rows(column: pair.name, value: pair.value)
  }
}
