// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// A model's rows in the order of its scores, and the steps of every slice.
struct RankedModel: Sendable {
  let model: Int
  private let targets: [RanksEngine.Target]
  /// Slots of rows with a score, ascending by score.
  private let order: [UInt32]
  /// By slice; empty where nothing is wanted.
  private let areas: [RankProgram]
  private let precisions: [RankProgram]
  private let quantiles: [RankProgram]
  private let percents: [Int]

  private var tileCount: Int { (order.count + RankProgram.tile - 1) / RankProgram.tile }

  init(
    _ plan: Plan, _ slots: RankSlots, model: Int, _ scores: ScoreOrder,
    _ targets: [RanksEngine.Target], _ parallel: Parallel
  ) {
    self.model = model
    self.targets = targets
    order = scores.rows.flatMap { slots.starts[Int($0)]..<slots.starts[Int($0) + 1] }
    percents = targets.compactMap {
      guard case .quantile(let percent) = $0.statistic else { return nil }
      return percent
    }
    let places = RankedPlaces(scores, slots)
    func programs(_ kind: RankProgramKind) -> [RankProgram] {
      let wanted = targets.filter { kind.includes($0.statistic) }
      let isWanted = plan.slices.slices.indices.map { slice in
        wanted.contains { $0.values[slice] != nil }
      }
      return RankPrograms(
        slices: plan.slices, places: places, kind: kind, isWanted: isWanted
      ).all(parallel)
    }
    areas = programs(.area)
    precisions = programs(.precision)
    quantiles = programs(.quantiles)
  }

  /// Puts the draws of a tile's slots beside each other.
  private func gather(
    _ tile: Int, of draws: borrowing Span<RankLanes.Draws>,
    into gathered: consuming MutableSpan<RankLanes.Draws>
  ) {
    let order = order.span
    let start = tile * RankProgram.tile
    for place in start..<min(start + RankProgram.tile, order.count) {
      gathered[place - start] = draws[Int(order[place])]
    }
  }

  /// By target of this model, slice and replicate.
  func results(
    _ plan: Plan, _ slots: RankSlots, _ draws: [RankLanes.Draws], replicates: Int
  ) -> [[[RankedReplicate]]] {
    let totals = SliceTotals(plan, slots, model: model, draws)
    func values(_ statistic: RanksEngine.Target.Statistic) -> [Double?] {
      targets.first { $0.statistic == statistic }?.values ?? []
    }
    let (areaValues, precisionValues) = (values(.area), values(.precision))
    var areaKernels = areas.indices.map { slice in
      AreaKernel(
        areas[slice].isEmpty ? [] : totals.ofLabels(slice), value: areaValues[slice] ?? 0.5)
    }
    var precisionKernels = precisions.indices.map { slice in
      PrecisionKernel(
        precisions[slice].isEmpty ? [] : totals.ofLabels(slice), value: precisionValues[slice] ?? 1)
    }
    var quantileKernels = quantiles.indices.map { slice in
      QuantileKernel(
        quantiles[slice].isEmpty ? [] : totals.ofRows(slice), percents: percents)
    }
    var tileDraws = Array(repeating: RankLanes.Draws(), count: RankProgram.tile)
    var sums: [SIMD8<UInt32>] = []
    for tile in 0..<tileCount {
      gather(tile, of: draws.span, into: tileDraws.mutableSpan)
      for slice in areas.indices where areas[slice].hasSteps(inTile: tile) {
        areas[slice].add(tileDraws.span, tile: tile, into: &sums)
        areaKernels[slice].run(areas[slice], tile: tile, sums)
      }
      for slice in precisions.indices where precisions[slice].hasSteps(inTile: tile) {
        precisions[slice].add(tileDraws.span, tile: tile, into: &sums)
        precisionKernels[slice].run(precisions[slice], tile: tile, sums.span)
      }
      for slice in quantiles.indices where quantiles[slice].hasSteps(inTile: tile) {
        quantiles[slice].add(tileDraws.span, tile: tile, into: &sums)
        quantileKernels[slice].run(quantiles[slice], tile: tile, sums.span)
      }
    }
    var quantile = 0
    return targets.map { target in
      defer { if case .quantile = target.statistic { quantile += 1 } }
      return target.values.indices.map { slice -> [RankedReplicate] in
        guard let value = target.values[slice] else { return [] }
        switch target.statistic {
        case .area:
          let drawn = totals.ofLabels(slice)
          return (0..<replicates).map { areaKernels[slice].result($0, drawn, value: value) }
        case .precision:
          let drawn = totals.ofLabels(slice)
          return (0..<replicates).map { precisionKernels[slice].result($0, drawn) }
        case .quantile:
          return (0..<replicates).map { replicate in
            let place = quantileKernels[slice].place(
              replicate, quantile: quantile, quantiles[slice]
            ) { draws[Int(order[$0])] }
            return RankedReplicate(
              value: place.map { plan.rows.scores[model][Int(slots.rows[Int(order[$0])])] } ?? .nan)
          }
        }
      }
    }
  }
}
