// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension ClusterEngine {
  /// Which sums over clusters are kept, and in which columns.
  ///
  /// A cluster adds a vector to every slice that it has rows in: of each model, the cells of labels ×
  /// decisions that occur, and the score moments that the metrics need. Columns of a slice are the
  /// number of clusters, the vector's sums, the numbers of clusters with a row in a rate's
  /// denominator, and products of two of the vector's entries; all decision metrics of a model share
  /// theirs.
  struct Layout: Sendable {
    /// The vector: entries of `DecisionCounts` (0…7) and, from 8 on, of `ScoreMoments`, of a model.
    private(set) var entries: [Entry] = []
    /// By unit column: places in the vector of which one is positive if the cluster counts.
    private(set) var units: [[Int]] = []
    /// Products of these places of the vector, all with all, row by row; blocks follow one another.
    private(set) var blocks: [[Int]] = []
    /// By target.
    private(set) var forms: [Form] = []

    struct Entry: Sendable, Equatable {
      var model: Int
      var index: Int
    }

    var productCount: Int { blocks.reduce(0) { $0 + $1.count * $1.count } }
    /// Columns before the products.
    var sumCount: Int { 1 + entries.count + units.count }
    var columnCount: Int { sumCount + productCount }

    init(_ plan: Plan, _ targets: [MetricEstimates]) {
      let occurring = Self.occurring(plan)
      for target in targets {
        let model = target.model ?? 0
        if let metric = target.metric as? any DecisionMetric {
          let cells = occurring[model]
          var form = form(model, cells, slots: cells, .decision(DecisionKernel(metric)))
          form.unit = (metric as? any Rate).map { unit(model, $0, cells) }
          forms.append(form)
        } else if let metric = target.metric as? any ProbabilityMetric {
          forms.append(
            form(model, [8 + metric.numerator, 8 + metric.denominator], slots: [0, 1], .ratio))
        } else {
          preconditionFailure("\(target.metric.id) is no function of sums over clusters")
        }
      }
    }

    /// By model: the cells of labels × decisions with a row.
    private static func occurring(_ plan: Plan) -> [[Int]] {
      plan.models.indices.map { model in
        var occurs = Array(repeating: false, count: 8)
        for row in 0..<plan.rows.count {
          let (label, decision) = (plan.rows.label(row), plan.rows.decision(model, row))
          if let cell = DecisionCounts.cell(label: label, decision: decision) {
            occurs[cell] = true
          }
        }
        return occurs.indices.filter { occurs[$0] }
      }
    }

    private mutating func form(
      _ model: Int, _ indices: [Int], slots: [Int], _ kernel: Form.Kernel
    ) -> Form {
      let places = indices.map { place(Entry(model: model, index: $0)) }
      var offset = 0
      for block in blocks {
        if block == places { break }
        offset += block.count * block.count
      }
      if !blocks.contains(places) { blocks.append(places) }
      return Form(kernel: kernel, places: places, slots: slots, products: offset)
    }

    private mutating func place(_ entry: Entry) -> Int {
      if let place = entries.firstIndex(of: entry) { return place }
      entries.append(entry)
      return entries.count - 1
    }

    private mutating func unit(_ model: Int, _ rate: any Rate, _ occurring: [Int]) -> Int {
      let counted = occurring.filter { rate.denominator[$0] > 0 }
      let places = counted.map { place(Entry(model: model, index: $0)) }
      if let unit = units.firstIndex(of: places) { return unit }
      units.append(places)
      return units.count - 1
    }
  }

  /// A metric as a function of some entries of a slice's sums.
  struct Form: Sendable {
    enum Kernel: Sendable {
      case decision(DecisionKernel)
      /// The first sum over the second.
      case ratio
    }

    var kernel: Kernel
    /// The entries of the vector that it depends on.
    var places: [Int]
    /// Where the kernel expects them.
    var slots: [Int]
    /// The first of the columns of their products.
    var products: Int
    /// For a rate: the column of clusters with a row in its denominator.
    var unit: Int?

    /// The value, or NaN where it is undefined.
    func value(_ sums: SIMD8<Double>) -> Double {
      switch kernel {
      case .decision(let kernel): kernel.value(sums)
      case .ratio: sums[1] > 0 ? sums[0] / sums[1] : .nan
      }
    }

    /// The derivatives by each sum, where there is a value.
    func gradient(_ sums: SIMD8<Double>) -> SIMD8<Double> {
      switch kernel {
      case .decision(let kernel): kernel.gradient(sums)
      case .ratio:
        SIMD8(1 / sums[1], -sums[0] / (sums[1] * sums[1]), 0, 0, 0, 0, 0, 0)
      }
    }
  }
}
