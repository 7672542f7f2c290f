// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Foundation

/// What was checked, line by line, and what of it failed.
struct Verification {
  private(set) var lines: [String] = []
  private(set) var failures: [String] = []

  mutating func state(_ line: String) { lines.append(line) }

  /// - Parameters:
  ///   - problem: in full, as it stands alone.
  ///   - line: as it stands in the report, if that is shorter.
  mutating func fail(_ problem: String, line: String? = nil) {
    failures.append(problem)
    lines.append(line ?? "FAILED: \(problem)")
  }

  /// Prints the report; a failure is said on standard error too, in one line, and ends the command
  /// with 1, which is a verdict and no error.
  func finish() throws {
    let count = failures.count
    let verdict = count == 0 ? "Verified." : "Not verified: \(count) of the checks failed."
    let text = (lines + [verdict]).map { $0.escapingControls() + "\n" }.joined()
    try StandardOutput.write(Data(text.utf8))
    guard let first = failures.first else { return }
    let more = count == 1 ? "" : " (and \(count - 1) more)"
    let line = "evenhand: not verified: \(first.escapingControls())\(more)\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    exit(1)
  }
}
