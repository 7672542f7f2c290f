// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular
import Foundation

/// What ends the command: one message and an exit code after sysexits(3).
struct Failure: Error {
  enum Code: Int32 {
    case usage = 64
    case data = 65
    case missingInput = 66
    case software = 70
    case cannotCreate = 73
    case writeFailed = 74
  }

  var code: Code
  var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ error: any Error) {
    switch error {
    case let failure as Failure:
      self = failure
    case let error as DataError:
      let code: Code =
        switch error.kind {
        case .data: .data
        case .missingInput: .missingInput
        case .usage: .usage
        }
      self.init(code, error.description)
    case let error as PolicyError:
      self.init(.usage, error.description)
    case let error as ConfigurationError:
      self.init(.usage, error.description)
    default:
      self.init(.software, "unexpected: \(error)")
    }
  }

  /// Prints the message on standard error, one line that is safe for a terminal, and ends the process.
  static func report(_ failure: Failure) -> Never {
    let line = "evenhand: error: \(failure.message.escapingControls())\n"
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    exit(failure.code.rawValue)
  }
}

/// What gates make of a command that did its work: its exit code says so.
struct GateExit: Error {
  var code: Int32
}
