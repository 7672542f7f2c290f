// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Puts calibration into words: for whom scores are off, and for whom that was not found.
struct CalibrationSentence {
  private static let mostEstablished = 6
  private static let mostNamed = 8
  private static let mostReasons = 3
  let reading: Reading

  func all(_ model: String) -> [RichText] {
    guard !reading.calibration(model).isEmpty else { return [] }
    let judgement = CalibrationJudgement(reading, model: model)
    let established = judgement.established
    var items = established.prefix(Self.mostEstablished).map(self.established)
    let more = established.count - items.count
    if more > 0 {
      let others = established.suffix(more).map { reading.labels[$0.record.slice] + size($0) }
      items.append("Miscalibration is established as well for \(named(others)).")
    }
    items += reading.scorecard.attributes.compactMap { open($0.name, judgement) }
    items += [unjudged(judgement.unjudged), overall(model)].compactMap { $0 }
    items += reading.scorecard.calibration.multicalibration.filter { $0.model == model }
      .map(RegionSentence(reading: reading).text)
    return items
  }

  /// "Miscalibration is established for Female at n = 5,483: smooth calibration error 0.0142, where
  /// chance reaches 0.0117; adjusted p = 0.007."
  private func established(_ member: CalibrationJudgement.Member) -> RichText {
    """
    Miscalibration is established for \(strong: reading.labels[member.record.slice]) \
    (\(reading.labels.attributes(member.record.slice.attributes)))\(size(member)): smooth \
    calibration error \(Format.number(member.error)), where chance reaches \
    \(Format.number(member.chance.upper95)); adjusted \(Format.pValue(member.adjustedPValue)).\
    \(direction(member.record))
    """
  }

  /// Whether the scores are too high or too low on the whole, where that is established.
  private func direction(_ record: SliceCalibration) -> RichText {
    guard let intercept = record.intercept, let value = intercept.value,
      let interval = intercept.interval
    else { return "" }
    let isLow = interval.low.map { $0 > 0 } ?? false
    let isHigh = interval.high.map { $0 < 0 } ?? false
    guard isLow || isHigh else { return "" }
    let text = "\(Format.number(value)) \(CalibrationCell.limits(interval))"
    return " \(quiet: "Scores are too \(isLow ? "low" : "high") on the whole: intercept \(text).")"
  }

  /// "No miscalibration detected by sex in Female at n = 5,483 and Male at n = 11,078. …"
  private func open(_ attribute: String, _ judgement: CalibrationJudgement) -> RichText? {
    let others = judgement.others.filter { $0.record.slice.attributes == [attribute] }
    guard let smallest = others.min(by: { ($0.record.n ?? .max) < ($1.record.n ?? .max) }) else {
      return nil
    }
    let names = others.map { reading.labels[$0.record.slice] + size($0) }
    let name = reading.labels[smallest.record.slice]
    return """
      No miscalibration detected by \(reading.labels[attribute]) in \(named(names)). \
      \(quiet: """
        In \(name) chance alone reaches a smooth calibration error of \
        \(Format.number(smallest.chance.upper95)): hardly less would be seen there.
        """)
      """
  }

  /// "Not judged: Few and Fewer (too few: …); Hidden (withheld)."
  private func unjudged(_ records: [SliceCalibration]) -> RichText? {
    guard !records.isEmpty else { return nil }
    var reasons: [(text: String, names: [String])] = []
    for record in records {
      let text = CalibrationCell.reason(record)
      let place = reasons.firstIndex { $0.text == text } ?? reasons.count
      if place == reasons.count { reasons.append((text, [])) }
      reasons[place].names.append(reading.labels[record.slice])
    }
    let parts = reasons.prefix(Self.mostReasons).map { "\(named($0.names)) (\($0.text))" }
    let more = reasons.dropFirst(parts.count).reduce(0) { $0 + $1.names.count }
    let rest = more > 0 ? ["\(Format.count(more)) more"] : []
    return "Not judged: \((parts + rest).joined(separator: "; "))."
  }

  private func overall(_ model: String) -> RichText? {
    guard let record = reading.calibration(model).first(where: { $0.slice == .overall }),
      let smooth = record.errors.first(where: { $0.id == CalibrationJudgement.deciding.id }),
      let value = smooth.value, let chance = smooth.nullReference
    else { return nil }
    return """
      Everybody together: smooth calibration error \(Format.number(value)), where chance reaches \
      \(Format.number(chance.upper95)); \(Format.pValue(chance.pValue)).
      """
  }

  private func size(_ member: CalibrationJudgement.Member) -> String {
    member.record.n.map { " at n = " + Format.count($0) } ?? ""
  }

  private func named(_ names: [String]) -> String {
    let more = names.count - Self.mostNamed
    guard more > 0 else { return Format.list(names) }
    return names.prefix(Self.mostNamed).joined(separator: ", ") + " and \(Format.count(more)) more"
  }
}

/// Puts the regions of a model into words.
struct RegionSentence {
  let reading: Reading

  /// "Of 242 slice × score-bin regions, the largest |z| is 4.20 (critical 3.61): …"
  func text(_ record: MulticalibrationRecord) -> RichText {
    guard record.status == .ok, let worst = record.worst.first, let critical = record.critical
    else {
      return "Slice × score-bin regions: \(CalibrationCell.words(record.status, record.reason))."
    }
    let isEstablished = CalibrationJudgement.isEstablished(
      worst.adjustedPValue, confidence: record.level)
    return """
      Of \(Format.plural(record.size, "slice × score-bin region")), the largest |z| is \
      \(Format.number(abs(worst.z))) (critical \(Format.number(critical))), in \
      \(strong: reading.labels[worst.slice]) at scores in \(scores(worst)), n = \
      \(Format.count(worst.n)): mean score \(Format.number(worst.meanScore)), observed rate \
      \(Format.number(worst.observedRate)). \
      \(isEstablished ? others(record) : "No region is established to be off.")
      """
  }

  func scores(_ region: MulticalibrationRegion) -> String {
    // The first bin holds its lower end too: scores begin at 0.
    "\(region.low == 0 ? "[" : "(")\(Format.number(region.low)), \(Format.number(region.high))]"
  }

  private func others(_ record: MulticalibrationRecord) -> String {
    let count = record.worst.filter {
      CalibrationJudgement.isEstablished($0.adjustedPValue, confidence: record.level)
    }.count
    let isAll = count == record.worst.count && count < record.size
    let number = (isAll ? "at least " : "") + Format.plural(count, "region")
    return "Established to be off: \(number)."
  }
}
