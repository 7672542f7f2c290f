// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a key, a sign-off or a file of them; one sentence without the file's name.
public struct SigningError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String

  public init(_ description: String) { self.description = description }
}
