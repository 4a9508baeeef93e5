package io.cesync.row;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Some rows of a scan.
 *
 * @param next asks for what follows; empty on the last page
 */
public record RowPage(List<RowImage> rows, Optional<Supplier<CompletionStage<RowPage>>> next) {}
