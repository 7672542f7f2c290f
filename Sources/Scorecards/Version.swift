// SPDX-License-Identifier: Apache-2.0

/// The version of this library and command.
public enum EvenhandVersion {
  public static let current = "0.1.0"
}
