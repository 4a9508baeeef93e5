package io.cesync.document;

/**
 * How large bulks may get, and how many may be on their way.
 *
 * @param maxDocuments in one bulk
 * @param maxBytes of one bulk; a single larger document still goes, alone
 * @param inFlight bulks at a time
 */
public record BulkLimits(int maxDocuments, long maxBytes, int inFlight) {}
