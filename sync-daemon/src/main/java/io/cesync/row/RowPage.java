package io.cesync.row;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * Some rows of a scan.
 *
 * @param next asks for so many of the rows that follow; empty on the last page
 */
public record RowPage(List<RowImage> rows, Optional<IntFunction<CompletionStage<RowPage>>> next) {}
