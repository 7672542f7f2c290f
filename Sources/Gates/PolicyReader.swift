// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Policy {
  /// Reads a policy; whatever it does not know is an error with its line.
  ///
  /// - Parameters:
  ///   - yaml: the file's bytes.
  ///   - name: how errors call the file.
  /// - Throws: `PolicyError`.
  public init(yaml: Data, name: String) throws(PolicyError) {
    guard let root = try YAMLText.root(of: yaml, file: name) else {
      throw PolicyError("an empty policy judges nothing: give it gates", file: name)
    }
    let top = try PolicyMap(root, keys: ["alpha", "gates"], what: "a policy", file: name)
    alpha = try top.number("alpha") ?? 0.05
    guard alpha > 0 && alpha < 0.5 else {
      throw top.failure("alpha", "lies between 0 and 0.5, such as 0.05")
    }
    gates = []
    file = nil
    for node in try top.list("gates") {
      let reader = try GateReader(node, file: name)
      let gate = try reader.gate()
      guard !gates.contains(where: { $0.name == gate.name }) else {
        throw reader.map.failure("name", "two gates are called '\(gate.name)'")
      }
      gates.append(gate)
    }
    guard !gates.isEmpty else { throw top.failure(nil, "a policy without gates judges nothing") }
  }
}
