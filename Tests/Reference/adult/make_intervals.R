#!/usr/bin/env Rscript
# SPDX-License-Identifier: Apache-2.0
# Writes intervals_r.json beside this file: what R's packages return for the Adult predictions.
#
# usage: Rscript make_intervals.R        needs pROC, epiR, Epi (Debian: r-cran-proc, -epir, -epi)
#
# make_intervals.py computes the same values from their definitions, reads this file and stops if
# the two disagree. Values have the same names and places in both files.
suppressMessages({ library(pROC); library(epiR); library(Epi) })

here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
data_name <- "Datasets/adult-income/predictions.csv"
table_path <- file.path(here, "../../..", data_name)
rows <- read.csv(table_path, colClasses = c(sex = "character", race = "character"))
models <- c(logistic = "score_logistic", boosted = "score_boosted")
everyone <- setNames(list(), character())
races <- sort(unique(rows$race))
sexes <- c("Female", "Male")
groups <- c(lapply(sexes, function(v) list(sex = v)), lapply(races, function(v) list(race = v)))
slices <- c(list(everyone), groups)
rate_pairs <- list(list(list(sex = "Female"), list(sex = "Male")),
                   list(list(race = "Amer-Indian-Eskimo"), list(race = "White")))
gap_pairs <- c(rate_pairs[1], lapply(setdiff(races, "White"),
                                     function(v) list(list(race = v), list(race = "White"))))
level <- 0.95
z <- qnorm(1 - (1 - level) / 2)

inside <- function(slice) {
  keep <- rep(TRUE, nrow(rows))
  for (name in names(slice)) keep <- keep & rows[[name]] == slice[[name]]
  keep
}

curve <- function(slice, column) {
  part <- rows[inside(slice), ]
  roc(part$label, part[[column]], levels = c(0, 1), direction = "<", quiet = TRUE)
}

area <- function(slice, column) {
  it <- curve(slice, column)
  variance <- var(it, method = "delong")
  list(slice = slice, positives = length(it$cases), negatives = length(it$controls),
       auc = as.numeric(auc(it)), variance = variance, standard_error = sqrt(variance),
       delong_interval = as.numeric(ci.auc(it, conf.level = level, method = "delong"))[c(1, 3)])
}

# roc.test gives neither the standard error nor, unpaired, an interval: both follow from D.
gap <- function(pair, column) {
  test <- roc.test(curve(pair[[1]], column), curve(pair[[2]], column),
                   paired = FALSE, method = "delong")
  value <- as.numeric(test$estimate[1] - test$estimate[2])
  statistic <- as.numeric(test$statistic)
  error <- value / statistic
  list(compared = pair[[1]], reference = pair[[2]], gap = value, standard_error = error,
       statistic = statistic, degrees_of_freedom = as.numeric(test$parameter),
       p_value_t = as.numeric(test$p.value), p_value = 2 * pnorm(-abs(statistic)),
       interval = value + c(-1, 1) * z * error)
}

paired <- function(slice) {
  test <- roc.test(curve(slice, models[["boosted"]]), curve(slice, models[["logistic"]]),
                   paired = TRUE, method = "delong", conf.level = level)
  value <- as.numeric(test$estimate[1] - test$estimate[2])
  statistic <- as.numeric(test$statistic)
  list(slice = slice, difference = value, standard_error = value / statistic,
       statistic = statistic, p_value = as.numeric(test$p.value),
       interval = as.numeric(test$conf.int))
}

rates <- function(slice, k, n) {
  list(slice = slice, k = k, n = n, value = k / n,
       clopper_pearson = as.numeric(binom.test(k, n, conf.level = level)$conf.int),
       wilson = as.numeric(prop.test(k, n, correct = FALSE, conf.level = level)$conf.int),
       jeffreys = c(if (k == 0) 0 else qbeta(0.025, k + 0.5, n - k + 0.5),
                    if (k == n) 1 else qbeta(0.975, k + 0.5, n - k + 0.5)))
}

tests <- function(x1, n1, x2, n2) {
  total <- n1 + n2
  pooled <- prop.test(c(x1, x2), c(n1, n2), correct = FALSE)
  probabilities <- dhyper(0:(x1 + x2), n1, n2, x1 + x2)
  observed <- probabilities[x1 + 1]
  equal <- abs(probabilities / observed - 1) <= 1e-7
  below <- phyper(x1, n1, n2, x1 + x2) - observed / 2
  above <- phyper(x1 - 1, n1, n2, x1 + x2, lower.tail = FALSE) - observed / 2
  rarer <- probabilities[probabilities < observed & !equal]
  list(pooled_z_squared = as.numeric(pooled$statistic), pooled_p = as.numeric(pooled$p.value),
       hypergeometric_z_squared = as.numeric(pooled$statistic) * (total - 1) / total,
       fisher_p = fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value,
       mid_p = sum(rarer) + sum(probabilities[equal]) / 2,
       mid_p_doubled = 2 * min(below, above))
}

# The functions behind epi.2by2, called directly: epiR 2.0.57 hands zRRscore the table transposed,
# so that its "RR.strata.score" is not the interval of the ratio that it prints beside it.
intervals <- function(x1, n1, x2, n2) {
  function_of <- function(name) getFromNamespace(name, "epiR")
  by_group <- matrix(c(x1, n1 - x1, x2, n2 - x2), 2, byrow = TRUE)
  limits <- function(values) as.numeric(values)[2:3]
  list(newcombe = as.numeric(ci.pd(t(by_group), conf.level = level, print = FALSE))[6:7],
       mee = limits(function_of("zARscore")(by_group, level, 1)),
       koopman = limits(function_of("zRRscore")(t(by_group), level)),
       katz = limits(function_of("zRRwald")(by_group, level)))
}

comparison <- function(pair, metric, column) {
  decision <- rows[[column]] >= 0.5
  of <- list(selection_rate = TRUE, true_positive_rate = rows$label == 1,
             false_positive_rate = rows$label == 0)[[metric]]
  first <- inside(pair[[1]]) & of
  second <- inside(pair[[2]]) & of
  x1 <- sum(first & decision); n1 <- sum(first); x2 <- sum(second & decision); n2 <- sum(second)
  list(metric = metric, compared = pair[[1]], reference = pair[[2]],
       x1 = x1, n1 = n1, x2 = x2, n2 = n2, difference = x1 / n1 - x2 / n2,
       ratio = (x1 / n1) / (x2 / n2), intervals = intervals(x1, n1, x2, n2),
       tests = tests(x1, n1, x2, n2),
       rates = list(rates(pair[[1]], x1, n1), rates(pair[[2]], x2, n2)))
}

model <- function(column) {
  metrics <- c("selection_rate", "true_positive_rate", "false_positive_rate")
  list(auc = lapply(slices, area, column), auc_gaps = lapply(gap_pairs, gap, column),
       comparisons = unlist(lapply(rate_pairs, function(pair)
         lapply(metrics, function(metric) comparison(pair, metric, column))), recursive = FALSE))
}

number <- function(value) {
  digits <- 15
  while (digits < 17 && as.numeric(sprintf("%.*g", digits, value)) != value) digits <- digits + 1
  sprintf("%.*g", digits, value)
}

# JSON by hand: jsonlite writes 15 digits, up to two short of what a double needs.
json <- function(value, indent = "") {
  deeper <- paste0(indent, " ")
  block <- function(open, parts, close) {
    if (length(parts) == 0) return(paste0(open, close))
    paste0(open, "\n", deeper, paste(parts, collapse = paste0(",\n", deeper)), "\n", indent, close)
  }
  if (is.list(value) && !is.null(names(value))) {
    block("{", sprintf("\"%s\": %s", names(value), vapply(value, json, "", deeper)), "}")
  } else if (is.list(value)) {
    block("[", vapply(value, json, "", deeper), "]")
  } else if (is.character(value)) {
    sprintf("\"%s\"", value)
  } else {
    stopifnot(all(is.finite(value)))
    text <- paste(vapply(value, number, ""), collapse = ", ")
    if (length(value) == 1) text else paste0("[", text, "]")
  }
}

version_of <- function(name) as.character(packageVersion(name))
document <- list(
  meta = list(
    made_by = "make_intervals.R", data = data_name,
    sha256 = sub(" .*", "", system2("sha256sum", shQuote(table_path), stdout = TRUE)),
    rows = nrow(rows), threshold = 0.5, level = level,
    versions = list(R = paste(R.version$major, R.version$minor, sep = "."),
                    pROC = version_of("pROC"), epiR = version_of("epiR"), Epi = version_of("Epi"))),
  definitions = list(
    auc = "pROC auc, var and ci.auc, method delong",
    auc_gaps = "pROC roc.test, paired = FALSE: p_value_t and degrees_of_freedom as it returns them",
    auc_paired = "pROC roc.test, paired = TRUE, boosted - logistic on the same rows",
    newcombe = "Epi ci.pd, method Nc", koopman = "epiR zRRscore (Nam 1995, closed form)",
    mee = "epiR zARscore: a bisection that stops at 1e-7", katz = "epiR zRRwald",
    fisher_p = "fisher.test, two-sided",
    mid_p = "dhyper: less likely tables + half of the equally likely ones (within 1e-7)",
    mid_p_doubled = "phyper: twice the smaller tail, the observed table counted half",
    pooled_z_squared = "prop.test, correct = FALSE",
    hypergeometric_z_squared = "pooled_z_squared (N - 1) / N"),
  models = lapply(as.list(models), model),
  auc_paired = lapply(slices, paired))
writeLines(json(document), file.path(here, "intervals_r.json"))
