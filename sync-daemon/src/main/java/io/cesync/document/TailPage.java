package io.cesync.document;

import java.util.List;

/**
 * Some documents of a {@link TailSpan}.
 *
 * @param documents in the order of their numbers
 * @param rest of the span
 */
public record TailPage(List<StoredDocument> documents, TailSpan rest) {}
