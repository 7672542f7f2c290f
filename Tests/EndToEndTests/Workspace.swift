// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// What a run of the command gave back.
struct Run: Sendable {
  /// The exit code; a signal that ended the process is negative.
  var exitCode: Int32
  var output: Data
  var errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
}

/// A fresh directory in which the built command is run; removed with the last reference to it.
///
/// The standard streams are files beside the directory: no run can block on a full pipe, and what is
/// left in the directory was put there by the command or by the test.
final class Workspace: Sendable {
  struct TookTooLong: Error {}

  let directory: URL
  private let base: URL

  init() throws {
    base = FileManager.default.temporaryDirectory
      .appendingPathComponent("evenhand-\(UUID().uuidString)")
    directory = base.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: base)
  }

  /// The repository; its built command and its data sets are found from here.
  static let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// EVENHAND_BINARY, else the release build.
  static let command =
    ProcessInfo.processInfo.environment["EVENHAND_BINARY"]
    ?? repository.appendingPathComponent(".build/release/evenhand").path

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ bytes: Data) throws {
    try bytes.write(to: directory.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> Data {
    try Data(contentsOf: directory.appendingPathComponent(name))
  }

  func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

  /// Everything below the directory, hidden files included.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory.path).sorted()
  }

  /// Runs the command.
  func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
  ) throws -> Run {
    try run(Self.command, arguments, input, environment)
  }

  /// Runs a shell script, where `$EVENHAND` is the command.
  func shell(_ script: String, environment: [String: String] = [:]) throws -> Run {
    let own = environment.merging(["EVENHAND": Self.command]) { $1 }
    return try run("/bin/bash", ["-c", script], Data(), own)
  }

  private func run(
    _ executable: String, _ arguments: [String], _ input: Data, _ environment: [String: String]
  ) throws -> Run {
    let streams = base.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    func stream(_ name: String, _ contents: Data) throws -> URL {
      let url = streams.appendingPathComponent(name)
      try contents.write(to: url)
      return url
    }
    let output = try stream("output", Data())
    let errors = try stream("errors", Data())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": directory.path, "SOURCE_DATE_EPOCH": "1767225600",
    ].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: try stream("input", input))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try Self.finish(process, seconds: 120)
    let status = process.terminationStatus
    return Run(
      exitCode: process.terminationReason == .exit ? status : -status,
      output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private static func finish(_ process: Process, seconds: Int) throws {
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    guard ended.wait(timeout: .now() + .seconds(seconds)) == .success else {
      process.terminate()
      throw TookTooLong()
    }
  }
}
