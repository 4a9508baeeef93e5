package io.cesync.document;

/**
 * One write to an index, with an external version ({@code external_gte}): the server refuses it if
 * the document has a higher one.
 */
public sealed interface DocumentOp {

  String index();

  String id();

  long version();

  /** Bytes that this takes in a bulk, about. */
  int size();

  /**
   * Replaces or creates a document.
   *
   * @param source UTF-8 JSON
   * @param pipeline an ingest pipeline, or null
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // it goes to the server as it is, and is compared by nobody
  record Index(String index, String id, long version, byte[] source, String pipeline)
      implements DocumentOp {
    @Override
    public int size() {
      return 120 + id.length() + source.length;
    }
  }

  /** Deletes a document, or leaves the mark of it if there is none. */
  record Delete(String index, String id, long version) implements DocumentOp {
    @Override
    public int size() {
      return 120 + id.length();
    }
  }
}
