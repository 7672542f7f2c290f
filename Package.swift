// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
import Foundation
import PackageDescription

/// Every room is compiled under the same rules: memory unsafety must be spelled out, existentials too.
let rules: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error, .when(configuration: .release)),
]

/// A room: folder `Sources/<name>`, target `Evenhand<name>`, so that no module collides with one of a user's package.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: "Evenhand" + name, dependencies: dependencies, path: "Sources/" + name,
    swiftSettings: rules)
}

/// The tests of a room: folder `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "Evenhand" + name + "Tests", dependencies: dependencies, path: "Tests/" + name + "Tests",
    exclude: exclude, swiftSettings: rules)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let numerics: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

/// Benchmarks are not for those who use the library: `make bench` asks for them.
let wantsBenchmarks = ProcessInfo.processInfo.environment["EVENHAND_BENCHMARKS"] != nil
let benchmarking: [Package.Dependency] =
  wantsBenchmarks
  ? [.package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])] : []
let benchmarks: [Target] =
  wantsBenchmarks
  ? [
    .executableTarget(
      name: "EngineBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"), "EvenhandEvaluation",
        "EvenhandTabular", "EvenhandSampling", "EvenhandLinearAlgebra", numerics,
      ],
      path: "Tests/Benchmarks/Engines",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ] : []

let package = Package(
  name: "Evenhand",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Evenhand", targets: ["Evenhand"]),
    .executable(name: "evenhand", targets: ["EvenhandCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + benchmarking,
  targets: [
    .systemLibrary(
      name: "CEvenhandBLAS", pkgConfig: "openblas lapacke",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
    .systemLibrary(
      name: "CEvenhandZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CEvenhandZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    room("LinearAlgebra", ["CEvenhandBLAS"]),
    room("Parallel"),
    .target(name: "CEvenhandLanes"),
    room("Sampling", ["CEvenhandLanes", numerics]),
    room("Inference", ["EvenhandSampling", numerics]),
    room("Power", ["EvenhandInference", numerics]),
    .systemLibrary(name: "CEvenhandBytes"),
    room(
      "Tabular",
      ["EvenhandParallel", "CEvenhandBytes", "CEvenhandZlib", "CEvenhandZstd"]),
    room("Metrics", ["EvenhandLinearAlgebra", numerics]),
    room(
      "Calibration",
      [
        "EvenhandMetrics", "EvenhandInference", "EvenhandSampling", "EvenhandLinearAlgebra",
        numerics,
      ]),
    room(
      "SliceSearch",
      [
        "EvenhandInference", "EvenhandSampling", "EvenhandLinearAlgebra", "EvenhandParallel",
        numerics,
      ]),
    room(
      "SmallGroups",
      ["EvenhandInference", "EvenhandSampling", "EvenhandLinearAlgebra", numerics]),
    room(
      "Thresholds",
      [
        "EvenhandMetrics", "EvenhandInference", "EvenhandSampling", "EvenhandLinearAlgebra",
        numerics,
      ]),
    room(
      "Evaluation",
      [
        "EvenhandTabular", "EvenhandMetrics", "EvenhandCalibration", "EvenhandInference",
        "EvenhandSampling", "EvenhandLinearAlgebra", "EvenhandParallel", "EvenhandSliceSearch",
        "EvenhandSmallGroups", "EvenhandThresholds", "CEvenhandLanes", numerics,
      ]),
    room(
      "Scorecards",
      [
        "EvenhandEvaluation", "EvenhandCalibration", "EvenhandInference", "EvenhandMetrics",
        "EvenhandTabular", "EvenhandLinearAlgebra", "EvenhandParallel",
      ]),
    room(
      "Gates",
      [
        "EvenhandScorecards", "EvenhandEvaluation", "EvenhandInference", "EvenhandMetrics",
        "EvenhandTabular", .product(name: "Yams", package: "Yams"),
      ]),
    // Not below Evaluation, which need not wait for the cryptography to be compiled.
    room("Signing", ["EvenhandTabular", crypto]),
    .target(
      name: "Evenhand",
      dependencies: [
        "EvenhandTabular", "EvenhandMetrics", "EvenhandEvaluation", "EvenhandScorecards",
        "EvenhandGates", "EvenhandSigning",
      ],
      swiftSettings: rules),
    .executableTarget(
      name: "EvenhandCommand",
      // Rooms that reach it through the umbrella are named too: else a change of their types' layout
      // does not always rebuild it.
      dependencies: [
        "Evenhand", "EvenhandTabular", "EvenhandMetrics", "EvenhandEvaluation",
        "EvenhandScorecards", "EvenhandGates", "EvenhandLinearAlgebra", "EvenhandParallel",
        "EvenhandPower", "EvenhandSigning",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: rules),
    // The coverage study: its designs are also what the tests of coverage run, on fewer data sets.
    .target(
      name: "EvenhandCoverageStudy",
      dependencies: [
        "EvenhandEvaluation", "EvenhandTabular", "EvenhandMetrics", "EvenhandInference",
        "EvenhandSampling", numerics,
      ],
      path: "Tests/CoverageStudy/Study", swiftSettings: rules),
    .executableTarget(
      name: "coverage-study", dependencies: ["EvenhandCoverageStudy"],
      path: "Tests/CoverageStudy/Command", swiftSettings: rules),
    .executableTarget(
      name: "slice-search-benchmark", dependencies: ["EvenhandSliceSearch", "EvenhandTabular"],
      path: "Tests/Benchmarks/slices/Program", swiftSettings: rules),
    .executableTarget(
      name: "reading-benchmark", dependencies: ["EvenhandTabular"],
      path: "Tests/Benchmarks/reading/Program", swiftSettings: rules),
    tests("Sampling", ["EvenhandSampling", "CEvenhandLanes", numerics]),
    tests(
      "Inference", ["EvenhandInference", "EvenhandSampling", numerics],
      exclude: ["Reference/make_reference.py", "Reference/make_multiplicity.py"]),
    tests("Tabular", ["EvenhandTabular"]),
    tests("LinearAlgebra", ["EvenhandLinearAlgebra"]),
    tests(
      "Metrics",
      [
        "EvenhandMetrics", "EvenhandTabular", "EvenhandSampling", "EvenhandLinearAlgebra", numerics,
      ]),
    tests(
      "Calibration",
      [
        "EvenhandCalibration", "EvenhandMetrics", "EvenhandInference", "EvenhandSampling",
        "EvenhandLinearAlgebra", numerics,
      ], exclude: ["Reference"]),
    tests(
      "Power", ["EvenhandPower", "EvenhandInference", "EvenhandSampling", numerics],
      exclude: ["Reference"]),
    tests(
      "SmallGroups",
      ["EvenhandSmallGroups", "EvenhandInference", "EvenhandSampling", numerics]),
    tests(
      "Thresholds",
      [
        "EvenhandThresholds", "EvenhandMetrics", "EvenhandInference", "EvenhandSampling",
        "EvenhandLinearAlgebra", numerics,
      ], exclude: ["Reference"]),
    tests(
      "SliceSearch",
      ["EvenhandSliceSearch", "EvenhandInference", "EvenhandSampling", numerics],
      exclude: ["Reference/make_reference.py"]),
    tests(
      "Evaluation",
      [
        "EvenhandEvaluation", "EvenhandTabular", "EvenhandMetrics", "EvenhandInference",
        "EvenhandSampling", "EvenhandLinearAlgebra", "EvenhandParallel", "EvenhandCoverageStudy",
        numerics,
      ]),
    tests("Scorecards", ["EvenhandScorecards", "EvenhandEvaluation", "EvenhandMetrics"]),
    tests(
      "Gates",
      [
        "EvenhandGates", "EvenhandScorecards", "EvenhandEvaluation", "EvenhandInference",
        "EvenhandMetrics", "EvenhandSampling", "EvenhandTabular",
      ]),
    tests("Signing", ["EvenhandSigning", "EvenhandTabular"], exclude: ["Reference"]),
    tests("EndToEnd", ["EvenhandCommand"]),
    // It imports the umbrella alone; the rooms are named for the reason given at the command.
    tests(
      "Readme",
      [
        "Evenhand", "EvenhandTabular", "EvenhandMetrics", "EvenhandEvaluation",
        "EvenhandScorecards", "EvenhandGates",
      ]),
  ] + benchmarks,
  swiftLanguageModes: [.v6]
)
