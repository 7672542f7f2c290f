// SPDX-License-Identifier: Apache-2.0
import Evenhand

/// A policy and what the scorecard keeps of its file.
enum PolicyFile {
  static func read(path: String) throws -> Policy {
    let file = try InputFile.open(path: path)
    var policy = try Policy(yaml: file.data, name: file.name)
    policy.file = Provenance.Input(role: "policy", file: file)
    return policy
  }
}
