// SPDX-License-Identifier: Apache-2.0

/// A tree of labelled bars on a common scale. The numbers stand in a table beside it.
public struct TreeChart: Sendable, Equatable {
  public struct Node: Sendable, Equatable {
    public var label: String
    /// 0 for a root. A node belongs to the nearest node before it that is less deep.
    public var depth: Int
    /// The bar; a node without one is a remark.
    public var value: Double?
    /// What stands beside the bar.
    public var detail: String
    public var isFilled: Bool

    public init(label: String, depth: Int, value: Double?, detail: String, isFilled: Bool) {
      self.label = label
      self.depth = depth
      self.value = value
      self.detail = detail
      self.isFilled = isFilled
    }
  }

  public var title: String
  public var axis: Axis
  /// What bars are compared with, drawn as a dashed line.
  public var rule: Double?
  /// From the top down: every node before its branches.
  public var nodes: [Node]

  public init(title: String, axis: Axis, rule: Double? = nil, nodes: [Node]) {
    self.title = title
    self.axis = axis
    self.rule = rule
    self.nodes = nodes
  }
}
