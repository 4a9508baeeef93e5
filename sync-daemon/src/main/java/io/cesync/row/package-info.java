/** Rows of Cassandra tables: their keys, and reading and writing them. */
package io.cesync.row;
