// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// What the terminal can show.
enum Terminal {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether a line of standard error can be written over.
  static var canRewriteErrors: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Columns of the terminal, between 60 and 120.
  static var width: Int {
    var size = winsize()
    // Unsafe: ioctl fills the structure it is given.
    guard isTerminal, unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 100 }
    return min(max(Int(size.ws_col), 60), 120)
  }
}
