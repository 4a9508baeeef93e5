package io.cesync.mapping;

/**
 * What matters of a search server for an index mapping.
 *
 * @param openSearch whether it is OpenSearch rather than Elasticsearch
 * @param old whether it is Elasticsearch before 5.0: texts and keywords are one type, {@code
 *     string}, and {@code _timestamp} is a setting of the mapping, not a field
 * @param mapType the field type for objects with arbitrary members, {@code flattened} or {@code
 *     flat_object}; empty if it has none
 * @param vectorType the field type for vectors, {@code dense_vector}; empty if it has none that is
 *     known here
 * @param maxVectorDims the most dimensions of it
 */
public record SearchFlavor(
    boolean openSearch, boolean old, String mapType, String vectorType, int maxVectorDims) {

  /**
   * Elasticsearch from 7.3; older ones lack the types. {@code dense_vector} is indexed from 8.0.
   */
  public static SearchFlavor elasticsearch(int major, int minor) {
    boolean flattened = atLeast(7, 3, major, minor);
    int dims = atLeast(8, 11, major, minor) ? 4096 : atLeast(8, 8, major, minor) ? 2048 : 1024;
    return new SearchFlavor(
        false, major < 5, flattened ? "flattened" : "", major >= 8 ? "dense_vector" : "", dims);
  }

  /**
   * OpenSearch. Its vector type belongs to a plugin that a server may lack: vectors are plain
   * floats.
   */
  public static SearchFlavor openSearch(int major, int minor) {
    return new SearchFlavor(true, false, atLeast(2, 7, major, minor) ? "flat_object" : "", "", 0);
  }

  /** The same for a server that lacks the type for maps. */
  public SearchFlavor withoutMapType() {
    return new SearchFlavor(openSearch, old, "", vectorType, maxVectorDims);
  }

  /** The same for a server that lacks the type for vectors. */
  public SearchFlavor withoutVectorType() {
    return new SearchFlavor(openSearch, old, mapType, "", 0);
  }

  private static boolean atLeast(int wantedMajor, int wantedMinor, int major, int minor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
