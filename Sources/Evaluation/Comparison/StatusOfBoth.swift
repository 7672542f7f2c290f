// SPDX-License-Identifier: Apache-2.0

extension Status {
  /// What can be said of a change between two numbers: what stands most in its way, and whose number
  /// that is.
  static func ofBoth(
    _ baseline: (status: Status, reason: String?), _ candidate: (status: Status, reason: String?)
  ) -> (Status, String?) {
    let sides = [("baseline", baseline), ("candidate", candidate)]
    guard let worst = sides.map(\.1.status).max(by: { $0.obstacle < $1.obstacle }), worst != .ok
    else { return (.ok, nil) }
    let reasons = sides.compactMap { name, side in
      side.status == worst ? side.reason.map { "\(name): \($0)" } : nil
    }
    return (worst, reasons.joined(separator: "; "))
  }

  private var obstacle: Int {
    switch self {
    case .ok: 0
    case .insufficient: 1
    case .undefined: 2
    case .notMeasured: 3
    case .suppressed: 4
    }
  }
}
