package io.cesync.demo;

/** A table of the workload whose documents are written, too. Immutable. */
interface DocumentWrites extends TableWrites {

  DocumentWrite document(Choice choice);
}
