/**
 * Rows to documents and back, for every CQL type, exactly; and the index mapping that makes such
 * documents searchable. Everything here is a pure function of values and schema: no I/O, no clock.
 */
package io.cesync.mapping;
