package io.cesync.sync;

import io.cesync.document.DocumentOp;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Tells whether the same would be written again, without keeping it. */
final class Digests {

  private Digests() {}

  /** Of the documents, not of their versions. */
  static byte[] of(List<DocumentOp> ops) {
    MessageDigest sha = sha();
    for (DocumentOp op : ops) {
      sha.update(op.id().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      if (op instanceof DocumentOp.Index index) {
        sha.update(index.source());
      }
      sha.update((byte) 0);
    }
    return sha.digest();
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
