// SPDX-License-Identifier: Apache-2.0

/// The methods of intervals as people read them: a name, and what it does in a sentence.
enum Method {
  static func title(_ id: String) -> String {
    known[id]?.title ?? Format.words(Visible.spelledOut(id))
  }

  static func sentence(_ id: String) -> String { known[id]?.sentence ?? "" }

  private static let known: [String: (title: String, sentence: String)] = [
    "wilson": (
      "Wilson score", "All rates that a test of the observed rate does not reject."
    ),
    "clopper_pearson": (
      "Clopper–Pearson", "Exact: never covers less than it says, at the price of width."
    ),
    "jeffreys": ("Jeffreys", "Beta quantiles; right on average over rates, narrow."),
    "studentized_bootstrap": (
      "studentized bootstrap",
      "Resamples people and compares each result with its own standard error."
    ),
    "bca_bootstrap": (
      "BCa bootstrap", "Quantiles of resampled values, corrected for bias and skewness."
    ),
    "basic_bootstrap": ("basic bootstrap", "Quantiles of resampled values, turned around."),
    "percentile_bootstrap": (
      "percentile bootstrap", "Quantiles of resampled values, uncorrected; too narrow when few."
    ),
    "cluster_bootstrap": (
      "cluster bootstrap", "Resamples whole clusters and compares each result with its own error."
    ),
    "linearised": (
      "linearised", "How much each weighted row moves the number."
    ),
    "cluster_linearised": (
      "cluster linearised", "How much each cluster moves the number, with Student's t."
    ),
    "influence_function": ("influence function", "How much each row moves the number."),
    "influence": ("influence function", "How much each row moves the number."),
    "delong": ("DeLong", "How much each positive and each negative moves the area."),
    "delong_hanley_mcneil": (
      "DeLong and Hanley–McNeil",
      "The wider limits of DeLong's and of a score interval, where one class has few members."
    ),
    "tango_t": (
      "Tango score with t",
      "All differences of two rates of the same rows that a score test accepts."
    ),
    "mcnemar_mid_p": (
      "McNemar, mid-p", "Whether rows that only one model counts are as often either's."
    ),
    "unpaired": ("unpaired", "As if the models had judged different people."),
    "hessian": ("from the likelihood's curvature", "How sharply the fit's likelihood peaks."),
    "bartlett_likelihood": (
      "likelihood, scaled for small samples",
      "All values that a likelihood-ratio test does not reject, its statistic scaled to its mean."
    ),
    "sandwich_likelihood": (
      "likelihood, scaled to the sandwich",
      "A likelihood-ratio test scaled to the error that holds whatever the slope is."
    ),
    "inverted_tests": (
      "inverted tests", "All values at which the observed one is no surprise, at either end."
    ),
    "joint_inverted_tests": (
      "joint inverted tests",
      "The same at a level that holds for all comparisons of its family at once."
    ),
    "sandwich": ("sandwich", "The fit's error without trusting the fitted model."),
    "order_statistics": (
      "order statistics", "Two observed scores, by counting how many lie below."
    ),
    "max_t": (
      "simultaneous max-t",
      "Holds for all comparisons of its family at once, by resampling the largest of them."
    ),
    "tukey": ("Tukey", "Holds for all pairs of its family at once, by normal theory."),
    "dunnett": (
      "Dunnett", "Holds for all comparisons with the reference at once, by normal theory."
    ),
    "sidak": ("Šidák", "Holds for all comparisons of its family at once, for any dependence."),
    "newcombe_t": (
      "Newcombe with Student's t",
      "Joins the Wilson intervals of two rates, widened for the rows of the smaller group."
    ),
    "koopman_t": (
      "Koopman with Student's t",
      "All ratios that a score test does not reject, widened for the rows of the smaller group."
    ),
    "newcombe": ("Newcombe", "Joins the Wilson intervals of two rates."),
    "miettinen_nurminen": (
      "Miettinen–Nurminen", "All differences or ratios that a score test does not reject."
    ),
    "mee": ("Mee", "All differences that a score test does not reject."),
    "koopman": ("Koopman", "All ratios that a score test does not reject."),
    "katz": ("Katz", "The logarithm of a ratio with its large-sample error."),
    "double_corrected": (
      "double-corrected bootstrap", "A variance with the noise of estimation taken out twice."
    ),
  ]
}
