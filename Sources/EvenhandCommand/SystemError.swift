// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// What the system says of an error of Foundation.
enum SystemError {
  /// "No space left on device".
  static func reason(_ error: any Error) -> String {
    // Unsafe: strerror returns a C string, copied here at once.
    unsafe String(cString: strerror(Int32(clamping: code(error))))
  }

  /// The system's number of an error of Foundation.
  static func code(_ error: any Error) -> Int {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying ?? error as NSError).code
  }
}
