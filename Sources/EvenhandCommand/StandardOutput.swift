// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Standard output, where writing may fail.
enum StandardOutput {
  static func write(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      // A reader that has seen enough, such as head, closes the pipe: nothing is wrong.
      guard SystemError.code(error) != Int(EPIPE) else { return }
      throw Failure(.writeFailed, "standard output: writing failed: \(SystemError.reason(error))")
    }
  }
}
