// SPDX-License-Identifier: Apache-2.0
// Written by make_reference.py; do not edit. Python 3.11.7, numpy 2.4.6, scipy 1.17.1.

/// One-sided tests of a slice against the rest, by scipy.
enum HoldoutValues {
  struct Exact {
    let errors: Int
    let size: Int
    let restErrors: Int
    let restSize: Int
    let pValue: Double
  }
  struct Means {
    let slice: [Double]
    let rest: [Double]
    let low: Double
    let high: Double
    let pValue: Double
  }

  /// scipy.stats.fisher_exact, alternative greater.
  static let exact = [
    Exact(errors: 7, size: 10, restErrors: 20, restSize: 90, pValue: 0.00354799234783),
    Exact(errors: 0, size: 5, restErrors: 3, restSize: 30, pValue: 1),
    Exact(errors: 5, size: 5, restErrors: 0, restSize: 7, pValue: 0.00126262626263),
    Exact(errors: 40, size: 400, restErrors: 300, restSize: 4000, pValue: 0.0493743815752),
    Exact(errors: 2, size: 16, restErrors: 10, restSize: 1000, pValue: 0.0140060391372),
    Exact(errors: 130, size: 1000, restErrors: 9000, restSize: 99000, pValue: 3.09419714609e-05),
    Exact(errors: 1, size: 1, restErrors: 0, restSize: 1, pValue: 0.5),
    Exact(errors: 30, size: 60, restErrors: 60, restSize: 60, pValue: 1),
  ]
  /// scipy.stats.ttest_ind, equal_var False, alternative greater; 95 % interval two-sided.
  static let means = [
    Means(
      slice: [
        1.204, 3.052, 0.874, 1.897, 2.174,
      ],
      rest: [
        3.809, 2.067, 0.803, 2.303, 1.009, 0.456, 1.647, 0.079, 0.731,
      ],
      low: -0.792259138546, high: 1.60510358299, pValue: 0.235106815826),
    Means(
      slice: [
        0.055, 0.729, 0.16, 0.638, 0.558, 0.287, 0.475, 0.84, 0.176, 0.035, 0.55, 1.018,
      ],
      rest: [
        1.984, 2.533, 1.963, 0.11,
      ],
      low: -2.84238001092, high: 0.467546677589, pValue: 0.9455605342),
    Means(
      slice: [
        1.833, 1.508,
      ],
      rest: [
        1.578, 1.94, 1.784, 2.777, 0.985, 3.125, 0.159, 1.745, 0.382, 0.266, 3.213, 0.869, 1.451,
        5.001, 0.649, 3.839, 0.532, 1.149, 0.54, 1.532,
      ],
      low: -0.73786620746, high: 0.72726620746, pValue: 0.506177826138),
    Means(
      slice: [
        0.943, 0.716, 0.973, 3.283, 5.246, 0.736, 3.26, 0.486,
      ],
      rest: [
        1.936, 0.898, 1.387, 1.191, 0.769, 0.046, 2.255, 1.912,
      ],
      low: -0.852280179494, high: 2.16453017949, pValue: 0.176276477582),
  ]
}
