// SPDX-License-Identifier: Apache-2.0

extension Provenance.Input {
  /// The name of a file that was read; its size and SHA-256 as it is stored, packed or not.
  public init(role: String, file: InputFile) {
    let stored = file.fingerprint
    self.init(role: role, name: file.name, bytes: stored.byteCount, sha256: stored.sha256)
  }
}
