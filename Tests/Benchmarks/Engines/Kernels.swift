// SPDX-License-Identifier: Apache-2.0
import Benchmark
import EvenhandLinearAlgebra
import EvenhandSampling

/// What the engines are made of.
enum Kernels {
  @Sendable static func register() {
    Benchmark("Kernel: 1,000,000 random words") { benchmark in
      var words = Array(repeating: UInt64(0), count: 1_000_000)
      var stream = RandomStream(seed: 1, family: 1, replicate: 0)
      benchmark.startMeasurement()
      stream.fill(&words)
      blackHole(words)
    }
    for (trials, probability) in [(100, 0.02), (1_000, 0.3), (1_000_000, 0.3)] {
      Benchmark("Kernel: 100,000 binomial draws, \(trials) trials of \(probability)") { benchmark in
        var stream = RandomStream(seed: 1, family: 1, replicate: 0)
        var sum = 0
        benchmark.startMeasurement()
        for _ in 0..<100_000 {
          sum += Binomial.sample(trials: trials, probability: probability, using: &stream)
        }
        blackHole(sum)
      }
    }
    Benchmark("Kernel: 1,000 multinomial replicates of 480 cells") { benchmark in
      let counts = (0..<480).map { 1 + $0 % 97 }
      var drawn = Array(repeating: 0.0, count: counts.count)
      var stream = RandomStream(seed: 1, family: 1, replicate: 0)
      benchmark.startMeasurement()
      for _ in 0..<1_000 { Multinomial.resample(counts, into: &drawn, using: &stream) }
      blackHole(drawn)
    }
  }

  /// The rows engine's weights and products by themselves: as many of the same shapes.
  static func weightsAndProducts(rows: Int, replicates: Int, columns: Int) -> Matrix {
    let (tile, block) = (1_024, 50)
    let values = (0..<rows * columns).map { Float($0 % 17) }
    var sums = Matrix(rows: block, columns: columns)
    var weights = Array(repeating: Float(0), count: block * tile)
    var product = TileProduct(replicates: block, columns: columns)
    var unit = UnitPoisson()
    for first in stride(from: 0, to: replicates, by: block) {
      var streams = (first..<first + block).map {
        RandomStream(seed: 1, family: 2, replicate: UInt32($0))
      }
      for start in stride(from: 0, to: rows, by: tile) {
        let end = min(start + tile, rows)
        for replicate in 0..<block {
          let place = replicate * (end - start)
          unit.fill(&weights, place..<place + end - start, using: &streams[replicate])
        }
        product.add(weights, values, rows: start..<end, to: &sums)
      }
    }
    return sums
  }
}
