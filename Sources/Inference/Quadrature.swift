// SPDX-License-Identifier: Apache-2.0

/// Adaptive Gauss–Kronrod quadrature (7 and 15 points).
enum Quadrature {
  /// ∫ f between the first and the last of ascending points.
  ///
  /// A panel is halved while its two rules differ by more than the tolerance, which overstates
  /// the error of the better rule by orders of magnitude. The points between should mark where
  /// the integrand changes its scale.
  static func integral(
    over points: [Double], tolerance: Double = 1e-10, of f: (Double) -> Double
  ) -> Double {
    zip(points, points.dropFirst()).reduce(0) { sum, ends in
      sum + panel(ends.0, ends.1, tolerance: tolerance, halvings: 40, of: f)
    }
  }

  /// Ascending points that resolve features of the given scales about centres.
  ///
  /// Spacing grows fourfold from the smallest scale, so that a narrow step within a wide bell
  /// is found without being searched for.
  static func points(
    about centres: [Double], smallest: Double, within bounds: ClosedRange<Double>
  ) -> [Double] {
    let reach = bounds.upperBound - bounds.lowerBound
    var points = [bounds.lowerBound, bounds.upperBound] + centres
    var distance = smallest
    while distance < reach {
      for centre in centres { points += [centre - distance, centre + distance] }
      distance *= 4
    }
    return points.filter(bounds.contains).sorted()
  }

  private static func panel(
    _ low: Double, _ high: Double, tolerance: Double, halvings: Int, of f: (Double) -> Double
  ) -> Double {
    let middle = 0.5 * (low + high)
    let half = 0.5 * (high - low)
    let centre = f(middle)
    var kronrod = centre * kronrodWeights[7]
    var gauss = centre * gaussWeights[3]
    for index in 0..<7 {
      let offset = half * nodes[index]
      let pair = f(middle - offset) + f(middle + offset)
      kronrod += kronrodWeights[index] * pair
      if index % 2 == 1 { gauss += gaussWeights[index / 2] * pair }
    }
    if half * (kronrod - gauss).magnitude <= tolerance || halvings == 0 { return half * kronrod }
    return panel(low, middle, tolerance: tolerance, halvings: halvings - 1, of: f)
      + panel(middle, high, tolerance: tolerance, halvings: halvings - 1, of: f)
  }

  private static let nodes: [Double] = [
    0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
    0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
    0.586087235467691130294144691838259, 0.405845151377397166906606412076961,
    0.207784955007898467600689403773245,
  ]
  private static let kronrodWeights: [Double] = [
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
    0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
    0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
  ]
  private static let gaussWeights: [Double] = [
    0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
    0.381830050505118944950369775488975, 0.417959183673469387755102040816327,
  ]
}
