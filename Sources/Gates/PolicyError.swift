// SPDX-License-Identifier: Apache-2.0

/// A policy that cannot be carried out.
public struct PolicyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, after the file and the line where they are known.
  public var description: String

  /// An error at a line of a file.
  public init(_ problem: String, file: String? = nil, line: Int? = nil) {
    let place = [file, line.map { "\($0)" }].compactMap { $0 }.joined(separator: ":")
    description = place.isEmpty ? problem : "\(place): \(problem)"
  }
}
