// SPDX-License-Identifier: Apache-2.0

/// Everything that a program needs to evaluate its predictions and write and sign the scorecard.
@_exported import EvenhandEvaluation
@_exported import EvenhandGates
@_exported import EvenhandMetrics
@_exported import EvenhandScorecards
@_exported import EvenhandSigning
@_exported import EvenhandTabular
