// SPDX-License-Identifier: Apache-2.0
// Written by make_reference.py; do not edit. Python 3.11.7, numpy 2.4.6, scipy 1.17.1.

/// False positives among the people of the two-year COMPAS data who did not reoffend.
///
/// A false positive is a decile score of at least 5. Source of the counts: ProPublica,
/// compas-scores-two-years; see Datasets/compas-two-year.
enum CompasSlices {
  struct Found {
    /// Feature, value.
    let predicates: [[Int]]
    let size: Int
    let errors: Int
    let z: Double
    /// P(X ≥ errors), hypergeometric.
    let pValue: Double
    /// Step-down max-T, 40000 draws.
    let adjusted: Double
  }

  static let races = [
    "African-American", "Asian", "Caucasian", "Hispanic", "Native American", "Other",
  ]
  static let sexes = [
    "Female", "Male",
  ]
  static let ages = [
    "25 - 45", "Greater than 45", "Less than 25",
  ]
  /// Race, sex, age; people; false positives.
  static let cells: [[Int]] = [
    [0, 0, 0, 244, 89], [0, 0, 1, 68, 16], [0, 0, 2, 93, 59], [0, 1, 0, 840, 389],
    [0, 1, 1, 284, 96], [0, 1, 2, 266, 156], [1, 0, 0, 1, 0], [1, 1, 0, 11, 2], [1, 1, 1, 7, 0],
    [1, 1, 2, 4, 0], [2, 0, 0, 178, 52], [2, 0, 1, 130, 17], [2, 0, 2, 60, 42],
    [2, 1, 0, 568, 148], [2, 1, 1, 413, 35], [2, 1, 2, 139, 55], [3, 0, 0, 42, 3],
    [3, 0, 1, 18, 2], [3, 0, 2, 10, 2], [3, 1, 0, 190, 40], [3, 1, 1, 94, 13], [3, 1, 2, 51, 27],
    [4, 0, 1, 1, 0], [4, 1, 0, 7, 3], [5, 0, 0, 28, 1], [5, 0, 1, 12, 0], [5, 0, 2, 12, 5],
    [5, 1, 0, 111, 14], [5, 1, 1, 51, 2], [5, 1, 2, 30, 14],
  ]
  static let replicates = 40000
  static let slices: [Found] = [
    Found(
      predicates: [[0, 0]], size: 1795, errors: 805,
      z: 15.300898155, pValue: 3.848464213e-53, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 2]], size: 1488, errors: 349,
      z: -9.27994181289, pValue: 1, adjusted: 1),
    Found(
      predicates: [[0, 3]], size: 405, errors: 87,
      z: -4.93347604213, pValue: 0.9999998707, adjusted: 1),
    Found(
      predicates: [[0, 5]], size: 244, errors: 36,
      z: -6.06405654313, pValue: 1, adjusted: 1),
    Found(
      predicates: [[1, 0]], size: 897, errors: 288,
      z: -0.176272949198, pValue: 0.5848668577, adjusted: 1),
    Found(
      predicates: [[1, 1]], size: 3066, errors: 994,
      z: 0.176272949198, pValue: 0.4470389966, adjusted: 0.9999750006),
    Found(
      predicates: [[2, 0]], size: 2220, errors: 741,
      z: 1.56276801973, pValue: 0.06307272478, adjusted: 0.7481062973),
    Found(
      predicates: [[2, 1]], size: 1078, errors: 181,
      z: -12.7968662851, pValue: 1, adjusted: 1),
    Found(
      predicates: [[2, 2]], size: 665, errors: 360,
      z: 13.1629744065, pValue: 1.666856652e-37, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 0], [1, 0]], size: 405, errors: 164,
      z: 3.6972857448, pValue: 0.0001669830856, adjusted: 0.004974875628),
    Found(
      predicates: [[0, 0], [1, 1]], size: 1390, errors: 641,
      z: 13.6138291786, pValue: 1.532603485e-41, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 2], [1, 0]], size: 368, errors: 111,
      z: -0.941132212606, pValue: 0.8412933667, adjusted: 1),
    Found(
      predicates: [[0, 2], [1, 1]], size: 1120, errors: 238,
      z: -9.37351191475, pValue: 1, adjusted: 1),
    Found(
      predicates: [[0, 3], [1, 0]], size: 70, errors: 7,
      z: -4.03235053731, pValue: 0.9999978449, adjusted: 1),
    Found(
      predicates: [[0, 3], [1, 1]], size: 335, errors: 80,
      z: -3.46250958238, pValue: 0.9998449524, adjusted: 1),
    Found(
      predicates: [[0, 5], [1, 0]], size: 52, errors: 6,
      z: -3.22875266373, pValue: 0.9998872257, adjusted: 1),
    Found(
      predicates: [[0, 5], [1, 1]], size: 192, errors: 30,
      z: -5.07758705326, pValue: 0.9999999787, adjusted: 1),
    Found(
      predicates: [[0, 0], [2, 0]], size: 1084, errors: 478,
      z: 9.69837484081, pValue: 8.262861697e-22, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 0], [2, 1]], size: 352, errors: 112,
      z: -0.223090313477, pValue: 0.6092686813, adjusted: 1),
    Found(
      predicates: [[0, 0], [2, 2]], size: 359, errors: 215,
      z: 11.6949236637, pValue: 1.791047023e-29, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 2], [2, 0]], size: 746, errors: 200,
      z: -3.58929806268, pValue: 0.9998822525, adjusted: 1),
    Found(
      predicates: [[0, 2], [2, 1]], size: 543, errors: 52,
      z: -12.2093415123, pValue: 1, adjusted: 1),
    Found(
      predicates: [[0, 2], [2, 2]], size: 199, errors: 97,
      z: 5.07210789046, pValue: 6.056022951e-07, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 3], [2, 0]], size: 232, errors: 43,
      z: -4.63514379389, pValue: 0.9999995852, adjusted: 1),
    Found(
      predicates: [[0, 3], [2, 1]], size: 112, errors: 15,
      z: -4.34977097955, pValue: 0.9999991966, adjusted: 1),
    Found(
      predicates: [[0, 3], [2, 2]], size: 61, errors: 29,
      z: 2.55574824032, pValue: 0.009092030751, adjusted: 0.1534461638),
    Found(
      predicates: [[0, 5], [2, 0]], size: 139, errors: 15,
      z: -5.53022834572, pValue: 0.9999999996, adjusted: 1),
    Found(
      predicates: [[0, 5], [2, 1]], size: 63, errors: 2,
      z: -4.9892144891, pValue: 0.9999999995, adjusted: 1),
    Found(
      predicates: [[0, 5], [2, 2]], size: 42, errors: 19,
      z: 1.79485670775, pValue: 0.05424078767, adjusted: 0.6126846829),
    Found(
      predicates: [[1, 0], [2, 0]], size: 493, errors: 145,
      z: -1.48977407042, pValue: 0.9392055972, adjusted: 1),
    Found(
      predicates: [[1, 0], [2, 1]], size: 229, errors: 35,
      z: -5.68637673228, pValue: 0.9999999996, adjusted: 1),
    Found(
      predicates: [[1, 0], [2, 2]], size: 175, errors: 108,
      z: 8.49246471398, pValue: 3.288749902e-16, adjusted: 2.499937502e-05),
    Found(
      predicates: [[1, 1], [2, 0]], size: 1727, errors: 596,
      z: 2.55594054911, pValue: 0.005872437385, adjusted: 0.152721182),
    Found(
      predicates: [[1, 1], [2, 1]], size: 849, errors: 146,
      z: -10.645560573, pValue: 1, adjusted: 1),
    Found(
      predicates: [[1, 1], [2, 2]], size: 490, errors: 252,
      z: 9.64268340388, pValue: 6.114750906e-21, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 0], [1, 0], [2, 0]], size: 244, errors: 89,
      z: 1.42206296, pValue: 0.08912535386, adjusted: 0.8209044774),
    Found(
      predicates: [[0, 0], [1, 0], [2, 1]], size: 68, errors: 16,
      z: -1.56801158638, pValue: 0.9585538673, adjusted: 1),
    Found(
      predicates: [[0, 0], [1, 0], [2, 2]], size: 93, errors: 59,
      z: 6.48512525614, pValue: 4.833764855e-10, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 0], [1, 1], [2, 0]], size: 840, errors: 389,
      z: 9.74175237332, pValue: 9.355618571e-22, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 0], [1, 1], [2, 1]], size: 284, errors: 96,
      z: 0.543405527104, pValue: 0.3146626293, adjusted: 0.99920002),
    Found(
      predicates: [[0, 0], [1, 1], [2, 2]], size: 266, errors: 156,
      z: 9.49112220171, pValue: 5.688742994e-20, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 2], [1, 0], [2, 0]], size: 178, errors: 52,
      z: -0.914970296866, pValue: 0.8406425241, adjusted: 1),
    Found(
      predicates: [[0, 2], [1, 0], [2, 1]], size: 130, errors: 17,
      z: -4.77556616897, pValue: 0.9999999271, adjusted: 1),
    Found(
      predicates: [[0, 2], [1, 0], [2, 2]], size: 60, errors: 42,
      z: 6.28114900258, pValue: 1.962580587e-09, adjusted: 2.499937502e-05),
    Found(
      predicates: [[0, 2], [1, 1], [2, 0]], size: 568, errors: 148,
      z: -3.46332676838, pValue: 0.9998184466, adjusted: 1),
    Found(
      predicates: [[0, 2], [1, 1], [2, 1]], size: 413, errors: 35,
      z: -10.9568780001, pValue: 1, adjusted: 1),
    Found(
      predicates: [[0, 2], [1, 1], [2, 2]], size: 139, errors: 55,
      z: 1.85191608317, pValue: 0.04078030091, adjusted: 0.5611109722),
    Found(
      predicates: [[0, 3], [1, 0], [2, 0]], size: 42, errors: 3,
      z: -3.51014837894, pValue: 0.9999849835, adjusted: 1),
    Found(
      predicates: [[0, 3], [1, 1], [2, 0]], size: 190, errors: 40,
      z: -3.41090788746, pValue: 0.9998492152, adjusted: 1),
    Found(
      predicates: [[0, 3], [1, 1], [2, 1]], size: 94, errors: 13,
      z: -3.88401925473, pValue: 0.9999912433, adjusted: 1),
    Found(
      predicates: [[0, 3], [1, 1], [2, 2]], size: 51, errors: 27,
      z: 3.16352991728, pValue: 0.001746669813, adjusted: 0.02822429439),
    Found(
      predicates: [[0, 5], [1, 1], [2, 0]], size: 111, errors: 14,
      z: -4.50795911863, pValue: 0.9999997033, adjusted: 1),
    Found(
      predicates: [[0, 5], [1, 1], [2, 1]], size: 51, errors: 2,
      z: -4.36732682014, pValue: 0.9999999512, adjusted: 1),
  ]
}
