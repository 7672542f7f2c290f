// SPDX-License-Identifier: Apache-2.0
// Written by make_reference.py; do not edit. Python 3.11.7, numpy 2.4.6, scipy 1.17.1.

/// Tables of Apache SystemDS' tests and all their slices with a positive SliceLine score.
enum SliceLineTables {
  struct Table {
    let codes: [[Int32]]
    let errors: [Double]
    let minimumSupport: Int
    let slices: [Found]
  }
  struct Found {
    let score: Double
    let size: Int
    let errorSum: Double
    /// Feature, value.
    let predicates: [[Int]]
  }

  /// α = 0.95. Rows of `codes` are columns of the table.
  static let systemDSCustom1 = Table(
    codes: [
      [
        1, 1, 1, 0, 2, 3, 1, 0, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 1,
      ],
      [
        0, 1, 0, 1, 1, 2, 1, 0, 2, 2, 3, 1, 0, 2, 3, 1, 0, 2, 3, 2,
      ],
      [
        0, 1, 2, 1, 2, 1, 1, 1, 1, 0, 2, 3, 1, 3, 0, 3, 2, 1, 0, 2,
      ],
      [
        1, 2, 2, 0, 3, 2, 3, 1, 0, 3, 0, 2, 3, 1, 2, 0, 1, 3, 2, 1,
      ],
      [
        2, 3, 1, 2, 2, 3, 2, 2, 2, 0, 1, 0, 2, 3, 1, 2, 3, 0, 1, 0,
      ],
      [
        1, 0, 1, 1, 2, 3, 2, 2, 1, 2, 3, 3, 0, 2, 3, 3, 0, 2, 3, 3,
      ],
      [
        2, 1, 2, 2, 3, 2, 1, 1, 3, 2, 0, 1, 3, 0, 2, 1, 3, 3, 2, 1,
      ],
      [
        2, 0, 0, 1, 0, 3, 1, 0, 1, 1, 2, 2, 1, 3, 0, 2, 1, 1, 0, 2,
      ],
      [
        0, 2, 0, 1, 0, 0, 0, 0, 3, 2, 1, 3, 0, 1, 3, 0, 2, 3, 1, 1,
      ],
      [
        1, 1, 3, 2, 2, 0, 1, 1, 2, 1, 3, 0, 2, 2, 1, 3, 0, 2, 3, 2,
      ],
    ],
    errors: [
      0.159, 0.588, 0.414, 0.305, 0.193, 0.195, 0.878, 0.149, 0.835, 0.344, 0.123, 0.456, 0.789,
      0.987, 0.654, 0.321, 0.246, 0.135, 0.579, 0.802,
    ],
    minimumSupport: 4,
    slices: [
      Found(
        score: 0.306867351399, size: 4, errorSum: 2.807,
        predicates: [[4, 2], [7, 1]]),
      Found(
        score: 0.306867351399, size: 4, errorSum: 2.807,
        predicates: [[2, 1], [4, 2], [7, 1]]),
      Found(
        score: 0.281954763986, size: 4, errorSum: 2.759,
        predicates: [[1, 2], [9, 2]]),
      Found(
        score: 0.157099150849, size: 7, errorSum: 4.046,
        predicates: [[9, 2]]),
      Found(
        score: 0.12736013986, size: 5, errorSum: 2.956,
        predicates: [[2, 1], [4, 2]]),
      Found(
        score: 0.121547202797, size: 5, errorSum: 2.942,
        predicates: [[2, 1], [7, 1]]),
      Found(
        score: 0.0744682400932, size: 6, errorSum: 3.298,
        predicates: [[1, 2]]),
      Found(
        score: 0.0641471809441, size: 8, errorSum: 4.197,
        predicates: [[0, 1]]),
      Found(
        score: 0.0609265734266, size: 5, errorSum: 2.796,
        predicates: [[8, 1]]),
      Found(
        score: 0.0384833916084, size: 6, errorSum: 3.194,
        predicates: [[6, 1]]),
      Found(
        score: 0.0328288898601, size: 4, errorSum: 2.279,
        predicates: [[0, 1], [9, 1]]),
      Found(
        score: 0.0141444493007, size: 4, errorSum: 2.243,
        predicates: [[1, 1], [6, 1]]),
      Found(
        score: 0.0099923513986, size: 4, errorSum: 2.235,
        predicates: [[0, 1], [3, 2]]),
      Found(
        score: 0.0099923513986, size: 4, errorSum: 2.235,
        predicates: [[0, 1], [7, 0]]),
      Found(
        score: 0.0099923513986, size: 4, errorSum: 2.235,
        predicates: [[3, 2], [7, 0]]),
      Found(
        score: 0.0099923513986, size: 4, errorSum: 2.235,
        predicates: [[0, 1], [3, 2], [7, 0]]),
      Found(
        score: 0.00465784215784, size: 7, errorSum: 3.532,
        predicates: [[7, 1]]),
    ])

  /// α = 0.95. Rows of `codes` are columns of the table.
  static let systemDSCustom2 = Table(
    codes: [
      [
        1, 2, 2, 0, 3, 1, 2, 0, 1, 3, 3, 3, 1, 3, 1, 0, 1, 2, 2, 0,
      ],
      [
        0, 2, 1, 2, 2, 1, 1, 2, 0, 0, 1, 0, 0, 0, 0, 2, 3, 2, 1, 1,
      ],
      [
        0, 2, 2, 1, 0, 2, 1, 2, 1, 2, 3, 0, 1, 2, 2, 3, 3, 2, 1, 2,
      ],
      [
        0, 1, 0, 2, 0, 2, 1, 1, 1, 3, 3, 3, 1, 0, 0, 2, 2, 2, 1, 1,
      ],
      [
        2, 0, 0, 1, 0, 1, 3, 0, 2, 0, 1, 0, 2, 2, 0, 0, 3, 2, 3, 3,
      ],
      [
        3, 1, 0, 2, 0, 1, 3, 2, 0, 3, 0, 3, 0, 0, 2, 1, 0, 0, 0, 2,
      ],
      [
        1, 2, 3, 1, 0, 1, 1, 0, 1, 1, 1, 2, 3, 1, 0, 1, 1, 1, 3, 1,
      ],
      [
        1, 0, 2, 0, 0, 2, 3, 1, 2, 2, 0, 1, 2, 0, 1, 1, 0, 2, 1, 2,
      ],
      [
        0, 3, 3, 1, 2, 3, 0, 3, 1, 3, 0, 3, 2, 2, 0, 0, 1, 3, 2, 1,
      ],
      [
        1, 1, 1, 0, 1, 0, 0, 3, 0, 3, 3, 1, 3, 2, 1, 0, 3, 3, 0, 2,
      ],
    ],
    errors: [
      0.591, 0.858, 0.144, 0.35, 0.931, 0.951, 0.788, 0.491, 0.358, 0.443, 0.231, 0.564, 0.897,
      0.879, 0.546, 0.132, 0.462, 0.153, 0.759, 0.028,
    ],
    minimumSupport: 4,
    slices: [
      Found(
        score: 0.409634331186, size: 4, errorSum: 3.466,
        predicates: [[8, 2]]),
      Found(
        score: 0.409634331186, size: 4, errorSum: 3.466,
        predicates: [[5, 0], [8, 2]]),
      Found(
        score: 0.110846911709, size: 4, errorSum: 2.802,
        predicates: [[2, 1], [3, 1]]),
      Found(
        score: 0.0761983705949, size: 4, errorSum: 2.725,
        predicates: [[1, 0], [4, 2]]),
      Found(
        score: 0.0747852721991, size: 6, errorSum: 3.805,
        predicates: [[0, 1]]),
      Found(
        score: 0.0571536837547, size: 7, errorSum: 4.278,
        predicates: [[1, 0]]),
      Found(
        score: 0.0465864595175, size: 6, errorSum: 3.711,
        predicates: [[7, 0]]),
      Found(
        score: 0.0346722243274, size: 5, errorSum: 3.152,
        predicates: [[2, 1]]),
      Found(
        score: 0.0316976127321, size: 7, errorSum: 4.179,
        predicates: [[3, 1]]),
      Found(
        score: 0.0234874321081, size: 6, errorSum: 3.634,
        predicates: [[9, 1]]),
      Found(
        score: 0.01271314892, size: 5, errorSum: 3.091,
        predicates: [[3, 0]]),
    ])

  /// α = 0.95. Rows of `codes` are columns of the table.
  static let combined = Table(
    codes: [
      [
        1, 1, 1, 0, 2, 3, 1, 0, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 1, 1, 2, 2, 0, 3, 1, 2, 0, 1, 3,
        3, 3, 1, 3, 1, 0, 1, 2, 2, 0,
      ],
      [
        0, 1, 0, 1, 1, 2, 1, 0, 2, 2, 3, 1, 0, 2, 3, 1, 0, 2, 3, 2, 0, 2, 1, 2, 2, 1, 1, 2, 0, 0,
        1, 0, 0, 0, 0, 2, 3, 2, 1, 1,
      ],
      [
        0, 1, 2, 1, 2, 1, 1, 1, 1, 0, 2, 3, 1, 3, 0, 3, 2, 1, 0, 2, 0, 2, 2, 1, 0, 2, 1, 2, 1, 2,
        3, 0, 1, 2, 2, 3, 3, 2, 1, 2,
      ],
      [
        1, 2, 2, 0, 3, 2, 3, 1, 0, 3, 0, 2, 3, 1, 2, 0, 1, 3, 2, 1, 0, 1, 0, 2, 0, 2, 1, 1, 1, 3,
        3, 3, 1, 0, 0, 2, 2, 2, 1, 1,
      ],
      [
        2, 3, 1, 2, 2, 3, 2, 2, 2, 0, 1, 0, 2, 3, 1, 2, 3, 0, 1, 0, 2, 0, 0, 1, 0, 1, 3, 0, 2, 0,
        1, 0, 2, 2, 0, 0, 3, 2, 3, 3,
      ],
      [
        1, 0, 1, 1, 2, 3, 2, 2, 1, 2, 3, 3, 0, 2, 3, 3, 0, 2, 3, 3, 3, 1, 0, 2, 0, 1, 3, 2, 0, 3,
        0, 3, 0, 0, 2, 1, 0, 0, 0, 2,
      ],
      [
        2, 1, 2, 2, 3, 2, 1, 1, 3, 2, 0, 1, 3, 0, 2, 1, 3, 3, 2, 1, 1, 2, 3, 1, 0, 1, 1, 0, 1, 1,
        1, 2, 3, 1, 0, 1, 1, 1, 3, 1,
      ],
      [
        2, 0, 0, 1, 0, 3, 1, 0, 1, 1, 2, 2, 1, 3, 0, 2, 1, 1, 0, 2, 1, 0, 2, 0, 0, 2, 3, 1, 2, 2,
        0, 1, 2, 0, 1, 1, 0, 2, 1, 2,
      ],
      [
        0, 2, 0, 1, 0, 0, 0, 0, 3, 2, 1, 3, 0, 1, 3, 0, 2, 3, 1, 1, 0, 3, 3, 1, 2, 3, 0, 3, 1, 3,
        0, 3, 2, 2, 0, 0, 1, 3, 2, 1,
      ],
      [
        1, 1, 3, 2, 2, 0, 1, 1, 2, 1, 3, 0, 2, 2, 1, 3, 0, 2, 3, 2, 1, 1, 1, 0, 1, 0, 0, 3, 0, 3,
        3, 1, 3, 2, 1, 0, 3, 3, 0, 2,
      ],
    ],
    errors: [
      0.159, 0.588, 0.414, 0.305, 0.193, 0.195, 0.878, 0.149, 0.835, 0.344, 0.123, 0.456, 0.789,
      0.987, 0.654, 0.321, 0.246, 0.135, 0.579, 0.802, 0.591, 0.858, 0.144, 0.35, 0.931, 0.951,
      0.788, 0.491, 0.358, 0.443, 0.231, 0.564, 0.897, 0.879, 0.546, 0.132, 0.462, 0.153, 0.759,
      0.028,
    ],
    minimumSupport: 4,
    slices: [
      Found(
        score: 0.148508220012, size: 6, errorSum: 4.3,
        predicates: [[5, 0], [8, 2]]),
      Found(
        score: 0.112634463162, size: 4, errorSum: 3.138,
        predicates: [[1, 2], [3, 1]]),
      Found(
        score: 0.0934761808113, size: 7, errorSum: 4.644,
        predicates: [[8, 2]]),
      Found(
        score: 0.0896198788019, size: 7, errorSum: 4.63,
        predicates: [[0, 1], [6, 1]]),
      Found(
        score: 0.0592188813825, size: 14, errorSum: 8.002,
        predicates: [[0, 1]]),
      Found(
        score: 0.0239395169474, size: 4, errorSum: 2.954,
        predicates: [[1, 1], [9, 0]]),
      Found(
        score: 0.0169271361883, size: 5, errorSum: 3.415,
        predicates: [[2, 1], [6, 3]]),
      Found(
        score: 0.0103714227725, size: 5, errorSum: 3.398,
        predicates: [[4, 2], [7, 1]]),
      Found(
        score: 0.00899634666125, size: 4, errorSum: 2.923,
        predicates: [[1, 0], [4, 2], [5, 0]]),
      Found(
        score: 0.00767201136594, size: 5, errorSum: 3.391,
        predicates: [[2, 1], [5, 0]]),
    ])
}
