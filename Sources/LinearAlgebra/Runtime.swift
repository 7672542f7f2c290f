// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBLAS

/// The linear algebra library in use: its version, kernels and threads.
public enum LinearAlgebraRuntime {
  /// One BLAS thread: Evenhand splits the work itself, and a threaded reduction is not reproducible.
  public static func useOneThread() {
    // Setting the number starts threads that were ended.
    if openblas_get_num_threads() != 1 { openblas_set_num_threads(1) }
  }

  /// Ends the threads that OpenBLAS started when it was loaded: idle, each keeps a processor busy for a
  /// tenth of a second. For a program that is about to begin and uses one thread of BLAS from then on.
  package static func endIdleThreads() {
    useOneThread()
    evenhand_end_blas_threads()
  }

  /// The version and build options, such as `OpenBLAS 0.3.21 … Haswell`.
  public static var configuration: String { unsafe text(openblas_get_config()) }

  /// The kernel family that was chosen for this processor, such as `Haswell`.
  public static var core: String { unsafe text(openblas_get_corename()) }

  /// OpenBLAS hands out C strings that live as long as the process.
  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "unknown" }
    return unsafe String(cString: pointer)
  }
}
