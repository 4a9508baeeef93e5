package io.cesync.document;

/** One write to an index. */
public sealed interface DocumentOp {

  String index();

  String id();

  /** UTF-8 JSON of the document, or null for a delete. */
  byte[] source();

  /** Bytes that this takes in a bulk, about. */
  int size();

  /**
   * Replaces or creates a document, with an external version ({@code external_gte}): the server
   * refuses it if the document has a higher one.
   *
   * @param version a time in µs since 1970; servers with a {@code _timestamp} of their own set that
   *     to it, too
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

  /**
   * Deletes a document, or leaves the mark of it if there is none; with an external version, like
   * {@link Index}.
   */
  record Delete(String index, String id, long version) implements DocumentOp {
    @Override
    public byte[] source() {
      return null;
    }

    @Override
    public int size() {
      return 120 + id.length();
    }
  }

  /**
   * A write that the server carries out only if the document is as it was read, and otherwise
   * refuses with a {@link WriteResult.Conflict}. So it does, too, if the client had to send it
   * twice and the first one had arrived: after a conflict the document must be read to know.
   *
   * <p>Its {@link WriteResult.Applied} tells the sequence number that it got.
   */
  sealed interface Conditional extends DocumentOp {
    /** Of a write that says nothing of its time. */
    long NO_TIME = Long.MIN_VALUE;

    /** The document's own routing, or null if it has none. */
    String routing();
  }

  /**
   * Writes a document that must not be there.
   *
   * @param source UTF-8 JSON
   * @param pipeline an ingest pipeline, or null
   * @param timestamp µs since 1970, or {@link #NO_TIME}: for servers that keep it beside the
   *     document
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Create(
      String index, String id, String routing, byte[] source, String pipeline, long timestamp)
      implements Conditional {

    /** Without a time. */
    public Create(String index, String id, String routing, byte[] source, String pipeline) {
      this(index, id, routing, source, pipeline, NO_TIME);
    }

    @Override
    public int size() {
      return 80 + id.length() + length(routing) + source.length;
    }
  }

  /**
   * Replaces a document that must not have changed.
   *
   * @param seqNo of the document as it was read
   * @param primaryTerm that this number is of
   * @param source UTF-8 JSON
   * @param pipeline an ingest pipeline, or null
   * @param timestamp as in {@link Create}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record IndexUnchanged(
      String index,
      String id,
      String routing,
      long seqNo,
      long primaryTerm,
      byte[] source,
      String pipeline,
      long timestamp)
      implements Conditional {

    /** Without a time. */
    public IndexUnchanged(
        String index,
        String id,
        String routing,
        long seqNo,
        long primaryTerm,
        byte[] source,
        String pipeline) {
      this(index, id, routing, seqNo, primaryTerm, source, pipeline, NO_TIME);
    }

    @Override
    public int size() {
      return 120 + id.length() + length(routing) + source.length;
    }
  }

  /**
   * Deletes a document that must not have changed. If there is none any more, that is a conflict
   * too.
   *
   * @param seqNo of the document as it was read
   * @param primaryTerm that this number is of
   */
  record DeleteUnchanged(String index, String id, String routing, long seqNo, long primaryTerm)
      implements Conditional {
    @Override
    public byte[] source() {
      return null;
    }

    @Override
    public int size() {
      return 120 + id.length() + length(routing);
    }
  }

  private static int length(String routing) {
    return routing == null ? 0 : routing.length();
  }
}
