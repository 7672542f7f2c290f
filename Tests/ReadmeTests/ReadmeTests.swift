// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  private static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

  @Test("its Swift examples are the code that these tests run")
  func examplesAreTheCode() throws {
    let readme = try lines(of: Self.root.appending(path: "README.md"))
    let code = try lines(of: Self.folder.appending(path: "ReadmeExample.swift"))
    let blocks = parts(of: readme, from: { $0 == "```swift" }, to: { $0 == "```" })
    let functions = parts(
      of: code, from: { $0.hasPrefix("    // README: ") && !$0.hasSuffix("end") },
      to: { $0 == "    // README: end" })
    #expect(blocks.count == 2)
    #expect(blocks == functions.map { $0.map { String($0.dropFirst($0.isEmpty ? 0 : 4)) } })
  }

  @Test("the example from a file writes a page with the file's hash and groups")
  func fromFile() throws {
    try withPage { page in
      let path = Self.root.appending(path: "Datasets/adult-income/predictions.csv").path
      try ReadmeExample.fromFile(path: path, page: page)
      let html = try String(contentsOf: page, encoding: .utf8)
      // SHA-256 as stated in the data set's README, and the selection rate of women, 528 of 5,483.
      #expect(html.contains("c16abec98ad1f49532de9aa179fcb3ed21b59e7f9ffec3fe6e0d6dd78c3d470d"))
      #expect(html.contains("0.0963"))
    }
  }

  @Test("the example from arrays writes a page")
  func fromArrays() throws {
    // 30 of 40 selected in one group, 10 of 40 in the other.
    let groups = (0..<80).map { $0 < 40 ? "north" : "south" }
    let scores = (0..<80).map { $0 % 40 < ($0 < 40 ? 30 : 10) ? 0.9 : 0.1 }
    let labels = (0..<80).map { $0 % 2 == 0 }
    try withPage { page in
      try ReadmeExample.fromArrays(groups: groups, labels: labels, scores: scores, page: page)
      let html = try String(contentsOf: page, encoding: .utf8)
      #expect(html.contains("0.750") && html.contains("0.250"))
      #expect(html.hasPrefix("<!doctype html>") || html.hasPrefix("<!DOCTYPE html>"))
    }
  }

  private func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The lines between each pair of markers.
  private func parts(
    of lines: [String], from isStart: (String) -> Bool, to isEnd: (String) -> Bool
  ) -> [[String]] {
    var result: [[String]] = []
    var open: [String]?
    for line in lines {
      if let found = open {
        if isEnd(line) {
          result.append(found)
          open = nil
        } else {
          open = found + [line]
        }
      } else if isStart(line) {
        open = []
      }
    }
    return result
  }

  /// A place for a page in a folder of its own, which is removed afterwards.
  private func withPage(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "scorecard.html"))
  }
}
