#!/usr/bin/env Rscript
# SPDX-License-Identifier: Apache-2.0
# Writes power_r.json beside this file: what R's own functions and epiR return.
#
# usage: Rscript make_power.R        needs epiR, jsonlite (Debian: r-cran-epir, r-cran-jsonlite)
suppressMessages({ library(epiR); library(jsonlite) })
here <- dirname(normalizePath(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))))
tolerance <- 1e-12

proportions <- lapply(list(
  c(.5, .6, .05, .8), c(.10, .08, .05, .8), c(.30, .25, .05, .8), c(.30, .25, .01, .9),
  c(.02, .06, .05, .8), c(.5, .9, .05, .8), c(.001, .003, .05, .95)),
  function(v) {
    n <- power.prop.test(p1 = v[1], p2 = v[2], sig.level = v[3], power = v[4], tol = tolerance)$n
    list(reference = v[1], group = v[2], alpha = v[3], power = v[4], n = n,
         powerAt100 = power.prop.test(n = 100, p1 = v[1], p2 = v[2], sig.level = v[3])$power)
  })

rates <- lapply(list(c(.3, 500, .8), c(.05, 200, .8), c(.5, 100, .9)), function(v) {
  list(reference = v[1], n = v[2], power = v[3],
       above = power.prop.test(n = v[2], p1 = v[1], power = v[3], tol = tolerance)$p2)
})

means <- lapply(list(c(2, 10, .05, .8), c(5, 10, .05, .9), c(1, 1, .01, .8), c(3, 1, .05, .8)),
  function(v) {
    list(difference = v[1], deviation = v[2], alpha = v[3], power = v[4],
         n = power.t.test(delta = v[1], sd = v[2], sig.level = v[3], power = v[4],
                          tol = tolerance)$n,
         powerAt20 = power.t.test(n = 20, delta = v[1], sd = v[2], sig.level = v[3])$power,
         detectableAt20 = power.t.test(n = 20, sd = v[2], sig.level = v[3], power = v[4],
                                       tol = tolerance)$delta)
  })

# epiR's r is treated per control; its n is the total.
nonInferiority <- lapply(list(c(.85, .85, .10, .025, .8, 1), c(.65, .85, .30, .05, .8, 1),
                              c(.90, .92, .08, .025, .9, 2)), function(v) {
  x <- epi.ssninfb(treat = v[1], control = v[2], delta = v[3], n = NA, r = v[6], power = v[5],
                   nfractional = TRUE, alpha = v[4])
  list(group = v[1], reference = v[2], margin = v[3], oneSided = v[4], power = v[5],
       groupN = x$n.treat, referenceN = x$n.control)
})

# Only equal rates: for others epiR takes both margins to be as near as the nearer one.
equivalence <- lapply(list(c(.5, .1, .05, .8), c(.85, .05, .025, .9)), function(v) {
  x <- epi.ssequb(treat = v[1], control = v[1], delta = v[2], n = NA, r = 1, power = v[4],
                  nfractional = TRUE, alpha = v[3])
  list(rate = v[1], margin = v[2], oneSided = v[3], power = v[4], n = x$n.treat)
})

result <- list(
  meta = list(R = paste(R.version$major, R.version$minor, sep = "."),
              epiR = as.character(packageVersion("epiR")), script = "make_power.R"),
  proportions = proportions, rates = rates, means = means, nonInferiority = nonInferiority,
  equivalence = equivalence)
write(toJSON(result, auto_unbox = TRUE, digits = NA, pretty = TRUE),
      file.path(here, "power_r.json"))
