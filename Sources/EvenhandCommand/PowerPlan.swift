// SPDX-License-Identifier: Apache-2.0
import EvenhandPower
import EvenhandScorecards

/// A request about supposed values, checked.
struct PowerPlan {
  enum Subject {
    case rate
    case mean(group: Double, reference: Double)
    case area(positiveShare: Double)
  }
  enum Goal {
    case differs
    /// The ratio to be excluded.
    case ratio(Double)
    case nonInferiority(Double)
    case equivalence(Double)
  }

  private(set) var subject = Subject.rate
  private(set) var goal = Goal.differs
  private(set) var reference = 0.0
  /// The group's supposed values; none where the gap is the question.
  private(set) var groups: [Double] = []
  private(set) var margin: Double?
  let rows: PowerRows
  let assurance: PowerAssurance

  init(_ settings: Settings) throws {
    assurance = try PowerAssurance(settings)
    if settings.list("comparisons") != nil, assurance.groups == nil {
      throw settings.failure("comparisons", "say how many groups are compared, such as --groups 5")
    }
    let effect = try settings.one(
      of: ["margin", "ratio", "non_inferiority", "equivalence"], required: nil)
    let subject = try settings.one(
      of: ["rates", "rate", "standard_deviation", "area"],
      required: "nothing is supposed: give --rates, --rate, --standard-deviation or --area, or a "
        + "TABLE. See 'evenhand power --help'.")
    if settings.list("base_rate") != nil, subject != "area" {
      throw settings.failure("base_rate", "it goes with --area")
    }
    rows = try PowerRows(settings)
    switch subject {
    case "rates": try readRates(settings, effect)
    case "rate": try readRate(settings, effect)
    case "area": try readArea(settings, effect)
    default: try readMean(settings, effect)
    }
    if groups.isEmpty && rows.sizes == nil {
      throw Failure(
        .usage,
        "--\(subject?.dashed ?? "rate"): say what is to be seen, such as --margin 0.05, or how many "
          + "rows there are, such as --n 500")
    }
    if rows.sizes != nil, !groups.isEmpty, settings.list("power") != nil {
      throw settings.failure(
        "power", "with a gap and rows the power is the answer; leave out one of the three")
    }
  }

  var question: PowerRequest.Question {
    groups.isEmpty ? .detectableGap : rows.sizes == nil ? .sampleSize : .power
  }
}

// MARK: - What is supposed

extension PowerPlan {
  private mutating func readRates(_ settings: Settings, _ effect: String?) throws {
    let rates = try settings.numbers("rates", count: 2...2, "a rate between 0 and 1") {
      $0 > 0 && $0 < 1
    }
    reference = rates[0]
    groups = [rates[1]]
    switch effect {
    case "margin":
      throw settings.failure("margin", "--rates says the gap already; use --rate with --margin")
    case "ratio":
      let limit = try settings.positive("ratio", "0.8")
      guard (rates[1] - limit * rates[0]).magnitude > 1e-12 else {
        throw settings.failure(
          "ratio", "the rates have this ratio: no number of rows excludes it; change one of them")
      }
      goal = .ratio(limit)
    case let effect?: try readMargin(settings, effect)
    case nil:
      guard rates[0] != rates[1] else {
        throw settings.failure(
          "rates",
          "both are \(rates[0]): there is no gap to see; for equal rates --non-inferiority or "
            + "--equivalence can be established")
      }
    }
  }

  private mutating func readRate(_ settings: Settings, _ effect: String?) throws {
    reference = try settings.numbers("rate", count: 1...1, "a rate between 0 and 1") {
      $0 > 0 && $0 < 1
    }[0]
    switch effect {
    case "margin": try readGap(settings, within: 0...1, "rate")
    case "ratio":
      let ratio = try settings.positive("ratio", "0.8")
      guard ratio != 1, ratio * reference < 1 else {
        throw settings.failure(
          "ratio",
          ratio == 1
            ? "a ratio of 1 is no gap; give the one to be seen, such as 0.8"
            : "\(ratio) times \(reference) is no rate below 1; give a smaller ratio")
      }
      goal = .ratio(1)
      groups = [ratio * reference]
    case let effect?:
      groups = [reference]
      try readMargin(settings, effect)
    case nil: break
    }
  }

  private mutating func readArea(_ settings: Settings, _ effect: String?) throws {
    reference = try settings.numbers("area", count: 1...1, "an area between 0 and 1") {
      $0 > 0 && $0 < 1
    }[0]
    guard settings.list("base_rate") != nil else {
      throw settings.failure(
        "area", "say which share of the labels is positive, such as --base-rate 0.3")
    }
    let share = try settings.numbers("base_rate", count: 1...1, "a share between 0 and 1") {
      $0 > 0 && $0 < 1
    }[0]
    subject = .area(positiveShare: share)
    try refuseRatesOnly(settings, effect)
    if effect == "margin" { try readGap(settings, within: 0...1, "area") }
  }

  private mutating func readMean(_ settings: Settings, _ effect: String?) throws {
    let deviations = try settings.numbers(
      "standard_deviation", count: 1...2, "a number above 0"
    ) { $0 > 0 }
    subject = .mean(group: deviations.last ?? 1, reference: deviations[0])
    try refuseRatesOnly(settings, effect)
    if effect == "margin" {
      let margin = try settings.positive("margin", "2")
      self.margin = margin
      groups = [margin]
    }
  }

  private func refuseRatesOnly(_ settings: Settings, _ effect: String?) throws {
    guard let effect, effect != "margin" else { return }
    throw settings.failure(effect, "it goes with --rate or --rates; use --margin here")
  }

  /// The values a margin above and below the reference, where there are such.
  private mutating func readGap(
    _ settings: Settings, within range: ClosedRange<Double>, _ what: String
  ) throws {
    let margin = try settings.positive("margin", "0.05")
    self.margin = margin
    groups = [reference - margin, reference + margin].filter {
      $0 > range.lowerBound && $0 < range.upperBound
    }
    guard !groups.isEmpty else {
      throw settings.failure(
        "margin",
        "neither \(reference) − \(margin) nor \(reference) + \(margin) is \(what == "area" ? "an" : "a") "
          + "\(what) between 0 and 1; give a smaller one")
    }
  }

  /// Of non-inferiority or equivalence.
  private mutating func readMargin(_ settings: Settings, _ effect: String) throws {
    let margin = try settings.positive(effect, "0.05")
    guard margin < 1 else {
      throw settings.failure(effect, "\(margin) is no margin below 1, such as 0.05")
    }
    self.margin = margin
    let gap = (groups.first ?? reference) - reference
    let isKept = effect == "equivalence" ? gap.magnitude < margin : gap > -margin
    guard isKept else {
      throw settings.failure(
        effect,
        "the rates are supposed to differ by \(Format.number(gap.magnitude)), which is not within "
          + "\(margin): it cannot be established; give a larger margin or nearer rates")
    }
    goal = effect == "equivalence" ? .equivalence(margin) : .nonInferiority(margin)
  }
}
