package io.cesync.document;

import java.util.Set;

/**
 * A part of a shard's writes that is to be read.
 *
 * @param index to be asked, not an alias
 * @param position up to where it has been read; this may be kept, and reading go on from there
 * @param upTo its last number
 * @param continuity how this continues what was known of the shard
 * @param seen ids of documents at the number after the position that have been given already
 */
public record TailSpan(
    String index, ShardPosition position, long upTo, Continuity continuity, Set<String> seen) {

  public TailSpan {
    seen = Set.copyOf(seen);
  }

  /** Whether nothing is left to read. */
  public boolean done() {
    return position.seqNo() >= upTo;
  }

  /** No more than so many numbers of it. */
  public TailSpan atMost(long numbers) {
    return new TailSpan(
        index, position, Math.min(upTo, position.seqNo() + numbers), continuity, seen);
  }

  TailSpan finished() {
    return new TailSpan(index, position.at(upTo), upTo, continuity, Set.of());
  }

  /** After a page that ended with these documents at a number, of which more may come. */
  TailSpan after(long number, Set<String> given) {
    return new TailSpan(index, position.at(number - 1), upTo, continuity, given);
  }
}
