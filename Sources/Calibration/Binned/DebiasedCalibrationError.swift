// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// The binned squared calibration error without the part that chance puts there.
///
/// θ̂ = Σ_b (n_b/n) [(f̄_b − ȳ_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)], f̄ and ȳ the mean score and the rate
/// of positives of a bin. It estimates θ = Σ_b (n_b/n) (f̄_b − p̄_b)², p̄_b the mean probability of
/// a positive of the bin's rows: the scores and hence the bins are taken as given, only labels are
/// random. It may be negative, which says that scores and rates are nearer than chance would have
/// them; it is reported as it is. Where probabilities differ within a bin it is low by Σ_b (n_b/n)
/// σ²_b/(n_b − 1), σ² their variance in the bin, about 1 % of its standard deviation in ten bins.
///
/// Bins are the sample's own equal-mass ones unless others are given, such as the pooled ones that
/// all slices share; a bin of fewer than 2 rows joins its neighbour. Weighted rows: n_b is
/// (Σw)²/Σw² and n_b/n the share of weight. Undefined without labelled rows, and where all rows
/// make up fewer than 2 effective ones.
///
/// Sources: Bröcker 2012, doi:10.1007/s00382-011-1191-1; Ferro & Fricker 2012, doi:10.1002/qj.1924;
/// Kumar, Liang & Ma 2019, arXiv 1909.10155.
public struct DebiasedCalibrationError: CalibrationStatistic {
  public let binning: ScoreBinning
  public let id = "debiased_squared_calibration_error"
  public let meaning = "the squared distance of scores from observed rates beyond chance"

  public init(_ binning: ScoreBinning = .equalMass(10)) {
    self.binning = binning
  }

  public init(bins: Int) {
    precondition(bins > 0, "at least one bin is needed")
    self.init(.equalMass(bins))
  }

  public var title: String { "Squared calibration error, debiased, \(binning.title)" }
  public var definition: String {
    """
    Σ over bins (n_b/n)[(f̄ − ȳ)² − ȳ(1 − ȳ)/(n_b − 1)], \(binning.title), each of at least 2 \
    rows; its mean is 0 for correct scores, so that it may be negative. Undefined with fewer than \
    2 effective labelled rows. Source: Kumar, Liang & Ma 2019, arXiv 1909.10155.
    """
  }

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedDebiasedCalibration
  {
    let prepared = PreparedDebiasedCalibration(sample, try ScoreBins(sample, binning))
    guard prepared.isDefined else { throw Undefined("fewer than 2 effective labelled rows") }
    return prepared
  }

  /// All that estimates need, at any confidence.
  public func calibration(_ sample: CalibrationSample) throws(Undefined) -> DebiasedCalibration {
    let bins = try prepare(sample).sums(LabelVectors(positives: sample.positiveMasses), 0)
    guard let found = Self.calibration(bins) else {
      throw Undefined("fewer than 2 effective labelled rows")
    }
    return found
  }

  /// The value with its standard error and interval.
  public func estimate(
    _ sample: CalibrationSample, confidence: Double = 0.95
  ) throws(Undefined) -> DebiasedCalibrationEstimate {
    try calibration(sample).estimate(confidence: confidence)
  }
}

/// A debiased squared calibration error whose interval can be had at any confidence.
public struct DebiasedCalibration: Sendable {
  public let rowCount: Double
  public let weight: Double
  /// As it is: may be negative.
  public let value: Double
  let inference: SquaredErrorInference

  public func estimate(confidence: Double) -> DebiasedCalibrationEstimate {
    DebiasedCalibrationEstimate(value: value, inference: inference, confidence: confidence)
  }
}

/// `DebiasedCalibrationError` of a sample's scores. A value costs a pass over the positives.
public struct PreparedDebiasedCalibration: PreparedCalibrationStatistic {
  /// Before small ones are joined.
  public let bins: ScoreBins
  private let unlabelled: [BinSums]

  init(_ sample: CalibrationSample, _ bins: ScoreBins) {
    self.bins = bins
    unlabelled = bins.entries.map { BinSums(sample, unlabelled: $0) }
  }

  var isDefined: Bool {
    BinSums.joined(unlabelled, least: 2).first.map { $0.effectiveRows >= 2 } ?? false
  }

  public func values(_ labels: LabelVectors) -> [Double] {
    (0..<labels.count).map { vector in
      DebiasedCalibrationError.value(
        BinSums.joined(sums(labels, vector), least: 2), total: bins.total)
    }
  }

  /// The sums of every bin, before small ones are joined.
  func sums(_ labels: LabelVectors, _ vector: Int) -> [BinSums] {
    zip(unlabelled, bins.sums(labels, vector)).map { bin, positives in
      var bin = bin
      bin.positives = positives
      return bin
    }
  }
}
