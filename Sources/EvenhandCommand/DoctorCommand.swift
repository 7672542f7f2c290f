// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import EvenhandLinearAlgebra
import Foundation

/// `evenhand doctor`: the environment that numbers are computed in.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show versions and settings, and check the linear algebra.")

  func run() throws {
    LinearAlgebraRuntime.useOneThread()
    let environment = ProcessInfo.processInfo.environment
    var lines = [
      "evenhand        \(EvenhandVersion.current)",
      "linear algebra  \(LinearAlgebraRuntime.configuration.trimmingCharacters(in: .whitespaces))",
      "core            \(LinearAlgebraRuntime.core)",
      "processors      \(ProcessInfo.processInfo.activeProcessorCount)",
      "seed of time    \(environment["SOURCE_DATE_EPOCH"] ?? "SOURCE_DATE_EPOCH not set")",
    ]
    if environment["OPENBLAS_CORETYPE"] == "" {
      lines.append("warning: OPENBLAS_CORETYPE is set but empty, which changes kernels; unset it")
    }
    let matrix = Matrix(rows: 2, columns: 2, elements: [4, 1, 1, 3])
    let solution = Cholesky(matrix)?.solve([1, 2]) ?? []
    let isRight = zip(solution, [1.0 / 11, 7.0 / 11]).allSatisfy { abs($0 - $1) < 1e-12 }
    guard solution.count == 2, isRight else {
      throw Failure(.software, "the linear algebra library gives wrong results: \(solution)")
    }
    lines.append("check           a 2 × 2 system was solved rightly")
    try StandardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  }
}
