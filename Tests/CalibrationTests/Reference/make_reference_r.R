# SPDX-License-Identifier: Apache-2.0
# Calibration slopes, intercepts and their profile-likelihood limits, and the integrated calibration
# index, by R. Run from the repository's root:
#   Rscript Tests/CalibrationTests/Reference/make_reference_r.R \
#     > Tests/CalibrationTests/Reference/reference_r.json
# Limits are zeros of the profile deviance, found by uniroot over refitted glm; `mass` holds the limits
# of MASS's confint beside them, which interpolates the profile by a spline.
suppressMessages(library(MASS))

strict <- glm.control(epsilon = 1e-15, maxit = 200)
critical <- qchisq(0.95, 1)

fit <- function(formula) {
  suppressWarnings(glm(formula, family = binomial, control = strict))
}

# The two zeros of profile(v) - best - critical around the estimate.
limits <- function(profile, estimate, se) {
  best <- profile(estimate)
  drop <- function(v) profile(v) - best - critical
  side <- function(sign) {
    far <- 2 * se
    while (drop(estimate + sign * far) < 0) far <- 1.5 * far
    range <- sort(c(estimate, estimate + sign * far))
    uniroot(drop, range, tol = 1e-12, maxiter = 1000)$root
  }
  c(side(-1), side(1))
}

reference <- function(score, label) {
  x <- qlogis(pmin(pmax(score, 2^-52), 1 - 2^-52))
  y <- label
  joint <- fit(y ~ x)
  large <- fit(y ~ 1 + offset(x))
  se <- sqrt(diag(vcov(joint)))
  m <- suppressMessages(suppressWarnings(confint(joint)))
  ml <- suppressMessages(suppressWarnings(confint(large)))
  list(
    n = length(y), positives = sum(y),
    intercept = unname(coef(large)),
    intercept_limits = limits(function(v) fit(y ~ 0 + offset(x + v))$deviance,
      unname(coef(large)), sqrt(vcov(large)[1, 1])),
    slope = unname(coef(joint)[2]),
    slope_limits = limits(function(v) fit(y ~ 1 + offset(v * x))$deviance,
      unname(coef(joint)[2]), se[2]),
    joint_intercept = unname(coef(joint)[1]),
    joint_intercept_limits = limits(function(v) fit(y ~ 0 + x + offset(rep(v, length(x))))$deviance,
      unname(coef(joint)[1]), se[1]),
    mass = list(intercept = unname(ml), slope = unname(m[2, ]), joint_intercept = unname(m[1, ])))
}

# Austin & Steyerberg 2019 with the local quadratic fitted at every score.
ici <- function(score, label) {
  smooth <- loess(label ~ score, span = 0.75, degree = 2, family = "gaussian",
    control = loess.control(surface = "direct"))
  rate <- predict(smooth, newdata = data.frame(score = score))
  d <- abs(score - rate)
  list(n = length(score), ici = mean(d), e50 = unname(quantile(d, 0.5, type = 1)),
    e90 = unname(quantile(d, 0.9, type = 1)))
}

number <- function(v) {
  text <- ifelse(is.infinite(v), ifelse(v > 0, "\"inf\"", "\"-inf\""), sprintf("%.15g", v))
  if (length(text) == 1) text else paste0("[", paste(text, collapse = ", "), "]")
}
json <- function(v, indent = "") {
  if (!is.list(v)) return(if (is.character(v)) paste0("\"", v, "\"") else number(v))
  deeper <- paste0(indent, "  ")
  items <- vapply(names(v), function(k) paste0(deeper, "\"", k, "\": ", json(v[[k]], deeper)), "")
  paste0("{\n", paste(items, collapse = ",\n"), "\n", indent, "}")
}

adult <- read.csv("Datasets/adult-income/predictions.csv", check.names = FALSE)
out <- list(versions = list(R = R.version.string, MASS = as.character(packageVersion("MASS"))))

slices <- list()
for (model in c("logistic", "boosted")) {
  score <- adult[[paste0("score_", model)]]
  for (column in c("sex", "race")) {
    for (value in sort(unique(adult[[column]]))) {
      rows <- adult[[column]] == value
      slices[[paste(model, column, value, sep = "/")]] <- reference(score[rows], adult$label[rows])
    }
  }
}
out$adult <- slices

# Small tables whose rows the test makes itself: f = frac(phi i), y = 1{frac(e i) < expit(a + b logit f)}.
golden <- 0.6180339887498949
second <- 0.7182818284590452
small <- list()
for (case in list(c(24, 0, 1), c(50, -0.5, 0.6), c(140, 0.3, 1.5), c(500, -2, 1), c(12, 0, 3))) {
  i <- seq_len(case[1])
  f <- 0.02 + 0.96 * ((golden * i) %% 1)
  y <- as.numeric(((second * i) %% 1) < plogis(case[2] + case[3] * qlogis(f)))
  small[[paste(case, collapse = "/")]] <- reference(f, y)
}
out$generated <- small

curves <- list()
for (model in c("logistic", "boosted")) {
  score <- adult[[paste0("score_", model)]]
  for (value in c("Other", "Amer-Indian-Eskimo", "Asian-Pac-Islander", "Black")) {
    rows <- adult$race == value
    curves[[paste(model, value, sep = "/")]] <- ici(score[rows], adult$label[rows])
  }
  first <- adult$age_group == "25-34"
  curves[[paste(model, "25-34", sep = "/")]] <- ici(score[first], adult$label[first])
}
out$loess <- curves
cat(json(out), "\n", sep = "")
