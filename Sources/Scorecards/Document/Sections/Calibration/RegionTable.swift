// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The slices and score bins in which one model's scores are furthest off, judged together.
struct RegionTable {
  let reading: Reading
  let model: String

  var blocks: [Block] {
    reading.scorecard.calibration.multicalibration.filter { $0.model == model }.flatMap {
      record -> [Block] in
      let table = table(record).cut(to: reading.rows(12))
      let sentence = Block.paragraph(RegionSentence(reading: reading).text(record))
      return table.isEmpty ? [sentence] : [sentence, .table(table)]
    }
  }

  private func table(_ record: MulticalibrationRecord) -> DocumentTable {
    let count = Format.plural(record.excluded, "region")
    let left =
      record.excluded > 0
      ? " \(count) with too few rows, or scores too near 0 or 1, left out." : ""
    let words = RegionSentence(reading: reading)
    return DocumentTable(
      caption: "Model \(reading.labels[model]): the regions that are furthest off.\(left)",
      columns: [
        .init("Slice"), .init("Scores"), .init("n", .trailing), .init("Mean score"),
        .init("Observed rate"), .init("z", .trailing), .init("Adjusted p-value"),
      ],
      groups: [
        .init(
          "",
          record.worst.map { region in
            DocumentTable.Row(
              .words(reading.labels[region.slice]),
              [
                .number(words.scores(region)), .number(Format.count(region.n)),
                .number(Format.number(region.meanScore)),
                .number(Format.number(region.observedRate)), .number(Format.number(region.z)),
                .number(Format.pValue(region.adjustedPValue)),
              ])
          })
      ])
  }
}
