package io.cesync.verify;

import java.util.List;
import java.util.Map;

/**
 * How far comparing one table is, as the file beside {@code state.yaml} tells it.
 *
 * @param about the table, its index and what the settings say of it: with other ones all begins
 *     anew
 * @param begun ISO 8601
 * @param parts of each side that are compared; fewer than all for a sample
 * @param rowRanges those that are done, or left out
 * @param documentRanges the same of the documents
 * @param shards the highest number that each shard had at the beginning
 * @param rows that were compared
 * @param documents that were looked for
 * @param suspects keys that differed, as the log tells them
 * @param foreign ids that are no keys, with the reasons
 * @param full whether there were too many of them
 * @param result once all is done; null before
 */
record Progress(
    String about,
    String begun,
    int parts,
    String rowRanges,
    String documentRanges,
    Map<Integer, Long> shards,
    long rows,
    long documents,
    List<String> suspects,
    Map<String, String> foreign,
    boolean full,
    TableResult result) {}
