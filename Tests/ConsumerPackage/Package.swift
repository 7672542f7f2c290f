// swift-tools-version: 6.3
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// A program that uses Evenhand and swift-metrics side by side: no module of one collides with one
/// of the other. Run by Tests/ConsumerPackage/run.
let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(name: "Evenhand", path: "../.."),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
  ],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        .product(name: "Evenhand", package: "Evenhand"),
        .product(name: "Metrics", package: "swift-metrics"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
